"""The slider drawn through a whole run and back: what each move of the pointer asks of the page's main thread."""

import json
from bisect import bisect
from collections.abc import Callable
from statistics import median
from typing import Any

from keys import TABLES, opened
from playwright.sync_api import Browser, Page

MOVES = 300
WAYS = 4  # from one end of the track to the other
TRACED = ["devtools.timeline", "disabled-by-default-devtools.timeline"]
MAIN_THREAD = "CrRendererMain"

# Every answer that comes on show.
WATCH = """() => {
  window.shown = 0
  new MutationObserver(() => window.shown++).observe(
    document.querySelector("output"), { attributes: true, attributeFilter: ["data-value"] })
}"""
SHOW_CODE = "() => document.querySelector('#part').scrollIntoView({ block: 'end' })"
IS_CHECKED = "() => /NumPy [0-9]/.test(document.querySelector('#settings').textContent)"


def measure(browser: Browser, site: str, say: Callable[[str], None]) -> list[dict[str, Any]]:
    """For each table the longest task at every move, in seconds, and the frames and answers a second."""
    results = []
    for name, example in TABLES.items():
        say(f"{MOVES} moves of the slider on {name}")
        page = opened(browser, site, example)
        page.wait_for_function(IS_CHECKED, timeout=60_000)
        page.evaluate(SHOW_CODE)  # and with it the value beside every line
        page.wait_for_selector("#listing .chip", timeout=60_000)
        page.evaluate(WATCH)
        browser.start_tracing(page=page, categories=TRACED)
        drag(page)
        trace = json.loads(browser.stop_tracing())["traceEvents"]
        results.append({"table": name, **read(trace, page.evaluate("() => window.shown"))})
        page.close()
    return results


def drag(page: Page) -> None:
    """Chromium takes a move of the mouse with the next frame: this goes at the pace of the page."""
    box = page.get_by_role("slider", name="Iteration").bounding_box()
    assert box is not None
    left, width, middle = box["x"] + 10, box["width"] - 20, box["y"] + box["height"] / 2
    page.mouse.move(left + width, middle)
    page.mouse.down()
    for move in range(MOVES):
        way, part = divmod(move * WAYS / MOVES, 1)
        page.mouse.move(left + width * (part if way % 2 else 1 - part), middle)
    page.mouse.up()


def read(trace: list[dict[str, Any]], shown: int) -> dict[str, Any]:
    """The trace's times are in µs."""
    names = {(e["pid"], e["tid"]): e["args"]["name"] for e in trace if e["name"] == "thread_name"}
    of_page = [event for event in trace if names.get((event["pid"], event["tid"])) == MAIN_THREAD]
    moves = sorted(
        e["ts"] for e in of_page if e["name"] == "EventDispatch" and e["args"]["data"]["type"] == "pointermove"
    )
    assert len(moves) >= MOVES * 0.9, "the page saw the moves"
    longest = [0.0] * len(moves)
    for event in of_page:
        at = bisect(moves, event["ts"] + event.get("dur", 0)) - 1
        if event["name"] == "RunTask" and "dur" in event and at >= 0:
            longest[at] = max(longest[at], event["dur"] / 1e6)
    assert all(longest), "the trace has the page's tasks"
    seconds = (moves[-1] - moves[0]) / 1e6
    frames = sum(event["name"] == "Commit" and moves[0] <= event["ts"] <= moves[-1] for event in of_page)
    return {"longest tasks": longest, "frames a second": frames / seconds, "answers a second": shown / seconds}


def slowest(result: dict[str, Any]) -> float:
    """The 95th percentile."""
    tasks = sorted(result["longest tasks"])
    return tasks[int(len(tasks) * 0.95)]


def summary(result: dict[str, Any]) -> str:
    tasks = result["longest tasks"]
    times = f"{median(tasks) * 1e3:8.1f} {slowest(result) * 1e3:8.1f} {max(tasks) * 1e3:8.1f}"
    rates = f"{result['frames a second']:10.0f} {result['answers a second']:10.0f}"
    return f"{times} {rates}   {result['table']}"
