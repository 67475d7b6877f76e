"""What it has learned: the map, every case and the curve say what the network says, and edit the table."""

import json
import math
from itertools import pairwise
from pathlib import Path

import numpy
import pytest
from harness.browsers import CHROMIUM, FIREFOX
from harness.page import DEFAULT_ROWS
from test_page_accessibility import violations

EXAMPLES = Path(__file__).resolve().parents[2] / "py" / "tenlines" / "examples"
AT = """() => {
  const map = document.querySelector('#map')
  return [map.hasAttribute('data-current') && !map.classList.contains('stale'), map.dataset.iteration]
}"""
CASES = """() => Object.fromEntries([...document.querySelectorAll('#map [data-case]')].map(row => [row.dataset.case,
  [...row.querySelectorAll('[data-value]')].map(cell => Number(cell.dataset.value))]))"""
CASE_TEXT = "name => document.querySelector(`#map [data-case='${name}']`).innerText.replace(/\\s+/g, ' ').trim()"
NUMBERS = """() => [...document.querySelectorAll('#map [data-place]')]
  .map(cell => [cell.dataset.place.split(',').map(Number), Number(cell.dataset.value)])"""
PLANE = """() => {
  const plane = document.querySelector('#map .plane')
  plane.scrollIntoView({ block: 'center' })
  const { left, top, width, height } = plane.getBoundingClientRect()
  return [left, top, width, height]
}"""
DOTS = """() => Object.fromEntries([...document.querySelectorAll('#map .row-dot')].map(dot => {
  const { left, top, width, height } = dot.querySelector('.mark').getBoundingClientRect()
  return [dot.dataset.row, [left + width / 2, top + height / 2, dot.getAttribute('class')]]
}))"""
HERE = "() => document.querySelector('#map .here').textContent.replace(/\\s+/g, ' ').trim()"
TOLD = "() => Number(document.querySelector('#map .told').dataset.value)"
TROUBLE = "() => document.querySelector('#map .trouble').textContent.trim()"
COLOURS = """places => {
  const canvas = document.querySelector('#map canvas')
  return places.map(([across, up]) => [...canvas.getContext('2d').getImageData(
    Math.floor(across * canvas.width), Math.floor((1 - up) * canvas.height), 1, 1).data])
}"""
KIND = "() => document.querySelector('#map').dataset.kind"
LINE = "() => document.querySelector('#map .turn')?.getAttribute('d') ?? ''"


def problem_of(name: str) -> dict:
    given = json.loads((EXAMPLES / f"{name}.json").read_text("utf-8"))
    return given.get("problem", given)


def layered(weights: list[float], sizes: list[int], rows, hidden: str, last: str) -> numpy.ndarray:
    """A network with biases, written out once more: its weights as a frame has them."""
    activations = {
        "sigmoid": lambda z: 1 / (1 + numpy.exp(-z)),
        "tanh": numpy.tanh,
        "linear": lambda z: z,
    }
    values, at = numpy.array(rows, float), 0
    for level, (fan_in, fan_out) in enumerate(pairwise(sizes)):
        matrix = numpy.array(weights[at : at + fan_in * fan_out]).reshape(fan_in, fan_out)
        at += fan_in * fan_out
        bias = numpy.array(weights[at : at + fan_out])
        at += fan_out
        values = activations[last if level == len(sizes) - 2 else hidden](values @ matrix + bias)
    return values


def weights_on(page) -> list[float]:
    """All weights on show, in the order of a frame: layer after layer, row by row, the bias last."""
    read = """() => [...document.querySelectorAll('#network table')]
      .flatMap(table => [...table.querySelectorAll('tbody [data-value]')].map(cell => Number(cell.dataset.value)))"""
    return page.evaluate(read)


def wait_map(page, iteration: int | None = None) -> None:
    """The picture is of the table as it is, and of this iteration, or the one on show."""
    page.wait_until(
        lambda: page.evaluate(AT) == [True, str(page.iteration() if iteration is None else iteration)],
        "the picture of the table and of the iteration on show",
    )


