"""A stage as plain data: the numbers of the units or of the weights that are told of in a layer, with their names."""

from array import array
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import numpy as np

from tenlines.explain.stages import figures
from tenlines.explain.stages.look import MOST_ROWS, MOST_UNITS, Look, few_of
from tenlines.explain.stages.numbers import Part, Update
from tenlines.explain.stages.words import Words
from tenlines.problem import Problem
from tenlines.training.network import Array

BIAS = "+1"  # what a bias comes from

Plain = dict[str, Any]


def doubles(numbers: Any) -> array:
    return array("d", np.ascontiguousarray(numbers, dtype=np.float64).tobytes())


class Told:
    """Which units and weights of each layer, from 1, are told of, and which of them is worked out."""

    def __init__(self, problem: Problem, found: Update, look: Look, at: int) -> None:
        """at: the place, among the rows told of, of the one that is worked out."""
        self._found, self._look, self._at = found, look, at
        self._names, self._ids = problem.unit_names(), ids_of(problem)

    def unit(self, layer: int) -> int:
        return self._look.unit(layer, self._width(layer))

    def units(self, layer: int) -> list[int]:
        return few_of(self._width(layer), MOST_UNITS, self.unit(layer))

    def weights(self, layer: int) -> "Weights":
        parts = [part for part in self._found.parts if part.layer == layer]
        count = sum(len(part.before) for part in parts)
        at = self._look.input(layer, count)
        return Weights(parts, few_of(count, MOST_ROWS, at), self.units(layer), at, self.unit(layer))

    def of_rows(self, stage: str, layer: int, words: Words, code: str, worked: str = "") -> Plain:
        """A stage without numbers, which those that have some begin with."""
        none = doubles([])
        return {
            **{"stage": stage, "layer": layer, "of": self._called(layer), **words._asdict(), "code": code},
            **{"worked": figures.said(worked), "notes": [], "curve": None, "row": self._at, "column": 0},
            **{"columns": [], "froms": [], "units": [], "places": [], "inputs": [], "more": 0},
            **{"values": none, "totals": none, "old": none, "new": none},
        }

    def of_units(
        self, stage: str, layer: int, words: Words, values: Array, code: str, worked: str, totals: Array | None = None
    ) -> Plain:
        """values: (rows, units). totals: (units,)."""
        shown = self.units(layer)
        return {
            **self.of_rows(stage, layer, words, code, worked),
            **{"columns": [self._names[layer][unit] for unit in shown], "places": shown},
            **{"units": [self._ids[layer][unit] for unit in shown], "column": shown.index(self.unit(layer))},
            **{"values": doubles(values[:, shown]), "totals": doubles([] if totals is None else totals[shown])},
            "more": self._width(layer) - len(shown),
        }

    def of_weights(
        self,
        stage: str,
        layer: int,
        words: Words,
        values: Callable[[Part], Array],
        code: str,
        worked: str,
        weights: "Weights",
    ) -> Plain:
        before, starts = ([*names[layer - 1], BIAS] for names in (self._names, self._ids))
        ends = [self._ids[layer][unit] for unit in weights.units]
        return {
            **self.of_rows(stage, layer, words, code, worked),
            **{"columns": [self._names[layer][unit] for unit in weights.units], "places": weights.units},
            **{"froms": [before[place] for place in weights.froms], "inputs": weights.froms},
            **{"row": weights.row, "column": weights.column, "values": weights.all(values)},
            "units": [f"{layer}:{starts[place]}:{end}" for place in weights.froms for end in ends],
            "more": self._width(layer) - len(weights.units),
        }

    def _width(self, layer: int) -> int:
        return len(self._names[layer])

    def _called(self, layer: int) -> str:
        """Which layer it is, where there are several."""
        if len(self._names) == 2 or layer == 0:
            return ""
        return "outputs" if layer == len(self._names) - 1 else f"hidden layer {layer}"


class Weights:
    """Some of the weights of a layer: rows of its parts, one below the other, and columns."""

    def __init__(self, parts: list[Part], froms: list[int], units: list[int], at: int, unit: int) -> None:
        """at, unit: of the weight that is looked at."""
        self.parts, self.froms, self.units, self.at, self.unit = parts, froms, units, at, unit
        self.row, self.column = froms.index(at), units.index(unit)

    def all(self, values: Callable[[Part], Array]) -> array:
        """Row by row."""
        stacked = np.vstack([values(part) for part in self.parts])
        return doubles(stacked[np.ix_(self.froms, self.units)])

    def one(self, values: Callable[[Part], Array | None]) -> float:
        """The weight that is looked at; 0 where there are no such values."""
        part = self.parts[0] if self.at < len(self.parts[0].before) else self.parts[-1]  # the bias comes last
        found = values(part)
        return 0.0 if found is None else float(found[0 if part.is_bias else self.at, self.unit])


def ids_of(problem: Problem) -> list[list[str]]:
    """Of the units of each column, for a program that reads the page: as web/model/network-shape.js has them."""
    hidden = [[str(unit) for unit in range(1, layer.units + 1)] for layer in problem.network.hidden]
    return [
        [encoded(name) for name in problem.table.inputs],
        *hidden,
        [encoded(name) for name in problem.table.outputs],
    ]


def encoded(name: str) -> str:
    """As JavaScript's encodeURIComponent has it."""
    return quote(name, safe="!~*'()-_.")
