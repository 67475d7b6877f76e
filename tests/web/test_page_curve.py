"""The curve: a click goes to the iteration there, the run before, the weights, the numbers; and no label is cut off."""

import itertools

import pytest
from harness.browsers import CHROMIUM, FIREFOX
from harness.oracle import post
from harness.page import DEFAULT_EXAMPLE, Page

from tenlines.problem import Problem
from tenlines.training.run import Run

LEGEND = "() => document.querySelector('#curve .legend').textContent.replaceAll(',', '')"
# Each label of both axes, whether it is within the card, and whether it is clear of the label beside it.
LABELS = """() => [".errors", ".iterations"].flatMap(axis => {
  const card = document.querySelector('[data-panel=training]').getBoundingClientRect()
  const labels = [...document.querySelectorAll(`#curve ${axis} span`)]
  const boxes = labels.map(label => {
    const range = document.createRange()
    range.selectNodeContents(label)
    return range.getBoundingClientRect()
  })
  return labels.map((label, at) => {
    const { left, right, top } = boxes[at]
    const isClear = at === 0 || boxes[at - 1].right <= left || boxes[at - 1].top >= top + 10
    return [label.textContent, card.left <= left && right <= card.right, isClear]
  })
})"""
OVER = """() => {
  const curve = document.querySelector('#curve .plot')
  curve.scrollIntoView({ block: 'center' })
  const { left, top, width, height } = curve.getBoundingClientRect()
  return [left, top, width, height]
}"""


def click(page, at: float) -> None:
    left, top, width, height = page.evaluate(OVER)
    page.page.mouse.click(left + at * width, top + height / 2)


def said(page: Page) -> int:
    """The iteration in the legend."""
    digits = page.evaluate(LEGEND).split("mean")[0]
    return int("".join(one for one in digits if one.isdigit()) or -1)


# How far from the left the point is that the pointer shows, 0 to 1.
POINTED = "() => Number.parseFloat(document.querySelector('#curve .pointed')?.style.left) / 100"


@pytest.mark.engines(CHROMIUM, FIREFOX)
def test_a_click_goes_to_the_iteration_there(page):
    for at in (0.5, 0.2, 0.75):
        left, top, width, height = page.evaluate(OVER)
        page.page.mouse.move(left + at * width, top + height / 2)
        page.wait_until(lambda at=at: abs((page.evaluate(POINTED) or 0) - at) < 0.05, "the point under the pointer")
        shown = said(page)
        click(page, at)
        page.wait_iteration(shown)
        assert said(page) == shown
    click(page, 1 - 4e-3)  # its last pixel
    page.wait_until(lambda: page.iteration() > 9_000, "the end of the curve")
    page.seek(10_000)


def test_a_click_ends_play_and_goes_nowhere_where_the_slider_does_not(page):
    page.button("Play").click()
    click(page, 0.5)
    page.wait_until(page.button("Play").exists, "Play to have ended")
    page.wait_until(lambda: 50 < page.iteration() < 200, "the middle of the curve")
    page.seek(10_000)
    page.enter("Row 2 x3", "abc")
    page.wait_status("Row 2", "x3")
    click(page, 0.5)
    page.button("Undo").click()
    page.wait_default()
    assert page.iteration() == 10_000


@pytest.mark.parametrize("largest", ["300000", "20000000", "3e12", "0.00002", "7"])
def test_no_label_is_cut_off(engine, open_page, light_site, largest):
    page = open_page(light_site)
    page.upload(f"a,b\n0,{largest}\n1,-{largest}\n2,?\n".encode())
    page.wait_until(lambda: page.names() == ["a", "b"], "the table")
    page.set("Iterations", "100000")
    page.wait_status("100,000 iterations")
    page.wait_until(lambda: "at iteration 100,000" in page.curve(), "the curve of that")
    page.wait_until(lambda: "10,000" in page.evaluate(TICKS) and overlaps(page) == [], "labels in their places")
    assert len(page.evaluate(LABELS)) >= 5


def test_the_error_of_a_large_one_is_whole_beside_its_line(engine, open_page, light_site):
    page = open_page(light_site)
    page.upload(b"a,b\n0,300000\n1,600000\n2,?\n")
    page.wait_until(lambda: "449999" in page.curve(), "the error of the table")
    for iteration in (10_000, 1_000, 0):
        page.seek(iteration)
        sides = page.evaluate("""() => ['.marker .error', '#curve'].map(place => {
          const { left, right } = document.querySelector(place).getBoundingClientRect()
          return [left, right]
        })""")
        (left, right), (first, last) = sides
        assert first <= left and right <= last, (iteration, sides)


PRESS = """name => [...document.querySelectorAll('#curve button')]
  .find(button => button.textContent.trim() === name).click()"""
