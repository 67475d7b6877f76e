"""What our own Python says of a learner's program is understood by the page, however large it is; in Node."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

HEAR = Path(__file__).parent / "harness" / "hear_all.mjs"
# Says how a program ended, and its values with each of its expressions in turn.
SAY = """
import json, os, sys
sys.setrecursionlimit(10**4)
from tenlines.learner.run import Program
program = Program(sys.stdin.read(), {})
said = [{"ended": program.run()}]
count = len(program._trace.parts.expressions) if said[0]["ended"]["passes"] is not None else 0
said += [{"values": program.values(said[0]["ended"]["passes"], place)} for place in [None, *range(count)][:12]]
os.write(2, json.dumps(said).encode())
os._exit(0)
"""
LONG = "a" * 5000
SAYS_MUCH = {
    "exit(True)": "exit(True)\n",
    "exit(2**70)": "exit(2**70)\n",
    "exit(-(2**70))": "exit(-(2**70))\n",
    "an error of many emoji": "raise ValueError('😀' * 10**6)\n",
    "a name that is not there": f"{LONG}\n",
    "a key that is not there": f"x = {{}}\nx['{LONG}']\n",
    "a module that is not there": f"import {LONG}\n",
    "much printed at once": "text = '😀' * 100\nprint(text, text, text, text, text, text, text, text, text)\n",
    "lists in lists": "x = [['a' * 30] * 6] * 6\ny = x\nz = {'a' * n: y for n in range(99)}\nw = z\n",
    "many dimensions": "from numpy import ones\nx = ones([1] * 64)\ny = x\n",
    "large whole numbers": "from numpy import full\nx = full((2, 6), -2**62)\ny = x.dot(x.T)\nz = y\n",
    "complex numbers": "from numpy import full\nx = full((2, 6), -1.23456789e-200 + 3.4e-300j)\ny = x.dot(x.T)\n",
    "arrays of text": "from numpy import array\nx = array([['😀' * 500] * 12] * 20)\ny = x\n",
    "a loop with a long name": f"for {LONG} in range(2):\n    x = {LONG}\n",
    "a great many lines": "x = y = 1 + 1\n" + "x + y\n" * 11_000,
    "what is no number": "x = float('inf')\ny = x - x\nz = y\n",
}


@pytest.fixture
def said(tmp_path):
    """`said(source)`: all that our Python says of it."""

    def said(source: str) -> list:
        done = subprocess.run([sys.executable, "-c", SAY], input=source.encode(), capture_output=True, cwd=tmp_path)
        return json.loads(done.stderr.decode().splitlines()[-1])

    return said


def wrong_in(messages: list) -> list[str]:
    """Of each, what the page finds wrong in it; "" for nothing."""
    told = subprocess.run(["node", HEAR], input=json.dumps(messages), capture_output=True, text=True, check=True)
    return json.loads(told.stdout)


@pytest.mark.parametrize("name", SAYS_MUCH)
def test_it_is_understood(said, name):
    messages = said(SAYS_MUCH[name])
    assert messages
    assert wrong_in(messages) == [""] * len(messages)


def test_what_no_python_of_ours_says_is_not():
    ending = {"status": 0, "error": None, "hints": [], "seconds": 1, "passes": 1}
    values = {"lines": [{"line": 1, "text": "1", "shape": "", "kind": "value"}], "selected": None}
    assert wrong_in([{"ended": ending}, {"values": values}, {"values": None}]) == [""] * 3
    wrong = {
        "message has": "hello",
        "message has to be": None,
        "message has to be with one of": {},
        "message.ended.status": {"ended": {**ending, "status": "0"}},
        "message.ended.hints[0].text": {"ended": {**ending, "hints": [{"text": "x" * 10**5, "line": 1}]}},
        "message.values.lines[0].text": {
            "values": {**values, "lines": [{"line": 1, "text": 1, "shape": "", "kind": ""}]}
        },
        "message.values.selected.shape": {"values": {**values, "selected": {}}},
        "message.printed[0].text": {"printed": [{"text": {}, "isError": 7}], "more": 0},
    }
    for place, told in zip(wrong, wrong_in(list(wrong.values())), strict=True):
        assert told.startswith(place)
