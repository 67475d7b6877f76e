"""What our own Python says of a learner's program is understood by the page, however large it is; in Node."""

import json
import subprocess
import sys
from pathlib import Path

HEAR = Path(__file__).parent / "harness" / "hear_all.mjs"
# Says of each program how it ended, and its values with each of its expressions in turn.
SAY = """
import json, os, sys
sys.setrecursionlimit(10**4)
from tenlines.learner.run import Program
said = {}
for name, source in json.load(sys.stdin).items():
    program = Program(source, {})
    ended = program.run()
    count = len(program._trace.parts.expressions) if ended["passes"] is not None else 0
    values = [program.values(ended["passes"], place) for place in [None, *range(count)][:12]]
    said[name] = [{"ended": ended}, *({"values": one} for one in values)]
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


def wrong_in(messages: list) -> list[str]:
    """Of each, what the page finds wrong in it; "" for nothing."""
    told = subprocess.run(["node", HEAR], input=json.dumps(messages), capture_output=True, text=True, check=True)
    return json.loads(told.stdout)


def test_all_that_our_python_says_of_a_program_is_understood(tmp_path):
    """tests/node/program-messages.test.mjs has what is not."""
    command = [sys.executable, "-c", SAY]
    done = subprocess.run(command, input=json.dumps(SAYS_MUCH).encode(), capture_output=True, cwd=tmp_path)
    said = json.loads(done.stderr.decode().splitlines()[-1])
    assert said.keys() == SAYS_MUCH.keys()
    messages = [(name, message) for name, all_of_it in said.items() for message in all_of_it]
    wrong = wrong_in([message for _, message in messages])
    assert [(name, fault) for (name, _), fault in zip(messages, wrong, strict=True) if fault] == []
