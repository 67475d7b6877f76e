"""Compiles the training of a shape to WebAssembly."""

import struct

from tenlines.randomness import WORDS, seeded_state
from tenlines.training.kernel import looped, shuffling, unrolled
from tenlines.training.kernel.exponential import table
from tenlines.training.kernel.expressions import f64, i32, load_f64, load_i32
from tenlines.training.kernel.layout import DOUBLE, Layout
from tenlines.training.kernel.wasm import Function, module

FORWARD, ADVANCE, RECORD, RUN = range(4)
BACKWARD, UPDATE, SHUFFLE = range(4, 7)  # only where training is looped, or rows are shuffled


def compile_kernel(layout: Layout) -> bytes:
    """The bytes of a module that exports its memory, laid out so, and

    run(frames): for each of the first `frames` steps in `marks`, iterates as often as it says and records the frame,
    advance(iterations), and record(address). Where the shape does not train it exports

    forward(first, end): the outputs of all layers, of the rows from one byte offset in a column up to another.
    """
    if not layout.shape.trains:
        return module([looped.forward(layout)], {"forward": FORWARD}, layout.pages, {layout.exp_table: table()})
    if unrolled.fits(layout.shape):
        advance, steps = unrolled.advance(layout), []
    else:
        advance, steps = looped_advance(layout), [looped.backward(layout), looped.update(layout)]
    functions = [looped.forward(layout), advance, record(layout), run(layout), *steps]
    data = {layout.exp_table: table()}
    if layout.shape.shuffled:
        functions.append(shuffling.shuffle(layout))
        data[layout.first_generator] = struct.pack(f"<{WORDS}I", *seeded_state(shuffling.BEFORE_SEEDING))
    exports = {"advance": ADVANCE, "record": RECORD, "run": RUN}
    return module(functions, exports, layout.pages, data)


def looped_advance(layout: Layout) -> Function:
    """Iterates as often as its parameter says, batch after batch."""
    f = Function(parameters=1)
    shape = layout.shape
    whole, batch = shape.teaching_slots * DOUBLE, shape.batch_slots * DOUBLE
    full = whole // batch * batch
    at = shape.table_slots * DOUBLE if shape.shuffled else 0

    def train(first, end) -> None:
        for function in (FORWARD, BACKWARD, UPDATE):
            f.call(function, first + at, end + at)

    with f.loop(0, f.parameter(0), 1):
        if shape.shuffled:
            f.call(SHUFFLE)
        with f.loop(0, full, batch) as first:
            train(first, first + batch)
        if full < whole:
            train(full, whole)
    return f


def record(layout: Layout) -> Function:
    """Writes the frame at the address of its parameter: state, outputs in table order, error, that of rows held out
    where there are any, and a last number that is 0 as long as the state and the outputs of teaching rows are finite,
    else nan: x - x of each.
    """
    f = Function(parameters=1)
    shape, into = layout.shape, f.parameter(0)
    f.call(FORWARD, 0, shape.table_slots * DOUBLE)
    not_finite = f.let(f64(0.0))
    with f.loop(0, shape.state_size * DOUBLE, DOUBLE) as at:
        number = f.let(load_f64(at, layout.parameters))
        f.store_f64(into + at, 0, number)
        f.set(not_finite, not_finite + (number - number))
    columns = f.loop(0, shape.sizes[-1] * layout.stride, layout.stride)
    with columns as column, f.loop(0, shape.teaching_slots * DOUBLE, DOUBLE) as row:
        output = f.let(load_f64(column + row, layout.output[-1]))
        f.set(not_finite, not_finite + (output - output))
    to = f.let(into + shape.state_size * DOUBLE)
    columns_of = [(layout.known, layout.known_count)]
    columns_of += [(layout.tested, layout.tested_count)] if shape.tests else []
    missed = [f.let(f64(0.0)) for _ in columns_of]
    with f.loop(0, (shape.teaching + shape.asking) * 4, 4) as row:
        slot = f.let(load_i32(row, layout.rows))
        for column in range(shape.sizes[-1]):
            step = column * layout.stride
            output = f.let(load_f64(slot, layout.output[-1] + step))
            f.store_f64(to, column * DOUBLE, output)
            miss = (load_f64(slot, layout.target + step) - output).abs()
            miss = f.let(miss) if shape.tests else miss
            for total, (counts, _) in zip(missed, columns_of, strict=True):
                f.set(total, total + miss * load_f64(slot, counts + step))
        f.set(to, to + shape.sizes[-1] * DOUBLE)
    for place, (total, (_, count)) in enumerate(zip(missed, columns_of, strict=True)):
        f.store_f64(to, place * DOUBLE, total / load_f64(i32(0), count))
    f.store_f64(to, len(missed) * DOUBLE, not_finite)
    return f


def run(layout: Layout) -> Function:
    """Trains from frame to frame, its parameter says how many."""
    f = Function(parameters=1)
    with f.loop(0, f.parameter(0), 1) as frame:
        f.call(ADVANCE, load_i32(frame << 2, layout.marks))
        f.call(RECORD, frame * layout.frame_size + layout.frames)
    return f
