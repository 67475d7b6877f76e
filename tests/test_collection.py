"""What a run of all tests is made of: every test file, and the same examples each time."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TESTS = ROOT / "tests"


def collected(**variables: str) -> dict:
    """What tests/collected.py says of a run without arguments."""
    environment = {name: value for name, value in os.environ.items() if name != "TENLINES_RANDOM"} | variables
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "tests.collected"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(next(line for line in done.stdout.splitlines() if line.startswith('{"files"')))


@pytest.fixture(scope="module")
def usual() -> dict:
    return collected()


def test_every_test_file_is_collected(usual):
    there = {path.relative_to(ROOT).as_posix() for path in TESTS.rglob("test_*.py") if "node_modules" not in path.parts}
    assert there - set(usual["files"]) == set()
    assert {Path(name).parent.name for name in there} >= {"build", "py", "web", "bench"}


def test_what_other_engines_try_as_a_sample_is_there(usual):
    assert usual["unsampled"] == []


def test_every_test_draws_the_same_examples_in_every_run(usual):
    assert usual["new"] == []
    assert {name.split("/")[1] for name in usual["drawing"]} == {"py", "web"}


def test_a_run_draws_new_examples_and_more_of_them_where_it_is_asked_to(usual):
    asked = collected(TENLINES_RANDOM="3")
    assert asked["new"] == asked["drawing"]
    assert len(asked["drawing"]) == 3 * len(usual["drawing"])
