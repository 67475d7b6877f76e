"""One iteration: the stages of the pass that follows the iteration on show, with the numbers of this table."""

import json
import math

import pytest
from harness.browsers import CHROMIUM, FIREFOX, WEBKIT
from harness.links import POST, go, link_of
from harness.program import ProgramOnPage
from test_page_drawing import XOR

from tenlines.explain.stages.report import Look, stages_of
from tenlines.problem import Problem
from tenlines.training.run import Run

CELLS = """() => [...document.querySelectorAll('#pass [data-stage]')].map(({ dataset }) =>
  [dataset.stage, +dataset.layer, dataset.row ?? '', dataset.unit ?? '', dataset.of ?? '', dataset.value])"""
CURRENT = "() => document.querySelector('#pass').matches('[data-current]')"
ITERATION = "() => document.querySelector('#pass').dataset.iteration"
TEXTS = "selector => [...document.querySelectorAll(selector)].map(each => each.innerText.replace(/\\s+/g, ' ').trim())"
SEE = "() => document.querySelector('#pass').scrollIntoView()"
BATCHES = {**XOR, "training": {"batch_size": 3, "shuffle": True, "optimizer": "momentum", "learning_rate": 0.1}}


def told(problem: dict, iteration: int, **look) -> dict:
    """What Python says of this pass without a browser."""
    run = Run(Problem.from_dict(problem))
    _, frame = run.seek(iteration, 60)
    assert frame.iteration == iteration
    return stages_of(json.dumps(problem), *frame.state, Look(**look))


def wanted_cells(pass_: dict) -> list[tuple]:
    """In the order of the page: rows of the table by their numbers, weights by their ids."""
    found = []
    for stage in pass_["stages"]:
        columns = max(1, len(stage["columns"]))
        for place, value in enumerate(stage["values"]):
            row, column = divmod(place, columns)
            if stage["stage"] == "batch":
                continue
            if stage["froms"]:
                found.append((stage["stage"], stage["layer"], "", "", stage["units"][place], value))
                continue
            unit = f"{stage['layer']}:{stage['places'][column] + 1}"
            found.append((stage["stage"], stage["layer"], str(pass_["rows"][row]), unit, "", value))
    return found


def wait_pass(page, iteration: int) -> None:
    page.wait_until(
        lambda: page.evaluate(CURRENT) and page.evaluate(ITERATION) == str(iteration), f"stages of {iteration}"
    )


def assert_cells(page, pass_: dict) -> None:
    cells = page.evaluate(CELLS)
    wanted = wanted_cells(pass_)
    assert [tuple(cell[:5]) for cell in cells] == [cell[:5] for cell in wanted]
    for cell, (*where, value) in zip(cells, wanted, strict=True):
        shown = float(cell[5])
        same = math.isnan(value) if math.isnan(shown) else shown == pytest.approx(value, rel=1e-9, abs=1e-12)
        assert same, (where, shown, value)


@pytest.mark.engines(CHROMIUM, FIREFOX, WEBKIT)
def test_all_six_stages_stand_on_the_page_with_every_rows_numbers_of_the_sliders_iteration(page):
    page.evaluate(SEE)
    for iteration in (700, 0, 10_000):
        page.seek(iteration)
        wait_pass(page, iteration)
        assert_cells(page, told(POST, iteration))
    titles = page.evaluate(TEXTS, "#pass .pass-stage h3")
    assert titles == ["1 Multiply and add", "2 Squeeze", "3 Compare", "4 Slope", "5 Blame", "6 Adjust"]
    assert "The run is over: this is what one more pass would do" in page.evaluate(TEXTS, "#pass")[0]


@pytest.mark.parametrize("problem", [XOR, BATCHES], ids=["hidden layer", "batches and momentum"])
def test_hidden_layers_batches_and_optimizers_have_their_stages(page, problem):
    go(page, link_of(problem))
    page.evaluate(SEE)
    page.seek(50)
    wait_pass(page, 50)
    assert_cells(page, told(problem, 50))
    if problem is BATCHES:
        first = page.evaluate(TEXTS, "#pass .pass-stage .what")[0]
        page.button("Next batch").click()
        page.wait_until(lambda: page.evaluate(TEXTS, "#pass .pass-stage .what")[0] != first, "another batch")
        assert "batch 2 of 2" in page.evaluate(TEXTS, "#pass .pass-stage .what")[0]
        assert_cells(page, told(problem, 50, batch=2))
        page.button("Previous batch").click()
        page.wait_until(lambda: page.evaluate(TEXTS, "#pass .pass-stage .what")[0] == first, "the first batch")


