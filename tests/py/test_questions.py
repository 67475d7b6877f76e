"""What is answered to the questions of learners: true of every table and network, short, and with their own numbers."""

import json
import re
import struct
import time
from collections.abc import Sequence
from itertools import product
from pathlib import Path

import numpy as np
import pytest
import strategies
from hypothesis import given, settings
from hypothesis import strategies as st

from tenlines.errors import SettingError, TableError
from tenlines.explain.questions.declared import QUESTIONS, questions_of
from tenlines.explain.questions.parted import can_be_parted
from tenlines.explain.questions.said import moved, rough, value
from tenlines.explain.questions.told import TELLERS, answer, answers
from tenlines.page.api import Session
from tenlines.problem import Problem
from tenlines.training.run import Run

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "py" / "tenlines" / "examples").glob("*.json"))
MOST = 700  # characters of an answer
NO_NUMBER = re.compile(r"\bnan\b|\binf\b|∞|[{}]", re.IGNORECASE)


def at(problem: dict, iteration: int | None = None) -> tuple[str, int, bytes]:
    """A problem as JSON, an iteration of its run, and the state there; without an iteration the last."""
    checked = Problem.from_dict(problem)
    run = Run(checked, "compiled")
    goal = checked.training.iterations if iteration is None else iteration
    _, frame = run.seek(goal, 60.0)
    while frame.iteration < goal and not run.done:
        _, frame = run.seek(goal, 60.0)
    return json.dumps(checked.to_dict()), *frame.state


def example(name: str) -> dict:
    return json.loads(next(path for path in EXAMPLES if path.stem == name).read_text("utf-8"))["problem"]


def said(name: str, problem: dict, row: int = 0, iteration: int | None = None) -> str:
    return " ".join(answer(name, *at(problem, iteration), row).answer)


def table(rows: Sequence[Sequence[float | None]], outputs: int = 1) -> dict:
    width = len(rows[0]) - outputs
    names = [f"x{n + 1}" for n in range(width)], [f"y{n + 1}" if outputs > 1 else "y" for n in range(outputs)]
    return {"inputs": names[0], "outputs": names[1], "rows": rows}


XOR_ROWS = [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]]
AND_ROWS = [[0, 0, 0], [0, 1, 0], [1, 0, 0], [1, 1, 1]]


# What holds of every answer


