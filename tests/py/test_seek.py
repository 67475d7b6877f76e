"""Any iteration of a run, in any order: what the reference has there, and training goes on as if nothing was."""

import json
from itertools import count, repeat
from unittest import mock

import plain_python
import pytest
import wasmtime
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import problems
from test_run import DIVERGING, bits, clock, divergence_step_by_step, frames_of, post
from test_session import all_frames, assert_plain, assert_refused, reached

from tenlines.page.api import Session
from tenlines.problem import Problem
from tenlines.training.checkpoints import Checkpoints
from tenlines.training.kernel.host import Native
from tenlines.training.run import CHUNK_SECONDS, Run, frame_marks

ENGINES = ["numpy", "compiled"]
STEPS = st.lists(st.sampled_from([1e-7, 1e-4, 1e-3, 0.01]), min_size=1, max_size=5)


def sought(run, iteration, seconds=0.0):
    """The frames that fell due on the way, and the frame there."""
    due, frame = run.seek(iteration, seconds)
    while frame.iteration != run.nearest(iteration):
        more, frame = run.seek(iteration, seconds)
        due += more
    return due, frame


def stopped_at(problem, engine, iteration):
    """The frame of a run that was never anywhere else."""
    run = Run(problem, engine)
    run.seek(iteration, 1000)
    return run.frame


@pytest.mark.parametrize("engine", ENGINES)
@given(
    data=problems(most_iterations=300),
    wishes=st.lists(st.integers(-1, 301) | st.none(), min_size=1, max_size=12),
    steps=STEPS,
    most_bytes=st.sampled_from([500, 3000, 10**7]),
)
@settings(max_examples=60, deadline=None)
def test_every_iteration_asked_for_is_that_of_a_run_stopped_there(engine, data, wishes, steps, most_bytes):
    """None trains on. Clock and memory are as they may be: whatever was kept, the numbers are the same to the bit."""
    problem = Problem.from_dict(data)
    with (
        mock.patch("tenlines.training.run.perf_counter", clock(steps).__next__),
        mock.patch("tenlines.training.checkpoints.MOST_BYTES", most_bytes),
    ):
        run, due = Run(problem, engine), []
        due.append(run.frame)
        for wish in wishes:
            before = run.frame
            if wish is None:
                due += run.advance(0)
                continue
            more, frame = sought(run, wish)
            due += more
            assert bits([frame]) == bits([stopped_at(problem, engine, wish)])
            assert run.frame.iteration == max(before.iteration, frame.iteration), "what was trained stays so"
        due += frames_of(run, repeat(0.0))[1:]
    assert bits(due) == bits(frames_of(Run(problem, engine), [1000])), "the frames due are those of plain training"


