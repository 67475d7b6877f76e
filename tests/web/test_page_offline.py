"""Without a network, and from one version to the next: the service worker keeps whole versions, never a mix."""

import gzip
import json
import time

import pytest
from harness.browsers import ALL_ENGINES, CHROMIUM, FIREFOX, WEBKIT
from harness.oracle import post, terminal
from harness.page import DEFAULT_ANSWERS, START_TIMEOUT
from harness.playwright_page import PlaywrightPage
from harness.probe import with_probe
from harness.versions import version
from playwright.sync_api import Error as PlaywrightError
from selenium.common.exceptions import WebDriverException

in_all_engines = pytest.mark.engines(*ALL_ENGINES)
with_two_tabs = pytest.mark.engines(CHROMIUM, FIREFOX)  # WebKit's driver has one window
REST = "rest.bin"
YEAR = 365 * 24 * 3600

SAID = "() => document.querySelector('#offline[role=status]').innerText.trim()"
OFFERED = "() => document.querySelector('#offers[role=status]').innerText"
COME_BACK = "() => { document.dispatchEvent(new Event('visibilitychange')) }"  # to a tab, which then looks for news
WHICH = "() => [document.title, document.documentElement.dataset.main ?? null]"
REGISTRATIONS = """async () => (await navigator.serviceWorker.getRegistrations())
  .filter(it => it.installing || it.waiting || it.active).length"""
KEPT = "async () => (await caches.keys()).filter(name => name.startsWith('tenlines /some/where/'))"
IS_WHOLE = """async () => {
  const { active } = await navigator.serviceWorker.ready
  const { port1, port2 } = new MessageChannel()
  active.postMessage('are you whole', [port2])
  return new Promise(resolve => { port1.onmessage = ({ data }) => resolve(data) })
}"""
FORGET = """async name => {
  for (const kept of await caches.keys()) {
    const cache = await caches.open(kept)
    for (const { url } of await cache.keys()) if (new RegExp(name).test(url)) await cache.delete(url)
  }
}"""

# Python that waits to be asked before it imports what only rest.bin has.
IMPORT_LATER = """
from js import BroadcastChannel
from pyodide.ffi import create_proxy
late = BroadcastChannel.new("late NAME")
def answer(event):
    import decimal
    late.postMessage(str(decimal.Decimal(1) / 8))
late.onmessage = create_proxy(answer)
told = []
"""
ASK_FOR_LATE = """name => new Promise((resolve, reject) => {
  const channel = new BroadcastChannel(`late ${name}`)
  const asking = setInterval(() => channel.postMessage('ask'), 100)
  channel.onmessage = ({ data }) => { clearInterval(asking); channel.close(); resolve(data) }
  setTimeout(() => reject(new Error('nothing came')), 20000)
})"""


@pytest.fixture(autouse=True)
def _has_service_workers(engine, browsers, offline_site):
    if engine != WEBKIT:
        return
    page = browsers.page(engine)
    page.open(f"{offline_site.url}notices.txt")
    if not page.evaluate("() => 'serviceWorker' in navigator"):
        pytest.skip("This WebKitGTK has no service workers.")


@pytest.fixture
def versions(site_folder, tmp_path):
    """Makes versions of the site: in each, the page, its code and Python's late files tell which one they are of."""

    def make(name: str, **more):
        edits = {
            "index.html": lambda data: data.replace(b"<title>", f"<title>{name}: ".encode()),
            "main.js": lambda data: data + f"document.documentElement.dataset.main = '{name}'\n".encode(),
            REST: lambda data: gzip.compress(gzip.decompress(data) + name.encode(), 1),
            "numpy.bin": with_probe(IMPORT_LATER.replace("NAME", name)),
            **more,
        }
        return version(site_folder, tmp_path / name, edits)

    return make


def is_offline(page) -> bool:
    return page.evaluate(SAID) == "Ready offline"


def wait_offline(page) -> None:
    page.wait_until(lambda: is_offline(page), "Ready offline", START_TIMEOUT)


def come_again(page, site) -> None:
    """All of this visit is the service worker's. (Firefox's workers stay without one that came after them.)"""
    wait_offline(page)
    page.open(site.url)
    page.wait_ready()
    wait_offline(page)


def is_version(page, name: str) -> bool:
    title, main = page.evaluate(WHICH)
    assert title.startswith(f"{main}: "), f"a mix of {title} and {main}"
    return main == name


def take(page, name: str) -> None:
    """Press Reload, which brings this version."""

    def has_come() -> bool:
        try:
            return page.evaluate(WHICH)[1] == name
        except (PlaywrightError, WebDriverException):
            return False  # between the two pages

    page.button("Reload").click()
    page.wait_until(has_come, f"version {name}")
    page.wait_ready()
    assert is_version(page, name)


