"""Whatever is brought, there is a result or a sentence: never another error, never a wait.

TENLINES_RANDOM=100 in the environment tries a hundred times as much (tests/conftest.py).
"""

import json
import os
import re
import time

import pytest
from deep_programs import NESTED
from hypothesis import example, given, settings
from hypothesis import strategies as st
from strategies import ODD_NAMES, problems, tables
from test_program import POSTS_PROGRAM

from tenlines.data.csv_text import write_table
from tenlines.data.table import Table
from tenlines.page.api import Session
from tenlines.problem import Problem
from tenlines.program.write import write
from tenlines.terminal.command import main

MOST_SENTENCE = 500
MOST_SECONDS = 20  # for what takes milliseconds, on a machine that is busy
tried = settings(max_examples=30, deadline=None)

MARKS = [
    *(",", ";", "\t", "\n", "\r", '"', "?", ">", "-", ".", "e", "0", "1", "\0", "\ufeff", "\ud800", "\u202e", "\x1b"),
    *("[", "]", "{", "}", ":", "null", "true", "NaN", "1e999", "1" * 400, "é", "🙂", " ", "'", "#", "\\", '\\"'),
    *("table", "inputs", "outputs", "rows", "network", "hidden", "units", "training", "seed", "code", *ODD_NAMES),
    *(
        "for ",
        "in ",
        "range(",
        ")",
        "(",
        "not ",
        "lambda ",
        "if ",
        "else ",
        "f'",
        "**",
        "await ",
        "array([",
        "dot(",
        "=",
    ),
]
text = st.lists(st.sampled_from(MARKS) | st.text(max_size=5), max_size=60).map("".join)
many = st.tuples(st.sampled_from(MARKS), st.integers(1, 3000)).map(lambda run: run[0] * run[1])
csv_text = tables().map(lambda data: write_table(Table.from_dict(data)))
json_text = problems().map(json.dumps)
program_text = problems().map(lambda data: write(Problem.from_dict(data)).source) | st.just(POSTS_PROGRAM)
nested = st.builds(lambda make, depth: make(depth), st.sampled_from(list(NESTED.values())), st.integers(1, 400))


@st.composite
def damaged(draw, whole):
    """A good text with parts of it taken out, doubled or replaced."""
    result = draw(whole)
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(result)))
        end = min(start + draw(st.sampled_from([0, 1, 2, 10, 100])), len(result))
        result = result[:start] + draw(text | many | st.just(result[start:end] * 2)) + result[end:]
    return result


def as_bytes(texts):
    return st.binary(max_size=300) | texts.map(lambda drawn: drawn.encode("utf-8", "surrogatepass")) | texts.map(utf16)


def utf16(drawn: str) -> bytes:
    return drawn.encode("utf-16", "surrogatepass")


def outcome(answer: dict, brought: str | bytes) -> dict:
    """What a call of the door gave, once that is known to be sound."""
    json.dumps(answer, default=list)
    if "error" in answer:
        message = answer["error"]["message"]
        assert 0 < len(message) <= MOST_SENTENCE
        text = brought if isinstance(brought, str) else brought.decode("utf-8", "replace")
        # In runs of one kind, so that the page's own words do not count.
        quoted = [run for run in re.findall(r"\S{41,}", message) if run in text]
        assert not quoted
    return answer


@pytest.fixture(autouse=True)
def hurry():
    """That nothing hangs: each test tries hundreds of things."""
    began = time.process_time()
    yield
    assert time.process_time() - began < MOST_SECONDS


@tried
@given(as_bytes(damaged(csv_text) | text | many))
@example(b'"' + b"a" * 5000)
@example(b"%PDF-1.7\n\xe2\xe3")
@example(b'{"cells": [], "nbformat": 4}')
def test_a_table(data):
    answer = outcome(Session().read_table(data), data)
    if "error" not in answer:
        table = Table.from_dict(answer["table"])
        write_table(table).encode()
        assert Session().read_table(write_table(table).encode())["table"] == answer["table"]


@tried
@given(damaged(csv_text) | text | many)
def test_a_paste(data):
    answer = outcome(Session().read_paste(data), data)
    assert set(answer) - {"note"} in ({"table"}, {"block"}, {"error"})


@tried
@given(as_bytes(damaged(json_text) | text | many))
@example(b'{"a": "' + b'\\"' * 100_000)
@example(b'{"table": {"inputs": ["\\ud800"], "outputs": ["b"], "rows": [[1, 1]]}}')
@example(b"[" * 100_000)
@example(b"1" * 5000)
def test_a_saved_problem(data):
    answer = outcome(Session().read_problem(data), data)
    if "error" not in answer:
        again = json.dumps(answer["problem"], ensure_ascii=False).encode()
        assert Session().read_problem(again)["problem"] == answer["problem"]


@tried
@given(damaged(program_text) | text | many | nested, problems().map(json.dumps) | st.just("{}"))
@example("x = 1\0", "{}")
@example("x = '\ud800'", "{}")
@example("for x" + "[0]" * 250 + " in range(3): pass", "{}")
@example("x = " + "a" * 500 + " 1", "{}")
@example("def f(" + "a" * 500 + ", " + "a" * 500 + "): pass", "{}")
def test_a_program(source, beside):
    session = Session()
    read = outcome(session.read_program(source, beside), source)
    told = outcome(session.outline(source), source)
    assert "error" not in read or "error" in told, "what cannot be read cannot be explained, either"


@tried
@given(damaged(json_text) | text)
def test_what_the_page_sends(problem):
    for method in ("write_program", "write_table"):
        outcome(getattr(Session(), method)(problem), problem)


@settings(tried, max_examples=10)
@given(
    data=as_bytes(damaged(csv_text)) | as_bytes(damaged(json_text)),
    how=st.sampled_from(["--json", "--export=py", "--save=saved.json", "--problem=data", "--outputs=\udcff,b"]),
)
@example(data=b'{"table": {"inputs": ["\\ud800"], "outputs": ["b"], "rows": [[1, 1]]}}', how="--problem=data")
def test_the_terminal(data, how, tmp_path_factory):
    folder = tmp_path_factory.mktemp("fuzz")
    (folder / "data").write_bytes(data)
    before = os.getcwd()
    os.chdir(folder)
    try:
        assert main(["--iterations=1", *([] if how == "--problem=data" else ["data"]), how]) in (0, 1, 2)
    finally:
        os.chdir(before)
