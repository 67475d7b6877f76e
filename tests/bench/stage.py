"""The bench's own page: the peers, and Tenlines on Pyodide's files as npm has them; and Chromium to open it in."""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

import archives
import node
import numpy_wheel
import runtime
import serve
from layout import CACHE

HERE = Path(__file__).parent
PAGE = HERE / "page"
STAGE = CACHE / "bench"
PYODIDE_FILES = ("pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
TFJS_WASM = HERE / "node_modules" / "@tensorflow" / "tfjs-backend-wasm" / "dist"

FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


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


@contextmanager
def served(folder: Path, handler: type[serve.Handler] = serve.Handler) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()


@contextmanager
def chromium() -> Iterator[Browser]:
    sandbox = [] if hasattr(os, "geteuid") and os.geteuid() else ["--no-sandbox"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM_PATH"], args=[*FLAGS, *sandbox])
        try:
            yield browser
        finally:
            browser.close()


def bench_page(browser: Browser, url: str) -> Page:
    """A page where nothing has run yet."""
    page = browser.new_page()
    page.on("pageerror", lambda error: print(f"in the page: {error}", flush=True))
    page.goto(url)
    page.wait_for_function("() => window.benchReady", timeout=120_000)
    return page
