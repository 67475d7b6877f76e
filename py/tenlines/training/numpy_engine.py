"""Training with NumPy: the reference of gradient_descent.py behind the interface of engine.py."""

from collections.abc import Sequence

import numpy as np

from tenlines.problem import Problem
from tenlines.training.frames import Frame, Saved, doubles
from tenlines.training.gradient_descent import batches_of, mean_error, to_arrays, train
from tenlines.training.network import forward, initial_network, parameters, set_parameters


class NumpyEngine:
    """The reference on this problem; nudged, from weights one ulp away from its own."""

    def __init__(self, problem: Problem, nudged: bool = False):
        settings = problem.training
        self.X, self.Y = to_arrays(problem.table)
        self.teaches = ~np.isnan(self.Y).all(axis=1)
        self.batches = batches_of(self.X, self.Y, settings.batch_size)
        self.learning_rate = settings.learning_rate
        self.layers = initial_network(
            problem.sizes(), problem.activations(), problem.network.bias, settings.seed, nudged
        )
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
        is_finite = bool(np.isfinite(weights).all() and np.isfinite(outputs[self.teaches]).all())
        rows, columns = self.Y.shape
        return Frame(self.iteration, doubles(numbers.tobytes()), len(weights), (rows, columns), is_finite)

    def frames(self, marks: Sequence[int]) -> list[Frame]:
        result = []
        for mark in marks:
            self.advance(mark - self.iteration)
            result.append(self.frame())
        return result

    def save(self) -> Saved:
        return self.iteration, parameters(self.layers).tobytes()

    def restore(self, saved: Saved) -> None:
        self.iteration, weights = saved
        set_parameters(self.layers, np.frombuffer(weights))
