"""Chromium and Firefox, by Playwright."""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any, Literal, cast

from playwright.sync_api import BrowserContext, CDPSession, Error, Locator
from playwright.sync_api import Page as PlaywrightTab

from .page import START_TIMEOUT, TIMEOUT, Element, Page

# Firefox tells of a violation nowhere else.
WATCH_VIOLATIONS = """addEventListener('securitypolicyviolation',
  e => console.error(`CSP: ${e.effectiveDirective} ${e.blockedURI}`))"""


STAND_IN_CLIPBOARD = """() => {
  navigator.clipboard.write = async ([item]) => {
    window.clipboardText = await (await item.getType('text/plain')).text()
  }
}"""


USUAL_MEDIA: Any = {
    "media": "null",
    "color_scheme": "light",
    "reduced_motion": "no-preference",
    "forced_colors": "none",
    "contrast": "no-preference",
}

# What a test may use of Playwright's page and leave the tab as good as new: what stays of it, renew() takes back.
HARMLESS = frozenset({
    "emulate_media", "evaluate", "expect_download", "frame_locator", "frames", "get_by_label", "get_by_role",
    "get_by_text", "go_back", "keyboard", "locator", "main_frame", "mouse", "screenshot", "set_viewport_size", "title",
    "touchscreen", "viewport_size", "wait_for_load_state", "workers",
})  # fmt: skip


class WatchedTab:
    """Playwright's page; `spoil` is called when a test uses of it what is not harmless."""

    def __init__(self, tab: PlaywrightTab, spoil: Callable[[], None]):
        self._tab, self._spoil = tab, spoil

    def __getattr__(self, name: str) -> Any:
        if name not in HARMLESS:
            self._spoil()
        return getattr(self._tab, name)


class PlaywrightElement(Element):
    def __init__(self, locator: Locator, name: str):
        self.locator, self.name = locator, name

    def exists(self) -> bool:
        return self.locator.count() == 1

    def click(self) -> None:
        self.locator.click()

    def tap(self) -> None:
        self.locator.tap()

    def double_click(self) -> None:
        self.locator.dblclick()

    def focus(self) -> None:
        self.locator.focus()

    def screenshot(self) -> bytes:
        return self.locator.screenshot()

    def evaluate(self, function: str, *arguments) -> Any:
        return self.locator.evaluate(f"(e, rest) => ({function})(e, ...rest)", list(arguments))


