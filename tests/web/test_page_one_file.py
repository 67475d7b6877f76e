"""dist/tenlines.html, opened from the disk with no network: all of the page that needs no server."""

import json
import re

import pytest
from harness.browsers import ALL_ENGINES, CHROMIUM, WEBKIT
from harness.links import offers
from harness.one_file import TABLE, WHOLE, with_files, with_start
from harness.oracle import post, terminal
from harness.page import DEFAULT_ANSWERS, DEFAULT_CSV, DEFAULT_ROWS, PATIENCE, START_TIMEOUT
from harness.probe import HEAR, with_probe
from harness.saved import kept_with, open_kept
from test_page_accessibility import violations
from test_page_privacy import BROWSERS_OWN_HOSTS, use_everything
from test_page_small_screen import OVERFLOW
from test_page_start import DAMAGES

from layout import ONE_FILE, SITE

in_all_engines = pytest.mark.engines(*ALL_ENGINES)
SETTINGS = "() => document.querySelector('#settings').textContent"


def start(page) -> str:
    return page.evaluate("() => document.documentElement.dataset.start")


def contents(name: str) -> bytes:
    (file,) = SITE.rglob(f"{name}-????????.bin")
    return file.read_bytes()


def use_numpy(page) -> None:
    page.choose("Engine", "NumPy")
    trained = re.compile(r"NumPy [\d.]+ m?s\.")
    page.wait_until(lambda: trained.search(page.evaluate(SETTINGS)), "NumPy's run", START_TIMEOUT)
    page.wait_answers(DEFAULT_ANSWERS, 1e-12)


def edited() -> dict:
    """The post's problem with another answer in row 2."""
    rows = post()["table"]["rows"]
    return post([rows[0], [1, 1, 1, 0], *rows[2:]])


@in_all_engines
def test_a_session_from_the_disk_asks_for_nothing(engine, browsers, shared_pages, own_site):
    """The browser's proxy is the test's server, so that every request is seen, whichever thread makes it."""
    shared_pages.pop(engine, None)
    page, close = browsers.proxied_page(engine, own_site.netloc)
    try:
        page.open(ONE_FILE.as_uri())
        page.wait_ready()
        page.wait_answers(DEFAULT_ANSWERS, 0)
        assert start(page) == "snapshot"
        use_everything(page)
        page.choose("Example", "The post’s table")
        page.wait_default()
        use_numpy(page)
        page.paste("Row 1 x1", "1\t1\n0\t1")
        page.wait_until(lambda: page.rows()[0][:2] == ["1", "1"], "the pasted cells")
        page.press("Control+z")
        page.wait_answers(DEFAULT_ANSWERS, 1e-12)
        assert page.exported() == DEFAULT_CSV
        assert json.loads(page.downloaded(TABLE))["table"] == post()["table"]
        problems = page.problems()
    finally:
        close()
    hosts = {re.sub(r"^https?://|[:/].*$", "", url) for url in own_site.requests}
    assert hosts - BROWSERS_OWN_HOSTS == set()
    assert problems == [], "no error and no violation of the policy"
    if engine == CHROMIUM:
        asked = {url for url in page.requested if not url.startswith(("blob:", "data:"))}
        assert asked == {ONE_FILE.as_uri()}


@in_all_engines
def test_where_the_snapshot_does_not_go_the_pack_does(engine, open_file, tmp_path):
    page = open_file(with_files(tmp_path, snapshot=DAMAGES["broken"](contents("snapshot"))))
    page.wait_answers(DEFAULT_ANSWERS, 0)
    assert start(page) == "pack"


IMPORTS = """
import decimal, json, numpy.fft
told = [str(decimal.Decimal(1) / 7), json.dumps(numpy.fft.fft([1, 2, 3, 4]).real.tolist())]
"""


@in_all_engines
def test_every_module_can_be_imported(engine, open_file, tmp_path):
    page = open_file(with_files(tmp_path, numpy=with_probe(IMPORTS)(contents("numpy"))))
    use_numpy(page)  # which the imports are a part of
    if engine == WEBKIT:
        return  # there no word gets from a stranger's worker to the page
    assert page.evaluate(HEAR) == ["0.1428571428571428571428571429", "[10.0, -2.0, -2.0, -2.0]"]


@in_all_engines
def test_a_damaged_file_says_so_and_the_table_can_be_edited(engine, open_file, tmp_path):
    whole = ONE_FILE.read_bytes()
    cut = tmp_path / "cut.html"
    cut.write_bytes(whole[: whole.index(b'data-name="pyodide.asm.wasm.bin"') + 1_000_000])
    page = open_file(cut, ready=False)
    page.wait_until(lambda: page.engine_state() == "failed", "the failure", START_TIMEOUT)
    assert "may not be whole" in page.alerts()
    page.enter("Row 2 y", "0")
    assert page.cell("Row 2 y").value() == "0"


