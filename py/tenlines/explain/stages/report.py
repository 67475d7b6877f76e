"""One pass as page and terminal show it: the stages in the order of their computation, each with numbers and words.

Of many rows, units and weights a few are told of: the first, the last and the one that is looked at. What is added up
is added up over all of them.
"""

from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from math import isfinite
from typing import Any, NamedTuple
from urllib.parse import quote

import numpy as np

from tenlines.explain.stages import figures, words
from tenlines.explain.stages.figures import unwrapped
from tenlines.explain.stages.numbers import OnePass, Part, Units, batches_after, one_pass
from tenlines.explain.stages.words import Words
from tenlines.methods.activations import ACTIVATIONS, Activation
from tenlines.methods.losses import LOSSES
from tenlines.methods.optimizers import OPTIMIZERS
from tenlines.problem import Problem, parse_json
from tenlines.program.write import Layer, kept_name, layers_of
from tenlines.training.network import Array
from tenlines.training.numpy_engine import NumpyEngine

MOST_ROWS = 10
MOST_UNITS = 8
FEW = 4  # of more, so many from the first on
FLAT = 0.04  # of the largest slope: where less is left, a row hardly teaches
CANCELS = 0.02  # of all that pulls at a weight: where less is left, the rows cancel each other
CURVE_POINTS = 65

Plain = dict[str, Any]


class Look(NamedTuple):
    """What is looked at: places from 0, the number of a batch from 1."""

    row: int | None = None  # None: the first that teaches
    batch: int = 1
    units: Sequence[int] = ()  # of each layer from the first on; 0 where none is said
    inputs: Sequence[int] = ()  # of each layer: that of the weight; the bias comes after the last

    def unit(self, layer: int, most: int) -> int:
        return within(self.units, layer, most)

    def input(self, layer: int, most: int) -> int:
        return within(self.inputs, layer, most)


def within(chosen: Sequence[int], layer: int, most: int) -> int:
    place = chosen[layer - 1] if layer <= len(chosen) else 0
    return place if 0 <= place < most else 0


class Names(NamedTuple):
    """Those of the units of each column, the inputs first, for people and for a program that reads the page."""

    people: list[list[str]]
    ids: list[list[str]]


@lru_cache(maxsize=2)  # asked for at every move of the slider
def read(problem: str) -> tuple[Problem, NumpyEngine]:
    """Raises TableError or SettingError."""
    checked = Problem.from_dict(parse_json(problem))
    return checked, NumpyEngine(checked)


def stages_of(problem: str, iteration: int, state: bytes, look: Look) -> Plain:
    """problem: as JSON. state: of an engine at this iteration.

    As Stages in page/messages.py. Raises TableError or SettingError.
    """
    checked, engine = read(problem)
    count = len(checked.table.rows)
    batches = batches_after(engine, iteration)
    number = min(max(look.batch, 1), len(batches))
    row = int(batches[number - 1].min()) if look.row is None else min(max(look.row, 0), count - 1)
    rows = few_of(count, MOST_ROWS, row)
    found = one_pass(engine, iteration, state, rows, number)
    report = PassReport(checked, found, look, rows.index(row))
    with np.errstate(all="ignore"):
        stages = report.stages()
    before, after = (outputs[rows] for outputs in found.outputs)
    return {
        "iteration": iteration,
        "rows": [place + 1 for place in rows],
        "row": row + 1,
        "are": report.are,
        "count": len(found.batch),
        "batch": found.number,
        "batches": found.batches,
        "stages": stages,
        "outputs": list(checked.table.outputs),
        "before": doubles(before),
        "after": doubles(after),
        "errors": array("d", found.errors),
    }


def few_of(count: int, most: int, chosen: int) -> list[int]:
    """The places told of: all, or the first few, the chosen one and the last."""
    if count <= most:
        return list(range(count))
    return sorted({*range(FEW), chosen, count - 1})


def doubles(numbers: Any) -> array:
    return array("d", np.ascontiguousarray(numbers, dtype=np.float64).tobytes())


