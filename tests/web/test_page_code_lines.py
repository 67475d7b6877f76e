"""The lines of the program as they are read: where they wrap, how they stay, and their explanation in sight."""

import itertools

from harness.links import POST, go, link_of
from harness.page import START_TIMEOUT
from test_page_values import lines, wait_beside

# Of each line its indentation and, where it wraps, how much further in its rest begins, in characters.
HANGS = """() => [...document.querySelectorAll('#listing code')].map(code => {
  const text = code.textContent
  const range = document.createRange()
  range.selectNodeContents(code)
  const rows = new Map()
  for (const { top, left, height } of range.getClientRects()) {
    const row = Math.round((top + height / 2) / 13)
    rows.set(row, Math.min(left, rows.get(row) ?? Infinity))
  }
  const lefts = [...rows].sort(([one], [other]) => one - other).map(([, left]) => left)
  const canvas = document.createElement('canvas').getContext('2d')
  canvas.font = getComputedStyle(code).font
  const width = canvas.measureText('0').width
  const hangs = lefts.slice(1).map(left => Math.round((left - lefts[0]) / width))
  return { indent: text.length - text.trimStart().length, hangs }
})"""
HEIGHTS = "() => [...document.querySelectorAll('#listing li')].map(line => line.offsetHeight)"


def assert_hanging(lines_of_page: list[dict], *indents: int) -> None:
    wrapped = [line for line in lines_of_page if line["hangs"]]
    assert {line["indent"] for line in wrapped} == set(indents)
    for line in wrapped:
        assert set(line["hangs"]) == {min(line["indent"] + 4, 16)}, line


def test_a_line_that_wraps_goes_on_further_in_than_it_began(page):
    for width in (390, 320):
        page.look(width, 844, "light")
        wait_beside(page, 9, "0.99994")
        assert_hanging(page.evaluate(HANGS), 0, 4)


def test_so_do_deep_lines_of_a_learners_own(page):
    long = "print('a line that is long enough to wrap', 'in a narrow window', 'and goes on for ever')"
    deep = "".join(f"{'    ' * depth}if {depth} == {depth}:\n" for depth in range(5))
    code = f"{deep}{' ' * 20}{long}\nif True:\n  {long}\n"
    page.look(390, 844, "light")
    go(page, link_of({**POST, "code": code}))
    page.wait_until(lambda: lines(page) == code.splitlines(), "the code of the link", START_TIMEOUT)
    assert_hanging(page.evaluate(HANGS), 20, 2)


def test_no_line_wraps_anew_while_iterations_pass(page):
    seen = {}
    for iteration in (10_000, 0, 1, 2, 7, 30, 200, 1_500, 9_999):
        page.seek(iteration)
        if iteration < 10_000:
            wait_beside(page, 6, f"{iteration:,}")
        for width in (1280, 1000, 700, 390, 320):
            page.look(width, 844, "light")
            seen.setdefault(width, {})[iteration] = page.evaluate(HEIGHTS)
    different = {width: len({str(heights) for heights in at.values()}) for width, at in seen.items()}
    assert different == dict.fromkeys(seen, 1), seen


MEASURED = "() => document.querySelector('#settings').textContent"
PLACES = """(line, text) => {
  const of = e => e.getBoundingClientRect()
  const item = [...document.querySelectorAll(`#listing li[data-line="${line}"] .part`)]
    .find(part => part.textContent === text)
  const { left, top, width, height } = item.getClientRects()[0]
  const on = document.elementFromPoint(left + width / 2, top + height / 2)
  return { heading: of(document.querySelector('#part h3')), says: document.querySelector('#part h3').textContent,
    about: of(document.querySelector('#about p')), bar: of(document.querySelector('footer')).top,
    isOpen: item.contains(on), height: innerHeight }
}"""


TAPPED = ((7, "training_set_inputs"), (8, "output"), (9, "synaptic_weights"), (6, "iteration"))


