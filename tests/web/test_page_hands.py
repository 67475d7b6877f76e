"""The hands of people: input methods, keyboards of other scripts, paste from a spreadsheet, and a focus that stays."""

import pytest
from harness.browsers import ALL_ENGINES, CHROMIUM, FIREFOX
from harness.page import DEFAULT_ROWS, SET_SLIDER, START_TIMEOUT
from harness.program import ProgramOnPage

in_two_engines = pytest.mark.engines(CHROMIUM, FIREFOX)

# A key as a browser tells of it while an input method puts characters together; Safari says so by 229 only.
COMPOSE = """(key, how) => {
  const isComposing = how === 'composing'
  const event = new KeyboardEvent('keydown', { key, isComposing, bubbles: true, cancelable: true })
  if (how === '229') Object.defineProperty(event, 'keyCode', { value: 229 })
  document.activeElement.dispatchEvent(event)
  return event.defaultPrevented
}"""


@in_two_engines
def test_keys_of_an_input_method_belong_to_it(page):
    for box in ("Row 2 x1", "Name of input 1", "Iterations"):
        page.find("textbox", box).click()
        for how in ("composing", "229"):
            for key in ("Enter", "Escape", "ArrowDown", "ArrowRight", "Tab"):
                assert page.evaluate(COMPOSE, key, how) is False
                assert page.focused() == box
        page.press("Escape")


SHORTCUT = """(key, code, shiftKey) => {
  const event = new KeyboardEvent('keydown', { key, code, shiftKey, ctrlKey: true, bubbles: true, cancelable: true })
  document.activeElement.dispatchEvent(event)
}"""
LAYOUTS = {  # what Z and Y, by their places, give on it
    "Cyrillic": ("я", "н"),
    "Greek": ("ζ", "υ"),
    "Hebrew": ("ז", "ט"),
    "Arabic": ("ئ", "غ"),
}


def test_undo_and_redo_by_the_place_of_the_key_on_a_layout_without_latin_letters(page):
    for z, y in LAYOUTS.values():
        page.enter("Row 1 x1", "0.5")
        page.evaluate(SHORTCUT, z, "KeyZ", False)
        page.wait_until(lambda: page.rows() == DEFAULT_ROWS, "the table before")
        page.evaluate(SHORTCUT, y, "KeyY", False)
        page.wait_until(lambda: page.rows()[0][0] == "0.5", "the edit again")
        page.evaluate(SHORTCUT, z, "KeyZ", False)
        page.evaluate(SHORTCUT, z.upper(), "KeyZ", True)
        page.wait_until(lambda: page.rows()[0][0] == "0.5", "the edit again")
        page.evaluate(SHORTCUT, "z", "KeyY", False)  # of a German keyboard, where Z and Y have changed places
        page.wait_until(lambda: page.rows() == DEFAULT_ROWS, "the table before: a Latin letter counts, not its place")


@in_two_engines
def test_cells_of_a_spreadsheet_are_pasted_as_they_stood(page):
    page.paste("Row 1 x1", "7\r\n\r\n")  # a cell and the empty one below it
    page.wait_until(lambda: [row[0] for row in page.rows()[:2]] == ["7", ""], "both cells")
    page.paste("Row 1 x1", "8\n")  # one cell
    page.wait_until(lambda: [row[0] for row in page.rows()[:2]] == ["8", ""], "one cell")
    assert len(page.rows()) == 5


PASTE = """text => {
  const data = new DataTransfer()
  data.setData('text/plain', text)
  const how = { clipboardData: data, bubbles: true, cancelable: true, composed: true }
  document.activeElement.dispatchEvent(new ClipboardEvent('paste', how))
}"""


def test_what_is_pasted_with_no_cell_chosen_goes_into_the_table(page):
    page.evaluate("() => document.activeElement.blur()")
    page.evaluate(PASTE, "7\t8\n")
    page.wait_until(lambda: page.rows() == [["7", "8", "1", "0"], *DEFAULT_ROWS[1:]], "the pasted cells")
    page.evaluate("() => document.activeElement.blur()")
    page.evaluate(PASTE, "a\ty\n1\t0\n2\t?\n")
    page.wait_until(lambda: page.rows() == [["1", "0"], ["2", "?"]], "the pasted table")


def test_what_is_pasted_into_a_field_or_the_editor_stays_there(page):
    page.find("textbox", "Learning rate").focus()
    page.evaluate(PASTE, "1\n2\n")
    program = ProgramOnPage(page)
    program.open()
    program.write("print(1,2,3)\nprint(4,5,6)\n")
    page.wait_until(lambda: "print(4,5,6)" in program.text(), "the pasted lines")
    assert page.rows() == DEFAULT_ROWS


