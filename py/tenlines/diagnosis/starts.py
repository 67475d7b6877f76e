"""Whether other random starts say the same: trainings of one problem that differ in nothing but their seed."""

from array import array
from collections.abc import Generator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tenlines.diagnosis.case import Case
from tenlines.diagnosis.trials import outputs_in, train
from tenlines.errors import TenlinesError
from tenlines.fit import Array
from tenlines.settings.registry import LARGEST_SEED

DIFFERS, SAME, OTHERWISE = (0, 1, 2)  # it does not fit the table; it does and says the same; it does and says otherwise


@dataclass
class Starts:
    of: int  # how many are tried
    cells: list[tuple[int, int]]  # the `?` cells: (place of the row, output)
    outputs: int  # of a row
    seeds: list[int] = field(default_factory=list)  # of those that have been trained
    fits: list[bool] = field(default_factory=list)  # of each whether it has no known row wrong
    says: list[Array] = field(default_factory=list)  # of each what it says in these cells
    kinds: list[NDArray[np.int64]] = field(default_factory=list)  # and what that is beside the answer of the page

    def plain(self, first: int) -> dict[str, Any]:
        """As page/messages.py has it; of the starts from that number on, from 0."""
        return {
            "of": self.of,
            "ran": len(self.seeds),
            "fit": self.fit,
            "asked": array("d", (row * self.outputs + output for row, output in self.cells)),
            "seeds": array("d", self.seeds[first:]),
            "says": array("d", b"".join(each.tobytes() for each in self.says[first:])),
            "kinds": array("d", b"".join(each.astype(np.float64).tobytes() for each in self.kinds[first:])),
        }

    @property
    def fit(self) -> int:
        return sum(self.fits)

    @property
    def is_done(self) -> bool:
        return len(self.seeds) == self.of

    def count(self, kind: int) -> NDArray[np.int64]:
        """(cells,): how many starts are of this kind there."""
        found = np.array(self.kinds, dtype=np.int64).reshape(len(self.kinds), len(self.cells))
        return (found == kind).sum(axis=0)

    def agree(self, row: int, output: int) -> int:
        """How many starts that fit say the same in a cell."""
        return int(self.count(SAME)[self.cells.index((row, output))])

    def unsettled(self) -> list[tuple[int, int, int]]:
        """(place of the row, output, how many say otherwise) where more than a tenth of the starts that fit do."""
        if not self.is_done:
            return []
        others = self.count(OTHERWISE)
        return [(*cell, int(many)) for cell, many in zip(self.cells, others, strict=True) if many * 10 > self.fit]


def seed_of(seed: int, number: int) -> int:
    """Of another start; 1 is the first. After the largest seed comes 0."""
    return (seed + number) % (LARGEST_SEED + 1)


def run_starts(case: Case, starts: Starts) -> Generator[None, None, None]:
    """Trains them one after another, and fills in what they say."""
    rows, outputs = np.array(starts.cells, dtype=np.int64).reshape(len(starts.cells), 2).T
    here = case.outputs[rows, outputs]
    for number in range(1, starts.of + 1):
        seed = seed_of(case.training.seed, number)
        problem = replace(case.problem, training=replace(case.training, seed=seed))
        fits, says = False, np.full(len(rows), np.nan)
        try:
            trial = yield from train(problem, case.trials.engine)
        except (TenlinesError, RuntimeError):  # before any training its numbers are too large
            pass
        else:
            fits = trial.teaches
            says = outputs_in(trial.run.frame)[rows, outputs]
        kinds = np.zeros(len(rows), dtype=np.int64)
        if fits and len(rows):
            whole, theirs = np.zeros((2, len(rows), case.outputs.shape[1]))
            places = np.arange(len(rows))
            whole[places, outputs], theirs[places, outputs] = here, says
            kinds = np.where(case.goal.agrees(whole, theirs)[places, outputs], SAME, OTHERWISE)
        starts.seeds.append(seed)
        starts.fits.append(fits)
        starts.says.append(says)
        starts.kinds.append(kinds)
        yield