def wait_offer(page) -> None:
    page.wait_until(lambda: "A new version" in page.evaluate(OFFERED), "the offer of a new version", START_TIMEOUT)


def check_late_files(page, name: str) -> None:
    """NumPy, and what Python has not imported so far, come as they are in this version."""
    page.choose("Engine", "NumPy")
    assert page.evaluate(ASK_FOR_LATE, name) == "0.125"


def edit_and_answer(page, tmp_path) -> None:
    rows = post()["table"]["rows"]
    page.enter("Row 2 y", "0")
    _, expected = terminal(tmp_path, problem=post([rows[0], [1, 1, 1, 0], *rows[2:]]))
    page.wait_answers(expected)


@in_all_engines
def test_the_second_visit_fetches_nothing(engine, open_page, offline_site):
    page = open_page(offline_site)
    wait_offline(page)
    fetched = len(offline_site.bodies)
    page.open(offline_site.url)
    page.wait_ready()
    wait_offline(page)
    sent = [url.removeprefix(offline_site.url) for url, _ in offline_site.bodies[fetched:]]
    assert sent == (["sw.js"] if engine == WEBKIT else []), "WebKit takes no 304 when it looks for a new worker"


@in_all_engines
def test_with_the_network_cut_everything_works(engine, open_page, offline_site, versions, tmp_path):
    offline_site.deploy(versions("two"))
    page = open_page(offline_site)
    wait_offline(page)
    offline_site.cut()
    page.open(offline_site.url + "?from=elsewhere")
    page.wait_ready()
    page.wait_answers(DEFAULT_ANSWERS, 0)
    edit_and_answer(page, tmp_path)
    check_late_files(page, "two")
    page.wait_status("trained 10,000 iterations")
    wait_offline(page)
    asked = offline_site.asked("sw.js")
    page.evaluate(COME_BACK)
    page.wait_until(lambda: offline_site.asked("sw.js") > asked, "the worker to look for a new version, in vain")
    assert engine != CHROMIUM or page.problems() == []


@in_all_engines
def test_a_first_visit_goes_on_without_a_network(engine, open_page, offline_site, tmp_path):
    page = open_page(offline_site)
    wait_offline(page)
    offline_site.cut()
    edit_and_answer(page, tmp_path)
    page.choose("Engine", "NumPy")
    page.wait_status("trained 10,000 iterations")


@in_all_engines
def test_a_new_version_is_offered_and_taken(engine, open_page, offline_site, versions, tmp_path):
    offline_site.deploy(versions("one"))
    page = open_page(offline_site)
    come_again(page, offline_site)
    offline_site.deploy(versions("two"))
    page.evaluate(COME_BACK)
    wait_offer(page)
    assert is_version(page, "one")
    check_late_files(page, "one")
    edit_and_answer(page, tmp_path)
    take(page, "two")
    wait_offline(page)
    assert "A new version" not in page.evaluate(OFFERED)
    check_late_files(page, "two")


@with_two_tabs
def test_another_tab_goes_on_in_the_old_version(engine, open_page, offline_site, versions, tmp_path):
    offline_site.deploy(versions("one"))
    old = open_page(offline_site)
    come_again(old, offline_site)
    offline_site.deploy(versions("two"))
    new = PlaywrightPage(old.context, engine)
    new.open(offline_site.url)
    new.wait_ready()
    assert is_version(new, "one"), "nothing takes over by itself"
    wait_offer(new)
    take(new, "two")
    check_late_files(new, "two")
    new.evaluate("() => { location = 'about:blank' }")

    assert is_version(old, "one")
    check_late_files(old, "one")
    edit_and_answer(old, tmp_path)
    if engine == CHROMIUM:
        old.evict_engine()
        old.evaluate(COME_BACK)  # with a Python that starts anew
        old.choose("Engine", "compiled")
        old.enter("Row 2 y", "1")
        old.wait_answers(DEFAULT_ANSWERS)
    wait_offer(old)
    take(old, "two")


@pytest.mark.parametrize("missing", ["rest.bin", "worker.js", "index.html"])
@in_all_engines
def test_a_deploy_that_is_only_half_uploaded_is_left_alone(engine, open_page, offline_site, versions, missing):
    one, two = versions("one"), versions("two", **{"worker.js": lambda code: code + b"//\n"})
    offline_site.deploy(one)
    page = open_page(offline_site)
    wait_offline(page)
    offline_site.deploy(two)
    if missing == "index.html":
        offline_site.change(missing, lambda _: (one / missing).read_bytes())
    else:
        offline_site.block(missing)
    asked = offline_site.asked(missing)
    page.evaluate(COME_BACK)
    page.wait_until(lambda: offline_site.asked(missing) == asked + 2, "the worker to ask, and once again")
    page.open(offline_site.url)
    page.wait_ready()
    assert is_version(page, "one")
    wait_offline(page)
    assert "A new version" not in page.evaluate(OFFERED)
    assert page.problems() == []
    offline_site.heal()
    page.evaluate(COME_BACK)
    wait_offer(page)
    take(page, "two")