def lose_stop(page):
    page.set("Iterations", "1000000000")
    page.wait_until(page.button("Stop").exists, "a long run")
    page.button("Stop").focus()
    page.press("Enter")
    page.wait_status("Stopped")


def lose_an_added_row(page):
    page.button("Add row").click()
    page.wait_until(lambda: page.focused() == "Row 6 x1", "the new row")
    page.press("Control+z")
    page.wait_until(lambda: len(page.rows()) == 5, "five rows")


def lose_an_added_column(page):
    page.button("Add input").click()
    page.wait_until(lambda: page.focused() == "Name of input 4", "the new column")
    page.press("Control+z")
    page.wait_until(lambda: len(page.names()) == 4, "four columns")


def lose_stop_program(page):
    program = ProgramOnPage(page)
    program.write("while True: pass")
    page.button("Run").click()
    program.wait_begun()
    page.button("Stop program").focus()
    page.press("Enter")
    page.wait_until(lambda: not page.button("Stop program").exists(), "the program to stop", START_TIMEOUT)


def lose_the_tables_own_code(page):
    program = ProgramOnPage(page)
    program.open()
    program.write("print(1)")
    own = page.button("The table’s own code")
    page.wait_until(own.exists, "the way back")
    own.focus()
    page.press("Enter")
    page.wait_until(lambda: not own.exists(), "the table's code")


LOSSES = {
    "Stop": (lose_stop, "Train"),
    "an added row": (lose_an_added_row, "Row 5 x1"),
    "an added column": (lose_an_added_column, "Name of output 1"),
    "Stop program": (lose_stop_program, None),
    "the table’s own code": (lose_the_tables_own_code, None),
}


@in_two_engines
def test_the_focus_has_a_place_when_what_had_it_goes(page):
    for what, (lose, place) in LOSSES.items():
        lose(page)
        page.wait_until(lambda what=what: page.focused() not in ("", None), f"a place for the focus after {what}")
        if place:
            page.wait_until(lambda place=place: page.focused() == place, place)
        page.restore()


@in_two_engines
def test_what_is_typed_goes_into_the_chosen_cell_also_when_it_has_been_scrolled_away(page):
    lines = "\n".join(f"{row},{row % 2}" for row in range(500))
    page.upload(f"x,y\n{lines}\n".encode())
    page.wait_status("500 rows")
    page.cell("Row 2 x").click()
    page.evaluate("() => { document.querySelector('#data').scrollTop = 15000 }")
    page.wait_until(lambda: not page.cell("Row 2 x").exists(), "row 2 out of sight")
    page.press("7")
    page.press("Enter")
    page.wait_until(lambda: page.cell("Row 2 x").exists() and page.cell("Row 2 x").value() == "7", "7 in row 2")
    assert page.focused() == "Row 3 x"


@pytest.mark.engines(*ALL_ENGINES)
def test_undo_button_keeps_the_focus_at_its_last_step(page):
    page.enter("Row 1 x1", "0.5")
    page.button("Undo").focus()
    page.press("Enter")
    page.wait_until(lambda: page.rows() == DEFAULT_ROWS, "the table before")
    assert page.focused() == "Undo"


def test_numbers_of_another_iteration_are_marked_until_those_of_the_slider_come(open_page, own_site):
    """The worker is held up, as by an import; what is on show is not passed off as the slider's."""
    page = open_page(own_site)
    page.wait_status("trained 10,000 iterations")
    page.wait_until(lambda: len(page.page.workers) == 1, "Python's worker alone")
    (worker,) = page.page.workers
    marked = "() => document.querySelector('table.data').classList.contains('stale')"
    assert page.evaluate(marked) is False
    worker.evaluate("() => { setTimeout(() => { const end = Date.now() + 3000; while (Date.now() < end); }) }")
    page.slider().evaluate(SET_SLIDER, 100)
    page.wait_until(lambda: page.evaluate(marked), "the mark")
    page.wait_iteration(100)
    page.wait_until(lambda: not page.evaluate(marked), "no mark")


TYPE_ON = """() => {
  window.typing = setInterval(() => document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Shift' })), 100)
}"""
ANSWERED_FOR = """() => {
  const [answer] = performance.getEntriesByName('tenlines:first-prediction')
  return answer ? performance.now() - answer.startTime : 0
}"""


def test_numpy_waits_while_the_page_is_used(open_page, own_site):
    page = open_page(own_site, ready=False)
    page.evaluate(TYPE_ON)
    page.wait_until(lambda: page.evaluate(ANSWERED_FOR) > 2000, "two seconds after the first answer", START_TIMEOUT)
    assert own_site.asked("numpy.bin") == 0
    page.evaluate("() => clearInterval(window.typing)")
    page.wait_until(lambda: own_site.asked("numpy.bin"), "NumPy, in the pause", START_TIMEOUT)
