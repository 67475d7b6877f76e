"""The compiled engine says what NumPy says, and what plain Python says, of networks of every kind."""

import numpy as np
import plain_python
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from kernel_tools import (
    LOOPED,
    UNROLLED,
    WORKLOADS,
    XOR,
    all_frames,
    bits,
    compiled,
    is_unrolled,
    reference,
    steady,
    trained_to,
)
from strategies import ACTIVATIONS, problems, tables, with_targets_of_its_loss

from tenlines.problem import Problem
from tenlines.training.kernel.engine import CompiledEngine

POSTS_ANSWER = 0.9999370428352157
# Under wasmtime, and the same in every browser: the kernel uses nothing that differs between machines.
POSTS_WEIGHTS = ["0x1.358928ac921c7p+3", "-0x1.a9a9da4047c48p-3", "-0x1.284bf7ad8ad00p+2"]
POSTS_ERROR = "0x1.04aa13b402eb6p-7"


@st.composite
def wide_problems(draw, most_hidden=3, most_units=20, most_rows=13, most_columns=7, most_iterations=12):
    """Problems of other sizes than one would follow by hand: odd and even, with rows that only ask anywhere."""
    data = draw(problems(most_iterations=most_iterations))
    layer = st.fixed_dictionaries({"units": st.integers(1, most_units), "activation": st.sampled_from(ACTIVATIONS)})
    cells = st.floats(-2, 2) | st.sampled_from([0.0, 1.0])
    names = st.integers(2, most_columns).map(lambda count: [f"c{n}" for n in range(count)])
    data["table"] = draw(tables(cells, names, most_rows))
    data["network"]["hidden"] = draw(st.lists(layer, max_size=most_hidden))
    data["training"]["batch_size"] = draw(st.none() | st.integers(1, 2 * most_rows))
    return with_targets_of_its_loss(data)


def small_problems():
    """Those whose training is written without loops."""
    return wide_problems(most_hidden=2, most_units=4, most_rows=5, most_columns=4, most_iterations=40).filter(
        is_unrolled
    )


def assert_same(frame, expected):
    assert frame.iteration == expected.iteration
    assert frame.weights.shape == expected.weights.shape
    assert frame.outputs.shape == expected.outputs.shape
    assert frame.weights.tolist() == pytest.approx(expected.weights.tolist(), rel=1e-9, abs=1e-9)
    assert frame.outputs.tolist() == [pytest.approx(row, rel=1e-9, abs=1e-9) for row in expected.outputs.tolist()]
    assert frame.error == pytest.approx(expected.error, rel=1e-9, abs=1e-9)


def assert_all_frames_same(data, code=None):
    iterations = data["training"]["iterations"]
    engine, numpys = compiled(data, code), reference(data)
    for frame, expected in zip(all_frames(engine, iterations), all_frames(numpys, iterations), strict=True):
        assert_same(frame, expected)
    assert_same(engine.frame(), numpys.frame())


@given(wide_problems())
@settings(max_examples=100)
def test_every_frame_of_any_network_is_numpys(data):
    assume(steady(data))
    assert_all_frames_same(data, LOOPED)


@given(small_problems())
@settings(max_examples=80)
def test_every_frame_of_a_small_network_is_numpys(data):
    assume(steady(data))
    assert_all_frames_same(data, UNROLLED)


@given(st.one_of(wide_problems(most_units=6, most_iterations=5), small_problems()))
@settings(max_examples=80)
def test_weights_answers_and_error_are_those_of_plain_python(data):
    assume(steady(data))
    iterations = data["training"]["iterations"]
    layers, rows = plain_python.trained(data, iterations), plain_python.rows_of(data)
    frame = trained_to(compiled(data), iterations)
    assert frame.weights.tolist() == pytest.approx(plain_python.flat(layers), rel=1e-9, abs=1e-9)
    found = frame.outputs.tolist()
    assert found == [pytest.approx(row, rel=1e-9, abs=1e-9) for row in plain_python.answers(layers, rows)]
    assert frame.error == pytest.approx(plain_python.error(layers, rows), rel=1e-9, abs=1e-9)