def choose(page, example: str, kind: str) -> None:
    page.choose("Example", example)
    page.wait_until(lambda: page.evaluate(KIND) == kind and page.evaluate(TROUBLE) == "", f"the {kind}")
    page.wait_until(lambda: page.evaluate("() => document.querySelector('#status').innerText").count("rained"), "it")
    wait_map(page)


def show(page, view: str) -> None:
    """Every case, or the map, where both can be shown."""
    press = """view => {
      const found = [...document.querySelectorAll('#map .segments button')].find(button => button.textContent === view)
      found?.click()
      return Boolean(found)
    }"""
    page.wait_until(lambda: page.evaluate(press, view), f"the button {view}")
    page.wait_until(lambda: (page.evaluate(KIND) == "map") == (view == "Map"), view)
    wait_map(page)


def move_to(page, across: float, up: float) -> None:
    left, top, width, height = page.evaluate(PLANE)
    page.page.mouse.move(left + across * width, top + (1 - up) * height)


def click(page, across: float, up: float) -> None:
    left, top, width, height = page.evaluate(PLANE)
    page.page.mouse.click(left + across * width, top + (1 - up) * height)


def drag(page, row: int, right: float, down: float, steps: int = 5, let_go: bool = True) -> None:
    page.evaluate(PLANE)
    x, y, _ = page.evaluate(DOTS)[str(row)]
    page.page.mouse.move(x, y)
    page.page.mouse.down()
    page.page.mouse.move(x + right, y + down, steps=steps)
    if let_go:
        page.page.mouse.up()


def numbers_open(page) -> list:
    button = "() => document.querySelector('#map .disclose')"
    page.evaluate(f"() => {{ const b = ({button})(); if (b.getAttribute('aria-expanded') === 'false') b.click() }}")
    page.wait_until(lambda: page.evaluate(NUMBERS), "the numbers")
    return page.evaluate(NUMBERS)


def test_every_case_of_the_post_is_what_its_weights_say(page):
    show(page, "Every case")
    for iteration in (10_000, 7, 0):
        page.seek(iteration)
        wait_map(page, iteration)
        weights = numpy.array(page.weights()).ravel()
        cases = page.evaluate(CASES)
        assert list(cases) == [f"{n >> 2 & 1},{n >> 1 & 1},{n & 1}" for n in range(8)]
        for name, (of_cell,) in cases.items():
            z = float(numpy.array([int(cell) for cell in name.split(",")]) @ weights)
            assert of_cell == pytest.approx(1 / (1 + math.exp(-z)), abs=1e-9)
            of_row = "name => Number(document.querySelector(`#map [data-case='${name}']`).dataset.value)"
            assert page.evaluate(of_row, name) == of_cell
    page.seek(10_000)
    wait_map(page, 10_000)
    assert "never seen" in page.evaluate(CASE_TEXT, "0,1,0")
    assert "Ask" in page.evaluate(CASE_TEXT, "0,1,0")
    assert "never seen" in page.evaluate(CASE_TEXT, "1,0,0") and "row 5" in page.evaluate(CASE_TEXT, "1,0,0")
    known = page.evaluate(CASE_TEXT, "1,1,1")
    assert "never seen" not in known and "The table says 1: right" in known and "row 2" in known


def test_the_map_says_what_the_network_says_at_every_iteration(page):
    choose(page, "XOR", "map")
    for iteration in (10_000, 700, 0):
        page.seek(iteration)
        wait_map(page, iteration)
        weights = weights_on(page)
        numbers = numbers_open(page)
        assert len(numbers) >= 36
        places = [place for place, _ in numbers]
        wanted = layered(weights, [2, 4, 1], places, "sigmoid", "sigmoid").ravel()
        assert [value for _, value in numbers] == pytest.approx(wanted.tolist(), abs=1e-9)
        cases = page.evaluate(CASES)
        corners = layered(weights, [2, 4, 1], [[0, 0], [0, 1], [1, 0], [1, 1]], "sigmoid", "sigmoid").ravel()
        assert [values[0] for values in cases.values()] == pytest.approx(corners.tolist(), abs=1e-9)
    page.evaluate("() => document.querySelector('#map .disclose').click()")


