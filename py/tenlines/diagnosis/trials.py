"""Trainings of a problem with something changed, to see whether that mends it."""

import json
from collections.abc import Generator
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from tenlines.diagnosis.finding import Change, changed
from tenlines.errors import TenlinesError
from tenlines.fit import Array, Fit, Goal
from tenlines.problem import Problem
from tenlines.training.frames import Frame
from tenlines.training.run import Run

MOST_WORK = 1e8  # of one trial: iterations × rows that teach × weights, about as many as a processor does in 0.1 s
MOST_IN_ALL = 2e9  # of the trials of one diagnosis
MUCH_WORK = 10 * MOST_WORK  # of the problem itself, of which no trial is made then
OVERHEAD, OF_CELL = 20, 250  # what an iteration, and a cell of the table, costs besides, in the same unit
SLICE_SECONDS = 0.002  # between two looks at whether somebody still wants to know


class Trial(NamedTuple):
    run: Run
    goal: Goal
    fit: Fit

    @property
    def teaches(self) -> bool:
        """Whether it learns the whole table."""
        return self.run.diverged is None and self.fit.is_whole


Work = Generator[None, None, Trial | None]


class Trials:
    def __init__(self, problem: Problem, engine: str, teaching: int) -> None:
        """teaching: how many rows teach."""
        self.problem, self.engine, self.teaching = problem, engine, teaching
        self._found: dict[str, Trial | None] = {}
        self._work = 0.0
        self._is_large = work_of(problem, teaching) > MUCH_WORK

    def of(self, change: Change) -> Work:
        """What training comes to with this changed; None where that cannot be trained, or would take long."""
        key = json.dumps(change)
        if key not in self._found:
            self._found[key] = yield from self._train(change)
        return self._found[key]

    def _train(self, change: Change) -> Work:
        if self._is_large:
            return None
        try:
            problem = changed(self.problem, change)
        except TenlinesError:
            return None
        work = work_of(problem, self.teaching)
        if work > MOST_WORK or self._work + work > MOST_IN_ALL:
            return None
        self._work += work
        try:
            return (yield from train(problem, self.engine))
        except (TenlinesError, RuntimeError):  # numbers too large before any training; a kernel too large
            return None


def train(problem: Problem, engine: str) -> Generator[None, None, Trial]:
    """Raises TenlinesError or RuntimeError."""
    run = Run(problem, engine)
    yield
    while not run.done:
        run.advance(SLICE_SECONDS)
        yield
    goal = Goal(problem)
    return Trial(run, goal, goal.fit(outputs_in(run.frame)))


def outputs_in(frame: Frame) -> Array:
    """(rows, outputs)"""
    return np.array(frame.numbers[frame.state_size : frame.outputs_end]).reshape(frame.shape)


def work_of(problem: Problem, teaching: int) -> float:
    """teaching: how many rows do."""
    sizes, bias = problem.sizes(), problem.network.bias
    weights = sum((fan_in + bias) * fan_out for fan_in, fan_out in pairwise(sizes))
    cells = len(problem.table.rows) * (sizes[0] + sizes[-1])
    return problem.training.iterations * (OVERHEAD + teaching * weights) + OF_CELL * cells
