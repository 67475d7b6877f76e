"""What is found out after the answer: other random starts as dots, and the strip that says why, with its mend."""

import re

import pytest
from harness.browsers import ALL_ENGINES, CHROMIUM, FIREFOX
from harness.links import link_of
from harness.oracle import post
from harness.page import DEFAULT_ANSWERS, START_TIMEOUT


def problem(inputs, rows, *, hidden=(), bias=False, **training):
    return {
        "table": {"inputs": inputs, "outputs": ["y"], "rows": rows},
        "network": {
            "hidden": [{"units": units, "activation": activation} for units, activation in hidden],
            "output": "sigmoid",
            "bias": bias,
        },
        "training": training,
    }


XOR = problem(["a", "b"], [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0], [1, 1, None]])
FEW = problem(
    ["a", "b"],
    [[1, 0, 1], [0, 1, 0], [1, 1, None], [-1, -1, None]],
    hidden=[(3, "tanh")],
    bias=True,
    learning_rate=0.3,
)
CAUSE = "() => document.querySelector('[data-cause]')?.dataset.cause ?? null"
OTHERS = """() => [...document.querySelectorAll('.diagnosis li')]
  .filter(item => item.checkVisibility()).map(item => item.dataset.other)"""
MENDS = """() => [...document.querySelectorAll('.diagnosis .mend')]
  .filter(button => button.checkVisibility()).map(button => button.textContent.trim())"""
STARTS = "() => [...document.querySelectorAll('.starts')].map(dots => dots.dataset.starts ?? null)"
NAMES = "() => [...document.querySelectorAll('.starts .visually-hidden')].map(name => name.textContent)"
FOCUSED = "() => document.activeElement.querySelector('.visually-hidden')?.textContent"
VALUES = "() => [...document.querySelectorAll('.other-starts li')].map(item => item.textContent.trim())"
TOPS = """() => ['data', 'network', 'map', 'training'].map(name => {
  const { left, top, width } = document.querySelector(`[data-panel=${name}]`).getBoundingClientRect()
  return [left, top, width].map(Math.round)
})"""


@pytest.fixture
def opened(open_page, site):
    """A page, NumPy and all, with a problem in it, once something has been found of it."""

    def opened(of: dict, more: str = "", cause: str | None = None, **options):
        page = open_page(site, at=link_of({**of, "training": {**post()["training"], **of["training"]}}) + more)
        if options:
            page.look(*options["size"], "light")
        if cause:
            page.wait_until(lambda: page.evaluate(CAUSE) == cause, cause, START_TIMEOUT)
        return page

    return opened


def votes(page, *expected: str) -> None:
    page.wait_until(lambda: page.evaluate(STARTS) == list(expected), f"the votes {expected}", START_TIMEOUT)


@pytest.mark.engines(*ALL_ENGINES)
def test_the_post_is_settled_and_nothing_is_said_against_it(page):
    votes(page, "20/20")
    assert page.evaluate(NAMES) == ["Row 5 y: 20 of 20 other random starts say so"]
    page.wait_until(lambda: page.evaluate(CAUSE) is None, "what was said of another table to go")
    assert page.evaluate("() => document.querySelector('#diagnosis').getBoundingClientRect().height") == 0


@pytest.mark.engines(CHROMIUM, FIREFOX)
def test_the_strip_says_why_and_mends_it_and_undo_takes_that_back(engine, opened):
    page = opened(XOR, cause="not-separable")
    (mend, *_) = page.evaluate(MENDS)
    assert "hidden layer" in mend
    page.button(mend).click()
    page.wait_until(lambda: page.evaluate(CAUSE) != "not-separable", "the strip to go", START_TIMEOUT)
    assert page.box("Hidden layer 1 units").exists()
    page.wait_until(lambda: "rows right" in page.evaluate("() => document.querySelector('#fit').innerText"), "a fit")
    page.button("Undo").click()
    page.wait_until(lambda: page.evaluate(CAUSE) == "not-separable", "the strip again", START_TIMEOUT)


def test_by_keyboard_a_mend_leaves_the_focus_where_the_answer_is(engine, opened):
    page = opened(XOR, cause="not-separable")
    page.cell("Row 2 b").click()
    page.button(page.evaluate(MENDS)[0]).focus()
    page.press("Enter")
    page.wait_until(lambda: page.evaluate(CAUSE) is None, "the strip to go", START_TIMEOUT)
    page.wait_until(lambda: page.evaluate("() => document.activeElement.id") == "data", "the table to have the focus")
    page.press("ArrowDown")
    assert page.focused() == "Row 3 b"


def test_the_other_causes_are_one_click_away(engine, opened):
    page = opened(XOR, cause="not-separable")
    assert page.evaluate(OTHERS) == []
    more = page.page.get_by_role("button", name=re.compile(r"^\d more$"))
    more.click()
    assert more.get_attribute("aria-expanded") == "true"
    others = page.evaluate(OTHERS)
    assert len(others) == int(more.inner_text().split()[0])
    assert "not-separable" not in others
    more.click()
    assert page.evaluate(OTHERS) == []


