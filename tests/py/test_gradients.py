"""One step of training goes down the slope of the loss over the known cells."""

import copy

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import ACTIVATIONS, problems

from tenlines.methods.activations import ACTIVATIONS as METHODS
from tenlines.methods.losses import LOSSES
from tenlines.methods.optimizers import OPTIMIZERS
from tenlines.problem import Problem
from tenlines.training.gradient_descent import batches_of, kept_by, mean_error, to_arrays, train
from tenlines.training.network import forward, initial_network, parameters, parts
from tenlines.training.run import Run


def network_of(problem):
    training = problem.training
    layers = initial_network(problem.sizes(), problem.activations(), problem.network.bias, training.seed)
    return layers, *to_arrays(problem.table)


def value_of(loss, layers, X, Y):
    """What is to be made small, from its definition."""
    known, outputs = ~np.isnan(Y), forward(layers, X)[-1]
    if loss == "squared":
        misses = (Y - outputs)[known]
        return 0.5 * float((misses * misses).sum())
    if loss == "mean_squared":
        return float((np.square(Y - outputs)[known]).mean())
    if layers[-1].activation is METHODS["softmax"]:
        return float(-(Y * np.log(outputs)).sum(axis=1).mean())
    z = np.log(outputs) - np.log1p(-outputs)
    return float((np.logaddexp(0, z) - Y * z)[known].mean())


def slope_by_finite_differences(layers, X, Y, loss="squared", step=1e-6):
    slopes = []
    for layer in layers:
        for part in [layer.weights] if layer.bias is None else [layer.weights, layer.bias]:
            for index in np.ndindex(part.shape):
                kept = part[index]
                part[index] = kept + step
                above = value_of(loss, layers, X, Y)
                part[index] = kept - step
                below = value_of(loss, layers, X, Y)
                part[index] = kept
                slopes.append((above - below) / (2 * step))
    return np.array(slopes)


def near_a_corner(layers, outputs):
    """Whether some relu, or leaky one, stands where its slope jumps and a finite difference means nothing."""
    return any(
        layer.activation in (METHODS["relu"], METHODS["leaky_relu"])
        and (np.abs(before @ layer.weights + (0 if layer.bias is None else layer.bias)) < 1e-3).any()
        for layer, before in zip(layers, outputs, strict=False)
    )


@given(problems())
def test_a_step_is_the_slope_that_finite_differences_measure(data):
    layers, X, Y = network_of(Problem.from_dict(data))
    assume(not near_a_corner(layers, forward(layers, X)))
    loss, teaches = data["training"]["loss"], Problem.from_dict(data).teaching()
    slope = slope_by_finite_differences(layers, X[teaches], Y[teaches], loss)
    before = parameters(layers)
    train(layers, batches_of(X, Y, None, teaches), 1.0, 1, LOSSES[loss])
    assert parameters(layers) - before == pytest.approx(-slope, rel=1e-5, abs=1e-6)


