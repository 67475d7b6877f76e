"""The learner's own program: edited, run, stopped; and whatever it does, the page and its table live."""

import pytest
from broken_programs import ENDLESS, HOSTILE, MISTAKES, POST, javascript
from harness.browsers import ALL_ENGINES, CHROMIUM
from harness.oracle import post, terminal
from harness.page import DEFAULT_ANSWERS, PATIENCE, START_TIMEOUT
from harness.program import ProgramOnPage
from test_page_accessibility import LOOKS, violations

from layout import ONE_FILE

in_all_engines = pytest.mark.engines(*ALL_ENGINES)


@pytest.fixture
def program(page):
    return ProgramOnPage(page)


@in_all_engines
def test_a_program_runs_and_prints_as_python_does(page, program):
    assert program.run(POST).startswith("Ended after ")
    assert "It printed [0.99993704]" in program.outcome()
    assert program.output() == "[0.99993704]\n"
    # Nothing of it remains for the next.
    said = program.run("import sys\nprint('exp' in globals(), '<ünï𝄞>')\nprint('err', file=sys.stderr)\nprint('out')\n")
    assert "It printed 3 lines." in said
    assert program.output() == "False <ünï𝄞>\nerr\nout\n"
    page.wait_answers(DEFAULT_ANSWERS, 1e-12)


def test_an_error_is_shown_as_python_words_it_marked_and_explained(page, program):
    said = program.run(POST.replace("(1 - output)", "(1 - outptu)"))
    assert said.startswith("Line 8: NameError: name 'outptu' is not defined. Did you mean: 'output'?")
    assert "There is no outptu here, but output." in said
    assert program.output().startswith('Traceback (most recent call last):\n  File "program.py", line 8, in <module>\n')
    number, place, words = program.marked()
    assert (number, place) == ("8", "outptu")
    assert words.startswith("NameError")
    page.leave()
    page.button("Go to line 8").click()
    assert page.focused() == "Program"
    page.press("Control+Enter")
    page.wait_until(program.is_running, "another run, by the keyboard")
    program.wait_end()
    program.run("x = (\n")
    assert program.marked()[0] == "1"
    assert program.run("x = 1\n").endswith("It printed nothing.")
    assert program.marked() == ("", "", "")


STOP = """() => new Promise(resolve => {
  const began = performance.now()
  document.querySelector('#stop-program').click()
  requestAnimationFrame(() => resolve(performance.now() - began))
})"""


WATCH_OUTCOME = """() => {
  const outcome = document.querySelector('#outcome')
  window.outcomes = []
  window.outcomeWatch ??= new MutationObserver(() => window.outcomes.push(outcome.textContent))
  window.outcomeWatch.observe(outcome, { childList: true, characterData: true, subtree: true })
}"""


@in_all_engines
def test_stop_ends_an_endless_loop_at_once_and_the_next_program_runs(engine, page, program):
    for name in ENDLESS if engine == CHROMIUM else ("a loop", "a loop that prints", "a loop in JavaScript"):
        source = ENDLESS[name]
        program.write(source)
        page.evaluate(WATCH_OUTCOME)
        page.button("Run").click()
        program.wait_begun()
        if "begun" in source:
            page.wait_until(lambda: program.output() == "begun\n", "what it prints before its end")
        page.wait_until(lambda: program.outcome().startswith("Still running"), "that to be said")
        assert "Running." in page.evaluate("() => window.outcomes"), "only after a while"
        page.enter("Row 4 y", "?")
        assert page.evaluate(STOP) < 1000 * PATIENCE
        assert not program.is_running()
        assert program.outcome() == "Stopped. The table is untouched."
        page.wait_until(lambda: "row-4-y" in page.answers(), "the table's answer")
        page.button("Undo").click()
        page.wait_default()
    assert "It printed 2" in program.run("print(1 + 1)\n")


LAST_LINE_IN_SIGHT = """() => {
  const output = document.querySelector('#output')
  const end = e => e.getBoundingClientRect().bottom
  return output.scrollHeight > output.clientHeight && end(output.firstElementChild) <= end(output)
}"""


