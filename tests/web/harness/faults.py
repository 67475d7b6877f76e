"""What can go wrong with a file on its way from the host, and how the page takes it."""

from collections.abc import Callable

from .page import DEFAULT_ANSWERS, START_TIMEOUT, Page
from .site_server import SiteServer

WITHIN = 20  # seconds that it takes at most until it is said
# The page's style as it is so many milliseconds after it came; false where it has not come.
AFTER = """time => {
  const [animation] = document.querySelector('#stuck').getAnimations()
  animation?.pause()
  if (animation) animation.currentTime = time
  return Boolean(animation)
}"""
PORTAL = b"<!DOCTYPE html><html><head><title>Welcome</title></head><body><h1>Log in to this network</h1></body></html>"


def _changed(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes(byte ^ 0x5A for byte in data[middle : middle + 64]) + data[middle + 64 :]


def _portal(site: SiteServer, name: str) -> None:
    site.change(name, lambda _: PORTAL)
    site.label({"Content-Type": "text/html"}, name)


FAULTS: dict[str, Callable[[SiteServer, str], None]] = {
    "missing": lambda site, name: site.block(name),
    "cut": lambda site, name: site.change(name, lambda data: data[: len(data) // 2]),
    "changed": lambda site, name: site.change(name, _changed),
    "empty": lambda site, name: site.change(name, lambda _: b""),
    "a portal's page": _portal,
}


def is_answered(page: Page) -> bool:
    """Python, in the page, has answered the post's table."""
    is_ready = page.engine_state() == "ready"  # asked first, and alone until it is
    return is_ready and "trained 10,000 iterations" in page.status().lower() and page.answers() == DEFAULT_ANSWERS


def trouble(page: Page) -> str:
    """The sentence that says what is wrong, where it can be tried again."""
    return page.alerts() if page.button("Retry").exists() else ""


def outcome(page: Page, timeout: float = START_TIMEOUT) -> str:
    """What a start comes to: "" for an answer, or the sentence."""

    def come() -> str | None:
        return trouble(page) or (is_answered(page) and "answered") or None

    said = page.wait_until(come, "an answer or a sentence with Retry", timeout)
    return "" if said == "answered" else said


def check_retry(page: Page, site: SiteServer) -> None:
    """Once the host is mended, Retry leads to the answer."""
    site.heal()
    page.button("Retry").click()
    is_mended = lambda: is_answered(page) and not page.button("Retry").exists()  # noqa: E731
    page.wait_until(is_mended, "the answer after Retry", START_TIMEOUT)