def test_colours_and_line_are_those_of_the_answers_light_and_dark(page):
    choose(page, "XOR", "map")
    page.seek(700)
    wait_map(page, 700)
    weights = weights_on(page)
    shares = [((a + 0.5) / 100, (u + 0.5) / 100) for a in range(0, 100, 9) for u in range(0, 100, 9)]
    places = [[-0.3 + 1.6 * across, -0.3 + 1.6 * up] for across, up in shares]
    answers = layered(weights, [2, 4, 1], places, "sigmoid", "sigmoid").ravel()
    for scheme in ("light", "dark"):
        page.page.emulate_media(color_scheme=scheme)
        style = """() => ['--card', '--positive', '--negative'].map(name => {
          const hex = getComputedStyle(document.querySelector('#map')).getPropertyValue(name).trim()
          return [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16)) })"""
        card, positive, negative = (numpy.array(colour) for colour in page.evaluate(style))
        for (across, up), answer, pixel in zip(shares, answers, page.evaluate(COLOURS, shares), strict=True):
            hue = positive if answer > 0.5 else negative
            wanted = card + (hue - card) * abs(2 * answer - 1) * 0.68
            assert numpy.abs(numpy.array(pixel[:3]) - wanted).max() <= 3, (scheme, across, up)
    page.page.emulate_media(color_scheme="light")
    size = page.evaluate("() => document.querySelector('#map .drawn svg').viewBox.baseVal.width")
    ends = [pair.split(" ") for pair in page.evaluate(LINE).replace("M", "L").split("L") if pair]
    turning = [[-0.3 + 1.6 * float(x) / size, 1.3 - 1.6 * float(y) / size] for x, y in ends]
    assert len(turning) > 100
    said = layered(weights, [2, 4, 1], turning, "sigmoid", "sigmoid").ravel()
    assert numpy.abs(said - 0.5).max() < 0.03


@pytest.mark.engines(CHROMIUM, FIREFOX)
def test_a_click_adds_a_row_with_the_target_that_was_chosen(page):
    choose(page, "XOR", "map")
    before = page.rows()
    for button, cell in (("?", "?"), ("1", "1"), ("0", "0")):
        named = "b => document.querySelector('#map .adding [role=group]').querySelectorAll('button')[b].click()"
        page.evaluate(named, ["?", "0", "1"].index(button))
        click(page, 0.5, 0.25)
        page.wait_until(lambda: len(page.rows()) == len(before) + 1, "a row")
        x1, x2, y = page.rows()[-1]
        assert (float(x1), float(x2), y) == (pytest.approx(0.5, abs=0.02), pytest.approx(0.1, abs=0.02), cell)
        page.wait_until(lambda: str(len(before)) in page.evaluate(DOTS), "its dot")
        page.wait_until(lambda: f"Row {len(before) + 1}: " in page.evaluate(HERE), "what the network says of it")
        page.press("Control+z")
        page.wait_until(lambda: page.rows() == before, "one step of undo")
    page.evaluate("() => document.querySelector('#map .adding button').click()")
    click(page, 0.5, 0.19)  # beside a row at 0: on the same height as that
    page.wait_until(lambda: page.rows()[-1][1] == "0", "a row at 0")
    page.button("Undo").click()
    page.wait_until(lambda: page.rows() == before, "no such row")