def test_what_is_printed_comes_while_it_runs_and_a_flood_is_dammed(page, program):
    program.write("import time\nfor number in range(300):\n    print(number)\nwhile True: pass\n")
    page.button("Run").click()
    page.wait_until(lambda: program.output().endswith("\n299\n"), "all that it printed, though it runs", START_TIMEOUT)
    assert page.evaluate(LAST_LINE_IN_SIGHT)
    program.stop()
    program.write(ENDLESS["a loop that prints"])
    page.button("Run").click()
    page.wait_until(lambda: "more characters" in program.output(), "the dam", START_TIMEOUT)
    page.enter("Row 4 y", "?")
    page.wait_until(lambda: "row-4-y" in page.answers(), "the table's answer, beside the flood")
    program.stop()
    assert 100_000 < len(program.output()) < 100_100
    page.button("Undo").click()


# Of the mistakes, which tests/py/test_running.py has all of, those that meet the browser: its stack, its memory, its
# files, its output, what Pyodide lacks, and a marked line.
COMMON = ["deep recursion", "input", "a huge array", "closed stdout", "an exit", "matplotlib", "ssl"]
# Of the hostile ones, those that engines may take in different ways.
IN_OTHER_ENGINES = [
    "os._exit", "memory without end", "recursion in C", "self.close", "the prototype's close", "messages without end",
    "the port misused", "Pyodide's memory",
]  # fmt: skip


@pytest.mark.wants_rest
@in_all_engines
def test_a_broken_program_gets_its_message_and_page_and_table_live(engine, open_page, own_site, tmp_path):
    page = open_page(own_site)
    program = ProgramOnPage(page)
    names = [*COMMON, *HOSTILE] if engine == CHROMIUM else IN_OTHER_ENGINES
    sources = {name: MISTAKES[name].source if name in MISTAKES else HOSTILE[name] for name in names}
    _, questions = terminal(tmp_path, problem=post([*post()["table"]["rows"][:3], [0, 1, 1, None], [1, 0, 0, None]]))
    wrong = {}
    for number, (name, source) in enumerate(sources.items()):
        program.write(source)  # from here on a fresh Python is on its way
        text, answers = ("?", questions) if number % 2 == 0 else ("0", DEFAULT_ANSWERS)
        page.enter("Row 4 y", text)
        page.wait_answers(answers, 1e-9)
        page.button("Run").click()
        try:
            said = program.wait_end()
        except AssertionError:
            said = f"no end: {program.outcome()}"
            program.stop()
        wanted = MISTAKES[name][1:3] if name in MISTAKES else ()
        if not all(part in said for part in wanted) or len(said.split()) < 3 or "undefined" in said or "no end" in said:
            wrong[name] = said
    assert "It printed 1.0" in program.run("from numpy import *\nprint(exp(0))\n"), "and all of NumPy is there"
    page.enter("Row 4 y", "?")
    page.wait_answers(questions)
    assert wrong == {}


# Whenever the page asks for values, this answers before Python does.
ANSWERS_ITSELF = """
const data = Object.getOwnPropertyDescriptor(MessageEvent.prototype, "data").get
Object.defineProperty(MessageEvent.prototype, "data", { get() {
  if (this.target instanceof MessagePort) this.target.postMessage({ values: %s })
  return data.call(this)
} })
"""


def test_what_a_program_says_and_the_page_does_not_know_is_said(engine, open_page):
    """tests/node has all that the page does not know."""
    page = open_page()
    program = ProgramOnPage(page)
    # Spelt so that the page does not see that it uses the browser: else its Python would end with it.
    spelt = javascript(ANSWERS_ITSELF % "7").encode().hex()
    assert program.run(f"exec(bytes.fromhex({spelt!r}).decode())\n").startswith("Ended")
    page.button("Show values").click()
    page.evaluate("() => document.querySelector('#listing').scrollIntoView({ block: 'nearest' })")
    page.wait_until(lambda: program.outcome().startswith("The program was ended."), "the outcome")
    assert [said for said in page.problems() if "does not understand" in said] != [], "on the console"
    page.wait_answers(DEFAULT_ANSWERS, 1e-12)


