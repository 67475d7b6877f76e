"""More settings: closed at first, each with what it does in sight and a way back; what differs from the post is said."""

from harness.oracle import post, terminal
from harness.page import DEFAULT_ANSWERS

SUMMARY = "() => document.querySelector('details.more summary').innerText.trim()"
OPEN = "() => document.querySelector('details.more').open"
OPEN_IT = "() => document.querySelector('details.more summary').click()"


def test_a_setting_one_click_away_trains_is_told_and_has_a_way_back(page, tmp_path):
    assert not page.evaluate(OPEN)
    assert page.evaluate(SUMMARY) == "More settings"
    page.evaluate(OPEN_IT)
    page.choose("Loss", "mean squared error")
    _, expected = terminal(tmp_path, problem=post(loss="mean_squared"))
    page.wait_answers(expected)
    assert page.evaluate(SUMMARY) == "More settings: mean squared error"
    page.button("Loss: back to squared error").click()
    page.wait_answers(DEFAULT_ANSWERS, 1e-12)
    assert page.evaluate(SUMMARY) == "More settings"
    assert page.focused() == "Loss"
    assert page.evaluate(OPEN), "it stays open"
    page.evaluate(OPEN_IT)


def test_what_a_setting_does_is_read_out_with_it(page):
    page.evaluate(OPEN_IT)
    described = """() => {
      const control = document.getElementById('training.loss')
      return document.getElementById(control.getAttribute('aria-describedby')).innerText
    }"""
    assert page.evaluate(described).startswith("What training makes small")
    page.evaluate(OPEN_IT)
