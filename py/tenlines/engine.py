"""One interface over the two ways to train: NumPy, the reference, and the compiled kernel."""

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np

from tenlines.frames import Frame
from tenlines.kernel.engine import CompiledEngine
from tenlines.network import forward, initial_network, nudge, parameters
from tenlines.problem import Problem
from tenlines.training import batches_of, mean_error, train


class Engine(Protocol):
    """A network in training."""

    iteration: int
    teaches: Any  # (rows,), bool: whether some output of the row is known

    def advance(self, iterations: int) -> None:
        """Pass so many times over the known rows."""
        ...

    def frame(self) -> Frame:
        """The network as it is now."""
        ...

    def frames(self, marks: list[int]) -> list[Frame]:
        """Train on to each of these iterations, ascending and yet to come."""
        ...

    def save(self) -> Any:
        """What `restore` takes to go back to this iteration."""
        ...

    def restore(self, saved: Any) -> None: ...


class NumpyEngine:
    """The reference: training.py on this problem; nudged, from weights one ulp away from its own."""

    def __init__(self, problem: Problem, nudged: bool = False):
        settings = problem.training
        self.X, self.Y = problem.table.to_arrays()
        self.teaches = ~np.isnan(self.Y).all(axis=1)
        self.batches = batches_of(self.X, self.Y, settings.batch_size)
        self.learning_rate = settings.learning_rate
        layers = initial_network(problem.sizes(), problem.activations(), problem.network.bias, settings.seed)
        self.layers = nudge(layers) if nudged else layers
        self.iteration = 0

    def advance(self, iterations: int) -> None:
        # exp overflows to inf and sigmoid to 0, rightly; nan is looked for in the frames
        with np.errstate(all="ignore"):
            train(self.layers, self.batches, self.learning_rate, iterations)
        self.iteration += iterations

    def frame(self) -> Frame:
        with np.errstate(all="ignore"):
            weights, outputs = parameters(self.layers), forward(self.layers, self.X)[-1]
            numbers = np.concatenate([weights, outputs.ravel(), [mean_error(self.Y, outputs)]])
        return Frame(self.iteration, numbers, len(weights), (len(outputs), outputs.shape[1]))

    def frames(self, marks: list[int]) -> list[Frame]:
        result = []
        for mark in marks:
            self.advance(mark - self.iteration)
            result.append(self.frame())
        return result

    def save(self) -> Any:
        return self.iteration, [layer.copy() for layer in self.layers]

    def restore(self, saved: Any) -> None:
        self.iteration, layers = saved
        self.layers = [layer.copy() for layer in layers]


ENGINES: dict[str, Callable[[Problem, bool], Engine]] = {"numpy": NumpyEngine, "compiled": CompiledEngine}
