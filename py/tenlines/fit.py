"""How well a network fits the rows that it learns from: which of them it has wrong. web/model/fit.js has the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tenlines.methods.activations import ACTIVATIONS
from tenlines.problem import Problem

NEAR = 1e-6  # how far beyond 0.5 an answer has to be
SHARE = 0.1  # of the range of a column's known cells: what an answer may miss

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Fit:
    known: int  # rows that teach
    wrong: list[int]  # the places of those that it has wrong, from 0

    @property
    def is_whole(self) -> bool:
        return not self.wrong


class Goal:
    """What the outputs of a problem are to be. Worked out once, for any number of networks."""

    def __init__(self, problem: Problem) -> None:
        first = len(problem.table.inputs)
        outputs = [row[first:] for row in problem.table.rows]
        self.targets: Array = np.array(outputs, dtype=np.float64).reshape(len(outputs), -1)  # (rows, outputs), nan: `?`
        self.are_shares = ACTIVATIONS[problem.network.output].power is not None
        self.is_known = ~np.isnan(self.targets)
        self.teaches = np.array(problem.teaching(), dtype=bool)  # (rows,)
        self.held_out = np.array(problem.held_out(), dtype=bool)

    @cached_property
    def is_binary(self) -> NDArray[np.bool_]:
        """(outputs,): whether all known cells are 0 or 1."""
        return ((self.targets == 0) | (self.targets == 1) | ~self.is_known).all(axis=0)

    @cached_property
    def tolerance(self) -> Array:
        """(outputs,): how far an answer may be from its target, where these are not all 0 or 1.

        A tenth of the column's range; where its known cells are all alike, of their size, or of 1 where they are 0.
        """
        high = np.where(self.is_known, self.targets, -np.inf).max(axis=0)
        low = np.where(self.is_known, self.targets, np.inf).min(axis=0)
        tenth = np.where(high > low, SHARE * high - SHARE * low, SHARE * np.abs(high))
        return np.where((tenth > 0) & self.is_known.any(axis=0), tenth, SHARE)

    def is_right(self, outputs: Array) -> NDArray[np.bool_]:
        """Of each cell whether an answer is right; outputs: (rows, outputs). True where nothing is known."""
        with np.errstate(all="ignore"):
            side = np.where(self.targets == 1, outputs > 0.5 + NEAR, outputs < 0.5 - NEAR) & np.isfinite(outputs)
            near = np.abs(outputs - self.targets) <= self.tolerance
        return np.where(self.is_binary, side, near) | ~self.is_known

    def is_wrong(self, outputs: Array) -> NDArray[np.bool_]:
        """Of each row whether any known output of it is wrong."""
        return np.any(~self.is_right(outputs), axis=1)

    def fit(self, outputs: Array) -> Fit:
        wrong = np.flatnonzero(self.is_wrong(outputs) & self.teaches)
        return Fit(int(self.teaches.sum()), wrong.tolist())

    def agrees(self, one: Array, other: Array) -> NDArray[np.bool_]:
        """Whether two rows of answers say the same of each column: the same side of 0.5, or near to each other.

        Where the answers are shares of 1, whether the same one is the largest. one, other: (…, outputs).
        """
        if self.are_shares:
            same = one.argmax(axis=-1) == other.argmax(axis=-1)
            return np.broadcast_to(same[..., None], one.shape)
        with np.errstate(all="ignore"):
            same_side = side_of(one) == side_of(other)
            near = np.abs(one - other) <= self.tolerance
        return np.where(self.is_binary, same_side, near)


def side_of(answers: Array) -> NDArray[np.int8]:
    """1 above 0.5, -1 below it, 0 at it."""
    return (answers > 0.5 + NEAR).astype(np.int8) - (answers < 0.5 - NEAR)


def fit_of(problem: Problem, outputs: Sequence[Sequence[float]] | Any) -> Fit:
    """outputs: (rows, outputs), of every row of the table."""
    goal = Goal(problem)
    return goal.fit(np.array(outputs, dtype=np.float64).reshape(goal.targets.shape))
