"""Links that are broken, damaged on their way, or made to do harm: the page says so, and goes on."""

import json
import random
import string
import subprocess
from pathlib import Path

import pytest
from harness.browsers import ALL_ENGINES
from harness.links import XOR, address, deflated, go, link_of, offers, packed, parts_of, to_text
from harness.oracle import post, terminal
from harness.page import DEFAULT_ANSWERS, TIMEOUT

from tenlines.problem import Problem
from tenlines.training.run import Run

in_all_engines = pytest.mark.engines(*ALL_ENGINES)
FUZZ = Path(__file__).parent / "harness" / "fuzz_links.mjs"


CUT = "a part of it is missing or changed"
CUT_IN_NODE = "unexpected end of file"  # whose streams do not throw a TypeError, as browsers' do
BROKEN = {
    "cut off": (link_of(XOR)[:40], "a part of it is missing or changed"),
    "no base64": ("#v1=%%%", "a part of it is missing or changed"),
    "empty": ("#v1=", "a part of it is missing or changed"),
    "no problem": (packed([1, 2]), "a problem is not what it should be"),
    "an unknown part": (packed({"tabel": {}}), "tabel is not known here"),
    "an unknown field": (packed({"network": {"depth": 3}}), "depth is not known here"),
    "another optimizer": (packed({"training": {"optimizer": "adamw"}}), "training.optimizer is not what it should be"),
    "ragged rows": (packed({"table": {**XOR["table"], "rows": [[1, 2, 3], [1]]}}), "not every row of the table has 3"),
    "no rows but text": (packed({"table": {**XOR["table"], "rows": "abc"}}), "table.rows is not what it should be"),
    "a bomb": ("#v1=" + to_text(deflated(b" " * 9_000_000)), "too large for a table"),
    "a newer version": ("#v2=abc", "made by a newer Tenlines"),
    "a version that never was": ("#v0=abc", "a part of it is missing or changed"),
    "too many columns": (
        packed({"table": {"inputs": list("ab") * 600, "outputs": ["y"], "rows": []}}),
        "table.inputs is not what it should be",
    ),
    "a column of a long name": (
        packed({"table": {"inputs": ["a" * 100_000], "outputs": ["y"], "rows": [[1, 1]] * 100}}),
        "table.inputs is not what it should be",
    ),
    "a million and more cells": (
        packed({"table": {"inputs": ["a"] * 999, "outputs": ["y"], "rows": [[0] * 1000] * 1001}}),
        "its table is larger than",
    ),
    "a mark at its end, a million times": ("#v1=" + "." * 1_000_000 + "a", "a part of it is missing or changed"),
    "no table": ("#table=1", "there is no table in it"),
    "a prototype": (packed({"__proto__": {"polluted": 1}, "constructor": {}}), "is not"),
}


def test_every_broken_link_is_refused_in_words():
    """By the page's own decoder, in Node."""
    outcomes = read_in_node([link for link, _ in BROKEN.values()])
    wrong = {
        kind: outcome
        for (kind, (_, said)), outcome in zip(BROKEN.items(), outcomes, strict=True)
        if said not in outcome.get("message", "").replace(CUT_IN_NODE, CUT)
    }
    assert wrong == {}


def test_a_broken_link_opens_the_posts_table_and_says_why(page):
    for kind in ("cut off", "ragged rows", "a newer version"):
        link, said = BROKEN[kind]
        go(page, link)
        page.wait_until(lambda said=said: said in offers(page), f"a sentence with {said!r}")
        page.wait_default()
        (sentence,) = [line for line in offers(page).splitlines() if line.startswith("This link ")]
        page.button(f"Close: {sentence}").click()
        page.wait_until(lambda sentence=sentence: sentence not in offers(page), "the sentence to go")


# What mail programs, chats and the sentence around it do to a link.
MANGLED = {
    "a full stop": lambda link: f"{link}.",
    "a bracket": lambda link: f"{link})",
    "a bracket in code": lambda link: f"{link}%29",
    "a mark of quotation": lambda link: f"{link}&quot;".replace("&quot;", "”"),
    "the = in code": lambda link: link.replace("=", "%3D"),
    "HTML": lambda link: link.replace("&", "&amp;"),
}


def test_what_is_done_to_a_link_on_its_way_is_mended(page):
    link = link_of(XOR, (5, [0.5] * 17))
    outcomes = read_in_node([link, *(mangle(link) for mangle in MANGLED.values())])
    assert outcomes[0]["kind"] == "opened"
    assert [outcome for outcome in outcomes if outcome != outcomes[0]] == []
    go(page, MANGLED["HTML"](link))
    page.wait_until(lambda: page.names() == ["a", "b", "odd"], "the table")
    page.wait_status("weights that came with the link", "iteration 5")