PRESSED = (
    """() => [...document.querySelectorAll('#curve [aria-pressed=true]')].map(button => button.textContent.trim())"""
)
BEFORE = "() => document.querySelector('#curve .before path')?.getAttribute('d') ?? ''"
LINE = "() => document.querySelector('#curve .trained').getAttribute('d')"
SETTINGS_AT = "() => document.querySelector('#settings').getBoundingClientRect().top + scrollY"
LISTED = """() => [...document.querySelectorAll('#curve .listed tbody tr')].map(row => [
  row.querySelector('th').textContent, ...[...row.querySelectorAll('td')].map(cell => Number(cell.dataset.value))])"""


def press(page, name: str) -> None:
    """A button of the curve's, which come with the second script."""
    there = "() => document.querySelectorAll('#curve button').length"
    page.wait_until(lambda: page.evaluate(there) > 0, "the curve's buttons")
    page.evaluate(PRESS, name)


def stopped_at(iteration: int, **more) -> Run:
    run = Run(Problem.from_dict(post(**more)), "numpy")
    run.seek(iteration, 10)
    return run


def of_before(page) -> list[str]:
    """The points of the run before from iteration 2 on: it begins with 0 and 1, at the edge of a logarithmic axis."""
    return page.evaluate(BEFORE).split("L")[2:]


def test_the_run_before_stays_as_a_pale_line_until_another_document(page):
    page.choose("Example", "XOR")
    page.wait_status("XOR", "trained 10,000")
    assert "before" not in page.curve() and page.evaluate(BEFORE) == ""
    line, place = page.evaluate(LINE), page.evaluate(SETTINGS_AT)
    page.box("Learning rate").click()
    page.press("Control+a")
    for text, typed in (("0", "0"), ("0.", "."), ("0.5", "5")):  # each key trains
        page.type(typed)
        page.wait_until(lambda text=text: page.box("Learning rate").value() == text, "the key")
    page.wait_until(lambda: page.curve().endswith("the run before came to 0.01091"), "the run before the first key")
    page.wait_until(lambda: of_before(page) == line.split("L")[1:], "its line")
    assert page.evaluate(SETTINGS_AT) == place, "what is typed into stays where it is"
    page.wait_until(lambda: "0.01624 at iteration 10,000" in page.curve(), "the run of the last key")
    page.wait_until(lambda: page.evaluate(LINE) != line, "its line")
    after = page.evaluate(LINE)
    page.press("Enter")
    page.button("Undo").click()
    page.wait_until(lambda: page.evaluate(LINE) == line, "the table's own run again")
    page.wait_until(lambda: of_before(page) == after.split("L")[1:], "the undone one before it")
    page.choose("Example", DEFAULT_EXAMPLE)
    page.wait_default()
    page.wait_until(lambda: "before" not in page.curve() and page.evaluate(BEFORE) == "", "nothing to compare with")


def test_a_run_that_was_ended_amid_is_no_run_before(page):
    page.wait_until(lambda: page.evaluate(LINE) != "", "the curve")
    page.choose("Example", "XOR")
    page.wait_status("XOR", "trained 10,000")
    page.button("Reset").click()
    page.wait_iteration(0)
    page.enter("Row 1 x1", "1")
    page.wait_until(lambda: page.curve().endswith("the run before came to 0.01091"), "the one that came to its end")
    page.choose("Example", DEFAULT_EXAMPLE)
    page.wait_default()


def test_a_linear_axis_has_iteration_0_and_stays_with_an_edit(page):
    press(page, "Linear")
    page.wait_until(lambda: "0" in page.evaluate(TICKS) and "1" not in page.evaluate(TICKS), "the other axis")
    assert page.evaluate(PRESSED) == ["Error", "Linear"]
    click(page, 0.5)
    page.wait_until(lambda: 4_000 < page.iteration() < 6_000, "the middle of the run")
    click(page, 1e-5)
    page.wait_iteration(0)
    page.enter("Row 1 x1", "1")
    page.wait_other_answer()
    assert page.evaluate(PRESSED) == ["Error", "Linear"]
    page.button("Undo").click()
    page.wait_default()
    press(page, "Log")
    page.wait_until(lambda: "0" not in page.evaluate(TICKS), "the logarithmic axis")


TICKS = "() => [...document.querySelectorAll('#curve .iterations span')].map(label => label.textContent)"
TOLD = """() => [document.querySelector('#curve .told b')?.textContent ?? '',
  document.querySelector('#curve .told .value')?.textContent ?? '']"""


def test_the_weights_are_drawn_and_told_by_name_with_their_value(page):
    press(page, "Weights")
    page.wait_until(lambda: page.evaluate(TOLD)[0] == "x1 → y:", "the largest")
    page.seek(1024)
    weights = [float(weight) for weight in stopped_at(1024).frame.weights]
    assert page.error() == pytest.approx(weights[0], abs=1e-9), "at the iteration on show"
    assert "x1 → y +7.28" in page.curve() and "at iteration 1,024" in page.curve()
    # Far to the right x3 is the lowest, x1 the highest: what is pointed at is told, and a click keeps it.
    for up, place in ((0.05, 2), (0.95, 0), (0.05, 2)):
        left, top, width, height = page.evaluate(OVER)
        page.page.mouse.move(left + width - 1, top + height * (1 - up))
        page.wait_until(lambda place=place: page.evaluate(TOLD)[0] == f"x{place + 1} → y:", "the one pointed at")
        value = [float(weight) for weight in stopped_at(said_iteration(page)).frame.weights][place]
        assert page.evaluate(TOLD)[1].replace("−", "-") == f"{value:+.5f}"
    click(page, 0.5)
    page.page.mouse.move(0, 0)
    page.wait_until(lambda: 50 < page.iteration() < 200, "the middle of the axis")
    assert page.evaluate(TOLD)[1].replace("−", "-") == f"{page.error():+.5f}"
    page.seek(10_000)
    press(page, "Error")
    page.wait_until(lambda: page.curve().startswith("Error: "), "the errors")