@given(small_problems())
@settings(max_examples=40)
def test_code_with_and_without_loops_gives_the_same_bits(data):
    frames = [trained_to(compiled(data, code), data["training"]["iterations"]) for code in (UNROLLED, LOOPED)]
    assume(frames[0].is_finite)
    assert bits(frames[0]) == bits(frames[1])


def patterned(rows, hidden=(), **settings):
    """Two inputs, two outputs; `rows` says of each row what is known: 2 both, 1 the second, 0 none."""
    draw = np.random.RandomState(len(rows)).random_sample((len(rows), 4)).tolist()
    known = {2: lambda a, b: [a, b], 1: lambda a, b: [None, b], 0: lambda a, b: [None, None]}
    return {
        "table": {
            "inputs": ["a", "b"],
            "outputs": ["p", "q"],
            "rows": [[*row[:2], *known[kind](*row[2:])] for kind, row in zip(rows, draw, strict=True)],
        },
        "network": {"hidden": [{"units": units, "activation": "tanh"} for units in hidden], "bias": True},
        "training": {"iterations": 50, "learning_rate": 0.3, **settings},
    }


@pytest.mark.parametrize("code", [UNROLLED, LOOPED])
@pytest.mark.parametrize("rows", [[2], [1], [0, 1, 0], [2, 0, 2], [0, 0, 2, 0, 1, 0, 2, 0], [2] * 5, [1, 2] * 2])
def test_rows_in_any_order_of_known_partly_known_and_asking(rows, code):
    assert_all_frames_same(patterned(rows), code)


@pytest.mark.parametrize("batch_size", [1, 2, 3, 4, 5, 6, 7, 8, 9, 100])
@pytest.mark.parametrize("rows", [[2] * 7, [0, 2, 1, 2, 0, 2, 2, 1, 2, 0], [0, 1]])
def test_batches_of_every_size_with_a_rest_or_without(rows, batch_size):
    assert_all_frames_same(patterned(rows, hidden=[3], batch_size=batch_size), None)


@pytest.mark.no_cover  # as test_methods.py's combinations
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("bias", [False, True])
@pytest.mark.parametrize("units", [11, 12, 13, 24, 25])
def test_layers_about_the_size_of_a_group_of_registers(units, bias, activation):
    data = patterned([2] * 9, hidden=[units, 2, units], learning_rate=0.01)
    data["network"] |= {"bias": bias, "output": "linear"}
    data["network"]["hidden"][0]["activation"] = activation
    assert_all_frames_same(data, LOOPED)


def test_what_is_small_has_no_loops_and_what_is_large_has():
    assert is_unrolled({})
    assert is_unrolled(XOR)
    assert not is_unrolled(WORKLOADS["W4, 200 rows"])
    assert not is_unrolled({"training": {"batch_size": 1}}), "more than one batch"


@pytest.mark.parametrize("code", [None, LOOPED])
@pytest.mark.parametrize("data", WORKLOADS.values(), ids=WORKLOADS)
def test_the_weights_of_a_whole_run_are_numpys_within_1e_12(data, code):
    iterations = data.get("training", {}).get("iterations", 10_000)
    frame, expected = (trained_to(engine, iterations) for engine in (compiled(data, code), reference(data)))
    assert frame.weights.tolist() == pytest.approx(expected.weights.tolist(), rel=1e-12, abs=0)
    assert frame.outputs.tolist() == [pytest.approx(row, rel=1e-12) for row in expected.outputs.tolist()]
    assert frame.error == pytest.approx(expected.error, rel=1e-12)


@pytest.mark.parametrize("code", [UNROLLED, LOOPED])
def test_the_posts_question_is_answered_0_9999370428352157_from_fixed_bits(code):
    frame = trained_to(compiled({}, code), 10_000)
    assert float(frame.outputs[4, 0]) == POSTS_ANSWER
    assert [float(weight).hex() for weight in frame.weights] == POSTS_WEIGHTS
    assert float(frame.error).hex() == POSTS_ERROR


def test_a_run_one_ulp_away_starts_one_ulp_away():
    one, other = (CompiledEngine(Problem.from_dict(XOR), nudged).frame() for nudged in (False, True))
    assert other.weights[:8].tolist() == np.nextafter(one.weights[:8], np.inf).tolist()
    assert other.weights.tolist() == reference(XOR, nudged=True).frame().weights.tolist()
