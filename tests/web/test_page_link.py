"""The table in the address: what a link opens, how it is kept up to date, and what becomes of a broken one."""

import io
import json
import random
import string
import subprocess
from pathlib import Path

import pytest
import zxingcpp
from harness.browsers import ALL_ENGINES, CHROMIUM, FIREFOX
from harness.links import deflated, link_of, parts_of, problem_of, to_text, trained_of
from harness.oracle import post, post_program, terminal
from harness.page import DEFAULT_ANSWERS, DEFAULT_ROWS
from hypothesis import HealthCheck, Phase, given, settings
from PIL import Image
from strategies import problems, tables

in_all_engines = pytest.mark.engines(*ALL_ENGINES)
# Shrinking takes minutes in a browser; what failed is printed as it was drawn.
in_the_page = settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
in_two_engines = pytest.mark.engines(CHROMIUM, FIREFOX)
FUZZ = Path(__file__).parent / "harness" / "fuzz_links.mjs"
XOR = {
    "table": {
        "inputs": ["a", "b"],
        "outputs": ["odd"],
        "rows": [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0], [1, 1, None], [0.5, -2.25, None]],
    },
    "network": {"hidden": [{"units": 4, "activation": "tanh"}], "output": "sigmoid", "bias": True},
    "training": {"iterations": 3000, "learning_rate": 0.5, "seed": 7},
}


def go(page, link: str) -> None:
    """As by typing another link into the address bar."""
    page.evaluate("link => { location.hash = link }", link)


def address(page) -> str:
    return page.evaluate("() => location.href")


def shared_link(page) -> str:
    """The link that Share offers."""
    page.button("Share").click()
    link = page.wait_until(lambda: page.box("Link").exists() and page.box("Link").value(), "a link in the dialog")
    page.press("Escape")
    return link


def offers(page) -> str:
    return page.evaluate("() => document.querySelector('#offers').innerText")


@in_all_engines
def test_a_link_opens_its_table_its_network_and_its_settings(engine, open_page, own_site, tmp_path):
    page = open_page(own_site, at=link_of(XOR))
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
def test_a_reload_goes_on_where_one_was(engine, open_page, own_site, tmp_path):
    page = open_page(own_site)
    page.enter("Row 2 y", "0")
    page.wait_until(lambda: "#v1=" in address(page), "the edit in the address")
    page.reload()
    rows = post()["table"]["rows"]
    _, expected = terminal(tmp_path, problem=post([rows[0], [1, 1, 1, 0], *rows[2:]]))
    page.wait_ready()
    page.wait_answers(expected)


def test_the_posts_table_and_every_example_fit_in_2_kb(page):
    for name in page.evaluate("() => [...document.querySelector('#example').options].map(o => o.textContent)"):
        if name != "Your own":
            page.choose("Example", name)
            assert len(shared_link(page)) < 2000
    page.choose("Example", "The post’s table")
    assert "#" in shared_link(page)


@pytest.mark.parametrize("name", ["The post’s table", "XOR", "XOR without a hidden layer"])
def test_an_example_that_comes_by_a_link_is_known_by_its_name(page, name):
    page.choose("Example", name)
    link = shared_link(page)
    page.choose("Example", "The post’s table")
    page.enter("Row 2 y", "0")
    chosen = "() => document.querySelector('#example').value"
    assert page.evaluate(chosen) == "Your own"
    go(page, link.partition("#")[2])
    page.wait_until(lambda: page.evaluate(chosen) == name, "the example's name")


@in_two_engines
def test_share_copies_the_link_says_so_and_shows_it_as_a_qr_code(engine, open_page, own_site):
    page = open_page(own_site, at=link_of(XOR))
    page.grant_clipboard()
    page.button("Share").click()
    page.wait_until(lambda: "Link copied." in page.dialog(), "the words")
    link = page.box("Link").value()
    assert page.clipboard() == link
    assert problem_of(link) == {**XOR, "training": {**problem_of("")["training"], **XOR["training"]}}
    image = Image.open(io.BytesIO(page.find("img", "QR code of the link").screenshot()))
    assert [code.text for code in zxingcpp.read_barcodes(image)] == [link]
    page.press("Escape")
    assert page.focused() == "Share"


def test_the_systems_share_sheet_is_offered_where_there_is_one(engine, open_page, own_site):
    page = open_page(own_site, ready=False)
    page.page.add_init_script("navigator.share = async data => { window.sent = data }")
    page.open("about:blank")
    page.open(own_site.url + link_of(XOR))
    page.wait_ready()
    page.button("Share").click()
    page.button("Send to…").click()
    assert page.evaluate("() => window.sent.url") == page.box("Link").value()


