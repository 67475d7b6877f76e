"""The network, drawn: its lines and values are those of the iteration on show, and weights are set by hand in it."""

import math
import re

import numpy
import pytest
from harness.links import POST, go, link_of
from test_page_accessibility import violations

from tenlines.problem import Problem
from tenlines.training.run import Run

DRAWN = """() => ({
  lines: Object.fromEntries([...document.querySelectorAll('#drawing [data-weight]')]
    .map(e => [e.dataset.weight, e.dataset.value])),
  units: Object.fromEntries([...document.querySelectorAll('#drawing [data-unit]')]
    .map(e => [e.dataset.unit, e.dataset.value ?? 'nan'])),
  cells: [...document.querySelectorAll('#drawing [data-key^="u:0:"]')].map(e => Number(e.dataset.value)),
})"""
PLAYED = f"""async () => {{
  const read = {DRAWN}
  const seen = new Map()
  for (let frame = 0; frame < 600 && seen.size < 12; frame++) {{
    await new Promise(requestAnimationFrame)
    const picture = read()
    seen.set(JSON.stringify(picture), picture)
  }}
  return [...seen.values()]
}}"""
PANEL = "() => document.querySelector('#drawing .about').textContent.replace(/\\s+/g, ' ').trim()"
BECOME = "() => document.querySelector('#drawing .become')?.textContent ?? ''"
LABEL = "key => document.querySelector(`#drawing [data-key='${key}']`).getAttribute('aria-label')"
FOCUS = "key => document.querySelector(`#drawing [data-key='${key}']`).focus()"
FOCUSED = "() => document.activeElement.dataset.key ?? document.activeElement.id"
MIDDLE = """weight => {
  const line = document.querySelector(`#drawing [data-weight='${weight}']`)
  line.scrollIntoView({ block: 'center' })
  const { x, y } = line.getPointAtLength(0.4 * line.getTotalLength())
  const { a, d, e, f } = line.getScreenCTM()
  return [a * x + e, d * y + f]
}"""

XOR = {
    "table": {
        "inputs": ["x1", "x2"],
        "outputs": ["y"],
        "rows": [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0], [1, 1, None]],
    },
    "network": {"hidden": [{"units": 4, "activation": "sigmoid"}], "output": "sigmoid", "bias": True},
    "training": {},
}
ACTIVATIONS = {
    "sigmoid": lambda z: 1 / (1 + numpy.exp(-z)),
    "tanh": numpy.tanh,
    "relu": lambda z: numpy.maximum(0, z),
}


def reference(problem: dict, iteration: int) -> list[float]:
    """The weights of an iteration, by NumPy."""
    run = Run(Problem.from_dict({**problem, "training": {**problem["training"], "iterations": iteration}}))
    while not run.done:
        run.advance(1)
    return list(map(float, run.frame.weights))


def lines_of(problem: dict, weights: list[float]) -> dict[str, float]:
    """Each weight by its name, written out here once more: layer after layer, row by row, then the biases."""
    table, network = problem["table"], problem["network"]
    sizes = [table["inputs"], *([str(n + 1) for n in range(h["units"])] for h in network["hidden"]), table["outputs"]]
    named, at = {}, 0
    for layer in range(1, len(sizes)):
        for start in [*sizes[layer - 1], *(["+1"] if network["bias"] else [])]:
            for end in sizes[layer]:
                named[f"{layer}:{start}:{end}"] = weights[at]
                at += 1
    return named


def units_of(problem: dict, lines: dict[str, float], cells: list[float]) -> dict[str, float]:
    """What each unit says of a row, from the weights by their names."""
    table, network = problem["table"], problem["network"]
    layers = [*(h["activation"] for h in network["hidden"]), network["output"]]
    names, values, said = table["inputs"], cells, {}
    for layer, activation in enumerate(layers, start=1):
        is_last = layer == len(layers)
        ends = table["outputs"] if is_last else [str(n + 1) for n in range(network["hidden"][layer - 1]["units"])]
        sums = [
            sum(value * lines[f"{layer}:{name}:{end}"] for name, value in zip(names, values, strict=True))
            + lines.get(f"{layer}:+1:{end}", 0)
            for end in ends
        ]
        values = [float(value) for value in ACTIVATIONS[activation](numpy.array(sums))]
        said |= {f"{layer}:{unit}": value for unit, value in enumerate(values, start=1)}
        names = ends
    return said