@pytest.mark.snapshot
@pytest.mark.wants_rest
@pytest.mark.engines(CHROMIUM, WEBKIT)
def test_a_copy_of_a_copy_is_the_same_file(engine, open_page, own_site, open_file, tmp_path):
    page = open_page(own_site)
    page.enter("Row 2 y", "0")
    _, expected = terminal(tmp_path, problem=edited())
    page.wait_answers(expected)
    texts = []
    for number in (1, 2):
        texts.append(page.downloaded(WHOLE))
        page.wait_status("saved tenlines.html")
        copy = tmp_path / f"copy{number}.html"
        copy.write_text(texts[-1], "utf-8", newline="\n")
        page = open_file(copy)
        assert [row[3] for row in page.rows()] == ["0", "0", "1", "0", "?"]
        page.wait_answers(expected)
        assert page.button("Undo").disabled(), "it opens with that: there is nothing to undo"
    assert texts[0] == texts[1]
    (baked,) = re.findall(r'id="start">(\{"problem.*?)</script>', texts[0][:400_000])
    assert json.loads(baked)["problem"]["table"] == edited()["table"]
    assert texts[0].replace(baked, "{}", 1).encode() == ONE_FILE.read_bytes()


NAME = "</script><script>alert(1)</script><!--"


@pytest.mark.snapshot
@pytest.mark.wants_rest
def test_a_name_that_is_html_goes_through_a_copy_as_a_name(engine, open_page, own_site, open_file, tmp_path):
    page = open_page(own_site)
    page.upload(f"{json.dumps(NAME)},b\n0,0\n1,1\n2,?\n".encode())
    page.wait_until(lambda: page.names() == [NAME, "b"], "the name")
    copy = tmp_path / "copy.html"
    copy.write_text(page.downloaded(WHOLE), "utf-8", newline="\n")
    page = open_file(copy)
    assert page.names() == [NAME, "b"]
    page.wait_until(lambda: "row-3-b" in page.answers(), "an answer")
    assert page.problems() == []


A_SCRIPT = '{"problem": "</script><script>window.stolen = 1</script>'


def test_a_start_that_is_none_opens_the_posts_table(engine, open_file, tmp_path):
    """tests/node/documents.test.mjs has what else anybody can have written there."""
    page = open_file(with_start(tmp_path, A_SCRIPT))
    assert page.rows() == DEFAULT_ROWS
    page.wait_answers(DEFAULT_ANSWERS, 0)
    assert page.evaluate("() => window.stolen ?? null") is None
    refusals = [text for text in page.problems() if "script-src" not in text]
    assert refusals == []
    page.enter("Row 4 y", "?")
    page.wait_status("row 4, y: ")


def test_a_start_that_python_refuses_is_shown_and_named(engine, open_file, tmp_path):
    page = open_file(with_start(tmp_path, json.dumps({"problem": post(iterations=-5)})), ready=False)
    page.wait_status("iterations is -5")


def test_it_looks_as_the_site_does(engine, open_file):
    page = open_file(ONE_FILE)
    look = "() => getComputedStyle(document.body).backgroundColor"
    for scheme, paper in (("light", "rgb(252, 252, 251)"), ("dark", "rgb(20, 22, 26)")):
        page.look(390, 844, scheme)
        assert violations(page) == []
        assert page.evaluate(OVERFLOW) <= 0
        assert page.evaluate(look) == paper


LONG_TASKS = """() => new Promise(resolve => {
  const seen = []
  new PerformanceObserver(list => seen.push(...list.getEntries().map(e => [e.startTime, e.duration])))
    .observe({ type: 'longtask', buffered: true })
  setTimeout(() => resolve(seen), 100)
})"""


@pytest.mark.wants_rest
def test_making_a_copy_leaves_the_page_to_the_learner(engine, open_page, own_site):
    page = open_page(own_site)
    page.wait_until(lambda: "same weights" in page.evaluate(SETTINGS), "all that comes later", START_TIMEOUT)
    began = page.evaluate("() => performance.now()")
    page.button("Download").click()
    with page.page.expect_download():
        page.button(WHOLE).click()
    page.wait_status("saved tenlines.html")
    longest = max((took for at, took in page.evaluate(LONG_TASKS) if at > began), default=0)
    assert longest < 200 * PATIENCE, "50 ms on a machine at rest"


@in_all_engines
def test_what_is_edited_in_the_file_is_kept_for_a_reload_and_for_another_day(engine, open_file):
    page = open_file(ONE_FILE)
    page.enter("Row 3 y", "0.125")
    page.wait_until(lambda: kept_with(page, [1, 0, 1, 0.125]), "the table to be kept")
    page.reload()
    page.wait_until(lambda: page.rows()[2] == ["1", "0", "1", "0.125"], "the edit after a reload")
    page.open("about:blank")
    page.open(ONE_FILE.as_uri())
    page.wait_ready()
    assert page.rows() == DEFAULT_ROWS
    assert "“The post’s table, edited”" in offers(page)
    open_kept(page)
    assert page.rows()[2] == ["1", "0", "1", "0.125"]