def test_where_copying_is_forbidden_the_link_is_there_to_be_copied_by_hand(engine, open_page, own_site):
    page = open_page(own_site)
    page.evaluate("() => { navigator.clipboard.writeText = async () => { throw new Error('no') } }")
    page.button("Share").click()
    page.wait_until(lambda: "select the link below" in page.dialog(), "the words")
    page.box("Link").focus()
    chosen = page.evaluate("() => { const i = document.activeElement; return i.selectionEnd - i.selectionStart }")
    assert chosen == len(page.box("Link").value())


def test_a_table_too_large_for_a_link_is_not_put_into_one(engine, open_page, own_site):
    page = open_page(own_site)
    rng = random.Random(1)
    page.upload("\n".join(f"{rng.random()},{rng.random()}" for _ in range(2000)).encode())
    page.wait_until(lambda: page.names() != ["x1", "x2", "x3", "y"], "the import")
    page.button("Share").click()
    page.wait_until(lambda: "too large for a link" in page.dialog(), "the words")
    assert "#" not in address(page)


@in_all_engines
def test_a_link_can_bring_trained_weights(engine, open_page, own_site, tmp_path):
    """Here those of iteration 500, which no training has to reach first; Train goes on from them."""
    weights, _ = post_program(post(iterations=500))
    _, expected = terminal(tmp_path, problem=post(iterations=500))
    page = open_page(own_site, at=link_of(post(), (500, weights.ravel().tolist())))
    page.wait_answers(expected, 1e-12)
    page.wait_status("weights that came with the link", "iteration 500")
    assert page.iteration() == 500
    page.reload()
    page.wait_ready()  # the address has kept them
    page.wait_answers(expected, 1e-12)
    page.button("Train").click()
    page.wait_answers(DEFAULT_ANSWERS, 1e-12)


def test_weights_too_many_for_a_link_are_left_out_of_it_in_words(engine, open_page, own_site):
    wide = {"hidden": [{"units": 64, "activation": "tanh"}, {"units": 64, "activation": "tanh"}]}
    page = open_page(own_site, at=link_of({**post(iterations=1), "network": {**XOR["network"], **wide}}))
    page.button("Share").click()
    page.find("checkbox", "With the weights on show, to be seen before any training").click()
    page.wait_until(lambda: "would be too long" in page.dialog(), "the words")
    assert "&run=" not in page.box("Link").value()


def test_share_can_take_the_trained_weights_along(engine, open_page, own_site):
    page = open_page(own_site)
    page.button("Share").click()
    page.find("checkbox", "With the weights on show, to be seen before any training").click()
    link = page.wait_until(lambda: "&run=" in page.box("Link").value() and page.box("Link").value(), "the weights")
    iteration, weights = trained_of(link)
    assert iteration == 10000
    assert [[weight] for weight in weights] == page.weights()


@pytest.mark.parametrize(
    ("run", "said"),
    [
        ((10, [1.0, 2.0]), "These weights are 2, and this network has 3."),
        ((20000, [1.0, 2.0, 3.0]), "Iteration 20,000 is not one of 10,000."),
        ((10, [1.0, float("nan"), 3.0]), "not all numbers"),
    ],
)
def test_weights_that_do_not_fit_are_left_out(engine, open_page, own_site, run, said):
    page = open_page(own_site, at=link_of(post(), run))
    page.wait_answers(DEFAULT_ANSWERS, 1e-12)
    assert said in offers(page)


def packed(data: object) -> str:
    return "#v1=" + to_text(deflated(json.dumps(data).encode()))


