"""One visit to a page that marks its start: when what was there, and what came over the line for it."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page
from throttle import Host

ANSWER = 0.9999370428352157  # the post's, which both ways must give
MOST_SECONDS = 180

ANSWERED = "() => performance.getEntriesByName('tenlines:first-prediction').length > 0"

# All in milliseconds since the navigation. Observers hear of what has been painted before them, but later.
READ = """async () => {
  const seen = (type) => new Promise((resolve) => {
    const entries = []
    new PerformanceObserver((list) => entries.push(...list.getEntries())).observe({ type, buffered: true })
    setTimeout(() => resolve(entries), 100)
  })
  const at = (name) => performance.getEntriesByName(name)[0]?.startTime
  const answer = at("tenlines:first-prediction")
  const before = (entry) => entry.startTime <= answer
  const largest = (await seen("largest-contentful-paint")).filter(before).at(-1)
  const resources = performance.getEntriesByType("resource").filter(before)
  return {
    origin: performance.timeOrigin,
    start: document.documentElement.dataset.start ?? null,
    answer: Number(document.querySelector("output[name='row-5-y']").dataset.value),
    resources: resources.map(({ name, startTime, responseEnd, transferSize }) =>
      ({ name, startTime, responseEnd, transferSize })),
    marks: {
      "HTML": performance.getEntriesByType("navigation")[0].responseEnd,
      "first paint": at("first-contentful-paint"),
      "largest paint": largest?.startTime,
      "engine": at("tenlines:engine-ready"),
      "answer": answer,
    },
  }
}"""


@dataclass
class Visit:
    start: str | None  # which way the page says it started, if it says so
    phases: dict[str, float]  # seconds since the navigation
    sent: int  # bytes of files on the line until the answer
    gzipped: int  # the same by gzip -9, a file that was still on its way for the part that had come
    files: list[dict[str, Any]]  # as the host sent them, to workers too
    resources: list[dict[str, Any]]  # as the page itself saw them

    @property
    def seconds(self) -> float:
        return self.phases["answer"]


def answer(page: Page, host: Host, address: str) -> None:
    """From the navigation to the painted answer."""
    host.forget()
    page.goto(address, wait_until="commit")
    has_answered(page)


def has_answered(page: Page) -> None:
    page.wait_for_function(ANSWERED, timeout=MOST_SECONDS * 1000, polling=50)


def read(page: Page, host: Host) -> Visit:
    said = page.evaluate(READ)
    assert abs(said["answer"] - ANSWER) < 1e-12, f"{page.url} answers {said['answer']}"
    phases = {name: mark / 1000 for name, mark in said["marks"].items() if mark is not None}
    origin = said["origin"] / 1000
    until = origin + phases["answer"]
    asked = [file for file in host.sent if file.asked <= until]
    left = [when for file in asked for when, _ in file.pieces if when <= until]
    if left:
        phases["last byte"] = max(left) - origin
    files = [
        {"path": file.path, "asked": file.asked - origin, "status": file.status, "bytes": file.until(until)}
        for file in asked
    ]
    gzipped = round(sum(file.gzipped * file.fraction(until) for file in asked))
    return Visit(said["start"], phases, sum(file["bytes"] for file in files), gzipped, files, said["resources"])
