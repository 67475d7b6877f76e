"""The fixtures of the browser tests.

A test that takes `page` gets the loaded page with the post's problem in it, shared with the tests before
it. One that takes `open_page` opens its own, from `own_site` if hosts or networks are to go wrong. If what it checks
needs no NumPy, which costs a page more than all that comes before it, it takes `light_site` or `own_light_site`.
Chromium runs all of them. `@pytest.mark.engines(...)` names the engines of a test of what they may do differently:
how Python starts, what is kept and where, service workers, keys and focus, the clipboard, pages from a disk, policies,
the bits of numbers. What is the same code on the same data in each of them is Chromium's alone: what Python refuses,
what an edit does to the table, how something is worded. Of a test's parameters the other engines try those in
`@pytest.mark.sample(...)`.

With TENLINES_START=pack in the environment the site has no snapshot, so that Python starts from its pack in all tests.
"""

import functools
import os
import warnings
from pathlib import Path

import pytest
from harness.browsers import CHROMIUM, WEBKIT, Browsers
from harness.page import Page
from harness.site_server import SiteServer
from harness.versions import told_apart
from playwright.sync_api import Error as PlaywrightError
from selenium.common.exceptions import WebDriverException

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "dist" / "site"
SNAPSHOT = "snapshot.bin"
REST = "rest.bin"
NUMPY = "numpy.bin"
LOST_SNAPSHOT = frozenset({SNAPSHOT} if os.environ.get("TENLINES_START") == "pack" else ())
LOST = LOST_SNAPSHOT | {"sw.js"}  # emptied, a service worker stays out of what the tests do to the network


def pytest_configure(config):
    config.addinivalue_line("markers", "engines(*names): the browser engines that run the test")
    config.addinivalue_line("markers", "sample(*values): the parameters that engines other than Chromium try too")
    config.addinivalue_line("markers", "wants_rest: imports what is no part of ordinary use")
    config.addinivalue_line("markers", "snapshot: compares with what has the snapshot, or needs it")


def is_left_to_chromium(item: pytest.Item) -> bool:
    sample = item.get_closest_marker("sample")
    if not sample:
        return False
    assert isinstance(item, pytest.Function)
    values = item.callspec.params
    return values["engine"] != CHROMIUM and not any(value in sample.args for value in values.values())


def pytest_collection_modifyitems(items):
    items[:] = [item for item in items if not is_left_to_chromium(item)]
    for item in items:
        # A service worker keeps no site that is not whole.
        is_off = item.get_closest_marker("snapshot") or "offline_site" in item.fixturenames
        if LOST_SNAPSHOT and is_off:
            item.add_marker(pytest.mark.skip("TENLINES_START=pack takes the snapshot away."))


def pytest_generate_tests(metafunc):
    if "engine" in metafunc.fixturenames:
        marker = metafunc.definition.get_closest_marker("engines")
        # Session scope makes pytest run one engine after the other, not all at a time.
        metafunc.parametrize("engine", marker.args if marker else [CHROMIUM], scope="session")


@pytest.fixture(scope="session")
def site_folder():
    if not (SITE / "index.html").is_file():
        pytest.fail("dist/site is missing: run `python3 build.py site` first.", pytrace=False)
    return SITE


@pytest.fixture(scope="session")
def site(site_folder):
    server = SiteServer(site_folder, LOST)
    yield server
    server.close()
    check_packs(server)


@pytest.fixture
def own_site(site_folder, request):
    """A server for this test alone, on an origin of its own, to be blocked, slowed or changed."""
    server = SiteServer(site_folder, LOST)
    yield server
    server.close()
    if not request.node.get_closest_marker("wants_rest"):
        check_packs(server)


@pytest.fixture
def own_light_site(site_folder):
    """As own_site, with its NumPy on its way for good: see light_site."""
    server = SiteServer(site_folder, LOST, frozenset({NUMPY}))
    yield server
    server.close()
    check_packs(server)


@pytest.fixture(scope="session")
def serve(site_folder):
    """`serve()`: a server that several tests share, each as the one before has left it."""
    servers: list[SiteServer] = []

    def serve(held: frozenset[str] = frozenset()) -> SiteServer:
        servers.append(SiteServer(site_folder, LOST, held))
        return servers[-1]

    yield serve
    for server in servers:
        server.close()
        check_packs(server)


