"""Rows held out: which they are, that they teach nothing, and what is said of them."""

import json
import math
import re

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from kernel_tools import steady
from strategies import problems
from test_program import alone as alone  # a fixture
from test_program import problem
from test_terminal import folder as folder  # fixtures
from test_terminal import tell as tell
from test_values import state_at

from tenlines.errors import SettingError
from tenlines.explain.lines import outline
from tenlines.page.api import Session
from tenlines.problem import Problem
from tenlines.program.read import read
from tenlines.program.write import write
from tenlines.settings.registry import LARGEST_SEED
from tenlines.terminal.report import accuracy, r2
from tenlines.trace.generated_program import GeneratedProgram
from tenlines.training.run import Run

ROWS = [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0], [1, 1, None], [0.5, 0.5, 1], [0.1, 0.2, 0], [0.9, 0.8, 0]]
HELD_OUT = problem(ROWS, hidden=[(3, "tanh")], test_fraction=0.3, learning_rate=0.1, iterations=300)
PROGRAM = """\
from numpy import exp, tanh, array, random, dot, nan, isnan, flatnonzero, sort, delete, nanmean
inputs = array([[0, 0], [0, 1], [1, 0], [1, 1], [1, 1], [0.5, 0.5], [0.1, 0.2], [0.9, 0.8]])
outputs = array([[0], [1], [1], [0], [nan], [1], [0], [0]])
known = ~isnan(outputs)[:, 0]
random.seed(1)
drawn = random.permutation(flatnonzero(known))
held_out, taught = drawn[:2], sort(drawn[2:])
training_set_inputs, training_set_outputs = inputs[taught], outputs[taught]
random.seed(1)
weights1 = 2 * random.random((2, 3)) - 1
weights2 = 2 * random.random((3, 1)) - 1
for iteration in range(300):
    layer1 = tanh(dot(training_set_inputs, weights1))
    output = 1 / (1 + exp(-dot(layer1, weights2)))
    delta2 = (training_set_outputs - output) * output * (1 - output)
    delta1 = dot(delta2, weights2.T) * (1 - layer1 ** 2)
    weights1 += 0.1 * dot(training_set_inputs.T, delta1)
    weights2 += 0.1 * dot(layer1.T, delta2)
layer1 = tanh(dot(inputs, weights1))
output = 1 / (1 + exp(-dot(layer1, weights2)))
print(output[isnan(outputs)])
error = abs(outputs - output)
print(nanmean(delete(error, held_out, axis=0)), nanmean(error[held_out]))
"""


def finished(checked, engine="numpy"):
    run = Run(checked, engine)
    while not run.done:
        run.advance(1)
    return run


@st.composite
def split_problems(draw):
    """A problem with rows held out, as plain data."""
    data = draw(problems())
    data["table"]["rows"] = data["table"]["rows"] * draw(st.integers(2, 6))
    data["training"] |= {
        "test_fraction": draw(st.sampled_from([0.01, 0.3, 0.5]) | st.floats(1e-9, 0.6)),
        "split_seed": draw(st.integers(0, LARGEST_SEED)),
    }
    return data


def without(checked):
    """The same problem, nothing held out: what was is asked for instead."""
    plain, first = checked.to_dict(), len(checked.table.inputs)
    for row, is_held_out in zip(plain["table"]["rows"], checked.held_out(), strict=True):
        row[first:] = [None if is_held_out else cell for cell in row[first:]]
    return Problem.from_dict({**plain, "training": {**plain["training"], "test_fraction": 0}})


def mean_miss(checked, outputs, of_held_out):
    first = len(checked.table.inputs)
    misses = [
        abs(cell - answer)
        for row, answers, is_held_out in zip(checked.table.rows, outputs.tolist(), checked.held_out(), strict=True)
        for cell, answer in zip(row[first:], answers, strict=True)
        if cell is not None and is_held_out == of_held_out
    ]
    return sum(misses) / len(misses)


