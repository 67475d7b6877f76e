"""WebKit, by Selenium and WebKitGTK's own driver."""

import os
import tempfile
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.common.exceptions import InvalidSessionIdException, StaleElementReferenceException, WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from .page import START_TIMEOUT, Element, Page

# Likely elements first, cheaply; what the browser itself computes as role and name decides. It takes its time for that,
# so where both agreed once they are believed to go on agreeing.
CANDIDATES = """(role, name, isKnown) => {
  const tags = {textbox: 'input', button: 'button', progressbar: 'progress', slider: 'input', table: 'table', img: '*'}
  const said = e => [e.getAttribute('aria-label'), e.labels?.[0]?.textContent, e.caption?.textContent,
    e.textContent].find(text => text?.trim())?.trim()
  const roots = [document, ...[...document.querySelectorAll('*')].map(e => e.shadowRoot).filter(Boolean)]
  return roots.flatMap(root => [...root.querySelectorAll(`${tags[role] ?? '*'}, [role=${role}]`)])
    .filter(e => (isKnown ? said(e) === name : said(e)?.startsWith(name)) && e.checkVisibility())
}"""

WATCH_PROBLEMS = """() => {
  window.problems = []
  addEventListener('error', e => problems.push(`uncaught: ${e.message}`))
  addEventListener('unhandledrejection', e => problems.push(`uncaught: ${e.reason}`))
  addEventListener('securitypolicyviolation', e => problems.push(`${e.effectiveDirective} ${e.blockedURI}`))
}"""

VARIABLES = {
    # The locale C of a bare machine is no language: navigator.language would be "C", and Intl refuses it.
    "LANG": "en_US.UTF-8",
    "LC_ALL": "en_US.UTF-8",
    # Less than half of the processor time: drawn without an emulated graphics card, with JavaScriptCore's optimizing
    # compiler for what runs very often, such as the kernel, but not for all that Python's start runs.
    "WEBKIT_DISABLE_DMABUF_RENDERER": "1",
    "JSC_thresholdForOMGOptimizeAfterWarmUp": "2000000",
    "JSC_thresholdForOMGOptimizeSoon": "20000",
}
KEYS = {
    "Control": Keys.CONTROL, "Shift": Keys.SHIFT, "Enter": Keys.ENTER, "Escape": Keys.ESCAPE,
    "Tab": Keys.TAB, "Delete": Keys.DELETE, "Backspace": Keys.BACKSPACE, "F2": Keys.F2,
    "ArrowUp": Keys.ARROW_UP, "ArrowDown": Keys.ARROW_DOWN, "ArrowLeft": Keys.ARROW_LEFT,
    "ArrowRight": Keys.ARROW_RIGHT, "Home": Keys.HOME, "End": Keys.END, "Space": " ",
    "PageUp": Keys.PAGE_UP, "PageDown": Keys.PAGE_DOWN,
}  # fmt: skip


class WebKitElement(Element):
    def __init__(self, page: "WebKitPage", role: str, name: str):
        self.page, self.role, self.name = page, role, name

    def _matches(self) -> list[WebElement]:
        known = self.page.known
        sought = self.role, self.name
        found = self.page.evaluate(CANDIDATES, *sought, sought in known)
        if sought in known:
            return found
        matches = [e for e in found if e.aria_role == self.role and self._named(e)]
        if matches and matches == self.page.evaluate(CANDIDATES, *sought, True):
            known.add(sought)
        return matches

    def _named(self, element: WebElement) -> bool:
        # WebKit adds a text box's value to a name that comes from a wrapping <label>.
        said = element.accessible_name
        return said == self.name or said == f"{self.name} {element.get_property('value')}"

    def _use(self, action) -> Any:
        for attempt in range(3):
            # As Playwright does, so that a test need not say of everything that it may come a moment later.
            self.page.wait_until(lambda: len(self._matches()) == 1, f"one {self.role} {self.name!r}")
            found = self._matches()
            assert len(found) == 1, f"{len(found)} of {self.role} {self.name!r} on the page"
            try:
                return action(found[0])
            except StaleElementReferenceException:
                if attempt == 2:
                    raise

    def exists(self) -> bool:
        return len(self._matches()) == 1

    def click(self) -> None:
        # Scrolled to by the driver it would stand at the edge, under what is fixed there.
        self.evaluate("e => e.scrollIntoView({ block: 'center' })")
        self._use(lambda e: e.click())
        if self.role == "textbox":  # on a busy machine WebKit gives it the keyboard a moment later
            self.page.wait_until(
                lambda: self.evaluate("e => e === document.activeElement"), f"{self.name} to take the keyboard"
            )

    def double_click(self) -> None:
        self._use(lambda e: self.page.keyboard().double_click(e).perform())

    def focus(self) -> None:
        self.evaluate("e => e.focus()")

    def evaluate(self, function: str, *arguments) -> Any:
        script = f"return ({function})(...arguments)"
        return self._use(lambda e: self.page.driver.execute_script(script, e, *arguments))


