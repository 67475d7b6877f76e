"""Finding the browsers that the tests drive, and installing what is missing where that can be done.

Playwright drives Chromium and Firefox; WebKit is WebKitGTK behind its own driver, which needs a display.
What is found is told to the tests by its path, in the variable that can also name it beforehand.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from console import Stop, detail, run, say
from layout import VENV_PYTHON

# What keeps a Chromium that is driven to itself: no graphics card, no requests of its own.
CHROMIUM_FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

XVFB = ("xvfb", "xauth")  # a display where there is none; xvfb-run needs both


@dataclass(frozen=True)
class Browser:
    name: str
    variable: str
    commands: tuple[str, ...]
    debian: tuple[str, ...]
    places: tuple[str, ...] = ()  # macOS
    harmless: str = "--version"  # the option that only shows whether the program runs


CHROMIUM = Browser(
    "Chromium",
    "CHROMIUM_PATH",
    ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    ("chromium",),
    (
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ),
)
FIREFOX = Browser(
    "Firefox",
    "FIREFOX_PATH",
    ("firefox-esr", "firefox"),
    ("firefox-esr",),
    ("/Applications/Firefox.app/Contents/MacOS/firefox",),
)
WEBKIT = Browser("WebKit", "WEBKIT_DRIVER_PATH", ("WebKitWebDriver",), ("webkit2gtk-driver",), harmless="--help")
ALL = (CHROMIUM, FIREFOX, WEBKIT)


def runs(program: str, option: str) -> bool:
    try:
        return subprocess.run([program, option], capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def find(browser: Browser) -> str | None:
    named = os.environ.get(browser.variable)
    if named:
        if not Path(named).is_file():
            raise Stop(f"{browser.variable} names {named}, and there is no such file.")
        return named
    return next((path for path in candidates(browser) if runs(path, browser.harmless)), None)


def candidates(browser: Browser) -> Iterator[str]:
    if browser is CHROMIUM and (own := playwright_chromium()):
        yield own
    yield from filter(None, map(shutil.which, browser.commands))
    yield from filter(os.path.isfile, browser.places)


def playwright_chromium() -> str | None:
    """Playwright's own Chromium, where it has been installed."""
    ask = "from playwright.sync_api import *\nwith sync_playwright() as p: print(p.chromium.executable_path)"
    path = run([VENV_PYTHON, "-c", ask]).strip()
    return path if Path(path).is_file() else None


def has_display() -> bool:
    return bool(os.environ.get("DISPLAY")) or shutil.which("xvfb-run") is not None


def provide() -> dict[str, str]:
    """The paths of the browsers for the tests, by variable; what is absent is not in it."""
    found = {browser: find(browser) for browser in ALL}
    missing = [browser.debian for browser, path in found.items() if not path]
    if not has_display():
        missing.append(XVFB)
    if missing and can_apt():
        install_by_apt(missing)
        found = {browser: path or find(browser) for browser, path in found.items()}
    if not found[CHROMIUM]:
        say("Installing Chromium with Playwright")
        attempt([VENV_PYTHON, "-m", "playwright", "install", "chromium"])
        found[CHROMIUM] = find(CHROMIUM)
    report(found)
    return {browser.variable: path for browser, path in found.items() if path}


def can_apt() -> bool:
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_by_apt(groups: Sequence[Sequence[str]]) -> None:
    """Each group by itself: one that this release does not have keeps none of the others out."""
    attempt(["apt-get", "update"])
    for packages in groups:
        say(f"Installing with apt-get: {' '.join(packages)}")
        attempt(["apt-get", "install", "-y", "--no-install-recommends", *packages])


def attempt(install: Sequence[str | Path]) -> None:
    """An installer that fails leaves the browser absent; what that means is said once, at the end."""
    try:
        run(install, env={"DEBIAN_FRONTEND": "noninteractive"})
    except Stop as stop:
        say(str(stop))


def report(found: Mapping[Browser, str | None]) -> None:
    for browser, path in found.items():
        detail(f"{browser.name}: {path}")
    absent = [browser for browser in ALL if not found[browser] or (browser is WEBKIT and not has_display())]
    if not absent:
        return
    names = ", ".join(browser.name for browser in absent)
    packages = [name for browser in absent for name in browser.debian]
    remedy = f"On Debian: apt-get install {' '.join([*packages, *XVFB])}"
    if os.environ.get("CI") == "true":
        raise Stop(f"CI tests in all three browsers, and cannot drive {names}. {remedy}")
    if CHROMIUM in absent:
        raise Stop(f"No Chromium or Chrome was found; CHROMIUM_PATH can name one. {remedy}")
    say(f"Without {names}: its tests will be skipped. {remedy}")
