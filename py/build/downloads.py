"""Files from the network: checked against a pinned hash, with progress, and never half there."""

import http.client
import os
import ssl
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import IO

import stamp
from console import Stop

CONNECT_SECONDS = 5
READ_SECONDS = 60
QUIET_SECONDS = 1  # a download shorter than this shows nothing
LINE_SECONDS = 5  # between two lines where there is no terminal


class _Patient:
    """A connection that gives up early on connecting, and late on reading."""

    def connect(self) -> None:
        super().connect()  # type: ignore[misc]
        self.sock.settimeout(READ_SECONDS)  # type: ignore[attr-defined]


class _Http(_Patient, http.client.HTTPConnection):
    pass


class _Https(_Patient, http.client.HTTPSConnection):
    pass


class _HttpHandler(urllib.request.HTTPHandler):
    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_Http, req)


class _HttpsHandler(urllib.request.HTTPSHandler):
    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_Https, req, context=ssl.create_default_context())


class Progress:
    """How far a download is: a bar on a terminal, now and then a line elsewhere, nothing for a short one."""

    def __init__(self, name: str, total: int | None, out: IO[str] | None = None) -> None:
        self.name, self.total, self.out = name, total, out or sys.stderr
        self.terminal = self.out.isatty()
        self.started = time.monotonic()
        self.next = self.started + QUIET_SECONDS
        self.last = 0

    def at(self, done: int) -> None:
        now = time.monotonic()
        if now < self.next or done == self.last:
            return
        self.next = now + (0.1 if self.terminal else LINE_SECONDS)
        self.last = done
        self.out.write(f"\r{self._text(done)}\033[K" if self.terminal else f"{self._text(done)}\n")
        self.out.flush()

    def _text(self, done: int) -> str:
        size = f"{done / 1e6:.1f} MB"
        if not self.total:
            return f"{self.name}: {size}"
        part = min(done / self.total, 1)
        bar = f" [{'#' * int(part * 30):30}]" if self.terminal else ""
        return f"{self.name}:{bar} {part:4.0%}, {size} of {self.total / 1e6:.1f} MB"

    def end(self) -> None:
        if self.last and self.terminal:
            self.out.write("\n")
            self.out.flush()


def check(path: Path, sha256: str, name: str) -> None:
    """Stop, naming the file, where its hash is not the pinned one."""
    found = stamp.sha256(path)
    if found != sha256:
        raise Stop(
            f"{name} is not the file that was expected, so the build stops here.\n"
            f"  expected sha256 {sha256}\n"
            f"  found    sha256 {found}"
        )


def fetch(url: str, target: Path, sha256: str, connect_seconds: float = CONNECT_SECONDS) -> None:
    """Bring url to target. OSError: it could not be had; Stop: it came, but it is another file."""
    opener = urllib.request.build_opener(_HttpHandler, _HttpsHandler)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=target.name, suffix=".part", dir=target.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file, opener.open(url, timeout=connect_seconds) as answer:
            length = answer.headers.get("Content-Length")
            done, total = 0, int(length) if length else None
            progress = Progress(target.name, total)
            while block := answer.read(1 << 16):
                file.write(block)
                done += len(block)
                progress.at(done)
            progress.end()
        if total is not None and done < total:
            raise ConnectionError(f"the connection ended after {done:,} of {total:,} bytes")
        check(part, sha256, url)
        part.replace(target)
    except http.client.HTTPException as error:
        raise ConnectionError(str(error)) from error
    finally:
        part.unlink(missing_ok=True)