@given(st.integers(2, 60), st.floats(0.001, 0.9), st.integers(0, LARGEST_SEED))
def test_the_rows_are_the_first_of_numpys_permutation_of_the_known_ones(count, fraction, seed):
    """As scikit-learn's ShuffleSplit has it, but for how it rounds."""
    rows = [[number, None if number % 3 == 1 else number % 2] for number in range(count)]
    known = np.array([number for number in range(count) if number % 3 != 1])
    size = max(1, round(fraction * len(known)))
    assume(size < len(known))
    checked = problem(rows, test_fraction=fraction, split_seed=seed, seed=5)
    expected = known[np.random.RandomState(seed).permutation(len(known))[:size]]
    assert [number for number, is_held_out in enumerate(checked.held_out()) if is_held_out] == sorted(expected)
    assert problem(rows, test_fraction=fraction, split_seed=seed, seed=6).held_out() == checked.held_out()


def test_without_a_fraction_none_are():
    assert not any(Problem().held_out())
    assert Run(Problem()).frame.held_out_error is None


@given(split_problems(), st.sampled_from(["numpy", "compiled"]))
@settings(max_examples=60)
def test_they_teach_nothing_and_have_an_error_of_their_own(data, engine):
    checked = Problem.from_dict(data)
    run, asked = finished(checked, engine), finished(without(checked), engine)
    assert run.diverged == asked.diverged
    frame = run.frame
    assert frame.state == asked.frame.state
    assert frame.outputs.tobytes() == asked.frame.outputs.tobytes()
    assert frame.error == pytest.approx(asked.frame.error, rel=1e-12)
    assert frame.error == pytest.approx(mean_miss(checked, frame.outputs, False), rel=1e-9)
    assert frame.held_out_error == pytest.approx(mean_miss(checked, frame.outputs, True), rel=1e-9)


@pytest.mark.parametrize("engine", ["numpy", "compiled"])
def test_their_error_is_right_where_only_a_sum_is_too_large(engine):
    rows = [[number, 1.2e308] for number in range(8)]
    run = Run(problem(rows, test_fraction=0.5, output="linear"), engine)
    assert run.frame.error == pytest.approx(1.2e308)
    assert run.frame.held_out_error == pytest.approx(1.2e308)


def test_a_program_trains_on_the_others_only_and_prints_both_errors(alone):
    assert write(HELD_OUT).source == PROGRAM
    done, frame = alone(write(HELD_OUT)), finished(HELD_OUT).frame
    printed = [float(text) for text in re.findall(r"[-+.\w]+", done["printed"])]
    assert printed == pytest.approx([frame.outputs[4, 0], frame.error, frame.held_out_error], abs=1e-8)


@given(split_problems(), st.sampled_from([1, 4]))
@settings(max_examples=60)
def test_any_such_program_has_the_weights_and_errors_of_the_run_and_is_read_back(alone, data, times):
    data["table"]["rows"] *= times
    checked = Problem.from_dict(data)
    program = write(checked)
    assert read(program.source, checked) == checked
    run = finished(checked)
    assume(run.diverged is None and steady(data))
    done = alone(program)
    state = [number for name, _ in program.state for number in done["arrays"][name]]
    assert state == pytest.approx(np.frombuffer(run.frame.state[1]).tolist(), rel=1e-8, abs=1e-8)
    error, held_out_error = map(float, done["printed"].splitlines()[-1].split())
    assert error == pytest.approx(run.frame.error, rel=1e-7, abs=1e-9)
    assert held_out_error == pytest.approx(run.frame.held_out_error, rel=1e-7, abs=1e-9)


def test_a_programs_text_says_how_many_and_which():
    def changed(*pairs):
        source = PROGRAM
        for old, new in pairs:
            assert old in source
            source = source.replace(old, new)
        return read(source, HELD_OUT)

    assert changed() == HELD_OUT
    more = changed(("drawn[:2]", "drawn[:3]"), ("drawn[2:]", "drawn[3:]"))
    assert more is not None
    assert sum(more.held_out()) == 3
    other = changed(("random.seed(1)\ndrawn", "random.seed(7)\ndrawn"))
    assert other is not None
    assert (other.training.split_seed, other.training.seed) == (7, 1)
    assert changed(("drawn[:2]", "drawn[:3]")) is None, "a row twice"
    assert changed(("drawn[:2]", "drawn[:7]"), ("drawn[2:]", "drawn[7:]")) is None, "none left"


