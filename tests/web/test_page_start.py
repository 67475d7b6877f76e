"""How Python starts: from the snapshot, or from the pack where that is better or all that goes. NumPy comes later."""

import gzip
import json
import re

import pytest
from harness.browsers import ALL_ENGINES, CHROMIUM, FIREFOX
from harness.oracle import post, terminal
from harness.page import DEFAULT_ANSWERS, START_TIMEOUT
from harness.probe import HEAR, with_probe

in_all_engines = pytest.mark.engines(*ALL_ENGINES)
MODULE, SNAPSHOT, NUMPY = "pyodide.asm.wasm.bin", "snapshot.bin", "numpy.bin"
BUILD = bytes.fromhex("5649baae")  # the beginning of Pyodide 0.29.5's BUILD_ID, as snapshots have it
LIB = "/lib/python3.13"
SETTINGS = "() => document.querySelector('#settings').textContent"


def start(page) -> str:
    return page.evaluate("() => document.documentElement.dataset.start")


@pytest.mark.snapshot
@in_all_engines
def test_python_starts_from_the_snapshot(engine, open_page, own_light_site):
    page = open_page(own_light_site)
    page.wait_answers(DEFAULT_ANSWERS, 0)
    assert start(page) == "snapshot"
    assert not any(url.endswith("pack.bin") for url in own_light_site.requests)
    assert own_light_site.asked(MODULE) == 1, "by the page, for the worker"


DAMAGES = {
    "broken": lambda data: data[:-1000] + bytes(1000),
    "cut short": lambda data: data[:-1000],
    "another file": lambda data: gzip.compress(b"no snapshot, but as it was sent"),
    "of another Pyodide": lambda data: gzip.compress(
        gzip.decompress(data).replace(bytes.fromhex("5649baae"), bytes(4)), 1
    ),
    "all 0": lambda data: gzip.compress(bytes(7_000_000)),
}


@in_all_engines
@pytest.mark.sample("cut short", "all 0")
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_snapshot_is_not_used(engine, open_page, own_light_site, damage):
    own_light_site.change(SNAPSHOT, DAMAGES[damage])
    page = open_page(own_light_site)
    page.wait_answers(DEFAULT_ANSWERS, 0)
    assert start(page) == "pack"
    assert engine == FIREFOX or page.problems() == [], "Firefox itself tells of damaged streams"


@in_all_engines
def test_a_missing_snapshot_is_not_missed(engine, open_page, own_light_site):
    own_light_site.block(SNAPSHOT)
    page = open_page(own_light_site)
    page.wait_answers(DEFAULT_ANSWERS, 0)
    assert start(page) == "pack"


@in_all_engines
def test_on_a_slow_line_the_smaller_pack_is_fetched(engine, open_page, own_light_site):
    own_light_site.delay(MODULE, 8)  # under 3 Mbit/s
    page = open_page(own_light_site, ready=False)
    page.wait_until(lambda: own_light_site.asked("pack.bin"), "the pack to be asked for", START_TIMEOUT)
    own_light_site.go_on()
    page.wait_ready()
    assert start(page) == "pack"
    assert not any(url.endswith(SNAPSHOT) for url in own_light_site.requests)


# Long ago asked for, and then there at one stroke, as where the processor is busy: that tells nothing of the line.
LATE_AND_WHOLE = """
Object.defineProperty(performance, 'timeOrigin', { value: performance.timeOrigin - 60_000 })
const { fetch } = window
window.fetch = async (...asked) => new Response(await (await fetch(...asked)).arrayBuffer())
"""


def test_a_line_that_cannot_be_timed_keeps_nobody_waiting(engine, open_page, own_light_site):
    page = open_page(own_light_site, ready=False)
    page.page.add_init_script(LATE_AND_WHOLE)
    page.open(own_light_site.url)
    page.wait_ready()
    page.wait_answers(DEFAULT_ANSWERS, 0)


