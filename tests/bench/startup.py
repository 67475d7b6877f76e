"""Navigation to the first answer: the site beside the stock way to NumPy in a page, visit by visit in turn."""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from statistics import median

import processes
import stage
import visit
from playwright.sync_api import Browser, Page, Playwright
from throttle import Host, Line
from visit import Visit

from layout import ONE_FILE

ROUNDS = 7
REST_SECONDS = 5.0  # after an answer: what comes in the background has come, and code caches are written
LONG_REST_SECONDS = 75.0  # after which a browser has ended a service worker that has nothing to do
OURS, STOCK = "Tenlines", "stock"
SLOW_LINE = Line(bits=20e6, delay=0.04)

Say = Callable[[str], None]


@dataclass(frozen=True)
class Case:
    promised: float | None = None  # our time over the stock way's, at most
    line: Line | None = None
    gzips: bool = True
    again: bool = False  # the second visit of somebody who keeps a cache
    cpu: float = 1.0  # times slower
    firefox: bool = False
    from_disk: bool = False  # ours is the one file; the stock way cannot


SLOW = "20 Mbit/s, 40 ms a request"
CASES = {
    "cold": Case(0.30),
    "warm": Case(0.30, again=True),
    SLOW: Case(0.40, SLOW_LINE),
    f"{SLOW}, host without gzip": Case(None, SLOW_LINE, gzips=False),
    "CPU 4 times slower": Case(0.40, cpu=4.0),
    "Firefox, cold": Case(0.40, firefox=True),
    "one file, from disk": Case(0.35, from_disk=True),
}


@dataclass
class Visits:
    all: list[Visit] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        return median(one.seconds for one in self.all)

    @property
    def least(self) -> float:
        return min(one.seconds for one in self.all)

    def phase(self, name: str) -> float | None:
        seen = [one.phases[name] for one in self.all if name in one.phases]
        return median(seen) if seen else None


@dataclass
class Memory:
    """Of the page's process, in bytes, a number a page."""

    rest: list[int] = field(default_factory=list)
    peak: list[int] = field(default_factory=list)


@dataclass
class Results:
    cases: dict[str, dict[str, Visits]] = field(default_factory=dict)  # case → contender → visits
    memory: dict[str, Memory] = field(default_factory=dict)  # contender → memory


def measure(playwright: Playwright, say: Say) -> Results:
    folders = {OURS: stage.site(), STOCK: stage.stock()}
    results = Results()
    for name, case in CASES.items():
        if case.firefox and not stage.has_firefox():
            say(f"{name}: there is no Firefox")
        elif case.cpu != 1 and not processes.CAN_SLOW:
            say(f"{name}: this system cannot do that")
        else:
            with Host(folders, gzips=case.gzips, line=case.line) as host:
                results.cases[name] = measure_case(playwright, host, name, case, say)
    if processes.CAN_WEIGH:
        with Host(folders) as host:
            results.memory = measure_memory(playwright, host, say)
    return results


def in_turn(turn: int) -> list[str]:
    return [OURS, STOCK] if turn % 2 else [STOCK, OURS]


def measure_case(playwright: Playwright, host: Host, name: str, case: Case, say: Say) -> dict[str, Visits]:
    visits = {contender: Visits() for contender in (OURS, STOCK)}

    def address(contender: str) -> str:
        return ONE_FILE.as_uri() if case.from_disk and contender == OURS else host.url(contender)

    with stage.firefox(playwright) if case.firefox else stage.chromium(playwright) as browser:
        with new_page(browser) as page:  # what a browser does but once
            visit.answer(page, host, address(OURS))
        for turn in range(ROUNDS):
            for contender in in_turn(turn):
                with used_page(playwright, host, contender) if case.again else new_page(browser) as page:
                    with processes.slowed(browser, case.cpu) if case.cpu != 1 else nullcontext():
                        visit.answer(page, host, address(contender))
                    visits[contender].all.append(visit.read(page, host))
            ours, theirs = (visits[contender].all[-1].seconds for contender in (OURS, STOCK))
            say(f"{name}, {turn + 1} of {ROUNDS}: {ours:.2f} s, stock {theirs:.2f} s")
    return visits


@contextmanager
def new_page(browser: Browser) -> Iterator[Page]:
    """In a context of its own, whose cache is empty."""
    context = browser.new_context()
    try:
        yield context.new_page()
    finally:
        context.close()


@contextmanager
def used_page(playwright: Playwright, host: Host, contender: str) -> Iterator[Page]:
    """In a Chromium that has been there once."""
    with tempfile.TemporaryDirectory() as folder, stage.chromium_of(playwright, folder) as context:
        first = context.pages[0]
        visit.answer(first, host, host.url(contender))
        time.sleep(REST_SECONDS)
        page = context.new_page()
        first.close()
        yield page


def measure_memory(playwright: Playwright, host: Host, say: Say) -> dict[str, Memory]:
    """As a visitor has it, who has no debugger: that would keep the service worker's thread.

    All at once: a shared file counts less the more browsers there are, whoever has started them.
    """
    memory = {contender: Memory() for contender in (OURS, STOCK)}
    with ExitStack() as stack:
        opened = [
            (contender, stack.enter_context(stage.left_alone(host.url(contender))))
            for turn in range(ROUNDS)
            for contender in in_turn(turn)
        ]
        say(f"memory of {len(opened)} pages, which rest for {LONG_REST_SECONDS:.0f} s")
        seen = []
        for _ in range(int(LONG_REST_SECONDS // REST_SECONDS)):  # Chromium, too, resets what the kernel keeps
            time.sleep(REST_SECONDS)
            seen.append([processes.page_memory(browser.process) for _, browser in opened])
        for (contender, _), readings in zip(opened, zip(*seen, strict=True), strict=True):
            memory[contender].rest.append(readings[-1][0])
            memory[contender].peak.append(max(peak for _, peak in readings))
        for _, browser in opened:
            visit.has_answered(browser.page(playwright))
    return memory
