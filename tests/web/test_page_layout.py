"""The answer and the controls are seen whole: from 320 to 3840 px, in large text, forced colours and print."""

import io
from typing import Any

import pytest
from harness.browsers import CHROMIUM, FIREFOX
from harness.page import DEFAULT_ANSWERS
from PIL import Image

WIDTHS = [320, 360, 375, 390, 640, 641, 660, 700, 740, 767, 768, 860, 1023, 1024, 1280, 1920, 3840]

# Answers that are cut off in the table, and controls cut off by the window or under one another.
CUT = """() => {
  const scroller = document.querySelector('#data').getBoundingClientRect()
  const isCut = (box, right) => box.width > 0 && (box.right > right + 1 || box.left < -1)
  const answers = [...document.querySelectorAll('#data output, #data .says')]
    .filter(e => isCut(e.getBoundingClientRect(), scroller.right))
  const controls = [...document.querySelectorAll('header button, header select, footer button')]
    .filter(e => e.checkVisibility() && isCut(e.getBoundingClientRect(), innerWidth))
  const covered = [...document.querySelectorAll('header button, header select')].filter(e => {
    const { left, top, width, height } = e.getBoundingClientRect()
    const there = document.elementFromPoint(left + width / 2, top + height / 2)
    return e.checkVisibility() && there && !e.contains(there)
  })
  const narrow = [...document.querySelectorAll('select')].filter(e => e.checkVisibility() && e.clientWidth < 60)
  return [...answers, ...controls, ...covered, ...narrow].map(e => e.id || e.textContent.trim().slice(0, 30))
}"""
SIDEWAYS = "() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
BAR = """() => {
  const bar = document.querySelector('footer')
  return getComputedStyle(bar).position === 'sticky' ? bar.offsetHeight / innerHeight : 0
}"""
ADD = "name => [...document.querySelectorAll('#data-acts button')].find(b => b.textContent.trim() === name).click()"
TABLES = {"the post’s": None, "four inputs": "Add input", "two outputs": "Add output"}


@pytest.fixture
def page(page):
    """The shared page, which looks afterwards as it did before."""
    yield page
    page.page.emulate_media(media="screen", color_scheme="light", forced_colors="none")
    page.page.set_viewport_size({"width": 1280, "height": 720})


def test_answers_and_controls_are_whole_at_every_width(page):
    found = {}
    for table, button in TABLES.items():
        if button:
            page.evaluate(ADD, button)
            page.wait_until(lambda: "" not in page.answers().values(), "the answers")
        for width in WIDTHS:
            page.look(width, 860, "light")
            found[table, width] = page.evaluate(CUT), max(0, page.evaluate(SIDEWAYS))
        if button:
            page.press("Control+z")
            page.wait_default()
    assert {at: cut for at, cut in found.items() if cut != ([], 0)} == {}


COVERED = """name => {
  const { left, width, top, height } = document.querySelector(`[aria-label="${name}"]`).getBoundingClientRect()
  const there = document.elementFromPoint(left + width / 2, top + height / 2)
  return there?.getAttribute('aria-label') !== name
}"""


@pytest.mark.parametrize(("width", "buttons"), [(390, ["Add output"]), (1280, ["Add input", "Add output"])])
@pytest.mark.engines(CHROMIUM, FIREFOX)
def test_the_keyboard_never_stands_under_the_answers(engine, open_page, light_site, width, buttons):
    page = open_page(light_site, viewport={"width": width, "height": 860})
    for button in buttons:
        page.evaluate(ADD, button)
    names = page.names()
    page.cell("Row 1 x1").click()
    for name in names[1:]:
        page.press("Tab")
        page.wait_until(lambda name=name: page.focused() == f"Row 1 {name}", f"Row 1 {name}")
        page.wait_until(lambda name=name: not page.evaluate(COVERED, f"Row 1 {name}"), f"Row 1 {name} to be seen")


