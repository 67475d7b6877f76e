"""From Run in the editor to the program's first line, painted: with a Python that waits for it, and without one."""

from collections.abc import Callable
from statistics import median
from typing import Any

from keys import MARKS, SCREEN
from playwright.sync_api import Browser, Page

RUNS = 10
VISITS = 5
PREPARED, UNPREPARED, OPENED = "Python waits for it", "just after Stop", "just after the editor opened, first visit"
PROGRAM = "print('first')\nwhile True:\n    pass\n"
LONG_ENOUGH = 5000  # milliseconds in which a Python surely starts: the page does not show that it has

# The marks: Run as the browser stamped it, and the first moment after the frame with the line.
WATCH = """() => {
  let isPrinted = true
  addEventListener("click", (event) => {
    if (event.target.id !== "run") return
    isPrinted = false
    performance.mark("run", { startTime: event.timeStamp })
  }, true)
  new MutationObserver(() => {
    if (isPrinted || !document.querySelector("#output pre")?.textContent) return
    isPrinted = true
    requestAnimationFrame(() => {
      const channel = new MessageChannel()
      channel.port1.onmessage = () => performance.mark("printed")
      channel.port2.postMessage(null)
    })
  }).observe(document.querySelector("#program"), { subtree: true, childList: true, characterData: true })
}"""
STOP_AND_RUN = "() => { for (const id of ['stop-program', 'run']) document.getElementById(id).click() }"


def measure(browser: Browser, site: str, say: Callable[[str], None]) -> dict[str, list[float]]:
    """Seconds of every run, by how it was begun."""
    results: dict[str, list[float]] = {PREPARED: [], UNPREPARED: [], OPENED: []}
    for visit in range(VISITS):
        say(f"First run of visit {visit + 1} of {VISITS}")
        page = opened(browser, site)
        page.get_by_role("button", name="Run", exact=True).click()
        results[OPENED].append(seconds(page))
        if visit == VISITS - 1:
            for run in range(RUNS):
                say(f"Run {run + 1} of {RUNS}, at once and with a Python that waits")
                page.evaluate(STOP_AND_RUN)
                results[UNPREPARED].append(seconds(page))
                page.get_by_role("button", name="Stop program").click()
                page.wait_for_timeout(LONG_ENOUGH)
                page.get_by_role("button", name="Run", exact=True).click()
                results[PREPARED].append(seconds(page))
        page.context.close()
    return results


def opened(browser: Browser, site: str) -> Page:
    """A first visit, with the program in the editor."""
    page = browser.new_context(viewport=SCREEN).new_page()
    page.goto(site)
    page.wait_for_function("() => performance.getEntriesByName('tenlines:first-prediction').length", timeout=60_000)
    page.evaluate(WATCH)
    page.get_by_role("button", name="Edit code").click()
    page.get_by_role("textbox", name="Program").focus()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(PROGRAM)
    return page


def seconds(page: Page) -> float:
    """Of the run that has been begun; the marks go."""
    page.wait_for_function("() => performance.getEntriesByName('printed').length", timeout=60_000)
    ((begun,), (printed,)) = (page.evaluate(MARKS, name) for name in ("run", "printed"))
    page.evaluate("() => performance.clearMarks()")
    return (printed - begun) / 1000


def summary(results: dict[str, Any]) -> list[str]:
    return [
        f"{median(times) * 1e3:8.0f} {min(times) * 1e3:8.0f} {max(times) * 1e3:8.0f}   {name}"
        for name, times in results.items()
    ]
