"""Editing the table: rows, columns, names, undo, files. Nothing is lost and nothing needs a second click."""

import pytest
from harness.browsers import ALL_ENGINES, CHROMIUM, FIREFOX
from harness.oracle import post, problem, read_csv, terminal
from harness.page import DEFAULT_CSV, DEFAULT_NAMES, DEFAULT_ROWS

in_all_engines = pytest.mark.engines(*ALL_ENGINES)
in_two_engines = pytest.mark.engines(CHROMIUM, FIREFOX)


def test_a_new_row_asks_a_question_and_gets_its_answer(page, tmp_path):
    page.button("Add row").click()
    _, expected = terminal(tmp_path, problem=post([*post()["table"]["rows"], [0, 0, 0, None]]))
    page.wait_answers(expected)
    assert page.rows() == [*DEFAULT_ROWS, ["0", "0", "0", "?"]]
    assert expected["row-6-y"] == 0.5
    assert "0.5" in page.answer_text("row-6-y")


def test_removing_a_row_moves_the_rows_below_up(page, tmp_path):
    page.button("Remove row 1").click()
    _, expected = terminal(tmp_path, problem=post(post()["table"]["rows"][1:]))
    page.wait_answers(expected)
    assert page.rows() == DEFAULT_ROWS[1:]
    assert list(expected) == ["row-4-y"]


def test_a_new_input_is_a_column_of_0_with_a_name_of_its_own(page):
    page.button("Add input").click()
    page.wait_until(lambda: len(page.names()) == 5, "a fifth column")
    assert len(set(page.names())) == 5
    assert page.names()[:3] == DEFAULT_NAMES[:3]
    assert page.names()[4] == "y"
    assert [row[3] for row in page.rows()] == ["0"] * 5
    page.wait_until(lambda: len(page.weights()) == 4, "a fourth weight")
    assert page.find("textbox", "Name of input 4").exists()


def test_a_new_output_is_a_column_of_questions(page):
    page.button("Add output").click()
    page.wait_until(lambda: len(page.names()) == 5, "a fifth column")
    assert [row[4] for row in page.rows()] == ["?"] * 5
    assert page.find("textbox", "Name of output 2").exists()
    page.wait_until(lambda: len(page.answers()) == 6, "an answer in every ? cell")


def test_a_known_cell_in_a_new_output_trains_it(page, tmp_path):
    page.button("Add output").click()
    page.wait_until(lambda: len(page.names()) == 5, "a fifth column")
    name = page.names()[4]
    page.enter(f"Row 2 {name}", "0")
    rows = [[*row, 0 if number == 1 else None] for number, row in enumerate(post()["table"]["rows"])]
    _, expected = terminal(tmp_path, problem=problem(["x1", "x2", "x3"], ["y", name], rows))
    page.wait_answers(expected)


def test_removing_a_column_takes_its_weight(page):
    page.button("Remove column x2").click()
    page.wait_until(lambda: page.names() == ["x1", "x3", "y"], "three columns")
    assert page.rows()[1] == ["1", "1", "1"]
    page.wait_until(lambda: len(page.weights()) == 2, "two weights")


def test_a_renamed_column_renames_its_cells_and_its_answer(page):
    page.set("Name of output 1", "rains")
    page.set("Name of input 1", "größe")
    page.wait_until(lambda: "row-5-rains" in page.answers(), "the answer under its new name")
    assert page.cell("Row 1 größe").exists()
    assert page.button("Remove column größe").exists()
    assert page.names() == ["größe", "x2", "x3", "rains"]
    page.wait_status("row 5, rains")


def test_clearing_an_output_makes_it_a_question(page):
    page.cell("Row 4 y").click()
    page.press("Delete")
    page.wait_until(lambda: page.answers().keys() == {"row-4-y", "row-5-y"}, "a second answer")
    page.press("Enter")
    assert page.rows()[3] == ["0", "1", "1", "?"]


def test_typing_over_a_question_takes_its_answer_away(page):
    page.enter("Row 5 y", "0")
    page.wait_until(lambda: page.answers() == {}, "no answer where none is asked for")


EDITS = {
    "a cell": lambda page: page.enter("Row 1 x1", "0.5"),
    "a question": lambda page: page.enter("Row 1 y", "?"),
    "a name": lambda page: page.set("Name of input 2", "wet"),
    "a row more": lambda page: page.button("Add row").click(),
    "a row less": lambda page: page.button("Remove row 5").click(),
    "an input more": lambda page: page.button("Add input").click(),
    "an output more": lambda page: page.button("Add output").click(),
    "a column less": lambda page: page.button("Remove column x2").click(),
    "a file": lambda page: page.upload(b"a,b\n0,0\n1,?\n"),
}