def check(problem: str, iteration: int, state: bytes, row: int) -> None:
    for question in questions_of(problem):
        told = answer(question.name, problem, iteration, state, row)
        text = " ".join(told.answer)
        assert told.question == question.question and all(told.answer), question.name
        assert len(text) <= MOST, (question.name, len(text), text)
        assert not NO_NUMBER.search(text), (question.name, text)
        assert not NO_NUMBER.search(json.dumps(told.picture).replace("{", "").replace("}", "")), question.name


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_has_its_answers_at_any_iteration(path):
    problem = json.loads(path.read_text("utf-8"))["problem"]
    rows = len(Problem.from_dict(problem).table.rows)
    for iteration, row in ((0, 0), (1, rows - 1), (100, rows // 2), (None, 0)):
        check(*at(problem, iteration), row)


@settings(deadline=None)
@given(strategies.problems(), st.data())
def test_every_problem_has_its_answers(problem, data):
    row = data.draw(st.integers(0, len(problem["table"]["rows"]) - 1))
    check(*at(problem, data.draw(st.integers(0, problem["training"]["iterations"]))), row)


@pytest.mark.parametrize("worst", [float("nan"), float("inf"), 1e308, -1e200, 1e10])
@pytest.mark.parametrize("name", ["post", "xor", "sine"])
def test_numbers_that_are_too_large_are_said_to_be(name, worst):
    problem, iteration, state = at(example(name), 0)
    state = struct.pack("<d", worst) + state[8:]
    check(problem, iteration, state, 1)
    if not abs(worst) < float("inf"):
        assert {tuple(text) for _, text in answers(problem, iteration, state, 1)} == {
            ("At this iteration what row 2 makes of the weights is too large to compute with. Choose another row.",)
        }


def test_names_of_any_length_leave_an_answer_short():
    problem = {**example("half-adder"), "table": {**example("half-adder")["table"], "outputs": ["a" * 300, "b" * 300]}}
    problem["table"]["inputs"] = ["in " * 100 + "1", "in " * 100 + "2"]
    check(*at(problem, 5), 0)


@pytest.mark.parametrize(
    ("rows", "inputs", "network", "training"),
    [
        (10_000, 2, {"hidden": [{"units": 8, "activation": "tanh"}], "bias": True}, {}),
        (10_000, 2, {}, {"batch_size": 10, "shuffle": True}),
        (200, 20, {"hidden": [{"units": 256, "activation": "relu"}] * 2, "output": "linear"}, {"learning_rate": 1e-9}),
    ],
    ids=["many rows", "many batches", "many units"],
)
def test_large_tables_and_networks_are_answered_at_once(rows, inputs, network, training):
    drawn = np.random.RandomState(1).random_sample((rows, inputs))
    cells = [[*row, float(row[0] + row[1] > 1)] for row in drawn.tolist()]
    problem = {"table": table(cells), "network": network, "training": training}
    asked = at(problem, 0)
    check(*asked, 7)  # compiles, and keeps what is the same at each iteration
    begun = time.perf_counter()
    check(*asked, rows - 1)
    assert time.perf_counter() - begun < 2


def test_what_is_not_of_the_problem_is_refused():
    problem, iteration, state = at({}, 0)
    for asked, error in (
        (("bias", problem, iteration, state[8:], 0), SettingError),
        (("bias", problem, iteration, state + state, 0), SettingError),
        (("bias", problem, iteration, state[:-1], 0), SettingError),
        (("bias", problem, iteration, state, 5), TableError),
        (("bias", problem, iteration, state, -1), TableError),
        (("xor", problem, iteration, state, 0), SettingError),
        (("who", problem, iteration, state, 0), SettingError),
    ):
        with pytest.raises(error):
            answer(*asked)
    assert "no row 6" in Session().question("bias", problem, 0, state, 5)["error"]["message"]


# When a question arises


NAMES = [question.name for question in QUESTIONS]


def test_each_question_has_an_answer():
    assert list(TELLERS) == NAMES


@pytest.mark.parametrize(
    ("problem", "without"),
    [
        ({}, {"xor"}),
        (example("xor"), set()),
        (example("sine"), {"not-one", "never-one", "xor"}),  # a linear output has no end, and there is one input
        ({"table": table([[1, 0.2], [2, 0.7]])}, {"not-one", "xor"}),  # no target at the end
        ({"table": table(XOR_ROWS), "network": {"output": "relu"}}, {"not-one", "never-one"}),
        ({"table": table([[0, 0, 1], [0, 1, 1]])}, {"xor"}),  # nothing to part
        ({"table": table([[0, 0, 1], [0, 1, 2]])}, {"xor"}),
    ],
)
def test_a_question_is_there_where_it_arises(problem, without):
    found = [question.name for question in questions_of(json.dumps(problem))]
    assert found == [name for name in NAMES if name not in without]


# Whether one line parts the 1s from the 0s


def parted_by_trying(ones, zeros, border=None) -> bool:
    """By all directions that matter: across each pair of points, turned a little to both sides."""
    points = np.array([*ones, *zeros, *([(0.0, 0.0)] if border is not None else [])], dtype=float)
    mirrored = np.vstack([points, -points]) if border == 0 else points
    directions = []
    for (ax, ay), (bx, by) in product(mirrored.tolist(), mirrored.tolist()):
        angle = np.arctan2(by - ay, bx - ax)
        directions += [angle + turn for turn in (0, np.pi / 2, -np.pi / 2)]
    directions = np.array([*directions, 0.0])
    directions = np.concatenate([directions, directions + 1e-5, directions - 1e-5])
    for angle in directions:
        way = np.array([np.cos(angle), np.sin(angle)])
        high = min((float(np.dot(way, one)) for one in ones), default=np.inf)
        low = max((float(np.dot(way, zero)) for zero in zeros), default=-np.inf)
        if border is None and high > low + 1e-9:
            return True
        if border == 0 and high > 1e-9 and low < -1e-9:
            return True
        if border and border > 0 and high > max(low, 0) + 1e-9:
            return True
        if border and border < 0 and min(high, 0) > low + 1e-9:
            return True
    return False


spots = st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3)), min_size=1, max_size=6)


@settings(deadline=None, max_examples=80)
@given(spots, spots, st.sampled_from([None, 0.0, 0.5, -0.4]))
def test_whether_a_line_parts_is_decided_as_by_trying_all(ones, zeros, border):
    assert can_be_parted(ones, zeros, border) == parted_by_trying(ones, zeros, border)


