"""A frame: the network after some iteration, with its outputs for every row."""

from dataclasses import dataclass
from math import inf, isfinite, isnan
from typing import Any, TypeAlias

Doubles: TypeAlias = "memoryview[float]"
# An iteration and all that training needs to go on from it, as doubles: the weights as a frame has them, then whatever
# else the engine keeps. Both engines have the same for one problem.
EngineState: TypeAlias = tuple[int, bytes]


@dataclass(frozen=True, eq=False)
class Frame:
    iteration: int
    # The state, the outputs row by row, the error and, where rows are held out, the error of these.
    numbers: Doubles
    parameters: int  # the weights, which are the first numbers of the state
    state_size: int
    shape: tuple[int, int]  # (rows, outputs)
    is_finite: bool  # whether the weights, and the outputs of rows that teach, are numbers to compute with

    @property
    def weights(self) -> Doubles:
        """(parameters,): layer after layer, weights row by row, then the bias."""
        return self.numbers[: self.parameters]

    @property
    def state(self) -> EngineState:
        return self.iteration, self.numbers[: self.state_size].tobytes()

    @property
    def outputs(self) -> Any:
        """(rows, outputs)"""
        return self.numbers[self.state_size : self.outputs_end].cast("B").cast("d", self.shape)

    @property
    def error(self) -> float:
        """The mean of |Y - output| over the known cells of rows that are not held out."""
        return self.numbers[self.outputs_end]

    @property
    def held_out_error(self) -> float | None:
        """The same of the rows that are held out; None where none are."""
        return self.numbers[-1] if len(self.numbers) > self.outputs_end + 1 else None

    @property
    def outputs_end(self) -> int:
        return self.state_size + self.shape[0] * self.shape[1]

    @property
    def is_all_finite(self) -> bool:
        """Whether every number is, the answers to `?` and the error among them."""
        return self.is_finite and all(map(isfinite, self.numbers))


def doubles(data: bytes | bytearray) -> Doubles:
    return memoryview(data).cast("d")


def distance(one: Frame, other: Frame) -> float:
    """How far apart two networks are: the largest difference of a weight or an output, relative to its size.

    The size of an output is that of the largest in its column; what is smaller than 1 counts as 1.
    """
    first, end, width = one.state_size, one.outputs_end, one.shape[1]
    weights = max(apart(a, b) / max(1.0, abs(a)) for a, b in zip(one.weights, other.weights, strict=True))
    columns = ((one.numbers[at:end:width], other.numbers[at:end:width]) for at in range(first, first + width))
    return max(
        weights,
        *(
            max(apart(a, b) for a, b in zip(ours, theirs, strict=True)) / max(1.0, *map(size, ours))
            for ours, theirs in columns
        ),
    )


def shift(one: Frame, other: Frame) -> float:
    """How much an answer differs at most, relative to its size; what is smaller than 1 counts as 1."""
    outputs = (frame.numbers[frame.state_size : frame.outputs_end] for frame in (one, other))
    return max(apart(a, b) / max(1.0, size(a)) for a, b in zip(*outputs, strict=True))


def size(value: float) -> float:
    """Of an answer: one to `?` may be too large for a number, and then it has none."""
    return abs(value) if isfinite(value) else 0.0


def apart(a: float, b: float) -> float:
    """An answer to `?` may be too large for a number: the same infinity in both is no difference."""
    return 0.0 if a == b else inf if isnan(a - b) else abs(a - b)