@pytest.mark.parametrize("engine", ENGINES)
@given(data=problems(most_iterations=12), part=st.floats(0, 1))
@settings(max_examples=60, deadline=None)
def test_an_iteration_has_the_numbers_that_plain_python_has_then(engine, data, part):
    run = Run(Problem.from_dict(data), engine)
    iteration = round(part * data["training"]["iterations"])
    run.advance(1000)
    if run.diverged is not None:
        return
    _, frame = sought(run, iteration)
    layers, rows = plain_python.trained(data, iteration), plain_python.rows_of(data)
    assert frame.weights.tolist() == pytest.approx(plain_python.flat(layers), rel=1e-9, abs=1e-9)
    expected = plain_python.answers(layers, rows)
    assert [value for row in frame.outputs.tolist() for value in row] == pytest.approx(
        [value for row in expected for value in row], rel=1e-9, abs=1e-9
    )
    assert frame.error == pytest.approx(plain_python.error(layers, rows), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("data", DIVERGING.values(), ids=DIVERGING)
def test_the_end_of_a_diverged_run_is_its_last_finite_iteration(engine, data):
    data = Problem.from_dict(data).to_dict()
    turned, _ = divergence_step_by_step(data)
    assert turned is not None
    run = Run(Problem.from_dict(data), engine)
    for beyond in (turned, 10**6):
        assert sought(run, beyond)[1].iteration == turned - 1
    assert run.diverged == turned
    assert sought(run, 0)[1].iteration == 0
    assert sought(run, turned - 1)[1] is run.frame


@pytest.mark.parametrize("engine", ENGINES)
def test_a_run_from_given_weights_begins_with_them(engine):
    frame = stopped_at(post(), engine, 700)
    run = Run(post(), engine, at=(700, frame.state[1]))
    assert bits([sought(run, 1024)[1]]) == bits([stopped_at(post(), engine, 1024)])
    assert bits([sought(run, 0)[1]]) == bits([frame])


def test_every_iteration_behind_is_as_near_as_two_glances_at_the_clock():
    """However long the run, weights were kept on the way as often as the clock was looked at."""
    run = Run(post(iterations=10**6))
    with mock.patch("tenlines.training.run.perf_counter", clock([CHUNK_SECONDS]).__next__):
        run.advance(1.0)
        for iteration in (run.frame.iteration // 3, 1, run.frame.iteration - 1):
            assert run.seek(iteration, 0.0)[1].iteration == iteration


def test_a_slice_of_no_time_still_moves_and_says_that_it_is_not_there_yet():
    session = Session()
    session.start(json.dumps({"training": {"iterations": 10**9}}))
    answer = session.seek(10**8, 0.0)
    assert_plain(answer)
    assert answer["reached"] is False
    assert reached(answer)[0] == answer["trained"] >= 1


@pytest.mark.parametrize("engine", ENGINES)
def test_the_page_gets_the_iteration_asked_for_last_and_what_fell_due_before_it(engine):
    session = Session()
    session.start(json.dumps({"training": {"iterations": 300}}), engine)
    answer = session.seek(100, 60.0)
    assert answer["reached"] is True
    assert (answer["trained"], answer["done"]) == (100, False)
    assert [frame[0] for frame in all_frames(answer)] == [n for n in frame_marks(300) if 1 <= n <= 99] + [100]
    back = session.seek(7, 60.0)
    assert (back["due"], back["trained"], back["reached"]) == (0, 100, True)
    assert reached(back)[0] == 7
    assert reached(session.advance(60.0))[0] == 300
    beyond = session.seek(301, 60.0)
    assert (reached(beyond)[0], beyond["reached"], beyond["done"]) == (300, True, True)


def test_nothing_is_sought_before_anything_is_trained():
    assert_refused(Session().seek(1, 1.0), "Press Train")


@given(
    st.lists(st.integers(1, 10**6), min_size=1, max_size=300),
    st.integers(0, 10**6),
    st.integers(200, 5000),
)
def test_what_is_kept_is_bounded_sorted_and_always_has_the_first(iterations, wish, most_bytes):
    with mock.patch("tenlines.training.checkpoints.MOST_BYTES", most_bytes):
        kept = Checkpoints((0, bytes(8)))
        for iteration in iterations:
            kept.keep((iteration, iteration.to_bytes(8, "little")))
    assert kept.before(0) == (0, bytes(8))
    assert kept._iterations == sorted(set(kept._iterations))
    assert len(kept._iterations) <= max(3, most_bytes // 128 + 1)
    found, weights = kept.before(wish)
    assert found <= wish
    assert int.from_bytes(weights, "little") == found


def test_of_too_many_those_stay_that_lie_evenly_apart():
    with mock.patch("tenlines.training.checkpoints.MOST_BYTES", 64 * 128):
        kept = Checkpoints((0, bytes(8)))
        for iteration in range(1, 10_000):
            kept.keep((iteration, bytes(8)))
    assert max(wish - kept.before(wish)[0] for wish in range(10_000)) <= 4 * 10_000 / 64


@pytest.mark.parametrize("trapped", [2, 3, 4, 6])
def test_where_the_kernel_breaks_off_numpy_goes_there(monkeypatch, trapped):
    calls, call = count(1), Native.call

    def trap(self, *arguments):
        if next(calls) >= trapped:
            raise wasmtime.Trap("wasm trap: unreachable")
        call(self, *arguments)

    monkeypatch.setattr(Native, "call", trap)
    session, refusals = Session(), []
    session.start(json.dumps({"training": {"iterations": 300}}))
    for iteration in (200, 20):
        answer = session.seek(iteration, 0.0)
        while not answer["reached"]:
            refusals += [answer["fallback"]] if "fallback" in answer else []
            answer = session.seek(iteration, 0.01)
        assert reached(answer)[1].tolist() == stopped_at(post(iterations=300), "numpy", iteration).weights.tolist()
    assert answer["engine"] == "numpy"
    assert len(refusals) == 1