def numbers(texts: dict[str, str]) -> dict[str, float]:
    return {name: float(text) for name, text in texts.items()}


def wait_drawn(page, problem: dict, weights: list[float], cells: list[float]) -> None:
    """The drawing has just these weights, and what they make of the row."""
    lines = lines_of(problem, weights)
    units = units_of(problem, lines, cells)

    def is_drawn() -> bool:
        drawn = page.evaluate(DRAWN)
        found, said = numbers(drawn["lines"]), numbers(drawn["units"])
        return (
            (found.keys(), said.keys()) == (lines.keys(), units.keys())
            and all(abs(found[name] - value) <= 1e-9 for name, value in lines.items())
            and all(abs(said[name] - value) <= 1e-9 for name, value in units.items())
        )

    page.wait_until(is_drawn, f"the drawing of {lines} with {units}; there is {page.evaluate(DRAWN)}")


@pytest.fixture
def xor(page):
    """XOR with its hidden layer, at its end, drawn."""
    page.choose("Example", "XOR")
    page.wait_until(lambda: "1:x2:4" in page.evaluate(DRAWN)["lines"], "the drawing of XOR")
    return page


@pytest.mark.parametrize("iteration", [0, 100, 10_000])
def test_the_posts_lines_and_answer_are_those_of_the_iteration(page, iteration):
    page.seek(iteration)
    wait_drawn(page, POST, reference(POST, iteration), [1, 0, 0])


def test_what_each_unit_says_follows_the_slider_and_the_row(xor):
    xor.seek(700)
    weights = reference(XOR, 700)
    wait_drawn(xor, XOR, weights, [1, 1])
    xor.button("Previous row").click()
    xor.button("Previous row").click()
    wait_drawn(xor, XOR, weights, [1, 0])
    xor.cell("Row 2 x1").click()
    wait_drawn(xor, XOR, weights, [0, 1])
    xor.button("Next row").click()
    wait_drawn(xor, XOR, weights, [1, 0])
    xor.button("Train").click()


def test_while_it_plays_lines_and_values_are_always_of_one_iteration(xor):
    xor.button("Reset").click()
    xor.wait_iteration(0)
    xor.button("Play").click()
    seen = xor.evaluate(PLAYED)
    if xor.button("Pause").exists():
        xor.button("Pause").click()
    assert len(seen) == 12, "it moves"
    for picture in seen:
        expected = units_of(XOR, numbers(picture["lines"]), picture["cells"])
        assert numbers(picture["units"]) == pytest.approx(expected, abs=1e-9)
    xor.button("Train").click()


def test_a_line_says_what_flows_through_it_and_where_it_stands_in_the_code(xor):
    lines = lines_of(XOR, reference(XOR, 10_000))
    weight = lines["1:x2:3"]
    xor.page.mouse.move(*xor.evaluate(MIDDLE, "1:x2:3"))
    said = xor.wait_until(lambda: "x2 → h1.3" in xor.evaluate(PANEL) and xor.evaluate(PANEL), "what the line says")
    text = f"{weight:+.2f}".replace("-", "−")
    assert f"{text} × 1 = {text}" in said
    assert "weights1[1, 2]" in said
    assert xor.evaluate(LABEL, "w:1:1:2") == f"x2 to h1.3: weight {text}, times 1 is {text}"
    assert xor.evaluate(LABEL, "w:1:2:2").startswith("bias to h1.3: weight ")
    xor.page.mouse.move(2, 2)