def test_where_data_are_to_be_saved_the_smaller_pack_is_fetched(engine, open_page, own_light_site):
    page = open_page(own_light_site, ready=False)
    page.page.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    page.open(own_light_site.url)
    page.wait_ready()
    assert start(page) == "pack"


IMPORTS = """
import decimal, json, numpy.fft, numpy.polynomial, os, random, sys
told = [json.dumps({
    "decimal": str(decimal.Decimal(1) / 7),
    "fft": numpy.fft.fft([1, 2, 3, 4]).real.tolist(),
    "polynomial": numpy.polynomial.Polynomial([1, 2])(3),
    "random": random.random(),
    "path": sys.path,
    "home": os.getcwd(),
})]
"""


@pytest.mark.wants_rest
@in_all_engines
@pytest.mark.sample("snapshot")
@pytest.mark.parametrize("way", [pytest.param("snapshot", marks=pytest.mark.snapshot), "pack"])
def test_whatever_the_packs_do_not_hold_can_still_be_imported(engine, open_page, own_site, way):
    if way == "pack":
        own_site.block(SNAPSHOT)
    own_site.change(NUMPY, with_probe(IMPORTS))
    drawn = set()
    for _ in range(2):
        page = open_page(own_site)
        assert start(page) == way
        told = json.loads(page.evaluate(HEAR)[0])
        drawn.add(told.pop("random"))
        assert told == {
            "decimal": "0.1428571428571428571428571429",
            "fft": [10, -2, -2, -2],
            "polynomial": 7,
            "path": [
                "",
                *(f"/lib/python3{place}" for place in ("13.zip", ".13", ".13/lib-dynload", ".13/site-packages")),
            ],
            "home": "/home/pyodide",
        }
        page.evaluate("() => { location = 'about:blank' }")
    assert len(drawn) == 2, "random draws anew at every visit"
    assert sum(url.endswith("rest.bin") for url in own_site.requests) == 2


@in_all_engines
def test_without_numpy_the_page_answers_and_says_what_it_cannot_do(engine, open_page, own_site):
    own_site.block(NUMPY)
    page = open_page(own_site)
    page.wait_answers(DEFAULT_ANSWERS, 0)
    page.choose("Engine", "NumPy")
    page.wait_status("NumPy", NUMPY, "could not be loaded", "press Train")
    page.choose("Engine", "compiled")
    page.wait_status("trained 10,000 iterations")
    assert "same weights" not in page.evaluate(SETTINGS)
    own_site.heal()
    page.choose("Engine", "NumPy")
    page.wait_status("trained 10,000 iterations")
    page.wait_answers(DEFAULT_ANSWERS, 0)


def test_while_numpy_is_on_its_way_the_page_answers(engine, open_page, own_site, tmp_path):
    own_site.hang(NUMPY)
    page = open_page(own_site)
    page.choose("Engine", "NumPy")  # waits for it
    page.choose("Engine", "compiled")
    page.enter("Row 2 y", "0")
    rows = post()["table"]["rows"]
    _, expected = terminal(tmp_path, problem=post([rows[0], [1, 1, 1, 0], *rows[2:]]))
    page.wait_answers(expected)
    assert "NumPy" not in re.sub(r"compiled\s*NumPy", "", page.evaluate(SETTINGS))
    own_site.go_on()
    page.wait_until(lambda: "same weights" in page.evaluate(SETTINGS), "the comparison", START_TIMEOUT)
    page.choose("Engine", "NumPy")
    page.wait_answers(expected)


@pytest.mark.engines(CHROMIUM)
def test_an_engine_that_was_taken_away_comes_back_by_itself(engine, open_page, own_light_site, tmp_path):
    page = open_page(own_light_site)
    page.evict_engine()
    page.enter("Row 2 y", "0")  # nobody is there to answer
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    rows = post()["table"]["rows"]
    _, expected = terminal(tmp_path, problem=post([rows[0], [1, 1, 1, 0], *rows[2:]]))
    page.wait_answers(expected)
    assert page.engine_state() == "ready"
