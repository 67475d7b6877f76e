"""What of a pass is looked at, and which of many rows, units and weights are told of."""

from collections.abc import Sequence
from typing import NamedTuple

MOST_ROWS = 10
MOST_UNITS = 8
FEW = 4  # of more, so many from the first on


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


def few_of(count: int, most: int, chosen: int) -> list[int]:
    """The places told of: all, or the first few, the chosen one and the last."""
    if count <= most:
        return list(range(count))
    return sorted({*range(FEW), chosen, count - 1})
