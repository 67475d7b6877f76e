"""Training with NumPy: the reference of gradient_descent.py behind the interface of engine.py."""

from array import array
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from tenlines.methods.losses import LOSSES
from tenlines.methods.optimizers import OPTIMIZERS
from tenlines.methods.starts import STARTS
from tenlines.problem import Problem
from tenlines.training.frames import EngineState, Frame, doubles
from tenlines.training.gradient_descent import Batch, batches_of, kept_by, mean_error, shuffled, split, to_arrays, train
from tenlines.training.network import Array, forward, initial_network, network_of, parameters, parts


def units_of_rows(problem: Problem, weights: Sequence[float], columns: Sequence[Sequence[float]]) -> list[array]:
    """What each unit says, hidden ones first, of all rows. weights: as a frame has them. columns: of the inputs."""
    layers = network_of(problem.sizes(), problem.activations(), problem.network.bias, np.array(weights))
    with np.errstate(all="ignore"):
        outputs = forward(layers, np.array(columns).T)[1:]
    return [array("d", unit.tobytes()) for layer in outputs for unit in layer.T]


class NumpyEngine:
    """The reference on this problem; nudged, from weights one ulp away from its own."""

    def __init__(self, problem: Problem, nudged: bool = False):
        settings = problem.training
        self.X, self.Y = to_arrays(problem.table)
        self.teaches, self.held_out = problem.teaching(), problem.held_out()
        self.Y_held_out = self.Y[self.held_out]
        self.Y[self.held_out] = np.nan  # as if it was asked for
        [self.rows] = batches_of(self.X, self.Y, None, self.teaches)
        self.batches = split(self.rows, settings.batch_size)
        self.is_shuffled, self.batch_size, self.seed = problem.is_shuffled, settings.batch_size, settings.seed
        self.learning_rate = settings.learning_rate
        self.loss, self.optimizer = LOSSES[settings.loss], OPTIMIZERS[settings.optimizer]
        self.penalties = settings.penalties()
        self.layers = initial_network(
            *(problem.sizes(), problem.activations(), problem.network.bias),
            *(settings.seed, nudged, STARTS[settings.initial]),
        )
        self.kept = kept_by(self.optimizer, self.layers)
        self.updates = np.zeros(())
        self.iteration = 0

    def advance(self, iterations: int) -> None:
        # exp overflows to inf and sigmoid to 0, rightly; nan is looked for in the frames
        with np.errstate(all="ignore"):
            for batches, times in self._passes(iterations):
                self.learn(batches, times)
        self.iteration += iterations

    def learn(self, batches: Iterable[Batch], times: int) -> None:
        """Go through these batches so many times; they need not be those of a whole pass."""
        train(
            *(self.layers, batches, self.learning_rate, times),
            *(self.loss, self.optimizer, self.kept, self.updates, self.penalties),
        )

    def _passes(self, iterations: int) -> Iterator[tuple[list[Batch], int]]:
        """Batches, each with how many passes go through them."""
        if not self.is_shuffled:
            yield self.batches, iterations
            return
        for number in range(self.iteration + 1, self.iteration + iterations + 1):
            yield split(shuffled(self.rows, self.seed, number), self.batch_size), 1

    def frame(self) -> Frame:
        with np.errstate(all="ignore"):
            weights, outputs = parameters(self.layers), forward(self.layers, self.X)[-1]
            state = self._state()
            errors = [mean_error(self.Y, outputs)]
            if any(self.held_out):
                errors.append(mean_error(self.Y_held_out, outputs[self.held_out]))
            numbers = np.concatenate([state, outputs.ravel(), errors])
        is_finite = bool(np.isfinite(weights).all() and np.isfinite(outputs[self.teaches]).all())
        rows, columns = self.Y.shape
        shape = rows, columns
        return Frame(self.iteration, doubles(numbers.tobytes()), len(weights), len(state), shape, is_finite)

    def frames(self, marks: Sequence[int]) -> list[Frame]:
        result = []
        for mark in marks:
            self.advance(mark - self.iteration)
            result.append(self.frame())
        return result

    def save(self) -> EngineState:
        return self.iteration, self._state().tobytes()

    def restore(self, state: EngineState) -> None:
        self.iteration, data = state
        numbers, at = np.frombuffer(data), 0
        for part in self._arrays():
            part[...] = numbers[at : (at := at + part.size)].reshape(part.shape)

    def _arrays(self) -> list[Array]:
        """The weights and biases, what the optimizer keeps beside them and, where it asks for it, how often."""
        updates = [self.updates] if self.optimizer.powers else []
        return [*parts(self.layers), *(part for kept in self.kept for part in kept), *updates]

    def _state(self) -> Array:
        return np.concatenate([part.ravel() for part in self._arrays()])
