"""A run moved on in slices: the same frames whoever asks, and how a run that diverges ends."""

import sys
import time
from array import array
from itertools import pairwise, repeat
from unittest import mock

import numpy as np
import plain_python
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import problems

from tenlines.errors import TenlinesError
from tenlines.problem import Problem
from tenlines.training.run import Run


def frames_of(run, seconds):
    """All frames, asking for the given slices in turn (the last one again and again)."""
    seconds = iter(seconds)
    frames, slice_ = [run.frame], 0.0
    while not run.done:
        slice_ = next(seconds, slice_)
        frames += run.advance(slice_)
    return frames


def bits(frames):
    return [(f.iteration, f.weights.tobytes(), f.outputs.tobytes(), f.error) for f in frames]


def clock(steps):
    """A clock that moves on by each of the steps in turn: a machine of any speed."""
    now = 0.0
    while True:
        for step in steps:
            now += step
            yield now


def post(**training):
    return Problem.from_dict({"training": training})


@pytest.mark.parametrize("iterations", [0, 1, 2, 100, 255, 256, 257, 300, 1000, 10_000, 12_345])
def test_frames_go_from_0_to_the_last_iteration_each_later_than_the_one_before(iterations):
    run = Run(post(iterations=iterations))
    shown = [frame.iteration for frame in frames_of(run, repeat(0.01, 10))]
    assert shown[0] == 0
    assert shown[-1] == iterations == run.frame.iteration
    assert all(earlier < later for earlier, later in pairwise(shown))
    assert len(shown) <= 256
    assert shown[:20] == list(range(min(20, iterations + 1))), "early change is quick"
    assert all(later - earlier <= max(1, 0.1 * later) for earlier, later in pairwise(shown)), "no gap in the curve"


@given(
    problems(most_iterations=400),
    st.lists(st.floats(0, 0.002), max_size=20),
    st.lists(st.sampled_from([1e-7, 1e-5, 1e-4, 1e-3, 0.01, 1.0]), min_size=1, max_size=20),
)
@settings(max_examples=60)
def test_slices_of_any_length_on_a_machine_of_any_speed_give_the_same_frames(data, slices, steps):
    problem = Problem.from_dict(data)
    with mock.patch("tenlines.training.run.perf_counter", clock(steps).__next__):
        sliced = frames_of(Run(problem), slices)
    assert bits(sliced) == bits(frames_of(Run(problem), [1000]))


def test_a_slice_of_no_time_still_moves_on():
    run = Run(post(iterations=5))
    assert [frame.iteration for frame in run.advance(0)] == [1]
    assert not run.done


def test_a_finished_run_stays_as_it_is():
    run = Run(post(iterations=3))
    frames_of(run, [1])
    before = bits([run.frame])
    assert run.advance(1) == []
    assert bits([run.frame]) == before


def test_frames_given_away_are_not_changed_by_training_on():
    run = Run(post(iterations=200))
    first, kept = run.frame, bits([run.frame])
    frames_of(run, [1])
    assert bits([first]) == kept


def test_a_thousand_million_iterations_run_in_slices():
    run = Run(post(iterations=10**9))
    reached = [0]
    for _ in range(4):
        began = time.process_time()
        run.advance(0.03)
        assert time.process_time() - began < 0.5
        reached.append(run.frame.iteration)
    assert all(earlier < later for earlier, later in pairwise(reached))
    assert not run.done


