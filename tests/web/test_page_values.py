"""The program on the page: each line with its value at the iteration on show; table and code as two views of one."""

import subprocess
import sys

import pytest
from harness.browsers import ALL_ENGINES, CHROMIUM, FIREFOX
from harness.links import POST, go, link_of
from harness.oracle import post, terminal
from harness.page import DEFAULT_ANSWERS, DEFAULT_ROWS, START_TIMEOUT
from harness.program import ProgramOnPage
from test_program import POSTS_PROGRAM as PROGRAM

in_all_engines = pytest.mark.engines(*ALL_ENGINES)
in_two_engines = pytest.mark.engines(CHROMIUM, FIREFOX)

OWN = PROGRAM.replace("1 - output", "1.5 - output")
ANSWER = "(1 / (1 + exp(-dot(array([1, 0, 0]), synaptic_weights))))"
LINES = "() => [...document.querySelectorAll('#listing code')].map(line => line.textContent)"
BESIDE = """() => Object.fromEntries([...document.querySelectorAll('#listing li')]
  .map((line, at) => [at + 1, line.querySelector('.chip')?.textContent ?? '']))"""
LOOKED_AT = "() => document.querySelector('#part').innerText"
FULL = "() => [...document.querySelectorAll('#part [data-value]')].map(cell => Number(cell.dataset.value))"
GO_TO = """(line, text) => [...document.querySelectorAll(`#listing [data-line="${line}"][data-id]`)]
  .find(part => part.textContent === text).focus()"""
SELECTED = """() => [...document.querySelectorAll('#listing [aria-selected=true]')]
  .map(e => e.innerText.split('\\n')[0].trim())"""
SAYS = "() => document.querySelector('#code-says').textContent"


def lines(page):
    return page.evaluate(LINES)


def see_program(page):
    """Nothing is computed for a program that is out of sight."""
    page.evaluate("() => document.querySelector('#listing').scrollIntoView({ block: 'nearest' })")


def wait_beside(page, line, text):
    see_program(page)
    page.wait_until(lambda: page.evaluate(BESIDE).get(str(line)) == text, f"{text} beside line {line}", START_TIMEOUT)


def wait_value(page, expected):
    """Of the part that is looked at."""
    page.wait_until(lambda: page.evaluate(FULL) == pytest.approx(expected, abs=1e-9), f"{expected}")


def stopped_at(iteration: int, ask: str, program: str = PROGRAM) -> list[float]:
    """The numbers asked for, by plain Python, when the program's loop ends there."""
    source = program.replace("range(10000)", f"range({iteration})") + f"print(*{ask}.ravel().tolist())\n"
    said = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True).stdout
    return [float(number) for number in said.strip().split("\n")[-1].split()]


@in_two_engines
def test_beside_each_line_stands_its_value_at_the_iteration_on_show(page):
    page.wait_until(lambda: "\n".join(lines(page)) + "\n" == PROGRAM, "the post's program")
    wait_beside(page, 9, "0.99994")
    for iteration in (1024, 0, 1):
        page.seek(iteration)
        weights = stopped_at(iteration, "synaptic_weights")
        wait_beside(page, 9, f"{stopped_at(iteration, ANSWER)[0]:.5f}")
        assert page.evaluate(BESIDE)["6"] == f"{iteration:,}"
        assert f"iteration {iteration:,}." in page.evaluate(SAYS)
        page.evaluate(GO_TO, 7, "synaptic_weights")
        wait_value(page, weights)
    page.seek(10000)


@in_all_engines
def test_the_keyboard_walks_through_the_program_and_every_part_has_its_value(page):
    wait_beside(page, 9, "0.99994")
    page.seek(1024)
    sums = stopped_at(1024, "dot(training_set_inputs, synaptic_weights)")
    page.evaluate(GO_TO, 7, "-dot(training_set_inputs, synaptic_weights)")
    wait_value(page, [-z for z in sums])
    assert "sign turned" in page.evaluate(LOOKED_AT), "what it does"
    page.press("ArrowRight")
    assert page.evaluate(SELECTED) == ["dot(training_set_inputs, synaptic_weights)"]
    first = "0·7.29 + 0·−0.22 + 1·−3.43 = −3.43"
    page.wait_until(lambda: first in page.evaluate(LOOKED_AT), "the sum, written out")
    page.press("ArrowUp")
    assert page.evaluate(SELECTED) == [PROGRAM.split("\n")[6].strip()]
    page.press("ArrowDown")
    page.wait_until(lambda: "Adjusts each weight" in page.evaluate(LOOKED_AT), "what the line does")
    page.press("End")
    page.wait_until(lambda: "Asks the trained network" in page.evaluate(LOOKED_AT), "what the last line does")
    page.press("Home")
    page.wait_until(lambda: "NumPy" in page.evaluate(LOOKED_AT), "what the first line does")
    page.seek(10000)