WORDS: dict[tuple[int, ...], str] = {
    (0, 0, 0, 0): "never 1", (0, 0, 0, 1): "1 only where both are 1", (0, 0, 1, 0): "1 only where x1 is 1 and x2 is 0",
    (0, 0, 1, 1): "1 where x1 is 1", (0, 1, 0, 0): "1 only where x1 is 0 and x2 is 1", (0, 1, 0, 1): "1 where x2 is 1",
    (0, 1, 1, 0): "1 where x1 and x2 differ", (0, 1, 1, 1): "1 where x1 or x2 is 1",
    (1, 0, 0, 0): "1 only where both are 0", (1, 0, 0, 1): "1 where x1 and x2 are equal",
    (1, 0, 1, 0): "1 where x2 is 0", (1, 0, 1, 1): "1 where x1 is 1 or x2 is 0", (1, 1, 0, 0): "1 where x1 is 0",
    (1, 1, 0, 1): "1 where x1 is 0 or x2 is 1", (1, 1, 1, 0): "1 where x1 or x2 is 0", (1, 1, 1, 1): "always 1",
}  # fmt: skip


def test_a_unit_says_its_formula_its_slope_and_what_it_has_become(xor):
    lines = lines_of(XOR, reference(XOR, 10_000))
    said = [units_of(XOR, lines, [a, b]) for a in (0, 1) for b in (0, 1)]
    for key, unit in (("u:1:0", "1:1"), ("u:1:2", "1:3"), ("u:1:3", "1:4"), ("u:2:0", "2:1")):
        xor.evaluate(FOCUS, key)
        words = WORDS[tuple(int(of[unit] > 0.5) for of in said)]
        xor.wait_until(lambda words=words: xor.evaluate(BECOME) == words, words)
        value = units_of(XOR, lines, [1, 1])[unit]
        told = xor.wait_until(lambda: "slope" in xor.evaluate(PANEL) and xor.evaluate(PANEL), "the slope")
        slope = re.sub("−", "-", re.findall(r"slope ([\d.e−]+)", told)[0])
        assert float(slope) == pytest.approx(value * (1 - value), rel=5e-3)  # three digits
        assert f"sigmoid({math.log(value / (1 - value)):.2f})".replace("-", "−") in told
    dots = "() => document.querySelectorAll('#drawing .curve-of circle').length"
    assert xor.evaluate(dots) == len(XOR["table"]["rows"]) + 1, "each row, and the one that flows"


def test_a_line_that_is_dragged_sets_its_weight_as_one_step_of_undo(xor):
    before = lines_of(XOR, reference(XOR, 10_000))
    largest = max(abs(weight) for weight in before.values())
    weight = "2:4:y"
    x, y = xor.evaluate(MIDDLE, weight)
    mouse = xor.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x, y + 75, steps=5)
    expected = {**before, weight: before[weight] - largest}

    def is_set() -> bool:
        drawn = xor.evaluate(DRAWN)
        found = numbers(drawn["lines"])
        units = units_of(XOR, found, [1, 1])
        return found == pytest.approx(expected, abs=0.02 * largest) and numbers(drawn["units"]) == pytest.approx(units)

    xor.wait_until(is_set, f"{weight} at {expected[weight]}")
    mouse.up()
    xor.wait_status("set by hand")
    xor.button("Undo").click()
    wait_drawn(xor, XOR, list(before.values()), [1, 1])
    x, y = xor.evaluate(MIDDLE, weight)
    mouse.move(x, y)
    mouse.down()
    mouse.move(x, y - 40, steps=4)
    xor.wait_until(lambda: float(xor.evaluate(DRAWN)["lines"][weight]) > before[weight] + 1, "a larger weight")
    xor.press("Escape")
    mouse.up()
    wait_drawn(xor, XOR, list(before.values()), [1, 1])


def test_a_weight_is_typed_and_moved_by_the_arrow_keys(xor):
    before = lines_of(XOR, reference(XOR, 10_000))
    largest = max(abs(weight) for weight in before.values())

    def weight() -> float:
        return float(xor.evaluate(DRAWN)["lines"]["1:x1:2"])

    xor.evaluate(FOCUS, "w:1:0:1")
    xor.press("PageUp")
    xor.wait_until(lambda: abs(weight() - before["1:x1:2"] - largest / 10) < 0.01, "a tenth of the scale more")
    xor.press("ArrowDown")
    xor.wait_until(lambda: abs(weight() - before["1:x1:2"] - 0.09 * largest) < 0.01, "a hundredth less")
    xor.press("Enter")
    assert xor.focused().split() == ["Weight", "x1", "to", "h1.2"]
    xor.press("Control+a")
    xor.type("-1.5x")
    xor.wait_until(xor.box("Weight x1 to h1.2").invalid, "the mark of what is no number")
    xor.press("Backspace")
    xor.wait_until(lambda: weight() == -1.5, "the weight that was typed")
    assert not xor.box("Weight x1 to h1.2").invalid()
    xor.press("Enter")
    for expected in (0.09, 0.1, 0):
        xor.button("Undo").click()
        xor.wait_until(lambda e=expected: abs(weight() - before["1:x1:2"] - e * largest) < 0.01, "a step back")


