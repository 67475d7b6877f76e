"""The page while it moves: the slider drawn, the run played, a weight and a point of the map dragged, steps gone into.

What each move asks of the page's main thread, at full speed and on a processor four times slower.
"""

import json
from bisect import bisect
from collections.abc import Callable
from math import cos, sin
from statistics import median
from typing import Any

from keys import opened
from playwright.sync_api import Browser, Page

TABLES = {"post": "The post’s table", "XOR": "XOR", "circle": "Circle", "spirals": "Two spirals"}
MOVES = 300
WAYS = 4  # from one end of the track to the other
TURNS = 8  # of a point round the place that it stood at
STEPS = 150  # into the iterations from one in the middle of the run
STEPPED_ON = ("post", "XOR")
PLAYED = 6_000  # milliseconds: a whole run
SLOWER = 4
PROMISED = {1: 0.016, SLOWER: 0.033}  # seconds of the longest task at a move, at the 95th percentile: 60 and 30 frames
TRACED = ["devtools.timeline", "disabled-by-default-devtools.timeline"]
MAIN_THREAD = "CrRendererMain"

# Every answer that comes on show.
WATCH = """() => {
  window.shown = 0
  new MutationObserver(() => window.shown++).observe(
    document.querySelector("output"), { attributes: true, attributeFilter: ["data-value"] })
}"""
# NumPy is there, and all that comes after the first answer.
IS_WHOLE = "() => document.querySelector('#listing .chip') && document.querySelector('#drawing [data-weight]')"
# Where a line of the drawing can be taken: in its middle, on the page.
ON_A_LINE = """() => {
  const line = document.querySelector("#drawing [data-weight]")
  const path = line.matches("path") ? line : line.querySelector("path")
  const { x, y } = path.getPointAtLength(path.getTotalLength() / 2)
  const place = new DOMPoint(x, y).matrixTransform(path.getScreenCTM())
  return [place.x, place.y]
}"""
SAID = "() => document.querySelector('#status').textContent"


def measure(browser: Browser, site: str, say: Callable[[str], None]) -> list[dict[str, Any]]:
    """For each table and way of moving the longest task at every move, in seconds, and frames and answers a second."""
    results = []
    for name, example in TABLES.items():
        page = opened(browser, site, example)
        bring(page, "#reading")
        page.wait_for_function(IS_WHOLE, timeout=60_000)
        page.evaluate(WATCH)
        cdp = page.context.new_cdp_session(page)
        for slower in PROMISED:
            cdp.send("Emulation.setCPUThrottlingRate", {"rate": slower})
            for way, (move, event) in MOVED.items():
                if way in (STEP_INTO, STAGES) and name not in STEPPED_ON:
                    continue
                bring(page, IN_SIGHT.get(way, "#reading"))  # with the program the value of each line is drawn, too
                say(f"{way} on {name}{f', {slower} times slower' if slower > 1 else ''}")
                before = page.evaluate("() => window.shown")
                browser.start_tracing(page=page, categories=TRACED)
                move(page)
                trace = json.loads(browser.stop_tracing())["traceEvents"]
                shown = page.evaluate("() => window.shown") - before
                results.append({"table": name, "way": way, "slower": slower, **read(trace, shown, event)})
        page.close()
    return results


def bring(page: Page, what: str) -> None:
    """Into sight, its end above the bar."""
    page.evaluate("(what) => document.querySelector(what).scrollIntoView({ block: 'end' })", what)


def slide(page: Page) -> None:
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


def play(page: Page) -> None:
    """From the first iteration."""
    page.get_by_role("button", name="Reset").click()
    page.wait_for_function("() => document.querySelector('#slider input').value === '0'")
    page.get_by_role("button", name="Play").click()
    page.wait_for_timeout(PLAYED)
    if page.get_by_role("button", name="Pause").count():
        page.get_by_role("button", name="Pause").click()


def drag_weight(page: Page) -> None:
    x, y = page.evaluate(ON_A_LINE)
    drag(page, x, y, lambda turned: (0, 40 * sin(turned)))


