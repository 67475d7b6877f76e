"""A spreadsheet's keys, in its two modes, and a whole session without a mouse."""

import pytest
from harness.browsers import ALL_ENGINES, CHROMIUM, FIREFOX, WEBKIT
from harness.oracle import post, terminal
from harness.page import DEFAULT_ANSWERS, DEFAULT_NAMES

in_all_engines = pytest.mark.engines(*ALL_ENGINES)
in_two_engines = pytest.mark.engines(CHROMIUM, FIREFOX)


# from Row 2 x2
MOVES = [
    (["ArrowDown"], "Row 3 x2"),
    (["ArrowUp"], "Row 1 x2"),
    (["ArrowLeft"], "Row 2 x1"),
    (["ArrowRight"], "Row 2 x3"),
    (["Tab"], "Row 2 x3"),
    (["Shift+Tab"], "Row 2 x1"),
    (["ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown", "ArrowDown"], "Row 5 y"),
    (["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"], "Row 2 x2"),
]


# from Row 1 c1, of 60 columns and 41 rows
WIDE_MOVES = [
    (["ArrowRight"] * 25, "Row 1 c26"),
    (["End"], "Row 1 c60"),
    (["Tab"], "Row 2 c1"),
    (["Shift+Tab"], "Row 1 c60"),
    (["ArrowUp"], "Name of output 1"),
    (["ArrowUp"], "Remove column c60"),
    (["Home"], "Remove column c1"),
    (["ArrowDown", "ArrowDown", "PageDown", "End"], "Row 11 c60"),
    (["PageUp", "Enter"], "Row 2 c60"),
]


@in_all_engines
def test_in_a_selected_cell_the_keys_move(page):
    for keys, reached in MOVES:
        page.cell("Row 2 x2").click()
        page.press(*keys)
        assert page.focused() == reached, keys


@in_all_engines
def test_typing_replaces_a_selected_cell_and_enter_moves_down(page):
    page.cell("Row 2 x2").click()
    page.type("0.25")
    page.press("Enter")
    assert page.cell("Row 2 x2").value() == "0.25"
    assert page.focused() == "Row 3 x2"


@in_all_engines
def test_typing_then_tab_moves_right(page):
    page.cell("Row 2 x2").click()
    page.type("0.25")
    page.press("Tab")
    assert page.cell("Row 2 x2").value() == "0.25"
    assert page.focused() == "Row 2 x3"


@in_two_engines
def test_typing_then_an_arrow_commits_and_moves(page):
    page.cell("Row 2 x2").click()
    page.type("7")
    page.press("ArrowDown")
    assert page.cell("Row 2 x2").value() == "7"
    assert page.focused() == "Row 3 x2"


@in_all_engines
def test_f2_edits_what_is_there_and_the_arrows_move_the_caret(page):
    page.cell("Row 2 x2").click()
    page.type("12")
    page.press("Enter", "ArrowUp", "F2")
    page.type("4")
    page.press("ArrowLeft")
    page.type("3")
    assert page.cell("Row 2 x2").value() == "1234"
    assert page.focused() == "Row 2 x2"
    page.press("Enter")
    assert page.focused() == "Row 3 x2"


@pytest.mark.engines(CHROMIUM, WEBKIT)  # WebDriver BiDi's two clicks make no double click in Firefox
def test_a_double_click_edits_what_is_there(page):
    page.cell("Row 2 x2").double_click()
    page.press("End")
    page.type(".5")
    assert page.cell("Row 2 x2").value() == "1.5"


@in_all_engines
def test_escape_cancels_what_was_typed(page):
    page.cell("Row 2 x2").click()
    page.type("9")
    page.press("Escape")
    assert page.cell("Row 2 x2").value() == "1"
    assert page.focused() == "Row 2 x2"
    page.wait_answers(DEFAULT_ANSWERS, 1e-12)


@in_two_engines
def test_escape_cancels_an_edit_after_f2(page):
    page.cell("Row 2 x2").click()
    page.press("F2")
    page.type("99")
    page.press("Escape")
    assert page.cell("Row 2 x2").value() == "1"
    page.press("ArrowDown")
    assert page.focused() == "Row 3 x2"


def test_delete_in_an_output_asks(page):
    page.cell("Row 1 y").click()
    page.press("Delete")
    page.wait_until(lambda: "row-1-y" in page.answers(), "the answer")
    page.press("ArrowDown")
    assert page.cell("Row 1 y").value() == "?"


@in_all_engines
def test_undo_and_redo_have_their_keys(page):
    for redo in ("Control+y", "Control+Shift+z"):
        page.enter("Row 1 x1", "7")
        page.press("Control+z")
        page.wait_until(lambda: page.cell("Row 1 x1").value() == "0", "undo")
        page.press(redo)
        page.wait_until(lambda: page.cell("Row 1 x1").value() == "7", "redo")
        page.press("Control+z")


@in_all_engines
def test_control_enter_trains(page):
    page.button("Reset").click()
    page.wait_until(lambda: page.answer("row-5-y") < 0.9, "the answer of the initial weights")
    page.cell("Row 1 x1").click()
    page.press("Control+Enter")
    page.wait_answers(DEFAULT_ANSWERS, 1e-12)


def test_in_a_long_table_the_keys_move_as_far_as_in_a_short_one(page):
    rows = [f"{n % 2},{n % 3},{'?' if n % 50 == 0 else n % 2}" for n in range(300)]
    page.upload(("a,b,c\n" + "\n".join(rows) + "\n").encode())
    page.wait_until(lambda: page.names() == ["a", "b", "c"] and page.answers(), "the long table")
    page.cell("Row 1 a").click()
    for pages in range(1, 6):
        page.press("PageDown")
        assert page.focused() == f"Row {10 * pages + 1} a"
    page.press(*["ArrowDown"] * 25)
    assert page.focused() == "Row 76 a"
    page.type("0.5")
    page.press("Enter")
    assert page.focused() == "Row 77 a"
    assert page.cell("Row 76 a").value() == "0.5"


