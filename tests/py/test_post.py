"""The blog post's program and the product give the same bits, and say the same of unseen rows."""

import numpy as np
import pytest
from numpy import array, asarray, dot, exp, random
from plain_python import numpys_random

from tenlines.problem import POST_TABLE, Problem
from tenlines.training.network import initial_network
from tenlines.training.run import Run

POSTS_ANSWER = 0.9999370428352157


def posts_program(iterations, seed=1):
    """The post's training loop as a reader would type it."""
    inputs = array([[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]])
    wanted = array([[0, 1, 1, 0]]).T
    random.seed(seed)
    weights = 2 * random.random((3, 1)) - 1
    for _ in range(iterations):
        output = 1 / (1 + exp(-dot(inputs, weights)))
        weights += dot(inputs.T, (wanted - output) * output * (1 - output))
    return weights


def run_of(data):
    run = Run(Problem.from_dict(data))
    while not run.done:
        run.advance(1)
    return run.frame


def column(frame):
    """The first output of every row."""
    return [outputs[0] for outputs in frame.outputs.tolist()]


def bits(values):
    return np.asarray(values, dtype=np.float64).ravel().tobytes()


@pytest.mark.parametrize("iterations", [0, 1, 2, 10, 100, 10_000])
def test_the_weights_are_those_of_the_posts_program_to_the_last_bit(iterations):
    frame = run_of({"training": {"iterations": iterations}})
    assert frame.iteration == iterations
    assert bits(frame.weights) == bits(posts_program(iterations))


@pytest.mark.parametrize("seed", [0, 2, 7, 2**32 - 1])
def test_another_random_start_gives_the_posts_bits_too(seed):
    assert bits(run_of({"training": {"seed": seed, "iterations": 500}}).weights) == bits(posts_program(500, seed))


def test_every_frame_on_the_way_is_the_posts_program_stopped_there():
    run = Run(Problem())
    frames = [run.frame]
    while not run.done:
        frames += run.advance(1)
    for frame in frames[::16]:
        assert bits(frame.weights) == bits(posts_program(frame.iteration)), frame.iteration


def test_the_posts_question_is_answered_0_9999370428352157():
    frame = run_of({})
    assert float(frame.outputs[4, 0]) == POSTS_ANSWER
    assert float(1 / (1 + exp(-dot(array([1, 0, 0]), posts_program(10_000))))[0]) == POSTS_ANSWER


def test_the_error_is_the_mean_absolute_miss_of_the_four_known_rows():
    frame = run_of({})
    misses = [abs(y - out) for y, out in zip([0, 1, 1, 0], column(frame)[:4], strict=True)]
    assert frame.error == pytest.approx(sum(misses) / 4, rel=1e-15)


@pytest.mark.parametrize("seed", [0, 1, 2, 12345, 2**31, 2**32 - 1])
@pytest.mark.parametrize("sizes", [[3, 1], [1, 1], [2, 4, 1], [3, 5, 2, 4]])
def test_initial_weights_are_those_of_numpy_random_seed(seed, sizes):
    layers = initial_network(sizes, ["sigmoid"] * (len(sizes) - 1), True, seed)
    random.seed(seed)
    draw = numpys_random(seed)
    for layer, fan_in, fan_out in zip(layers, sizes, sizes[1:], strict=False):
        assert layer.weights.shape == (fan_in, fan_out)
        assert bits(layer.weights) == bits(2 * random.random((fan_in, fan_out)) - 1)
        assert bits(layer.weights) == bits([2 * draw() - 1 for _ in range(fan_in * fan_out)])
        assert bits(layer.bias) == bits(np.zeros(fan_out)), "biases start at 0 and draw nothing"


def test_numpys_own_random_numbers_are_left_alone():
    random.seed(5)
    expected = random.random(3)
    random.seed(5)
    run_of({"training": {"iterations": 10}})
    assert bits(random.random(3)) == bits(expected)


def test_what_the_posts_network_says_of_unseen_rows_for_many_random_starts():
    unseen = {(1, 0, 0): (0.99965, 0.99995), (1, 1, 0): (0.99955, 0.99995), (0, 1, 0): (0.4445, 0.4485)}
    rows = [*POST_TABLE["rows"][:4], *([*row, None] for row in unseen), [0, 0, 0, None]]
    for seed in range(16):
        frame = run_of({"table": {**POST_TABLE, "rows": rows}, "training": {"seed": seed}})
        *answers, all_zero = column(frame)[4:]
        for (row, (low, high)), answer in zip(unseen.items(), answers, strict=True):
            assert low < answer < high, f"{row} with seed {seed}"
        assert all_zero == 0.5, "without a bias, inputs of 0 leave the network nothing to go by"


def test_exclusive_or_stays_at_one_half_without_a_hidden_layer():
    rows = [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]]
    frame = run_of({"table": {"inputs": ["a", "b"], "outputs": ["xor"], "rows": rows}})
    assert column(frame) == pytest.approx([0.5] * 4, abs=1e-9)
    assert frame.error == pytest.approx(0.5, abs=1e-9)


def test_exclusive_or_is_learned_with_one_hidden_layer_and_a_bias():
    rows = [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]]
    frame = run_of(
        {
            "table": {"inputs": ["a", "b"], "outputs": ["xor"], "rows": rows},
            "network": {"hidden": [{"units": 4, "activation": "sigmoid"}], "bias": True},
        }
    )
    assert [round(answer) for answer in column(frame)] == [0, 1, 1, 0]


def test_one_neuron_with_a_bias_learns_104_of_the_256_functions_of_three_inputs():
    """All 256 at once: the outputs of one layer do not touch each other."""
    inputs = [[a, b, c] for a in (0, 1) for b in (0, 1) for c in (0, 1)]
    rows = [[*row, *(function >> index & 1 for function in range(256))] for index, row in enumerate(inputs)]
    frame = run_of(
        {
            "table": {"inputs": ["a", "b", "c"], "outputs": [f"f{n}" for n in range(256)], "rows": rows},
            "network": {"bias": True},
            "training": {"iterations": 5_000},
        }
    )
    wanted = array(rows)[:, 3:] == 1
    assert ((asarray(frame.outputs) > 0.5) == wanted).all(axis=0).sum() == 104
