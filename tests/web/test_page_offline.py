"""Without a network: the service worker keeps the whole site, verified, and answers for nothing else."""

import json

import pytest
from harness.browsers import ALL_ENGINES, CHROMIUM, WEBKIT
from harness.offline import COME_BACK, SAID, check_late_files, come_again, edit_and_answer, wait_offline
from harness.page import DEFAULT_ANSWERS, START_TIMEOUT

in_all_engines = pytest.mark.engines(*ALL_ENGINES)
REST = "rest.bin"

REGISTRATIONS = """async () => (await navigator.serviceWorker.getRegistrations())
  .filter(it => it.installing || it.waiting || it.active).length"""
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
def test_a_cache_that_cannot_be_read_keeps_nobody_out(engine, open_page, offline_site):
    damaged = b"CacheStorage.prototype.match = () => Promise.reject(new Error('damaged'));\n"
    offline_site.change("sw.js", lambda data: damaged + data)
    page = open_page(offline_site)
    wait_offline(page)
    page.open(offline_site.url)
    page.wait_ready()
    page.wait_answers(DEFAULT_ANSWERS, 0)


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
    page.wait_until(lambda: offline_site.asked(REST) >= asked + 2, "the worker to look for it", START_TIMEOUT)
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


def wait_for_the_worker_that_does_not_come(page) -> None:
    """It would be asked for when the page is idle after NumPy has come; where nothing comes, so much must do."""
    shown = "() => document.querySelector('#settings').textContent"
    page.wait_until(lambda: "same weights" in page.evaluate(shown), "NumPy, and the comparison", START_TIMEOUT)
    page.evaluate("() => new Promise(resolve => requestIdleCallback(() => requestIdleCallback(() => resolve(0))))")


def test_where_there_are_no_service_workers_nothing_is_said(engine, open_page, offline_site):
    page = open_page(offline_site, ready=False)
    for how, script in NOT_HERE.items():
        # Each at an address of its own: what is added to a page stays there.
        page.page.add_init_script(f"if (location.search === '?{how[:5]}') {{ {script} }}")
    for how in NOT_HERE:
        page.open(f"{offline_site.url}?{how[:5]}")
        page.wait_ready()
        wait_for_the_worker_that_does_not_come(page)
        assert page.evaluate(SAID) == "", how
        assert page.problems() == [], how


def test_a_page_in_another_keeps_nothing(engine, open_page, offline_site):
    page = open_page(offline_site, at="#show=training")
    wait_for_the_worker_that_does_not_come(page)
    assert offline_site.asked("sw.js") == 0
    assert page.evaluate(SAID) == ""


def test_it_can_be_installed(engine, browsers, offline_site, tmp_path):
    # Chromium installs nothing from the contexts that the other tests use.
    page = browsers.lasting_page(engine, tmp_path)
    try:
        page.open(offline_site.url)
        page.wait_ready()
        wait_offline(page)
        with page.devtools() as chromium:
            manifest = chromium.send("Page.getAppManifest")
            errors = chromium.send("Page.getInstallabilityErrors")["installabilityErrors"]
        assert manifest["errors"] == []
        assert manifest["url"] == f"{offline_site.url}manifest.webmanifest"
        about = json.loads(manifest["data"])
        assert (about["name"], about["display"], about["start_url"], about["scope"]) == (
            "Tenlines",
            "standalone",
            ".",
            ".",
        )
        assert errors == []
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
