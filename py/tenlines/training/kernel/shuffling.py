"""Puts the rows that teach in the order of a pass: numpy.random.RandomState([seed, pass]).permutation(rows), where the
first pass is 1.

So each pass has its order whatever came before it, and the first weights, which numpy.random.seed(seed) gives, are as
they are without. The generator is MT19937 of Matsumoto & Nishimura's mt19937ar.c (2002), seeded by init_by_array; the
order comes as NumPy's shuffle makes it, from the last place to the second.
"""

from tenlines.randomness import WORDS
from tenlines.training.kernel.expressions import I32Value, i32, load_f64, load_i32
from tenlines.training.kernel.layout import DOUBLE, Layout
from tenlines.training.kernel.wasm import Function

BEFORE_SEEDING = 19650218  # init_by_array begins with the words of this seed
WORD = 4  # bytes
END = WORDS * WORD
AHEAD = 397 * WORD  # the word that a new one is mixed with
ZERO = i32(0)


def shuffle(layout: Layout) -> Function:
    """Counts the pass, draws its order and puts the rows in it, behind those of the table."""
    f = Function()
    passes = f.let(load_i32(ZERO, layout.passes) + 1)
    f.store_i32(ZERO, layout.passes, passes)
    seed(f, layout, passes)
    draw_order(f, layout)
    shape, stride = layout.shape, layout.stride
    columns = [(layout.output[0], shape.sizes[0]), (layout.target, shape.sizes[-1])]
    columns += [(layout.known, shape.sizes[-1])] if shape.masked else []  # else all rows have the same
    for at, count in columns:
        into = at + shape.table_slots * DOUBLE
        with f.loop(0, count * stride, stride) as column, f.loop(0, shape.teaching * WORD, WORD) as row:
            value = load_f64(load_i32(row, layout.order) + column, at)
            f.store_f64(load_i32(row, layout.places) + column, into, value)
    return f


def seed(f: Function, layout: Layout, passes: I32Value) -> None:
    """init_by_array([seed, pass])"""
    words, last = layout.generator, END - WORD
    first_key, second_key = f.let(load_i32(ZERO, layout.seed)), f.let(passes + 1)  # each is added with its place
    before = f.let(load_i32(ZERO, layout.first_generator))

    def mix(at: I32Value, word: int, source: int, factor: int, added: I32Value) -> None:
        """Puts together a word, at this place in `source`, with the one before."""
        mixed = load_i32(at, source + word) ^ ((before ^ (before >> 30)) * factor)
        f.set(before, mixed + added)
        f.store_i32(at, words + word, before)

    with f.loop(WORD, last, 2 * WORD) as at:
        mix(at, 0, layout.first_generator, 1664525, first_key)
        mix(at, WORD, layout.first_generator, 1664525, second_key)
    mix(ZERO, last, layout.first_generator, 1664525, first_key)
    mix(ZERO, WORD, words, 1664525, second_key)
    with f.loop(2 * WORD, END, WORD) as at:
        mix(at, 0, words, 1566083941, ZERO - (at >> 2))
    mix(ZERO, WORD, words, 1566083941, i32(-1))
    f.store_i32(ZERO, words, i32(1 << 31))


def draw_order(f: Function, layout: Layout) -> None:
    """The places of the rows, exchanged from the last to the second, each with one drawn of those up to it."""
    rows, order = layout.shape.teaching, layout.order
    with f.loop(0, rows * WORD, WORD) as row:
        f.store_i32(row, order, load_i32(row, layout.places))
    drawn, at = f.let(ZERO), f.let(ZERO)
    with f.loop(0, rows - 1, 1) as done:
        last = f.let(i32(rows - 1) - done)
        mask = f.let(i32(-1) >> last.leading_zeros())
        with f.repeat() as again:
            f.set(drawn, draw(f, layout.generator, at) & mask)
            again(last < drawn)
        kept = f.let(load_i32(last << 2, order))
        f.store_i32(last << 2, order, load_i32(drawn << 2, order))
        f.store_i32(drawn << 2, order, kept)


def draw(f: Function, words: int, at: I32Value) -> I32Value:
    """The next number of 32 bits (genrand_int32); at: the byte offset of its word, which goes up."""
    above = f.let(at + WORD)
    f.set(above, above * (above < END))
    ahead = f.let(at + AHEAD)
    f.set(ahead, ahead - (i32(END - 1) < ahead) * END)
    y = f.let((load_i32(at, words) & (1 << 31)) | (load_i32(above, words) & (1 << 31) - 1))
    f.set(y, load_i32(ahead, words) ^ (y >> 1) ^ ((y & 1) * 0x9908B0DF))
    f.store_i32(at, words, y)
    f.set(at, above)
    f.set(y, y ^ (y >> 11))
    f.set(y, y ^ ((y << 7) & 0x9D2C5680))
    f.set(y, y ^ ((y << 15) & 0xEFC60000))
    return f.let(y ^ (y >> 18))
