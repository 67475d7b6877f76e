"""A phone: 390 px wide, by touch; and no breaking at 320 px."""

import pytest
from harness.browsers import CHROMIUM
from harness.oracle import post, terminal
from harness.page import DEFAULT_ANSWERS

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
OVERFLOW = "() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"

# What is smaller than 44 px in either direction and can be touched.
SMALL_TARGETS = """() => [...document.querySelectorAll('button, input, select, a[href], [tabindex="0"]')]
  .filter(e => e.checkVisibility({ checkVisibilityCSS: true }) && e.type !== 'file')
  .map(e => [e, e.getBoundingClientRect()])
  .filter(([, box]) => box.width > 1 && box.height > 1 && (box.width < 43.5 || box.height < 43.5))
  .map(([e, box]) => `${e.getAttribute('aria-label') || e.textContent.trim()} ${box.width}×${box.height}`)"""

IN_VIEW = """name => {
  const box = document.querySelector(`output[name="${name}"]`).getBoundingClientRect()
  const { left, right, top, bottom } = box
  return box.width > 0 && left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight
}"""


@pytest.fixture(scope="module")
def shared_phone(browsers, site):
    page = browsers.page(CHROMIUM, **PHONE)
    page.open(site.url)
    page.wait_ready()
    yield page
    page.close()


@pytest.fixture
def phone(shared_phone):
    """One phone for all tests, with the post's table in it."""
    shared_phone.look(390, 844, "light")
    shared_phone.restore()
    yield shared_phone
    assert shared_phone.problems() == []


def tap(page, role: str, name: str) -> None:
    page.page.get_by_role(role, name=name, exact=True).tap()


def test_the_question_and_its_answer_are_seen_without_scrolling(phone):
    phone.wait_answers(DEFAULT_ANSWERS, 1e-12)
    assert phone.evaluate(IN_VIEW, "row-5-y")


def test_a_row_is_added_and_filled_in_by_touch(phone, tmp_path):
    tap(phone, "button", "Add row")
    phone.wait_until(lambda: len(phone.rows()) == 6, "a sixth row")
    tap(phone, "textbox", "Row 6 x2")
    phone.type("1")
    phone.press("Enter")
    _, expected = terminal(tmp_path, problem=post([*post()["table"]["rows"], [0, 1, 0, None]]))
    phone.wait_answers(expected)
    assert phone.evaluate(IN_VIEW, "row-6-y") or phone.evaluate(OVERFLOW) <= 0


def test_everything_else_works_by_touch_too(phone):
    tap(phone, "button", "Remove row 1")
    phone.wait_until(lambda: len(phone.rows()) == 4, "four rows")
    tap(phone, "button", "Undo")
    phone.wait_default()
    tap(phone, "button", "Reset")
    phone.wait_until(lambda: phone.answer("row-5-y") < 0.9, "the initial answer")
    tap(phone, "button", "Step")
    phone.wait_iteration(1)
    tap(phone, "slider", "Iteration")
    phone.wait_until(lambda: 90 < phone.iteration() < 110, "the middle of the track, which is about 100")
    tap(phone, "button", "Train")
    phone.wait_answers(DEFAULT_ANSWERS, 1e-12)


COVERED = """() => {
  const { left, width, top, height } = document.querySelector('[aria-label="Row 1 y"]').getBoundingClientRect()
  const there = document.elementFromPoint(left + width / 2, top + height / 2)
  return there?.getAttribute('aria-label') !== 'Row 1 y'
}"""


def test_the_question_is_not_under_its_answer_on_the_narrowest_screen(phone):
    phone.look(320, 640, "light")
    phone.evaluate("() => document.querySelector('#data').scrollIntoView()")
    assert phone.evaluate(COVERED) is False


BAR = """() => {
  const bar = document.querySelector('footer')
  return getComputedStyle(bar).position === 'sticky' ? bar.offsetHeight / innerHeight : 0
}"""


def test_the_bar_leaves_the_window_to_the_page(phone):
    found = {}
    for size in ((844, 390), (667, 375), (932, 430), (320, 256), (640, 360), (390, 844)):
        phone.look(*size, "light")
        found[size] = phone.evaluate(BAR)
    assert {size: share for size, share in found.items() if share > 0.25} == {}


SMALL = """() => [...document.querySelectorAll('input, select, textarea')]
  .filter(e => !['file', 'range', 'checkbox', 'radio'].includes(e.type))
  .filter(e => parseFloat(getComputedStyle(e).fontSize) < 16).map(e => e.getAttribute('aria-label') || e.id)"""


def test_nothing_that_is_typed_into_by_touch_is_so_small_that_a_phone_zooms_in_on_it(phone):
    phone.button("Add hidden layer").click()
    for dialog in ("Saved", "Share"):
        phone.button(dialog).click()
        phone.wait_until(phone.dialog, dialog)
        for size in ((390, 844), (844, 390), (820, 1180)):
            phone.look(*size, "light")
            assert phone.evaluate(SMALL) == []
        phone.press("Escape")


def test_a_finger_finds_every_target(phone):
    phone.wait_until(lambda: phone.evaluate("() => document.querySelector('#map [data-case]') !== null"), "every case")
    assert phone.evaluate(SMALL_TARGETS) == []


def test_the_page_never_scrolls_sideways(phone):
    """By how many pixels it would, in each state and width; the table scrolls inside itself."""

    def overflow(state: str) -> dict[tuple[str, int], int]:
        found = {}
        for width in (390, 360, 320):
            phone.look(width, 844, "light")
            found[state, width] = phone.evaluate(OVERFLOW)
        return {at: pixels for at, pixels in found.items() if pixels > 0}

    found = overflow("trained")
    for _ in range(3):
        phone.button("Add input").click()
    phone.wait_until(lambda: len(phone.names()) == 7, "seven columns")
    found |= overflow("seven columns")
    phone.enter("Row 2 x1", "this is no number")
    phone.wait_status("Row 2", "x1")
    assert found | overflow("an error") == {}


def test_the_buttons_under_the_table_stay_together_by_kind_in_any_face(page):
    """A wide face is played by larger letters: the row may break between adding and CSV, and nowhere else."""
    tops = """letters => {
      document.documentElement.style.setProperty('--small', letters)
      const top = name => Math.round([...document.querySelectorAll('button')]
        .find(button => button.textContent.trim() === name).getBoundingClientRect().top)
      return [['Add row', 'Add input', 'Add output'], ['Import CSV', 'Export CSV']].map(names => names.map(top))
    }"""
    lines = set()
    for width, letters in [
        (1280, "10px"),
        (1280, "13px"),
        (1280, "18px"),
        (1920, "13px"),
        (390, "13px"),
        (320, "13px"),
    ]:
        page.look(width, 844, "light")
        kinds = [set(kind) for kind in page.evaluate(tops, letters)]
        assert [len(kind) for kind in kinds] == [1, 1], (width, letters)
        lines.add(len(kinds[0] | kinds[1]))
    assert lines == {1, 2}
    page.evaluate("() => document.documentElement.style.removeProperty('--small')")
    page.look(1280, 720, "light")


def test_text_can_be_zoomed(phone):
    content = phone.evaluate("() => document.querySelector('meta[name=viewport]').content")
    assert "user-scalable=no" not in content
    assert "maximum-scale" not in content


def test_text_at_twice_its_size_breaks_nothing(engine, open_page, light_site):
    page = open_page(light_site, viewport={"width": 640, "height": 480}, device_scale_factor=2)  # 1280 px at 200 %
    assert page.evaluate(OVERFLOW) <= 0
    assert page.button("Train").exists()