def drag_point(page: Page) -> None:
    if page.get_by_role("button", name="Map", exact=True).count():
        page.get_by_role("button", name="Map", exact=True).click()
        bring(page, IN_SIGHT["a point"])
    box = page.locator("#map [data-row]").first.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    drag(page, x, y, lambda turned: (20 * (cos(turned) - 1), 20 * sin(turned)))


def drag(page: Page, x: float, y: float, way: Callable[[float], tuple[float, float]]) -> None:
    """Take what is at a place, and move it so: `way` says how far, as the angle goes round TURNS times."""
    page.mouse.move(x, y)
    page.mouse.down()
    for move in range(MOVES):
        across, down = way(move / MOVES * TURNS * 6.283)
        page.mouse.move(x + across, y + down)
    page.mouse.up()


def step_into(page: Page) -> None:
    """Each as soon as the one before is said, and so its value on show."""
    page.get_by_role("slider", name="Iteration").focus()
    page.keyboard.press("PageDown")
    page.wait_for_timeout(500)
    for _ in range(STEPS):
        before = page.evaluate(SAID)
        page.keyboard.press("]")
        page.wait_for_function("(before) => document.querySelector('#status').textContent !== before", arg=before)
    page.keyboard.press("Escape")


STEP_INTO, STAGES = "Step into", "the slider, with the stages in sight"
IN_SIGHT = {"a weight": "#drawing", "a point": "#map .plane", STAGES: "#pass .pass-stage"}
# Each with the event that a move is counted by.
MOVED: dict[str, tuple[Callable[[Page], None], str]] = {
    "the slider": (slide, "pointermove"),
    "Play": (play, "frame"),
    "a weight": (drag_weight, "pointermove"),
    "a point": (drag_point, "pointermove"),
    STEP_INTO: (step_into, "keydown"),
    STAGES: (slide, "pointermove"),
}


def read(trace: list[dict[str, Any]], shown: int, event: str) -> dict[str, Any]:
    """The trace's times are in µs."""
    names = {(e["pid"], e["tid"]): e["args"]["name"] for e in trace if e["name"] == "thread_name"}
    of_page = [event for event in trace if names.get((event["pid"], event["tid"])) == MAIN_THREAD]
    moves = sorted(e["ts"] for e in of_page if is_move(e, event))
    assert len(moves) >= MOVES * 0.3, "the page saw the moves"
    longest = [0.0] * len(moves)
    for task in of_page:
        at = bisect(moves, task["ts"] + task.get("dur", 0)) - 1
        if task["name"] == "RunTask" and "dur" in task and at >= 0:
            longest[at] = max(longest[at], task["dur"] / 1e6)
    assert any(longest), "the trace has the page's tasks"
    seconds = (moves[-1] - moves[0]) / 1e6
    frames = sum(each["name"] == "Commit" and moves[0] <= each["ts"] <= moves[-1] for each in of_page)
    return {"longest tasks": longest, "frames a second": frames / seconds, "answers a second": shown / seconds}


def is_move(event: dict[str, Any], kind: str) -> bool:
    if kind == "frame":
        return event["name"] == "FireAnimationFrame"
    return event["name"] == "EventDispatch" and event["args"]["data"]["type"] == kind


def slowest(result: dict[str, Any]) -> float:
    """The 95th percentile."""
    tasks = sorted(result["longest tasks"])
    return tasks[int(len(tasks) * 0.95)]


def summary(result: dict[str, Any]) -> str:
    tasks = result["longest tasks"]
    times = f"{median(tasks) * 1e3:8.1f} {slowest(result) * 1e3:8.1f} {max(tasks) * 1e3:8.1f}"
    rates = f"{result['frames a second']:10.0f} {result['answers a second']:10.0f}"
    return f"{times} {rates}   {named(result)}"


def named(result: dict[str, Any]) -> str:
    slower = f", {result['slower']} times slower" if result["slower"] > 1 else ""
    return f"{result['table']}: {result['way']}{slower}"


def is_kept(result: dict[str, Any]) -> bool:
    return slowest(result) <= PROMISED[result["slower"]]
