"""Where each quantity lies in a kernel's memory.

Rows are innermost: a column of rows, 8 bytes a row, for every input, unit and output. Rows that teach come first, batch
after batch, each batch filled up to an even number of rows, since two are computed at once; rows that only ask follow.
A filling row is all 0 and not known, so that it teaches nothing. Where they are shuffled, those that teach follow once
more.
"""

from dataclasses import dataclass
from functools import cached_property

from tenlines.methods.activations import ACTIVATIONS
from tenlines.methods.optimizers import OPTIMIZERS
from tenlines.randomness import WORDS
from tenlines.training.kernel.exponential import N

PAGE = 1 << 16
DOUBLE = 8
PAIR = 2 * DOUBLE  # bytes of two rows
LINE = 64  # bytes of a cache line
MOST_FRAMES = 256  # of one call
MOST_FRAME_BYTES = 1 << 25  # of their memory; fewer frames a call where the table is large


@dataclass(frozen=True)
class Shape:
    """All that a kernel depends on; an edit that keeps it compiles nothing."""

    sizes: tuple[int, ...]  # units from the inputs to the outputs
    activations: tuple[str, ...]  # of each layer
    bias: bool
    teaching: int  # rows with a known output
    asking: int  # the other rows
    batch_size: int | None
    masked: bool  # whether some output of a teaching row is unknown
    loss: str = "squared"
    optimizer: str = "gd"
    penalties: tuple[str, ...] = ()  # those whose strength is not 0
    shuffled: bool = False
    tests: bool = False  # whether some of the asking rows are held out, and have an error of their own
    trains: bool = True  # False: the kernel only computes outputs, of rows that it is given

    @cached_property
    def batch(self) -> int:
        return min(self.batch_size or self.teaching, self.teaching)

    @property
    def batch_slots(self) -> int:
        return self.batch + self.batch % 2

    @cached_property
    def teaching_slots(self) -> int:
        full, rest = divmod(self.teaching, self.batch)
        return full * self.batch_slots + rest + rest % 2

    @cached_property
    def table_slots(self) -> int:
        """Rows in memory, filling ones included, in the order of the table."""
        return self.teaching_slots + self.asking + self.asking % 2

    @property
    def slots(self) -> int:
        """Where rows are shuffled, those that teach are there once more, in the order of the pass."""
        return self.table_slots + (self.teaching_slots if self.shuffled else 0)

    @property
    def needs_mask(self) -> bool:
        return self.masked or self.batch % 2 == 1 or self.teaching % self.batch % 2 == 1

    @property
    def counted(self) -> int:
        """The columns whose known cells the mean of a loss is over: all outputs; or one, as of rows known whole."""
        return 1 if ACTIVATIONS[self.activations[-1]].power else self.sizes[-1]

    def slot_of(self, row: int) -> int:
        """The slot of the row-th teaching row, or of the asking rows after them."""
        if row >= self.teaching:
            return self.teaching_slots + row - self.teaching
        batch, place = divmod(row, self.batch)
        return batch * self.batch_slots + place

    @property
    def kept(self) -> int:
        """How many numbers the optimizer keeps beside each weight."""
        return len(OPTIMIZERS[self.optimizer].kept)

    @property
    def state_size(self) -> int:
        return self.parameters * (1 + self.kept) + self.counts

    @property
    def counts(self) -> bool:
        """Whether the number of updates made is the last number of the state."""
        return bool(OPTIMIZERS[self.optimizer].powers)

    @cached_property
    def parameters(self) -> int:
        return sum((fan_in + self.bias) * fan_out for fan_in, fan_out in zip(self.sizes, self.sizes[1:], strict=False))


class Layout:
    """Addresses in bytes, each a multiple of 16."""

    def __init__(self, shape: Shape):
        self.shape = shape
        self._end = 0
        self.exp_table = self._take(2 * N)
        # From a column to the next: an odd number of cache lines, or neighbouring columns would fall on the same few.
        self.stride = (-(-shape.slots * DOUBLE // LINE) | 1) * LINE
        self.weights: list[int] = []  # (fan_in, fan_out), row by row
        self.bias: list[int] = []  # (fan_out,)
        # The state: the weights, what the optimizer keeps beside each, the same number of bytes further on, and the
        # number of updates made.
        self.parameters = at = self._take(shape.state_size)
        self.kept = [(place + 1) * shape.parameters * DOUBLE for place in range(shape.kept)]
        self.updates = at + (shape.state_size - 1) * DOUBLE  # where there is that number
        for fan_in, fan_out in zip(shape.sizes, shape.sizes[1:], strict=False):
            self.weights.append(at)
            self.bias.append(at + fan_in * fan_out * DOUBLE)
            at += (fan_in + shape.bias) * fan_out * DOUBLE
        self.output = [self._columns(size) for size in shape.sizes]  # of each layer; [0] is X
        if shape.trains:
            self._take_for_training(shape)
        self.bytes = self._end

    def _take_for_training(self, shape: Shape) -> None:
        self.learning_rate = self._take(1)
        self.penalties = {name: self._take(1) for name in shape.penalties}  # their strengths
        self.delta = [0] + [self._columns(size) for size in shape.sizes[1:]]
        self.target = self._columns(shape.sizes[-1])  # Y, 0 where unknown
        self.known = self._columns(shape.sizes[-1])  # 1 or 0
        self.known_count = self._take(1)  # of the whole table
        if shape.tests:  # 1 or 0, and their count: known, and held out
            self.tested, self.tested_count = self._columns(shape.sizes[-1]), self._take(1)
        self.rows = self._take((shape.teaching + shape.asking + 1) // 2)  # i32: byte offset of each table row's slot
        if shape.shuffled:
            self.seed, self.passes = self._take(1), self._take(1)  # i32; passes: made so far
            self.first_generator = self._take(WORDS // 2)  # i32 each: the generator's words before it is seeded
            self.generator = self._take(WORDS // 2)
            self.places = self._take((shape.teaching + 1) // 2)  # i32: byte offset of the slot of each row that teaches
            self.order = self._take((shape.teaching + 1) // 2)  # the same, in the order of the pass
        self.marks = self._take(MOST_FRAMES // 2)  # i32: the iterations up to each frame from the one before
        self.frame_size = (
            shape.state_size + (shape.teaching + shape.asking) * shape.sizes[-1] + 2 + shape.tests
        ) * DOUBLE
        self.most_frames = max(1, min(MOST_FRAMES, MOST_FRAME_BYTES // self.frame_size))
        self.frames = self._take(self.most_frames * self.frame_size // DOUBLE)

    def _take(self, doubles: int) -> int:
        at = self._end
        self._end += (doubles * DOUBLE + 15) // 16 * 16
        return at

    def _columns(self, count: int) -> int:
        return self._take(count * self.stride // DOUBLE)

    @property
    def pages(self) -> int:
        return -(-self.bytes // PAGE)