@pytest.mark.engines(CHROMIUM, FIREFOX)
def test_a_dragged_dot_moves_its_row_and_is_one_step_of_undo(page):
    choose(page, "XOR", "map")
    before = page.rows()
    _, _, width, height = page.evaluate(PLANE)
    x, y, _ = page.evaluate(DOTS)["1"]
    drag(page, 1, width * 0.2, height * 0.15, steps=12, let_go=False)
    page.wait_until(lambda: page.rows()[1] != before[1], "the row to follow")
    to_x, to_y, _ = page.evaluate(DOTS)["1"]
    assert (to_x - x, to_y - y) == (pytest.approx(width * 0.2, abs=2), pytest.approx(height * 0.15, abs=2))
    page.page.mouse.up()
    assert [float(cell) for cell in page.rows()[1]] == pytest.approx([0.32, 0.76, 1], abs=0.02)
    assert [row for at, row in enumerate(page.rows()) if at != 1] == [row for at, row in enumerate(before) if at != 1]
    wait_map(page)
    page.press("Control+z")
    page.wait_until(lambda: page.rows() == before, "one step of undo")
    page.button("Redo").click()
    page.wait_until(lambda: page.rows() != before, "the row where it was put")
    page.button("Undo").click()
    page.wait_until(lambda: page.rows() == before, "as before")
    wait_map(page)

    drag(page, 1, 40, 30, let_go=False)
    page.wait_until(lambda: page.rows() != before, "the row to follow")
    page.press("Escape")
    page.wait_until(lambda: page.rows() == before, "Escape to take it back")
    page.page.mouse.move(5, 5)
    page.page.mouse.up()
    assert page.rows() == before

    drag(page, 0, 1, 0, steps=1)
    assert page.rows() == before, "less than two pixels is a click"
    page.wait_until(lambda: page.evaluate(HERE).startswith("Row 1: x1 0, x2 0, y 0"), "the row that was chosen")


def test_what_happens_to_the_table_during_a_drag_breaks_nothing(page):
    choose(page, "XOR", "map")
    before = page.rows()
    drag(page, 1, 30, 20, let_go=False)
    page.wait_until(lambda: page.rows() != before, "the row to follow")
    page.slider().evaluate("(s, i) => { s.value = i; s.dispatchEvent(new Event('input', { bubbles: true })) }", 50)
    page.page.mouse.move(*[place + 10 for place in page.evaluate(DOTS)["1"][:2]])
    page.evaluate("() => document.querySelector('[data-remove=row][data-row=\"4\"]').click()")
    page.evaluate("() => document.querySelector('[data-remove=row][data-row=\"1\"]').click()")
    page.page.mouse.move(*[place + 30 for place in page.evaluate(DOTS)["0"][:2]])
    page.upload(b"a,b,c,y\n0,0,1,0\n1,0,1,1\n")
    page.wait_until(lambda: page.names() == ["a", "b", "c", "y"], "another table")
    left, top, width, height = page.evaluate(PLANE) if page.evaluate(KIND) == "map" else (900, 200, 9, 9)
    page.page.mouse.move(left + width / 2, top + height / 2)
    page.page.mouse.up()
    assert page.rows() == [["0", "0", "1", "0"], ["1", "0", "1", "1"]]
    page.wait_until(lambda: len(page.evaluate(CASES)) == 8, "its cases")


