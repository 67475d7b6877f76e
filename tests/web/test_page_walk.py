"""Step into: one iteration gone through step by step, in the code, the table and the drawing together."""

import pytest
from harness.program import ProgramOnPage
from test_page_accessibility import violations

from tenlines.problem import Problem
from tenlines.program.write import write

LAST = 10_000
ADJUSTMENT = "dot(training_set_inputs.T, (training_set_outputs - output) * output * (1 - output))"
WALK = [  # the part of the code, its stage, and the columns that are lit
    ("dot(training_set_inputs, synaptic_weights)", "multiply and add", ["x1", "x2", "x3"]),
    ("-dot(training_set_inputs, synaptic_weights)", "squeeze", ["network says"]),
    ("exp(-dot(training_set_inputs, synaptic_weights))", "squeeze", ["network says"]),
    ("1 + exp(-dot(training_set_inputs, synaptic_weights))", "squeeze", ["network says"]),
    ("1 / (1 + exp(-dot(training_set_inputs, synaptic_weights)))", "squeeze", ["network says"]),
    ("training_set_inputs.T", "adjust", []),
    ("training_set_outputs - output", "compare", ["y", "network says"]),
    ("(training_set_outputs - output) * output", "blame", []),
    ("1 - output", "slope", []),
    ("(training_set_outputs - output) * output * (1 - output)", "blame", []),
    (ADJUSTMENT, "adjust", []),
    (f"synaptic_weights += {ADJUSTMENT}", "adjust", []),
]

PART = """() => {
  const at = document.querySelector('#listing [aria-selected=true]')
  return (at.matches('li') ? at.querySelector('code') : at).textContent.trim()
}"""
IN_SIGHT = """() => {
  const bar = document.querySelector('footer').getBoundingClientRect().top
  return ['#listing [aria-selected=true]', '#part h3', '#about p'].every(one => {
    const { top, bottom } = document.querySelector(one).getBoundingClientRect()
    return top >= 0 && Math.min(bottom, top + 40) <= bar
  })
}"""
LIT_COLUMNS = """() => {
  const name = th => th.querySelector('input')?.value ?? th.textContent.trim()
  const isLit = th => getComputedStyle(th, '::after').content !== 'none'
  return [...document.querySelectorAll('table.data thead th')].filter(isLit).map(name)
}"""
LIT_DRAWN = """() => {
  const of = (what, at) => [...document.querySelectorAll(`#drawing .lit ${what}`)].map(e => e.dataset[at])
  return { lines: [...new Set(of('.line', 'weight').map(id => Number(id.split(':')[0])))], units: of('.box', 'unit') }
}"""
WHERE = "() => document.querySelector('.walk')?.textContent ?? ''"
NO_STEP = "() => !document.querySelector('.data.walked, #drawing .lit, .walk:not([hidden])')"
LOOK_AT_PART = """(line, text) => [...document.querySelectorAll(`#listing .part[data-line="${line}"]`)]
  .find(part => part.textContent === text).focus()"""
LOOK_AT_LINE = """text => [...document.querySelectorAll('#listing li')]
  .find(li => li.querySelector('code').textContent.trim().startsWith(text)).focus()"""
KEEP_SAID = """() => {
  const status = document.querySelector('#status')
  window.said = []
  new MutationObserver(() => window.said.push(status.textContent)).observe(
    status, { childList: true, characterData: true, subtree: true })
}"""


def wait_step(page, number: int, of: int, stage: str = "") -> None:
    """The step is on show, with its value."""
    name = f": {stage.capitalize()}" if stage else ""
    page.wait_until(lambda: page.evaluate(WHERE) == f"{number} of {of}{name}", f"step {number} of {of}{name}")
    page.wait_until(lambda: page.status().startswith(f"Step {number} of {of}"), f"step {number} to be said")


def assert_step(page, number: int) -> None:
    text, stage, columns = WALK[number - 1]
    wait_step(page, number, len(WALK), stage)
    assert page.evaluate(PART) == text
    assert page.evaluate(LIT_COLUMNS) == columns
    assert page.evaluate(IN_SIGHT)


def look_at_line(page, beginning: str) -> None:
    """The walk begins there."""
    page.evaluate(LOOK_AT_LINE, beginning)
    page.wait_until(lambda: page.evaluate(PART).startswith(beginning), "the line to be looked at")
    page.button("Step into").focus()


@pytest.fixture
def walked(page):
    """The page, looking at the line that a pass begins with."""
    page.wait_until(lambda: page.evaluate("() => document.querySelector('#drawing [data-weight]')"), "the drawing")
    page.evaluate("() => document.querySelector('#listing').scrollIntoView()")
    page.wait_until(lambda: page.evaluate("() => document.querySelector('#listing .part')"), "the parts of the code")
    look_at_line(page, "output = ")
    yield page
    page.press("Escape")


