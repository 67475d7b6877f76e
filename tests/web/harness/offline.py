"""The words of the tests of the service worker: Ready offline, a new version, and what comes late."""

from .oracle import post, terminal
from .page import START_TIMEOUT, Page

SAID = "() => document.querySelector('#offline[role=status]').innerText.trim()"
OFFERED = "() => document.querySelector('#offers[role=status]').innerText"
COME_BACK = "() => { document.dispatchEvent(new Event('visibilitychange')) }"  # to a tab, which then looks for news
WHICH = "() => [document.title, document.documentElement.dataset.main ?? null]"
ASK_FOR_LATE = """name => new Promise((resolve, reject) => {
  const channel = new BroadcastChannel(`late ${name}`)
  const asking = setInterval(() => channel.postMessage('ask'), 100)
  channel.onmessage = ({ data }) => { clearInterval(asking); channel.close(); resolve(data) }
  setTimeout(() => reject(new Error('nothing came')), 20000)
})"""


def is_offline(page: Page) -> bool:
    return page.evaluate(SAID) == "Ready offline"


def wait_offline(page: Page) -> None:
    page.wait_until(lambda: is_offline(page), "Ready offline", START_TIMEOUT)


def come_again(page: Page, site) -> None:
    """All of this visit is the service worker's. (Firefox's workers stay without one that came after them.)"""
    wait_offline(page)
    page.open(site.url)
    page.wait_ready()
    wait_offline(page)


def is_version(page: Page, name: str) -> bool:
    title, main = page.evaluate(WHICH)
    assert title.startswith(f"{main}: "), f"a mix of {title} and {main}"
    return main == name


def take(page: Page, name: str) -> None:
    """Press Reload, which brings this version."""
    page.button("Reload").click()
    page.wait_until(lambda: page.evaluate(WHICH)[1] == name, f"version {name}")
    page.wait_ready()
    assert is_version(page, name)


def wait_offer(page: Page) -> None:
    page.wait_until(lambda: "A new version" in page.evaluate(OFFERED), "the offer of a new version", START_TIMEOUT)


def check_late_files(page: Page, name: str) -> None:
    """NumPy, and what Python has not imported so far, come as they are in this version."""
    page.choose("Engine", "NumPy")
    assert page.evaluate(ASK_FOR_LATE, name) == "0.125"


def edit_and_answer(page: Page, tmp_path) -> None:
    rows = post()["table"]["rows"]
    page.enter("Row 2 y", "0")
    _, expected = terminal(tmp_path, problem=post([rows[0], [1, 1, 1, 0], *rows[2:]]))
    page.wait_answers(expected)