def test_the_keyboard_tells_adds_and_moves(page):
    choose(page, "XOR", "map")
    before = page.rows()
    page.evaluate("() => document.querySelector('#map .plane').focus()")
    page.press("ArrowRight", "ArrowUp", "ArrowUp", "Shift+ArrowLeft")
    page.wait_until(lambda: page.evaluate(HERE).startswith("x1 0.54, x2 0.6: "), "the place in words")
    wanted = layered(weights_on(page), [2, 4, 1], [[0.54, 0.6]], "sigmoid", "sigmoid")[0, 0]
    assert page.evaluate(TOLD) == pytest.approx(float(wanted), abs=1e-9)
    live = "() => document.querySelector('#map [aria-live]').textContent.replace(/\\s+/g, ' ').trim()"
    assert page.evaluate(live) == page.evaluate(HERE)
    page.press("Enter")
    page.wait_until(lambda: page.rows()[-1] == ["0.54", "0.6", "?"], "a row there")
    page.press("Control+z")
    page.wait_until(lambda: page.rows() == before, "one step of undo")
    page.evaluate("() => document.querySelector('#map .row-dot[data-row=\"1\"]').focus()")
    page.press("Home")
    assert page.focused() == "Row 1: x1 0, x2 0, y 0"
    page.press("PageDown")
    assert page.focused() == "Row 2: x1 0, x2 1, y 1"
    page.press("Delete", "ArrowRight", "ArrowRight", "ArrowDown")
    page.wait_until(lambda: page.rows()[1] == ["0.1", "0.95", "1"], "the row moved")
    page.press("Escape")
    page.wait_until(lambda: page.rows() == before, "all of it taken back")
    page.press("ArrowUp", "Enter")
    page.wait_until(lambda: page.rows()[1] == ["0", "1.05", "1"], "the row moved")
    assert page.focused() == "Row 2: x1 0, x2 1.05, y 1"
    page.button("Undo").click()
    page.wait_until(lambda: page.rows() == before, "one step of undo")


def test_the_curve_goes_through_the_points_and_a_click_adds_one(page):
    choose(page, "Sine", "curve")
    for iteration in (5_000, 300):
        page.seek(iteration)
        wait_map(page, iteration)
        numbers = numbers_open(page)
        wanted = layered(weights_on(page), [1, 8, 1], [place for place, _ in numbers], "tanh", "linear").ravel()
        assert [value for _, value in numbers] == pytest.approx(wanted.tolist(), abs=1e-9)
    page.evaluate("() => document.querySelector('#map .disclose').click()")
    page.seek(5_000)
    wait_map(page, 5_000)
    rows = problem_of("sine")["table"]["rows"]
    line = page.evaluate("() => document.querySelector('#map .answers').getAttribute('d')")
    points = [[float(n) for n in pair.split(" ")] for pair in line[1:].split("L")]
    assert len(points) == 200
    left, top, _, _ = page.evaluate(PLANE)
    for row, (x, y, look) in page.evaluate(DOTS).items():
        nearest = min(points, key=lambda point, x=x: abs(point[0] + left - x))
        assert abs(nearest[1] + top - y) < 6, "each point of this table is learned"
        assert ("asks" in look) == (rows[int(row)][1] is None)

    move_to(page, 0.5, 0.9)
    page.wait_until(lambda: page.evaluate(HERE).startswith("x "), "the place under the pointer")
    x = float(page.evaluate(HERE).split(":")[0][2:].replace("−", "-"))
    wanted = layered(weights_on(page), [1, 8, 1], [[x]], "tanh", "linear")[0, 0]
    assert page.evaluate(TOLD) == pytest.approx(float(wanted), abs=1e-9)
    before = page.rows()
    click(page, 0.5, 0.9)
    page.wait_until(lambda: len(page.rows()) == len(before) + 1, "a point")
    added = [float(cell) for cell in page.rows()[-1]]
    assert added[0] == pytest.approx(x, abs=0.1) and added[1] > 1
    page.button("Undo").click()
    page.wait_until(lambda: page.rows() == before, "one step of undo")
    wait_map(page)
    drag(page, 2, 0, -40)
    page.wait_until(lambda: float(page.rows()[2][1]) > float(before[2][1]) + 0.3, "the point to be higher")
    page.button("Undo").click()
    page.wait_until(lambda: page.rows() == before, "one step of undo")