@pytest.mark.parametrize(
    ("ones", "zeros", "parted"),
    [
        ([(0.1 + 0.2, 0.0)], [(0.3, 0.0)], True),  # one double apart
        ([(0.3, 0.0)], [(0.3, 0.0)], False),
        ([(1e300, 0.0)], [(-1e300, 1e-300)], True),
        ([(0.0, 0.0), (2.0, 2.0)], [(1.0, 1.0)], False),
        ([(0.0, 0.0), (2.0, 2.0)], [(1.0, 1.0 + 2**-52)], True),
        ([(np.cos(n), np.sin(n)) for n in range(5000)], [(2.5 + np.cos(n), np.sin(n)) for n in range(5000)], True),
        ([(np.cos(n), np.sin(n)) for n in range(5000)], [(0.0, 0.0)], False),
    ],
)
def test_a_line_is_found_exactly(ones, zeros, parted):
    assert can_be_parted(ones, zeros, None) is parted


# What they say


def test_of_the_post():
    text = said("not-one", {}, 4)
    assert text.startswith(
        "Row 5’s answer for y is 0.99994. It is the sigmoid of 9.67, the sum that the weights make of the row."
    )
    assert "0.25 where it is steepest" in text and "10,000 more iterations would bring it to 0.99997." in text
    assert "1 / (1 + 0.000063) is 0.99994. For 0.999999 the sum would have to be 13.82." in said("never-one", {}, 4)
    assert "4 of 4 known cells of y are on the right side of 0.5" in said("sure", {}, 4)
    assert "The network was trained on this very cell" in said("sure", {}, 0)
    assert "The largest now is 9.67, from x1 to y. In row 5 x1 is 1: 1 · 9.67 = 9.67" in said("weight", {}, 4)
    assert "(0.009664 + 0.00788 + 0.0064107 + 0.0078647) / 4 = 0.0079548" in said("error", {})
    assert "One more pass lowers it by 0.0000004." in said("error", {})


def test_of_one_line_and_of_two():
    bias = {"bias": True}
    flat = said("xor", {"table": table(XOR_ROWS)})
    assert (
        "This table is XOR. This network has no hidden layer: it has one line. So at least one row is never right"
        in flat
    )
    hidden = {**bias, "hidden": [{"units": 2, "activation": "sigmoid"}]}
    assert "each of its 2 units has a line of its own" in said("xor", {"table": table(XOR_ROWS), "network": hidden})
    linear = {**bias, "hidden": [{"units": 2, "activation": "linear"}]}
    assert "sums of sums are one sum again" in said("xor", {"table": table(XOR_ROWS), "network": linear})
    assert "one neuron is enough for it" in said("xor", {"table": table(AND_ROWS), "network": bias})
    assert "Switch on Bias" in said("xor", {"table": table(AND_ROWS)})
    ring = [[x, y, float(x == y == 1)] for x in range(3) for y in range(3)]
    assert "No one line parts the 1s of y from its 0s in this table either." in said("xor", {"table": table(ring)})


def test_the_lines_are_where_the_sums_of_the_units_are_0():
    problem, iteration, state = at(example("xor"))
    picture = answer("xor", problem, iteration, state, 0).picture
    assert picture and [line["name"] for line in picture["lines"]] == ["h1.1", "h1.2", "h1.3", "h1.4"]
    assert picture["caption"] == "Line: where the sum of a unit is 0."
    weights = np.frombuffer(state)
    for unit, line in enumerate(picture["lines"]):
        ends = np.array(line["ends"]).reshape(2, 2)
        assert np.abs(ends @ weights[:8].reshape(2, 4)[:, unit] + weights[8 + unit]).max() < 1e-9
        assert ends[0].tolist() != ends[1].tolist()
    assert {(dot["x"], dot["y"], dot["kind"]) for dot in picture["points"]} == {
        *((0, 0, "0"), (0, 1, "1"), (1, 0, "1"), (1, 1, "0"), (1, 1, "?")),
    }


@pytest.mark.parametrize(
    ("problem", "says"),
    [
        ({"training": {"iterations": 10}}, "One more pass lowers it by"),
        ({"training": {"iterations": 10, "learning_rate": 0}}, "with a learning rate of 0 no weight changes"),
        (
            {"training": {"iterations": 9, "learning_rate": 1e99}, "network": {"output": "linear"}},
            "too large for a number",
        ),
    ],
)
def test_of_the_error(problem, says):
    assert says in said("error", problem)


ERROR = re.compile(r"One more pass (lowers|raises) it by ([^ ]*)\.(?: |$)")