def test_an_embedded_answer_is_whole_in_a_frame_of_320_px(open_page, light_site):
    page = open_page(light_site, at="#show=data,network,training,code", viewport={"width": 320, "height": 640})
    page.wait_answers(DEFAULT_ANSWERS)
    assert page.evaluate(CUT) == []


def test_what_has_the_keyboard_is_not_under_the_bar(page):
    page.look(844, 390, "light")
    page.leave()
    for _ in range(12):
        page.press("Tab")
        hidden = page.evaluate("""() => {
          const box = document.activeElement.getBoundingClientRect()
          const bar = document.querySelector('footer')
          const isBelow = box.bottom > bar.getBoundingClientRect().top + 1
          return isBelow && !bar.contains(document.activeElement) ? document.activeElement.outerHTML : null
        }""")
        assert hidden is None


def test_text_of_twice_the_size_is_whole(page):
    page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
    for width in (1280, 1024, 768, 390):
        page.look(width, 860, "light")
        assert page.evaluate(CUT) == []
        clipped = """() => [...document.querySelectorAll('#settings input, #settings label')]
          .filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0).map(e => e.id || e.textContent)"""
        assert page.evaluate(clipped) == []
        labels = """() => {
          const labels = [...document.querySelectorAll('#settings label')].filter(e => e.checkVisibility())
          const boxes = labels.map(e => e.getBoundingClientRect())
          return boxes.some((a, i) => boxes.slice(i + 1).some(b =>
            a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1))
        }"""
        assert page.evaluate(labels) is False, "labels lie over one another"
    page.evaluate("() => document.documentElement.style.removeProperty('font-size')")


def test_a_very_wide_window_does_not_spread_the_cards(page):
    page.look(3840, 2160, "light")
    width = page.evaluate("() => document.querySelector('[data-panel=code]').getBoundingClientRect().width")
    assert width <= 1840


def contrasts(image: bytes) -> float:
    """Between the lightest and the darkest of a picture, as WCAG counts."""
    picture = Image.open(io.BytesIO(image)).convert("RGB")
    colours: list[Any] = [colour for count, colour in picture.getcolors(1 << 24) or [] if count > 8]

    def luminance(colour: tuple[int, int, int]) -> float:
        linear = [v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in (c / 255 for c in colour)]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light = sorted(map(luminance, colours))
    return (light[-1] + 0.05) / (light[0] + 0.05)


# What is to be seen, each by a picture of it at iteration 0, where the track is empty.
MOVING = "() => document.getAnimations().some(({ playState }) => playState === 'running')"
SEEN = ["#slider .track", "#data tr:first-child .gauge", "#listing li.at", ".marker .dot", "#layers [role=switch]"]


def test_what_carries_meaning_is_seen_light_and_dark_and_in_forced_colours(page):
    page.button("Reset").click()
    page.wait_iteration(0)
    found = {}
    for scheme in ("light", "dark"):
        for forced in ("none", "active"):
            page.page.emulate_media(color_scheme=scheme, forced_colors=forced)
            page.wait_until(lambda: not page.evaluate(MOVING), "the colours to rest")
            for part in SEEN:
                found[scheme, forced, part] = contrasts(page.page.locator(part).first.screenshot())
    assert {at: contrast for at, contrast in found.items() if contrast < 3} == {}


def test_the_row_that_asks_is_marked_in_forced_colours(page):
    page.page.emulate_media(forced_colors="active")
    borders = (
        "() => [...document.querySelectorAll('#data tbody tr')].map(r => getComputedStyle(r.cells[1]).borderTopWidth)"
    )
    *others, asks = page.evaluate(borders)
    assert asks not in others


PRINTED = """() => [...document.querySelectorAll('header button, footer button, .acts button, #loading')]
  .filter(e => e.checkVisibility()).map(e => e.textContent.trim())"""


def test_print_is_the_content_in_dark_ink_with_nothing_over_it(page):
    page.page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(PRINTED) == []
    assert page.evaluate("() => getComputedStyle(document.querySelector('footer')).position") == "static"
    assert page.evaluate("() => getComputedStyle(document.body).color") == "rgb(27, 30, 35)"


