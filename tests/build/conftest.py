"""The fixtures of the tests of build.py."""

import contextlib
import os

import pytest
from tools import Host, program


@pytest.fixture
def host():
    with contextlib.ExitStack() as stack:

        def start(**how) -> Host:
            host = Host(**how)
            stack.callback(host.server.server_close)
            stack.callback(host.server.shutdown)
            return host

        yield start


@pytest.fixture
def no_npm(tmp_path, monkeypatch):
    program(tmp_path / "bin" / "npm", "exit 1")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