def test_its_lines_are_explained_and_have_values():
    own, iteration = GeneratedProgram(HELD_OUT), 20
    values = own.at(iteration, state_at(HELD_OUT, iteration))
    assert sorted(values) == list(range(len(own.parts.expressions)))
    about = {line["line"]: line["about"] for line in outline(PROGRAM)["lines"]}
    assert all(about.values())
    assert "Holds the first of them out" in about[7]
    assert about[22] == "How far off each output is, whether too small or too large."
    assert "that of the rows held out" in about[23]


@pytest.mark.parametrize(
    ("rows", "fraction", "words"),
    [
        (ROWS, 0.95, "A test fraction of 0.95 holds out all 7 known rows, so that none is left"),
        ([[1, 0], [2, None]], 0.1, "A test fraction of 0.1 holds out the known row, so that none is left"),
        (ROWS, 1, "Test fraction is 1. Write a number, 0 or more and below 1."),
        (ROWS, -0.1, "Test fraction is -0.1. Write a number, 0 or more and below 1."),
    ],
)
def test_a_fraction_that_leaves_none_to_train_is_refused(rows, fraction, words):
    with pytest.raises(SettingError) as refusal:
        problem(rows, test_fraction=fraction)
    assert refusal.value.message.startswith(words)
    assert refusal.value.where == {"field": "training.test_fraction"}


def test_the_page_gets_both_errors_behind_the_outputs():
    for engine in ("compiled", "numpy"):
        answer = Session().start(json.dumps(HELD_OUT.to_dict()), engine, 60)
        frame, end = finished(HELD_OUT, engine).frame, answer["state_size"] + answer["outputs"]
        last = answer["numbers"][-(end + 2) :]
        assert last[answer["state_size"] : end].tobytes() == frame.outputs.tobytes()
        assert list(last[end:]) == [frame.error, frame.held_out_error]


@pytest.mark.parametrize("engine", ["numpy", "compiled"])
def test_the_terminal_says_both_errors_and_the_share_that_is_right(tell, tmp_path, engine):
    file = tmp_path / "table.csv"
    file.write_text("a,b,y\n" + "".join(f"{a},{b},{'?' if y is None else y}\n" for a, b, y in ROWS))
    flags = ["--test-fraction", 0.3, "--split-seed", 1, "--engine", engine]
    code, out, _ = tell(file, "--json", *flags)
    assert code == 0
    report = json.loads(out)
    assert report["problem"]["training"]["test_fraction"] == 0.3
    assert report["problem"]["training"]["split_seed"] == 1
    held_out = report["held_out"]
    assert list(held_out) == ["rows", "error", "accuracy", "r2"]
    assert held_out["rows"] == 2
    assert held_out["accuracy"] in (0, 0.5, 1)
    assert held_out["r2"] is None
    assert held_out["error"] != report["error"]
    said = [line for line in tell(file, *flags)[1].splitlines() if line.startswith("mean error ")]
    assert len(said) == 2
    assert said[1].startswith(f"mean error {held_out['error']:.6g} on 2 rows held out, ")
    assert "held_out" not in json.loads(tell(file, "--json")[1])


def test_of_other_numbers_the_terminal_says_r2(tell):
    table = "a,y\n" + "".join(f"{n / 10},{n / 5}\n" for n in range(20))
    flags = ["--output-activation", "linear", "--bias", "--learning-rate", 0.02, "--test-fraction", 0.25]
    held_out = json.loads(tell("-", "--json", *flags, stdin=table)[1])["held_out"]
    assert held_out["accuracy"] is None
    assert held_out["r2"] == pytest.approx(1, abs=1e-6)
    assert "on 5 rows held out, R² 1" in tell("-", *flags, stdin=table)[1]


def test_accuracy_and_r2_are_what_they_are_called():
    assert accuracy([(1, 0.6), (0, 0.4), (1, 0.5), (0, 0.5), (0, 0.9)]) == 0.4
    assert r2([[(1, 1.5), (3, 3), (5, 4)]]) == pytest.approx(1 - 1.25 / 8)
    assert r2([[(1, 1), (3, 3)], [(0, 1), (4, 3)], [(2, 9)]]) == pytest.approx((1 + 0.75) / 2)
    assert r2([[(2, 9), (2, 1)]]) is None
    assert r2([[(2, math.inf), (3, 1)]]) is None
