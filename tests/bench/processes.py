"""A browser's processes: how much memory the page's one takes, and all of them made four times slower."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser

RUNS = 0.005  # seconds at a time; the pauses are made as long as they must be
CAN_SLOW = hasattr(os, "killpg")
CAN_WEIGH = Path("/proc/self/smaps_rollup").is_file()


def processes(browser: Browser, kind: str) -> list[int]:
    session = browser.new_browser_cdp_session()
    try:
        return [one["id"] for one in session.send("SystemInfo.getProcessInfo")["processInfo"] if one["type"] == kind]
    finally:
        session.detach()


@contextmanager
def slowed(browser: Browser, times: float) -> Iterator[None]:
    """Every process of Chromium stands still most of the time. (Its own CPU throttling refuses workers.)"""
    (group,) = processes(browser, "browser")  # Playwright starts a browser as the leader of a process group
    done = threading.Event()

    def pace() -> None:
        ran = stood = 0.0
        while not done.is_set():
            began = time.perf_counter()
            time.sleep(RUNS)
            os.killpg(group, signal.SIGSTOP)
            stopped = time.perf_counter()
            ran += stopped - began
            time.sleep(max(0.0, ran * (times - 1) - stood))
            os.killpg(group, signal.SIGCONT)
            stood += time.perf_counter() - stopped

    thread = threading.Thread(target=pace)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def page_memory(browser: Browser) -> Callable[[], int]:
    """Asks for the proportional set size of the page's process, in bytes. The page is the browser's only one."""
    rollups = [Path(f"/proc/{process}/smaps_rollup") for process in processes(browser, "renderer")]
    return lambda: max(map(proportional_set_size, rollups))


def proportional_set_size(rollup: Path) -> int:
    try:
        lines = rollup.read_text().splitlines()
    except OSError:  # a spare process that has ended
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
