"""The error curve: a click goes to the iteration there, and no label is cut off."""

import pytest
from harness.browsers import CHROMIUM, FIREFOX
from harness.page import Page

LEGEND = "() => document.querySelector('.u-legend').textContent.replaceAll(',', '')"
LABELS = """() => {
  window.labels = {}
  const draw = CanvasRenderingContext2D.prototype.fillText
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...rest) {
    const { width } = this.measureText(text)
    const at = this.getTransform().transformPoint({ x, y })
    const left = at.x - { left: 0, start: 0, center: 0.5, right: 1, end: 1 }[this.textAlign] * width
    if (text) window.labels[text] = left >= 0 && left + width <= this.canvas.width
    return draw.call(this, text, x, y, ...rest)
  }
}"""
OVER = """() => {
  const curve = document.querySelector('#curve .u-over')
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


@pytest.mark.engines(CHROMIUM, FIREFOX)
def test_a_click_goes_to_the_iteration_there(page):
    for at in (0.5, 0.2, 0.75):
        left, top, width, height = page.evaluate(OVER)
        page.page.mouse.move(left + at * width, top + height / 2)
        page.wait_until(lambda: said(page) > 0, "the iteration under the pointer")
        shown = said(page)
        click(page, at)
        page.wait_iteration(shown)
        assert said(page) == shown
    click(page, 1 - 1e-3)
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
def test_no_label_is_cut_off(engine, open_page, largest):
    page = open_page()
    page.evaluate(LABELS)
    page.upload(f"a,b\n0,{largest}\n1,-{largest}\n2,?\n".encode())
    page.wait_until(lambda: page.names() == ["a", "b"], "the table")
    page.set("Iterations", "100000")
    page.wait_until(lambda: "100,000" in page.evaluate("() => window.labels"), "the labels of another run")
    labels = page.evaluate("() => window.labels")
    assert len(labels) > 5
    assert [label for label, is_whole in labels.items() if not is_whole] == []


def test_the_error_of_a_large_one_is_whole_beside_its_line(engine, open_page):
    page = open_page()
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
