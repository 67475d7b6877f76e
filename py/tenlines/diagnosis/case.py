"""What a diagnosis looks at: a finished run, its table as arrays, and its network at the end."""

from collections.abc import Sequence
from functools import cached_property
from math import inf

import numpy as np
from numpy.typing import NDArray

from tenlines.diagnosis.trials import Trials, outputs_in
from tenlines.errors import shortened
from tenlines.fit import Array, Goal
from tenlines.methods.activations import ACTIVATIONS
from tenlines.training.network import Layer, activate, flow, network_of
from tenlines.training.run import Run
from tenlines.words import listed

FIRST_STEPS = (1, 2, 3, 5, 10)  # iterations


class Case:
    """Numbers are worked out when they are asked for. Places of rows are those in the table, from 0."""

    def __init__(self, run: Run, engine: str) -> None:
        """run: finished. engine: what trials are made with."""
        self.run, self.problem, self.table = run, run.problem, run.problem.table
        self.network, self.training = run.problem.network, run.problem.training
        self.activation = ACTIVATIONS[self.network.output]
        self.goal = Goal(run.problem)
        self.outputs = outputs_in(run.frame)
        self.fit = self.goal.fit(self.outputs)
        self.trials = Trials(run.problem, engine, self.fit.known)

    @property
    def is_diverged(self) -> bool:
        return self.run.diverged is not None

    @property
    def fails(self) -> bool:
        """Whether there is something to explain: a row is wrong, or the numbers grew too large."""
        return self.is_diverged or not self.fit.is_whole

    @cached_property
    def inputs(self) -> Array:
        """(rows, inputs), of the whole table."""
        first = len(self.table.inputs)
        return np.array([row[:first] for row in self.table.rows], dtype=np.float64)

    @cached_property
    def teaching(self) -> NDArray[np.int64]:
        """The places of the rows that teach."""
        return np.flatnonzero(self.goal.teaches)

    @cached_property
    def layers(self) -> list[Layer]:
        vector = np.array(self.run.frame.weights)
        return network_of(self.problem.sizes(), self.problem.activations(), self.network.bias, vector)

    @cached_property
    def units(self) -> list[Array]:
        """What each layer says of the rows that teach: [(rows, inputs), (rows, units), …, (rows, outputs)]."""
        with np.errstate(all="ignore"):
            return flow(self.layers, self.inputs[self.teaching])[1]

    @cached_property
    def first_outputs(self) -> list[tuple[int, Array]]:
        """What the network said of the rows that teach after the first iterations, each with its iteration."""
        end = self.run.frame.iteration
        frames = [self.run.seek(step, inf)[1] for step in FIRST_STEPS if step <= end]
        return [(frame.iteration, outputs_in(frame)[self.teaching]) for frame in frames]

    def at_zero(self, activation: str) -> float:
        """What a unit with this activation, or each of several outputs that are shares, says where its sum is 0."""
        outputs = len(self.table.outputs)
        return float(activate(ACTIVATIONS[activation], np.zeros((1, outputs)))[0, 0])

    def name(self, output: int) -> str:
        return named(self.table.outputs[output])


def named(column: str) -> str:
    """The name of a column amid a sentence: in quotes where it could be a word of it."""
    return column if len(column) <= 2 else f"“{shortened(column)}”"


def rows_named(places: Sequence[int]) -> str:
    """ "row 3", "rows 1, 2 and 5"; of many the first ones and how many more."""
    return f"row{'' if len(places) == 1 else 's'} {listed([f'{place + 1:,}' for place in places])}"
