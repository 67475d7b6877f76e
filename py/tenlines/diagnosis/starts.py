"""Whether other random starts say the same: trainings of one problem that differ in nothing but their seed."""

from array import array
from collections.abc import Generator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tenlines.diagnosis.case import Case
from tenlines.diagnosis.trials import SLICE_SECONDS, outputs_in
from tenlines.fit import Array
from tenlines.methods.starts import STARTS
from tenlines.settings.registry import LARGEST_SEED
from tenlines.training.engine import ENGINES, Engine
from tenlines.training.frames import Frame
from tenlines.training.initial_weights import initial_parameters

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
    trainer = Trainer(case)
    for number in range(1, starts.of + 1):
        seed = seed_of(case.training.seed, number)
        frame = yield from trainer.train(seed)
        answers = outputs_in(frame)
        fits = frame.is_finite and case.goal.fit(answers).is_whole
        same = case.goal.agrees(case.outputs[rows], answers[rows])[np.arange(len(rows)), outputs]
        starts.seeds.append(seed)
        starts.fits.append(fits)
        starts.says.append(answers[rows, outputs])
        starts.kinds.append(np.where(same, SAME, OTHERWISE) if fits else np.full(len(rows), DIFFERS))
        yield


class Trainer:
    """Trains a problem from any random start. All of them share an engine, and with it its kernel's memory."""

    def __init__(self, case: Case) -> None:
        self.problem, self.name = case.problem, case.trials.engine
        passes = case.run.frame.iteration
        fast = case.run.seconds / max(passes, 1)  # seconds of an iteration
        self.chunk = max(1, int(SLICE_SECONDS / max(fast, 1e-9)))
        self.engine: Engine | None = None

    def train(self, seed: int) -> Generator[None, None, Frame]:
        """What it comes to; not finite where its numbers grew too large."""
        engine = self._from(seed)
        iterations = self.problem.training.iterations
        while engine.iteration < iterations:
            engine.advance(min(self.chunk, iterations - engine.iteration))
            yield
        return engine.frame()

    def _from(self, seed: int) -> Engine:
        """At iteration 0."""
        problem = replace(self.problem, training=replace(self.problem.training, seed=seed))
        if self.engine is None or problem.is_shuffled:  # the seed is also that of the rows' order
            self.engine = ENGINES[self.name](problem, False)
        else:
            bias, start = problem.network.bias, STARTS[problem.training.initial]
            weights = initial_parameters(problem.sizes(), bias, seed, False, start).tobytes()
            self.engine.restore((0, weights.ljust(len(self.engine.save()[1]), b"\0")))
        return self.engine
