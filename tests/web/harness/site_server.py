"""A plain static server for the site, under a sub-path, that remembers what was asked of it."""

import email.utils
import functools
import hashlib
import mimetypes
import re
import threading
import urllib.parse
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

from harness.page import PATIENCE

SUB_PATH = "/some/where/"
MARK = re.compile(r"-[0-9A-Z]{8}(?=\.\w+$)")  # what the build adds to a file's name to tell its contents
TYPES = {".wasm": "application/wasm", ".js": "text/javascript", ".whl": "application/octet-stream"}


@functools.lru_cache(maxsize=32)
def contents(file: Path, written: int) -> bytes:
    """What a file holds since it was `written`, in nanoseconds."""
    return file.read_bytes()


@functools.lru_cache(maxsize=32)
def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class SiteServer:
    """Serves `folder` at `url`. It sends no header that a plain static host would not, and 304 for what is known.

    Files go by the names they have in the repository here, without the mark of their contents.

    It can play the hosts and networks that go wrong: `block(name)`, `delay(name, seconds)`, `hang(name)`,
    `change(name, edit)`, `label(headers)`, and `cut()` for a line that is dead. `deploy(folder)` puts another version
    of the site in the place of this one. It can also stand in as a browser's HTTP
    proxy: then `requests` holds every address the browser asked for, whichever thread asked, and nothing
    gets out.
    """

    _ports: ClassVar[set[int]] = set()  # a service worker outlives its server: no other one may stand in its place

    def __init__(self, folder: Path, lost: frozenset[str] = frozenset(), held: frozenset[str] = frozenset()):
        """lost: names of files that are served empty, healed or not; held: those of which only half comes."""
        self.folder, self._lost, self._held = folder, lost, held
        self.requests: list[str] = []
        self.bodies: list[tuple[str, int]] = []  # what was sent, and its bytes
        self.methods: set[str] = set()  # by which it was asked
        self.uploaded: float | None = None  # when the host says that was; then browsers need not ask again for a while
        self._cut = False
        self._blocked: set[str] = set()
        self._delayed: dict[str, float] = {}
        self._hanging: set[str] = set()
        self._released: set[str] = set()
        self._is_closed = False
        self._goes_on = threading.Condition()
        self._labels: dict[str, dict[str, str]] = {}
        self._changed: dict[str, Callable[[bytes], bytes]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        while self._server.server_address[1] in self._ports:
            self._server.server_close()
            self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._ports.add(self._server.server_address[1])
        self._server.daemon_threads = True
        self.netloc = f"127.0.0.1:{self._server.server_address[1]}"
        self.origin = f"http://{self.netloc}"
        self.url = self.origin + SUB_PATH
        # How long close() waits at most; Python's own half a second would be added to every test with a server.
        looks_every = {"poll_interval": 0.05}
        threading.Thread(target=self._server.serve_forever, kwargs=looks_every, daemon=True).start()

    def block(self, name: str) -> None:
        """From now on `name` (the end of a file's path) is not found."""
        self._blocked.add(name)

    def delay(self, name: str, seconds: float) -> None:
        """From now on `name` takes this long, spread over its bytes, as on a slow line; longer on a busy machine.

        A test that has seen what it wanted to see meanwhile need not wait for the rest: go_on(name).
        """
        self._delayed[name] = seconds * PATIENCE

    def hang(self, name: str) -> None:
        """From now on half of `name` comes and then nothing more, even once the server is healed, until go_on(name)."""
        self._released.discard(name)
        self._hanging.add(name)

    def label(self, headers: dict[str, str], name: str = "") -> None:
        """From now on `name`, or every file, is sent with these headers."""
        self._labels[name] = headers

    def change(self, name: str, edit: Callable[[bytes], bytes]) -> None:
        """From now on `name` is served as `edit` of what is on the disk, which is made once for all who ask."""
        self._changed[name] = functools.lru_cache(maxsize=4)(edit)

    def deploy(self, folder: Path) -> None:
        self.folder = folder

    def asked(self, name: str) -> int:
        """How often `name` was asked for so far."""
        return sum(url.endswith(name) for url in self.requests)

    def cut(self) -> None:
        """From now on every connection breaks off without an answer."""
        self._cut = True

    def heal(self) -> None:
        """Serve everything, at once and unchanged, again."""
        self._cut = False
        self._blocked.clear()
        self._delayed.clear()
        self._changed.clear()
        self._labels.clear()
        self._hanging.clear()

    def go_on(self, name: str = "") -> None:
        """What hangs or is delayed comes: `name`, or all."""
        with self._goes_on:
            self._released.add(name)
            self._goes_on.notify_all()

    def close(self) -> None:
        self._is_closed = True
        self.go_on()
        self._server.shutdown()
        self._server.server_close()

    def _rule(self, rules, path: str):
        path = f"{path}index.html" if path.endswith("/") else path
        return next((rule for rule in rules if MARK.sub("", path).endswith(rule)), None)

    def _body(self, path: str) -> bytes | None:
        if not path.startswith(SUB_PATH) or self._rule(self._blocked, path):
            return None
        file = self.folder / (path.removeprefix(SUB_PATH) or "index.html")
        if not file.is_file():
            return None
        if self._rule(self._lost, path):
            return b""
        edit = self._rule(self._changed, path)
        data = contents(file, file.stat().st_mtime_ns)
        return self._changed[edit](data) if edit else data

    def _wait(self, path: str, seconds: float | None = None) -> None:
        """Until what comes on this path may go on; so many seconds at most."""
        with self._goes_on:
            self._goes_on.wait_for(lambda: self._is_closed or self._is_released(path), seconds)

    def _is_released(self, path: str) -> bool:
        return self._rule(self._released, path) is not None and not self._rule(self._held, path)

    def _handler(self):
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                # A proxied request carries the whole address; a direct one only the path.
                url = urllib.parse.urljoin(site.origin, self.path)
                site.requests.append(MARK.sub("", url))
                if site._cut:
                    self.close_connection = True
                    return None
                address = urllib.parse.urlsplit(url)
                if address.netloc == site.netloc:
                    site.methods.add(self.command)
                path = urllib.parse.unquote(address.path)
                body = site._body(path) if address.netloc == site.netloc else None
                if body is None:
                    return self.send_error(404)
                labels = site._labels.get(site._rule(site._labels, path) or "", {})
                tag = f'"{digest(body)}{digest(repr(labels).encode())}"'  # 304 keeps the headers too
                is_known = self.headers["If-None-Match"] == tag
                self.send_response(304 if is_known else 200)
                self.send_header("ETag", tag)
                if site.uploaded:
                    self.send_header("Last-Modified", email.utils.formatdate(site.uploaded, usegmt=True))
                if is_known:
                    return self.end_headers()
                site.bodies.append((MARK.sub("", url), len(body)))
                suffix = Path(path).suffix
                kind = TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "text/html"
                headers = {"Content-Type": kind, "Content-Length": str(len(body)), **labels}
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                if site._rule(site._hanging | site._held, path):
                    half = len(body) // 2
                    self._send(path, body[:half], 0)
                    site._wait(path)
                    body = body[half:]
                self._send(path, body, site._delayed.get(site._rule(site._delayed, path) or "", 0.0))

            def do_CONNECT(self):
                site.requests.append(f"https://{self.path}")
                self.send_error(403)

            do_POST = do_PUT = do_HEAD = do_OPTIONS = do_GET

            def _send(self, path: str, body: bytes, seconds: float) -> None:
                pieces = 20 if seconds else 1
                size = max(1, -(-len(body) // pieces))
                try:
                    for start in range(0, len(body), size):
                        if seconds:
                            site._wait(path, seconds / pieces)
                        self.wfile.write(body[start : start + size])
                except OSError:
                    pass  # the page went away

            def log_message(self, format, *arguments):
                pass

        return Handler
