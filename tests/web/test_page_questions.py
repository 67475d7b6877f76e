"""The questions of each card: their answers have the page's own numbers, and follow them as long as they are open."""

import re

import pytest
from harness.links import POST, go, link_of
from test_page_accessibility import violations

from tenlines.problem import Problem
from tenlines.training.run import Run

SIZES = [320, 390, 768, 1024, 1280, 1920]
CARDS = ["data", "network", "map", "training", "pass"]

ASKED = """() => Object.fromEntries([...document.querySelectorAll('.questions')].map(root =>
  [root.dataset.card, root.hidden ? [] : [...root.querySelectorAll('button')].map(b => b.textContent.trim())]))"""
ANSWER = (
    """card => [...document.querySelectorAll(`[data-card=${card}] .reply-text p`)].map(p => p.textContent).join(' ')"""
)
TOLD_OF = """card => {
  const { iteration, row } = document.querySelector(`[data-card=${card}] .reply-text`)?.dataset ?? {}
  return [Number(iteration), Number(row)]
}"""
CELLS = """card => [...document.querySelectorAll(`[data-card=${card}] .small-table tr`)]
  .map(row => [...row.cells].map(cell => cell.textContent))"""
DRAWN = """() => ({
  label: document.querySelector('.parted [role=img]').getAttribute('aria-label'),
  lines: document.querySelectorAll('.parted line').length,
  ones: document.querySelectorAll('.parted [role=img] .one').length,
  zeros: document.querySelectorAll('.parted [role=img] .zero').length,
})"""
SAID = "card => document.querySelector(`[data-card=${card}] [aria-live]`).textContent"
IN_SIGHT = """card => {
  const { top } = document.querySelector(`[data-card=${card}] .reply`).getBoundingClientRect()
  return top >= 0 && top < document.querySelector('footer').getBoundingClientRect().top
}"""
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALLEST = """() => [...document.querySelectorAll('.questions *')]
  .filter(e => e.checkVisibility() && e.childNodes.length)
  .map(e => parseFloat(getComputedStyle(e).fontSize)).reduce((a, b) => Math.min(a, b), 99)"""
TOPS = "() => [...document.querySelectorAll('.card')].map(card => Math.round(card.getBoundingClientRect().height))"

XOR = {
    "table": {
        "inputs": ["x1", "x2"],
        "outputs": ["y"],
        "rows": [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0], [1, 1, None]],
    },
    "network": {"hidden": [{"units": 4, "activation": "sigmoid"}], "bias": True},
    "training": {},
}


def ask(page, card: str, question: str) -> str:
    """Press a question, and read its answer."""
    page.button(question).click()
    return page.wait_until(lambda: page.evaluate(ANSWER, card), f"the answer to {question}")


@pytest.fixture
def page(page):
    """What is open on the page, which tests share, is closed behind each."""
    yield page
    page.evaluate("() => document.querySelectorAll('.questions [aria-expanded=true]').forEach(b => b.click())")


def test_each_card_has_its_questions(page):
    asked = page.evaluate(ASKED)
    assert list(asked) == CARDS
    assert asked["data"] == ["Why 0.99 and not 1?", "Why can it never be exactly 1?", "How sure is it?"]
    assert (asked["map"], len(asked["pass"])) == ([], 2)
    page.choose("Example", "XOR")
    page.wait_until(lambda: page.evaluate(ASKED)["map"] == ["Why can one neuron not learn XOR?"], "the map’s question")
    page.choose("Example", "Sine")
    page.wait_until(lambda: page.evaluate(ASKED)["data"] == ["How sure is it?"], "a linear output’s questions")


def test_an_answer_has_the_numbers_on_show_and_follows_the_slider_the_row_and_the_table(page):
    said = ask(page, "data", "Why 0.99 and not 1?")
    assert "Row 5’s answer for y is 0.99994" in said
    assert page.button("Why 0.99 and not 1?").attribute("aria-expanded") == "true"
    for iteration in (0, 100):
        page.seek(iteration)
        page.wait_until(lambda at=iteration: page.evaluate(TOLD_OF, "data") == [at, 5], "that of the iteration")
        run = Run(Problem.from_dict({**POST, "training": {"iterations": max(iteration, 1)}}))
        answer = run.seek(iteration, 60)[1].outputs[4, 0]
        assert f"answer for y is {answer:.5f}".rstrip("0") in page.evaluate(ANSWER, "data")
    page.button("Previous row").click()
    page.wait_until(lambda: "Row 4’s answer" in page.evaluate(ANSWER, "data"), "that of the row")
    page.enter("Row 4 y", "1")
    page.wait_other_answer()
    page.wait_until(lambda: page.evaluate(TOLD_OF, "data") == [10_000, 5], "that of the new table, and the row below")
    shown = round(page.answer("row-5-y"), 5)
    page.wait_until(lambda: f"answer for y is {shown}" in page.evaluate(ANSWER, "data"), f"an answer about {shown}")