@in_all_engines
def test_what_the_browsers_own_cache_holds_of_the_old_version_does_not_count(engine, open_page, offline_site, versions):
    offline_site.uploaded = time.time() - YEAR  # browsers then take what they have, unasked
    offline_site.deploy(versions("one"))
    page = open_page(offline_site)
    wait_offline(page)
    offline_site.deploy(versions("two"))
    page.evaluate(COME_BACK)
    wait_offer(page)
    take(page, "two")


@in_all_engines
def test_only_what_has_changed_is_fetched_and_older_versions_go(engine, open_page, offline_site, versions):
    offline_site.deploy(versions("one"))
    page = open_page(offline_site)
    others = ["tenlines /some/ 1", "tenlines /some/where/else/ 1", "other"]
    page.evaluate("names => Promise.all(names.map(name => caches.open(name))).then(() => 0)", others)
    wait_offline(page)
    for name in ("two", "three"):
        offline_site.deploy(versions(name))
        fetched = len(offline_site.bodies)
        page.evaluate(COME_BACK)
        wait_offer(page)
        sent = {url.removeprefix(offline_site.url) for url, _ in offline_site.bodies[fetched:]}
        assert sent == {"sw.js", "index.html", "main.js", "python/rest.bin", "python/numpy.bin"}
        take(page, name)
        wait_offline(page)
    kept = page.evaluate("() => caches.keys()")
    assert len(kept) == 2 + len(others)
    assert set(others) <= set(kept)


@in_all_engines
def test_a_damaged_file_on_the_host_is_not_kept(engine, open_page, offline_site, tmp_path):
    offline_site.change(REST, lambda data: data[:-1] + b"!")
    page = open_page(offline_site)
    page.wait_until(lambda: offline_site.asked(REST) == 2, "the worker to ask, and once again", START_TIMEOUT)
    page.wait_until(lambda: page.evaluate(REGISTRATIONS) == 0, "the worker to give up")
    assert page.evaluate(SAID) == ""
    edit_and_answer(page, tmp_path)
    assert page.problems() == []
    offline_site.heal()
    page.open(offline_site.url)
    page.wait_ready()
    wait_offline(page)


@in_all_engines
def test_what_was_lost_from_the_cache_is_missed_and_mended(engine, open_page, offline_site):
    page = open_page(offline_site)
    wait_offline(page)
    page.evaluate(FORGET, "python/rest-")
    offline_site.block(REST)
    asked = offline_site.asked(REST)
    page.open(offline_site.url)
    page.wait_ready()
    page.wait_until(lambda: offline_site.asked(REST) == asked + 2, "the worker to look for it", START_TIMEOUT)
    assert page.evaluate(IS_WHOLE) is False
    assert page.evaluate(SAID) == ""
    offline_site.heal()
    page.open(offline_site.url)
    page.wait_ready()
    wait_offline(page)


@in_all_engines
def test_what_is_not_the_pages_own_goes_to_the_network(engine, open_page, offline_site):
    page = open_page(offline_site)
    wait_offline(page)
    page.open(offline_site.url)  # from the service worker now
    page.wait_ready()
    for path in ("/", "/some/", "/some/other/main-ABCDEFGH.js", "more/", "more/index.html", "python/other.bin"):
        url = offline_site.origin + path if path.startswith("/") else offline_site.url + path
        asked = len(offline_site.requests)
        assert page.evaluate("url => fetch(url).then(answer => answer.status)", url) == 404
        assert len(offline_site.requests) > asked, path
    scope = "async () => (await navigator.serviceWorker.getRegistrations()).map(it => it.scope)"
    assert page.evaluate(scope) == [offline_site.url]


POISON = """async () => {
  const evil = new Response("onmessage = () => {}; postMessage('evil'); document.title = 'evil'",
    { headers: { 'Content-Type': 'text/javascript' } })
  const page = new Response('<title>evil</title>', { headers: { 'Content-Type': 'text/html' } })
  for (const name of [...await caches.keys(), 'tenlines /some/where/ old']) {
    const cache = await caches.open(name)
    for (const { url } of await cache.keys()) if (url.endsWith('.js')) await cache.put(url, evil.clone())
    await cache.put('index.html', page.clone())
    await cache.put('evil-ABCDEFGH.js', evil.clone())
  }
}"""
START_WORKER = """url => new Promise(resolve => {
  const worker = new Worker(url)
  worker.onmessage = ({ data }) => resolve(data)
  worker.onerror = event => { event.preventDefault(); resolve('refused') }
})"""


