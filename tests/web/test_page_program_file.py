"""A program brought in a file: its table comes back; anybody's program opens, and never runs by itself."""

import pytest
from deep_programs import NESTED
from harness.browsers import CHROMIUM, FIREFOX
from harness.page import DEFAULT_ANSWERS, DEFAULT_CSV, DEFAULT_NAMES, DEFAULT_ROWS
from harness.program import ProgramOnPage
from test_nesting import deepest

in_two_engines = pytest.mark.engines(CHROMIUM, FIREFOX)
PROBLEM_ABOUT = "() => document.querySelector('#download-problem').textContent"
LISTED = "() => document.querySelector('#listing').innerText"
THEIRS = "import math\n\nprint(math.pi)\n"


@pytest.mark.parametrize("way", ["upload", "drop"])
def test_a_downloaded_program_brings_its_table_network_and_settings(page, way):
    page.button("Add hidden layer").click()
    page.enter("Row 2 y", "0.5")
    page.set("Iterations", "123")
    page.wait_status("trained 123 iterations")
    page.wait_until(lambda: "range(123)" in page.evaluate(LISTED), "the code of this table")
    program = page.downloaded("The code")
    answers = page.answers()
    page.choose("Example", "XOR")
    page.wait_until(lambda: len(page.names()) == 3, "another table")
    if way == "upload":
        page.upload(program.encode(), "program.py")
    else:
        page.drop(("program.py", program.replace("\n", "\r\n")))
    page.wait_status("opened program.py: 5 rows, 3 inputs, 1 output.")
    page.wait_answers(answers)
    assert page.names() == DEFAULT_NAMES
    assert page.cell("Row 2 y").value() == "0.5"
    assert page.box("Hidden layer 1 units").value() == "4"
    assert page.box("Iterations").value() == "123"
    page.press("Control+z")
    page.wait_until(lambda: len(page.names()) == 3, "the table before")


def test_names_stay_where_the_table_here_is_as_wide(page):
    page.upload(b"rain,wind,umbrella\n1,0,1\n0,1,0\n1,1,?\n", "days.csv")
    page.wait_until(lambda: page.names() == ["rain", "wind", "umbrella"], "the table")
    program = page.downloaded("The code")
    page.upload(program.replace("[1, 0]", "[0.25, 0]").encode(), "days.py")
    page.wait_status("opened days.py: 3 rows")
    assert page.names() == ["rain", "wind", "umbrella"]
    assert page.cell("Row 1 rain").value() == "0.25"


def test_anybodys_program_opens_in_the_editor_and_waits_for_run(page):
    program = ProgramOnPage(page)
    program.run("print('another one')\n")
    page.upload(THEIRS.encode(), "pi.py")
    page.wait_status("opened pi.py as a program of your own", "the table stays")
    assert (page.names(), page.rows()) == (DEFAULT_NAMES, DEFAULT_ROWS)
    page.wait_answers(DEFAULT_ANSWERS)
    program.open()
    page.wait_until(lambda: "math.pi" in program.text(), "the code")
    page.wait_until(lambda: (program.outcome(), program.output()) == ("", ""), "it has not run")
    program.run()
    assert "3.14159" in program.output()


STANDS_IN_THE_WAY = [
    ("print 'Python 2'\n", ["opened a.py as a program of your own", "python cannot read it"]),
    ("x = " + "(" * 500, ["python cannot read it", "line 1 is nested too deeply"]),
    ("from numpy import genfromtxt\nt = genfromtxt('rows.csv')\n", ["it reads rows.csv", "import it first"]),
]


def test_what_stands_in_a_programs_way_is_said(page):
    for source, parts in STANDS_IN_THE_WAY:
        page.upload(source.encode(), "a.py")
        page.wait_status(*parts)
        assert page.rows() == DEFAULT_ROWS
        page.enter("Row 4 y", "?")
        page.wait_status("row 4, y: ")
        page.button("Undo").click()


def test_rows_that_are_in_a_file_are_asked_for(page):
    rows = b"0,0\n1,1\n" * 20
    page.upload(b"a,b\n" + rows + b"2,?\n", "mine.csv")
    page.wait_until(lambda: page.names() == ["a", "b"], "the table")
    program = page.downloaded("The code")
    page.upload(program.replace("10000", "77").encode(), "program.py")
    page.wait_status("opened program.py with the rows that were here", "table.csv", "41 rows")
    assert page.box("Iterations").value() == "77"
    page.choose("Example", "The post’s table")
    page.wait_default()
    page.upload(program.encode(), "program.py")
    page.wait_status("it reads table.csv", "import it first, then program.py again")


BAD = {
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0", ["a.py was not imported", "utf-8"]),
    "nothing": (b" \n", ["a.py was not imported", "empty"]),
    "NUL": (b"x = 1\0\n", ["a.py was not imported", "binary"]),
    "too long": (b"x = 1\n" * 100_000, ["600,000 characters", "up to 500,000"]),
}


def test_what_is_no_program_is_refused(page):
    for data, parts in BAD.values():
        page.upload(data, "a.py")
        page.wait_status(*parts)
        assert page.rows() == DEFAULT_ROWS


def test_a_long_name_is_shortened_where_it_is_quoted(page):
    page.upload(b"", "y" * 200 + ".csv")
    page.wait_status("y" * 39 + "… was not imported")
    assert "y" * 40 not in page.status()


@in_two_engines
def test_the_deepest_code_that_is_let_through_ends_no_python(page):
    for kind, make in NESTED.items():
        name = f"{kind[:20]}.py"
        page.upload((make(deepest(make)) + "\n").encode(), name)
        page.wait_status(f"opened {name}")
        assert "reload" not in page.status().lower()
    page.choose("Example", "The post’s table")
    page.wait_default()


def test_deep_code_that_is_run_is_told_with_its_line(page):
    program = ProgramOnPage(page)
    program.run("x = 1\ny = " + "[" * 500 + "]" * 500)
    assert "is nested too deeply" in program.output()
    assert program.marked()[0] == "2"
    program.run("print('goes on')")
    assert "goes on" in program.output()


def test_a_download_has_a_name_that_every_system_takes(page):
    """Of Windows, `com1` is a device."""
    page.upload(DEFAULT_CSV.encode(), "com1.csv")
    page.wait_default()
    page.button("Download").click()
    page.wait_until(lambda: page.evaluate(PROBLEM_ABOUT).startswith("com1 table.tenlines.json,"), "its name")
    page.button("Close").click()
