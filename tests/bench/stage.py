"""The bench's pages, the peers' and the stock way's, on Pyodide's files as npm has them; and browsers for them."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

import archives
import browsers
import node
import numpy_wheel
import runtime
import serve
import stamp
from layout import CACHE, SITE

HERE = Path(__file__).parent
PAGE = HERE / "page"
STAGE = CACHE / "bench"
STOCK = CACHE / "stock"
PYODIDE_FILES = ("pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
TFJS_WASM = HERE / "node_modules" / "@tensorflow" / "tfjs-backend-wasm" / "dist"


class IsolatedHandler(serve.Handler):
    """An isolated page has a clock of 5 µs, others one of 100 µs."""

    def end_headers(self) -> None:
        self.send_header("Cross-Origin-Opener-Policy", "same-origin")
        self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
        super().end_headers()


def build() -> Path:
    """Everything the page loads, in one folder."""
    shutil.rmtree(STAGE, ignore_errors=True)
    python = STAGE / "python"
    python.mkdir(parents=True)
    for name in PYODIDE_FILES:
        shutil.copyfile(runtime.PYODIDE / name, python / name)
    wheel = numpy_wheel.Sources(runtime.PYODIDE, CACHE / "numpy").find(None)
    shutil.copyfile(wheel, python / wheel.name)
    tenlines = archives.tenlines_wheel(python)
    (STAGE / "tfjs").mkdir()
    for path in TFJS_WASM.glob("*.wasm"):
        shutil.copyfile(path, STAGE / "tfjs" / path.name)
    shutil.copyfile(PAGE / "index.html", STAGE / "index.html")
    shutil.copyfile(HERE / "contender.py", STAGE / "contender.py")
    wheels = f"--define:WHEELS={[f'python/{wheel.name}', f'python/{tenlines.name}']}"
    options = ["--bundle", "--format=esm", "--external:node:*", "--target=es2022", f"--outdir={STAGE}"]
    node.esbuild(PAGE / "page.js", *options, wheels, more_modules=HERE / "node_modules")
    return STAGE


def stock() -> Path:
    """A page that uses Pyodide as it comes: npm's files, and NumPy's whole wheel, deflated as the registry has it."""
    shutil.rmtree(STOCK, ignore_errors=True)
    STOCK.mkdir(parents=True)
    for name in (*PYODIDE_FILES, "pyodide.mjs"):
        shutil.copyfile(runtime.PYODIDE / name, STOCK / name)
    wheel = numpy_wheel.Sources(runtime.PYODIDE, CACHE / "numpy").find(None)
    deflated = STOCK / wheel.name
    with zipfile.ZipFile(wheel) as stored, zipfile.ZipFile(deflated, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for name in stored.namelist():
            new.writestr(name, stored.read(name))
    lock = STOCK / "pyodide-lock.json"
    said = json.loads(lock.read_text(encoding="utf-8"))
    said["packages"]["numpy"] |= {"file_name": deflated.name, "sha256": stamp.sha256(deflated)}
    lock.write_text(json.dumps(said), encoding="utf-8")
    shutil.copyfile(HERE / "page" / "stock.html", STOCK / "index.html")
    for name in ("stock.js", "stock_worker.js"):
        shutil.copyfile(HERE / "page" / name, STOCK / name)
    return STOCK


def site() -> Path:
    if not (SITE / "index.html").is_file():
        sys.exit("dist/site is missing: run python3 build.py site first.")
    return SITE


@contextmanager
def served(folder: Path, handler: type[serve.Handler] = serve.Handler) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()


def chromium(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(**chromium_options())


def chromium_of(playwright: Playwright, folder: str) -> BrowserContext:
    """A Chromium of its own, which keeps what it fetches in a folder."""
    return playwright.chromium.launch_persistent_context(folder, **chromium_options())


def chromium_options() -> dict[str, Any]:
    sandbox = [] if hasattr(os, "geteuid") and os.geteuid() else ["--no-sandbox"]
    return {"executable_path": os.environ["CHROMIUM_PATH"], "args": [*browsers.CHROMIUM_FLAGS, *sandbox]}


@dataclass(frozen=True)
class Alone:
    """A Chromium that shows one page, with nobody at its debugging port."""

    process: int
    folder: Path

    def page(self, playwright: Playwright) -> Page:
        """Its page, from now on attended to."""
        port, _ = (self.folder / "DevToolsActivePort").read_text().split()
        return playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}").contexts[0].pages[0]


@contextmanager
def left_alone(url: str) -> Iterator[Alone]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        options = chromium_options()
        own = ["--headless=new", "--remote-debugging-port=0", f"--user-data-dir={folder}"]
        command = [options["executable_path"], *options["args"], *own, url]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as program:
            try:
                yield Alone(program.pid, Path(folder))
            finally:
                program.terminate()


def has_firefox() -> bool:
    return "FIREFOX_PATH" in os.environ


def firefox(playwright: Playwright) -> Browser:
    """The stock Firefox, over WebDriver BiDi, not Playwright's own patched build."""
    return playwright.firefox.launch(channel="moz-firefox", executable_path=os.environ["FIREFOX_PATH"])


def bench_page(browser: Browser, url: str) -> Page:
    """A page where nothing has run yet."""
    page = browser.new_page()
    page.on("pageerror", lambda error: print(f"in the page: {error}", file=sys.stderr, flush=True))
    page.goto(url)
    page.wait_for_function("() => window.benchReady", timeout=120_000)
    return page
