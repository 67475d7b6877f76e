"""The table: named input and output columns, rows of numbers, and `?` where an answer is wanted."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tenlines.data.numbers import format_number, parse_number, plain
from tenlines.errors import TableError, quoted, several, shortened

Cell = float | None  # None is `?`: unknown, the network's to answer
MOST_MARKED = 100  # wrong cells that a refusal lists one by one
# What a file could not give back in a name:
INVISIBLE = {0: None, 0xFEFF: None}  # NUL and the byte order mark
HALVES = re.compile("[\ud800-\udfff]")  # of characters, which no UTF-8 holds


@dataclass(frozen=True)
class Table:
    """Checked data. Each row holds the inputs, then the outputs; only outputs may be None."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @classmethod
    def of(cls, inputs: Sequence[Any], outputs: Sequence[Any], rows: Sequence[Sequence[Any]]) -> "Table":
        """Check everything a table must be.

        A cell may be a number, None, or text that is not a number yet (a page keeps what was typed).
        Raises TableError naming the row and column, and the remedy.
        """
        names = check_names([*inputs, *outputs], len(inputs))
        wrong: list[TableError] = []
        checked = []
        for number, row in enumerate(rows, start=1):
            if len(row) != len(names):
                raise TableError(f"Row {number} has {len(row)} values; the table has {len(names)} columns.", row=number)
            cells = []
            for index, (name, value) in enumerate(zip(names, row, strict=True)):
                try:
                    cells.append(check_cell(value, index >= len(inputs)))
                except ValueError as error:
                    wrong.append(TableError(f"Row {number}, {shortened(name)}: {error}", row=number, column=name))
            checked.append(tuple(cells))
        if wrong:
            cells = [[error.where["row"], error.where["column"]] for error in wrong[:MOST_MARKED]]
            raise TableError(several([error.message for error in wrong]), **wrong[0].where, cells=cells)
        if not checked:
            raise TableError("The table has no rows. Add a row.")
        if not any(cell is not None for row in checked for cell in row[len(inputs) :]):
            raise TableError(
                f"No {shortened(' or '.join(names[len(inputs) :]))} is known. "
                "Type a number into an output cell of at least one row, so that there is something to learn."
            )
        return cls(tuple(names[: len(inputs)]), tuple(names[len(inputs) :]), tuple(checked))

    @classmethod
    def from_dict(cls, data: Any) -> "Table":
        """A table from the `table` of a problem object. Raises TableError."""
        if not isinstance(data, dict):
            raise TableError("table must be an object with inputs, outputs and rows.", field="table")
        for key in data:
            if key not in ("inputs", "outputs", "rows"):
                raise TableError(
                    f"table.{shortened(key)} is not known. A table has inputs, outputs and rows.", field=f"table.{key}"
                )
        parts = [data.get(key) for key in ("inputs", "outputs", "rows")]
        for key, part in zip(("inputs", "outputs", "rows"), parts, strict=True):
            if not isinstance(part, list):
                raise TableError(f"table.{key} must be a list.", field=f"table.{key}")
        for number, row in enumerate(parts[2] or [], start=1):
            if not isinstance(row, list):
                raise TableError(f"Row {number} must be a list of values.", row=number)
        return cls.of(*parts)  # pyright: ignore[reportArgumentType]

    def to_dict(self) -> dict[str, Any]:
        return {
            "inputs": list(self.inputs),
            "outputs": list(self.outputs),
            "rows": [list(row) for row in self.rows],
        }

    def with_outputs(self, outputs: Sequence[str]) -> "Table":
        """The same columns with these as the outputs. Raises TableError for a name that is not there."""
        names = [*self.inputs, *self.outputs]
        marked = choose_outputs(names, outputs)
        order = outputs_last(marked)
        ordered = [names[column] for column in order]
        rows = [[row[column] for column in order] for row in self.rows]
        inputs = len(names) - sum(marked)
        return Table.of(ordered[:inputs], ordered[inputs:], rows)

    def is_binary(self, output: str) -> bool:
        """Whether an output's known cells are all 0 or 1, so that "likely 1" means something."""
        column = len(self.inputs) + self.outputs.index(output)
        return all(row[column] in (0, 1, None) for row in self.rows)

    def unknown(self) -> list[tuple[int, int]]:
        """The `?` cells as (row index, output index), in table order."""
        first = len(self.inputs)
        return [(r, c) for r, row in enumerate(self.rows) for c, cell in enumerate(row[first:]) if cell is None]


def choose_outputs(names: Sequence[str], outputs: Sequence[str]) -> list[bool]:
    """Which columns are the named outputs. Raises TableError for a name that is not there."""
    for name in outputs:
        if name not in names:
            raise TableError(
                f"There is no column {quoted(name)}. The columns are {shortened(', '.join(names))}.", column=name
            )
    return [name in outputs for name in names]


def outputs_last(is_output: Sequence[bool]) -> list[int]:
    """The order of columns in a table: inputs, then outputs, each as written."""
    return sorted(range(len(is_output)), key=lambda column: is_output[column])


def check_names(names: Sequence[Any], inputs: int) -> list[str]:
    """Column names with their white space tidied. Raises TableError: empty, twice, or too few."""
    tidy: dict[str, int] = {}  # each with its number
    for number, name in enumerate(names, start=1):
        if not isinstance(name, str):
            raise TableError(f"The name of column {number} must be text.", position=number)
        name = HALVES.sub("\N{REPLACEMENT CHARACTER}", " ".join(name.translate(INVISIBLE).split()))
        if not name:
            raise TableError(f"Column {number} has no name. Give it one, such as x{number}.", position=number)
        if name in tidy:
            raise TableError(
                f"Two columns are named {quoted(name)} (column {tidy[name]} and column {number}). Rename one.",
                position=number,
            )
        if name.startswith(">"):
            raise TableError(
                f"Column {number}, {quoted(name)}: a name cannot start with >, the mark of an output in a file. "
                "Rename it.",
                position=number,
            )
        tidy[name] = number
    if inputs == 0 or inputs == len(tidy):
        only = (
            f"The table has one column, {shortened(next(iter(tidy)))}"
            if len(tidy) == 1
            else f"The table has no {_missing(inputs)}"
        )
        raise TableError(f"{only}. It needs at least one input and one output: add a column.")
    return list(tidy)


def _missing(inputs: int) -> str:
    return "input column" if inputs == 0 else "output column"


def check_cell(value: Any, is_output: bool) -> Cell:
    """A cell's number, or None for an unknown output.

    Raises ValueError whose message continues the name of the cell.
    """
    if value is None:
        if is_output:
            return None
        raise ValueError("an input needs a number; ? and empty cells can only stand in an output column.")
    if isinstance(value, str):
        if plain(value) == "?":
            return check_cell(None, is_output)
        number = shortened(format_number(parse_number(value)))
        raise ValueError(f"{quoted(value)} is text. Write {number} without quotes.")
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{shortened(repr(value))} is not a number.")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise ValueError(f"{number} is not a finite number. Type an ordinary number such as 0.5.")
    return number
