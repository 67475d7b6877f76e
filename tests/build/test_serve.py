"""build.py serve."""

import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from tools import ROOT, SITE, build

import serve


def test_a_taken_port_is_told_with_its_remedy():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = build("serve", "--no-open", "--port", str(port))
    assert done.returncode == 1
    assert done.stderr == f"Port {port} is in use. Take another one: python3 build.py serve --port {port + 1}\n"


def test_serve_prints_the_address_and_ends_quietly_on_ctrl_c():
    command = [sys.executable, str(ROOT / "build.py"), "serve", "--no-open", "--port", "0"]
    listening = signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job would pass on "ignore"
    try:
        server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    finally:
        signal.signal(signal.SIGINT, listening)
    with server:
        assert server.stdout
        said = next(line for line in server.stdout if "http://" in line)
        address = next(word for word in said.split() if word.startswith("http://localhost:"))
        with urllib.request.urlopen(address) as answer:
            assert answer.read() == (SITE / "index.html").read_bytes()
        server.send_signal(signal.SIGINT)
        _, complaint = server.communicate(timeout=60)
    assert (server.returncode, complaint) == (0, "")


@pytest.fixture
def served(tmp_path) -> Iterator[str]:
    with serve.listen(0, tmp_path) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@pytest.mark.parametrize(
    ("name", "type"),
    [
        ("a.wasm", "application/wasm"),
        ("a.mjs", "text/javascript; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.js.map", "application/json"),
        ("a.whl", "application/octet-stream"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.png", "image/png"),
        ("a.webmanifest", "application/manifest+json"),
    ],
)
def test_files_are_served_with_their_type_and_asked_for_again(served, tmp_path, name, type):
    (tmp_path / name).write_bytes(b"x")
    with urllib.request.urlopen(served + name) as answer:
        assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == (type, "no-cache")


def test_nothing_outside_the_folder_is_served(served, tmp_path):
    (tmp_path.parent / "secret.txt").write_text("x")
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{served}../secret.txt")
