"""Finds and starts the three engines, each once a session."""

import contextlib
import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest
from playwright.sync_api import Browser, Playwright
from playwright.sync_api import Error as PlaywrightError

from browsers import CHROMIUM_FLAGS

from .page import Page
from .playwright_page import PlaywrightPage
from .webkit_page import WebKitPage

CHROMIUM, FIREFOX, WEBKIT = "chromium", "firefox", "webkit"
ALL_ENGINES = (CHROMIUM, FIREFOX, WEBKIT)
PROGRAMS = {
    CHROMIUM: ("CHROMIUM_PATH", ("chromium", "chromium-browser", "google-chrome")),
    FIREFOX: ("FIREFOX_PATH", ("firefox-esr", "firefox")),
    WEBKIT: ("WEBKIT_DRIVER_PATH", ("WebKitWebDriver",)),
}


def missing(reason: str) -> NoReturn:
    """A missing engine is skipped where people can see it, but never on CI."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason} CI tests all three engines.", pytrace=False)
    pytest.skip(reason)


def program_of(engine: str) -> str:
    variable, names = PROGRAMS[engine]
    path = os.environ.get(variable) or next(filter(None, map(shutil.which, names)), None)
    if not path:
        missing(f"{engine} is not here: neither ${variable} nor {' / '.join(names)} on PATH.")
    return path


# As in webkit_page.py: V8's optimizing compiler only for what runs very often, such as the kernel.
OPTIMIZES_LATE = "--js-flags=--wasm-tiering-budget=200000000"


def chromium_options(program: str) -> dict[str, Any]:
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return {"executable_path": program, "args": [*CHROMIUM_FLAGS, OPTIMIZES_LATE, *sandbox]}


class Browsers:
    """`page(engine)` opens a page; a browser is started when its first page is wanted."""

    def __init__(self, playwright: Playwright):
        self._playwright = playwright
        self._browsers: dict[str, Browser] = {}
        self._webkit: WebKitPage | None = None
        self._idle: PlaywrightPage | None = None

    def page(self, engine: str, **options) -> Page:
        """A page of its own; `options` are a Playwright context's (viewport, has_touch, …).

        WebKit's driver has one window, so there it is the same one, emptied.
        """
        if engine == WEBKIT:
            if self._webkit and self._webkit.has_ended():
                self.close_webkit()
            self._webkit = self._webkit or self._start_webkit()
            self._webkit.evaluate("() => { location = 'about:blank' }")
            return self._webkit
        if engine == CHROMIUM and options.keys() == {"viewport"}:  # any page can be turned to it
            page = self.page(engine)
            assert isinstance(page, PlaywrightPage)
            page.turn(**options["viewport"])
            return page
        if engine == CHROMIUM and self._idle and not options:
            page, self._idle = self._idle, None
            return page
        browser = self._browsers.get(engine) or self.start(engine)
        self._browsers[engine] = browser
        return PlaywrightPage(browser.new_context(**options), engine)

    def give_back(self, page: Page, blank: str) -> None:
        """A page without options that nobody needs any more: the next one that is asked for may be in its place."""
        if page.engine == WEBKIT:
            return
        assert isinstance(page, PlaywrightPage)
        if page.engine == CHROMIUM and not self._idle:
            with contextlib.suppress(PlaywrightError):  # the tab has ended, or hangs
                if page.renew(blank):
                    self._idle = page
                    return
        page.close()

    def start(self, engine: str, **options) -> Browser:
        """A browser of its own, by Playwright (Chromium or Firefox)."""
        program = program_of(engine)
        if engine == FIREFOX:
            # The stock Firefox, over WebDriver BiDi, not Playwright's own patched build.
            return self._playwright.firefox.launch(channel="moz-firefox", executable_path=program, **options)
        return self._playwright.chromium.launch(**chromium_options(program), **options)

    def lasting_page(self, engine: str, folder: Path) -> PlaywrightPage:
        """A page of a browser of its own that keeps what it learns in a folder, as people's do (not WebKit)."""
        program = program_of(engine)
        if engine == FIREFOX:
            folder.mkdir(exist_ok=True)
            context = self._playwright.firefox.launch_persistent_context(
                folder, channel="moz-firefox", executable_path=program
            )
        else:
            context = self._playwright.chromium.launch_persistent_context(folder, **chromium_options(program))
        return PlaywrightPage(context, engine)

    def kill(self, folder: Path) -> None:
        """End the browser of that folder as a power cut does: all its processes at once, without a word to them."""
        groups = set()
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):  # it has ended meanwhile
                if str(folder).encode() in (process / "cmdline").read_bytes():
                    groups.add(os.getpgid(int(process.name)))
        groups.discard(os.getpgid(0))
        assert groups, f"no browser of {folder} is running"
        for group in groups:
            os.killpg(group, signal.SIGKILL)

    def proxied_page(self, engine: str, proxy: str) -> tuple[Page, Callable[[], None]]:
        """A page in a browser whose every request goes to `proxy`, and what closes it."""
        if engine == WEBKIT:
            self.close_webkit()  # one session at a time
            page = self._start_webkit(proxy)
            return page, page.close
        browser = self.start(engine, proxy={"server": f"http://{proxy}"})
        return PlaywrightPage(browser.new_context(), engine), browser.close

    def _start_webkit(self, proxy: str | None = None) -> WebKitPage:
        program = program_of(WEBKIT)
        if not os.environ.get("DISPLAY"):
            missing("WebKit needs a display and DISPLAY is unset: run the tests under `xvfb-run -a`.")
        return WebKitPage(program, proxy)

    def close_webkit(self) -> None:
        if self._webkit:
            self._webkit.close()
            self._webkit = None

    def close(self) -> None:
        self.close_webkit()
        for browser in self._browsers.values():
            browser.close()
