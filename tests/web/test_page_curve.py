"""The error curve: a click goes to the iteration there, and no label is cut off."""

import pytest
from harness.browsers import CHROMIUM, FIREFOX
from harness.page import Page

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
    page.upload(f"a,b\n0,{largest}\n1,-{largest}\n2,?\n".encode())
    page.wait_until(lambda: page.names() == ["a", "b"], "the table")
    page.set("Iterations", "100000")
    page.wait_status("100,000 iterations")
    page.wait_until(lambda: str(page.evaluate(LABELS)).count("0,000'") > 0, "the labels of another run")
    labels = page.evaluate(LABELS)
    assert len(labels) > 5
    assert [label for label, is_whole, is_clear in labels if not (is_whole and is_clear)] == []


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