def test_in_a_wide_table_the_keys_reach_the_columns_that_are_not_drawn(page):
    names = [f"c{n}" for n in range(1, 61)]
    rows = [",".join(str((row * n) % 2) for n in range(60)) for row in range(40)]
    page.upload("\n".join([",".join(names), *rows, ",".join(["1"] * 59 + ["?"])]).encode())
    page.wait_until(lambda: page.cell("Row 1 c1").exists() and page.names() != DEFAULT_NAMES, "the wide table")
    assert not page.cell("Row 1 c60").exists(), "it is drawn in part"
    page.cell("Row 1 c1").click()
    for keys, reached in WIDE_MOVES:
        page.press(*keys)
        assert page.focused() == reached, keys
    page.type("0.5")
    page.press("Shift+Tab", "Tab")
    assert page.cell("Row 2 c60").value() == "0.5"
    page.button("Add input").click()
    page.wait_until(lambda: page.focused() == "Name of input 60", "the new column to have the focus")


def test_a_screen_reader_knows_how_many_columns_there_are_and_which_one_it_is_at(page):
    page.upload("\n".join([",".join(f"c{n}" for n in range(1, 61)), *[",".join("01" * 30)] * 40]).encode())
    page.wait_until(lambda: page.cell("Row 1 c1").exists() and page.names() != DEFAULT_NAMES, "the wide table")
    page.cell("Row 2 c1").click()
    page.press("End")
    read = "e => [e.closest('table').ariaColCount, e.closest('td').ariaColIndex, e.closest('tr').ariaRowIndex]"
    # Row, 60 columns, and what the network says beside the last of them.
    assert page.cell("Row 2 c60").evaluate(read) == ["62", "61", "3"]


def test_the_keys_end_at_the_edges_of_the_table(page):
    page.cell("Row 1 x1").click()
    page.press("ArrowUp", "ArrowLeft")
    assert page.focused() == "Name of input 1", "the names are a row of the table; left of them is nothing"
    page.cell("Row 4 y").click()
    page.press("ArrowRight")
    assert page.focused() == "Row 4 y"
    page.press("ArrowDown", "ArrowDown")
    assert page.focused() == "Row 5 y"


# The tests that walk with Tab open a page of their own: in Firefox only the newest window has the keyboard.


def tab_to(page, name: str, most: int = 120) -> list[str]:
    """Tab until `name` has the focus; the names passed on the way."""
    passed = []
    while page.focused() != name:
        assert len(passed) < most, f"Tab does not reach {name!r}, only {passed}"
        page.press("Tab")
        passed.append(page.focused())
    return passed


OUTLINED = """() => {
  const look = e => { const s = getComputedStyle(e)
    return [s.outlineStyle, s.outlineWidth, s.boxShadow, s.borderColor, s.backgroundColor].join() }
  const at = document.activeElement, seen = [look(at), look(at.parentElement)].join()
  at.blur()
  const plain = [look(at), look(at.parentElement)].join()
  return seen !== plain
}"""


@in_two_engines
def test_tab_reaches_everything_and_what_has_the_focus_can_be_seen(engine, open_page, light_site):
    page = open_page(light_site)
    wanted = {
        *("Name of input 1", "Name of output 1", "Add row", "Add input", "Add output"),
        *("Import CSV", "Export CSV", "Train", "Reset", "New random start"),
        *("Iterations", "Learning rate", "Random start"),
    }
    page.enter("Row 1 x1", "7")
    page.press("Control+z")
    page.leave()
    reached: list[str] = []
    # Not further than needed: past the last control Tab goes to the browser's own buttons.
    while not wanted <= set(reached) and len(reached) < 100:
        page.press("Tab")
        reached.append(page.focused())
    assert wanted - set(reached) == set()
    assert any(name.startswith("Row ") for name in reached)
    for name in ["Row 2 x2", "Name of input 1", "Iterations"]:
        page.box(name).focus()
        page.press("Shift+Tab", "Tab")
        assert page.evaluate(OUTLINED), f"the focus on {name!r} looks like no focus"


@in_two_engines
def test_a_whole_session_without_a_mouse(engine, open_page, light_site, tmp_path):
    page = open_page(light_site)
    page.leave()  # as on a page that has just been opened
    tab_to(page, "Row 1 x1")
    tab_to(page, "Add row")
    page.press("Enter")
    page.wait_until(lambda: page.focused() == "Row 6 x1", "the new row to have the focus")
    page.type("0")
    page.press("Tab")
    page.type("1")
    page.press("Tab")
    page.type("0")
    page.press("Enter", "Control+Enter")
    _, expected = terminal(tmp_path, problem=post([*post()["table"]["rows"], [0, 1, 0, None]]))
    page.wait_answers(expected)
    tab_to(page, "Iterations")
    page.press("Control+a")
    page.type("500")
    page.press("Enter")
    _, expected = terminal(tmp_path, problem=post([*post()["table"]["rows"], [0, 1, 0, None]], iterations=500))
    page.wait_answers(expected)
    page.press("Control+z")
    page.wait_until(lambda: page.box("Iterations").value() == "10000", "undo")


def test_what_has_the_focus_in_the_bar_does_not_scroll_the_page(page):
    page.evaluate("() => scrollTo(0, 300)")
    for name in ("Train", "Play", "Step into", "Reset"):
        page.button(name).focus()
        assert page.evaluate("() => scrollY") == 300, name
    page.evaluate("() => scrollTo(0, 0)")
