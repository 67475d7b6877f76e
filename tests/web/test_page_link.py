"""The table in the address: what a link opens, and how it is kept up to date."""

import json

import pytest
from harness.browsers import ALL_ENGINES, CHROMIUM, FIREFOX
from harness.links import (
    XOR,
    address,
    go,
    link_of,
    offers,
    packed,
    problem_of,
    said_in,
    shared_link,
    shared_weights,
    trained_of,
)
from harness.oracle import post, post_program, terminal
from harness.page import DEFAULT_ANSWERS
from harness.saved import EMPTY, KEPT, LARGE, kept_with, names_kept
from hypothesis import HealthCheck, Phase, given, settings
from strategies import problems, tables

from tenlines.examples import examples
from tenlines.problem import Problem
from tenlines.training.frames import doubles
from tenlines.training.run import Run

in_all_engines = pytest.mark.engines(*ALL_ENGINES)
# Shrinking takes minutes in a browser; what failed is printed as it was drawn.
in_the_page = settings(
    max_examples=10,  # tests/node tries many
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
in_two_engines = pytest.mark.engines(CHROMIUM, FIREFOX)
CHOSEN = "() => document.querySelector('#example').value"


@in_all_engines
def test_a_link_opens_its_table_its_network_and_its_settings(engine, open_page, light_site, tmp_path):
    page = open_page(light_site, at=link_of(XOR))
    _, expected = terminal(tmp_path, problem=XOR)
    page.wait_answers(expected)
    assert page.names() == ["a", "b", "odd"]
    assert page.rows()[5] == ["0.5", "-2.25", "?"]
    assert page.box("Learning rate").value() == "0.5"
    assert offers(page) == ""


def plain(problem: dict) -> dict:
    return json.loads(json.dumps(problem))


@in_the_page
@given(problem=problems())
def test_link_to_page_to_link_is_the_identity(page, problem):
    go(page, link_of(problem))
    page.wait_until(lambda: problem_of(shared_link(page)) == plain(problem), "the same problem")
    again = shared_link(page)
    go(page, link_of(XOR))
    page.wait_until(lambda: shared_link(page) != again, "another problem between")
    go(page, again.partition("#")[2])
    page.wait_until(lambda: shared_link(page) == again, "the same link")
    page.evaluate("() => { history.replaceState(null, '', location.pathname) }")


@in_the_page
@given(table=tables())
def test_any_table_survives_whatever_its_names_and_numbers(page, table):
    problem = {**post(iterations=1), "table": table}
    go(page, link_of(problem))
    page.wait_until(lambda: problem_of(shared_link(page))["table"] == plain(table), "the same table")


@in_all_engines
def test_the_address_follows_the_edits_and_leaves_no_history(page):
    page.evaluate("() => { history.replaceState(null, '', location.pathname) }")
    before = page.evaluate("() => history.length")
    page.enter("Row 2 y", "0")
    page.wait_until(lambda: problem_of(address(page))["table"]["rows"][1] == [1, 1, 1, 0], "the edit in the address")
    page.upload(b"p,q\n1,2\n3,?\n")
    page.wait_until(lambda: problem_of(address(page))["table"]["inputs"] == ["p"], "the import in the address")
    page.button("Undo").click()
    page.button("Undo").click()
    page.wait_until(lambda: "#" not in address(page), "the bare address of the post's table")
    assert page.evaluate("() => history.length") == before


@in_all_engines
def test_a_reload_goes_on_where_one_was(engine, open_page, light_site, tmp_path):
    page = open_page(light_site)
    page.enter("Row 2 y", "0")
    page.wait_until(lambda: "#v1=" in address(page), "the edit in the address")
    page.reload()
    rows = post()["table"]["rows"]
    _, expected = terminal(tmp_path, problem=post([rows[0], [1, 1, 1, 0], *rows[2:]]))
    page.wait_ready()
    page.wait_answers(expected)


def test_every_example_fits_in_a_link_of_2_kb_that_is_known_by_its_name_and_answers_as_the_terminal(page, tmp_path):
    links = {}
    for name, example in examples().items():
        page.choose("Example", example.title)
        page.wait_until(lambda title=example.title: page.evaluate(CHOSEN) == title, f"the example {name}")
        _, answers = terminal(tmp_path, problem=example.problem)
        page.wait_answers(answers)
        link = shared_link(page)
        assert len(link) < 2000
        links[link.partition("#")[2]] = example.title, answers
    for link, (title, answers) in links.items():
        go(page, link)
        page.wait_until(lambda title=title: page.evaluate(CHOSEN) == title, f"{title} by its link")
        page.wait_answers(answers)


def test_an_example_that_was_edited_is_known_again_by_its_link(page):
    page.choose("Example", "XOR")
    link = shared_link(page)
    page.choose("Example", "The post’s table")
    page.enter("Row 2 y", "0")
    assert page.evaluate(CHOSEN) == "Your own"
    page.wait_until(lambda: problem_of(address(page))["table"]["rows"][1] == [1, 1, 1, 0], "the edit in the address")
    go(page, link.partition("#")[2])
    page.wait_until(lambda: page.evaluate(CHOSEN) == "XOR", "the example's name")


def test_a_link_carries_the_name_that_its_table_was_given(engine, open_page, light_site):
    page = open_page(light_site)
    page.enter("Row 2 y", "0")
    page.wait_until(lambda: page.evaluate(KEPT), "the table to be kept")
    page.button("Saved").click()
    page.set("Name of The post’s table, edited", "Lesson 1")
    page.press("Escape")
    link = shared_link(page)
    assert said_in(link)["name"] == "Lesson 1"
    page.evaluate(EMPTY)
    go(page, link.partition("#")[2])
    page.enter("Row 3 y", "0")
    page.wait_until(lambda: names_kept(page) == ["Lesson 1"], "the learner’s own, under that name")
    assert page.evaluate("() => document.querySelector('#example').value") == "Lesson 1"
    assert page.evaluate("() => document.title") == "Lesson 1 – Tenlines"
    assert said_in(shared_link(page))["name"] == "Lesson 1"


# The next link is read only when letGo() is called: as a long one on a slow tablet.
SLOW_TO_READ = """() => {
  const held = new Promise((resolve) => { window.letGo = resolve });
  const Quick = DecompressionStream;
  window.DecompressionStream = class {
    constructor(format) {
      if (format !== 'deflate-raw') return new Quick(format); // a script of the page's
      window.DecompressionStream = Quick;
      const { readable, writable } = new Quick(format);
      const wait = new TransformStream({ async transform(chunk, to) { await held; to.enqueue(chunk) } });
      Object.assign(this, { writable, readable: readable.pipeThrough(wait) });
    }
  };
}"""
WATCH_ADDRESSES = """() => {
  window.written = [];
  const write = history.replaceState;
  history.replaceState = (...to) => { if (to[2]) window.written.push(to[2]); return write.apply(history, to) };
}"""


def test_an_edit_while_a_link_is_being_opened_does_not_take_its_place_in_the_address(engine, open_page, light_site):
    page = open_page(light_site)
    page.evaluate(WATCH_ADDRESSES)
    page.evaluate(SLOW_TO_READ)
    go(page, link_of(XOR))
    page.enter("Row 2 y", "0")
    page.wait_until(lambda: page.evaluate(KEPT), "the edit to be kept")
    page.evaluate("() => letGo()")
    page.wait_until(lambda: page.names() == ["a", "b", "odd"], "the table of the link")
    page.wait_until(lambda: page.evaluate("() => written.length"), "its address, as the page writes it")
    assert [problem_of(link) for link in page.evaluate("() => written")] == [problem_of(link_of(XOR))]
    page.button("Undo").click()
    page.wait_until(lambda: problem_of(address(page))["table"]["rows"][1] == [1, 1, 1, 0], "the edit, by Undo")


def test_a_link_slow_to_open_does_not_come_over_one_gone_to_since(engine, open_page, light_site):
    page = open_page(light_site)
    page.evaluate(SLOW_TO_READ)
    go(page, packed({"name": "Slow"}))
    go(page, link_of(XOR))
    page.wait_until(lambda: page.names() == ["a", "b", "odd"], "the table of the second link")
    page.evaluate("() => letGo()")
    page.enter("Row 2 odd", "0")
    page.wait_until(lambda: problem_of(address(page))["table"]["rows"][1] == [0, 1, 0], "an edit of it in the address")
    assert page.names() == ["a", "b", "odd"]


@in_two_engines
def test_back_to_the_bare_address_is_back_to_the_posts_table(engine, open_page, light_site):
    page = open_page(light_site)
    go(page, link_of(XOR))
    page.wait_until(lambda: page.names() == ["a", "b", "odd"], "the table of the link")
    page.evaluate("() => history.back()")
    page.wait_default()
    assert "#" not in address(page)


def test_back_from_a_link_that_could_not_be_opened_leaves_the_table(engine, open_page, light_site):
    page = open_page(light_site)
    page.upload(LARGE, "large.csv")
    page.wait_until(lambda: page.names() == ["a", "b"], "a table too large for the address")
    go(page, "#v1=broken")
    page.wait_until(lambda: "This link is broken" in offers(page), "the sentence")
    page.evaluate("() => history.back()")
    page.wait_until(lambda: "This link" not in offers(page), "the sentence to go")
    assert page.names() == ["a", "b"]


@in_two_engines
def test_back_from_a_link_that_has_not_opened_yet_leaves_the_table(engine, open_page, light_site):
    page = open_page(light_site)
    page.upload(LARGE, "large.csv")
    page.wait_until(lambda: page.names() == ["a", "b"], "a table too large for the address")
    page.evaluate(SLOW_TO_READ)
    go(page, link_of(XOR))
    page.evaluate("() => history.back()")
    page.wait_until(lambda: "#" not in address(page), "the bare address")
    page.evaluate("() => letGo()")
    page.enter("Row 1 a", "0.5")
    page.wait_until(lambda: kept_with(page, [0.5, 0]), "the edit")
    assert page.names() == ["a", "b"]


def test_a_name_in_the_address_follows_its_table(engine, open_page, light_site):
    page = open_page(light_site, at=packed({"name": "Lesson 1"}))
    page.enter("Row 2 y", "0")
    page.wait_until(lambda: problem_of(address(page))["table"]["rows"][1] == [1, 1, 1, 0], "the edit")
    page.button("Saved").click()
    page.set("Name of Lesson 1", "Lesson 2")
    page.press("Escape")
    page.wait_until(lambda: said_in(address(page)).get("name") == "Lesson 2", "the new name in the address")


@in_all_engines
def test_a_link_can_bring_trained_weights(engine, open_page, light_site, tmp_path):
    """Here those of iteration 500, which no training has to reach first; Train goes on from them."""
    weights, _ = post_program(post(iterations=500))
    _, expected = terminal(tmp_path, problem=post(iterations=500))
    page = open_page(light_site, at=link_of(post(), (500, weights.ravel().tolist())))
    page.wait_answers(expected, 1e-12)
    page.wait_status("weights that came with the link", "iteration 500")
    assert page.iteration() == 500
    page.reload()
    page.wait_ready()  # the address has kept them
    page.wait_answers(expected, 1e-12)
    page.button("Train").click()
    page.wait_answers(DEFAULT_ANSWERS, 1e-12)


def test_a_link_brings_along_all_that_training_needs_to_go_on(engine, open_page, light_site):
    """With momentum that is a velocity for each weight, too. Neither it nor these activations have a control yet."""
    hidden = [{"units": 3, "activation": "leaky_relu"}, {"units": 2, "activation": "softplus"}]
    problem = post(iterations=600, learning_rate=0.1)
    problem["network"]["hidden"] = hidden
    problem["training"] |= {"optimizer": "momentum", "loss": "cross_entropy"}
    half, whole = (Run(Problem.from_dict(problem), "compiled") for _ in range(2))
    _, frame = half.seek(300, 60)
    whole.seek(600, 60)
    state = [float(number) for number in doubles(frame.state[1])]
    assert len(state) == 2 * frame.parameters
    page = open_page(light_site, at=link_of(problem, (300, state)))
    page.wait_answers({"row-5-y": frame.outputs[4, 0]}, 1e-12)
    assert page.find("combobox", "Hidden layer 1 activation").value() == "leaky_relu"
    assert trained_of(address(page)) == (300, state)
    listing = "() => document.querySelector('#listing').textContent"
    page.wait_until(lambda: "velocity3 = 0.9 * velocity3" in page.evaluate(listing), "the program")
    page.button("Train").click()
    page.wait_answers({"row-5-y": whole.frame.outputs[4, 0]}, 1e-12)
    assert shared_weights(page) == (600, doubles(whole.frame.state[1]).tolist())


def test_the_address_has_the_weights_as_long_as_the_table_is_as_it_came(engine, open_page, light_site):
    page = open_page(light_site, at=link_of(post(), (500, [1.0, 2.0, 3.0])))
    page.enter("Row 2 y", "0")
    page.wait_until(lambda: problem_of(address(page))["table"]["rows"][1] == [1, 1, 1, 0], "the edit")
    assert "run=" not in address(page)
    page.button("Back to the original").click()
    page.wait_until(lambda: "run=" in address(page), "the weights again")
    assert trained_of(address(page)) == (500, [1.0, 2.0, 3.0])
    assert problem_of(address(page)) == problem_of("")


DO_NOT_FIT = [
    ((10, [1.0, 2.0]), "These weights are 2, and this network has 3."),
    ((20000, [1.0, 2.0, 3.0]), "Iteration 20,000 is not one of 10,000."),
    ((10, [1.0, float("nan"), 3.0]), "not all numbers"),
]


def test_weights_that_do_not_fit_are_left_out(engine, open_page, light_site):
    page = open_page(light_site, at=link_of(post(), DO_NOT_FIT[0][0]))
    for run, said in DO_NOT_FIT:
        go(page, link_of(post(), run))
        page.wait_until(lambda said=said: said in offers(page), f"a sentence with {said!r}")
        page.wait_answers(DEFAULT_ANSWERS, 1e-12)
