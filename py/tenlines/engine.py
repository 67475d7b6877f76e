"""How a problem is trained: an engine holds one network in training and moves it on by whole iterations."""

from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from tenlines.network import Array, forward, initial_network, parameters
from tenlines.problem import Problem
from tenlines.training import batches_of, mean_error, train


class Frame(NamedTuple):
    """The network after `iteration` passes, and what it says about every row."""

    iteration: int
    weights: Array  # (parameters,): layer after layer, weights row by row, then the bias
    outputs: Array  # (rows, outputs)
    error: float  # mean of |Y - output| over the known cells

    def is_finite(self, rows: NDArray[np.intp] | slice = slice(None)) -> bool:
        """Whether the weights, and the outputs for these rows, are numbers to compute with."""
        return bool(np.isfinite(self.weights).all() and np.isfinite(self.outputs[rows]).all())


def distance(one: Frame, other: Frame) -> float:
    """How far apart two networks are: the largest difference of an output, or of a weight relative to its size."""
    with np.errstate(all="ignore"):
        weights = np.abs(one.weights - other.weights) / np.maximum(1, np.abs(one.weights))
        return float(max(weights.max(), np.abs(one.outputs - other.outputs).max()))


class Engine(Protocol):
    iteration: int

    def advance(self, iterations: int) -> None: ...
    def frame(self) -> Frame: ...
    def copy(self) -> "Engine": ...


class NumpyEngine:
    """The reference: training.py on this problem; nudged, from weights one ulp away from its own."""

    def __init__(self, problem: Problem, nudged: bool = False):
        settings = problem.training
        self.X, self.Y = problem.table.to_arrays()
        self.batches = batches_of(self.X, self.Y, settings.batch_size)
        self.learning_rate = settings.learning_rate
        self.layers = initial_network(problem.sizes(), problem.activations(), problem.network.bias, settings.seed)
        if nudged:
            for layer in self.layers:
                layer.weights = np.nextafter(layer.weights, np.inf)
        self.iteration = 0

    def advance(self, iterations: int) -> None:
        with np.errstate(all="ignore"):  # exp overflows to inf and sigmoid to 0, rightly; nan is looked for in frames
            train(self.layers, self.batches, self.learning_rate, iterations)
        self.iteration += iterations

    def frame(self) -> Frame:
        with np.errstate(all="ignore"):
            outputs = forward(self.layers, self.X)[-1]
            return Frame(self.iteration, parameters(self.layers), outputs, mean_error(self.Y, outputs))

    def copy(self) -> "NumpyEngine":
        """The same run at the same iteration, free to go its own way; the data is shared."""
        twin = object.__new__(NumpyEngine)
        twin.__dict__.update(self.__dict__, layers=[layer.copy() for layer in self.layers])
        return twin