def test_it_stands_below_the_cards_without_moving_them_and_on_a_phone_below_the_table(engine, opened):
    page = opened(post([[0, 0, 1, 0], [1, 1, 1, 1], [1, 1, 1, None]]), size=(1280, 860))
    page.wait_until(lambda: page.evaluate(STARTS) not in ([], [None]), "all that is found", START_TIMEOUT)
    before = page.evaluate(TOPS)
    page.enter("Row 2 y", "0")
    page.wait_until(lambda: page.evaluate(CAUSE), "a cause", START_TIMEOUT)
    assert page.evaluate(TOPS) == before
    order = """() => [...document.querySelectorAll('main > [data-panel], #diagnosis')]
      .sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)
      .map(card => card.dataset.panel ?? card.id)"""
    shown = page.evaluate(order)
    assert shown.index("network") < shown.index("diagnosis") < shown.index("code")
    for width in (390, 320):
        page.look(width, 844, "light")
        assert page.evaluate(order)[:3] == ["data", "diagnosis", "network"]
        assert page.evaluate("() => document.scrollingElement.scrollWidth") <= width


def test_starts_that_fit_and_disagree_are_said_to(engine, opened):
    page = opened(FEW, cause="undetermined")
    page.wait_until(lambda: all(page.evaluate(STARTS)), "all starts")
    said = page.evaluate("() => [...document.querySelectorAll('.asked.says')].map(e => e.getAttribute('aria-label'))")
    unsettled = [name for name in said if name.endswith(", the table does not settle this")]
    assert unsettled
    assert "not settled" in page.evaluate("() => [...document.querySelectorAll('.word')].map(e => e.textContent)")
    page.wait_status("the table does not settle this")
    assert any("otherwise" in name for name in page.evaluate(NAMES))


@pytest.mark.engines(CHROMIUM, FIREFOX)
def test_the_dots_are_a_place_of_the_table_and_show_what_each_start_says(engine, page):
    votes(page, "20/20")
    page.cell("Row 5 y").click()
    page.press("ArrowRight")
    name = "Row 5 y: 20 of 20 other random starts say so"
    assert page.evaluate(FOCUSED) == name
    page.press("ArrowLeft")
    assert page.focused() == "Row 5 y"
    page.press("ArrowRight", "ArrowUp")
    assert page.focused() == "Row 4 y"
    dots = page.button(name)
    dots.focus()
    page.press("Enter")
    assert dots.attribute("aria-expanded") == "true"
    values = page.evaluate(VALUES)
    assert len(values) == 20
    assert sorted(int(re.findall(r"\d+", value)[0]) for value in values) == list(range(2, 22)), "each start once"
    assert page.evaluate("() => document.querySelector('.other-starts').innerText").count("say the same") == 1
    page.button("Close what other random starts say").focus()
    page.press("Escape")
    page.wait_until(lambda: page.evaluate(VALUES) == [], "it to close")
    assert page.evaluate(FOCUSED) == name
    assert page.rows()[4] == ["1", "0", "0", "?"], "nothing has been removed or typed"


def test_an_edit_has_other_starts_tried(engine, page):
    votes(page, "20/20")
    page.enter("Row 5 y", "1")
    page.wait_until(lambda: page.evaluate(STARTS) == [], "no dots where nothing is asked")
    page.enter("Row 1 y", "?")
    page.wait_until(lambda: [each for each in page.evaluate(STARTS) if each], "the starts of the other cell", 30)
    page.button("Undo").click()
    page.button("Undo").click()
    page.wait_answers(DEFAULT_ANSWERS)
    votes(page, "20/20")


def test_in_another_page_it_goes_with_the_table_and_mends_nothing_that_is_read_only(engine, opened):
    page = opened(XOR, "&show=data,network&readonly=1", cause="not-separable")
    assert page.evaluate(MENDS) == []
    page = opened(XOR, "&show=network,code")
    page.wait_until(lambda: page.evaluate(CAUSE), "what is found", START_TIMEOUT)
    assert not page.evaluate("() => document.querySelector('.diagnosis').checkVisibility()")


def test_what_takes_long_is_tried_only_when_it_is_asked_for(engine, opened):
    rows = [[at / 600, (at * 7 % 13) / 13, at % 2] for at in range(600)]
    page = opened(problem(["a", "b"], [[0.5, 0.5, None], *rows], hidden=[(16, "tanh")], bias=True, iterations=40_000))
    button = page.page.get_by_role("button", name=re.compile(r"^Try 20 other starts \(about .+\)$"))
    page.wait_until(lambda: button.count() == 1, "the button", START_TIMEOUT)
    assert page.evaluate(STARTS) == []
    button.click()
    page.wait_until(lambda: page.page.get_by_text("Trying 20 other starts…").count() == 1, "that it is under way")
