"""All tests, in one pytest run: Python, browsers, lint and types."""

import os
import shutil
import subprocess
from pathlib import Path

import assemble
import browsers
import environment
from layout import ROOT, VENV_PYTHON

BROWSER_TESTS = ROOT / "tests" / "web"


def run(arguments: list[str]) -> int:
    with assemble.only_one_build():
        environment.environment(tests=True)
    command = [VENV_PYTHON, "-m", "pytest", *arguments]
    variables = dict(os.environ)
    if uses_browsers(arguments):
        variables |= browsers.provide()
        if not os.environ.get("DISPLAY") and shutil.which("xvfb-run"):
            command = ["xvfb-run", "-a", *command]
    return subprocess.run(command, cwd=ROOT, env=variables, stdin=subprocess.DEVNULL).returncode


def uses_browsers(arguments: list[str]) -> bool:
    """Whether the paths among pytest's arguments, by default all tests, hold browser tests."""
    named = [(ROOT / word.split("::")[0]).resolve() for word in arguments if not word.startswith("-")]
    paths = [path for path in named if path.exists()]
    return not paths or any(_overlap(path, BROWSER_TESTS) for path in paths)


def _overlap(one: Path, other: Path) -> bool:
    return one.is_relative_to(other) or other.is_relative_to(one)