@settings(deadline=None)
@given(strategies.problems())
def test_the_error_falls_only_where_it_does(problem):
    iterations = problem["training"]["iterations"]
    text = said("error", problem, iteration=iterations)
    longer = {**problem, "training": {**problem["training"], "iterations": iterations + 1}}
    before, after = (np.frombuffer(at_frame(longer, n)) for n in (iterations, iterations + 1))
    change = float(after[0] - before[0])
    found = ERROR.search(text)
    if found and "e" not in found[2]:
        assert (change < 0) == (found[1] == "lowers"), (text, change)
        assert float(found[2].replace(",", "")) == pytest.approx(abs(change), rel=0.06, abs=1e-14)
    elif not found:
        assert abs(change) <= 1e-9 or problem["training"]["learning_rate"] == 0 or "number" in text


def at_frame(problem: dict, iteration: int) -> bytes:
    """The error of an iteration."""
    run = Run(Problem.from_dict(problem), "numpy")
    _, frame = run.seek(iteration, 60.0)
    return struct.pack("<d", frame.error)


BLAME = re.compile(r"row (\d+): [^=]*error × slope = (-?[\d.]+) · ([\d.]+) = (-?[\d.]*\d)")


@settings(deadline=None)
@given(st.integers(0, 3), st.integers(0, 50))
def test_a_row_is_blamed_by_its_error_times_the_slope(row, iteration):
    problem, _, state = at({}, iteration)
    weights, X = np.frombuffer(state), np.array([[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]])
    outputs = 1 / (1 + np.exp(-X @ weights))
    errors, slopes = np.array([0, 1, 1, 0]) - outputs, outputs * (1 - outputs)
    told = answer("slope", problem, iteration, state, row).answer[1]
    found = BLAME.findall(told.replace("−", "-"))
    for number, error, slope, blame in found:
        place = int(number) - 1
        assert float(error) == pytest.approx(errors[place], rel=0.01)
        assert float(slope) == pytest.approx(slopes[place], rel=0.01)
        assert float(blame) == pytest.approx(errors[place] * slopes[place], rel=0.01)
    rows = {int(number) - 1 for number, *_ in found}
    assert rows == {int(slopes.argmin()), int(slopes.argmax())}


def test_the_bias_is_tried_both_ways():
    problem, iteration, state = at({"table": table(AND_ROWS), "network": {"bias": True}})
    text = answer("bias", problem, iteration, state, 0)
    off, on = (
        np.frombuffer(at_frame({"table": table(AND_ROWS), "network": {"bias": bias}}, 10_000))[0]
        for bias in (False, True)
    )
    assert f"the mean error is {value(on)} with it and {value(off)} without, so here it helps." in text.answer[1]
    assert text.picture and text.picture["rows"][0] == ["mean error", value(off), value(on)]


def test_of_units_all_rows_are_shown_and_of_many_some():
    picture = answer("hidden", *at(example("xor")), 4).picture
    assert picture and [row[0] for row in picture["rows"]] == ["1", "2", "3", "4", "5"]
    assert picture["head"] == ["row", "h1.1", "h1.2", "h1.3", "h1.4", "y", "target"]
    picture = answer("hidden", *at(example("circle"), 0), 150).picture
    assert picture and len(picture["rows"]) == 6 and picture["rows"][-1][0] == "151"
    assert "the first 5 of 8 units" in picture["caption"]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        *((0.0, "0"), (0.5, "0.5"), (0.9999999, "above 0.99999"), (-0.9999999, "below −0.99999"), (1.0, "1")),
        *((0.99994, "0.99994"), (1e-5, "0.00001"), (-2e-9, "−2.0e−9"), (1e-16, "about 0"), (1234.5, "1,234.5")),
    ],
)
def test_numbers_are_written_as_people_read_them(number, text):
    assert value(number) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [(9.672, "9.67"), (-0.125, "−0.125"), (0.000063, "0.000063"), (1e7, "1.0e7"), (0.0999996, "0.1")],
)
def test_rough_ones_too(number, text):
    assert rough(number) == text


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        (9.672994, 9.673093, "9.672994 + 0.000099 = 9.673093"),
        (1.0, -1.5, "1.00 − 2.50 = −1.50"),
        (2.0, 2.0, "2 stays as it is"),
        (2.0, 2.0 + 4e-16, "2 changes by about 0"),
    ],
)
def test_a_change_is_a_sum_that_is_right(old, new, text):
    assert moved(old, new) == text
