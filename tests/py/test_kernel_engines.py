"""Many runs on shared kernels, in any pieces: each is what it would be alone."""

import gc
import weakref
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kernel_tools import LOOPED, UNROLLED, XOR, bits, compiled, trained_to
from test_kernel import patterned
from test_run import frames_of

from tenlines.problem import Problem
from tenlines.training.engine import ENGINES
from tenlines.training.kernel import engine as kernel_engine
from tenlines.training.kernel.engine import KEPT, CompiledEngine, kept_kernels
from tenlines.training.kernel.layout import MOST_FRAMES
from tenlines.training.run import Run, frame_marks

BATCHES = patterned([0, 2, 1, 2, 0, 2, 2, 1, 2, 0], hidden=[3], batch_size=3)
SHAPES = {"the post": {}, "exclusive or": XOR, "batches": BATCHES}


@pytest.fixture(autouse=True)
def no_kernels_of_other_tests():
    kept_kernels.clear()
    yield
    kept_kernels.clear()


def shared(data, nudged=False):
    return CompiledEngine(Problem.from_dict(data), nudged)


def seeded(data, seed, learning_rate=0.5):
    return {**data, "training": {**data.get("training", {}), "seed": seed, "learning_rate": learning_rate}}


def with_rows(data, rows):
    return {**data, "table": {**data["table"], "rows": rows}}


@pytest.mark.parametrize("data", SHAPES.values(), ids=SHAPES)
@given(pieces=st.lists(st.integers(0, 40), max_size=12))
@settings(max_examples=15)
def test_in_pieces_or_at_once_the_bits_are_the_same(data, pieces):
    one, other = shared(data), shared(data)
    for piece in pieces:
        one.advance(piece)
    other.advance(sum(pieces))
    assert bits(one.frame()) == bits(other.frame())
    assert one.iteration == sum(pieces)


@pytest.mark.parametrize("data", SHAPES.values(), ids=SHAPES)
@given(marks=st.sets(st.integers(1, 300), max_size=25).map(sorted), before=st.integers(0, 1))
@settings(max_examples=15)
def test_frames_of_one_call_are_those_of_step_by_step(data, marks, before):
    marks = [mark + before for mark in marks]
    one, other = shared(data), shared(data)
    one.advance(before)
    expected = []
    for mark in marks:
        other.advance(mark - other.iteration)
        expected.append(bits(other.frame()))
    assert [bits(frame) for frame in one.frames(marks)] == expected
    assert one.iteration == (marks or [before])[-1]


@pytest.mark.parametrize("data", SHAPES.values(), ids=SHAPES)
def test_more_frames_than_one_call_gives(data):
    marks = list(range(1, 2 * MOST_FRAMES + 10))
    one, other = shared(data), shared(data)
    assert [bits(frame) for frame in one.frames(marks)] == [bits(trained_to(other, 1)) for _ in marks]


def test_steps_longer_than_a_call_can_take_are_taken_in_several():
    with mock.patch.object(kernel_engine, "MOST_ITERATIONS", 7):
        one, marks = shared(XOR), [3, 40, 41, 100]
        frames = [bits(frame) for frame in one.frames(marks)]
        one.advance(50)
    other = shared(XOR)
    assert frames == [bits(frame) for frame in other.frames(marks)]
    assert bits(one.frame()) == bits(trained_to(other, 50))


def test_a_frame_given_away_is_not_changed_by_training_on():
    engine = shared(XOR)
    given_away = [engine.frame(), *engine.frames([1, 5])]
    before = [bits(frame) for frame in given_away]
    engine.frames([10, 20])
    shared(seeded(XOR, 9)).frames([3])
    assert [bits(frame) for frame in given_away] == before


def test_looking_at_a_frame_does_not_change_the_training():
    one, other = shared(BATCHES), shared(BATCHES)
    for _ in range(20):
        one.advance(3)
        one.frame()
    assert bits(one.frame()) == bits(trained_to(other, 60))


turns = st.lists(st.tuples(st.integers(0, 4), st.sampled_from(["advance", "frames", "frame", "save", "restore"])))