@in_all_engines
def test_the_keyboard_gets_into_the_editor_runs_and_gets_out_again(page, program):
    program.write("if True:\n")
    page.press("Control+End")
    page.type("print(1)")
    page.press("Tab")
    assert page.focused() == "Program", "Tab indents"
    page.press("Control+Enter")
    program.wait_end()
    page.press("Escape", "Tab")
    assert page.focused() == "Output"
    page.press("Shift+Tab")
    assert page.focused() == "Program"
    page.press("Escape", "Shift+Tab")
    assert page.focused() == "Run"
    page.press("Tab")
    assert page.focused() == "Program"
    page.press("Control+a")
    page.type("x")
    page.wait_until(lambda: program.text().strip() == "x", "what was typed")
    page.press("Control+z")
    page.wait_until(lambda: "print(1)" in program.text(), "the editor's own undo")


def test_an_edit_of_the_program_is_a_step_of_undo_and_the_table_another(page, program):
    program.write("a = 1\n")
    page.enter("Row 4 y", "?")
    program.write("b = 2\n")
    page.button("Undo").click()
    assert program.text().strip() == "a = 1"
    assert page.rows()[3][3] == "?"
    page.button("Undo").click()
    assert program.text().strip() == "a = 1"
    page.wait_default()
    page.button("Redo").click()
    page.button("Redo").click()
    assert program.text().strip() == "b = 2"
    page.button("Undo").click()
    page.button("Undo").click()
    page.wait_default()


SIDEWAYS = "() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"


def test_axe_finds_nothing_in_it_light_and_dark_wide_and_narrow(engine, open_page):
    page = open_page()
    program = ProgramOnPage(page)
    program.run("import sys\nprint('out')\nprint('err', file=sys.stderr)\nprint(1 / 0)  # not possible\nx = 'text'\n")
    found = {}
    for state, act in (("failed", lambda: None), ("running", lambda: page.press("Control+Enter"))):
        if state == "running":
            program.write(ENDLESS["a loop"])
        act()
        for width, scheme in LOOKS:
            page.look(width, 844, scheme)
            if (said := violations(page)) or page.evaluate(SIDEWAYS) > 0:
                found[state, width, scheme] = said
    program.stop()
    assert found == {}


def test_without_its_files_the_editor_or_python_says_so_and_tries_again(engine, open_page, own_site):
    page = open_page(own_site)
    program = ProgramOnPage(page)
    own_site.block("editor.js.bin")
    page.button("Edit code").click()
    page.wait_until(lambda: "The editor could not be opened" in page.alerts(), "what is missing")
    own_site.heal()
    program.open()
    program.write("print(1 + 1)\n")
    page.button("Run").click()
    assert "It printed 2" in program.wait_end()
    own_site.block("numpy.bin")
    page.button("Run").click()
    said = program.wait_end()
    assert "Python could not be started" in said
    assert "numpy.bin" in said
    own_site.heal()
    assert "It printed 2" in program.run()
    assert page.engine_state() == "ready", "the engine that trains has seen nothing of it"


@in_all_engines
def test_in_the_one_file_too(engine, open_file):
    page = open_file(ONE_FILE)
    program = ProgramOnPage(page)
    assert "It printed [0.99993704]" in program.run(POST)
    program.write(ENDLESS["a loop"])
    page.press("Control+Enter")
    program.wait_begun()
    program.stop()
    assert "NameError" in program.run("print(x)\n")
    page.wait_answers(DEFAULT_ANSWERS, 0)
    assert page.problems() == []


def test_output_that_is_cut_is_not_counted_as_all(open_page):
    page = open_page()
    said = ProgramOnPage(page).run("for i in range(60000): print(i)")
    assert "more than" in said, said
    assert "lines" in said


def test_what_a_program_has_started_in_the_browser_ends_with_it(open_page):
    page = open_page()
    program = ProgramOnPage(page)
    program.run(
        "import js\nfrom pyodide.ffi import to_js\n"
        "js.Worker.new(js.URL.createObjectURL(js.Blob.new(to_js(['for(;;);']))))"
    )
    page.wait_until(lambda: len(page.page.workers) == 1, "Python of the table alone")
    page.enter("Row 2 y", "0")
    page.wait_other_answer()


def test_the_tables_own_code_says_nothing_of_a_program_that_ran_before(open_page):
    page = open_page()
    program = ProgramOnPage(page)
    program.run("print('mine')")
    assert "mine" in program.output()
    page.button("The table’s own code").click()
    page.wait_until(lambda: program.outcome() == "" and program.output() == "", "no word of it")
