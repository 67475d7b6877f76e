"""Training with a compiled kernel, behind the interface of training/engine.py."""

import struct
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from math import isfinite
from weakref import ref

from tenlines.data.table import Cell
from tenlines.errors import SettingError
from tenlines.methods.starts import STARTS
from tenlines.problem import Problem
from tenlines.training.frames import Doubles, EngineState, Frame, doubles
from tenlines.training.initial_weights import initial_parameters
from tenlines.training.kernel.compiler import compile_kernel
from tenlines.training.kernel.host import Instance, instantiate
from tenlines.training.kernel.layout import DOUBLE, Layout, Shape

MOST_BYTES = 1 << 30
KEPT = 16  # kernels, so that an edit that keeps the shape, or takes back one that did not, compiles nothing
MOST_ITERATIONS = 1 << 30  # of one call: an i32


class CompiledEngine:
    """A problem in training on the kernel of its shape, which it shares with others: see `_instance`."""

    def __init__(self, problem: Problem, nudged: bool = False):
        settings, bias = problem.training, problem.network.bias
        rows = problem.table.rows
        self.inputs = len(problem.table.inputs)
        teaches, held_out = problem.teaching(), problem.held_out()
        # the places of the rows in the table: those that teach, then those that only ask
        self.order = sorted(range(len(rows)), key=teaches.__getitem__, reverse=True)
        self.rows = [rows[place] for place in self.order]
        self.held_out = [held_out[place] for place in self.order]
        teaching = sum(teaches)
        shape = Shape(
            sizes=tuple(problem.sizes()),
            activations=tuple(problem.activations()),
            bias=bias,
            teaching=teaching,
            asking=len(rows) - teaching,
            batch_size=None if (settings.batch_size or teaching) >= teaching else settings.batch_size,
            masked=any(None in row for row in self.rows[:teaching]),
            loss=settings.loss,
            optimizer=settings.optimizer,
            penalties=tuple(settings.penalties()),
            shuffled=problem.is_shuffled,
            tests=any(held_out),
        )
        self.learning_rate, self.penalties = settings.learning_rate, settings.penalties()
        self.seed = settings.seed
        weights = initial_parameters(problem.sizes(), bias, settings.seed, nudged, STARTS[settings.initial])
        # While another engine has the kernel's memory; what the optimizer keeps begins at 0.
        self.state = weights.tobytes().ljust(shape.state_size * DOUBLE, b"\0")
        self.iteration = 0
        self.kernel = kernel_for(shape)

    def _instance(self) -> Instance:
        """The kernel's instance with this problem in its memory; the engine that was there first saves its state."""
        kernel = self.kernel
        user = kernel.user()
        if user is not self:
            if user is not None:
                user.state = user.save()[1]
            kernel.user = ref(self)
            self._fill(kernel.layout, kernel.instance)
        return kernel.instance

    def _fill(self, layout: Layout, instance: Instance) -> None:
        shape = layout.shape
        slots = [shape.slot_of(place) for place in range(len(self.rows))]
        offsets = array("i", [slot * DOUBLE for _, slot in sorted(zip(self.order, slots, strict=True))])
        outputs = range(self.inputs, self.inputs + shape.sizes[-1])

        def write_columns(at: int, columns: Iterable[list[Cell]]) -> None:
            for column in columns:
                values = array("d", [0.0]) * shape.slots
                for slot, cell in zip(slots, column, strict=True):
                    values[slot] = 0.0 if cell is None else cell
                if shape.shuffled:
                    values[shape.table_slots :] = values[: shape.teaching_slots]
                instance.write(at, values.tobytes())
                at += layout.stride

        instance.write(layout.parameters, self.state)
        instance.write(layout.learning_rate, struct.pack("<d", self.learning_rate))
        for name, at in layout.penalties.items():
            instance.write(at, struct.pack("<d", self.penalties[name]))
        instance.write(layout.rows, offsets.tobytes())
        if shape.shuffled:
            instance.write(layout.seed, struct.pack("<I", self.seed))
            instance.write(layout.places, array("i", (slot * DOUBLE for slot in slots[: shape.teaching])).tobytes())
            self._write_passes(instance)
        write_columns(layout.output[0], ([row[n] for row in self.rows] for n in range(self.inputs)))
        write_columns(layout.target, ([row[n] for row in self.rows] for n in outputs))
        places = [(layout.known, layout.known_count)]
        places += [(layout.tested, layout.tested_count)] if shape.tests else []
        for of_held_out, (at, count) in enumerate(places):
            counted = [
                [float(cell is not None and held_out == of_held_out) for cell in row[self.inputs :]]
                for row, held_out in zip(self.rows, self.held_out, strict=True)
            ]
            write_columns(at, ([row[n] for row in counted] for n in range(shape.sizes[-1])))
            instance.write(count, struct.pack("<d", sum(map(sum, counted))))

    def advance(self, iterations: int) -> None:
        for at in range(0, iterations, MOST_ITERATIONS):
            self._instance().call("advance", min(MOST_ITERATIONS, iterations - at))
        self.iteration += iterations

    def frame(self) -> Frame:
        self._instance().call("record", self.kernel.layout.frames)
        return self._read(1, [self.iteration])[0]

    def frames(self, marks: Sequence[int]) -> list[Frame]:
        result: list[Frame] = []
        for at in range(0, len(marks), self.kernel.layout.most_frames):
            part = marks[at : at + self.kernel.layout.most_frames]
            steps = [mark - before for before, mark in pairwise([self.iteration, *part])]
            if max(steps) > MOST_ITERATIONS:
                for mark in part:
                    self.advance(mark - self.iteration)
                    result.append(self.frame())
                continue
            self._instance().write(self.kernel.layout.marks, array("i", steps).tobytes())
            self._instance().call("run", len(part))
            self.iteration = part[-1]
            result += self._read(len(part), part)
        return result

    def _read(self, count: int, iterations: Sequence[int]) -> list[Frame]:
        size = self.kernel.layout.frame_size // DOUBLE
        block = self._instance().read(self.kernel.layout.frames, count * size)
        return [self._frame(iteration, block[at * size : (at + 1) * size]) for at, iteration in enumerate(iterations)]

    def _frame(self, iteration: int, block: Doubles) -> Frame:
        shape = self.kernel.layout.shape
        numbers, not_finite = block[:-1], block[-1]
        size = len(self.rows), shape.sizes[-1]
        frame = Frame(iteration, numbers, shape.parameters, shape.state_size, size, not_finite == 0)
        errors = numbers[frame.outputs_end :]
        if all(map(isfinite, errors)) or not frame.is_finite:
            return frame
        outputs = frame.outputs.tolist()
        errors = array("d", [self._error(outputs, of_held_out) for of_held_out in range(len(errors))])
        return replace(frame, numbers=doubles(numbers[: frame.outputs_end].tobytes() + errors.tobytes()))

    def _error(self, outputs: list[list[float]], of_held_out: int) -> float:
        """The mean of |Y - output| over the known cells, where only their sum is too large for a number."""
        misses = [
            abs(y - output)
            for place, row, held_out in zip(self.order, self.rows, self.held_out, strict=True)
            for y, output in zip(row[self.inputs :], outputs[place], strict=True)
            if y is not None and held_out == of_held_out
        ]
        return sum(miss / len(misses) for miss in misses)

    def save(self) -> EngineState:
        layout = self.kernel.layout
        return self.iteration, self._instance().read(layout.parameters, layout.shape.state_size).tobytes()

    def restore(self, state: EngineState) -> None:
        self.iteration, numbers = state
        self._instance().write(self.kernel.layout.parameters, numbers)
        if self.kernel.layout.shape.shuffled:
            self._write_passes(self._instance())

    def _write_passes(self, instance: Instance) -> None:
        """The kernel counts the passes by itself, in 32 bits, as it makes them."""
        instance.write(self.kernel.layout.passes, struct.pack("<I", self.iteration % 2**32))


