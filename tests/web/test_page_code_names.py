"""The program as a screen reader has it: Chromium's own accessibility tree, and what is looked at when it changes."""

import pytest
from harness.browsers import ALL_ENGINES
from harness.links import POST, go, link_of
from harness.page import START_TIMEOUT
from test_page_values import GO_TO, SELECTED, lines, see_program, wait_beside
from test_program import POSTS_PROGRAM as PROGRAM

in_all_engines = pytest.mark.engines(*ALL_ENGINES)
TREE = "The program, line by line"
NAMES = "() => [...document.querySelectorAll('#listing li')].map(line => line.getAttribute('aria-label'))"


class Item:
    """A node of the tree with its level, those of its kind below it, and what it is described by."""

    def __init__(self, node: dict):
        properties = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
        self.name = node["name"]["value"]
        self.level = properties.get("level")
        self.has_focus = properties.get("focused", False)
        self.description = node.get("description", {}).get("value", "")
        self.parts: list[Item] = []


def tree_of(page) -> list[Item]:
    """The lines, from what Chromium tells assistive technology."""
    with page.devtools() as session:
        nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}

    def items_below(node: dict) -> list[Item]:
        found = []
        for child in (nodes[at] for at in node.get("childIds", []) if at in nodes):
            below = items_below(child)
            if child.get("role", {}).get("value") == "treeitem" and not child["ignored"]:
                item = Item(child)
                item.parts = below
                below = [item]
            found += below
        return found

    (root,) = (node for node in nodes.values() if node.get("role", {}).get("value") == "tree")
    assert root["name"]["value"] == TREE
    return items_below(root)


def all_of(items: list[Item]) -> list[Item]:
    return [item for one in items for item in (one, *all_of(one.parts))]


def focused(page) -> Item:
    (item,) = (item for item in all_of(tree_of(page)) if item.has_focus)
    return item


def wait_described(page, *words: str) -> Item:
    page.wait_until(lambda: all(word in focused(page).description for word in words), f"a description with {words}")
    return focused(page)


def test_each_line_and_each_part_has_a_name_that_makes_sense_alone_and_its_level(page):
    page.seek(1024)
    wait_beside(page, 9, "0.99932")
    tree = tree_of(page)
    written = [line.strip() for line in PROGRAM.splitlines()]
    assert [item.name for item in tree] == [
        f"line 1: {written[0]}",
        f"line 2: {written[1]}, 4 × 3, its shape",
        f"line 3: {written[2]}, 4 × 1, its shape",
        f"line 4: {written[3]}",
        f"line 5: {written[4]}, −0.17, 0.44, −1.00, its value",
        f"line 6: {written[5]}, 1,024, its value",
        f"line 7: {written[6]}, 0.031, 0.97, 0.98, 0.025, its value",
        f"line 8: {written[7]}, adds 0.0011, 4.3e−6, −0.00053",
        f"line 9: {written[8]}, 0.99932, its value",
    ]
    names = {item.name: item.level for item in all_of(tree)}
    assert names["1 / (1 + exp(-dot(training_set_inputs, synaptic_weights))), line 7"] == 2
    assert names["dot(training_set_inputs, synaptic_weights), line 7"] == 6
    assert names["training_set_inputs, line 7"] == 7

    def assert_nested(items: list[Item], level: int) -> None:
        for item in items:
            assert item.level == level, item.name
            assert item.name
            assert_nested(item.parts, level + 1)

    assert_nested(tree, 1)


def test_what_is_described_is_what_has_the_focus(page):
    wait_beside(page, 9, "0.99994")
    page.evaluate("() => document.querySelector('#listing li').focus()")
    said = ["Takes what is needed from NumPy", "The inputs", "The outputs", "random", "start at random", "10,000 times"]
    for number, words in enumerate(said, start=1):
        item = focused(page)
        assert item.name.startswith(f"line {number}:")
        assert words in item.description, "at once, without the line before"
        page.press("ArrowDown")
    page.press("ArrowRight", "ArrowRight")
    item = focused(page)
    assert item.name.startswith("1 + exp(")
    assert item.description.startswith("Part of line 7.")
    page.press("ArrowRight", "ArrowRight", "ArrowRight")
    assert focused(page).description.startswith("Each row times the weights")
    wait_described(page, "Value: −4.62964, 4.83551, 5.04336, −4.83748.")


def test_a_loop_that_is_over_is_said_to_be(page):
    wait_beside(page, 6, "over, ended at 9,999")
    assert tree_of(page)[5].name == "line 6: for iteration in range(10000):, over, ended at 9,999"
    page.evaluate("() => document.querySelector('#listing li[data-line=\"6\"]').focus()")
    wait_described(page, "iteration has ended at 9,999", "Lines 7 and 8 show what one more pass would compute.")
    page.press("ArrowDown")
    wait_described(page, "The loop is over: this is what one more pass would compute.")
    page.seek(9_999)
    page.evaluate("() => document.querySelector('#listing li[data-line=\"6\"]').focus()")
    wait_described(page, "Value: 9,999.")
    assert "over" not in focused(page).description
    page.seek(10_000)


WHOLE_SUMS = """() => [...document.querySelectorAll('[aria-label="Worked out"]')]
  .map(box => box.scrollWidth - box.clientWidth)"""


