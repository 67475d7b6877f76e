"""Values of a program's expressions as plain numbers and text, of an array only as much as can be shown."""

import reprlib
from math import prod
from typing import Any, NamedTuple

import numpy as np

MOST_KIND = 60  # characters
MOST_ROWS, MOST_COLUMNS = 24, 24  # of an array: as many terms as a sum is shown with
NUMBERS = bool | int | float | complex | np.number | np.bool_
HAS_TEXT = str | list | tuple | dict | set | range | None  # what is shown as text


class Recorded(NamedTuple):
    """A value as it was. A number is a row of one, an array of one dimension one row."""

    shape: tuple[int, ...] | None  # None: neither a number nor an array
    kind: str  # the dtype of what is NumPy's, else the type
    cells: list[list[Any]]  # the first rows and columns, as Python's own values
    size: tuple[int, int]  # the rows and columns that there are


class Recorder:
    """The first value of each expression, by its number: a loop within a pass is shown at its beginning."""

    def __init__(self) -> None:
        self.values: dict[int, Recorded] = {}

    def see(self, place: int, value: Any) -> Any:
        if place not in self.values:
            try:
                self.values[place] = recorded(value)
            except Exception:  # an object of the program's own may do anything, and the stack may be full
                self.values[place] = Recorded(None, type(value).__name__[:MOST_KIND], [[""]], (1, 1))
        return value


def recorded(value: Any) -> Recorded:
    if isinstance(value, np.ndarray):
        return recorded_array(value)
    if isinstance(value, NUMBERS):
        kind = str(value.dtype) if isinstance(value, np.generic) else type(value).__name__
        return Recorded((), kind, [[value.item() if isinstance(value, np.generic) else value]], (1, 1))
    text = reprlib.repr(value) if isinstance(value, HAS_TEXT) else ""
    return Recorded(None, type(value).__name__[:MOST_KIND], [[text]], (1, 1))


def recorded_array(value: np.ndarray) -> Recorded:
    shape = value.shape
    rows, columns = prod(shape[:-1]), shape[-1] if shape else 1
    cells = value.reshape(rows, columns)[:MOST_ROWS, :MOST_COLUMNS].tolist()
    if value.dtype.kind not in "biufc":
        cells = [[reprlib.repr(cell) for cell in row] for row in cells]
    return Recorded(shape, str(value.dtype)[:MOST_KIND], cells, (rows, columns))
