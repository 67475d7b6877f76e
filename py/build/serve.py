"""A plain static server on this computer, as any static host would serve dist/site."""

import errno
import os
import sys
import webbrowser
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import console
from console import Stop, say

TYPES = {
    "": "application/octet-stream",
    ".bin": "application/octet-stream",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".whl": "application/octet-stream",
    ".zip": "application/zip",
}


class Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    extensions_map = TYPES  # instead of the computer's own table, which varies

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")  # always asks; an unchanged file costs a 304
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        if console.verbose:
            super().log_message(format, *args)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = sys.platform != "win32"  # there it would share a port that is taken

    def handle_error(self, request, client_address) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):  # a browser that closed its tab is no error
            super().handle_error(request, client_address)


def listen(port: int, folder: Path) -> Server:
    try:
        return Server(("127.0.0.1", port), partial(Handler, directory=os.fspath(folder)))
    except OverflowError:
        raise Stop(f"--port {port}: a port is a number from 1 to 65535.") from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Stop(f"Port {port} is in use. Take another one: python3 build.py serve --port {port + 1}") from None
        raise Stop(f"Port {port} cannot be used: {error.strerror}.") from None


def forever(server: Server, open_browser: bool) -> int:
    address = f"http://localhost:{server.server_address[1]}"
    say(f"Tenlines is at {address} (Ctrl+C ends it)")
    if open_browser and has_screen():
        webbrowser.open(address)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        say("")
    return 0


def has_screen() -> bool:
    """Without one, webbrowser would start a text browser in the terminal."""
    return sys.platform in ("darwin", "win32") or bool({"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys())