def wide(inputs: int, outputs: int, rows: int, hidden: int = 0, name: str = "", **training) -> dict:
    """A problem whose last row asks."""
    cells = [[(row * column) % 2 for column in range(inputs + outputs)] for row in range(rows - 1)]
    names = [[f"{kind}{n}{name}" for n in range(count)] for kind, count in (("x", inputs), ("y", outputs))]
    table = {"inputs": names[0], "outputs": names[1], "rows": [*cells, [0] * inputs + [None] * outputs]}
    network = {"hidden": [{"units": 64, "activation": "tanh"}] * hidden, "output": "sigmoid", "bias": True}
    return {"table": table, "network": network, "training": {"learning_rate": 0.001, "seed": 1, **training}}


# A few kB each, that unpack to what takes long to draw or to train.
LARGE = {
    "a thousand outputs": wide(1, 999, 200, iterations=3),
    "as many inputs, after six layers": wide(999, 1, 200, 6, iterations=3),
    "a hundred thousand rows": wide(1, 1, 100_000, iterations=3),
    "names of five hundred characters": wide(500, 500, 4, name="n" * 490, iterations=3),
}
DRAWN = "() => document.querySelectorAll('#data input, #network td').length"
LONG = 12 * TIMEOUT


def wait_trained(page, problem: dict) -> None:
    """The page shows the error that the problem is trained to natively."""
    run = Run(Problem.from_dict(problem), "compiled")
    while not run.done:
        run.advance(1)
    expected = pytest.approx(run.frame.error, rel=1e-9)
    page.wait_until(lambda: page.error() == expected, f"an error of {run.frame.error}", LONG)


@pytest.mark.parametrize("shape", LARGE)
def test_a_link_to_a_large_table_is_drawn_in_part_answers_an_edit_and_is_stopped(page, shape):
    problem = LARGE[shape]
    first = f"Row 1 {problem['table']['inputs'][0]}"
    go(page, link_of(problem))
    wait_trained(page, problem)
    assert page.evaluate(DRAWN) < 4000, "what is in sight is drawn, and a little around it"

    page.enter(first, "0.5")
    table = problem["table"]
    row, *rows = table["rows"]
    wait_trained(page, {**problem, "table": {**table, "rows": [[0.5, *row[1:]], *rows]}})

    page.set("Iterations", "1000000000")
    page.wait_until(page.button("Stop").exists, "Stop to be there", LONG)
    page.button("Stop").click()
    page.wait_status("stopped at iteration")
    page.choose("Example", "The post’s table")
    page.wait_default()


BOMBS = {
    "of blanks": b" " * 300_000_000,
    "of rows": b'{"table":{"rows":[' + b"[0,0]," * 20_000_000,
    "of a name": b'{"name":"' + b"x" * 100_000_000,
}


@pytest.mark.parametrize("kind", BOMBS)
def test_what_a_link_unpacks_to_is_bounded_while_it_is_unpacked(kind):
    """By the page's own decoder, in Node; 8 MB of JSON is the most that is a table."""
    (outcome,) = read_in_node(["#v1=" + to_text(deflated(BOMBS[kind]))])
    assert "too large for a table" in outcome["message"]
    assert outcome["unpacked"] < 12_000_000


@in_all_engines
def test_a_link_that_unpacks_to_very_much_is_refused(page):
    go(page, "#v1=" + to_text(deflated(BOMBS["of blanks"])))
    page.wait_until(lambda: "too large for a table" in offers(page), "a sentence")
    page.wait_default()


def read_in_node(links: list[str]) -> list[dict]:
    done = subprocess.run(["node", FUZZ], input=json.dumps(links), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


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
    outcomes = read_in_node(links)
    assert len(outcomes) == len(links)
    kinds = {outcome["kind"] for outcome in outcomes}
    assert kinds == {"opened", "refused", "nothing"}
    assert all(outcome["message"].startswith("This link ") for outcome in outcomes if outcome["kind"] == "refused")


def test_after_forty_hostile_links_the_page_answers_an_edit(engine, open_page, light_site, tmp_path):
    """A few of them as the page's start, which says of a broken one what is wrong."""
    rng = random.Random(5)
    rows = post()["table"]["rows"]
    _, expected = terminal(tmp_path, problem=post([rows[0], [1, 1, 1, 0], *rows[2:]]))
    page = open_page(light_site, at=BROKEN["cut off"][0])
    assert "This link is broken" in offers(page)
    page.wait_answers(DEFAULT_ANSWERS, 1e-12)
    links = [hostile(rng) for _ in range(40)]
    for number, (link, outcome) in enumerate(zip(links, read_in_node(links), strict=True)):
        if number % 10:
            go(page, link)
        else:
            page.open("about:blank")
            page.open(light_site.url + link)
        page.wait_until(lambda: page.engine_state() == "ready", "the engine", 60)
        if outcome["kind"] == "opened":
            table = outcome["opened"]["problem"]["table"]
            names = table["inputs"] + table["outputs"]
            page.wait_until(lambda names=names: page.names() == names, "the link’s table")
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