@given(problems(), st.integers(1, 4))
def test_each_batch_steps_down_the_slope_of_its_own_rows(data, size):
    layers, X, Y = network_of(Problem.from_dict(data))
    teaches = Problem.from_dict(data).teaching()
    X, Y = X[teaches], Y[teaches]
    for at in range(0, len(X), size):
        rows = slice(at, at + size)
        assume(not near_a_corner(layers, forward(layers, X[rows])))
        loss = data["training"]["loss"]
        slope = slope_by_finite_differences(layers, X[rows], Y[rows], loss)
        before = parameters(layers)
        train(layers, [batches_of(X, Y, size)[at // size]], 0.1, 1, LOSSES[loss])
        assert parameters(layers) - before == pytest.approx(-0.1 * slope, rel=1e-5, abs=1e-6)


@pytest.mark.parametrize("name", ACTIVATIONS)
@given(z=st.floats(-20, 20).filter(lambda z: abs(z) > 1e-3))
def test_an_activation_and_its_derivative_belong_together(name, z):
    activation = METHODS[name]
    z = np.array([z])
    measured = (activation.forward(np, z + 1e-6) - activation.forward(np, z - 1e-6)) / 2e-6
    found = activation.backward(np, np.ones(1), activation.forward(np, z))
    assert found == pytest.approx(measured, rel=1e-4, abs=1e-9)


def test_the_methods_are_exactly_those_of_the_design():
    assert list(METHODS) == [*ACTIVATIONS, "softmax"]
    assert list(LOSSES) == ["squared", "mean_squared", "cross_entropy"]
    assert list(OPTIMIZERS) == ["gd", "momentum", "adam"]


def test_momentum_keeps_nine_tenths_of_each_step():
    layers, X, Y = network_of(Problem())
    optimizer = OPTIMIZERS["momentum"]
    kept, velocity = kept_by(optimizer, layers), np.zeros(3)
    for _ in range(5):
        weights = parameters(layers)
        velocity = 0.9 * velocity - slope_by_finite_differences(layers, X, Y)
        train(layers, batches_of(X, Y, None), 0.3, 1, optimizer=optimizer, kept=kept)
        assert parameters(layers) - weights == pytest.approx(0.3 * velocity, rel=1e-6)
        assert kept[0][0].ravel() == pytest.approx(velocity, rel=1e-6)


@given(problems(), st.data())
@settings(max_examples=50)
def test_a_question_mark_teaches_nothing(data, draw):
    """Rows with only ? change no bit of the training."""
    problem = Problem.from_dict(data)
    layers, X, Y = network_of(problem)
    row = draw.draw(st.lists(st.floats(-5, 5), min_size=X.shape[1], max_size=X.shape[1]))
    place = draw.draw(st.integers(0, len(X)))
    wider = (np.insert(X, place, row, axis=0), np.insert(Y, place, np.nan, axis=0))
    twin = copy.deepcopy(layers)
    train(layers, batches_of(X, Y, 2), 0.1, 5)
    train(twin, batches_of(*wider, 2), 0.1, 5)
    assert parameters(layers).tobytes() == parameters(twin).tobytes()


def test_the_other_outputs_of_a_row_with_one_question_mark_still_train():
    table = {"inputs": ["a"], "outputs": ["p", "q"], "rows": [[1, None, 1], [2, None, 0]]}
    layers, X, Y = network_of(Problem.from_dict({"table": table}))
    before = layers[0].weights.copy()
    train(layers, batches_of(X, Y, None), 1.0, 1)
    assert layers[0].weights[0, 0] == before[0, 0], "nothing is known of p"
    assert layers[0].weights[0, 1] != before[0, 1]


def test_all_layers_move_at_once_not_one_after_the_other():
    """The step of the first layer uses the second layer's weights from before the step."""
    table = {"inputs": ["a"], "outputs": ["y"], "rows": [[1, 10]]}
    network = {"hidden": [{"units": 1, "activation": "linear"}], "output": "linear"}
    layers, X, Y = network_of(Problem.from_dict({"table": table, "network": network}))
    first, second = (float(layer.weights[0, 0]) for layer in layers)
    miss = 10 - first * second
    train(layers, batches_of(X, Y, None), 0.1, 1)
    assert float(layers[0].weights[0, 0]) == pytest.approx(first + 0.1 * second * miss)
    assert float(layers[1].weights[0, 0]) == pytest.approx(second + 0.1 * first * miss)


def test_the_error_is_a_mean_over_known_cells_not_over_rows():
    Y = np.array([[1.0, np.nan], [0.0, 3.0], [np.nan, np.nan]])
    output = np.array([[0.5, 9.0], [0.25, 1.0], [9.0, 9.0]])
    assert mean_error(Y, output) == (0.5 + 0.25 + 2) / 3


@pytest.mark.parametrize(("size", "sizes"), [(None, [5]), (1, [1, 1, 1, 1, 1]), (2, [2, 2, 1]), (5, [5]), (100, [5])])
def test_batches_are_the_known_rows_in_table_order(size, sizes):
    X = np.array([[0.0], [1.0], [2.0], [3.0], [4.0], [5.0]])
    Y = np.array([[1.0], [np.nan], [0.0], [1.0], [1.0], [0.0]])
    batches = batches_of(X, Y, size)
    assert [len(batch[0]) for batch in batches] == sizes
    assert np.concatenate([batch[0] for batch in batches]).ravel().tolist() == [0, 2, 3, 4, 5]


@pytest.mark.parametrize("engine", ["numpy", "compiled"])
@pytest.mark.parametrize("units", [0, 3, 40])
@pytest.mark.parametrize("strengths", [{"l2": 0.25}, {"l1": 0.5}, {"l2": 0.1, "l1": 2.0}])
def test_penalties_step_down_the_slope_of_their_measures_of_weights_not_of_biases(strengths, units, engine):
    """L2 is strength times half the sum of squares, L1 strength times the sum of sizes: torch's weight_decay is L2."""
    network = {"hidden": [{"units": units, "activation": "tanh"}] if units else [], "bias": True}
    data = {"network": network, "training": {"learning_rate": 1e-3, "iterations": 1}}
    layers, _, _ = network_of(Problem.from_dict(data))
    slopes = [
        strengths.get("l2", 0) * part + strengths.get("l1", 0) * np.sign(part) if part.ndim == 2 else 0 * part
        for part in parts(layers)
    ]
    without, with_them = (
        finished({**data, "training": {**data["training"], **more}}, engine) for more in ({}, strengths)
    )
    expected = -1e-3 * np.concatenate([slope.ravel() for slope in slopes])
    assert with_them - without == pytest.approx(expected, abs=1e-15)


def finished(data, engine):
    run = Run(Problem.from_dict(data), engine)
    while not run.done:
        run.advance(1)
    return np.array(run.frame.weights)


def test_l1_ends_the_weights_of_little_use_and_l2_shrinks_all():
    plain, l1, l2 = (finished({"training": more}, "numpy") for more in ({}, {"l1": 0.02}, {"l2": 0.02}))
    assert abs(plain[2]) > 4
    assert (abs(l2) < abs(plain)).all()
    assert abs(l1[1]) < 0.05 < abs(plain[1])