def test_the_walk_goes_through_an_iteration_forwards_and_back(walked):
    page = walked
    page.seek(3)
    for number in range(1, len(WALK) + 1):
        page.button("Step into").click()
        assert_step(page, number)
    for number in range(len(WALK) - 1, 0, -1):
        page.button("Step back").click()
        assert_step(page, number)
    assert page.iteration() == 3


def test_at_its_end_the_walk_goes_on_with_the_next_iteration_and_back(walked):
    page = walked
    page.seek(LAST - 1)
    page.press("]")
    wait_step(page, 1, 12, "multiply and add")
    page.press(*"]" * 11)
    wait_step(page, 12, 12, "adjust")
    page.press("]")
    page.wait_iteration(LAST)
    wait_step(page, 1, 12, "multiply and add")
    page.press("[")
    page.wait_iteration(LAST - 1)
    wait_step(page, 12, 12, "adjust")
    page.press(*"]" * 12)
    wait_step(page, 12, 12, "adjust")
    page.press("]")
    page.wait_until(lambda: "last step of the last iteration" in page.status(), "its end")
    page.press("Escape")
    page.seek(0)
    page.press("]")
    page.press(*"[" * 12)
    page.wait_until(lambda: "first step of the first iteration" in page.status(), "its beginning")
    assert page.iteration() == 0


def test_the_slider_keeps_the_step_and_the_numbers_follow(walked):
    page = walked
    page.seek(5)
    for _ in range(7):
        page.button("Step into").click()
    wait_step(page, 7, 12, "compare")
    before = page.status()
    page.seek(700)
    page.wait_until(lambda: page.status() != before and page.status().startswith("Step 7 of 12"), "its new value")
    assert page.evaluate(PART) == "training_set_outputs - output"


def test_the_walk_is_left_by_escape_an_edit_training_and_playing(walked):
    page = walked
    page.seek(5)
    for leave in (
        lambda: page.press("Escape"),
        lambda: page.enter("Row 1 x1", "0.5"),
        lambda: page.button("Undo").click(),
        lambda: page.button("Train").click(),
        lambda: page.button("Play").click(),
    ):
        page.button("Step into").click()
        page.wait_until(lambda: " of 12" in page.evaluate(WHERE), "a step")
        assert not page.evaluate(NO_STEP)
        leave()
        page.wait_until(lambda: page.evaluate(NO_STEP), "the walk to be left")
        assert not page.button("Step back").exists()
    page.wait_until(lambda: page.button("Play").exists(), "the end of the run")


def test_from_what_is_looked_at_the_walk_goes_on(walked):
    page = walked
    page.seek(5)
    page.button("Step into").click()
    wait_step(page, 1, 12, "multiply and add")
    page.evaluate(LOOK_AT_PART, 8, "output")
    page.wait_until(lambda: page.evaluate(LIT_COLUMNS) == [], "nothing lit")
    page.button("Step into").click()
    wait_step(page, 7, 12, "compare")  # in which the name stands
    page.evaluate("() => document.querySelector('#listing [data-line=\"9\"]').focus()")
    page.button("Step back").click()
    page.wait_until(lambda: " of 12" in page.evaluate(WHERE), "a step")


def test_brackets_in_a_cell_are_text_and_f10_is_a_step(walked):
    page = walked
    page.seek(5)
    page.cell("Name of input 1").focus()
    page.press("F2")
    page.press("]", "[")
    assert page.cell("Name of input 1").value() == "x1]["
    page.press("Escape")
    page.wait_default()
    page.seek(5)
    page.leave()
    page.press("]")  # of nothing that has to do with the walk
    page.press("F10")
    wait_step(page, 1, 12, "multiply and add")
    page.press("F10")
    wait_step(page, 2, 12, "squeeze")
    page.button("Step into").focus()
    page.press("[")
    wait_step(page, 1, 12, "multiply and add")


def test_by_keyboard_alone_and_each_step_is_heard_once(walked):
    page = walked
    page.seek(0)
    page.evaluate(KEEP_SAID)
    page.button("Step into").focus()
    for number in range(1, 13):
        page.press("Enter")
        wait_step(page, number, 12, WALK[number - 1][1])
        assert page.focused() == "Step into"
    said = page.evaluate("() => window.said")
    stages = [stage for _, stage, _ in WALK]
    parts = ["part of " if stage in stages[at + 1 :] else "" for at, stage in enumerate(stages)]
    assert [one.split(":")[0] for one in said] == [
        f"Step {number} of 12, {part}{stage}" for number, (part, stage) in enumerate(zip(parts, stages, strict=True), 1)
    ]
    assert said[6].startswith("Step 7 of 12, compare: training_set_outputs - output. Value: −0.")
    assert said[11].startswith("Step 12 of 12, adjust: synaptic_weights += dot(")
    assert "It adds " in said[11]
    page.press("Shift+Tab")
    page.press("Tab", "Tab")
    assert page.focused() == "Step back"
    page.press("Space")
    wait_step(page, 11, 12, "adjust")


