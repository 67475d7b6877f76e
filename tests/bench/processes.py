"""A browser's processes: how much memory the page's one takes, and all of them made four times slower."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser

RUNS = 0.005  # seconds at a time; the pauses are made as long as they must be
CAN_SLOW = hasattr(os, "killpg")
CAN_WEIGH = Path("/proc/self/smaps_rollup").is_file()


def leader(browser: Browser) -> int:
    """The browser's own process: Playwright starts a browser as the leader of a process group."""
    session = browser.new_browser_cdp_session()
    try:
        told = session.send("SystemInfo.getProcessInfo")["processInfo"]
        return next(one["id"] for one in told if one["type"] == "browser")
    finally:
        session.detach()


@contextmanager
def slowed(browser: Browser, times: float) -> Iterator[None]:
    """Every process of Chromium stands still most of the time. (Its own CPU throttling refuses workers.)"""
    group = leader(browser)
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


def page_memory(browser: int) -> tuple[int, int]:
    """(now, at most so far): the proportional set size in bytes of the process of the only page of a browser's process.

    The kernel keeps the highest resident set; to watch the proportional one would slow the page down. What the two
    differ by, the share of other processes in files, is taken to be what it is now.
    """
    now, resident, highest = max(map(sizes, renderers(browser)))
    return now, highest - resident + now


def renderers(browser: int) -> list[int]:
    """The processes under a browser's that draw pages."""
    status = {int(path.parent.name): path.read_text() for path in Path("/proc").glob("[0-9]*/status")}
    parents = {process: int(text.partition("PPid:")[2].split()[0]) for process, text in status.items()}
    found = [browser]
    for process in found:
        found += [child for child, parent in parents.items() if parent == process]
    return [one for one in found if b"--type=renderer" in Path(f"/proc/{one}/cmdline").read_bytes()]


def sizes(process: int) -> tuple[int, int, int]:
    """(proportional, resident, highest resident)"""
    texts = [Path(f"/proc/{process}/{file}").read_text() for file in ("smaps_rollup", "status")]
    words = [line.split() for text in texts for line in text.splitlines()]
    kilobytes = {line[0]: int(line[1]) for line in words if line[-1] == "kB"}
    return kilobytes["Pss:"] * 1024, kilobytes["Rss:"] * 1024, kilobytes["VmHWM:"] * 1024