@pytest.fixture(scope="session")
def shared_light_site(serve):
    return serve(frozenset({NUMPY}))


@pytest.fixture
def light_site(engine, shared_light_site, site_folder):
    """A site whose NumPy stays on its way, where nothing is kept yet.

    For tests of what needs none: a page of this site costs half of what one of own_site does, for Python then does not
    import it, nor trains on it. All of them are at one address, so that the browser has the site's scripts; in WebKit,
    where what is kept there is kept for all tests, each has its own.
    """
    if engine != WEBKIT:
        yield shared_light_site
        return
    server = SiteServer(site_folder, LOST, frozenset({NUMPY}))
    yield server
    server.close()
    check_packs(server)


@pytest.fixture
def offline_site(engine, browsers, site_folder):
    """As own_site, with the service worker."""
    server = SiteServer(site_folder, LOST_SNAPSHOT)
    if engine == WEBKIT:
        page = browsers.page(engine)
        page.open(f"{server.url}notices.txt")
        if not page.evaluate("() => 'serviceWorker' in navigator"):
            pytest.skip("This WebKitGTK has no service workers.")
    yield server
    server.close()


@pytest.fixture(scope="session")
def usual_versions(site_folder, tmp_path_factory):
    """`usual_versions(name)`: as versions, made once and only read."""
    folder = tmp_path_factory.mktemp("versions")
    return functools.cache(lambda name: told_apart(site_folder, folder / name, name))


@pytest.fixture
def versions(site_folder, usual_versions, tmp_path):
    """`versions(name)`: the folder of a version of the site that goes by this name."""

    def version(name: str, **more) -> Path:
        return told_apart(site_folder, tmp_path / name, name, **more) if more else usual_versions(name)

    return version


def check_packs(server: SiteServer) -> None:
    fetched = [url for url in server.requests if url.endswith(REST)]
    assert fetched == [], "ordinary use imports what is in no pack: add that to py/build/ordinary_use.py"


@pytest.fixture(scope="session")
def browsers(playwright):
    browsers = Browsers(playwright)
    yield browsers
    browsers.close()


@pytest.fixture(scope="session")
def shared_pages() -> dict[str, Page]:
    return {}


@pytest.fixture
def page(engine, browsers, shared_pages, site):
    page = shared_pages.get(engine)
    if page and page.has_ended():
        page = None
    if page:
        try:
            page.restore()
        except (AssertionError, PlaywrightError, WebDriverException) as error:
            warnings.warn(f"only a reload mended what the test before has left: {error}", stacklevel=1)
            page.open(site.url)
            page.wait_ready()
            page.wait_default()
    else:
        page = shared_pages[engine] = browsers.page(engine)
        page.open(site.url)
        page.wait_ready()
    page.forget_problems()
    yield page
    assert page.problems() == [], "errors in the console"


@pytest.fixture
def open_file(engine, browsers, shared_pages):
    """Opens a page from a disk: `open_file(path, ready=True, **context_options)`."""
    opened: list[Page] = []

    def open_file(path: Path, ready: bool = True, **options) -> Page:
        shared_pages.pop(WEBKIT, None)
        page = browsers.page(engine, **options)
        opened.append(page)
        page.open(path.as_uri())
        if ready:
            page.wait_ready()
        return page

    yield open_file
    for page in opened:
        if page.engine != WEBKIT:
            page.close()


@pytest.fixture
def open_page(engine, browsers, shared_pages, site, request):
    """Opens a page of the test's own: `open_page(site=…, ready=True, at="#…", **context_options)`.

    Nothing of another test is in it: no storage, no history, no permission. (Except in WebKit, where an origin's
    storage is that of all pages: there a test takes own_site or light_site.)
    """
    opened: list[Page] = []
    special: list[Page] = []

    def open_page(site: SiteServer = site, ready: bool = True, at: str = "", **options) -> Page:
        shared_pages.pop(WEBKIT, None)  # WebKit has one window for all
        page = browsers.page(engine, **options)
        (special if options.keys() - {"viewport"} else opened).append(page)
        page.open(site.url + at)
        if ready:
            page.wait_ready()
        return page

    yield open_page
    for page in special:
        if page.engine != WEBKIT:
            page.close()
    for page in opened:
        browsers.give_back(page, f"{site.url}notices.txt")
