"""Code that is nested too deeply for a page's Python is refused by its line, before Python sees it."""

import ast
import json
import subprocess
import sys

import pytest
from deep_programs import DEEP, NESTED, SHALLOW
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import finite, problems, tables, with_targets_of_its_loss

from tenlines.errors import ProgramError
from tenlines.explain.lines import outline
from tenlines.page.api import Session
from tenlines.problem import Problem
from tenlines.program.read import read
from tenlines.program.write import write
from tenlines.syntax.nesting import too_deep
from tenlines.syntax.source import parse

MOST_FRAMES = 300  # levels of a tree, of which each bracket is one


@pytest.mark.parametrize("kind", DEEP)
def test_what_is_too_deep_is_refused_with_its_line_wherever_it_is_read(kind):
    source, line = DEEP[kind]
    words = f"Line {line} is nested too deeply: take a part of it into a variable or a function of its own."
    for reading in (parse, outline, lambda text: read(text, Problem())):
        with pytest.raises(ProgramError) as refusal:
            reading(source)
        assert refusal.value.message == words
        assert refusal.value.where["line"] == line
    session = Session()
    assert session.outline(source)["error"]["message"] == words
    assert session.read_program(source, "{}")["error"]["message"] == words


@pytest.mark.parametrize("kind", SHALLOW)
def test_what_is_long_but_not_deep_is_read(kind):
    assert too_deep(SHALLOW[kind]) is None
    assert "lines" in Session().outline(SHALLOW[kind])


COMPILE = """
import json, sys
from tenlines.explain.lines import outline
from tenlines.trace.instrumented import InstrumentedProgram
for kind, source in json.load(sys.stdin):
    print(kind, flush=True)
    assert outline(source)["lines"] is not None
    InstrumentedProgram(source).whole
"""


def test_the_deepest_that_is_let_through_is_explained_and_compiled():
    """In a process of its own: what overflows a stack ends it."""
    cases = [(kind, make(deepest(make))) for kind, make in NESTED.items()]
    done = subprocess.run([sys.executable, "-c", COMPILE], input=json.dumps(cases), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout.splitlines()[-1] + done.stderr[-300:]
    assert done.stdout.splitlines() == list(NESTED)


def deepest(make) -> int:
    """The most that is let through; of blocks, which Python itself bounds, 95."""
    low, high = 1, 400
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if too_deep(make(middle)) else (middle, high)
    return min(low, 95) if make is NESTED["blocks"] else low


def depth_of(tree: ast.AST) -> int:
    """Of the expressions inside one another."""
    most, rest = 0, [(tree, 0)]
    while rest:
        node, depth = rest.pop()
        most = max(most, depth)
        rest += [(child, depth + isinstance(child, ast.expr)) for child in ast.iter_child_nodes(node)]
    return most


OPENINGS = ["(", "[", "{", "f(", "a[", "not ", "-", "~", "lambda: ", "lambda x=", "1 if 1 else ", "a + ", "a ** "]
CLOSINGS = {"(": ")", "[": "]", "{": "}", "f(": ")", "a[": "]", "lambda x=": ": 1"}


@given(
    st.lists(st.tuples(st.sampled_from(OPENINGS), st.integers(1, 60)), max_size=12), st.sampled_from(["", "\n", "x"])
)
def test_no_mixture_gets_past(runs, behind):
    """What is let through has few levels, whatever it is made of."""
    openings = [opening for opening, times in runs for _ in range(times)]
    closings = "".join(CLOSINGS.get(opening, "") for opening in reversed(openings))
    source = "x = " + "".join(openings) + "1" + closings + behind
    if too_deep(source):
        return
    try:
        tree = ast.parse(source)
    except (SyntaxError, MemoryError):
        return
    assert depth_of(tree) <= MOST_FRAMES


@settings(max_examples=30)
@given(
    problems()
    | st.builds(
        lambda data, table: with_targets_of_its_loss({**data, "table": table}), problems(), tables(finite, most_rows=20)
    )
)
def test_no_program_of_the_page_is_too_deep(data):
    assert too_deep(write(Problem.from_dict(json.loads(json.dumps(data)))).source) is None