def test_other_inputs_stand_at_the_chosen_row(page):
    show(page, "Map")
    for row, third in ((1, 1), (5, 0)):
        page.cell(f"Row {row} x1").click()
        others = "() => document.querySelector('#map .adds').innerText"
        said = f"Drawn with x3 at row {row}’s {third}."
        page.wait_until(lambda said=said, others=others: said in page.evaluate(others), said)
        wait_map(page)
        numbers = numbers_open(page)
        z = numpy.array([[*place, third] for place, _ in numbers]) @ numpy.array(page.weights()).ravel()
        wanted = 1 / (1 + numpy.exp(-z))
        assert [value for _, value in numbers] == pytest.approx(wanted.tolist(), abs=1e-9)
    page.choose("Up", "x1")
    page.wait_until(lambda: page.evaluate("() => document.querySelector('#map .up-name').innerText") == "↑ x1", "it")
    assert page.evaluate("() => document.querySelector('#map .along-name').innerText") == "x2 →"
    page.choose("Up", "x2")
    page.evaluate("() => document.querySelector('#map .disclose').click()")
    show(page, "Every case")
    assert len(page.evaluate(CASES)) == 8
    assert page.rows() == DEFAULT_ROWS


def test_a_case_that_was_never_seen_can_be_asked(page):
    show(page, "Every case")
    page.evaluate("""() => document.querySelector('#map [data-case="0,1,0"] button').click()""")
    page.wait_until(lambda: page.rows()[-1] == ["0", "1", "0", "?"], "a row that asks")
    page.wait_until(lambda: "row 6" in page.evaluate(CASE_TEXT, "0,1,0"), "the case to name it")
    cases = page.evaluate(CASES)
    page.wait_until(lambda: "row-6-y" in page.answers(), "its answer")
    wait_map(page)
    assert page.evaluate(CASES)["0,1,0"][0] == page.answer("row-6-y")
    assert list(page.evaluate(CASES)) == list(cases)
    page.button("Undo").click()
    page.wait_default()


def test_never_an_old_picture_with_new_numbers(page):
    choose(page, "XOR", "map")
    stale = "() => document.querySelector('#map').classList.contains('stale')"
    for cell, text, said in (("Row 2 x1", "abc", "Row 2"), ("Row 2 y", "?", "")):
        page.enter(cell, text)
        if said:
            page.wait_status(said, "x1")
            page.wait_until(lambda: page.evaluate(stale), "the picture of before to be marked")
        page.button("Undo").click()
        wait_map(page)


TABLES = {
    "one row": (b"a,b,y\n0.3,0.7,1\n", "map"),
    "an input that never changes": (b"a,b,y\n4,0.5,0\n4,2.5,1\n4,1,?\n", "map"),
    "large numbers": (b"a,b,y\n1000000000,0,0\n1000000001,3,1\n1000000002,2,?\n", "map"),
    "small numbers": (b"a,b,y\n1e-9,0,0\n3e-9,3,1\n2e-9,2,?\n", "map"),
    "one input, two rows alike": (b"a,y\n2,2\n2,2\n", "curve"),
}


def test_odd_tables_are_drawn(page):
    inside = """() => {
      const { left, right, top, bottom } = document.querySelector('#map').parentElement.getBoundingClientRect()
      return [...document.querySelectorAll('#map .up-ticks span, #map .along-ticks span')]
        .map(label => [label.textContent, label.getBoundingClientRect()])
        .filter(([, box]) => box.left < left || box.right > right || box.top < top || box.bottom > bottom)
        .map(([text]) => text)
    }"""
    labels = "() => [...document.querySelectorAll('#map .along-ticks span')].map(label => label.textContent)"
    for name, (table, kind) in TABLES.items():
        page.upload(table)
        header = table.decode().split("\n")[0].split(",")
        many = table.count(b"\n") - 1
        page.wait_until(lambda h=header, m=many: page.names() == h and len(page.rows()) == m, name)
        page.wait_until(lambda k=kind: page.evaluate(KIND) == k, name)
        page.wait_until(lambda m=many: len(page.evaluate(DOTS)) == m, f"{name}: a dot for each row")
        wait_map(page)
        assert page.evaluate(TROUBLE) == "", name
        texts = page.evaluate(labels)
        assert len(set(texts)) == len(texts) > 0, (name, texts)
        assert page.evaluate(inside) == [], name