BROKEN = {
    "cut off": (link_of(XOR)[:40], "a part of it is missing or changed"),
    "no base64": ("#v1=%%%", "a part of it is missing or changed"),
    "empty": ("#v1=", "a part of it is missing or changed"),
    "no problem": (packed([1, 2]), "a problem is not what it should be"),
    "an unknown part": (packed({"tabel": {}}), "tabel is not known here"),
    "an unknown field": (packed({"network": {"depth": 3}}), "depth is not known here"),
    "another optimizer": (packed({"training": {"optimizer": "adam"}}), "training.optimizer is not what it should be"),
    "ragged rows": (packed({"table": {**XOR["table"], "rows": [[1, 2, 3], [1]]}}), "not every row of the table has 3"),
    "no rows but text": (packed({"table": {**XOR["table"], "rows": "abc"}}), "table.rows is not what it should be"),
    "a bomb": ("#v1=" + to_text(deflated(b" " * 9_000_000)), "too large for a table"),
    "a newer version": ("#v2=abc", "made by a newer Tenlines"),
    "a version that never was": ("#v0=abc", "a part of it is missing or changed"),
    "a prototype": (packed({"__proto__": {"polluted": 1}, "constructor": {}}), "is not"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_link_opens_the_posts_table_and_says_why(page, kind):
    link, said = BROKEN[kind]
    go(page, link)
    page.wait_until(lambda: said in offers(page), f"a sentence with {said!r}")
    page.wait_default()
    (sentence,) = [line for line in offers(page).splitlines() if line.startswith("This link ")]
    page.button(f"Close: {sentence}").click()
    page.wait_until(lambda: sentence not in offers(page), "the sentence to go")


@in_all_engines
def test_a_broken_link_is_said_at_the_start_too(engine, open_page, own_site):
    page = open_page(own_site, at=BROKEN["cut off"][0])
    assert "This link is broken" in offers(page)
    assert page.rows() == DEFAULT_ROWS
    page.wait_answers(DEFAULT_ANSWERS, 1e-12)


def hostile(rng: random.Random) -> str:
    """A link that somebody has damaged, or made to do harm."""
    odd = [None, True, -1, 1e999, "x" * 2000, [], {}, "<img src=x onerror=alert(1)>", 2**60, float("nan"), "__proto__"]

    def bent(value):
        if rng.random() < 0.15:
            return rng.choice(odd)
        if isinstance(value, dict):
            return {rng.choice([key, key, key, "?"]): bent(item) for key, item in value.items()}
        if isinstance(value, list):
            return [bent(item) for item in value if rng.random() > 0.1]
        return value

    kind = rng.randrange(5)
    link = link_of(XOR, (5, [rng.random()] * 17))
    if kind == 0:
        at = rng.randrange(len(link))
        return link[:at] + rng.choice(string.printable) + link[at + rng.randrange(3) :]
    if kind == 1:
        return link[: rng.randrange(len(link))]
    if kind == 2:
        return "#v1=" + to_text(rng.randbytes(rng.randrange(200)))
    if kind == 3:
        return "#" + "".join(rng.choices(string.printable, k=rng.randrange(60)))
    return packed(bent(XOR))


def test_ten_thousand_hostile_links_are_opened_or_refused_in_words():
    """By the page's own decoder, in Node: anything but a problem, nothing, or a sentence is a failure."""
    rng = random.Random(4)
    links = [hostile(rng) for _ in range(10_000)]
    done = subprocess.run(["node", FUZZ], input=json.dumps(links), capture_output=True, text=True, check=True)
    outcomes = json.loads(done.stdout)
    assert len(outcomes) == len(links)
    kinds = {outcome["kind"] for outcome in outcomes}
    assert kinds == {"opened", "refused", "nothing"}
    assert all(outcome["message"].startswith("This link ") for outcome in outcomes if outcome["kind"] == "refused")


def test_after_fifty_hostile_links_as_page_loads_the_page_answers_an_edit(engine, open_page, own_site, tmp_path):
    rng = random.Random(5)
    rows = post()["table"]["rows"]
    _, expected = terminal(tmp_path, problem=post([rows[0], [1, 1, 1, 0], *rows[2:]]))
    page = open_page(own_site)
    for _ in range(50):
        link = hostile(rng)
        page.open("about:blank")
        page.open(own_site.url + link)
        page.wait_until(lambda: page.engine_state() == "ready", "the engine", 60)
        page.choose("Example", "The post’s table")
        page.enter("Row 2 y", "0")
        page.wait_answers(expected)
    assert [problem for problem in page.problems() if "uncaught" in problem] == []


def test_what_a_link_says_is_shown_as_text(page):
    name = "<img src=x onerror=document.title='hacked'>"
    table = {"inputs": [name], "outputs": ["<b>y</b>"], "rows": [[1, 1], ["<i>", None]]}
    go(page, link_of({**post(), "table": table}))
    page.wait_until(lambda: page.names() == [name, "<b>y</b>"], "the names as they are")
    page.wait_status("Row 2")
    assert page.evaluate("() => document.title").startswith("Tenlines")
    assert parts_of(address(page))
