"""What the answers to questions are told from: a problem's network at one iteration, and one row of its table."""

from array import array
from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from math import isfinite
from typing import NamedTuple

import numpy as np

from tenlines.errors import SettingError, TableError
from tenlines.explain.questions.said import value
from tenlines.fit import fit_of
from tenlines.methods.activations import ACTIVATIONS
from tenlines.methods.losses import LOSSES
from tenlines.methods.optimizers import OPTIMIZERS
from tenlines.problem import Problem
from tenlines.training.answers import answers_of, read
from tenlines.training.engine import ENGINES, Engine
from tenlines.training.frames import Frame
from tenlines.training.gradient_descent import shuffled, split
from tenlines.training.network import Array, flow, network_of
from tenlines.words import counted, word_for

LONGEST_NAME = 20  # characters


class Blame(NamedTuple):
    """How an output's sum should change for one row, and what that is made of."""

    miss: float  # target - answer
    slope: float  # of the output's curve there
    share: float  # what the loss divides by
    value: float


class Scene:
    """Numbers are worked out when they are asked for: of a large table most answers need one row only."""

    def __init__(self, text: str, iteration: int, state: bytes, row: int) -> None:
        """text: the problem as JSON. state: of an engine at this iteration. row: from 0.

        Raises TableError or SettingError.
        """
        self.text, self.iteration, self.state, self.row = text, iteration, state, row
        self.problem = problem = read(text)
        self.table, self.training = problem.table, problem.training
        if not 0 <= row < len(self.table.rows):
            raise TableError(f"There is no row {row + 1}. The table has {len(self.table.rows):,}.")
        self.sizes = problem.sizes()
        self.activation = ACTIVATIONS[problem.network.output]
        self.loss, self.optimizer = (LOSSES[self.training.loss], OPTIMIZERS[self.training.optimizer])
        bias = problem.network.bias
        count = sum((fan_in + bias) * fan_out for fan_in, fan_out in pairwise(self.sizes))
        size = count * (1 + len(self.optimizer.kept)) + bool(self.optimizer.powers)
        if len(state) != 8 * size:
            raise SettingError("These weights are not of this network.", field="run")
        self.weights = state[: 8 * count]
        self.layers = network_of(self.sizes, problem.activations(), bias, np.frombuffer(self.weights))

    # The table

    @cached_property
    def output(self) -> int:
        """The output that is told about: one that the row asks for, else the first; of shares the largest."""
        asked = [place for place, cell in enumerate(self.targets(self.row)) if cell is None]
        asked = asked or list(range(self.sizes[-1]))
        answers = self.values(self.row)[-1]
        return max(asked, key=lambda place: answers[place]) if self.activation.power else asked[0]

    @property
    def name(self) -> str:
        return named(self.table.outputs[self.output])

    def inputs(self, row: int) -> list[float]:
        return [float(cell or 0) for cell in self.table.rows[row][: self.sizes[0]]]

    def targets(self, row: int) -> Sequence[float | None]:
        return self.table.rows[row][self.sizes[0] :]

    def alike(self, row: int) -> int | None:
        """The first row that trains and has the same inputs; None where there is none."""
        inputs = self.table.rows[row][: self.sizes[0]]
        same = (place for place in self.teaching if self.table.rows[place][: self.sizes[0]] == inputs)
        return next((place for place in same if place != row), None)

    @cached_property
    def held_out(self) -> list[bool]:
        return self.problem.held_out()

    @cached_property
    def teaching(self) -> list[int]:
        """The places of the rows that train."""
        return [place for place, teaches in enumerate(self.problem.teaching()) if teaches]

    @cached_property
    def is_binary(self) -> bool:
        return self.table.is_binary(self.table.outputs[self.output])

    @cached_property
    def known(self) -> list[tuple[int, float, float]]:
        """Of the output told about: row, target and answer of each known cell that is not held out."""
        column = self.sizes[0] + self.output
        return [
            (place, cell, float(self.outputs[place, self.output]))
            for place, row in enumerate(self.table.rows)
            if (cell := row[column]) is not None and not self.held_out[place]
        ]

    @cached_property
    def right(self) -> int:
        """How many of these are on the right side of 0.5, where all targets are 0 or 1."""
        return sum(answer > 0.5 if target == 1 else answer < 0.5 for _, target, answer in self.known)

    @cached_property
    def word(self) -> str:
        """The page's word for the row's answer; "" where there is none."""
        fit = fit_of(self.problem, self.outputs)
        return word_for(self.answer, self.is_binary, len(fit.wrong), fit.known)

    # The network

    @cached_property
    def _flows(self) -> dict[int, tuple[list[Array], list[Array]]]:
        return {}

    def flow(self, row: int) -> tuple[list[Array], list[Array]]:
        """The sums of each layer for a row; and what is known before each of them, then what the network says."""
        if row not in self._flows:
            with np.errstate(all="ignore"):
                self._flows[row] = flow(self.layers, np.array(self.inputs(row)))
        return self._flows[row]

    def sums(self, row: int) -> list[Array]:
        return self.flow(row)[0]

    def values(self, row: int) -> list[Array]:
        return self.flow(row)[1]

    @property
    def answer(self) -> float:
        return float(self.values(self.row)[-1][self.output])

    @property
    def sum(self) -> float:
        return float(self.sums(self.row)[-1][self.output])

    @cached_property
    def outputs(self) -> Array:
        """(rows, outputs)"""
        cells = array("d", (cell for place in range(len(self.table.rows)) for cell in self.inputs(place)))
        found = answers_of(self.text, self.weights, cells.tobytes(), False).outputs
        return np.frombuffer(found).reshape(-1, self.sizes[-1])

    @cached_property
    def is_finite(self) -> bool:
        """Whether the weights, and all that the row makes of them, are numbers to compute with."""
        if not all(map(isfinite, memoryview(self.state).cast("d"))):
            return False
        return all(np.isfinite(part).all() for parts in self.flow(self.row) for part in parts)

    @cached_property
    def is_bent(self) -> bool:
        """Whether a hidden layer has a curve, so that layers together are more than one sum."""
        return any(layer.activation != "linear" for layer in self.problem.network.hidden)

    def unit_name(self, column: int, unit: int) -> str:
        """Of an input, a hidden unit or an output, as it stands in a sentence."""
        name = self.problem.unit_names()[column][unit]
        return name if 0 < column < len(self.layers) else named(name)

    @cached_property
    def good(self) -> str:
        """How well the known cells of the output are answered."""
        if not self.known:
            return f"no cell of {self.name} is known to the training"
        if self.is_binary:
            cells = counted(len(self.known), "known cell")
            are = "is" if self.right == 1 else "are"
            return f"{self.right:,} of {cells} of {self.name} {are} on the right side of 0.5"
        return f"the answers for {self.name} are off by {self.off} on average"

    @cached_property
    def off(self) -> str:
        error = sum(abs(target - answer) for _, target, answer in self.known) / len(self.known)
        return value(error) if isfinite(error) else "more than a number can hold"

    # Training

    @cached_property
    def around(self) -> tuple[Frame, Frame]:
        """The network now, and after one more pass."""
        engine = engine_for(self.text)
        engine.restore((self.iteration, self.state))
        before = engine.frame()
        engine.advance(1)
        return before, engine.frame()

    def slopes(self, row: int) -> Array:
        """Of the output's curve, for a row; there are none where an output is over a row."""
        answers = self.values(row)[-1]
        return self.activation.backward(np, np.ones_like(answers), answers)

    def blame(self, row: int, output: int) -> Blame | None:
        """None where the row does not train this output."""
        target = self.targets(row)[output]
        if target is None or row not in self.teaching:
            return None
        answers, count = self.values(row)[-1], self._count(row)
        miss = float(target) - float(answers[output])
        error = self.loss.error(np, np.array([miss]), count)
        value = error if self.loss.is_at_sum else self.activation.backward(np, error, answers[output : output + 1])
        slope = 1.0 if self.activation.power else float(self.slopes(row)[output])
        return Blame(miss, slope, count, float(value[0]))

    def _count(self, row: int) -> float:
        """The known cells, or the rows, of the batch in which a row is in the next pass."""
        if not self.loss.is_mean:
            return 1.0
        places = np.array(self.teaching)
        known = np.array([[cell is not None for cell in self.targets(place)] for place in self.teaching], dtype=float)
        rows = places, places, known
        if self.problem.is_shuffled:
            rows = shuffled(rows, self.training.seed, self.iteration + 1)
        batch = next(batch for batch in split(rows, self.training.batch_size) if row in batch[0])
        return float(len(batch[0]) if self.activation.power else batch[2].sum())


@lru_cache(maxsize=1)  # it is asked for again at every iteration on show
def engine_for(text: str) -> Engine:
    return started(read(text))[0]


def started(problem: Problem) -> tuple[Engine, bool]:
    """An engine at the random start of a problem, and whether it is the compiled one."""
    try:
        return ENGINES["compiled"](problem, False), True
    except RuntimeError:  # WebAssembly refuses the kernel
        return ENGINES["numpy"](problem, False), False


def short(name: str) -> str:
    """A column's name as there is room for it."""
    return f"{name[: LONGEST_NAME - 1]}…" if len(name) > LONGEST_NAME else name


def named(name: str) -> str:
    """A column's name in a sentence, in which it may look like a word of it."""
    is_plain = len(name) < 3 or (any(map(str.isdigit, name)) and " " not in name)
    return short(name) if is_plain else f"“{short(name)}”"
