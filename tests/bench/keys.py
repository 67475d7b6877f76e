"""From a key press to the painted answer, in the site itself."""

from collections.abc import Callable
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, ViewportSize

EDITS = 40
WARM_UP = 20  # edits before; the first one compiles the kernel of the table's shape
SCREEN: ViewportSize = {"width": 1280, "height": 860}
FLOOR = "a worker that gives back what it gets"
TABLES = {"the post's table": "The post’s table", "XOR 2-4-1": "XOR"}

# The marks: the key press as the browser stamped it, and the first moment after the frame with the new answer.
WATCH = """() => {
  const answer = () => document.querySelector("output[name='row-5-y']")?.dataset.value
  let before
  addEventListener("keydown", (event) => {
    if (event.key.length > 1) return
    before = answer()
    performance.mark("key", { startTime: event.timeStamp })
  }, true)
  new MutationObserver(() => {
    if (before === undefined || answer() === before) return
    before = undefined
    performance.mark("in the page")
    requestAnimationFrame(() => {
      const channel = new MessageChannel()
      channel.port1.onmessage = () => performance.mark("painted")
      channel.port2.postMessage(null)
    })
  }).observe(document.querySelector("#data"), { subtree: true, attributes: true, childList: true, characterData: true })
}"""
MARKS = "(name) => performance.getEntriesByName(name).map((mark) => mark.startTime)"


def opened(browser: Browser, site: str, example: str) -> Page:
    """The site with an example in it."""
    page = browser.new_page(viewport=SCREEN)
    page.goto(site)
    page.wait_for_function("() => document.documentElement.dataset.engine === 'ready'", timeout=60_000)
    page.get_by_role("combobox", name="Example").select_option(label=example)
    return page


def measure(browser: Browser, site: str, echo: str, say: Callable[[str], None]) -> list[dict[str, Any]]:
    """Seconds of every edit, for each table and for `echo`, whose worker has nothing to do."""
    results = []
    for name, example in TABLES.items():
        say(f"{EDITS} edits of {name}")
        page = opened(browser, site, example)
        results.append({"table": name, **edits(page)})
    say(f"{EDITS} edits answered by a worker that has nothing to do")
    page = browser.new_page(viewport=SCREEN)
    page.goto(echo)
    results.append({"table": FLOOR, **edits(page)})
    return results


def edits(page: Page) -> dict[str, list[float]]:
    edit(page, WARM_UP)
    page.evaluate("() => performance.clearMarks()")
    page.evaluate(WATCH)
    edit(page, EDITS)
    page.wait_for_function("(edits) => performance.getEntriesByName('painted').length >= edits", arg=EDITS)
    pressed, shown, painted = (page.evaluate(MARKS, mark) for mark in ("key", "in the page", "painted"))
    page.close()
    assert len(pressed) == len(shown) == len(painted) == EDITS, "every key press changes the answer once"
    return {
        "to the page": [(end - start) / 1000 for start, end in zip(pressed, shown, strict=True)],
        "painted": [(end - start) / 1000 for start, end in zip(pressed, painted, strict=True)],
    }


def edit(page: Page, times: int) -> None:
    """Type so often over the first row's output, each time another number, as a person would: one at a time."""
    cell = page.get_by_role("textbox", name="Row 1 y")
    answer = "() => document.querySelector(\"output[name='row-5-y']\").dataset.value"
    cell.click()
    for turn in range(times):
        before = page.evaluate(answer)
        page.keyboard.down("10"[turn % 2])
        page.wait_for_function(f"(before) => ({answer})() !== before", arg=before, polling=100)
        page.keyboard.up("10"[turn % 2])  # a finger takes longer than the answer; to Chromium a key up is a new event
        page.keyboard.press("Enter")
        page.keyboard.press("ArrowUp")


def summary(result: dict[str, Any]) -> str:
    median_page, median_painted = median(result["to the page"]), median(result["painted"])
    slowest = sorted(result["painted"])[int(len(result["painted"]) * 0.95)]
    return f"{median_page * 1e3:8.1f} {median_painted * 1e3:8.1f} {slowest * 1e3:8.1f}   {result['table']}"
