"""All tests, in one pytest run: Python, browsers, lint and types."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import assemble
import browsers
import environment
from layout import CACHE, ROOT, VENV_PYTHON

BROWSERS = CACHE / "browsers.json"
BROWSER_TESTS = ROOT / "tests" / "web"
TWO_WORKERS = ["--numprocesses=2", "--no-loadscope-reorder"]  # tests/workers.py says which takes what
COVERAGE = ["--cov", "--cov-config=py/pyproject.toml"]  # lines and branches of py/tenlines, printed at the end
ALONE = ("-k", "-n", "--numprocesses", "--pdb", "--trace", "--collect-only", "--co")
# Without its bytecode, which some environments forbid to be written beside the code, pytest starts twice as slowly.
BYTECODE = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(CACHE / "bytecode")}


def run(arguments: list[str]) -> int:
    with assemble.only_one_build():
        environment.environment(tests=True)
        assemble.write_modules()
    command = [VENV_PYTHON, "-m", "pytest", *arguments]
    variables = {**os.environ, **BYTECODE}
    is_short = not is_long(arguments)
    if not is_short:
        command += TWO_WORKERS
        variables.setdefault("TENLINES_PATIENCE", "2")  # each of them is slowed by the other
    if not arguments:
        command += COVERAGE
        variables["COVERAGE_FILE"] = str(CACHE / "coverage")
    if uses_browsers(arguments):
        variables |= (is_short and remembered()) or find_and_remember()
        if not os.environ.get("DISPLAY") and shutil.which("xvfb-run"):
            command = ["xvfb-run", "-a", *command]
    return subprocess.run(command, cwd=ROOT, env=variables, stdin=subprocess.DEVNULL).returncode


def remembered() -> dict[str, str]:
    """The browsers that were found before, where all were, so that a chosen test need not wait for each to be tried."""
    try:
        found: dict[str, str] = json.loads(BROWSERS.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    is_named = any(browser.variable in os.environ for browser in browsers.ALL)
    return found if not is_named and all(Path(path).is_file() for path in found.values()) else {}


def find_and_remember() -> dict[str, str]:
    found = browsers.provide()
    if len(found) == len(browsers.ALL):
        BROWSERS.write_text(json.dumps(found), encoding="utf-8")
    else:
        BROWSERS.unlink(missing_ok=True)
    return found


def uses_browsers(arguments: list[str]) -> bool:
    """Whether the paths among pytest's arguments, by default all tests, hold browser tests."""
    paths = named(arguments)
    return not paths or any(_overlap(path, BROWSER_TESTS) for path in paths)


def is_long(arguments: list[str]) -> bool:
    """Whether two workers are worth their start: for all tests, or for folders of them."""
    return not any(word.startswith(ALONE) for word in arguments) and all(path.is_dir() for path in named(arguments))


def named(arguments: list[str]) -> list[Path]:
    """The files and folders among pytest's arguments."""
    paths = [(ROOT / word.split("::")[0]).resolve() for word in arguments if not word.startswith("-")]
    return [path for path in paths if path.exists()]


def _overlap(one: Path, other: Path) -> bool:
    return one.is_relative_to(other) or other.is_relative_to(one)
