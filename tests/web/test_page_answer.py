"""The post's question and its answer: in the HTML, and as Python computes it in every engine."""

import pytest
from harness.browsers import ALL_ENGINES, CHROMIUM, FIREFOX, WEBKIT
from harness.oracle import initial_weights, post
from harness.page import DEFAULT_NAMES, DEFAULT_ROWS, POST_ANSWER

in_all_engines = pytest.mark.engines(*ALL_ENGINES)
in_two_engines = pytest.mark.engines(CHROMIUM, FIREFOX)


@in_all_engines
def test_python_in_the_page_answers_the_post(page):
    page.wait_status("trained 10,000 iterations")
    assert page.answer("row-5-y") == pytest.approx(POST_ANSWER, rel=0, abs=1e-12)
    assert page.answer_text("row-5-y") == "0.99994"
    assert page.names() == DEFAULT_NAMES
    assert page.rows() == DEFAULT_ROWS


@in_all_engines
def test_the_answer_is_the_workers_not_the_one_in_the_html(page):
    page.enter("Row 2 y", "0")
    page.wait_other_answer()
    page.enter("Row 2 y", "1")
    page.wait_answers({"row-5-y": POST_ANSWER}, 1e-12)


@in_all_engines
def test_the_initial_weights_are_the_posts_to_the_last_bit(page):
    page.button("Reset").click()
    expected = initial_weights(post()).tolist()
    page.wait_until(lambda: page.weights() == expected, f"the weights {expected}, not {page.weights()}")
    page.wait_until(lambda: page.answer("row-5-y") != POST_ANSWER, "the answer of the initial weights")


def test_the_status_says_what_happened_in_words(page):
    said = page.wait_status("Row 5, y: 0.99994, likely 1.", "Trained 10,000 iterations in")
    assert said.endswith((" ms.", " s."))


@in_two_engines
def test_the_page_marks_when_python_was_ready_and_when_it_first_answered(page):
    read = "name => performance.getEntriesByName(name, 'mark').map(mark => mark.startTime)"
    (ready,) = page.evaluate(read, "tenlines:engine-ready")
    (first,) = page.evaluate(read, "tenlines:first-prediction")
    assert 0 < ready <= first


NAMES = {
    "table": ["Data"],
    "button": [
        *("Add row", "Add input", "Add output", "Undo", "Redo", "Import CSV", "Export CSV"),
        *("Train", "Reset", "New random start", "Remove row 1", "Remove column x1", "Numbers"),
    ],
    "textbox": [
        *("Iterations", "Learning rate", "Random start", "Name of input 1", "Name of output 1"),
        *("Row 1 x1", "Row 5 y"),
    ],
}


@pytest.mark.engines(CHROMIUM, WEBKIT)
@pytest.mark.parametrize("role", NAMES)
def test_everything_has_the_name_that_people_and_screen_readers_share(page, role):
    assert [name for name in NAMES[role] if not page.find(role, name).exists()] == []


def test_the_error_is_drawn_as_an_image_with_a_name(page):
    charts = "() => [...document.querySelectorAll('[role=img]')].map(e => e.getAttribute('aria-label'))"
    assert any(name and name.startswith("Error") for name in page.evaluate(charts))
