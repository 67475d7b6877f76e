"""A setting's control follows from its kind: it trains at once, can be undone, and travels in the link."""

import pytest
from harness.links import problem_of
from harness.oracle import post, terminal
from harness.page import DEFAULT_ANSWERS

SUMMARY = "() => document.querySelector('.more > button').innerText.trim()"
IS_OPEN = "() => document.querySelector('.more > button').ariaExpanded === 'true'"
DESCRIBED = """id => {
  const control = document.getElementById(id)
  return document.getElementById(control.getAttribute('aria-describedby')).innerText
}"""


@pytest.fixture
def more(page):
    """The page with what is one click away open."""
    assert not page.evaluate(IS_OPEN)
    page.toggle_more_settings()
    yield page
    assert page.evaluate(IS_OPEN), "it stays open until it is closed"
    page.toggle_more_settings()


def wait_trained(page, tmp_path, **training):
    _, expected = terminal(tmp_path, problem=post(**training))
    page.wait_answers(expected)
    page.wait_until(
        lambda: problem_of(page.evaluate("() => location.href"))["training"].items() >= training.items(), "the link"
    )


def test_settings_train_undo_and_travel_in_the_link(more, tmp_path):
    more.set("Batch size", "2")
    wait_trained(more, tmp_path, batch_size=2)
    more.choose("Optimizer", "momentum")
    wait_trained(more, tmp_path, batch_size=2, optimizer="momentum")
    more.set("Batch size", "none")
    more.wait_status("Batch size is “none”.")
    assert more.box("Batch size").invalid()
    more.box("Batch size").click()
    more.press("Control+a", "Delete")
    wait_trained(more, tmp_path, batch_size=None, optimizer="momentum")
    more.button("Undo").click()
    more.button("Undo").click()
    wait_trained(more, tmp_path, batch_size=2, optimizer="momentum")
    more.button("Undo").click()
    wait_trained(more, tmp_path, batch_size=2, optimizer="gd")
    more.button("Undo").click()
    more.wait_answers(DEFAULT_ANSWERS, 1e-12)


def test_every_setting_one_click_away_changes_the_training(more, tmp_path):
    for label, choice, changed in [
        ("Optimizer", "Adam", {"optimizer": "adam"}),
        ("Loss", "mean squared error", {"loss": "mean_squared"}),
        ("Initial weights", "Glorot", {"initial": "glorot"}),
    ]:
        more.choose(label, choice)
        wait_trained(more, tmp_path, **changed)
        more.button("Undo").click()
    for label, name in [("L2", "l2"), ("L1", "l1")]:
        more.set(label, "0.01")
        wait_trained(more, tmp_path, **{name: 0.01})
        more.button("Undo").click()
    more.wait_answers(DEFAULT_ANSWERS, 1e-12)


def test_what_differs_from_the_post_is_said_and_has_a_way_back(more, tmp_path):
    assert more.evaluate(SUMMARY) == "More settings"
    more.choose("Loss", "mean squared error")
    _, expected = terminal(tmp_path, problem=post(loss="mean_squared"))
    more.wait_answers(expected)
    assert more.evaluate(SUMMARY) == "More settings: mean squared error"
    more.set("L2", "0.001")
    more.wait_until(lambda: more.evaluate(SUMMARY) == "More settings: mean squared error, L2 0.001", "both")
    more.button("L2: back to 0").click()
    more.button("Loss: back to squared error").click()
    more.wait_answers(DEFAULT_ANSWERS, 1e-12)
    assert more.evaluate(SUMMARY) == "More settings"
    assert more.focused() == "Loss"


def test_what_a_setting_does_is_read_out_with_it(more):
    assert more.evaluate(DESCRIBED, "training.loss").startswith("What training makes small")
    assert "Usual: 8 to 32" in more.evaluate(DESCRIBED, "training.batch_size")


def test_a_refused_setting_is_in_sight(page):
    page.toggle_more_settings()
    page.choose("Output activation", "softmax")
    page.wait_status("softmax")
    page.toggle_more_settings()
    page.wait_until(lambda: page.evaluate(IS_OPEN), "what is refused to be in sight")
    page.button("Undo").click()
    page.wait_answers(DEFAULT_ANSWERS, 1e-12)
    page.wait_until(lambda: not page.evaluate(IS_OPEN), "it to be closed again")


def test_a_wrong_number_has_its_sentence_beside_its_hint_and_keeps_its_hint(more):
    """A screen reader speaks both when the focus comes to it."""
    described = "e => e.getAttribute('aria-describedby')"
    box = more.box("L2")
    more.set("L2", "-1")
    more.wait_status("L2 is -1")
    more.box("L1").click()
    box.click()
    assert box.evaluate(described) == "training.l2-hint status"
    more.press("Control+a")
    more.type("0")
    more.box("L1").click()
    assert box.evaluate(described) == "training.l2-hint"


def test_of_a_table_that_cannot_train_the_curve_is_said_to_be_of_before(more):
    more.set("L2", "-1")
    more.wait_until(lambda: more.curve().startswith("Before the last change: Error: "), "that it is of before")
    says = "() => document.querySelector('#code-says').textContent"
    more.wait_until(lambda: "This program is what the page trained last." in more.evaluate(says), "its program, too")
    more.button("Undo").click()
    more.wait_until(lambda: more.curve().startswith("Error: "), "the curve")
    more.wait_until(lambda: "This program is what the page trains." in more.evaluate(says), "its program")


def test_numbers_of_five_digits_are_seen_whole_on_a_phone(engine, open_page, light_site):
    page = open_page(light_site, viewport={"width": 390, "height": 844}, has_touch=True)
    page.choose("Example", "Circle")
    page.wait_status("trained 500 iterations")
    cut = """() => [...document.querySelectorAll('.data tbody input')]
      .filter(e => e.scrollWidth > e.clientWidth).map(e => `${e.ariaLabel}: ${e.value}`)"""
    assert page.evaluate(cut) == []
