"""Chromium and Firefox, by Playwright."""

from typing import Any, Literal

from playwright.sync_api import BrowserContext, Locator

from .page import START_TIMEOUT, TIMEOUT, Element, Page

# Firefox tells of a violation nowhere else.
WATCH_VIOLATIONS = """addEventListener('securitypolicyviolation',
  e => console.error(`CSP: ${e.effectiveDirective} ${e.blockedURI}`))"""


STAND_IN_CLIPBOARD = """() => {
  navigator.clipboard.write = async ([item]) => {
    window.clipboardText = await (await item.getType('text/plain')).text()
  }
}"""


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
    def __init__(self, context: BrowserContext, engine: str):
        self.engine, self.context = engine, context
        self._problems: list[str] = []
        self.requested: list[str] = []
        context.set_default_timeout(TIMEOUT * 1000)
        self.page = context.new_page()
        self.page.add_init_script(WATCH_VIOLATIONS)
        self.page.on("console", lambda m: self._problems.append(f"console: {m.text}") if m.type == "error" else None)
        self.page.on("pageerror", lambda error: self._problems.append(f"uncaught: {error}"))
        # Playwright reports the workers' requests here too.
        self.page.on("request", lambda request: self.requested.append(request.url))
        self.page.on("websocket", lambda socket: self.requested.append(socket.url))

    def open(self, url: str) -> None:
        self.page.goto(url, wait_until="domcontentloaded", timeout=START_TIMEOUT * 1000)

    def reload(self) -> None:
        self.page.reload(wait_until="domcontentloaded", timeout=START_TIMEOUT * 1000)

    def evaluate(self, function: str, *arguments) -> Any:
        return self.page.evaluate(f"rest => ({function})(...rest)", list(arguments))

    def find(self, role: str, name: str) -> PlaywrightElement:
        any_role: Any = role  # Playwright types its roles as a list of literals
        return PlaywrightElement(self.page.get_by_role(any_role, name=name, exact=True), name)

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
        (worker,) = self.page.workers
        worker.evaluate("() => self.close()")

    def look(self, width: int, height: int, scheme: Literal["light", "dark"]) -> None:
        """Turn the window to this size and colour scheme (Chromium)."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.emulate_media(color_scheme=scheme)

    def hold(self, element: Element, at: float) -> None:
        self.draw(element, at)
        self.page.mouse.down()

    def draw(self, element: Element, at: float) -> None:
        assert isinstance(element, PlaywrightElement)
        box = element.locator.bounding_box()
        assert box is not None
        self.page.mouse.move(box["x"] + at * box["width"], box["y"] + box["height"] / 2, steps=5)

    def let_go(self) -> None:
        self.page.mouse.up()

    def leave(self) -> None:
        self.page.get_by_role("heading", level=1).click()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def upload(self, data: bytes, name: str = "table.csv") -> None:
        file: Any = {"name": name, "mimeType": "text/csv", "buffer": data}
        self.page.get_by_label("Import file", exact=True).set_input_files(file)

    def problems(self) -> list[str]:
        return list(self._problems)

    def forget_problems(self) -> None:
        self._problems.clear()

    def close(self) -> None:
        self.context.close()