def test_one_answer_is_open_in_a_card_and_escape_closes_it(page):
    ask(page, "network", "What is a weight?")
    ask(page, "training", "What is the error, and why does it fall?")
    page.button("What does the bias do?").focus()
    page.press("Enter")
    page.wait_until(lambda: "A bias is" in page.evaluate(ANSWER, "network"), "the answer about the bias")
    assert page.button("What is a weight?").attribute("aria-expanded") == "false"
    page.press("Escape")
    assert page.evaluate(ANSWER, "network") == ""
    assert page.focused() == "What does the bias do?"
    assert "The error says" in page.evaluate(ANSWER, "training"), "another card’s stays open"


def test_it_is_said_aloud_once(page):
    said = ask(page, "training", "What is the error, and why does it fall?")
    assert page.evaluate(SAID, "training") == said
    page.seek(10)
    page.wait_until(lambda: page.evaluate(TOLD_OF, "training")[0] == 10, "that of the iteration")
    assert page.evaluate(ANSWER, "training") != said
    assert page.evaluate(SAID, "training") == said, "nothing at each iteration"


def test_the_error_of_the_answer_is_the_pages(page):
    page.seek(10_000)
    said = ask(page, "training", "What is the error, and why does it fall?")
    assert float(re.findall(r"= ([\d.]+)\.", said)[0]) == pytest.approx(page.error(), rel=1e-4)


def test_the_bias_is_shown_on_and_off_side_by_side(page):
    ask(page, "network", "What does the bias do?")
    head, *rows = page.evaluate(CELLS, "network")
    assert head == ["", "without", "with"]
    assert [row[0] for row in rows] == [
        "mean error",
        *(f"row {n}, target {n in (2, 3):d}" for n in range(1, 5)),
        "row 5, ?",
    ]
    assert rows[5][1] == "0.99994", "the post’s answer is that without"


def test_the_two_lines_of_xor_are_drawn(page):
    page.choose("Example", "XOR")
    page.wait_until(lambda: page.evaluate(ASKED)["map"], "the map’s question")
    said = ask(page, "map", "Why can one neuron not learn XOR?")
    assert "each of its 4 units has a line of its own" in said
    drawn = page.evaluate(DRAWN)
    assert (drawn["ones"], drawn["zeros"]) == (2, 2) and drawn["lines"] >= 2
    assert "the lines of h1." in drawn["label"]
    assert violations(page) == []
    page.choose("Example", "The post’s table")
    page.wait_until(lambda: page.evaluate(ASKED)["map"] == [], "no such question")


def test_all_answers_are_open_to_every_reader(page):
    ask(page, "data", "How sure is it?")
    ask(page, "network", "What does the bias do?")
    ask(page, "training", "What is the error, and why does it fall?")
    ask(page, "pass", "What happens in one iteration?")
    assert violations(page) == []


def test_at_every_width_an_answer_opens_in_sight(page):
    size = page.page.viewport_size
    try:
        for width in SIZES:
            page.page.set_viewport_size({"width": width, "height": 800})
            for card, question in (("pass", "What is the slope for?"), ("network", "What does a hidden layer do?")):
                ask(page, card, question)
                page.wait_until(lambda card=card: page.evaluate(IN_SIGHT, card), f"{question} in sight at {width} px")
                assert page.evaluate(TOO_WIDE) == 0
                assert page.evaluate(SMALLEST) >= 13
                page.button(question).click()
    finally:
        page.page.set_viewport_size(size)


@pytest.mark.parametrize("card", ["data", "network", "map", "training", "pass"])
def test_a_card_alone_in_a_frame_has_them_too_and_read_only(open_page, own_site, card):
    page = open_page(own_site, at=f"{link_of(XOR)}&show={card}&readonly=1")
    page.wait_ready()
    place, question = {
        "data": ("data", "How sure is it?"),
        "network": ("network", "What is a weight?"),
        "map": ("map", "Why can one neuron not learn XOR?"),
        "training": ("training", "What is the error, and why does it fall?"),
        "pass": ("pass", "What is the slope for?"),
    }[card]
    page.wait_until(lambda: page.button(question).exists(), "the question")
    assert ask(page, place, question)


def test_where_a_table_is_refused_they_are_of_the_last_that_was_not(page):
    page.enter("Row 2 x3", "abc")
    page.wait_status("Row 2", "x3")
    assert "Now 4 of 4 known cells of y" in ask(page, "data", "How sure is it?")
    page.button("Undo").click()


def test_nothing_moves_when_they_come(open_page, light_site):
    page = open_page(light_site)
    first = page.evaluate(ASKED)
    heights = page.evaluate(TOPS)
    page.wait_ready()
    page.wait_until(lambda: page.evaluate("() => document.querySelector('.questions [id]') !== null"), "the script")
    assert page.evaluate(ASKED) == first
    assert first["data"][0] == "Why 0.99 and not 1?"
    now = page.evaluate(TOPS)
    assert [now[at] for at in (0, 1)] == [heights[at] for at in (0, 1)]


def test_after_a_link_they_are_those_of_its_table(page):
    go(page, link_of(XOR))
    page.wait_until(lambda: page.evaluate(ASKED)["map"], "the map’s question")