def test_worked_sums_are_whole_and_told_by_their_weights(page):
    wait_beside(page, 9, "0.99994")
    page.evaluate("() => document.querySelector('#listing li[data-line=\"8\"]').focus()")
    for width in (1280, 900, 390, 320):
        page.look(width, 900, "light")
        page.wait_until(lambda: page.evaluate(WHOLE_SUMS) == [0], "sums, none of them cut off")
    said = page.evaluate("() => document.querySelector('[aria-label=\"Worked out\"]').innerText")
    assert [f"weight x{number}" in said for number in (1, 2, 3)] == [True] * 3
    assert "= 0.00010" in said


def assert_chosen(page, text: str) -> None:
    """It is what is looked at, and the only thing that Tab leads to."""
    see_program(page)
    page.wait_until(lambda: page.evaluate(SELECTED) == [text], f"{text} to be looked at")


CHANGES = {
    "a bias": lambda page: page.find("switch", "Bias").click(),
    "a hidden layer": lambda page: page.button("Add hidden layer").click(),
    "rows": lambda page: [page.button("Add row").click() for _ in range(3)],
    "another row asked for": lambda page: page.enter("Row 4 y", "?"),
    "an input": lambda page: page.button("Add input").click(),
    "another learning rate": lambda page: page.set("Learning rate", "0.5"),
}
# What is looked at in the post's program, by its line and its text; the beginning of what it is afterwards.
KEPT = [
    (4, "random.seed(1)", ["random.seed(1)"]),
    (6, "for iteration in range(10000):", ["for iteration in range(10000):"]),
    (7, PROGRAM.splitlines()[6].strip(), ["output = 1 / "]),
    (7, "dot(training_set_inputs, synaptic_weights)", ["dot(training_set_inputs, ", "dot(layer1, weights2)"]),
    (8, PROGRAM.splitlines()[7].strip(), ["synaptic_weights += ", "weights2 += "]),
    (8, "training_set_outputs - output", ["training_set_outputs - output", "nan_to_num("]),
    (9, PROGRAM.splitlines()[8].strip(), ["print("]),
]


HAS = """(line, text) => [...document.querySelectorAll(`#listing [data-line="${line}"][data-id]`)]
  .some(part => part.textContent === text)"""


def choose(page, line: int, text: str) -> None:
    whole = text == PROGRAM.splitlines()[line - 1].strip()
    if whole:
        page.evaluate("line => document.querySelector(`#listing li[data-line='${line}']`).focus()", line)
    else:
        see_program(page)
        page.wait_until(lambda: page.evaluate(HAS, line, text), f"{text} in line {line}")
        page.evaluate(GO_TO, line, text)
    assert_chosen(page, text)


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_looked_at_is_kept_by_what_it_is(page, change):
    wait_beside(page, 9, "0.99994")
    for line, text, kept in KEPT:
        choose(page, line, text)
        before = lines(page)
        CHANGES[change](page)
        page.wait_until(lambda before=before: lines(page) != before, "another program")
        see_program(page)
        page.wait_until(
            lambda kept=kept: any(page.evaluate(SELECTED)[0].startswith(one) for one in kept), f"{kept}, not {text}"
        )
        for _ in range(3 if change == "rows" else 1):
            page.button("Undo").click()
        page.wait_until(lambda: "\n".join(lines(page)) + "\n" == PROGRAM, "the post's program")
        assert_chosen(page, text)


def test_the_focus_goes_along_with_what_it_is_on(page):
    wait_beside(page, 9, "0.99994")
    page.find("switch", "Bias").click()
    page.wait_until(lambda: "bias" in "".join(lines(page)), "the program with a bias")
    number = next(at for at, line in enumerate(lines(page), start=1) if "training_set_outputs - output" in line)
    see_program(page)
    page.wait_until(lambda: page.evaluate(HAS, number, "training_set_outputs - output"), "the parts of that line")
    page.evaluate(GO_TO, number, "training_set_outputs - output")
    page.press("Control+z")
    page.wait_until(lambda: "\n".join(lines(page)) + "\n" == PROGRAM, "the post's program")
    page.wait_until(lambda: page.focused().startswith("training_set_outputs - output, line 8"), "the focus on the same")


def test_where_nothing_is_left_of_it_what_the_network_says_is_looked_at(page):
    wait_beside(page, 9, "0.99994")
    page.button("Add hidden layer").click()
    page.wait_until(lambda: any("delta1 = " in line for line in lines(page)), "the program of two layers")
    number = next(at for at, line in enumerate(lines(page), start=1) if "delta1 = " in line)
    see_program(page)
    page.wait_until(lambda: page.evaluate(HAS, number, "dot(delta2, weights2.T)"), "the parts of that line")
    page.evaluate("line => document.querySelector(`#listing li[data-line='${line}']`).focus()", number)
    page.button("Undo").click()
    assert_chosen(page, PROGRAM.splitlines()[6].strip())


def test_a_program_that_is_none_of_the_pages_can_be_looked_at_too(page):
    go(page, link_of({**POST, "code": "a = 1\nb = a\n"}))
    page.wait_until(lambda: lines(page) == ["a = 1", "b = a"], "the code of the link", START_TIMEOUT)
    assert page.evaluate(NAMES) == ["line 1: a = 1", "line 2: b = a"]
    assert_chosen(page, "b = a")
