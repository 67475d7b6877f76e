"""Each file of the site, gone wrong on its way in each way: the page answers, or says what to do, and Retry does it."""

import re

import pytest
from harness.faults import AFTER, FAULTS, WITHIN, check_retry, is_answered, outcome, trouble
from harness.page import PATIENCE, START_TIMEOUT
from harness.program import ProgramOnPage
from harness.site_server import SiteServer

MAIN, STYLE, WORKER = "main.js", "style.css", "worker.js"
MODULE, SCRIPT, SNAPSHOT, PACK = "pyodide.asm.wasm.bin", "pyodide.asm.js.bin", "snapshot.bin", "pack.bin"
NUMPY, REST, EDITOR, SHELL = "numpy.bin", "rest.bin", "editor.js.bin", "shell.bin"
LATER = "later.js.bin"
START = {  # what a start needs, by the file that is named when it goes wrong
    MAIN: (MAIN,),
    STYLE: (STYLE,),
    WORKER: (WORKER,),
    MODULE: (MODULE,),
    SCRIPT: (SCRIPT,),
    PACK: (SNAPSHOT, PACK),
}
LATE = (NUMPY, REST, EDITOR, SHELL, "notices.bin", "manifest.webmanifest", "notices.txt", ".png", ".svg")
EXAMPLE = "() => document.querySelector('#example').value"
SETTINGS = "() => document.querySelector('#settings').textContent"
LOST = frozenset({"sw.js"})
REMEDY = "Check the connection, then "
NOTHING = "about:blank"  # once a page has answered: while others are waited for, it would go on to NumPy


def check_said(said: str) -> None:
    assert REMEDY in said, said
    assert "Retry" in said, said
    assert "undefined" not in said, said


@pytest.fixture
def begin(engine, browsers, site):
    """Opens a page of which not even the HTML need come to its end: `begin(own_site)`."""
    pages = []

    def begin(own_site: SiteServer):
        page = browsers.page(engine)
        pages.append(page)
        page.begin(own_site.url)
        return page

    yield begin
    for page in pages:
        browsers.give_back(page, f"{site.url}notices.txt")


# How a .bin is read whatever has happened to it, is tested in Node (tests/node/site-files.test.mjs): here two of each.
WRONG = {
    MAIN: FAULTS,
    WORKER: FAULTS,
    STYLE: ("missing", "cut", "a portal's page"),
    MODULE: ("missing", "changed"),
    SCRIPT: ("cut", "a portal's page"),
    PACK: ("changed", "empty"),
}


@pytest.mark.parametrize(("named", "fault"), [(named, fault) for named in START for fault in WRONG[named]])
def test_a_start_answers_or_says_what_to_do(engine, begin, own_light_site, named, fault):
    for file in START[named]:
        FAULTS[fault](own_light_site, file)
    page = begin(own_light_site)
    said = outcome(page)
    if named == STYLE:
        page.wait_until(lambda: is_answered(page), "the answer, in whatever looks", START_TIMEOUT)
        said = trouble(page)
        assert said or fault in ("cut", "changed"), "half a style is one"
        if not said:
            return
    if not said and fault == "changed":
        return  # a script may be as good as before
    check_said(said)
    assert named in said
    check_retry(page, own_light_site)


def test_a_module_found_broken_while_more_of_it_comes_is_named(engine, begin, own_light_site):
    own_light_site.change(MODULE, lambda data: data[:1000] + bytes(64) + data[1064:])
    own_light_site.delay(MODULE, 4)
    page = begin(own_light_site)
    said = outcome(page)
    check_said(said)
    assert MODULE in said
    check_retry(page, own_light_site)


def test_what_hangs_is_said_in_time(engine, begin, site_folder):
    """All of them at once: it takes as long as the page is patient."""
    cases = {**START, "index.html": ("index.html",)}
    sites = {named: SiteServer(site_folder, LOST) for named in cases}
    try:
        for named, files in cases.items():
            for file in files:
                sites[named].hang(file)
        pages = {named: begin(site) for named, site in sites.items()}
        for named, page in pages.items():
            check_said(outcome(page, WITHIN * PATIENCE))
            assert named == STYLE or page.engine_state() != "ready"
        sites[SCRIPT].go_on()
        page = pages.pop(SCRIPT)
        page.wait_until(lambda: is_answered(page), "the answer, by itself", START_TIMEOUT)
        assert trouble(page) == ""
        page.open(NOTHING)
        for named, page in pages.items():
            check_retry(page, sites[named])
            page.open(NOTHING)
    finally:
        for site in sites.values():
            site.close()


@pytest.mark.parametrize("share", [0.15, 0.6, 0.98])
def test_a_page_that_is_cut_says_so(engine, begin, own_light_site, share):
    own_light_site.change("index.html", lambda html: html[: int(share * len(html))])
    page = begin(own_light_site)
    said = outcome(page)
    check_said(said)
    check_retry(page, own_light_site)


