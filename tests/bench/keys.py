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
# A table whose other starts take long: typed into before they begin, and while they are trained.
SLOW = "Parity"
BESIDE_STARTS = {"Parity": 0, "Parity, while other starts are trained": 300}  # each with milliseconds before a key

# The marks: the key press as the browser stamped it, and the first moment after the frame with the new answer.
WATCH = """() => {
  const answer = () => document.querySelector("#data output")?.dataset.value
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
    for name, pause in BESIDE_STARTS.items():
        say(f"{EDITS} edits of {name}")
        page = opened(browser, site, SLOW)
        page.wait_for_selector("[data-starts]")  # what they need is there
        results.append({"table": name, **edits(page, pause)})
    say(f"{EDITS} edits answered by a worker that has nothing to do")
    page = browser.new_page(viewport=SCREEN)
    page.goto(echo)
    results.append({"table": FLOOR, **edits(page)})
    return results


def edits(page: Page, pause: float = 0) -> dict[str, list[float]]:
    """pause: milliseconds before each key press."""
    edit(page, WARM_UP, 0)
    page.evaluate("() => performance.clearMarks()")
    page.evaluate(WATCH)
    edit(page, EDITS, pause)
    page.wait_for_function("(edits) => performance.getEntriesByName('painted').length >= edits", arg=EDITS)
    pressed, shown, painted = (page.evaluate(MARKS, mark) for mark in ("key", "in the page", "painted"))
    page.close()
    assert len(pressed) == len(shown) == len(painted) == EDITS, "every key press changes the answer once"
    return {
        "to the page": [(end - start) / 1000 for start, end in zip(pressed, shown, strict=True)],
        "painted": [(end - start) / 1000 for start, end in zip(pressed, painted, strict=True)],
    }


def edit(page: Page, times: int, pause: float) -> None:
    """Type so often over the first row's output, each time another number, as a person would: one at a time."""
    cell = page.locator("#data td.output input, #data > input").first
    answer = "() => document.querySelector('#data output').dataset.value"
    cell.click()
    for turn in range(times):
        if pause:
            page.wait_for_timeout(pause)
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
