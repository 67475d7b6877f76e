"""Nothing leaves the page's own origin: not from the page, not from the worker, not from Python in it."""

import json
import re
from base64 import b64encode
from hashlib import sha256
from urllib.parse import urlsplit

import pytest
from harness.browsers import ALL_ENGINES, CHROMIUM
from harness.links import link_of
from harness.oracle import post
from harness.page import DEFAULT_CSV, START_TIMEOUT
from harness.probe import HEAR, with_probe
from harness.program import ProgramOnPage
from harness.site_server import MARK, SiteServer

import apart
import assemble

in_all_engines = pytest.mark.engines(*ALL_ENGINES)

# Chromium itself calls these, whatever page is open.
BROWSERS_OWN_HOSTS = {
    "update.googleapis.com",
    "accounts.google.com",
    "content-autofill.googleapis.com",
    "optimizationguide-pa.googleapis.com",
    "clients2.google.com",
    "www.google.com",
    "safebrowsing.googleapis.com",
}


def use_everything(page) -> None:
    page.enter("Row 1 x1", "0.5")
    for button in [
        "Add row",
        "Add input",
        "Add output",
        "Undo",
        "Redo",
        "New random start",
        "Reset",
        "Train",
    ]:
        page.button(button).click()
    page.enter("Row 1 x1", "abc")
    page.upload(b"no table")
    page.upload(DEFAULT_CSV.encode())
    page.wait_until(lambda: page.rows()[0][0] == "0", "the imported table")
    page.exported()


def share_keep_and_take_along(page) -> None:
    page.button("Share").click()
    page.wait_until(lambda: page.box("Link").value().startswith("http"), "the link")
    page.press("Escape")
    page.button("Saved").click()
    page.wait_until(lambda: "kept in this browser" in page.dialog(), "the list")
    page.press("Escape")
    page.button("Download").click()
    page.button("The whole page, one file").click()
    page.wait_status("saved tenlines.html")


@in_all_engines
def test_a_session_asks_nothing_of_any_other_origin(engine, browsers, shared_pages, offline_site):
    """The browser's proxy is the test's server, so that every request is seen, whichever thread makes it."""
    shared_pages.pop(engine, None)
    page, close = browsers.proxied_page(engine, offline_site.netloc)
    try:
        page.open(offline_site.url)
        page.wait_ready()
        page.wait_default()
        use_everything(page)
        page.wait_until(lambda: offline_site.asked("rest.bin"), "the service worker's requests", START_TIMEOUT)
        problems = page.problems()
    finally:
        close()
    foreign = {url for url in offline_site.requests if not url.startswith(offline_site.origin + "/")}
    hosts = {re.sub(r"^https?://|[:/].*$", "", url) for url in foreign}
    assert hosts - BROWSERS_OWN_HOSTS == set()
    assert problems == [], "no error and no violation of the policy in an ordinary session"
    if engine == CHROMIUM:
        asked = [url for url in page.requested if not url.startswith(("blob:", "data:"))]
        assert [url for url in asked if not url.startswith(offline_site.url)] == []


@pytest.mark.wants_rest  # the one file holds it
@pytest.mark.parametrize("mode", ["link", "embedded"])
def test_no_other_way_to_use_it_asks_anything_of_another_origin(engine, browsers, own_site, site_folder, mode):
    """What is shared, kept and taken along stays here too; and no address asked for holds any of the table."""
    page, close = browsers.proxied_page(engine, own_site.netloc)
    try:
        page.open(own_site.url + link_of(post([[0, 0, 1, 0], [7, 7, 7, 1]])) + {"embedded": "&show=data"}.get(mode, ""))
        page.wait_ready()
        use_everything(page)
        if mode == "link":
            share_keep_and_take_along(page)
            ProgramOnPage(page).run("print('mine')")
        problems = page.problems()
    finally:
        close()
    foreign = [url for url in own_site.requests if not url.startswith(own_site.url)]
    assert {urlsplit(url).hostname for url in foreign} - BROWSERS_OWN_HOSTS == set()
    asked = {url.removeprefix(own_site.url) for url in own_site.requests} - set(foreign)
    files = {MARK.sub("", path.relative_to(site_folder).as_posix()) for path in site_folder.rglob("*")}
    assert asked <= {"", *files}, "files of the site and nothing else, so that no address tells anything"
    assert own_site.methods == {"GET"}, "nothing is sent"
    assert problems == []


PROBE = """
const told = []
const attempt = async (name, act) => {
  try { await act(); told.push(name + ' got through') } catch (error) { told.push(name + ' refused') }
}
(async () => {
  const foreign = %s
  await attempt('fetch', () => fetch(foreign + 'fetch', { mode: 'no-cors' }))
  await attempt('XMLHttpRequest', () => {
    const request = new XMLHttpRequest()
    request.open('GET', foreign + 'xhr', false)
    request.send()
  })
  await attempt('importScripts', () => importScripts(foreign + 'script.js'))
  await attempt('import()', () => import(foreign + 'module.js'))
  await attempt('WebSocket', () => new Promise((resolve, reject) => {
    const socket = new WebSocket(foreign.replace('http', 'ws') + 'socket')
    socket.onopen = resolve
    socket.onerror = reject
  }))
  const channel = new BroadcastChannel('probe')
  channel.onmessage = () => channel.postMessage(told)
  channel.postMessage(told)
})()
"""


@pytest.fixture
def foreign(tmp_path):
    server = SiteServer(tmp_path)
    yield server
    server.close()


