"""The package: installed anywhere, it is the command `tenlines`, of the one version that there is."""

import os
import subprocess
import sys

from tools import NOTICES, ROOT

from tenlines import __version__

PIP = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation"]


def test_it_installs_a_command_that_says_the_version_and_trains(tmp_path):
    subprocess.run([*PIP, "--target", tmp_path, ROOT / "py"], check=True)
    assert (tmp_path / f"tenlines-{__version__}.dist-info").is_dir()
    program = tmp_path / "bin" / "tenlines"

    def said(*arguments: str) -> str:
        environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
        done = subprocess.run([program, *arguments], env=environment, capture_output=True, text=True, check=True)
        return done.stdout

    assert said("--version") == f"Tenlines {__version__}\n"
    assert said("--help").startswith("usage: tenlines [options]")
    assert "0.9999370428352157" in said()


def test_the_notices_of_the_site_say_the_version():
    assert NOTICES.startswith(f"Tenlines {__version__} includes ")
