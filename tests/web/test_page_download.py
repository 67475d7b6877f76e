"""Download, and files back in: from Import and dropped anywhere on the page."""

import json

import pytest
from harness.browsers import ALL_ENGINES, CHROMIUM, FIREFOX
from harness.links import packed
from harness.one_file import TABLE, WHOLE
from harness.oracle import post, terminal
from harness.page import DEFAULT_ANSWERS, DEFAULT_CSV, DEFAULT_NAMES, DEFAULT_ROWS
from test_page_accessibility import LOOKS, violations
from test_page_small_screen import OVERFLOW

in_all_engines = pytest.mark.engines(*ALL_ENGINES)
in_two_engines = pytest.mark.engines(CHROMIUM, FIREFOX)
IS_OPEN = "() => document.querySelector('#download').open"
SAVED = "table.tenlines.json"


def saved(**changes) -> bytes:
    return json.dumps({**post(), **changes}).encode()


@in_all_engines
def test_the_dialog_is_opened_and_left_by_keyboard(page):
    button = page.button("Download")
    button.focus()
    page.press("Enter")
    page.wait_until(lambda: page.evaluate(IS_OPEN), "the dialog")
    assert page.focused() == WHOLE or page.evaluate("() => document.activeElement.closest('#download') !== null")
    page.press("Escape")
    page.wait_until(lambda: not page.evaluate(IS_OPEN), "the dialog to go")
    assert page.focused() == "Download"
    button.click()
    page.button("Close").click()
    page.wait_until(lambda: not page.evaluate(IS_OPEN), "the dialog to go")
    page.wait_default()


def test_the_dialog_in_light_and_dark_wide_and_narrow(page):
    page.button("Download").click()
    assert page.page.get_by_role("dialog", name="Download").count() == 1
    for width, scheme in LOOKS:
        page.look(width, 844, scheme)
        assert violations(page) == [], (width, scheme)
        assert page.evaluate(OVERFLOW) <= 0, (width, scheme)
    page.press("Escape")


def test_the_saved_problem_is_the_terminals_and_opens_again(page, tmp_path):
    page.button("Add hidden layer").click()
    page.enter("Row 2 y", "0")
    text = page.downloaded(TABLE)
    assert "      [0, 0, 1, 0],\n" in text, "a row is a line"
    problem, expected = terminal(tmp_path, problem=json.loads(text))
    assert problem == json.loads(text)
    page.wait_answers(expected)
    page.choose("Example", "The post’s table")
    page.wait_default()
    page.upload(text.encode(), SAVED)
    page.wait_status(f"opened {SAVED}: 5 rows, 3 inputs, 1 output.")
    page.wait_answers(expected)
    assert page.box("Hidden layer 1 units").value() == "4"
    page.press("Control+z")
    page.wait_default()


@in_two_engines
def test_a_file_can_be_dropped_anywhere(page):
    page.drop(("mine.csv", "a,b\n0,0\n1,1\n2,?\n"))
    page.wait_until(lambda: page.names() == ["a", "b"], "the table")
    page.wait_status("row 3, b: ")
    page.drop((SAVED, saved().decode()))
    page.wait_default()
    page.button("Undo").click()
    page.wait_until(lambda: page.names() == ["a", "b"], "the table before")
    page.drop(("mine.TSV", DEFAULT_CSV.replace(",", "\t")))
    page.wait_default()


CANNOT_BE_DROPPED = [
    ([("a.csv", DEFAULT_CSV), ("b.csv", DEFAULT_CSV)], ["one file at a time"]),
    ([("picture.png", "…")], ["picture.png is no table", ".tenlines.json"]),
    ([("a.csv", "")], ["a.csv was not imported", "no data"]),
]


def test_what_cannot_be_dropped_is_said(page):
    for files, parts in CANNOT_BE_DROPPED:
        page.drop(*files)
        page.wait_status(*parts)
        assert (page.names(), page.rows()) == (DEFAULT_NAMES, DEFAULT_ROWS)


def test_dropped_text_is_the_browsers(page):
    taken = """() => {
      const data = new DataTransfer()
      data.setData('text/plain', '1')
      const event = new DragEvent('dragover', { bubbles: true, cancelable: true, dataTransfer: data })
      return !document.querySelector('#data').dispatchEvent(event) || !document.querySelector('#drop').hidden
    }"""
    assert page.evaluate(taken) is False


# tests/py/test_saved_problem.py has all that Python refuses; how large a file may be is the page's to say.
BAD = {
    "a table": (DEFAULT_CSV.encode(), ["not JSON", "line 1"]),
    "a wrong cell": (saved(table={"inputs": ["a"], "outputs": ["b"], "rows": [[1, 1], ["x", 0]]}), ["row 2", "a", "x"]),
    "a newer field": (saved(training={"momentum": 0.9}), ["training.momentum is not known"]),
    "deep": (b"[" * 100_000, ["nested too deeply"]),
    "6 MB": (b" " * 6_000_000, ["6.0 MB", "up to 5 MB"]),
}


def test_a_saved_problem_with_an_error_is_refused_whole_and_its_place_named(page):
    for data, parts in BAD.values():
        page.upload(data, SAVED)
        page.wait_status(*parts, SAVED)
        assert (page.names(), page.rows()) == (DEFAULT_NAMES, DEFAULT_ROWS)
        page.wait_answers(DEFAULT_ANSWERS, 1e-12)
        page.enter("Row 4 y", "?")
        page.wait_status("row 4, y: ")
        page.button("Undo").click()


def test_what_import_will_not_take_is_said_when_it_is_saved(page):
    page.enter("Row 2 x3", "abc")
    page.wait_status("row 2", "x3")
    page.downloaded(TABLE)
    page.wait_status("saved ", ".tenlines.json", "import takes it once it can be trained", "x3")


def test_a_saved_problem_has_every_name_as_it_is(page):
    names = ["a", "a ]", '" ], [', "[ a", "a\\", "{ }"]
    page.upload(saved(table={"inputs": names, "outputs": ["y"], "rows": [[0] * 6 + [1]]}), SAVED)
    page.wait_until(lambda: page.names() == [*names, "y"], "the table")
    assert json.loads(page.downloaded(TABLE))["table"]["inputs"] == names


def test_code_that_lags_behind_the_table_is_said_to(page):
    page.enter("Row 2 x3", "abc")
    page.wait_status("row 2", "x3")
    assert "[1, 1, 1]" in page.downloaded("The code")
    page.wait_status("program.py as it was for the table before", "row 2, x3")
    page.button("Undo").click()
    page.wait_default()
    page.downloaded("The code")
    page.wait_status("Saved program.py.")


def test_the_rows_that_long_code_reads_are_a_file_of_their_own(page):
    page.upload(b"a,b\n" + b"0,0\n1,1\n" * 20 + b"2,?\n", "mine.csv")
    page.wait_until(lambda: page.names() == ["a", "b"], "the table")
    code = page.downloaded("The code")
    assert "table.csv" in code
    assert page.downloaded("The rows that the code reads").startswith("a,b")


@pytest.mark.snapshot
@pytest.mark.wants_rest
def test_the_page_is_saved_as_a_file_of_its_tables_name(engine, open_page, own_site):
    page = open_page(own_site, at=packed({"name": "पाठ: हिन्दी/1"}))
    page.button("Download").click()
    with page.page.expect_download() as download:
        page.button(WHOLE).click()
    assert download.value.suggested_filename == "पाठ हिन्दी1.html"
    assert 12e6 < download.value.path().stat().st_size <= 14e6