def test_what_is_tapped_is_explained_in_sight_and_not_covered(engine, open_page):
    page = open_page(viewport={"width": 390, "height": 844}, has_touch=True)
    page.evaluate("() => document.querySelector('#listing').scrollIntoView()")
    wait_beside(page, 9, "0.99994")
    page.wait_until(lambda: "s, compiled" in page.evaluate(MEASURED), "the last that moves the page by itself")
    for size, (line, text) in itertools.product(((390, 844), (360, 640), (844, 390)), TAPPED):
        page.look(*size, "light")
        page.page.locator(f'#listing [aria-label="{text}, line {line}"]').first.tap()

        def is_in_sight(line=line, text=text) -> bool:
            seen = page.evaluate(PLACES, line, text)
            inside = [seen["heading"], seen["about"]]
            return (
                seen["says"] == text
                and seen["isOpen"]
                and all(one["top"] >= 0 and one["top"] + 16 <= min(seen["bar"], seen["height"]) for one in inside)
            )

        page.wait_until(is_in_sight, f"{text} explained: {page.evaluate(PLACES, line, text)}")


# How many characters each line has room for, and whether its code and value are apart and within the listing.
ROOMS = """() => [...document.querySelectorAll('#listing li')].map(line => {
  const [code, chip] = [line.querySelector('code'), line.querySelector('.chip')].map(e => e?.getBoundingClientRect())
  const box = document.querySelector('#listing').getBoundingClientRect()
  const isUnder = chip && chip.top >= code.bottom - 1
  return {
    characters: (line.clientWidth - 3.4 * 13) / 7.83, height: code.height, isUnder: Boolean(isUnder),
    isWhole: !chip || (chip.left >= box.left && chip.right <= box.right && (isUnder || chip.left >= code.right - 16.5)),
  }
})"""
INNER_SCROLL = """() => {
  const { scrollHeight, clientHeight } = document.querySelector('#listing')
  return scrollHeight - clientHeight
}"""


def test_code_has_the_width_of_its_card_and_a_value_that_has_no_room_beside_it_stands_under_it(page):
    page.choose("Example", "XOR")
    wait_beside(page, 19, "0.013275")
    under = {}
    for width in (320, 390, 768, 1024, 1280, 1920):
        page.look(width, 844, "light")
        rooms = page.evaluate(ROOMS)
        assert [room for room in rooms if not room["isWhole"]] == [], width
        assert all(room["characters"] >= 24 for room in rooms), width
        assert page.evaluate(INNER_SCROLL) <= 0, f"the listing scrolls inside at {width}"
        under[width] = sum(room["isUnder"] for room in rooms)
    assert under[320] > under[768] > under[1280], under
    page.choose("Example", "The post’s table")


def test_the_explanation_is_in_sight_beside_the_code_or_under_it(page):
    wait_beside(page, 9, "0.99994")
    for width, height, is_beside in ((1920, 1080, True), (1280, 900, False), (1024, 768, False), (390, 844, False)):
        page.look(width, height, "light")
        page.evaluate("() => document.querySelector('#listing li').focus()")
        for line in range(1, 10):
            page.press("ArrowDown" if line > 1 else "Home")
            page.wait_until(
                lambda: page.evaluate(IN_SIGHT) == [True, True], f"line {line} and what is said of it at {width}"
            )
        assert page.evaluate(IS_BESIDE) == is_beside, width


# The line that has the focus above what covers it, and the words on it above the bar.
IN_SIGHT = """() => {
  const at = document.activeElement.getBoundingClientRect()
  const part = document.querySelector('#part').getBoundingClientRect()
  const says = document.querySelector('#about p').getBoundingClientRect()
  const bar = document.querySelector('footer').getBoundingClientRect().top
  const isUnder = part.left < at.right
  return [at.top >= 0 && at.bottom <= (isUnder ? part.top : bar) + 1, says.top >= 0 && says.top + 16 <= bar]
}"""
IS_BESIDE = """() => document.querySelector('#part').getBoundingClientRect().left >=
  document.querySelector('#listing').getBoundingClientRect().right - 1"""


def test_where_only_the_top_of_the_card_is_in_sight_it_is_the_program_that_is_seen(page):
    for width, height in ((1280, 900), (390, 844)):
        page.look(width, height, "light")
        page.evaluate("""() => {
          const room = innerHeight - document.querySelector('footer').offsetHeight - 120
          scrollTo(0, document.querySelector('#listing').getBoundingClientRect().top + scrollY - room)
        }""")
        page.wait_until(lambda: page.evaluate(ON_TOP) is True, f"the second line at {width}")


# Whether a click in the middle of the second line is one on it.
ON_TOP = """() => {
  const line = document.querySelector('#listing li:nth-child(2)')
  const { left, top } = line.querySelector('code').getBoundingClientRect()
  return line.contains(document.elementFromPoint(left + 60, top + 12))
}"""