@pytest.mark.parametrize("data", SHAPES.values(), ids=SHAPES)
@given(turns=turns)
@settings(max_examples=25)
def test_runs_that_share_a_kernel_each_keep_their_own(data, turns):
    """Other starts, learning rates and numbers, one shape; in turns as hypothesis says, against each alone."""
    rows = Problem.from_dict(data).to_dict()["table"]["rows"]
    moved = [[None if cell is None else cell / 2 + 0.1 for cell in row] for row in rows]
    table = Problem.from_dict(data).to_dict()["table"]
    kinds = [data, seeded(data, 2), seeded(data, 1, 0.1), {**data, "table": {**table, "rows": moved}}, seeded(data, 7)]
    together, alone = [shared(kind) for kind in kinds], [compiled(kind) for kind in kinds]
    assert len({id(engine.kernel) for engine in together}) == 1
    assert len({id(engine.kernel) for engine in alone}) == len(kinds)
    saved = {}
    for place, act in turns:
        pair = together[place], alone[place]
        if act == "advance":
            [engine.advance(5) for engine in pair]
        elif act == "frames":
            marks = [pair[0].iteration + step for step in (1, 4)]
            one, other = ([bits(frame) for frame in engine.frames(marks)] for engine in pair)
            assert one == other
        elif act == "save":
            saved[place] = [engine.save() for engine in pair]
        elif act == "restore" and place in saved:
            [engine.restore(state) for engine, state in zip(pair, saved[place], strict=True)]
        else:
            assert bits(pair[0].frame()) == bits(pair[1].frame())
    for one, other in zip(together, alone, strict=True):
        assert bits(one.frame()) == bits(other.frame())


def test_more_shapes_than_are_kept():
    tables = [patterned([2] * rows) for rows in range(1, KEPT + 5)]
    engines = [shared(data) for data in tables]
    for engine in engines:
        engine.advance(7)
    again = [shared(data) for data in tables]
    for engine in again[::-1]:
        engine.advance(20)
    for engine in engines:
        engine.advance(13)
    assert [bits(engine.frame()) for engine in engines] == [bits(engine.frame()) for engine in again]
    assert len(kept_kernels) == KEPT


def test_an_edit_that_keeps_the_shape_compiles_nothing():
    with mock.patch.object(kernel_engine, "compile_kernel", wraps=kernel_engine.compile_kernel) as compiling:
        shared(XOR)
        shared(seeded(XOR, 5, 0.1))
        shared({**XOR, "training": {"iterations": 5}})
        shared(with_rows(XOR, [[1, 2, 3], [4, 5, 6], [7, 8, 9], [0, 0, 1]]))
        shared(XOR, nudged=True)
        assert compiling.call_count == 1
        shared(with_rows(XOR, [[1, 2, None], [4, 5, 6], [7, 8, 9], [0, 0, 1]]))
        assert compiling.call_count == 2


@pytest.mark.parametrize("engine", ENGINES)
def test_a_saved_state_is_gone_back_to_as_often_as_one_likes(engine):
    run = ENGINES[engine](Problem.from_dict(XOR), False)
    run.advance(30)
    saved, there = run.save(), bits(run.frame())
    after = bits(trained_to(run, 20))
    for _ in range(3):
        run.restore(saved)
        assert bits(run.frame()) == there
        assert bits(trained_to(run, 20)) == after


@pytest.mark.parametrize("code", [UNROLLED, LOOPED])
def test_two_compilations_train_to_the_same_bits(code):
    assert bits(trained_to(compiled(XOR, code), 500)) == bits(trained_to(compiled(XOR, code), 500))


@pytest.mark.parametrize("seconds", [0, 0.001, 10])
@pytest.mark.parametrize("iterations", [0, 1, 255, 256, 5_000])
def test_a_run_has_the_same_frames_in_slices_of_any_length(seconds, iterations):
    data = {**BATCHES, "training": {**BATCHES["training"], "iterations": iterations}}
    frames = frames_of(Run(Problem.from_dict(data), "compiled"), [0.0, 0.0, seconds])
    marks = list(frame_marks(iterations))
    assert [frame.iteration for frame in frames] == marks
    assert [bits(frame) for frame in frames[1:]] == [bits(frame) for frame in compiled(data).frames(marks[1:])]


def test_kernels_no_longer_kept_are_let_go():
    engine = shared(XOR)
    engine.frame()
    gone = weakref.ref(engine.kernel)
    del engine
    kept_kernels.clear()
    gc.collect()
    assert gone() is None
