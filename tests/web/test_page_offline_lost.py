"""A service worker that says nothing, and files that the browser has lost: what is left starts, or says what to do."""

import pytest
from harness.browsers import ALL_ENGINES
from harness.faults import is_answered, outcome
from harness.offline import COME_BACK, OFFERED, SAID, come_again, is_version, wait_offline
from harness.page import START_TIMEOUT

in_all_engines = pytest.mark.engines(*ALL_ENGINES)

# Take a file out of what the browser keeps, and put it back.
MOVE = """async (path, isAway) => {
  const names = (await caches.keys()).filter(name => name.startsWith('tenlines '))
  const [kept, aside] = await Promise.all([caches.open(names[0]), caches.open('aside')])
  const [from, to] = isAway ? [kept, aside] : [aside, kept]
  await to.put(path, await from.match(path))
  await from.delete(path)
}"""
WAITING = "async () => Boolean((await navigator.serviceWorker.getRegistration()).waiting)"
KEPT = "async () => (await caches.keys()).length"
CUT = b"'use strict';\n"  # a worker of which only a statement has come, so that it says nothing


def press_reload(page) -> None:
    page.evaluate("() => { window.before = true }")
    page.button("Reload").click()
    page.wait_until(lambda: page.evaluate("() => !window.before"), "the page to be loaded again", START_TIMEOUT)


def test_a_worker_that_says_nothing_is_found_out_and_replaced(engine, open_page, offline_site, versions):
    offline_site.deploy(versions("one"))
    page = open_page(offline_site)
    come_again(page, offline_site)
    offline_site.change("sw.js", lambda _: CUT)
    page.evaluate(COME_BACK)
    page.wait_until(lambda: page.evaluate(WAITING), "the mute worker to wait", START_TIMEOUT)
    page.wait_until(lambda: page.evaluate(SAID) == "", "the page to say no longer that it is ready", START_TIMEOUT)
    assert "A new version" not in page.evaluate(OFFERED), "it is none"
    page.open("about:blank")  # no tab is left, so that it takes over
    page.open(offline_site.url)
    page.wait_ready()
    kept = page.evaluate(KEPT)
    offline_site.heal()
    fetched = len(offline_site.bodies)
    page.evaluate(COME_BACK)
    wait_offline(page)
    assert page.evaluate(KEPT) == kept, "nothing that was kept is lost"
    sent = {url.removeprefix(offline_site.url) for url, _ in offline_site.bodies[fetched:]}
    assert sent == {"sw.js"}, "so nothing need be fetched again"
    offline_site.cut()
    page.open(offline_site.url)
    page.wait_ready()
    assert is_version(page, "one")


def test_reload_reloads_whatever_the_waiting_worker_does(engine, open_page, offline_site, versions):
    """Such as answering, as an offer needs, and not taking over."""
    stubborn = b"self.skipWaiting = () => {};\n"
    offline_site.deploy(versions("one"))
    page = open_page(offline_site)
    come_again(page, offline_site)
    offline_site.deploy(versions("two"))
    offline_site.change("sw.js", lambda code: stubborn + code)
    page.evaluate(COME_BACK)
    page.wait_until(lambda: "A new version" in page.evaluate(OFFERED), "the offer", START_TIMEOUT)
    press_reload(page)
    page.wait_ready()
    assert is_version(page, "one")


def lost(site_folder) -> list[str]:
    names = [path.relative_to(site_folder).as_posix() for path in site_folder.rglob("*") if path.is_file()]
    return [name for name in sorted(names) if not name.endswith((".map", "sw.js", ".png", ".svg"))]


def test_what_a_browser_has_lost_is_said_where_the_host_cannot_be_reached(engine, open_page, offline_site, site_folder):
    offline_site.label({"Cache-Control": "no-store"})  # the browser's own cache is no help
    page = open_page(offline_site)
    wait_offline(page)
    offline_site.cut()
    for name in lost(site_folder):
        page.evaluate(MOVE, name, True)
        page.open(offline_site.url)
        said = outcome(page)
        page.evaluate(MOVE, name, False)
        if said:
            assert "Check the connection, then press Retry" in said, (name, said)
            page.button("Retry").click()
            page.wait_until(lambda: is_answered(page), f"the answer with {name}", START_TIMEOUT)
        else:
            assert not name.startswith(("index", "main", "style", "worker", "python/pyodide")), name
