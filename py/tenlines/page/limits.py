"""How large a table a page can hold. The terminal has no such limits."""

from tenlines.data.table import Table
from tenlines.errors import TableError

MOST_CELLS = 200_000
MOST_COLUMNS = 1000  # web/model/schema.js has these two as well
MOST_NAME = 500  # characters
INSTEAD = "or train it in the terminal: python -m tenlines FILE."


def check_table(table: Table) -> None:
    """Raises TableError for what a page cannot draw."""
    names = [*table.inputs, *table.outputs]
    check_cells(len(table.rows) * len(names))
    if len(names) > MOST_COLUMNS:
        raise TableError(
            f"This has {len(names):,} columns; the page holds up to {MOST_COLUMNS:,}. Take a part of them, {INSTEAD}"
        )
    for column, name in enumerate(names, start=1):
        length = len(name.encode("utf-16-le", "surrogatepass")) // 2  # as JavaScript counts
        if length > MOST_NAME:
            raise TableError(
                f"Column {column} has a name of {length:,} characters; the page takes up to {MOST_NAME}. Shorten it."
            )


def check_size(data: str | bytes) -> None:
    """Before a text is read: raises TableError where it has so many cells that reading it would take too long."""
    separators = (",", ";", "\t", "\n") if isinstance(data, str) else (b",", b";", b"\t", b"\n")
    check_cells(sum(data.count(mark) for mark in separators))  # pyright: ignore[reportArgumentType]


def check_cells(cells: int) -> None:
    if cells > MOST_CELLS:
        raise TableError(
            f"This is about {cells:,} cells; the page holds up to {MOST_CELLS:,}. Take a part of the rows, {INSTEAD}"
        )