def test_any_number_can_be_worked_out_by_pointer_and_by_keys(page):
    go(page, link_of(XOR))
    page.evaluate(SEE)
    page.seek(700)
    wait_pass(page, 700)
    click = """([stage, row, unit]) => document.querySelector(
        `#pass [data-stage='${stage}'][data-row='${row}'][data-unit='${unit}']`).click()"""
    page.evaluate(click, ["sum", 4, "1:3"])
    wanted = told(XOR, 700, row=3, units=[2])["stages"]
    sums = lambda: page.evaluate(TEXTS, "#pass .worked")  # noqa: E731
    page.wait_until(lambda: sums()[0] == wanted[0]["worked"], "the sum of row 4 at h1.3")
    assert sums() == [stage["worked"].replace(";", "") for stage in wanted]
    # The row is the one that flows through the network, too.
    assert "Row 4 of 5" in page.evaluate(TEXTS, "#drawing .flows")[0]
    grid = "Multiply and add, hidden layer 1: arrow keys choose the number that is worked out"
    page.find("grid", grid).focus()
    page.press("ArrowUp", "ArrowLeft")
    wanted = told(XOR, 700, row=2, units=[1])["stages"]
    page.wait_until(lambda: sums()[0] == wanted[0]["worked"], "the sum of row 3 at h1.2")
    heard = "() => document.querySelector('#pass [aria-live]').textContent"
    page.wait_until(lambda: page.evaluate(heard) == f"row 3, h1.2: {wanted[0]['worked']}", "said aloud")


def test_a_row_that_is_asked_for_says_why_it_teaches_nothing(page):
    page.evaluate(SEE)
    wait_pass(page, 10_000)
    assert "Row 1 is worked out." in page.evaluate(TEXTS, "#pass")[0]
    page.evaluate("() => document.querySelector(`#pass [data-stage='sum'][data-row='5']`).click()")
    said = "Row 5 is worked out. It is asked for, so that it has no error and teaches nothing now."
    page.wait_until(lambda: said in page.evaluate(TEXTS, "#pass")[0], "row 5")


def test_before_and_after_are_the_answers_of_this_iteration_and_the_next(page):
    page.evaluate(SEE)
    page.seek(3)
    wait_pass(page, 3)
    read = """() => [...document.querySelectorAll('#pass .before-after td')].map(({ dataset }) =>
      [+dataset.before, +dataset.after])"""
    before, after = (Run(Problem()).seek(iteration, 9)[1] for iteration in (3, 4))
    wanted = [*zip(before.outputs.tolist(), after.outputs.tolist(), strict=True)]
    pairs = page.evaluate(read)
    for pair, ([one], [other]) in zip(pairs[:-1], wanted, strict=True):
        assert pair == pytest.approx([one, other], rel=1e-9)
    assert pairs[-1] == pytest.approx([before.error, after.error], rel=1e-9)


def test_what_is_out_of_sight_is_brought_up_to_date_too(page):
    page.evaluate("() => scrollTo(0, 0)")
    wait_pass(page, 10_000)
    page.seek(12)
    wait_pass(page, 12)
    assert_cells(page, told(POST, 12))


def test_a_phone_shows_the_row_that_is_worked_out(open_page):
    page = open_page(viewport={"width": 390, "height": 844})
    page.evaluate(SEE)
    wait_pass(page, 10_000)
    shown = """() => [...document.querySelectorAll('#pass [data-row]')].filter(cell => cell.checkVisibility())
      .map(({ dataset }) => dataset.row)"""
    assert {*page.evaluate(shown)} == {"1"}
    assert len(page.evaluate(TEXTS, "#pass .pass-stage")) == 6


def test_a_learners_own_program_has_no_stages(page):
    ProgramOnPage(page).write("x = 1\nfor i in range(3):\n    x += 1\n")
    page.wait_until(lambda: "Your own code has no stages" in page.evaluate(TEXTS, "#pass")[0], "no stages")
    assert page.evaluate(CELLS) == []


def test_the_card_can_be_shown_alone(open_page, own_site):
    page = open_page(own_site, at=f"{link_of(POST)}&show=pass&readonly=1")
    wait_pass(page, 10_000)
    assert_cells(page, told(POST, 10_000))