def test_a_clock_that_stands_still_for_a_while_makes_no_slice_long():
    """As that of Firefox, which tells whole milliseconds; here of a machine that trains 10,000 iterations in one."""
    problem = post(iterations=10**9)
    run = Run(problem)
    with (
        mock.patch("tenlines.training.run.perf_counter", lambda: run.engine.iteration // 10_000 / 1000),
        mock.patch.object(
            run.engine, "advance", lambda more: setattr(run.engine, "iteration", run.engine.iteration + more)
        ),
    ):
        for _ in range(10):
            before = run.frame.iteration
            run.advance(0.03)
            assert run.frame.iteration - before < 500_000


def test_two_runs_do_not_touch_each_other():
    one, other = Run(post(iterations=50)), Run(post(iterations=50, seed=2))
    while not (one.done and other.done):
        one.advance(0)
        other.advance(0)
    assert bits([one.frame]) == bits(frames_of(Run(post(iterations=50)), [1])[-1:])
    assert one.frame.weights.tolist() != other.frame.weights.tolist()


def diverging(**changes):
    """A linear network on numbers too large for its learning rate."""
    return {
        "table": {"inputs": ["a", "b"], "outputs": ["y"], "rows": [[1, 2, 3], [4, 5, -6], [7, 8, None]]},
        "network": {
            "hidden": changes.pop("hidden", []),
            "output": "linear",
            "bias": changes.pop("bias", False),
        },
        "training": {"iterations": 100_000, "learning_rate": 1.0, **changes},
    }


DIVERGING = {
    "slowly": diverging(learning_rate=0.05),
    "fast": diverging(learning_rate=10),
    "before the first frame is due": diverging(learning_rate=1e200),
    "in fewer iterations than there are frames": diverging(learning_rate=1, iterations=200),
    "with a bias": diverging(bias=True),
    "with batches": diverging(batch_size=1),
    "with a hidden layer": diverging(hidden=[{"units": 2, "activation": "linear"}], learning_rate=0.5),
    "with tanh below": diverging(hidden=[{"units": 3, "activation": "tanh"}]),
}


def divergence_step_by_step(data):
    """The first iteration that cannot be computed on from, or None, and the flat weights before it.

    That is one with a weight, or an output of a row that teaches, which is no longer finite.
    """
    rows, training = plain_python.rows_of(data), data["training"]
    layers, before = plain_python.trained(data, 0), None
    for iteration in range(training["iterations"] + 1):
        numbers = [
            *plain_python.flat(layers),
            *(
                value
                for (_, wanted), found in zip(rows, plain_python.answers(layers, rows), strict=True)
                if any(y is not None for y in wanted)
                for value in found
            ),
        ]
        if not np.isfinite(numbers).all():
            return iteration, before
        before = plain_python.flat(layers)
        plain_python.one_pass(layers, rows, training, plain_python.Steps("gd"))
    return None, before


@pytest.mark.parametrize("data", DIVERGING.values(), ids=DIVERGING)
@pytest.mark.parametrize("seconds", [0, 0.001, 10])
def test_a_diverging_run_stops_where_it_turned_and_keeps_its_last_finite_state(data, seconds):
    data = Problem.from_dict(data).to_dict()
    turned, before = divergence_step_by_step(data)
    run = Run(Problem.from_dict(data))
    frames = frames_of(run, [seconds])
    assert turned is not None
    assert run.diverged == turned
    assert run.done
    assert run.frame.iteration == turned - 1
    assert run.frame.weights.tolist() == pytest.approx(before, rel=1e-6)
    assert all(np.isfinite(frame.weights).all() for frame in frames)
    assert run.advance(1) == []


@pytest.mark.parametrize("data", DIVERGING.values(), ids=DIVERGING)
def test_the_frames_of_a_diverging_run_end_with_its_last_finite_state_and_never_repeat(data):
    run = Run(Problem.from_dict(data))
    shown = [frame.iteration for frame in frames_of(run, [0.001])]
    assert all(earlier < later for earlier, later in pairwise(shown)), shown[-4:]
    assert shown[-1] == run.frame.iteration


def test_a_run_with_a_large_learning_rate_that_stays_finite_is_not_stopped():
    run = Run(post(learning_rate=1e6, iterations=2_000))
    frames_of(run, [1])
    assert run.diverged is None
    assert run.frame.iteration == 2_000


def overflow_of_one_iteration():
    """A problem with a `?` whose answer is too large for a number at one iteration, and at no other.

    The first weight rises at once and then sinks slowly, as the second row tells the two inputs apart.
    The `?` asks for that weight times a number that only the weight at its peak takes over the top.
    """
    data = {
        "table": {"inputs": ["a", "b"], "outputs": ["y"], "rows": [[1, 1, 2], [0.1, -0.1, -0.3]]},
        "network": {"output": "linear"},
        "training": {"learning_rate": 0.02, "iterations": 10**6, "seed": 2},
    }
    plain = Problem.from_dict(data).to_dict()
    layers, weights, steps = plain_python.trained(plain, 0), [], plain_python.Steps("gd")
    for _ in range(300):
        weights.append(layers[0][0][0][0])
        plain_python.one_pass(layers, plain_python.rows_of(data), plain["training"], steps)
    second, first = sorted(weights)[-2:]
    data["table"]["rows"].append([sys.float_info.max / ((first + second) / 2), 0, None])
    return data, weights.index(first)


@pytest.mark.parametrize("steps", [[1e-9], [1e-4], [10.0]], ids=["fast", "usual", "slow"])
def test_an_answer_too_large_for_a_while_does_not_stop_the_run_whatever_the_speed_of_the_machine(steps):
    data, turned = overflow_of_one_iteration()
    run = Run(Problem.from_dict(data))
    with mock.patch("tenlines.training.run.perf_counter", clock(steps).__next__):
        while not run.done and run.frame.iteration < 2 * turned:
            run.advance(0)
    assert run.diverged is None
    assert run.frame.is_finite


@pytest.mark.parametrize(
    "rows", [[[1e308, 1e308, 0]], [[1e308, 0, -1e308]], [[1, 1, 1e308], [1, 1, 1e308], [1, 1, 1e308]]]
)
def test_numbers_that_cannot_be_computed_with_are_refused_before_training(rows):
    data = diverging(seed=7)
    data["table"]["rows"] = rows
    turned, _ = divergence_step_by_step(Problem.from_dict({**data, "training": {"iterations": 0}}).to_dict())
    problem = Problem.from_dict({**data, "training": {"iterations": 0}})
    if turned is None:
        assert Run(problem).done
    else:
        with pytest.raises(TenlinesError, match="smaller numbers"):
            Run(problem)


@pytest.mark.parametrize("engine", ["numpy", "compiled"])
@given(problem=problems(), part=st.floats(0, 1))
@settings(max_examples=50, deadline=None)
def test_a_run_goes_on_from_the_weights_of_any_iteration_as_if_it_had_trained_up_to_there(engine, problem, part):
    problem = Problem.from_dict(problem)
    whole = Run(problem, engine)
    frames = frames_of(whole, repeat(0.01))
    frame = frames[int(part * (len(frames) - 1))]
    if whole.diverged is not None:
        return
    run = Run(problem, engine, at=frame.state)
    assert bits([run.frame]) == bits([frame])
    rest = [later for later in frames if later.iteration >= frame.iteration]
    assert bits(frames_of(run, repeat(0.01))) == bits(rest)


@pytest.mark.parametrize("engine", ["numpy", "compiled"])
@pytest.mark.parametrize(
    ("iteration", "weights", "words"),
    [
        (1, [1.0, 2.0], "These weights are 2, and this network has 3."),
        (1, [], "These weights are 0"),
        (1, [1.0, float("inf"), 0.0], "not all numbers to compute with"),
        (10_001, [1.0, 2.0, 3.0], "Iteration 10,001 is not one of 10,000."),
        (-1, [1.0, 2.0, 3.0], "Iteration -1 is not"),
    ],
)
def test_weights_that_do_not_fit_are_refused(engine, iteration, weights, words):
    with pytest.raises(TenlinesError, match=words):
        Run(post(), engine, at=(iteration, array("d", weights).tobytes()))
