"""From one version of the site to the next: each whole, none taken unasked, never a mix."""

import time

import pytest
from harness.browsers import ALL_ENGINES, CHROMIUM, FIREFOX
from harness.offline import (
    COME_BACK,
    OFFERED,
    check_late_files,
    come_again,
    edit_and_answer,
    is_version,
    take,
    wait_offer,
    wait_offline,
)
from harness.page import DEFAULT_ANSWERS
from harness.playwright_page import PlaywrightPage

in_all_engines = pytest.mark.engines(*ALL_ENGINES)
with_two_tabs = pytest.mark.engines(CHROMIUM, FIREFOX)  # WebKit's driver has one window
YEAR = 365 * 24 * 3600


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


@pytest.mark.sample("index.html")
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
