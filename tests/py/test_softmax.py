"""Softmax: over the outputs of a row, in NumPy, the kernel, a program and its explanation."""

import json
import math

import numpy as np
import pytest
from kernel_tools import LOOPED, UNROLLED, compiled, reference, trained_to
from plain_python import flat, shares, trained
from test_methods import told
from test_program import alone as alone  # a fixture
from test_program import numbers
from test_values import state_at

from tenlines.errors import SettingError, TableError
from tenlines.page.api import Session
from tenlines.problem import Problem
from tenlines.program.read import read
from tenlines.program.write import write
from tenlines.training.network import ACTIVATIONS, activate

ROWS = [[0, 0, 1, 0, 0], [0, 1, 0, 1, 0], [1, 0, 0, 0.25, 0.75], [1, 1, None, None, None]]


def problem(rows, hidden=0, inputs=2, **training):
    outputs = len(rows[0]) - inputs
    return {
        "table": {
            "inputs": [f"x{n}" for n in range(inputs)],
            "outputs": [f"y{n}" for n in range(outputs)],
            "rows": rows,
        },
        "network": {
            "hidden": [{"units": hidden, "activation": "tanh"}] if hidden else [],
            "output": "softmax",
            "bias": hidden > 0,
        },
        "training": {"loss": "cross_entropy", "learning_rate": 1, "iterations": 100, "batch_size": None, "seed": 1}
        | training,
    }


PROGRAM = """\
from numpy import exp, array, random, dot
def softmax(z):
    powers = exp(z - z.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)
training_set_inputs = array([[0, 0], [0, 1], [1, 0]])
training_set_outputs = array([[1, 0, 0], [0, 1, 0], [0, 0.25, 0.75]])
random.seed(1)
synaptic_weights = 2 * random.random((2, 3)) - 1
for iteration in range(100):
    output = softmax(dot(training_set_inputs, synaptic_weights))
    synaptic_weights += dot(training_set_inputs.T, (training_set_outputs - output) / len(output))
print(softmax(dot(array([1, 1]), synaptic_weights)))
"""


def test_the_program_is_short():
    assert write(Problem.from_dict(problem(ROWS))).source == PROGRAM


def test_the_rows_with_an_unknown_output_are_asked_and_not_trained_on():
    part_known = Problem.from_dict(problem([*ROWS, [0.5, 0.5, 1, None, 0]], batch_size=2))
    assert part_known.teaching() == [True, True, True, False, False]
    source = write(part_known).source
    assert "known = ~isnan(outputs).any(axis=1)\n" in source
    assert "nan_to_num" not in source
    assert read(source, part_known) == part_known


@pytest.mark.parametrize("hidden", [0, 3, 40])
@pytest.mark.parametrize("batch_size", [None, 2, 3])
@pytest.mark.parametrize(
    "more", [[], [[0.5, 0.5, 1, None, 0]], [[0.5, 0.5, 0.5, 0.5, 0]]], ids=["", "part known", "even"]
)
def test_page_program_and_plain_python_agree(alone, hidden, batch_size, more):
    data = problem([*more, *ROWS], hidden, batch_size=batch_size)
    expected = flat(trained(data, 100))
    program = write(Problem.from_dict(data))
    done = alone(program)
    weights = [number for name, _ in program.state for number in done["arrays"][name]]
    assert weights == pytest.approx(expected, abs=1e-10)
    for engine in [reference(data), compiled(data), compiled(data, LOOPED)]:
        frame = trained_to(engine, 100)
        assert frame.weights.tolist() == pytest.approx(expected, abs=1e-10)
        asked = [frame.outputs[row, column] for row, column in Problem.from_dict(data).table.unknown()]
        assert numbers(done["printed"]) == pytest.approx(asked, abs=1e-7)
        assert [sum(row) for row in frame.outputs.tolist()] == pytest.approx([1] * len(data["table"]["rows"]))


@pytest.mark.parametrize("code", [LOOPED, UNROLLED])
@pytest.mark.parametrize("outputs", [2, 3])
def test_nothing_overflows(code, outputs):
    first, last = [1, *[0] * (outputs - 1)], [*[0] * (outputs - 1), 1]
    data = problem([[-1e100, 0, *first], [1e100, 0, *last], [1e4, -1e4, *first]], iterations=3, learning_rate=1e-3)
    frames = [trained_to(engine, 3) for engine in (compiled(data, code), reference(data))]
    for frame in frames:
        assert frame.is_all_finite
        assert [sum(row) for row in frame.outputs.tolist()] == pytest.approx([1, 1, 1])