class PassReport:
    def __init__(self, problem: Problem, found: OnePass, look: Look, at: int) -> None:
        """at: the place of the row that is looked at among those told of."""
        self.problem, self.found, self.look, self.at = problem, found, look, at
        self.program = layers_of(problem)
        self.names = names_of(problem)
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
        numbers = range(1, len(self.program) + 1)
        return [
            *([self._batch()] if self.found.batches > 1 else []),
            *(stage for number in numbers for stage in self._forwards(number)),
            *(stage for number in reversed(numbers) for stage in self._backwards(number)),
            *(stage for number in numbers for stage in self._adjusting(number)),
        ]

    # Each layer, by its number from 1

    def _is_last(self, layer: int) -> bool:
        return layer == len(self.program)

    def _activation(self, layer: int) -> Activation:
        return ACTIVATIONS[self.program[layer - 1].activation]

    def _units(self, layer: int) -> Units:
        return self.found.layers[layer - 1]

    def _batch(self) -> Plain:
        rows = [f"{place + 1:,}" for place in self.found.batch.tolist()]
        some = rows if len(rows) <= MOST_ROWS else [*rows[:FEW], f"{len(rows) - FEW - 1:,} more", rows[-1]]
        said = f"row{'' if len(rows) == 1 else 's'} {' and '.join(filter(None, [', '.join(some[:-1]), some[-1]]))}"
        told = words.batch(said, self.found.number, self.found.batches)
        is_in = np.array([[0.0 if why else 1.0] for why in self.are])
        return self._of_rows("batch", 0, told, is_in, ["in it"], "batch_inputs, batch_outputs")

    def _forwards(self, layer: int) -> Iterable[Plain]:
        units, program, activation = self._units(layer), self.program[layer - 1], self._activation(layer)
        is_last = self._is_last(layer)
        row, unit = self.at, self._unit(layer)
        network = self.found.network[layer - 1]
        bias = None if network.bias is None else float(network.bias[unit])
        inputs = self._inputs_of_row(layer)
        terms = list(zip(inputs, network.weights[:, unit].tolist(), strict=True))
        result = float(units.sums[row, unit])
        product = f"dot({program.inputs}, {program.weights}){f' + {program.bias}' if program.bias else ''}"
        told = words.multiply_and_add(layer == 1, is_last, bias is not None, activation)
        yield self._of_units("sum", layer, told, units.sums, product, figures.sum_of(terms, bias, result))
        worked = figures.squeezed(activation, result, units.sums[row].tolist(), float(units.outputs[row, unit]))
        squeezed = self._of_units("squeeze", layer, words.squeeze(activation), units.outputs, formula(program), worked)
        yield {**squeezed, "curve": curve_of(program.activation)}

    def _inputs_of_row(self, layer: int) -> list[float]:
        row = int(self.found.rows[self.at])
        if layer > 1:
            return self._units(layer - 1).outputs[self.at].tolist()
        return [float("nan") if cell is None else float(cell) for cell in self._cells(row)]

    def _cells(self, row: int) -> Sequence[Any]:
        return self.problem.table.rows[row][: len(self.problem.table.inputs)]

    def _backwards(self, layer: int) -> Iterable[Plain]:
        units, is_last = self._units(layer), self._is_last(layer)
        row, unit = self.at, self._unit(layer)
        error, blame = float(units.errors[row, unit]), float(units.blame[row, unit])
        output = float(units.outputs[row, unit])
        teaches = isfinite(error) or not self.are[row]
        if is_last:
            target = self.problem.table.rows[int(self.found.rows[row])][len(self.problem.table.inputs) + unit]
            worked = figures.missed(float(target), output, error) if teaches and target is not None else ""
            told, text = words.COMPARE, f"{self._wanted()} - output"
        else:
            above, told = self.program[layer], words.HAND_BACK
            pairs = zip(
                self._units(layer + 1).blame[row].tolist(),
                self.found.network[layer].weights[unit].tolist(),
                strict=True,
            )
            worked = figures.sum_of(list(pairs), None, error) if teaches else ""
            text = f"dot({above.delta}, {above.weights}.T)"
        yield self._of_units("compare", layer, told, units.errors, text, worked, units.of_errors)
        if units.shared is not None:
            off = float(units.shared[row, unit])
            worked = figures.shared(self.loss, error, self.found.count, off) if teaches else ""
            text = figures.share_in_program(self.loss, self._wanted(), self._count_in_program())
            yield self._of_units("share", layer, words.share_out(self.loss), units.shared, text, worked)
            error = off
        if units.slopes is not None:
            yield self._slope(layer)
            worked = figures.blamed(error, float(units.slopes[row, unit]), blame) if teaches else ""
        else:
            worked = figures.shared(self.loss, error, self.found.count, blame) if teaches else ""
        told = words.blame(self.loss, is_last)
        text = self._blame_in_program(layer)
        stage = self._of_units("blame", layer, told, units.blame, text, worked, units.of_blame)
        yield {**stage, "notes": self._hardly_teaching(layer)}

    def _wanted(self) -> str:
        return "batch_outputs" if self.problem.is_batched else "training_set_outputs"

    def _blame_in_program(self, layer: int) -> str:
        program = self.program[layer - 1]
        if not self._is_last(layer):
            above = self.program[layer]
            return program.backward(figures.Text(f"dot({above.delta}, {above.weights}.T)"))
        error = figures.share_in_program(self.loss, self._wanted(), self._count_in_program())
        return unwrapped(error) if self.loss.is_at_sum else program.backward(figures.Text(error))

    def _count_in_program(self) -> str:
        return "len(output)" if self._activation(len(self.program)).power else "output.size"

    def _slope(self, layer: int) -> Plain:
        units, activation = self._units(layer), self._activation(layer)
        row, unit = self.at, self._unit(layer)
        slopes = units.slopes if units.slopes is not None else units.outputs
        steepest = steepest_of(self.program[layer - 1].activation)
        worked = figures.slope(activation, float(units.outputs[row, unit]), float(slopes[row, unit]))
        text = figures.slope_in_program(activation, self.program[layer - 1].output)
        stage = self._of_units("slope", layer, words.slope(activation, steepest), slopes, text, worked)
        return {**stage, "curve": curve_of(self.program[layer - 1].activation)}

    def _hardly_teaching(self, layer: int) -> list[Plain]:
        """Rows whose curve is so flat that they hardly count: by place among the rows and units told of."""
        units, steepest = self._units(layer), steepest_of(self.program[layer - 1].activation)
        if units.slopes is None or not steepest:
            return []
        shown = self._shown(layer)
        return [
            {"row": row, "column": at, "text": f"hardly teaches: blame {figures.figure(units.blame[row, unit])}"}
            for row in range(len(self.are))
            for at, unit in enumerate(shown)
            if abs(units.slopes[row, unit]) < FLAT * steepest[0] and isfinite(units.blame[row, unit])
        ]

    # What an update does to weights

    def _parts(self, layer: int) -> list[Part]:
        return [part for part in self.found.parts if part.layer == layer]

    def _adjusting(self, layer: int) -> Iterable[Plain]:
        parts, program = self._parts(layer), self.program[layer - 1]
        rate = self.problem.training.learning_rate
        froms = self._shown_inputs(layer)
        at, unit = self._input(layer), self._unit(layer)
        pick = WeightsOf(parts, froms, self._shown(layer), at, unit)
        added = self._added_up(layer)
        turned = f"dot({program.inputs}.T, {'…' if self._is_alone() else program.delta})"
        if not self.is_plain:
            pull = pick.one(lambda part: part.pull) if self.penalties else None
            worked = added if not pull else f"{added}; {figures.pulled(float(pick.one(lambda part: part.total)), pull)}"
            told = words.add_up(self.penalties)
            yield self._of_weights("descent", layer, told, pick, lambda part: part.descent, turned, worked)
            for place, (name, kept) in enumerate(self.optimizer.kept.items()):
                before = pick.one(lambda part, at=place: part.kept_before[at])
                now = pick.one(lambda part, at=place: part.kept[at])
                worked = figures.kept(kept, pick.one(lambda part: part.descent), before, now)
                told, text = words.keep(name, kept), kept_name(name, program.weights)
                yield self._of_weights(name, layer, told, pick, lambda part, at=place: part.kept[at], text, worked)
        before, after = pick.one(lambda part: part.before), pick.one(lambda part: part.after)
        step = pick.one(lambda part: part.change) / rate if rate else 0.0
        worked = figures.adjusted(before, rate, step, after)
        worked = f"{added}; {worked}" if self.is_plain else worked
        told = words.adjust(self.optimizer, self.is_plain)
        text = f"{program.weights} += {turned if self.is_plain else '…'}"
        stage = self._of_weights("adjust", layer, told, pick, lambda part: part.change, text, worked)
        cancels = self._cancelling(layer)
        yield {
            **stage,
            "old": pick.all(lambda part: part.before),
            "new": pick.all(lambda part: part.after),
            "notes": [{"row": pick.row, "column": pick.column, "text": cancels}] if cancels else [],
        }

    def _is_alone(self) -> bool:
        """Whether the program has no name for the blame."""
        return len(self.program) == 1 and self.is_plain and not self.program[0].bias

    def _terms(self, layer: int) -> tuple[Array, Array]:
        """What came in through the weight that is looked at, and the blame behind it, of each row of the batch."""
        at, unit = self._input(layer), self._unit(layer)
        inputs, blame = self.found.inputs[layer - 1], self.found.blame[layer - 1][:, unit]
        return inputs[:, at] if at < inputs.shape[1] else np.ones(len(blame)), blame

    def _added_up(self, layer: int) -> str:
        """The sum over the rows of the batch. Of many: the first, the one looked at and the last, the rest as one."""
        inputs, blame = self._terms(layer)
        row = int(self.found.rows[self.at])
        places = np.flatnonzero(self.found.batch == row)
        shown = few_of(len(inputs), MOST_ROWS, int(places[0]) if len(places) else 0)
        text = figures.products((float(inputs[place]), float(blame[place])) for place in shown)
        products = inputs * blame
        if rest := len(inputs) - len(shown):
            others = float(products.sum() - products[shown].sum())
            text += f" + {figures.figure(others)} of the other {rest:,}"
        return f"{text} = {figures.figure(products.sum())}"

    def _cancelling(self, layer: int) -> str:
        """A sentence where the rows pull at the weight in both directions, and next to nothing is left."""
        inputs, blame = self._terms(layer)
        products = inputs * blame
        up, down = float(products[products > 0].sum()), float(-products[products < 0].sum())
        left = abs(up - down)
        if not (isfinite(up) and isfinite(down)) or min(up, down) < 1e-3 or left > CANCELS * (up + down):
            return ""
        return f"The rows pull both ways and cancel out: up by {figures.figure(up)}, down by {figures.figure(down)}."

    # Which units and weights are told of

    def _unit(self, layer: int) -> int:
        return self.look.unit(layer, self._units(layer).sums.shape[1])

    def _shown(self, layer: int) -> list[int]:
        return few_of(self._units(layer).sums.shape[1], MOST_UNITS, self._unit(layer))

    def _input(self, layer: int) -> int:
        return self.look.input(layer, self._rows_of(layer))

    def _rows_of(self, layer: int) -> int:
        """How many weights lead to a unit, its bias among them."""
        return sum(len(part.before) for part in self._parts(layer))

    def _shown_inputs(self, layer: int) -> list[int]:
        return few_of(self._rows_of(layer), MOST_ROWS, self._input(layer))

    # As plain data

    def _of_units(
        self, stage: str, layer: int, told: Words, values: Array, code: str, worked: str, totals: Array | None = None
    ) -> Plain:
        shown = self._shown(layer)
        columns = [self.names.people[layer][unit] for unit in shown]
        found = self._of_rows(stage, layer, told, values[:, shown], columns, code, worked)
        units = [self.names.ids[layer][unit] for unit in shown]
        more = values.shape[1] - len(shown)
        place = shown.index(self._unit(layer))
        return {
            **found,
            **{"units": units, "places": shown, "more": more, "column": place, "row": self.at},
            "totals": doubles([] if totals is None else totals[shown]),
        }

    def _of_rows(
        self, stage: str, layer: int, told: Words, values: Array, columns: list[str], code: str, worked: str = ""
    ) -> Plain:
        return {
            **{"stage": stage, "layer": layer, "of": self._called(layer), **told._asdict(), "code": code},
            **{"worked": worked, "columns": columns, "values": doubles(values), "totals": doubles([]), "notes": []},
            **{"units": [], "places": [], "more": 0, "column": 0, "row": self.at, "curve": None},
            **{"froms": [], "inputs": [], "old": doubles([]), "new": doubles([])},
        }

    def _of_weights(
        self,
        stage: str,
        layer: int,
        told: Words,
        pick: "WeightsOf",
        values: Callable[[Part], Array],
        code: str,
        worked: str,
    ) -> Plain:
        before = self.names.people[layer - 1]
        ids = self.names.ids[layer - 1]
        units = [self.names.ids[layer][unit] for unit in pick.units]
        starts = [ids[place] if place < len(ids) else "+1" for place in pick.froms]
        return {
            **self._of_rows(stage, layer, told, np.empty((0, 0)), [], code, worked),
            **{"columns": [self.names.people[layer][unit] for unit in pick.units], "values": pick.all(values)},
            "froms": [before[place] if place < len(before) else "+1" for place in pick.froms],
            **{"inputs": pick.froms, "row": pick.row, "column": pick.column, "places": pick.units},
            "units": [f"{layer}:{start}:{unit}" for start in starts for unit in units],
            "more": self._units(layer).sums.shape[1] - len(pick.units),
        }

    def _called(self, layer: int) -> str:
        """Which layer it is, where there are several."""
        if len(self.program) == 1 or layer == 0:
            return ""
        return "outputs" if self._is_last(layer) else f"hidden layer {layer}"


