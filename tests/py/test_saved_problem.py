"""A problem read back from a file: all of it as it was, or a sentence with the place."""

import json

import pytest
from hypothesis import given
from strategies import problems
from test_session import POST, assert_plain, assert_refused

from tenlines.page.api import Session
from tenlines.page.limits import MOST_CELLS


def read(data: bytes):
    answer = Session().read_problem(data)
    assert_plain(answer)
    return answer


@given(problems())
def test_a_saved_problem_comes_back_as_it_was(data):
    assert read(json.dumps(data, indent=2).encode()) == {"problem": data, "code": ""}
    assert read(json.dumps({**data, "code": "x = 1\n"}).encode()) == {"problem": data, "code": "x = 1\n"}


def test_what_is_missing_takes_the_posts_value():
    assert read(b"{}") == {"problem": POST, "code": ""}
    changed = read(b'\xef\xbb\xbf{"training": {"seed": 7}}')["problem"]
    assert changed == {**POST, "training": {**POST["training"], "seed": 7}}


def test_brackets_in_a_name_are_no_nesting():
    name = '[{"\\' * 50
    table = {"inputs": [name], "outputs": ["b"], "rows": [[1, 0]]}
    assert read(json.dumps({"table": table}).encode())["problem"]["table"] == table


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", ["empty"]),
        (b'{"code": 1}', ["code", "text"]),
        (b"\n ", ["empty"]),
        (b"\xff\xfe{\x00", ["UTF-8"]),
        (b"a,b\n1,2\n", ["not JSON", "line 1"]),
        (b"[" * 1_000_000, ["nested too deeply"]),
        (b'{"a":' * 100_000 + b"[" + b"}" * 100_000, ["nested too deeply"]),
        (b"9" * 5_000, []),
        (b"[]", ["must be an object"]),
        (b'{"training": {"momentum": 1}}', ["training.momentum is not known"]),
        (b'{"network": {"hidden": [{"units": "4"}]}}', ["Units of hidden layer 1"]),
        (b'{"training": {"seed": true}}', ["Random start is true"]),
    ],
)
def test_what_is_no_saved_problem_is_refused(data, words):
    assert_refused(read(data), *words)


def test_the_page_holds_so_many_cells_of_a_saved_table_too():
    def saved(rows: int) -> bytes:
        table = {"inputs": ["a"], "outputs": ["b"], "rows": [[0, 1]] * rows}
        return json.dumps({"table": table}, indent=2).encode()

    assert len(read(saved(MOST_CELLS // 2))["problem"]["table"]["rows"]) == MOST_CELLS // 2
    assert_refused(read(saved(MOST_CELLS // 2 + 1)), f"{MOST_CELLS + 2:,}", f"{MOST_CELLS:,}")