@pytest.mark.parametrize(
    "sums", [[0, 0], [1, 2, 3], [700, 710, -800], [-1e308, 1e308], [-745.2, 0], [1e-17, 0, -1e-17]]
)
def test_it_is_e_to_the_z_over_their_sum(sums):
    with np.errstate(over="ignore"):
        found = activate(ACTIVATIONS["softmax"], np.array([sums], float))
    assert found.ravel().tolist() == pytest.approx(shares(sums), rel=1e-14, abs=1e-300)


def test_its_lines_are_explained():
    assert told(PROGRAM, "output =") == (
        "Each row times the weights, added up, then made a share: the outputs of a row add up to 1: "
        "what the network says of each row now.",
        "output = e^(z − max(z)) / Σ e^(z − max(z)), with z = training_set_inputs · synaptic_weights",
    )
    assert told(PROGRAM, "powers =")[0].startswith("e to the power of each sum, less the largest of its row")
    about, formula = told(PROGRAM, "synaptic_weights +=")
    assert "times how far off the output is, added up over all rows" in about
    assert "With cross-entropy the slope of the curve cancels out." in about
    assert formula.endswith("+ training_set_inputsᵀ · ((training_set_outputs − output) / len(output))")


def test_values_stand_beside_its_lines_and_no_curve_is_drawn():
    data, session = problem(ROWS), Session()
    checked = Problem.from_dict(data)
    expressions = session.outline(PROGRAM)["expressions"]
    place = next(at for at, part in enumerate(expressions) if part["role"] == "activation")
    shown = session.values(json.dumps(data), 5, state_at(checked, 5), place)
    assert {2 + 1, 4, 10} <= {line["line"] for line in shown["lines"]}
    assert shown["selected"]["curve"] is None
    assert shown["selected"]["shape"]


def refusal(data):
    with pytest.raises((TableError, SettingError)) as refused:
        Problem.from_dict(data)
    return refused.value.message, refused.value.where


def test_what_does_not_go_with_it_is_refused_with_the_remedy():
    for loss, title in (("squared", "Squared error"), ("mean_squared", "Mean squared error")):
        assert refusal(problem(ROWS, loss=loss)) == (
            f"{title} does not go with a softmax output. "
            "Choose cross-entropy as the loss, or another output activation.",
            {"field": "training.loss"},
        )
    assert refusal(problem([[0, 0, 1]])) == (
        "With one output, softmax always says 1. Add an output, or choose sigmoid as the output activation.",
        {"field": "network.output"},
    )
    assert refusal({**problem(ROWS), "network": {"hidden": [{"units": 2, "activation": "softmax"}]}})[0].startswith(
        "Activation of hidden layer 1 is “softmax”. Choose “sigmoid”"
    )


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            [0, 0, 1, 1, 0],
            "Row 5: the outputs add up to 2; softmax needs 1. Change them, or choose sigmoid as the output",
        ),
        ([0, 0, 0, 0, 0], "Row 5: the outputs add up to 0; softmax needs 1."),
        ([0, 0, 0.5, 0.5, 2e-9], "Row 5: the outputs add up to 1.000000002; softmax needs 1."),
        ([0, 0, -1, 1, 1], "Row 5, y0: -1 is not from 0 to 1, as cross-entropy needs it."),
    ],
)
def test_outputs_of_a_row_that_are_no_shares_are_refused_by_row(row, sentence):
    message, where = refusal(problem([*ROWS, row]))
    assert message.startswith(sentence)
    assert where["row"] == 5


@pytest.mark.parametrize(
    "row", [[0, 0, 1 / 3, 1 / 3, 1 / 3], [0, 0, 0.1, 0.2, 0.7], [0, 0, 1, None, 1], [0, 0, 1, 9e-10, 0]]
)
def test_rounding_is_no_matter_nor_is_a_row_that_does_not_train(row):
    Problem.from_dict(problem([*ROWS, row]))


def test_a_table_without_a_row_that_has_all_its_outputs_is_refused():
    message, _ = refusal(problem([[0, 0, 1, None], [1, 1, None, 1]]))
    assert message.startswith("No row has all its outputs, so with softmax there is nothing to learn from. Fill in")


def test_it_learns_to_tell_three_classes_apart():
    rows = [[math.cos(at), math.sin(at), *(float(at // 2 % 3 == kind) for kind in range(3))] for at in range(6)]
    frame = trained_to(compiled(problem(rows, hidden=4)), 2000)
    assert [max(range(3), key=row.__getitem__) for row in frame.outputs.tolist()] == [0, 0, 1, 1, 2, 2]