class WeightsOf:
    """The weights told of in a layer: some rows of its parts, one below the other, and some columns."""

    def __init__(self, parts: list[Part], froms: list[int], units: list[int], at: int, unit: int) -> None:
        """at, unit: of the weight that is looked at."""
        self.parts, self.froms, self.units, self.at, self.unit = parts, froms, units, at, unit
        self.row, self.column = froms.index(at), units.index(unit)

    def all(self, values: Callable[[Part], Array | None]) -> array:
        found = [values(part) for part in self.parts]
        stacked = np.vstack(
            [np.zeros_like(part.before) if each is None else each for part, each in zip(self.parts, found, strict=True)]
        )
        return doubles(stacked[np.ix_(self.froms, self.units)])

    def one(self, values: Callable[[Part], Array | None]) -> float:
        part = self.part_of(self.parts, self.at)
        found = values(part)
        return 0.0 if found is None else float(found[0 if part.is_bias else self.at, self.unit])

    @staticmethod
    def part_of(parts: list[Part], at: int) -> Part:
        """The bias comes after the last input."""
        return parts[0] if at < len(parts[0].before) else parts[-1]


def names_of(problem: Problem) -> Names:
    """As web/model/network-shape.js has them."""
    table = problem.table
    hidden = [range(1, layer.units + 1) for layer in problem.network.hidden]
    people = [[f"h{number}.{unit}" for unit in units] for number, units in enumerate(hidden, start=1)]
    ends = [[quote(name, safe="!~*'()-_.") for name in names] for names in (table.inputs, table.outputs)]
    return Names(
        [list(table.inputs), *people, list(table.outputs)],
        [ends[0], *([str(unit) for unit in units] for units in hidden), ends[1]],
    )


