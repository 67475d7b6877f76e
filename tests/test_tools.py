"""Lint, format and types, as tests: they count in the one closing line, and -k selects them."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
WEB = ROOT / "web"
MODULES = WEB / "node_modules"


def node(script: str, *arguments: str) -> list[str]:
    return ["node", str(MODULES / script), *arguments]


RUFF = [sys.executable, "-m", "ruff"]
BIOME = node("@biomejs/biome/bin/biome", "ci", "--colors=off", "--error-on-warnings", ".")
TSC = node("typescript/bin/tsc", "--noEmit", "--pretty", "false", "--project")
PYRIGHT = node("pyright/index.js", "--project", "py/pyproject.toml", "--pythonpath", sys.executable)


@pytest.mark.parametrize(
    ("command", "folder"),
    [
        pytest.param([*RUFF, "check", "."], ROOT, id="ruff check"),
        pytest.param([*RUFF, "format", "--check", "--diff", "."], ROOT, id="ruff format"),
        pytest.param(PYRIGHT, ROOT, id="pyright"),
        pytest.param(BIOME, WEB, id="biome"),
        pytest.param([*BIOME, f"--config-path={WEB}"], ROOT / "tests" / "bench" / "page", id="biome, bench"),
        pytest.param([*BIOME, f"--config-path={WEB}"], ROOT / "py" / "build", id="biome, build"),
        pytest.param([*TSC, "tsconfig.json"], WEB, id="tsc, page"),
        pytest.param([*TSC, "tsconfig.worker.json"], WEB, id="tsc, worker"),
    ],
)
def test_finds_nothing(command: list[str], folder: Path):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        pytest.fail(f"{done.stdout}{done.stderr}", pytrace=False)
