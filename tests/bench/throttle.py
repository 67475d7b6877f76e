"""A static host on this computer, at the end of a slow line or of none, that remembers what it has sent and when.

It sends what hosts of static files send: an ETag, ten minutes of max-age, and gzip for what is text or WebAssembly;
archives and files that are gzip already go as they are. The line is slowed here, not in a browser: so it is slow for
workers too, and the same for every browser.
"""

import gzip
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import serve

PIECE = 1 << 14
COMPRESSED_BY_HOSTS = ("text/", "application/json", "application/wasm", "image/svg+xml")


@dataclass(frozen=True)
class Line:
    bits: float  # a second, shared by all connections
    delay: float  # seconds before every answer


@dataclass
class Sent:
    """What one request was answered with. Times are the clock's, as a page's performance.timeOrigin is."""

    path: str
    asked: float
    status: int
    length: int
    gzipped: int  # what gzip -9 makes of the file
    pieces: list[tuple[float, int]] = field(default_factory=list)  # when each had left, and how long it was

    def until(self, moment: float) -> int:
        return sum(length for left, length in self.pieces if left <= moment)

    def fraction(self, moment: float) -> float:
        return self.until(moment) / self.length if self.length else 0.0


@cache
def gzipped(path: Path, changed: int) -> bytes:
    return gzip.compress(path.read_bytes(), 9, mtime=0)


class Host:
    """Serves each folder under its name at `url(name)`."""

    def __init__(self, folders: Mapping[str, Path], *, gzips: bool = True, line: Line | None = None) -> None:
        self.folders, self.gzips, self.line = folders, gzips, line
        self.sent: list[Sent] = []
        self._lock = threading.Lock()
        self._free = 0.0  # when the line has carried what it was given
        for folder in folders.values():  # beforehand: no visitor waits for gzip
            for path in folder.rglob("*"):
                if path.is_file():
                    gzipped(path, path.stat().st_mtime_ns)
        self._server = serve.Server(("127.0.0.1", 0), partial(Handler, self))
        threading.Thread(target=self._server.serve_forever, args=[0.05], daemon=True).start()

    def __enter__(self) -> "Host":
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def url(self, name: str) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/{name}/"

    def forget(self) -> None:
        """The next visitor finds the line free: what is still on its way to an earlier one is broken off."""
        self.sent = []

    def find(self, path: str) -> Path | None:
        name, _, rest = path.removeprefix("/").partition("/")
        file = self.folders[name] / (rest or "index.html") if name in self.folders else None
        return file if file and file.is_file() else None

    def carry(self, length: int) -> None:
        """Wait until the line, which others use too, has carried so many bytes."""
        if not self.line:
            return
        with self._lock:
            self._free = max(self._free, time.perf_counter()) + length * 8 / self.line.bits
            until = self._free
        time.sleep(max(0.0, until - time.perf_counter()))


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, host: Host, *arguments: Any) -> None:
        self.host = host
        super().__init__(*arguments)

    def do_GET(self) -> None:
        host = self.host
        asked = time.time()
        if host.line:
            time.sleep(host.line.delay)
        path = unquote(urlsplit(self.path).path)
        file = host.find(path)
        if file is None:
            self.send_error(404)
            return
        changed = file.stat().st_mtime_ns
        tag = f'"{changed:x}"'
        kind = serve.TYPES.get(file.suffix, serve.TYPES[""])
        small = gzipped(file, changed)
        body, encoding = file.read_bytes(), ""
        if host.gzips and kind.startswith(COMPRESSED_BY_HOSTS):
            body, encoding = small, "gzip"
        unchanged = self.headers.get("If-None-Match") == tag
        if unchanged:
            body = b""
        visit = host.sent
        sent = Sent(path, asked, 304 if unchanged else 200, len(body), len(small))
        visit.append(sent)
        self.send_response(sent.status)
        self.send_header("ETag", tag)
        self.send_header("Cache-Control", "max-age=600")
        if not unchanged:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            if encoding:
                self.send_header("Content-Encoding", encoding)
        self.end_headers()
        for start in range(0, len(body), PIECE):
            if host.sent is not visit:
                self.close_connection = True
                return
            piece = body[start : start + PIECE]
            host.carry(len(piece))
            self.wfile.write(piece)
            sent.pieces.append((time.time(), len(piece)))

    def log_message(self, format: str, *arguments: object) -> None:
        pass
