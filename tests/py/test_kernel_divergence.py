"""Numbers too large to compute with: a compiled run ends where the run step by step does."""

from itertools import pairwise
from unittest import mock

import numpy as np
import plain_python
import pytest
from kernel_tools import LOOPED, compiled
from test_run import DIVERGING, clock, divergence_step_by_step, diverging, frames_of, overflow_of_one_iteration

from tenlines.problem import Problem
from tenlines.training.engine import ENGINES
from tenlines.training.run import Run


@pytest.mark.parametrize("data", DIVERGING.values(), ids=DIVERGING)
@pytest.mark.parametrize("seconds", [0, 10])
@pytest.mark.parametrize("code", [None, LOOPED])
def test_a_diverging_run_stops_where_it_turned_and_keeps_its_last_finite_state(data, seconds, code):
    data = Problem.from_dict(data).to_dict()
    turned, before = divergence_step_by_step(data)
    with mock.patch.dict("tenlines.training.run.ENGINES", compiled=lambda *_: compiled(data, code)):
        run = Run(Problem.from_dict(data), "compiled")
    frames = frames_of(run, [seconds])
    assert turned is not None
    assert run.diverged == turned
    assert run.done
    assert run.frame.iteration == turned - 1
    # where tanh is next to 1, the last bit of its output decides over much of its slope, 1 - output²
    assert run.frame.weights.tolist() == pytest.approx(before, rel=1e-5)
    assert all(np.isfinite(frame.weights).all() for frame in frames)
    assert all(one.iteration < other.iteration for one, other in pairwise(frames))
    assert frames[-1].iteration == run.frame.iteration


def test_a_large_learning_rate_that_stays_finite_is_not_stopped():
    run = Run(Problem.from_dict({"training": {"learning_rate": 1e6, "iterations": 2_000}}), "compiled")
    frames_of(run, [1])
    assert run.diverged is None
    assert run.frame.iteration == 2_000


@pytest.mark.parametrize("steps", [[1e-9], [10.0]], ids=["fast", "slow"])
@pytest.mark.parametrize("engine", ENGINES)
def test_an_answer_too_large_for_a_while_neither_stops_the_run_nor_spoils_its_error(engine, steps):
    data, turned = overflow_of_one_iteration()
    run = Run(Problem.from_dict(data), engine)
    errors = {}
    with mock.patch("tenlines.training.run.perf_counter", clock(steps).__next__):
        while not run.done and run.frame.iteration < 2 * turned:
            errors |= {frame.iteration: frame.error for frame in run.advance(0)}
    assert run.diverged is None
    assert run.frame.is_finite
    assert np.isfinite(list(errors.values())).all(), "a ? has no part in the error"


def asking_too_much():
    """A `?` whose answer soon is too large for a number, in a row that teaches nothing."""
    data = diverging(learning_rate=0.001, iterations=30)
    data["table"]["rows"] = [[1, 2, 300], [1.5, -1, -600], [1e307, 1e307, None]]
    return data


@pytest.mark.parametrize("engine", ENGINES)
def test_an_answer_too_large_for_a_number_does_not_spoil_the_error(engine):
    data = asking_too_much()
    run = Run(Problem.from_dict(data), engine)
    frames = frames_of(run, [10])
    assert not np.isfinite(frames[-1].outputs[2, 0]), "or the test shows nothing"
    assert run.diverged is None
    layers = plain_python.trained(Problem.from_dict(data).to_dict(), 30)
    assert frames[-1].error == pytest.approx(plain_python.error(layers, plain_python.rows_of(data)), rel=1e-9)


@pytest.mark.parametrize("engine", ENGINES)
def test_an_error_whose_sum_is_too_large_for_a_number_is_still_a_mean(engine):
    data = diverging(iterations=0)
    data["table"]["rows"] = [[1, 1, 1e308]] * 3
    assert Run(Problem.from_dict(data), engine).frame.error == pytest.approx(1e308)