def test_the_keyboard_comes_to_every_line_and_unit_by_one_stop(xor):
    assert xor.evaluate("() => document.querySelectorAll('#drawing svg.net [tabindex=\"0\"]').length") == 1
    xor.evaluate(FOCUS, "u:0:0")
    keys = ["u:0:0"]
    for _ in range(2 + 4 * 4 + 5 + 1 - 1):
        xor.press("ArrowRight")
        keys.append(xor.evaluate(FOCUSED))
    assert len(set(keys)) == len(keys) == 2 + 4 * 4 + 5 + 1
    assert keys[-1] == "u:2:0"
    xor.press("ArrowRight")
    assert xor.evaluate(FOCUSED) == "u:2:0", "the last"
    xor.press("Home", "ArrowDown")
    assert xor.evaluate(FOCUSED) == "u:0:1"
    assert xor.evaluate("() => document.querySelectorAll('#drawing svg.net [tabindex=\"0\"]').length") == 1


def test_the_numbers_are_one_click_away(xor):
    shown = "() => document.querySelector('#network table').checkVisibility()"
    assert xor.evaluate(shown) is False
    assert xor.button("Numbers").attribute("aria-expanded") == "false"
    xor.button("Numbers").click()
    assert xor.evaluate(shown) is True
    assert xor.button("Numbers").attribute("aria-expanded") == "true"
    table = "() => [...document.querySelectorAll('#unit-values tr')].map(r => r.innerText.split(/\\s+/).slice(0, 2))"
    units = units_of(XOR, lines_of(XOR, reference(XOR, 10_000)), [1, 1])
    expected = [[f"h1.{n}", f"{units[f'1:{n}']:.5f}"] for n in range(1, 5)] + [["y", f"{units['2:1']:.5f}"]]
    assert xor.evaluate(table) == expected
    assert violations(xor) == []
    xor.button("Numbers").click()
    assert xor.evaluate(shown) is False


def test_layers_and_units_are_added_and_removed_in_the_drawing(page):
    page.button("Insert a hidden layer after the inputs").click()
    page.wait_until(lambda: "1:4" in page.evaluate(DRAWN)["units"], "four units")
    page.button("Add a unit to hidden layer 1").click()
    hidden = {"hidden": [{"units": 5, "activation": "sigmoid"}], "output": "sigmoid", "bias": False}
    problem = {**POST, "network": hidden}
    wait_drawn(page, problem, reference(problem, 10_000), [1, 0, 0])
    assert page.box("Hidden layer 1 units").value() == "5"
    page.button("Remove a unit from hidden layer 1").click()
    page.button("Remove a unit from hidden layer 1").click()
    problem = {**POST, "network": {**hidden, "hidden": [{"units": 3, "activation": "sigmoid"}]}}
    wait_drawn(page, problem, reference(problem, 10_000), [1, 0, 0])
    page.button("Remove hidden layer 1").click()
    wait_drawn(page, POST, reference(POST, 10_000), [1, 0, 0])


COLOUR = """([unit, right, down]) => {
  const box = document.querySelector(`#drawing [data-unit='${unit}']`)
  const canvas = document.querySelector('#drawing canvas')
  const at = name => Number(box.getAttribute(name))
  const ratio = canvas.width / document.querySelector('#drawing svg.net').viewBox.baseVal.width
  const [x, y] = [at('x') + right * at('width'), at('y') + down * at('height')]
  return [...canvas.getContext('2d').getImageData(x * ratio, y * ratio, 1, 1).data]
}"""