def test_every_edit_can_be_undone_and_redone(page):
    shown = lambda: (page.names(), page.rows())  # noqa: E731
    before = shown()
    for name, edit in EDITS.items():
        edit(page)
        page.wait_until(lambda: shown() != before, f"{name} to show")
        after = shown()
        page.button("Undo").click()
        page.wait_default()
        assert shown() == before
        page.button("Redo").click()
        page.wait_until(lambda after=after: shown() == after, f"{name} again")
        page.button("Undo").click()
        page.wait_until(lambda: shown() == before, "the table before")


def test_many_edits_are_undone_one_by_one(page):
    texts = ["2", "3", "4", "5"]
    for text in texts:
        page.enter("Row 1 x1", text)
    for text in [*reversed(texts[:-1]), "0"]:
        page.button("Undo").click()
        page.wait_until(lambda text=text: page.rows()[0][0] == text, f"x1 to be {text} again")
    page.wait_default()
    for text in texts:
        page.button("Redo").click()
        page.wait_until(lambda text=text: page.rows()[0][0] == text, f"x1 to be {text} once more")


def test_a_setting_can_be_undone(page):
    page.set("Learning rate", "0.5")
    page.wait_until(lambda: page.answer("row-5-y") < 0.99993, "less certainty")
    page.button("Undo").click()
    page.wait_default()
    assert page.box("Learning rate").value() == "1"


@in_two_engines
def test_the_focus_stays_in_a_cell_while_answers_are_redrawn(page):
    page.cell("Row 2 y").click()
    page.type("0")
    page.wait_other_answer()
    assert page.focused() == "Row 2 y"
    page.type(".5")
    page.wait_until(lambda: page.cell("Row 2 y").value() == "0.5", "all that was typed")
    assert page.focused() == "Row 2 y"


# A button, and what has the focus once it was pressed.
PLACES = {
    "Add row": "Row 6 x1",
    "Add input": "Name of input 4",
    "Remove row 1": "Remove row 1",
    "Remove row 5": "Remove row 4",
    "Remove column x1": "Remove column x2",
}


@in_two_engines
def test_the_focus_is_never_lost_when_the_table_changes_shape(page):
    before = page.rows()
    for name, place in PLACES.items():
        page.button(name).focus()
        page.press("Enter")
        page.wait_until(lambda: page.rows() != before, "the table to change")
        page.wait_until(lambda place=place: page.focused() == place, f"the focus on {place}")
        page.button("Undo").click()
        page.wait_until(lambda: page.rows() == before, "the table before")


def test_the_exported_file_is_the_table(page):
    rows = read_csv(page.exported())
    assert [name.removeprefix(">") for name in rows[0]] == DEFAULT_NAMES
    assert rows[1:] == DEFAULT_ROWS


def test_export_downloads_a_csv_file(page):
    with page.page.expect_download() as download:
        page.button("Export CSV").click()
    assert download.value.suggested_filename.endswith(".csv")
    assert download.value.path().read_text("utf-8").splitlines()[1:] == DEFAULT_CSV.splitlines()[1:]


def test_an_exported_file_is_let_go_after_a_while(engine, open_page, light_site):
    page = open_page(light_site)
    page.page.clock.install()
    page.evaluate("""() => {
      window.held = new Set() // the addresses of tables; scripts that come later have theirs
      const { createObjectURL, revokeObjectURL } = URL
      URL.createObjectURL = blob => {
        const address = createObjectURL.call(URL, blob)
        if (blob.type === 'text/csv') held.add(address)
        return address
      }
      URL.revokeObjectURL = address => { held.delete(address); revokeObjectURL.call(URL, address) }
    }""")
    page.button("Export CSV").click()
    page.wait_status("exported")
    assert page.evaluate("() => held.size") == 1
    page.page.clock.fast_forward("02:00")
    assert page.evaluate("() => held.size") == 0


WRITTEN = [
    "a,b,>sum,>carry\n0,0,0,0\n0.1,1e-7,?,0\n-1,123456789.125,1,?\n",
    '"a, first","b ""2""","größe"\n0,0.30000000000000004,1\n1,-2.5e-300,?\n',
    "7,8,>9\n0,1,1\n1,0,?\n",
]


@in_all_engines
def test_export_then_import_changes_nothing(page):
    """tests/py/test_session.py tries any table."""
    for text in WRITTEN:
        page.upload(text.encode())
        page.wait_until(lambda: page.rows() and page.rows() != DEFAULT_ROWS, "the table")
        page.wait_status("trained")  # until then the page may still move under the pointer
        names, rows = page.names(), page.rows()
        exported = page.exported()
        page.upload(DEFAULT_CSV.encode())
        page.wait_default()
        page.upload(exported.encode())
        page.wait_until(
            lambda names=names, rows=rows: (page.names(), page.rows()) == (names, rows), "the very same table"
        )
        page.wait_status("trained")
        assert page.exported() == exported
        page.upload(DEFAULT_CSV.encode())
        page.wait_default()