@in_all_engines
def test_neither_the_page_nor_its_real_worker_can_reach_a_foreign_origin(engine, open_page, own_site, foreign):
    """A probe stands at the head of the very file that the page's worker runs."""
    probe = (PROBE % json.dumps(foreign.url)).encode()
    own_site.change("worker.js", lambda code: probe + code)
    page = open_page(own_site)
    told = page.evaluate(HEAR)
    assert len(told) == 5
    assert [line for line in told if not line.endswith("refused")] == []
    assert [url for url in own_site.requests if not url.startswith(own_site.url)] == [], "all under the page's own path"
    fetch = "url => fetch(url).then(() => 'got through', () => 'refused')"
    assert page.evaluate(fetch, foreign.url) == "refused"
    assert foreign.requests == []


PYTHON_PROBE = """
from js import XMLHttpRequest
from pyodide.http import open_url
told = []
def attempt(name, act):
    try:
        act()
        told.append(name + " got through")
    except BaseException as error:
        told.append(name + " refused")
def request():
    xhr = XMLHttpRequest.new()
    xhr.open("GET", "{url}xhr", False)
    xhr.send()
attempt("open_url", lambda: open_url("{url}open_url"))
attempt("XMLHttpRequest", request)
"""


@pytest.mark.wants_rest  # for pyodide.http
@in_all_engines
def test_python_in_the_worker_cannot_reach_a_foreign_origin(engine, open_page, own_site, foreign):
    probe = with_probe(PYTHON_PROBE.replace("{url}", foreign.url))
    own_site.change("numpy.bin", probe)
    page = open_page(own_site)
    told = page.evaluate(HEAR)
    assert sorted(told) == ["XMLHttpRequest refused", "open_url refused"]
    assert foreign.requests == []


def test_the_workers_javascript_cannot_fetch_a_foreign_origin_at_any_time(page, foreign):
    for worker in page.page.workers:
        said = worker.evaluate("url => fetch(url).then(() => 'got through', () => 'refused')", foreign.url)
        assert said == "refused"
    assert page.page.workers
    assert foreign.requests == []
    page.page.evaluate("() => 0")  # let the console's messages arrive …
    page.forget_problems()  # … they are what this test asked for


START_FROM_ADDRESS = """url => new Promise(resolve => {
  const worker = new Worker(url)
  worker.onmessage = () => resolve('answers')
  worker.onerror = event => { event.preventDefault(); resolve('refuses') }
  worker.postMessage({ id: '1', type: 'APPLY', path: ['alive'], argumentList: [] })  // as Comlink asks
  setTimeout(resolve, 20000, 'is silent')
})"""


@in_all_engines
def test_no_script_of_the_site_offers_anything_as_a_worker_started_from_its_address(
    engine, open_page, offline_site, site_folder
):
    """Only from a blob does a worker have the page's policy. Python could start one from an address of the site."""
    page = open_page(offline_site)
    scripts = [path.name for path in site_folder.rglob("*.js")]
    assert len(scripts) == 3
    said = {name: page.evaluate(START_FROM_ADDRESS, name) for name in scripts}
    assert set(said.values()) == {"refuses"}, said


def policy(site_folder) -> dict[str, list[str]]:
    html = (site_folder / "index.html").read_text("utf-8")
    metas = re.findall(r"<meta[^>]*Content-Security-Policy[^>]*>", html, re.IGNORECASE)
    assert len(metas) == 1
    head = html[: html.index(metas[0])]
    assert not re.search(r"<(script|link|style)\b", head), "the policy stands before all that it rules"
    (content,) = re.findall(r'content="([^"]*)"', metas[0])
    rules = [rule.split() for rule in content.replace("&#39;", "'").split(";") if rule.strip()]
    return {name: values for name, *values in rules}


def test_the_policy_in_the_page_is_strict(site_folder):
    rules = policy(site_folder)
    scripts = rules.get("script-src") or rules["default-src"]
    assert "'unsafe-inline'" not in scripts
    assert "'unsafe-eval'" not in scripts
    assert rules["default-src"] in (["'none'"], ["'self'"])
    allowed = {"'none'", "'self'", "'wasm-unsafe-eval'", "'unsafe-inline'", "blob:", "data:"}
    (first,) = re.findall(r"<script [^>]*>([^<]+)</script>", (site_folder / "index.html").read_text("utf-8"))
    frame = apart.script(assemble.TARGETS)  # of programs, which lets in less still: tests/build/test_site.py
    allowed |= {f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in (first, frame)}
    assert {value for values in rules.values() for value in values} <= allowed, "no other origin, no wildcard"
    assert set(rules.get("connect-src") or rules["default-src"]) <= {"'none'", "'self'", "blob:", "data:"}
    # From its address only a service worker is started; a worker would not be bound by this policy (see below).
    assert rules["worker-src"] == ["'self'", "blob:"]
    assert rules["manifest-src"] == ["'self'"]
    for name in ("object-src", "base-uri", "form-action"):
        values = rules.get(name) or (rules["default-src"] if name == "object-src" else ["missing"])
        assert set(values) <= {"'none'", "'self'"}, name


def test_the_site_names_no_other_place_to_fetch_from(site_folder):
    html = (site_folder / "index.html").read_text("utf-8")
    assert re.findall(r'(?:src|href|action)="(?:https?:)?//[^"]*"', html) == []
    assert re.findall(r"\son\w+=", html) == [], "no inline handlers"