@in_all_engines
def test_what_was_written_into_the_cache_by_others_is_not_run(engine, open_page, offline_site, site_folder):
    """Python can write there. A page without its policy, or a worker from an address, could call anywhere."""
    page = open_page(offline_site)
    come_again(page, offline_site)
    page.evaluate(POISON)
    scripts = [path.name for path in site_folder.glob("*.js") if path.name != "sw.js"]
    for name in ["evil-ABCDEFGH.js", *scripts]:
        assert page.evaluate(START_WORKER, name) == "refused", name
    page.open(offline_site.url)
    page.wait_ready()
    wait_offline(page)  # mended
    offline_site.cut()
    page.open(offline_site.url)
    page.wait_ready()


def test_at_localhost_what_is_served_there_today_is_shown(engine, open_page, offline_site, tmp_path):
    """Ports there are many programs' in turn."""
    page = open_page(offline_site, ready=False)
    address = offline_site.url.replace("127.0.0.1", "localhost")
    page.open(address)
    page.wait_ready()
    wait_offline(page)
    (tmp_path / "index.html").write_text("<title>Another program</title>")
    offline_site.deploy(tmp_path)
    page.open(address)
    assert page.evaluate("() => document.title") == "Another program"
    offline_site.cut()
    page.open(address)
    page.wait_ready()
    wait_offline(page)


NOT_HERE = {
    "undefined": "Object.defineProperty(navigator, 'serviceWorker', { value: undefined })",
    "sandboxed": "Object.defineProperty(navigator, 'serviceWorker', { get() { throw new DOMException('no') } })",
    "blocked": "ServiceWorkerContainer.prototype.register = async () => { throw new DOMException('no') }",
    "saving data": "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })",
}


def wait_for_the_worker_that_does_not_come(page, site) -> None:
    """It would be asked for when the page is idle after NumPy has come; where nothing comes, so much must do."""
    page.wait_until(lambda: site.asked("numpy.bin"), "NumPy", START_TIMEOUT)
    page.wait_until(lambda: "same weights" in page.evaluate("() => document.body.innerText"), "the comparison")
    page.evaluate("() => new Promise(resolve => requestIdleCallback(() => requestIdleCallback(() => resolve(0))))")


@pytest.mark.parametrize("how", NOT_HERE)
def test_where_there_are_no_service_workers_nothing_is_said(engine, open_page, offline_site, how):
    page = open_page(offline_site, ready=False)
    page.page.add_init_script(NOT_HERE[how])
    page.open(offline_site.url)
    page.wait_ready()
    wait_for_the_worker_that_does_not_come(page, offline_site)
    assert page.evaluate(SAID) == ""
    assert page.problems() == []


@pytest.mark.parametrize("mark", ["data-embed", "data-file"])
def test_a_page_in_another_and_a_page_that_is_one_file_keep_nothing(engine, open_page, offline_site, mark):
    offline_site.change("/where/", lambda html: html.replace(b"<html", f"<html {mark}".encode()))
    page = open_page(offline_site)
    wait_for_the_worker_that_does_not_come(page, offline_site)
    assert offline_site.asked("sw.js") == 0
    assert page.evaluate(SAID) == ""


def test_it_can_be_installed(engine, browsers, offline_site, tmp_path):
    # Chromium installs nothing from the contexts that the other tests use.
    page = browsers.lasting_page(engine, tmp_path)
    try:
        page.open(offline_site.url)
        page.wait_ready()
        wait_offline(page)
        chromium = page.context.new_cdp_session(page.page)
        manifest = chromium.send("Page.getAppManifest")
        assert manifest["errors"] == []
        assert manifest["url"] == f"{offline_site.url}manifest.webmanifest"
        about = json.loads(manifest["data"])
        assert (about["name"], about["display"], about["start_url"], about["scope"]) == (
            "Tenlines",
            "standalone",
            ".",
            ".",
        )
        assert chromium.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
        for icon in about["icons"]:
            size = page.evaluate(
                """src => new Promise((resolve, reject) => { const image = new Image()
                  image.onload = () => resolve(`${image.naturalWidth}x${image.naturalHeight}`)
                  image.onerror = reject
                  image.src = src })""",
                icon["src"],
            )
            assert size == icon["sizes"]
        assert page.problems() == []
    finally:
        page.context.close()