def test_the_map_on_a_unit_is_blue_where_it_is_high_and_orange_where_it_is_low(xor):
    lines = lines_of(XOR, reference(XOR, 10_000))
    wait_drawn(xor, XOR, list(lines.values()), [1, 1])
    checked = set()
    for unit in ("1:1", "1:2", "1:3", "1:4"):
        for right in (0.25, 0.5, 0.75):
            for down in (0.25, 0.5):
                cells = [-0.1 + 1.2 * right, 1.1 - 1.2 * down]
                value = units_of(XOR, lines, cells)[unit]
                red, _, blue, alpha = xor.evaluate(COLOUR, [unit, right, down])
                assert alpha == 255
                if abs(value - 0.5) > 0.3:
                    checked.add(value > 0.5)
                    assert (blue > red) == (value > 0.5), (unit, right, down, value)
    assert checked == {True, False}


def wide(inputs: int, units: list[int], outputs: int = 1, **more) -> dict:
    rows = [[(row * (n + 1)) % 2 for n in range(inputs)] + [row % 2] * outputs for row in range(3)]
    return {
        **POST,
        "table": {
            "inputs": [f"in {n}" for n in range(inputs)],
            "outputs": [f"out {n}" for n in range(outputs)],
            "rows": rows,
        },
        "network": {"hidden": [{"units": n, "activation": "relu"} for n in units], "output": "sigmoid", "bias": True},
        "training": {**POST["training"], "iterations": 2, "learning_rate": 0.01},
        **more,
    }


def test_a_layer_of_many_weights_is_a_matrix_in_which_the_keyboard_reaches_each(page):
    problem = wide(9, [8])
    go(page, link_of(problem))
    page.wait_until(lambda: "2:8:out%200" in page.evaluate(DRAWN)["lines"], "the second layer, in lines")
    assert {name[0] for name in page.evaluate(DRAWN)["lines"]} == {"2"}
    weights = reference(problem, 2)
    page.evaluate(FOCUS, "m:1")
    page.press("Enter", "ArrowDown", "ArrowDown", "ArrowRight")
    text = f"{weights[2 * 8 + 1]:+.2f}".replace("-", "−")
    live = "() => document.querySelector('#drawing [aria-live]').textContent.trim()"
    page.wait_until(lambda: page.evaluate(live).startswith(f"in 2 to h1.2: weight {text}"), f"the weight {text}")
    assert "weights1[2, 1]" in page.evaluate(PANEL)
    page.press("Enter")
    assert page.focused().split() == ["Weight", "in", "2", "to", "h1.2"]


def test_a_very_large_network_is_drawn_in_part_and_says_so(page):
    go(page, link_of(wide(200, [256, 256])))
    more = "() => [...document.querySelectorAll('#drawing .more')].map(e => e.textContent.match(/\\d+/)[0])"
    page.wait_until(lambda: len(page.evaluate(more)) == 3, "what is not drawn", 30)
    drawn = "() => [0, 1, 2].map(at => document.querySelectorAll(`#drawing [data-key^='u:${at}:']`).length)"
    parts = zip(page.evaluate(more), page.evaluate(drawn), strict=True)
    assert [int(left) + boxes for left, boxes in parts] == [200, 256, 256]
    assert page.evaluate("() => document.scrollingElement.scrollWidth <= innerWidth")


def test_numbers_too_large_are_said_to_be(page):
    problem = wide(2, [2])
    go(page, link_of(problem, (2, [1e300, 1, 1, 1e300, 0, 0, 1e300, 1e300, 0])))
    page.wait_until(lambda: page.evaluate(DRAWN)["lines"].get("1:in%200:1") == "1e+300", "the weights of the link")
    page.cell("Row 2 in 0").click()
    text = "() => document.querySelector('#drawing').textContent"
    page.wait_until(lambda: "too large" in page.evaluate(text), "that it is too large")
    assert not re.search("NaN|Infinity|undefined", page.evaluate(text))


def test_axe_finds_nothing_in_a_drawing_with_a_unit_and_a_line_chosen(xor):
    found = {}
    for key in ("u:1:2", "w:1:0:1"):
        xor.evaluate(FOCUS, key)
        for width, scheme in ((1280, "dark"), (390, "light")):
            xor.look(width, 844, scheme)
            if said := violations(xor):
                found[key, width, scheme] = said
    xor.look(1280, 844, "light")
    assert found == {}