def test_a_page_whose_scripts_are_cut_out_says_so_by_itself(engine, begin, own_light_site):
    """As proxies do. What is tried again is a link, for nothing else works without a script."""
    own_light_site.change("index.html", lambda html: re.sub(rb"<script.*?</script>", b"", html, flags=re.DOTALL))
    page = begin(own_light_site)
    stuck = page.page.locator("#stuck")
    page.wait_until(lambda: page.evaluate(AFTER, (WITHIN - 1) * 1000), "the style")
    assert stuck.is_visible(), "in time"
    page.evaluate(AFTER, 5000)
    assert not stuck.is_visible(), "not before its time"
    page.evaluate(AFTER, WITHIN * 1000)
    assert REMEDY in stuck.inner_text()
    own_light_site.heal()
    page.find("link", "Retry").click()
    page.wait_until(lambda: outcome(page) == "", "the answer after Retry")


@pytest.mark.wants_rest  # the whole page holds it
@pytest.mark.parametrize("fault", ["missing", "changed"])
def test_what_comes_after_the_answer_is_missed_by_who_needs_it(engine, begin, own_site, fault):
    for file in LATE:
        FAULTS[fault](own_site, file)
    page = begin(own_site)
    assert outcome(page) == ""

    def train() -> None:
        page.choose("Engine", "NumPy")

    def download() -> None:
        page.button("Download").click()
        page.button("The whole page, one file").click()

    def edit() -> None:
        page.button("Edit code").click()

    said = {train: page.status, download: page.status, edit: page.alerts}
    for act, read in said.items():
        act()
        page.wait_until(lambda: REMEDY in read(), f"what to do about {act.__name__}", START_TIMEOUT)  # noqa: B023
        assert "reload the page" in read(), "after a deployment that is all that helps"
        assert ".bin" in read()
    own_site.heal()
    edit()
    page.wait_until(ProgramOnPage(page).editor.exists, "the editor")
    download()
    page.wait_status("Saved tenlines.html,")
    page.choose("Engine", "compiled")
    train()
    trained = re.compile(r"NumPy [\d.]+ m?s\.")
    page.wait_until(lambda: trained.search(page.evaluate(SETTINGS)), "NumPy", START_TIMEOUT)


@pytest.mark.parametrize("fault", ["cut", "a portal's page"])
def test_the_second_script_is_missed_by_who_needs_it(engine, begin, own_site, fault):
    FAULTS[fault](own_site, LATER)
    page = begin(own_site)
    assert outcome(page) == ""
    for button in ("Share", "Saved", "Download", "Export CSV"):
        page.button(button).click()
        page.wait_until(lambda: f"{REMEDY}press {button}." in page.status(), f"what to do about {button}")  # noqa: B023
        assert "reload the page" in page.status()
        assert LATER in page.status()
    page.button("What is a weight?").click()
    page.wait_until(lambda: f"{REMEDY}press the question again." in page.status(), "what to do about the answer")
    page.button("Edit code").click()
    page.wait_until(lambda: f"{REMEDY}press Edit code." in page.alerts(), "what to do about the editor")
    about = page.page.locator("#part")
    page.wait_until(lambda: f"{REMEDY}reload the page." in about.inner_text(), "why there is no value", START_TIMEOUT)
    own_site.heal()
    page.button("Share").click()
    page.wait_until(page.find("button", "Copy link").exists, "the link")
    page.button("Close").click()
    page.wait_until(lambda: REMEDY not in about.inner_text(), "the value")


def test_a_large_example_opens_as_soon_as_its_table_is_there_unless_another_was_chosen(begin, own_site):
    own_site.hang(NUMPY)  # which this needs not
    own_site.hang(LATER)
    page = begin(own_site)
    assert outcome(page) == ""
    page.choose("Example", "Circle")
    page.wait_status("The example is being fetched.")
    assert page.evaluate(EXAMPLE) == "The post’s table"
    own_site.go_on(LATER)
    page.wait_until(lambda: page.evaluate(EXAMPLE) == "Circle", "the example", START_TIMEOUT)
    page.wait_until(lambda: page.answer("row-1-inside") > 0.9, "its answer")
    page.open(NOTHING)
    own_site.hang(LATER)
    page = begin(own_site)
    assert outcome(page) == ""
    page.choose("Example", "Circle")
    page.choose("Example", "XOR")
    page.button("Share").click()
    own_site.go_on(LATER)
    page.wait_until(page.find("button", "Copy link").exists, "the second script", START_TIMEOUT)
    assert page.evaluate(EXAMPLE) == "XOR"


def test_share_opens_as_soon_as_its_script_is_there(engine, begin, own_site):
    own_site.hang(NUMPY)  # which this needs not
    own_site.hang(LATER)
    page = begin(own_site)
    assert outcome(page) == ""
    page.button("Share").click()
    page.wait_status("Share is being fetched.")
    own_site.go_on(LATER)
    page.wait_until(page.find("button", "Copy link").exists, "the link", START_TIMEOUT)
    assert "fetched" not in page.status()


def test_a_question_is_answered_as_soon_as_its_script_is_there(begin, own_site):
    own_site.hang(LATER)
    page = begin(own_site)
    assert outcome(page) == ""
    for _ in range(2):  # pressed once more by who does not wait
        page.button("Why 0.99 and not 1?").click()
    page.wait_status("The answer is being fetched.")
    own_site.go_on(LATER)
    told = "() => document.querySelector('[data-card=data] .reply-text')?.textContent ?? ''"
    page.wait_until(lambda: "0.99" in page.evaluate(told), "the answer", START_TIMEOUT)
    assert "fetched" not in page.status()