class WebKitPage(Page):
    engine = "webkit"
    between_pages = (WebDriverException,)  # the driver also loses the answer of one question now and then

    def __init__(self, program: str, proxy: str | None = None):
        options = Options()
        if proxy:
            manual = {"proxyType": "manual", "httpProxy": proxy, "sslProxy": proxy}
            options.set_capability("proxy", manual)
        self.driver = webdriver.WebKitGTK(options=options, service=Service(program, env={**os.environ, **VARIABLES}))
        self.driver.set_page_load_timeout(START_TIMEOUT)
        self.driver.set_window_size(1280, 900)
        self._files = tempfile.TemporaryDirectory()
        self.known: set[tuple[str, str]] = set()

    def has_ended(self) -> bool:
        # WebKitGTK does so now and then: .pytest.toml runs the test again.
        try:
            self.driver.current_url  # noqa: B018 - asked, which fails where nobody answers
        except InvalidSessionIdException:
            return True
        return False

    def problems(self) -> list[str]:
        return self.evaluate("() => window.problems ?? []")

    def forget_problems(self) -> None:
        self.evaluate("() => { window.problems = [] }")

    def keyboard(self) -> ActionChains:
        return ActionChains(self.driver, duration=0)

    def open(self, url: str) -> None:
        self.driver.get(url)
        self.evaluate(WATCH_PROBLEMS)

    def reload(self) -> None:
        self.driver.refresh()
        self.evaluate(WATCH_PROBLEMS)

    def evaluate(self, function: str, *arguments) -> Any:
        # execute_script waits for a promise, as Playwright does
        return self.driver.execute_script(f"return ({function})(...arguments)", *arguments)

    def find(self, role: str, name: str) -> WebKitElement:
        return WebKitElement(self, role, name)

    def hold(self, element: Element, at: float) -> None:
        self.draw(element, at)
        self.keyboard().click_and_hold().perform()

    def draw(self, element: Element, at: float) -> None:
        assert isinstance(element, WebKitElement)
        x = element.evaluate("(e, at) => Math.round((at - 0.5) * e.getBoundingClientRect().width)", at)
        element._use(lambda e: self.keyboard().move_to_element_with_offset(e, x, 0).perform())

    def let_go(self) -> None:
        self.keyboard().release().perform()

    def leave(self) -> None:
        self.driver.execute_script("scrollTo(0, 0)")
        self.driver.find_element("css selector", "h1").click()

    def press(self, *keys: str) -> None:
        for key in keys:
            *held, last = key.split("+")
            chain = self.keyboard()
            for name in held:
                chain.key_down(KEYS[name])
            chain.send_keys(KEYS.get(last, last))
            for name in reversed(held):
                chain.key_up(KEYS[name])
            chain.perform()

    def type(self, text: str) -> None:
        self.keyboard().send_keys(text).perform()

    def upload(self, data: bytes, name: str = "table.csv") -> None:
        file = Path(self._files.name) / name
        file.write_bytes(data)
        self.driver.find_element("css selector", "input[type=file][aria-label='Import file']").send_keys(str(file))

    def close(self) -> None:
        self.driver.quit()
        self._files.cleanup()
