"""What the tests of build.py share."""

import hashlib
import re
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "dist" / "site"
NOTICES = (SITE / "notices.txt").read_text("utf-8")
NAMED = re.findall(r"^  (\S.*) \(.*\)$", NOTICES.split("=" * 78)[0], re.MULTILINE)  # with versions
WHEEL = b"the wheel's bytes"
OTHER = b"other bytes"


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class Host:
    """A web server with one answer for everything, and a count of how often it was asked."""

    def __init__(self, body: bytes = WHEEL, status: int = 200, said_length: int | None = None):
        host = self
        self.asked = 0

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                host.asked += 1
                self.send_response(status)
                self.send_header("Content-Length", str(said_length or len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()


def program(path: Path, script: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def build(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "build.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
