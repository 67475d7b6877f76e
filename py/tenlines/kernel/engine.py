"""Training with a compiled kernel, behind the interface of engine.py."""

import numpy as np

from tenlines.errors import SettingError
from tenlines.frames import Frame
from tenlines.kernel.compiler import compile_kernel
from tenlines.kernel.host import Instance, instantiate
from tenlines.kernel.layout import DOUBLE, Layout, Shape
from tenlines.network import Array, initial_network, nudge, parameters
from tenlines.problem import Problem
from tenlines.training import mean_error

MOST_BYTES = 1 << 30
KEPT = 16  # kernels, so that an edit that keeps the shape, or takes back one that did not, compiles nothing
MOST_ITERATIONS = 1 << 30  # of one call: an i32


class CompiledEngine:
    """A problem in training on the kernel of its shape, which it shares with others: see `_instance`."""

    def __init__(self, problem: Problem, nudged: bool = False):
        settings = problem.training
        self.X, self.Y = problem.table.to_arrays()
        self.known = ~np.isnan(self.Y)
        self.teaches = self.known.any(axis=1)
        teaching = int(self.teaches.sum())
        shape = Shape(
            sizes=tuple(problem.sizes()),
            activations=tuple(problem.activations()),
            bias=problem.network.bias,
            teaching=teaching,
            asking=int((~self.teaches).sum()),
            batch_size=None if (settings.batch_size or teaching) >= teaching else settings.batch_size,
            masked=not self.known[self.teaches].all(),
        )
        self.learning_rate = settings.learning_rate
        layers = initial_network(problem.sizes(), problem.activations(), problem.network.bias, settings.seed)
        self.weights = parameters(nudge(layers) if nudged else layers).tobytes()
        self.iteration = 0
        self.kernel = kernel_for(shape)

    def _instance(self) -> Instance:
        """The kernel's instance with this problem in its memory; whoever was there takes its weights along."""
        kernel = self.kernel
        if kernel.user is not self:
            if kernel.user is not None:
                kernel.user.weights = kernel.user.save()[1]
            kernel.user = self
            self._fill(kernel.layout, kernel.instance)
        return kernel.instance

    def _fill(self, layout: Layout, instance: Instance) -> None:
        shape = layout.shape
        order = np.concatenate([np.flatnonzero(self.teaches), np.flatnonzero(~self.teaches)])
        slots = np.array([shape.slot_of(place) for place in range(len(order))])

        def columns(values: Array) -> bytes:
            """(rows, n) as n columns of slots, filling ones 0."""
            filled = np.zeros((values.shape[1], layout.stride // DOUBLE))
            filled[:, slots] = values[order].T
            return filled.tobytes()

        offsets = np.empty(len(order), dtype="<i4")
        offsets[order] = slots * DOUBLE
        instance.write(layout.parameters, self.weights)
        instance.write(layout.learning_rate, np.float64(self.learning_rate).tobytes())
        instance.write(layout.known_count, np.float64(self.known.sum()).tobytes())
        instance.write(layout.rows, offsets.tobytes())
        instance.write(layout.output[0], columns(self.X))
        instance.write(layout.target, columns(np.where(self.known, self.Y, 0.0)))
        instance.write(layout.known, columns(self.known.astype(np.float64)))

    def advance(self, iterations: int) -> None:
        for at in range(0, iterations, MOST_ITERATIONS):
            self._instance().call("advance", min(MOST_ITERATIONS, iterations - at))
        self.iteration += iterations

    def frame(self) -> Frame:
        self._instance().call("record", self.kernel.layout.frames)
        return self._read(1, [self.iteration])[0]

    def frames(self, marks: list[int]) -> list[Frame]:
        result: list[Frame] = []
        for at in range(0, len(marks), self.kernel.layout.most_frames):
            part = marks[at : at + self.kernel.layout.most_frames]
            steps = np.diff(part, prepend=self.iteration)
            if steps.max() > MOST_ITERATIONS:
                for mark in part:
                    self.advance(mark - self.iteration)
                    result.append(self.frame())
                continue
            self._instance().write(self.kernel.layout.marks, steps.astype("<i4").tobytes())
            self._instance().call("run", len(part))
            self.iteration = part[-1]
            result += self._read(len(part), part)
        return result

    def _read(self, count: int, iterations: list[int]) -> list[Frame]:
        size = self.kernel.layout.frame_size // DOUBLE
        block = self._instance().read(self.kernel.layout.frames, count * size).reshape(count, size)
        if not np.isfinite(block[:, -1]).all():  # the kernel's plain sum; the reference knows how to go on
            block = block.copy()
            for numbers in block:
                outputs = numbers[self.kernel.layout.shape.parameters : -1].reshape(self.Y.shape)
                with np.errstate(all="ignore"):
                    numbers[-1] = mean_error(self.Y, outputs)
        return [
            Frame(iteration, numbers, self.kernel.layout.shape.parameters, (len(self.Y), self.Y.shape[1]))
            for iteration, numbers in zip(iterations, block, strict=True)
        ]

    def save(self) -> tuple[int, bytes]:
        layout = self.kernel.layout
        return self.iteration, self._instance().read(layout.parameters, layout.shape.parameters).tobytes()

    def restore(self, saved: tuple[int, bytes]) -> None:
        self.iteration, weights = saved
        self._instance().write(self.kernel.layout.parameters, weights)


class Kernel:
    """A compiled shape, and the engine whose problem is in its memory."""

    def __init__(self, layout: Layout):
        self.layout = layout
        self.instance = instantiate(compile_kernel(layout))
        self.user: CompiledEngine | None = None


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