def test_every_row_is_printed(page):
    rows = 400
    lines = "\n".join(f"{row},{row % 2}" for row in range(rows))
    page.upload(f"x,y\n{lines}\n".encode())
    page.wait_status(f"{rows} rows")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    page.page.emulate_media(media="print")
    hidden = """() => {
      const { bottom } = document.querySelector('#data').getBoundingClientRect()
      const rows = [...document.querySelectorAll('#data tbody tr')]
      return [rows.length, rows.filter(row => row.getBoundingClientRect().bottom > bottom + 1).length]
    }"""
    assert page.evaluate(hidden) == [rows, 0]
    page.page.emulate_media(media="screen")
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    page.wait_until(lambda: page.evaluate(hidden)[0] < rows, "a part of the rows")


def test_numbers_and_code_read_from_left_to_right_on_a_page_that_does_not(page):
    page.evaluate("() => { document.documentElement.dir = 'rtl' }")
    for part in (".weights td span", "#listing code", ".formula", "#data output", "#settings input", ".iteration"):
        assert page.evaluate("part => getComputedStyle(document.querySelector(part)).direction", part) == "ltr"
    assert page.evaluate(CUT) == []
    page.evaluate("() => document.documentElement.removeAttribute('dir')")


def test_a_very_long_name_keeps_to_its_place(page):
    page.upload(f"{'n' * 480},x2,{'o' * 480}\n-1,-1,0\n1,1,1\n1,0,?\n".encode())
    page.wait_status("oooo…")
    assert len(page.status()) < 200
    assert page.evaluate(
        "() => document.querySelector('#network').scrollWidth <= document.querySelector('#network').clientWidth"
    )
    assert page.evaluate("() => document.querySelector('#network').clientHeight") < 400


# As browsers translate: each text is put into two <font> elements.
TRANSLATE = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const found = []
  while (texts.nextNode()) {
    const { data, parentElement } = texts.currentNode
    if (data.trim() && !parentElement.closest('script, style')) found.push(texts.currentNode)
  }
  for (const text of found) {
    const [outer, inner] = [document.createElement('font'), document.createElement('font')]
    inner.textContent = text.data
    outer.append(inner)
    text.replaceWith(outer)
  }
}"""
SHOWN = """() => ({
  answer: document.querySelector('#data output').textContent.trim(),
  fits: [...document.querySelectorAll('#data .fit')].map(e => e.textContent.trim()),
  weights: [...document.querySelectorAll('.weights td span')].map(e => e.textContent.trim()),
  formula: document.querySelector('.formula').textContent.replace(/\\s+/g, ' ').trim(),
  iteration: document.querySelector('.iteration span').textContent,
  marker: document.querySelector('.marker .error').textContent,
  play: document.querySelector('#play').textContent.trim(),
})"""


@pytest.mark.engines(CHROMIUM, FIREFOX)
def test_a_translated_page_goes_on_to_follow(engine, open_page, light_site):
    """It shows what a page that is not translated shows, after the same acts."""

    def acts(page) -> list[dict]:
        page.wait_answers(DEFAULT_ANSWERS)
        shown = []
        page.enter("Row 2 y", "0")
        page.wait_other_answer()
        page.wait_status("trained 10,000 iterations")
        shown.append(page.evaluate(SHOWN))
        page.seek(100)
        page.wait_iteration(100)
        page.wait_until(lambda: page.evaluate(SHOWN)["iteration"] == "100", "iteration 100")
        shown.append(page.evaluate(SHOWN))
        page.set("Iterations", "5000000")
        page.wait_status("trained 5,000,000 iterations")
        page.button("Play").click()
        page.wait_until(lambda: page.evaluate(SHOWN)["play"] == "Pause", "Play to become Pause")
        page.press("Space")
        return shown

    plain = acts(open_page(light_site))
    translated = open_page(light_site)
    translated.evaluate(TRANSLATE)
    assert acts(translated) == plain