class PlaywrightPage(Page):
    between_pages = (Error,)

    def __init__(self, context: BrowserContext, engine: str):
        self.engine, self._context = engine, context
        self._problems: list[str] = []
        self._is_turned = False
        self.requested: list[str] = []
        self._origins: set[str] = set()
        self._is_usual = True  # nothing was done to it by Playwright that only a new context undoes
        context.set_default_timeout(TIMEOUT * 1000)
        self._tab = context.new_page()
        size = self._tab.viewport_size or {"width": 1280, "height": 720}
        self._usual = size["width"], size["height"]
        self._tab.add_init_script(WATCH_VIOLATIONS)
        self._tab.on("console", lambda m: self._problems.append(f"console: {m.text}") if m.type == "error" else None)
        self._tab.on("pageerror", lambda error: self._problems.append(f"uncaught: {error}"))
        # Playwright reports the workers' requests here too.
        self._tab.on("request", lambda request: self.requested.append(request.url))
        self._tab.on("websocket", lambda socket: self.requested.append(socket.url))

    @property
    def page(self) -> PlaywrightTab:
        """Playwright's own page, for what Page has no words for."""
        self._is_turned = True  # as far as is known
        return cast(PlaywrightTab, WatchedTab(self._tab, self._spoil))

    def _spoil(self) -> None:
        self._is_usual = False

    @property
    def context(self) -> BrowserContext:
        self._spoil()
        return self._context

    @contextlib.contextmanager
    def devtools(self) -> Iterator[CDPSession]:
        """Chromium's own protocol; what was set by it ends with it."""
        session = self._context.new_cdp_session(self._tab)
        yield session
        session.detach()

    def renew(self, blank: str) -> bool:
        """Make this tab as good as one in a new context: nothing is kept, no history, no page (Chromium).

        blank: a page without scripts on the origin where tests meet. False where it cannot be made so. The same tab
        opens a page in half the time that a new context takes, because it has the site's WebAssembly compiled.
        """
        if not self._is_usual or len(self._context.pages) != 1:
            return False
        self._tab.goto("about:blank")  # what is kept at the last moment is kept by now
        self._tab.mouse.up()
        self._tab.mouse.move(0, 0)
        self._turn_back()
        with self.devtools() as browser:
            for origin in self._origins:
                browser.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
            self._tab.goto(blank)
            self._tab.evaluate("() => { sessionStorage.clear(); window.name = '' }")
            self._tab.goto("about:blank")
            browser.send("Page.resetNavigationHistory")
        self._origins.clear()
        self._problems.clear()
        self.requested.clear()
        return True

    def open(self, url: str) -> None:
        self._go(url, "domcontentloaded")

    def begin(self, url: str) -> None:
        """As open, but return when the first of it has come: not even the HTML need come to its end."""
        self._go(url, "commit")

    def _go(self, url: str, until: Literal["domcontentloaded", "commit"]) -> None:
        self._origins.add("/".join(url.split("/")[:3]))
        self._tab.goto(url, wait_until=until, timeout=START_TIMEOUT * 1000)

    def reload(self) -> None:
        self._tab.reload(wait_until="domcontentloaded", timeout=START_TIMEOUT * 1000)

    def evaluate(self, function: str, *arguments) -> Any:
        return self._tab.evaluate(f"rest => ({function})(...rest)", list(arguments))

    def find(self, role: str, name: str) -> PlaywrightElement:
        any_role: Any = role  # Playwright types its roles as a list of literals
        return PlaywrightElement(self._tab.get_by_role(any_role, name=name, exact=True), name)

    def grant_clipboard(self) -> None:
        """Firefox knows no such grant: there a clipboard of the test's own stands in."""
        if self.engine == "chromium":
            self.context.grant_permissions(["clipboard-read", "clipboard-write"])
        else:
            self.evaluate(STAND_IN_CLIPBOARD)

    def clipboard(self) -> str:
        return self.evaluate("() => window.clipboardText ?? navigator.clipboard.readText()")

    def evict_engine(self) -> None:
        """Take the worker away without a word, as a phone short of memory does (Chromium)."""
        (worker,) = self._tab.workers
        worker.evaluate("() => self.close()")

    def look(self, width: int, height: int, scheme: Literal["light", "dark"]) -> None:
        """Turn the window to this size and colour scheme (Chromium)."""
        self.turn(width, height)
        self._tab.emulate_media(color_scheme=scheme)

    def turn(self, width: int, height: int) -> None:
        """Turn the window to this size."""
        self._is_turned = True
        self._tab.set_viewport_size({"width": width, "height": height})

    def restore(self) -> None:
        self._turn_back()
        super().restore()

    def _turn_back(self) -> None:
        """The window and the media as they were at first."""
        if self._is_turned:
            self.turn(*self._usual)
            self._tab.emulate_media(**USUAL_MEDIA)
            self._is_turned = False

    def hold(self, element: Element, at: float) -> None:
        self.draw(element, at)
        self._tab.mouse.down()

    def draw(self, element: Element, at: float) -> None:
        assert isinstance(element, PlaywrightElement)
        box = element.locator.bounding_box()
        assert box is not None
        self._tab.mouse.move(box["x"] + at * box["width"], box["y"] + box["height"] / 2, steps=5)

    def let_go(self) -> None:
        self._tab.mouse.up()

    def leave(self) -> None:
        self._tab.get_by_role("heading", level=1).click()

    def press(self, *keys: str) -> None:
        for key in keys:
            self._tab.keyboard.press(key)

    def type(self, text: str) -> None:
        self._tab.keyboard.type(text)

    def upload(self, data: bytes, name: str = "table.csv") -> None:
        file: Any = {"name": name, "mimeType": "text/csv", "buffer": data}
        self._tab.get_by_label("Import file", exact=True).set_input_files(file)

    def problems(self) -> list[str]:
        return list(self._problems)

    def forget_problems(self) -> None:
        self._problems.clear()

    def close(self) -> None:
        self._context.close()