def formula(layer: Layer) -> str:
    return layer.forward(layer.inputs)


@lru_cache
def steepest_of(name: str) -> tuple[float, float] | None:
    """The largest slope, and the output where it is: of activations whose outputs have two ends."""
    activation = ACTIVATIONS[name]
    if activation.power or not all(map(isfinite, activation.reach)):
        return None
    outputs = np.linspace(*activation.reach, 201)
    slopes = activation.backward(np, np.ones_like(outputs), outputs)
    place = int(slopes.argmax())
    return float(slopes[place]), float(outputs[place])


@lru_cache
def curve_of(name: str) -> Plain | None:
    """An activation's curve for sums from -most to most, and its slope for outputs over its reach; None without one.

    {"most", "low", "high", "line": outputs, "slopes": those of outputs from low to high, or none}
    """
    activation = ACTIVATIONS[name]
    if activation.view is None:
        return None
    most, low, high = activation.view
    slopes = []
    if steepest_of(name):
        outputs = np.linspace(low, high, CURVE_POINTS)
        slopes = activation.backward(np, np.ones_like(outputs), outputs)
    line = activation.forward(np, np.linspace(-most, most, CURVE_POINTS))
    return {
        "title": activation.title,
        "most": most,
        "low": low,
        "high": high,
        "line": doubles(line),
        "slopes": doubles(slopes),
    }