def test_table_and_code_are_two_views_of_one_thing(page, tmp_path):
    program = ProgramOnPage(page)
    page.enter("Row 2 y", "0")
    page.wait_until(lambda: "array([[0, 0, 1, 0]]).T" in lines(page)[2], "the code of the new table")
    rows = post()["table"]["rows"]
    _, changed = terminal(tmp_path, problem=post([rows[0], [1, 1, 1, 0], *rows[2:]]))
    page.wait_answers(changed)
    page.button("Undo").click()
    page.wait_default()
    program.write(PROGRAM.replace("[[0, 1, 1, 0]]", "[[0, 0, 1, 0]]"))
    page.wait_answers(changed)
    assert page.rows()[1] == ["1", "1", "1", "0"]
    page.enter("Row 2 y", "1")
    page.wait_until(lambda: "[[0, 1, 1, 0]]" in program.text(), "the table in the code")
    page.wait_default()
    # What no table has is the learner's own, and stays.
    program.write(PROGRAM.replace("1 - output", "1.5 - output"))
    page.wait_until(lambda: "on its own" in page.evaluate(SAYS), "that it has gone its own way")
    page.enter("Row 2 y", "0")
    page.wait_answers(changed)
    assert "1.5 - output" in program.text()
    page.button("The table’s own code").click()
    page.wait_until(lambda: "1.5" not in program.text(), "the table's own code")
    page.button("Show values").click()
    page.button("Undo").click()
    page.button("Undo").click()
    page.button("The table’s own code").click()
    page.wait_default()


def test_code_in_a_link_is_shown_and_does_not_run_by_itself(engine, open_page, own_site):
    page = open_page(own_site, at=link_of({**POST, "code": "print('by itself')\n"}))
    program = ProgramOnPage(page)
    page.wait_answers(DEFAULT_ANSWERS, 1e-12)
    assert page.rows() == DEFAULT_ROWS
    page.wait_until(lambda: "This code came with the table" in page.evaluate(SAYS), "whose code it is", START_TIMEOUT)
    assert lines(page) == ["print('by itself')"]
    assert "It runs only when you press Edit code, then Run" in page.evaluate(SAYS)
    program.open()
    assert "by itself" in program.text()
    assert program.outcome() == ""
    assert "It printed by itself" in program.run()


@in_two_engines
def test_code_that_has_gone_its_own_way_shows_its_values_once_it_has_run(page):
    program = ProgramOnPage(page)
    assert "It printed [" in program.run(OWN)
    page.button("Show values").click()
    page.wait_until(lambda: "as it ran" in page.evaluate(SAYS), "that these are its values")
    assert lines(page)[7] == OWN.split("\n")[7]
    for iteration in (1024, 0):
        page.seek(iteration)
        weights = stopped_at(iteration, "synaptic_weights", OWN)
        wait_beside(page, 9, f"{stopped_at(iteration, ANSWER, OWN)[0]:.5f}")
        page.evaluate(GO_TO, 7, "synaptic_weights")
        wait_value(page, weights)
    page.button("The table’s own code").click()
    page.wait_until(lambda: lines(page)[7] == PROGRAM.split("\n")[7], "the table's own code")
    page.seek(10000)


def test_code_of_ones_own_stays_whatever_is_edited_and_comes_back_by_undo(page):
    go(page, link_of({**POST, "code": OWN}))
    page.wait_until(lambda: lines(page)[7] == OWN.split("\n")[7], "the code of the link", START_TIMEOUT)
    page.enter("Row 2 y", "0")
    page.wait_other_answer()
    assert lines(page)[7] == OWN.split("\n")[7]
    program = ProgramOnPage(page)
    program.write("print('another')\n")
    page.wait_until(lambda: "on its own" in page.evaluate(SAYS), "that it has gone its own way")
    page.button("Undo").click()
    page.button("Show values").click()
    page.wait_until(lambda: lines(page)[7] == OWN.split("\n")[7], "the code before")
    assert page.rows()[1] == ["1", "1", "1", "0"]


def test_a_comment_is_kept_with_the_table(engine, open_page, own_site):
    page = open_page(own_site)
    program = ProgramOnPage(page)
    program.write("# mine\n" + PROGRAM)
    page.wait_until(lambda: page.evaluate("() => location.hash") != "", "the address to hold it")
    page.reload()
    page.wait_ready()
    program.open()
    page.wait_until(lambda: program.text().startswith("# mine"), "the comment", START_TIMEOUT)
    page.enter("Row 2 y", "0")
    page.wait_until(lambda: "mine" not in program.text(), "the program of another table")
    page.button("Undo").click()
    page.wait_until(lambda: program.text().startswith("# mine"), "the comment, by Undo")


def test_a_very_long_program_in_a_link_leaves_a_page_that_answers(page):
    go(page, link_of({**POST, "code": "äöü = a + b\n" * 8_000}))
    page.wait_until(lambda: "This code came with the table" in page.evaluate(SAYS), "whose code it is", START_TIMEOUT)
    assert len(lines(page)) == 2000
    assert "and 6,000 more lines" in page.evaluate("() => document.querySelector('#listing').innerText")
    page.enter("Row 2 y", "0")
    page.wait_until(lambda: "0.9999370" not in str(page.answers()), "the answer to an edit")


def test_the_code_is_downloaded_as_it_is(page):
    assert page.downloaded("The code") == PROGRAM


PLACES_OF_LINES = """() => [...document.querySelectorAll('#listing li, [data-panel]')]
  .map(e => Math.round(e.getBoundingClientRect().top + scrollY))"""


def test_what_is_pointed_at_does_not_move_because_of_what_is_said_of_it(page):
    wait_beside(page, 9, "0.99994")
    measured = "() => document.querySelector('#settings').textContent"
    page.wait_until(lambda: "s, compiled" in page.evaluate(measured), "the last that moves the page by itself")
    places = page.evaluate(PLACES_OF_LINES)
    said = set()
    for line in range(1, 10):
        page.evaluate("line => document.querySelector(`#listing li[data-line='${line}']`).focus()", line)
        page.wait_until(lambda: page.evaluate(LOOKED_AT) not in said, "what is said of the line")
        said.add(page.evaluate(LOOKED_AT))
        assert page.evaluate(PLACES_OF_LINES) == places