def test_what_cannot_be_drawn_is_said(page):
    page.upload(b"a,b,y\n1e308,0,0\n-1e308,3,1\n0,2,?\n")
    page.wait_until(lambda: "too far apart" in page.evaluate(TROUBLE), "why there is no map")
    assert page.evaluate("() => document.querySelector('#map .picture').hidden")
    assert page.evaluate("() => document.querySelector('#map .here').textContent.trim()") == ""


def test_rows_held_out_are_hollow_and_many_rows_are_thinned(page):
    choose(page, "Circle", "map")
    looks = [look for _, _, look in page.evaluate(DOTS).values()]
    assert sum("kept-out" in look for look in looks) == 60
    assert sum("asks" in look for look in looks) == 2
    rows = [f"{n % 211 / 10},{n % 97 / 10},{n % 2}" for n in range(3_000)]
    page.upload("\n".join(["a,b,y", *rows]).encode())
    page.wait_until(lambda: page.names() == ["a", "b", "y"], "the table")
    page.set("Iterations", "3")
    said = "() => document.querySelector('#map .adds').innerText"
    page.wait_until(lambda: "of 3,000 rows are drawn" in page.evaluate(said), "how many rows are drawn")
    assert 500 < len(page.evaluate(DOTS)) <= 1001


def test_rows_of_other_inputs_are_faint(page):
    show(page, "Map")
    page.cell("Row 5 x1").click()

    def faint() -> list[str]:
        return [row for row, (_, _, look) in page.evaluate(DOTS).items() if "elsewhere" in look]

    page.wait_until(lambda: faint() == ["0", "1", "2", "3"], "the rows with another x3")
    assert "Faint rows have others." in page.evaluate("() => document.querySelector('#map .adds').innerText")
    page.cell("Row 1 x1").click()
    page.wait_until(lambda: faint() == ["4"], "the row with another x3")
    show(page, "Every case")
    assert len(page.evaluate(CASES)) == 8


def test_two_hundred_inputs_have_a_map_of_any_two(page):
    names = [f"x{n}" for n in range(1, 201)]
    rows = [[n * (row + 1) % 7 for n in range(200)] + [row % 2] for row in range(4)]
    text = "\n".join([",".join([*names, "y"]), *(",".join(map(str, row)) for row in rows)])
    page.upload(text.encode())
    page.wait_until(lambda: page.evaluate(KIND) == "map" and len(page.evaluate(DOTS)) == 4, "the map")
    wait_map(page)
    page.choose("Across", "x200")
    along = "() => document.querySelector('#map .along-name').innerText"
    page.wait_until(lambda: page.evaluate(along) == "x200 →", "the axis")
    wait_map(page)
    said = "() => document.querySelector('#map .adds').innerText"
    assert "The other 198 inputs are those of row 1." in page.evaluate(said)
    page.choose("Across", "x1")


def test_softmax_is_drawn_output_by_output(page):
    choose(page, "Seven-segment digits", "map")
    weights = weights_on(page)
    matrix = numpy.array(weights[:70]).reshape(7, 10)
    for output in ("four", "nine"):
        page.choose("Output", output)
        legend = "() => document.querySelector('#map .ramp-legend .name').innerText"
        page.wait_until(lambda o=output, g=legend: page.evaluate(g) == o, output)
        wait_map(page)
        numbers = numbers_open(page)
        rows = numpy.array([[*place, 1, 0, 0, 1, 1] for place, _ in numbers], float)
        assert problem_of("seven-segment")["table"]["rows"][-1][2:7] == [1, 0, 0, 1, 1]
        sums = rows @ matrix + numpy.array(weights[70:])
        shares = numpy.exp(sums) / numpy.exp(sums).sum(axis=1, keepdims=True)
        at = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"].index(output)
        assert [value for _, value in numbers] == pytest.approx(shares[:, at].tolist(), abs=1e-9)
    page.evaluate("() => document.querySelector('#map .disclose').click()")
    before = page.rows()
    page.evaluate("""() => [...document.querySelectorAll('#map .adding button')].at(-1).click()""")
    click(page, 0.5, 0.5)
    page.wait_until(lambda: len(page.rows()) == len(before) + 1, "a row")
    assert page.rows()[-1][7:] == ["0"] * 9 + ["1"]
    page.button("Undo").click()
    page.evaluate("""() => document.querySelector('#map .adding button').click()""")
    page.choose("Output", "zero")