def test_in_a_deep_network_the_lines_and_units_of_each_stage_are_lit(walked):
    page = walked
    page.choose("Example", "XOR")
    page.wait_until(lambda: page.names() == ["x1", "x2", "y"], "XOR")
    page.wait_status("trained")
    page.seek(700)
    look_at_line(page, "layer1 = ")
    wanted = {
        "multiply and add, hidden layer 1": {"lines": [1], "units": []},
        "squeeze, hidden layer 1": {"lines": [], "units": ["1:1", "1:2", "1:3", "1:4"]},
        "multiply and add, outputs": {"lines": [2], "units": []},
        "squeeze, outputs": {"lines": [], "units": ["2:1"]},
        "compare, outputs": {"lines": [], "units": ["2:1"]},
        "blame, outputs": {"lines": [], "units": ["2:1"]},
        "hand back, hidden layer 1": {"lines": [2], "units": []},
        "slope, hidden layer 1": {"lines": [], "units": ["1:1", "1:2", "1:3", "1:4"]},
        "adjust, hidden layer 1": {"lines": [1], "units": []},
        "adjust, outputs": {"lines": [2], "units": []},
    }
    found = {}
    page.button("Step into").click()
    page.wait_until(lambda: page.status().startswith("Step 1 of "), "the first step")
    count = int(page.evaluate(WHERE).split(":")[0].split()[-1])
    for number in range(1, count + 1):
        page.wait_until(lambda at=number: page.status().startswith(f"Step {at} of {count}"), f"step {number}")
        stage = page.evaluate(WHERE).split(": ")[1].lower()
        found.setdefault(stage, page.evaluate(LIT_DRAWN))
        assert found[stage] == page.evaluate(LIT_DRAWN)
        if number < count:
            page.press("]")
    units = found["squeeze, hidden layer 1"]["units"]
    for stage, lit in wanted.items():
        lit["units"] = units if lit["units"] and lit["units"][0] == "1:1" else lit["units"]
        assert found[stage] == lit, stage


def test_a_program_of_ones_own_is_gone_through_once_it_has_run(walked):
    page = walked
    program = ProgramOnPage(page)
    source = write(Problem()).source.replace("* output * (1 - output)", "* 0.1")
    program.write(source)
    page.button("Show values").click()
    page.button("Step into").focus()
    page.wait_until(
        lambda: "its values" in page.evaluate("() => document.querySelector('#part').innerText"), "its code"
    )
    page.press("]")
    page.wait_status("Press Edit code, then Run, to see its values.")
    program.run(source)
    page.button("Show values").click()
    look_at_line(page, "output = ")
    page.press("]")
    page.wait_until(lambda: page.status().startswith("Step 1 of 10"), "its first step")
    assert page.evaluate(PART) == "dot(training_set_inputs, synaptic_weights)"
    page.press("]", "]")
    page.wait_until(lambda: page.status().startswith("Step 3 of 10"), "its third step")
    assert page.evaluate(LIT_COLUMNS) == [], "the table is not what it computes with"


def test_the_bar_is_as_high_as_before_and_all_is_in_sight_at_every_width(walked):
    page = walked
    page.seek(700)
    try:
        for width in (320, 390, 768, 1024, 1280, 1920):
            page.look(width, 860, "light")
            page.wait_status("row 5, y: ")
            height = page.evaluate("() => document.querySelector('footer').offsetHeight")
            page.evaluate("() => scrollTo(0, 0)")
            page.button("Step into").focus()
            for number in range(1, 8):
                page.press("]")
                page.wait_until(lambda at=number: page.status().startswith(f"Step {at} of 12"), f"step {number}")
                assert page.evaluate("() => document.querySelector('footer').offsetHeight") <= height, width
                page.wait_until(lambda: page.evaluate(IN_SIGHT), f"all of it in sight at {width}")
                assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), width
            page.press("[", "[", "[", "[", "[", "[", "Escape")
    finally:
        page.look(1280, 720, "light")


def test_the_first_step_into_brings_the_code_into_sight_and_begins_where_a_pass_does(open_page):
    page = open_page()
    page.choose("Example", "XOR")
    page.wait_until(lambda: page.names() == ["x1", "x2", "y"], "XOR")
    page.button("Step into").click()
    page.wait_until(
        lambda: page.status().startswith("Step 1 of 31, part of multiply and add, hidden layer 1: dot("),
        "the first step",
    )
    assert page.evaluate(PART) == "dot(training_set_inputs, weights1)"
    page.wait_until(lambda: page.evaluate(IN_SIGHT), "it in sight")


def test_axe_finds_nothing_to_complain_of_on_the_way(walked):
    page = walked
    page.seek(5)
    for number in (1, 6, 7):
        while not page.status().startswith(f"Step {number} of 12"):
            before = page.status()
            page.press("]")
            page.wait_until(lambda last=before: page.status() != last, "the next step")
        assert violations(page) == []