def said_iteration(page) -> int:
    return int(page.evaluate("() => document.querySelector('#curve .legend .value').textContent.replaceAll(',', '')"))


def test_the_curve_can_be_read_as_numbers(page):
    button = "() => document.querySelector('#curve .fold > button').getAttribute('aria-expanded')"
    press(page, "Curve as numbers")
    page.seek(1025)
    page.wait_until(lambda: "1,025" in str(page.evaluate(LISTED)), "the iteration on show among them")
    assert page.evaluate(button) == "true"
    rows = page.evaluate(LISTED)
    assert [row[0] for row in rows[:3]] == ["0", "1", "10"] and rows[-1][0] == "10,000"
    for name, error, *_ in rows:
        assert error == pytest.approx(stopped_at(int(name.replace(",", ""))).frame.error, abs=1e-9), name
    press(page, "Weights")
    page.wait_until(lambda: len(page.evaluate(LISTED)) == 3, "a row for each weight")
    iterations = page.evaluate(
        "() => [...document.querySelectorAll('#curve .listed thead th')].map(e => e.textContent)"
    )
    assert iterations[:3] == ["weight", "0", "1"] and "1,025" in iterations
    for at, name in enumerate(iterations[1:], 1):
        frame = stopped_at(int(name.replace(",", ""))).frame
        shown = [row[at] for row in page.evaluate(LISTED)]
        assert shown == pytest.approx([float(weight) for weight in frame.weights], abs=1e-9), name
    press(page, "Curve as numbers")
    press(page, "Error")
    page.wait_until(lambda: page.evaluate(button) == "false", "the fold to be closed")
    page.seek(10_000)


def test_the_weights_of_a_network_of_too_many_are_said_not_to_be_kept(open_page, light_site):
    page = open_page(light_site)
    page.button("Add hidden layer").click()
    page.set("Hidden layer 1 units", "256")
    page.button("Add hidden layer").click()
    page.set("Hidden layer 2 units", "9")
    page.set("Iterations", "3")
    page.wait_status("3 iterations")
    press(page, "Weights")
    said = "() => document.querySelector('#curve .legend').textContent"
    page.wait_until(lambda: "no lines" in page.evaluate(said), "why there are none")
    assert page.evaluate("() => document.querySelector('#curve .weights-lines path').getAttribute('d')") == ""
    assert "other" in page.curve(), "the weights on show can still be heard"


def test_no_label_is_cut_off_or_runs_into_another_on_any_screen(page):
    sizes = {}
    for linear, width, text in itertools.product(("Log", "Linear"), (320, 390, 768, 1280), ("100%", "200%")):
        press(page, linear)
        page.look(width, 844, "light")
        page.evaluate("text => { document.documentElement.style.fontSize = text }", text)
        page.wait_until(lambda: overlaps(page) == [], f"labels in their places: {linear}, {width}, {text}")
        sizes[linear, width, text] = page.evaluate(TICKS)
        assert len(sizes[linear, width, text]) >= 2, sizes
    page.evaluate("() => { document.documentElement.style.fontSize = '' }")
    press(page, "Log")


def overlaps(page) -> list:
    labels = page.evaluate(LABELS)
    return [label for label, is_whole, is_clear in labels if not (is_whole and is_clear)]


UNFOLD = """() => [...document.querySelectorAll('.fold > button')]
  .find(button => button.textContent.trim() === 'How exact is this?').click()"""
FOLD = """() => {
  const buttons = [...document.querySelectorAll('.fold > button')]
  const button = buttons.find(e => e.textContent.trim() === 'How exact is this?')
  return [button.getAttribute('aria-expanded'), document.querySelector('#engine').checkVisibility()]
}"""


@pytest.mark.engines(CHROMIUM, FIREFOX)
def test_what_engineers_want_is_one_click_away(page):
    assert page.evaluate(FOLD) == ["false", False]
    page.evaluate(UNFOLD)
    assert page.evaluate(FOLD) == ["true", True]
    assert page.find("combobox", "Engine").exists()
    page.wait_until(
        lambda: "compiled" in page.evaluate("() => document.querySelector('.engines p').innerText").lower(), "times"
    )
    page.evaluate(UNFOLD)
    assert page.evaluate(FOLD) == ["false", False]