class Kernel:
    """A compiled shape, and the engine whose problem is in its memory."""

    def __init__(self, layout: Layout):
        self.layout = layout
        self.instance = instantiate(compile_kernel(layout))
        # A weak reference, so that the engine can be freed.
        self.user: Callable[[], CompiledEngine | None] = lambda: None


kept_kernels: dict[Shape, Kernel] = {}  # the one used last stands last


def kernel_for(shape: Shape) -> Kernel:
    """The kernel of a shape, compiled unless it is kept. Raises SettingError and RuntimeError."""
    kernel = kept_kernels.pop(shape, None) or compiled(Layout(shape))
    kept_kernels[shape] = kernel
    while len(kept_kernels) > 1 and (len(kept_kernels) > KEPT or bytes_kept() > MOST_BYTES):
        del kept_kernels[next(iter(kept_kernels))]
    return kernel


def bytes_kept() -> int:
    return sum(kernel.layout.bytes for kernel in kept_kernels.values())


def compiled(layout: Layout) -> Kernel:
    if layout.bytes > MOST_BYTES:
        raise SettingError(
            f"This network on this table needs {layout.bytes:,} bytes of memory; {MOST_BYTES:,} are the most. "
            "Take fewer rows, columns or units.",
            field="network.hidden",
        )
    return Kernel(layout)
