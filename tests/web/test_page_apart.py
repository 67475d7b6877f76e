"""A program reaches nothing: not the host, not what the browser keeps, not the page. The servers are asked, not it."""

from collections.abc import Callable
from typing import TypeVar

import pytest
from harness.browsers import ALL_ENGINES, FIREFOX
from harness.page import DEFAULT_ANSWERS, START_TIMEOUT, TIMEOUT
from harness.program import ProgramOnPage
from harness.site_server import SiteServer
from harness.ways_out import FOUND, OPEN_WAYS, RUN_FREELY, program, script

import apart
import assemble
from layout import ONE_FILE
from one_file import hashed

Result = TypeVar("Result")
SETTINGS = "() => document.querySelector('#settings').textContent"
OF_THE_PAGE = ("sw.js", ".svg")  # which it asks for when nothing else is to do
FRAMES_SCRIPT = hashed(apart.script(assemble.TARGETS))
in_all_engines = pytest.mark.engines(*ALL_ENGINES)


@pytest.fixture
def foreign(tmp_path):
    server = SiteServer(tmp_path)
    yield server
    server.close()


def ways(server: SiteServer) -> set[str]:
    return {url.rpartition("way-")[2] for url in server.requests if "way-" in url}


def in_the_end(engine: str, attempt: Callable[[bool], Result], give_up: Callable[[], None]) -> Result:
    """What an attempt gives, which is told whether it is the last.

    On a busy machine Firefox now and then does not return from starting a worker inside a worker, or from
    importScripts, while its other threads go on. There a failed attempt is given up and made again.
    """
    for _ in range(5 if engine == FIREFOX else 0):
        try:
            return attempt(False)
        except AssertionError:
            give_up()
    return attempt(True)


def try_all(page, here: SiteServer | None, foreign: SiteServer) -> None:
    page.evaluate(FOUND)
    page.wait_until(lambda: "same weights" in page.evaluate(SETTINGS), "all that comes later", START_TIMEOUT)
    on_page = ProgramOnPage(page)
    on_page.write(program(here.url if here else foreign.url, foreign.url))

    def run(is_last: bool) -> int:
        page.button("Run").click()
        page.wait_until(lambda: "begun" in on_page.output(), "the program to begin", START_TIMEOUT)
        before = len(here.requests) if here else 0
        on_page.wait_end(START_TIMEOUT if is_last else TIMEOUT)
        return before

    before = in_the_end(page.engine, run, on_page.stop)
    assert on_page.output() == "begun\ntried\n", on_page.outcome()
    page.enter("Row 4 y", "?")  # a while for what it has begun to go on
    page.wait_until(lambda: "row-4-y" in page.answers(), "the table's answer")
    page.button("Undo").click()
    page.wait_answers(DEFAULT_ANSWERS, 1e-12)
    asked = here.requests[before:] if here else []
    assert [url for url in asked if not url.endswith(OF_THE_PAGE)] == []
    assert foreign.requests == []
    assert page.evaluate(FOUND) == []
    assert "It printed 2" in on_page.run("print(1 + 1)\n"), "the next one runs"


@pytest.mark.wants_rest  # it looks as if it imported much
@in_all_engines
def test_no_way_out_of_a_program_in_the_site(engine, open_page, own_site, foreign):
    page = open_page(own_site)
    try_all(page, own_site, foreign)
    assert ways(own_site) == set()


@in_all_engines
def test_no_way_out_of_a_program_in_the_one_file(engine, open_file, foreign):
    try_all(open_file(ONE_FILE), None, foreign)


def test_no_way_out_past_a_service_worker(engine, open_page, offline_site, foreign):
    page = open_page(offline_site)
    page.wait_until(lambda: offline_site.asked("rest.bin"), "the service worker's files", START_TIMEOUT)
    page.reload()
    page.wait_ready()
    try_all(page, offline_site, foreign)
    assert ways(offline_site) == set()


@in_all_engines
def test_the_ways_are_ways_where_nothing_holds_them_back(engine, open_page, own_site, foreign):
    """Else the tests above would hold for any program."""
    own_site.change("index.html", lambda _: b"<!doctype html><title>free</title>")
    page = open_page(own_site, ready=False, at="index.html")

    def is_known() -> bool:
        return len(ways(own_site)) >= OPEN_WAYS and len(ways(foreign)) >= OPEN_WAYS and len(page.evaluate(FOUND)) >= 3

    def let_free(_is_last: bool) -> None:
        page.evaluate(FOUND)
        page.evaluate(RUN_FREELY, script(own_site.url, foreign.url))
        page.wait_until(is_known, "many ways through to the host and to another, and something left behind")

    in_the_end(engine, let_free, page.reload)


def test_where_the_frame_cannot_be_made_no_program_runs_and_that_is_said(engine, open_page, own_site):
    """As where the policy that a host sends lets no script of the frame's in."""
    own_site.change("index.html", lambda html: html.replace(FRAMES_SCRIPT.encode(), b""))
    page = open_page(own_site, at="index.html")
    program = ProgramOnPage(page)
    said = program.run("print('it runs')\n")
    assert "keeps apart" in said and "Content-Security-Policy" in said, said
    assert program.output() == ""
    page.enter("Row 4 y", "?")
    page.wait_until(lambda: "row-4-y" in page.answers(), "the table's answer")


@pytest.mark.wants_rest
def test_a_program_gets_all_of_the_library_seen_in_its_text_or_not(engine, open_page, own_site):
    page = open_page(own_site)
    program = ProgramOnPage(page)
    program.run("print(1)\n")
    assert own_site.asked("rest.bin") == 0
    program.run("from statistics import (\n    mean)\nprint(mean([1, 2]))\n")
    assert program.output() == "1.5\n"
    assert own_site.asked("rest.bin") == 1
    program.run("print('once')\nimport_it = __import__\nprint(import_it('statis' + 'tics').mean([1, 2]))\n")
    assert program.output() == "once\n1.5\n"
    own_site.block("rest.bin")
    for source in ("import statistics\n", "import_it = __import__\nimport_it('statis' + 'tics')\n"):
        said = program.run(source)
        assert "statistics is not here, and could not be fetched" in said
        assert "rest.bin" in said


def test_a_frame_that_the_browser_takes_away_is_noticed_and_the_next_program_runs(engine, open_page):
    page = open_page()
    program = ProgramOnPage(page)
    for source in (
        "print('begun')\nwhile True: pass\n",
        "from numpy import ones\nprint('begun')\nones((900, 900)) @ ones((900, 900))\nwhile True: pass\n",
    ):
        program.write(source)
        page.button("Run").click()
        page.wait_until(lambda: program.output() == "begun\n", "what it prints", START_TIMEOUT)
        page.evaluate("() => document.querySelector('iframe.apart').remove()")
        assert "taken this Python away" in program.wait_end()
    assert "It printed 2" in program.run("print(1 + 1)\n")


DEEP = {
    "not without end": "x = " + "not " * 1500 + "1\n",
    "minus without end": "x = " + "-" * 90_000 + "1\n",
    "dots without end": "x = 1" + " .real" * 50_000 + "\n",
    "brackets without end": "x = " + "(" * 500 + ")" * 500 + "\n",
}


def test_after_what_breaks_python_itself_the_next_program_runs(engine, open_page):
    page = open_page()
    program = ProgramOnPage(page)
    for name, source in DEEP.items():
        said = program.run(source, START_TIMEOUT)
        assert len(said.split()) > 4 and "undefined" not in said, f"{name}: {said}"
        assert "It printed 2" in program.run("print(1 + 1)\n"), name
