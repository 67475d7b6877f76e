"""Answers for rows that are not in the table, from the weights of any iteration."""

import json
import math
import struct
from array import array
from itertools import pairwise

import plain_python
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import problems
from test_session import POST, all_frames, assert_plain, assert_refused

from tenlines.page.api import Session
from tenlines.problem import Problem
from tenlines.training import answers

POSTS_ANSWER = 0.9999370428352157


def flat(rows):
    return [number for row in rows for number in row]


def doubles(*numbers):
    return struct.pack(f"<{len(numbers)}d", *numbers)


def ask(problem, weights, rows):
    answer = Session().answers(json.dumps(problem), doubles(*weights), doubles(*flat(rows)))
    assert set(answer) == {"outputs", "hidden"}
    assert_plain(answer)
    return answer["outputs"]


@pytest.fixture(params=["kernel", "NumPy"])
def answering(request, monkeypatch):
    """Where WebAssembly refuses a kernel NumPy answers."""
    if request.param == "NumPy":

        def refuse(shape):
            raise RuntimeError("WebAssembly refused the kernel")

        monkeypatch.setattr(answers, "kernel_for", refuse)


def frames_of(problem, engine):
    """(iteration, weights, outputs) of every frame of a run."""
    state = Session().start(json.dumps(problem), engine, 60.0)
    return [frame[:3] for frame in all_frames(state)]


def layers_of(problem, weights):
    """As plain_python has them."""
    checked, numbers = Problem.from_dict(problem), iter(weights)
    return [
        (
            [[next(numbers) for _ in range(fan_out)] for _ in range(fan_in)],
            [next(numbers) for _ in range(fan_out)] if checked.network.bias else None,
            activation,
        )
        for (fan_in, fan_out), activation in zip(pairwise(checked.sizes()), checked.activations(), strict=True)
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(problem=problems(), data=st.data())
def test_any_row_gets_what_every_unit_says_with_these_weights(answering, problem, data):
    checked = Problem.from_dict(problem)
    width = len(checked.table.inputs)
    size = sum((fan_in + checked.network.bias) * fan_out for fan_in, fan_out in pairwise(checked.sizes()))
    tame = st.floats(-3, 3)
    weights = data.draw(st.lists(tame, min_size=size, max_size=size))
    rows = data.draw(st.lists(st.lists(tame, min_size=width, max_size=width), max_size=5))
    layers = layers_of(problem, weights)
    said = [plain_python.outputs_of(layers, row)[-len(layers) :] for row in rows]
    units = zip(*(flat(each[:-1]) for each in said), strict=True)
    answer = Session().answers(json.dumps(problem), doubles(*weights), doubles(*flat(rows)))
    assert answer["outputs"].tolist() == pytest.approx(flat(each[-1] for each in said), rel=1e-12, abs=1e-12)
    assert answer["hidden"].tolist() == pytest.approx(flat(units), rel=1e-12, abs=1e-12)
    alone = Session().answers(json.dumps(problem), doubles(*weights), doubles(*flat(rows)), False)
    assert alone == {"outputs": answer["outputs"], "hidden": array("d")}, "hidden units are left out where not wanted"


@pytest.mark.parametrize("engine", ["numpy", "compiled"])
@given(problem=problems(most_iterations=6))
def test_at_every_iteration_the_rows_of_the_table_are_answered_as_in_the_table(engine, problem):
    first = len(problem["table"]["inputs"])
    rows = [row[:first] for row in problem["table"]["rows"]]
    for _, weights, outputs in frames_of(problem, engine):
        assert ask(problem, weights, rows).tolist() == pytest.approx(list(outputs), rel=1e-12, abs=1e-12)


def test_the_posts_question_is_answered_at_its_first_and_its_last_iteration():
    (_, initial, before), *_, (last, trained, _) = frames_of(POST, "numpy")
    assert last == 10_000
    assert ask(POST, trained, [[1, 0, 0]]).tolist() == [POSTS_ANSWER]
    assert ask(POST, initial, [[1, 0, 0]]).tolist() == [before[4]]


def test_thousands_of_rows_are_answered_at_once_as_each_is_alone():
    problem = {"network": {"hidden": [{"units": 5, "activation": "tanh"}], "bias": True}}
    weights = [math.sin(n) for n in range((3 + 1) * 5 + 5 + 1)]
    rows = [[math.cos(n), math.cos(2 * n), math.cos(3 * n)] for n in range(10_001)]
    together = ask(problem, weights, rows)
    assert len(together) == len(rows)
    for place in (0, 1, 4095, 4096, 8191, 10_000):
        assert ask(problem, weights, [rows[place]])[0] == pytest.approx(together[place], rel=1e-14)


def test_several_outputs_follow_one_another_row_by_row():
    problem = {
        "table": {"inputs": ["a"], "outputs": ["p", "q"], "rows": [[1, 0, 1]]},
        "network": {"output": "linear"},
    }
    assert ask(problem, [2, -3], [[1], [10]]).tolist() == [2, -3, 20, -30]


def test_no_rows_have_no_answers_and_what_is_too_large_for_a_number_is_told_as_that():
    assert ask({"network": {"output": "linear"}}, [1, 1, 1], []).tolist() == []
    assert ask({"network": {"output": "linear"}}, [1e300, 1, 1], [[1e300, 0, 0]]).tolist() == [math.inf]


def test_what_is_asked_does_not_disturb_the_run_under_way():
    session = Session()
    session.start(json.dumps(POST))
    session.answers(json.dumps(POST), doubles(9, 9, 9), doubles(1, 0, 0))
    state = session.advance(60)
    assert all_frames(state)[-1][2][4] == POSTS_ANSWER


REFUSED = {
    "rows that are not whole": ((1, 2, 3), (1, 0, 0, 1), ("4 numbers", "3 for each row")),
    "an input that is not finite": ((1, 2, 3), (1, 0, 0, 1, math.nan, 0), ("Row 2, x2: give a finite number.",)),
    "an input that is infinite": ((1, 2, 3), (math.inf, 0, 0), ("Row 1, x1",)),
    "too few weights": ((1, 2), (1, 0, 0), ("are 2 numbers", "has 3")),
    "another network's weights": ((1, 2, 3, 4), (1, 0, 0), ("are 4 numbers",)),
    "weights that are not finite": ((1, 2, math.inf), (1, 0, 0), ("not all finite",)),
}


@pytest.mark.parametrize(("weights", "rows", "words"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_question_is_refused_in_a_sentence(weights, rows, words):
    assert_refused(Session().answers("{}", doubles(*weights), doubles(*rows)), *words)


def test_a_wrong_problem_or_a_torn_number_is_refused_in_a_sentence():
    assert_refused(Session().answers("{", b"", b""), "not JSON")
    assert_refused(Session().answers('{"network": {"output": "abc"}}', b"", b""), "Output activation is “abc”")
    assert_refused(Session().answers("{}", doubles(1, 2, 3), b"abc"), "3 bytes")
    assert_refused(Session().answers("{}", doubles(1, 2, 3)[1:], b""), "23 bytes")


def test_the_page_may_hand_over_its_own_arrays():
    class Floats:
        """A Float64Array as Pyodide gives it."""

        def __init__(self, *numbers):
            self.to_bytes = array("d", numbers).tobytes

    answer = Session().answers('{"network": {"output": "linear"}}', Floats(1, 2, 3), Floats(1, 10, 100))
    assert answer["outputs"].tolist() == [321]
