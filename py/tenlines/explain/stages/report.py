"""One pass as page and terminal show it: the stages in the order of their computation, each with numbers and words.

Of many rows, units and weights a few are told of (look.py). What is added up is added up over all of them.
"""

from array import array
from collections.abc import Iterable
from functools import lru_cache, partial
from math import isfinite, isnan, nan
from typing import Any

import numpy as np

from tenlines.explain.stages import figures, words
from tenlines.explain.stages.activation_curves import curve_of, steepest_of
from tenlines.explain.stages.in_program import InProgram
from tenlines.explain.stages.look import FEW, MOST_ROWS, Look, few_of
from tenlines.explain.stages.numbers import Units, Update, batches_after, one_pass
from tenlines.explain.stages.plain import Told, Weights, doubles
from tenlines.methods.activations import ACTIVATIONS
from tenlines.methods.losses import LOSSES
from tenlines.methods.optimizers import OPTIMIZERS
from tenlines.problem import Problem
from tenlines.training.answers import read
from tenlines.training.network import Array
from tenlines.training.numpy_engine import NumpyEngine

FLAT = 0.04  # of the largest slope: where less is left, a row hardly teaches
CANCELS = 1e-3  # of all that pulls at a weight: where less is left, the rows cancel each other
LEAST_PULL = 1e-3  # that is worth a word
RIGHT = 0.1  # the largest error of an answer that is called likely

Plain = dict[str, Any]


@lru_cache(maxsize=2)  # asked for at every move of the slider
def engine_for(problem: str) -> NumpyEngine:
    """Raises TableError or SettingError."""
    return NumpyEngine(read(problem))


def stages_of(problem: str, iteration: int, state: bytes, look: Look) -> Plain:
    """problem: as JSON. state: of an engine at this iteration.

    As Stages in page/messages.py. Raises TableError or SettingError.
    """
    checked, engine = read(problem), engine_for(problem)
    count = len(checked.table.rows)
    batches = batches_after(engine, iteration)
    number = min(max(look.batch, 1), len(batches))
    row = int(batches[number - 1].min()) if look.row is None else min(max(look.row, 0), count - 1)
    rows = few_of(count, MOST_ROWS, row)
    found = one_pass(engine, iteration, state, rows, number)
    report = PassReport(checked, found.update, look, rows.index(row))
    with np.errstate(all="ignore"):
        batch = [report.batch(found.number, found.batches)] if found.batches > 1 else []
        stages = [*batch, *report.stages()]
    before, after = (outputs[rows] for outputs in found.outputs)
    return {
        "iteration": iteration,
        "rows": [place + 1 for place in rows],
        "row": row + 1,
        "are": report.are,
        "count": len(found.update.batch),
        "batch": found.number,
        "batches": found.batches,
        "stages": stages,
        "outputs": list(checked.table.outputs),
        "before": doubles(before),
        "after": doubles(after),
        "errors": array("d", found.errors),
    }


