"""Tables kept in the browser, in Node: what several tabs, a version of before and a lost database do to one another."""

import subprocess
from pathlib import Path

TESTS = Path(__file__).parent / "harness" / "saved_tables.mjs"


def test_saved_tables():
    done = subprocess.run(["node", "--test", TESTS], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
