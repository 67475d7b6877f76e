"""How a program reads its table from a CSV file: the call of NumPy's genfromtxt."""

import io
import json
from dataclasses import dataclass

from tenlines.data.csv_text import decode, is_data, read_header, split_lines
from tenlines.data.separators import delimiter_of
from tenlines.data.table import Cell, Table


@dataclass(frozen=True)
class DataFile:
    name: str
    delimiter: str = ","
    header_lines: int = 1
    columns: tuple[int, ...] | None = None  # the file's, in the table's order; None: as they stand

    def reading(self) -> str:
        """The call that gives the table as an array, nan where it is `?`."""
        parts = [json.dumps(self.name, ensure_ascii=False), f"delimiter={json.dumps(self.delimiter)}"]
        if self.header_lines:
            parts.append(f"skip_header={self.header_lines}")
        if self.columns:
            parts.append(f"usecols={self.columns}")
        return f'genfromtxt({", ".join(parts)}, encoding="utf-8")'


BESIDE = DataFile("table.csv")  # what write_table writes, kept beside the program


def data_file(name: str, data: bytes, table: Table) -> DataFile | None:
    """How to read the file from which this table came, or None where genfromtxt would read something else.

    It splits lines at every delimiter and takes whatever is no number for nan: cells in quotes are not for it.
    """
    delimiter = delimiter_of(decode(data))
    head, *body = split_lines(decode(data))
    first = head if is_data(head.cells) else body[0]
    names, _ = read_header(None if first is head else head.cells, len(head.cells), None)
    places = {name: place for place, name in enumerate(names)}
    columns = tuple(places[name] for name in (*table.inputs, *table.outputs))
    in_order = columns == tuple(range(len(columns)))
    lines = list(io.StringIO(data.decode("utf-8"), newline=None))[first.number - 1 :]
    split = [line.strip(" \n").split(delimiter) for line in lines if line.strip(" \n")]
    if any(len(cells) != len(names) for cells in split):
        return None
    read = tuple(tuple(_as_numpy(cells[column]) for column in columns) for cells in split)
    return DataFile(name, delimiter, first.number - 1, None if in_order else columns) if read == table.rows else None


def _as_numpy(text: str) -> Cell:
    try:
        return float(text)
    except ValueError:
        return None