class PassReport:
    def __init__(self, problem: Problem, found: Update, look: Look, at: int) -> None:
        """at: the place, among the rows told of, of the one that is worked out."""
        self.problem, self.found, self.at = problem, found, at
        self.row = int(found.rows[at])
        self.told, self.code = Told(problem, found, look, at), InProgram(problem)
        self.activations = problem.activations()
        self.optimizer = OPTIMIZERS[problem.training.optimizer]
        self.loss = LOSSES[problem.training.loss]
        self.penalties = list(problem.training.penalties())
        self.is_plain = not self.optimizer.kept and not self.penalties
        self.are = self._are()

    def _are(self) -> list[str]:
        known, held_out, batch = self.problem.known(), self.problem.held_out(), {*self.found.batch.tolist()}
        return [
            "" if row in batch else "held out" if held_out[row] else "in another batch" if known[row] else "asked for"
            for row in self.found.rows.tolist()
        ]

    def stages(self) -> list[Plain]:
        """In the order in which the program computes them."""
        numbers = range(1, len(self.activations) + 1)
        return [
            *(stage for number in numbers for stage in self._forwards(number)),
            *(stage for number in reversed(numbers) for stage in self._backwards(number)),
            *(stage for number in numbers for stage in self._adjusting(number)),
        ]

    # Each layer, by its number from 1

    def _is_last(self, layer: int) -> bool:
        return layer == len(self.activations)

    def _units(self, layer: int) -> Units:
        return self.found.layers[layer - 1]

    def batch(self, number: int, batches: int) -> Plain:
        """The stage before the others, where a pass has several batches."""
        rows = [f"{place + 1:,}" for place in self.found.batch.tolist()]
        some = rows if len(rows) <= MOST_ROWS else [*rows[:FEW], f"{len(rows) - FEW - 1:,} more", rows[-1]]
        said = f"row{'' if len(rows) == 1 else 's'} {' and '.join(filter(None, [', '.join(some[:-1]), some[-1]]))}"
        told = words.batch(said, number, batches)
        return self.told.of_rows("batch", 0, told, "batch_inputs, batch_outputs")

    def _forwards(self, layer: int) -> Iterable[Plain]:
        units, name, unit = self._units(layer), self.activations[layer - 1], self.told.unit(layer)
        activation, biases = ACTIVATIONS[name], self.found.bias(layer)
        bias = None if biases is None else float(biases[unit])
        terms = list(zip(self._inputs_of_row(layer), self.found.weights(layer)[:, unit].tolist(), strict=True))
        z = float(units.sums[self.at, unit])
        told = words.multiply_and_add(layer == 1, self._is_last(layer), bias is not None, activation)
        worked = figures.sum_of(terms, bias, z)
        yield self.told.of_units("sum", layer, told, units.sums, self.code.sum(layer), worked)
        worked = figures.squeezed(activation, z, units.sums[self.at].tolist(), float(units.outputs[self.at, unit]))
        told, code = words.squeeze(activation), self.code.squeeze(layer)
        yield {**self.told.of_units("squeeze", layer, told, units.outputs, code, worked), "curve": curve_of(name)}

    def _inputs_of_row(self, layer: int) -> list[float]:
        if layer > 1:
            return self._units(layer - 1).outputs[self.at].tolist()
        cells = self.problem.table.rows[self.row][: len(self.problem.table.inputs)]
        return [nan if cell is None else float(cell) for cell in cells]

    def _backwards(self, layer: int) -> Iterable[Plain]:
        units, is_last, unit = self._units(layer), self._is_last(layer), self.told.unit(layer)
        error, blame = (float(numbers[self.at, unit]) for numbers in (units.errors, units.blame))
        has_error = not (self.are[self.at] or isnan(error))

        def told(stage: str, said: words.Words, values: Array, code: str, worked: str, totals: Any = None) -> Plain:
            return self.told.of_units(stage, layer, said, values, code, worked if has_error else "", totals)

        worked = self._compared(layer, unit, error)
        said = words.COMPARE if is_last else words.HAND_BACK
        yield told("compare", said, units.errors, self.code.compare(layer), worked, units.of_errors)
        if units.shared is not None:
            off = float(units.shared[self.at, unit])
            worked = figures.shared(self.loss, error, self.found.known, off)
            yield told("share", words.share_out(self.loss), units.shared, self.code.share(), worked)
            error = off
        if units.slopes is None:
            worked = figures.shared(self.loss, error, self.found.known, blame)
        else:
            yield self._slope(layer, unit, units.outputs, units.slopes)
            worked = figures.blamed(error, float(units.slopes[self.at, unit]), blame)
        notes = self._hardly_teaching(layer)
        said, code = words.blame(self.loss, is_last, self._is_learned(layer, len(notes))), self.code.blame(layer)
        stage = told("blame", said, units.blame, code, worked, units.of_blame)
        yield {**stage, "notes": notes}

    def _compared(self, layer: int, unit: int, error: float) -> str:
        if self._is_last(layer):
            target = self.problem.table.rows[self.row][len(self.problem.table.inputs) + unit]
            output = float(self._units(layer).outputs[self.at, unit])
            return "" if target is None else figures.missed(float(target), output, error)
        blame, weights = self._units(layer + 1).blame[self.at], self.found.weights(layer + 1)[unit]
        return figures.sum_of(list(zip(blame.tolist(), weights.tolist(), strict=True)), None, error)

    def _slope(self, layer: int, unit: int, outputs: Array, slopes: Array) -> Plain:
        name = self.activations[layer - 1]
        worked = figures.slope(ACTIVATIONS[name], float(outputs[self.at, unit]), float(slopes[self.at, unit]))
        formula = figures.slope_text(ACTIVATIONS[name], figures.OUTPUT)
        said = words.slope(ACTIVATIONS[name], formula, steepest_of(name))
        stage = self.told.of_units("slope", layer, said, slopes, self.code.slope(layer), worked)
        return {**stage, "curve": curve_of(name)}

    def _hardly_teaching(self, layer: int) -> list[Plain]:
        """Rows whose curve is so flat that they hardly count: by place among the rows and units told of."""
        units, steepest = self._units(layer), steepest_of(self.activations[layer - 1])
        if units.slopes is None or not steepest:
            return []
        return [
            {"row": row, "column": at, "text": f"hardly teaches: blame {figures.figure(units.blame[row, unit])}"}
            for row in range(len(self.are))
            for at, unit in enumerate(self.told.units(layer))
            if abs(units.slopes[row, unit]) < FLAT * steepest[0] and isfinite(units.blame[row, unit])
        ]

    def _is_learned(self, layer: int, flat: int) -> bool:
        """Whether all that is told of an output is on the flat of its curve, and right."""
        errors = self._units(layer).errors[:, self.told.units(layer)]
        known = errors[np.isfinite(errors)]
        return self._is_last(layer) and flat == known.size > 0 and bool((np.abs(known) < RIGHT).all())

    # What an update does to weights

    def _adjusting(self, layer: int) -> Iterable[Plain]:
        weights, rate = self.told.weights(layer), self.problem.training.learning_rate
        told = partial(self.told.of_weights, weights=weights)
        inputs, blame = self._through(layer, weights)
        added = self._added_up(inputs, blame)
        *kept_lines, line = self.code.kept_and_adjusted(layer)
        if not self.is_plain:
            pull, total = weights.one(lambda part: part.pull), weights.one(lambda part: part.total)
            worked = f"{added}; {figures.pulled(total, pull)}" if pull else added
            said, code = words.add_up(self.penalties, layer == 1), self.code.add_up(layer)
            yield told("descent", layer, said, lambda part: part.descent, code, worked)
        descent = weights.one(lambda part: part.descent)
        for place, (name, kept) in enumerate(self.optimizer.kept.items()):
            before = weights.one(lambda part, at=place: part.kept_before[at])
            now = weights.one(lambda part, at=place: part.kept[at])
            worked, said = figures.kept(kept, descent, before, now), words.keep(name, kept)
            yield told(name, layer, said, lambda part, at=place: part.kept[at], kept_lines[place], worked)
        before, after = weights.one(lambda part: part.before), weights.one(lambda part: part.after)
        step, change = weights.one(lambda part: part.step), weights.one(lambda part: part.change)
        worked = figures.adjusted(before, rate, step, change, after)
        worked = f"{added}; {worked}" if self.is_plain else worked
        said = words.adjust(self.optimizer, self.is_plain, layer == 1, rate)
        cancels = cancelling(inputs * blame)
        yield {
            **told("adjust", layer, said, lambda part: part.change, line, worked),
            "old": weights.all(lambda part: part.before),
            "new": weights.all(lambda part: part.after),
            "notes": [{"row": weights.row, "column": weights.column, "text": cancels}] if cancels else [],
        }

    def _through(self, layer: int, weights: Weights) -> tuple[Array, Array]:
        """What came in through the weight that is worked out, and the blame behind it, of each row of the batch."""
        inputs, blame = self.found.inputs[layer - 1], self.found.blame[layer - 1][:, weights.unit]
        return inputs[:, weights.at] if weights.at < inputs.shape[1] else np.ones(len(blame)), blame

    def _added_up(self, inputs: Array, blame: Array) -> str:
        """The sum over the rows of the batch. Of many: the first, the one worked out and the last, the rest as one."""
        places = np.flatnonzero(self.found.batch == self.row)
        shown = few_of(len(inputs), MOST_ROWS, int(places[0]) if len(places) else 0)
        text = figures.products((float(inputs[place]), float(blame[place])) for place in shown)
        products = inputs * blame
        if rest := len(inputs) - len(shown):
            others = float(products.sum() - products[shown].sum())
            text += f" + {figures.figure(others)} of the other {rest:,} rows"
        return f"{text} = {figures.figure(products.sum())}"


def cancelling(pulls: Array) -> str:
    """A sentence where the rows pull at a weight in both directions, and next to nothing is left."""
    up, down = float(pulls[pulls > 0].sum()), float(-pulls[pulls < 0].sum())
    is_finite = isfinite(up) and isfinite(down)
    if not is_finite or min(up, down) < LEAST_PULL or abs(up - down) > CANCELS * (up + down):
        return ""
    return f"The rows pull both ways and cancel out: up by {figures.figure(up)}, down by {figures.figure(down)}."
