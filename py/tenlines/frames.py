"""A frame: the network after some iteration, and what it says about every row."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tenlines.network import Array


@dataclass(frozen=True)
class Frame:
    iteration: int
    numbers: Array  # (parameters + rows · outputs + 1,): the weights, the outputs row by row, the error
    parameters: int
    shape: tuple[int, int]  # (rows, outputs)

    @property
    def weights(self) -> Array:
        """(parameters,): layer after layer, weights row by row, then the bias."""
        return self.numbers[: self.parameters]

    @property
    def outputs(self) -> Array:
        """(rows, outputs)"""
        return self.numbers[self.parameters : -1].reshape(self.shape)

    @property
    def error(self) -> float:
        """The mean of |Y - output| over the known cells."""
        return float(self.numbers[-1])

    def is_finite(self, rows: NDArray[np.bool_] | slice = slice(None)) -> bool:
        """Whether the weights, and the outputs for these rows, are numbers to compute with."""
        return bool(np.isfinite(self.weights).all() and np.isfinite(self.outputs[rows]).all())


def distance(one: Frame, other: Frame) -> float:
    """How far apart two networks are: the largest difference of an output, or of a weight relative to its size."""
    with np.errstate(all="ignore"):
        weights = np.abs(one.weights - other.weights) / np.maximum(1, np.abs(one.weights))
        return float(max(weights.max(), np.abs(one.outputs - other.outputs).max()))
