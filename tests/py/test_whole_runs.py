"""Whole runs, against the same network trained in plain Python."""

import pytest
from hypothesis import assume, given, settings
from plain_python import answers, error, flat, initial, is_sensitive, rows_of, trained
from strategies import problems

from tenlines.problem import Problem
from tenlines.training.run import Run


def run_of(data):
    run = Run(Problem.from_dict(data))
    frames = [run.frame]
    while not run.done:
        frames += run.advance(1)
    return run, frames


@given(problems())
@settings(max_examples=150)
def test_weights_answers_and_error_are_those_of_plain_python(data):
    iterations = data["training"]["iterations"]
    assume(not is_sensitive(data, iterations))
    run, _ = run_of(data)
    layers, rows = trained(data, iterations), rows_of(data)
    assert run.frame.iteration == iterations
    assert run.frame.weights.tolist() == pytest.approx(flat(layers), rel=1e-12, abs=1e-9)
    assert run.frame.outputs.tolist() == [pytest.approx(row, rel=1e-12, abs=1e-9) for row in answers(layers, rows)]
    assert run.frame.error == pytest.approx(error(layers, rows), rel=1e-12, abs=1e-9)


@given(problems(most_iterations=6))
@settings(max_examples=50)
def test_iteration_n_is_n_passes_in_every_frame(data):
    assume(not is_sensitive(data, data["training"]["iterations"]))
    for frame in run_of(data)[1]:
        assert frame.weights.tolist() == pytest.approx(flat(trained(data, frame.iteration)), rel=1e-12, abs=1e-9)


@given(problems())
@settings(max_examples=50)
def test_no_iteration_or_no_learning_rate_leaves_the_initial_weights(data):
    for change in ({"iterations": 0}, {"learning_rate": 0}):
        still = {**data, "training": {**data["training"], **change}}
        frame = run_of(still)[0].frame
        network = data["network"]
        sizes = [
            len(data["table"]["inputs"]), *(layer["units"] for layer in network["hidden"]),
            len(data["table"]["outputs"]),
        ]  # fmt: skip
        activations = [*(layer["activation"] for layer in network["hidden"]), network["output"]]
        training = data["training"]
        start = flat(initial(sizes, activations, network["bias"], training["seed"], training["initial"]))
        assert frame.weights.tolist() == start
        assert frame.iteration == still["training"]["iterations"]


TABLE = {"inputs": ["a", "b"], "outputs": ["y"], "rows": [[0, 1, 1], [1, 0, 0], [1, 1, None], [0.5, 2, 1]]}


@pytest.mark.parametrize(
    "change",
    [
        {"training": {"learning_rate": 0.5}},
        {"training": {"batch_size": 1}},
        {"training": {"batch_size": 2}},
        {"training": {"seed": 2}},
        {"training": {"iterations": 51}},
        {"network": {"bias": True}},
        {"network": {"output": "tanh"}},
        {"network": {"output": "relu"}},
        {"network": {"output": "linear"}},
        {"network": {"hidden": [{"units": 2, "activation": "sigmoid"}]}},
        {"network": {"hidden": [{"units": 2, "activation": "tanh"}]}},
    ],
    ids=str,
)
def test_every_setting_matters_and_means_what_the_oracle_means(change):
    plain = {"table": TABLE, "training": {"iterations": 50, "learning_rate": 0.1}}
    changed = {**plain, **{part: {**plain.get(part, {}), **fields} for part, fields in change.items()}}
    usual, other = (Problem.from_dict(data).to_dict() for data in (plain, changed))
    weights = [run_of(data)[0].frame.weights.tolist() for data in (usual, other)]
    assert weights[0] != weights[1]
    assert weights[1] == pytest.approx(flat(trained(other, other["training"]["iterations"])), abs=1e-12)