def test_alone_in_another_page_it_can_be_looked_at_but_not_changed(engine, open_page, light_site):
    page = open_page(light_site, at="#show=map&readonly=1&theme=dark")
    page.wait_until(lambda: len(page.evaluate(CASES)) == 8, "every case")
    assert "Ask" not in page.evaluate("() => document.querySelector('#map').innerText")
    show(page, "Map")
    assert len(page.evaluate(DOTS)) == 5
    card = "() => getComputedStyle(document.querySelector('#map')).getPropertyValue('--card').trim()"
    assert page.evaluate(card) == "#1b1e23"
    pixels = page.evaluate(COLOURS, [[(a + 0.5) / 20, (u + 0.5) / 20] for a in range(20) for u in range(20)])
    assert max(min(pixel[:3]) for pixel in pixels) < 130, "no place is as light as by day"
    places = """() => [...document.querySelectorAll('#map .row-dot')].map(dot => dot.getAttribute('aria-label'))"""
    before = page.evaluate(places)
    drag(page, 4, 30, 30)
    click(page, 0.5, 0.5)
    page.evaluate("() => document.querySelector('#map .row-dot[data-row=\"0\"]').focus()")
    page.press("ArrowRight")
    assert page.focused().startswith("Row 2: ")
    assert page.evaluate(places) == before


def test_a_tap_adds_a_row_and_a_finger_drags_one(engine, open_page, light_site):
    page = open_page(light_site, viewport={"width": 390, "height": 844}, has_touch=True)
    choose(page, "XOR", "map")
    before = page.rows()
    left, top, width, height = page.evaluate(PLANE)
    page.page.touchscreen.tap(left + width / 2, top + height * 0.6)
    page.wait_until(lambda: len(page.rows()) == len(before) + 1, "a row")
    page.button("Undo").click()
    page.wait_until(lambda: page.rows() == before, "one step of undo")
    wait_map(page)
    page.evaluate(PLANE)
    x, y, _ = page.evaluate(DOTS)["1"]
    with page.devtools() as touch:
        for kind, points in (
            ("touchStart", [(x, y)]),
            *(("touchMove", [(x + 4 * n, y + 3 * n)]) for n in range(1, 11)),
            ("touchEnd", []),
        ):
            touch.send(
                "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": at[0], "y": at[1]} for at in points]}
            )
    page.wait_until(lambda: page.rows()[1] != before[1], "the row to follow the finger")
    page.button("Undo").click()
    page.wait_until(lambda: page.rows() == before, "one step of undo")


LOOKS = [(width, scheme) for width in (1280, 320) for scheme in ("light", "dark")]


def test_map_and_curve_are_accessible(page):
    for example, kind in (("XOR", "map"), ("Sine", "curve"), ("Full adder", "none"), ("Seven-segment digits", "map")):
        choose(page, example, kind)
        if kind != "none":
            numbers_open(page)
        for width, scheme in LOOKS:
            page.look(width, 860, scheme)
            assert violations(page) == [], (example, width, scheme)
            assert page.evaluate("() => document.scrollingElement.scrollWidth") <= width, (example, width)
    page.look(1280, 720, "light")
    page.evaluate("() => document.querySelector('#map .disclose').click()")
