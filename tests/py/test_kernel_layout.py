"""Where a kernel's quantities lie, and how much code there is: valid, the same twice, and small."""

from dataclasses import replace
from itertools import pairwise

import pytest
import wasmtime
from hypothesis import given, settings
from hypothesis import strategies as st
from kernel_tools import shape
from strategies import ACTIVATIONS

from tenlines.training.kernel import looped, unrolled
from tenlines.training.kernel.compiler import compile_kernel
from tenlines.training.kernel.layout import PAGE, Layout

ENGINE = wasmtime.Engine()


@st.composite
def shapes(draw):
    hidden = draw(st.lists(st.integers(1, 64) | st.integers(1, 256), max_size=6))
    sizes = [draw(st.integers(1, 30)), *hidden, draw(st.integers(1, 10))]
    made = shape(
        *sizes,
        rows=draw(st.integers(1, 300)),
        asking=draw(st.integers(0, 9)),
        bias=draw(st.booleans()),
        batch_size=draw(st.none() | st.integers(1, 310)),
        masked=draw(st.booleans()),
    )
    shuffled = (made.batch_size or 310) < made.teaching and draw(st.booleans())
    names = st.lists(st.sampled_from(ACTIVATIONS), min_size=len(sizes) - 1, max_size=len(sizes) - 1)
    return type(made)(**{**made.__dict__, "activations": tuple(draw(names)), "shuffled": shuffled})


def blocks(layout):
    """(name, address, bytes) of every quantity in memory."""
    sizes, columns = layout.shape.sizes, layout.shape.slots * 8
    rows = layout.shape.teaching + layout.shape.asking
    yield "exp table", layout.exp_table, 2048
    for layer, (fan_in, fan_out) in enumerate(pairwise(sizes)):
        yield f"weights {layer}", layout.weights[layer], fan_in * fan_out * 8
        yield f"bias {layer}", layout.bias[layer], fan_out * 8 * layout.shape.bias
        yield f"delta {layer + 1}", layout.delta[layer + 1], fan_out * columns
    for layer, size in enumerate(sizes):
        yield f"output {layer}", layout.output[layer], size * columns
    yield from [("target", layout.target, sizes[-1] * columns), ("known", layout.known, sizes[-1] * columns)]
    yield from [("learning rate", layout.learning_rate, 8), ("known count", layout.known_count, 8)]
    yield from [("rows", layout.rows, 4 * rows), ("marks", layout.marks, 4 * layout.most_frames)]
    if layout.shape.shuffled:
        yield from [("seed", layout.seed, 4), ("passes", layout.passes, 4)]
        yield from [("words", layout.generator, 624 * 4), ("first words", layout.first_generator, 624 * 4)]
        yield from [(name, at, 4 * layout.shape.teaching) for name, at in (("a", layout.places), ("b", layout.order))]
    yield "frames", layout.frames, layout.most_frames * layout.frame_size


@given(shapes())
@settings(max_examples=60)
def test_every_kernel_validates_is_the_same_twice_and_its_quantities_do_not_overlap(drawn):
    layout = Layout(drawn)
    code = compile_kernel(layout)
    wasmtime.Module.validate(ENGINE, code)
    assert compile_kernel(Layout(drawn)) == code
    placed = sorted((at, at + size, name) for name, at, size in blocks(layout) if size)
    for (_, end, name), (begin, _, after) in pairwise(placed):
        assert end <= begin, f"{name} runs into {after}"
    assert placed[-1][1] <= layout.bytes <= layout.pages * PAGE < layout.bytes + PAGE


@given(shapes())
@settings(max_examples=60)
def test_every_row_has_a_place_of_its_own_and_every_batch_whole_pairs(drawn):
    rows = drawn.teaching + drawn.asking
    places = [drawn.slot_of(row) for row in range(rows)]
    assert len(set(places)) == rows
    assert max(places) < drawn.slots
    assert drawn.slots % 2 == drawn.batch_slots % 2 == drawn.teaching_slots % 2 == 0
    assert all((place < drawn.teaching_slots) == (row < drawn.teaching) for row, place in enumerate(places))
    for row in range(drawn.teaching):
        batch = row // drawn.batch
        assert batch * drawn.batch_slots <= places[row] < (batch + 1) * drawn.batch_slots
    gaps = set(range(drawn.teaching_slots)) - set(places)
    assert drawn.needs_mask or not gaps, "a filling row would teach"


@pytest.mark.parametrize("bias", [False, True])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_bytes_stay_few_where_the_network_is_large(activation, bias):
    large = shape(100, 64, 64, 10, rows=100, activation=activation, bias=bias)
    assert len(compile_kernel(Layout(large))) < 40_000
    deepest = shape(100, *[64] * 6, 10, rows=101, asking=7, batch_size=13, activation=activation, bias=bias)
    assert len(compile_kernel(Layout(deepest))) < 100_000


@pytest.mark.parametrize(("optimizer", "most"), [("gd", 300_000), ("adam", 700_000)])
def test_the_bytes_of_the_largest_network_stay_few_and_its_memory_sane(optimizer, most):
    largest = Layout(replace(shape(100, *[256] * 6, 10, rows=100), optimizer=optimizer))
    assert len(compile_kernel(largest)) < most
    assert largest.bytes < 50_000_000


def test_more_rows_do_not_make_more_code():
    few, many = (len(compile_kernel(Layout(shape(10, 16, 1, rows=rows)))) for rows in (200, 200_000))
    assert many < 1.1 * few, "only longer numbers"


def test_code_without_loops_is_for_what_is_small():
    sizes = [shape(*sizes, rows=rows) for sizes in [(3, 1), (2, 4, 1), (30, 1), (1, 1)] for rows in range(1, 40)]
    assert {unrolled.fits(size) for size in sizes} == {True, False}
    assert max(len(compile_kernel(Layout(size))) for size in sizes if unrolled.fits(size)) < 40_000


@pytest.mark.parametrize(("rows", "loops"), [(4, False), (400, True)])
def test_only_a_module_that_trains_with_loops_carries_their_functions(rows, loops):
    layout = Layout(shape(2, 4, 1, rows=rows))
    code = compile_kernel(layout)
    assert [step(layout).encode() in code for step in (looped.backward, looped.update)] == [loops, loops]
