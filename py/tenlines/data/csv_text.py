"""Tables as text: the one reader and writer of CSV, TSV and pasted blocks.

The first line names the columns unless it holds only numbers. The last column is the output unless
names are marked with a leading `>`. `?` or nothing in an output column is an unknown. What commas and points mean is
told in separators.py. A name that a spreadsheet would run as a formula is written with an apostrophe before it, which
is taken off when it is read.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tenlines.data.file_kinds import binary_kind, text_kind
from tenlines.data.numbers import AmbiguousNumber, DecimalSign, format_number, looks_numeric, parse_number, plain
from tenlines.data.separators import DELIMITERS, SAID, decimal_sign, delimiter_of, is_one_column
from tenlines.data.table import Cell, Table, check_cell, check_names, choose_outputs, outputs_last
from tenlines.errors import TableError, several, shortened

OUTPUT_MARK = ">"
UNKNOWN = "?"
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
FORMULA = re.compile(r"('*)[=+\-@\uff1d\uff0b\uff0d\uff20]")  # how one begins, also in full-width characters


class Line(NamedTuple):
    number: int
    cells: list[str]


def read_table(data: str | bytes, outputs: Sequence[str] | None = None, notes: list[str] | None = None) -> Table:
    """Read a whole table; `outputs` names the output columns, over any `>` marks.

    A sentence on each kind of number that was read and is not plain, such as decimal commas, is added to `notes`.
    Raises TableError naming every wrong line and cell (the first few) and the remedy.
    """
    text = decode(data)
    try:
        return table_in(text, outputs, notes)
    except TableError:
        if kind := text_kind(text):
            raise TableError(f"This is no table but {kind}") from None
        raise


def table_in(text: str, outputs: Sequence[str] | None, notes: list[str] | None) -> Table:
    lines = split_lines(text)
    if not lines:
        raise TableError("There is no data. Write column names in the first line and numbers below.")
    header = None if is_data(lines[0].cells) else lines[0].cells
    body = lines if header is None else lines[1:]
    names, is_output = read_header(header, len(lines[0].cells), outputs)
    if not body:
        raise TableError("There are column names but no rows. Write at least one row of numbers below them.")

    sign = read_sign(body, delimiter_of(text), notes)
    order = outputs_last(is_output)
    wrong: list[str] = []
    rows = []
    for number, line in enumerate(body, start=1):
        if len(line.cells) != len(names):
            wrong.append(ragged(line, len(names)))
            continue
        row: list[Cell] = []
        for column in order:
            try:
                row.append(read_cell(line.cells[column], is_output[column], sign))
            except ValueError as error:
                wrong.append(f"Line {line.number} (row {number}), {shortened(names[column])}: {error}")
        rows.append(row)
    if wrong:
        raise TableError(several(wrong))
    inputs = len(names) - sum(is_output)
    ordered = [names[column] for column in order]
    return Table.of(ordered[:inputs], ordered[inputs:], rows)


def write_table(table: Table) -> str:
    """CSV that `read_table` reads back as the same table, to the last bit of every number.

    A byte order mark tells spreadsheets that names are in UTF-8, where one of them is not in ASCII.
    """
    names = [*table.inputs, *table.outputs]
    if len(table.outputs) > 1 or is_data(names):
        names = [*table.inputs, *(OUTPUT_MARK + name for name in table.outputs)]
    lines = [",".join(_quote(f"'{name}" if FORMULA.match(name) else name) for name in names)]
    lines += [",".join(UNKNOWN if cell is None else format_number(cell) for cell in row) for row in table.rows]
    return ("" if lines[0].isascii() else BYTE_ORDER_MARK) + "\n".join(lines) + "\n"


def read_block(data: str | bytes, notes: list[str] | None = None) -> list[list[Cell | str]]:
    """Cells to be laid over a table from some cell on: numbers, None for `?` and empty, else the text.

    `notes` is as in `read_table`. Raises TableError for numbers that can be read in two ways.
    """
    text = decode(data)
    delimiter = delimiter_of(text)
    lines = list(records(text))
    if delimiter == "," and not SAID.match(text) and '"' not in text:
        column = list(records(text, "\t"))
        if all(len(line.cells) < 2 for line in column) and is_one_column("".join(line.cells) for line in column):
            lines = column
    sign = read_sign(lines, delimiter, notes)
    wrong: list[str] = []

    def cell(text: str, line: Line) -> Cell | str:
        if is_unknown(text):
            return None
        try:
            return parse_number(text, sign)
        except AmbiguousNumber as error:
            wrong.append(f"Line {line.number}: {error}")
        except ValueError:
            pass
        return text

    block = [[cell(text, line) for text in line.cells or [""]] for line in lines]
    if wrong:
        raise TableError(several(wrong))
    return block


def is_table(data: str | bytes) -> bool:
    """Whether pasted text is a table of its own: a line of names, none of them a number, with rows below it."""
    lines = split_lines(decode(data))
    return len(lines) > 1 and not any(is_unknown(text) or looks_numeric(text) for text in lines[0].cells)


def decode(data: str | bytes) -> str:
    if isinstance(data, bytes):
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise TableError("The file is saved as UTF-16. Save it as CSV in UTF-8.")
        if b"\0" in data:
            raise no_text(data)
        try:
            data = data.decode("utf-8")
        except UnicodeDecodeError as error:
            if binary_kind(data):
                raise no_text(data) from None
            line = data.count(b"\n", 0, error.start) + 1
            raise TableError(f"Line {line} is not UTF-8 text. Save the file as CSV in UTF-8.") from None
    if "\0" in data:
        raise TableError("The text holds binary data. Choose a .csv or .tsv file.")
    return data.removeprefix(BYTE_ORDER_MARK)


def no_text(data: bytes) -> TableError:
    kind = binary_kind(data)
    return TableError(f"The file is not text but binary data{kind and f': {kind}'}. Choose a .csv or .tsv file.")


def split_lines(text: str) -> list[Line]:
    """The lines that hold anything. Raises TableError for quotes that do not match."""
    return [line for line in records(text) if any(map(plain, line.cells))]


def records(text: str, delimiter: str | None = None) -> Iterator[Line]:
    """Every line with its cells, stripped, but for Excel's `sep=`. Raises TableError for quotes that do not match."""
    csv.field_size_limit(len(text) + 1)  # a long cell is refused for what it holds, by name
    said = SAID.match(text)
    skipped = said[0] if said else ""
    reader = csv.reader(
        io.StringIO(text[len(skipped) :], newline=""),
        delimiter=delimiter or delimiter_of(text),
        skipinitialspace=True,
        strict=True,
    )
    before = len(skipped.splitlines())
    first = before + 1  # a quoted cell may span lines; what is wrong with it is named by the line where it starts
    try:
        for cells in reader:
            yield Line(first, [cell.strip() for cell in cells])
            first = before + reader.line_num + 1
    except csv.Error as error:
        if "end of data" in str(error):
            raise TableError(f'Line {first}: a quote (") is opened and never closed. Close it or remove it.') from None
        raise TableError(
            f'Line {before + reader.line_num}: a quote (") stands inside a cell. Write it twice, or remove it.'
        ) from None


def read_sign(lines: Sequence[Line], delimiter: str, notes: list[str] | None) -> DecimalSign:
    """The decimal sign of these lines; what is to be said of it is added to `notes`."""
    is_column = all(len(line.cells) < 2 for line in lines)
    sign, said = decimal_sign((cell for line in lines for cell in line.cells), "" if is_column else delimiter)
    if notes is not None:
        notes += said
    return sign


def is_unknown(text: str) -> bool:
    return plain(text) in ("", UNKNOWN)


def is_data(cells: Sequence[str]) -> bool:
    """Whether a line holds only numbers, good or bad, `?` and nothing: then it names no columns."""
    return all(is_unknown(text) or looks_numeric(text) for text in cells)


def read_header(
    header: Sequence[str] | None, columns: int, outputs: Sequence[str] | None
) -> tuple[list[str], list[bool]]:
    """Names, and which of them are outputs. Without a header: x1, x2, … y."""
    cells = header if header is not None else [*(f"x{n}" for n in range(1, columns)), "y"]
    cells = [cell[1:] if (guard := FORMULA.match(cell)) and guard[1] else cell for cell in cells]
    marked = [cell.startswith(OUTPUT_MARK) for cell in cells]
    names = [cell.removeprefix(OUTPUT_MARK).strip() for cell in cells]
    if outputs is not None:
        marked = choose_outputs(names, outputs)
    elif not any(marked):
        marked = [column == len(names) - 1 for column in range(len(names))]
    return check_names(names, len(names) - sum(marked)), marked


def read_cell(text: str, is_output: bool, sign: DecimalSign) -> Cell:
    return check_cell(None, is_output) if is_unknown(text) else parse_number(text, sign)


def ragged(line: Line, columns: int) -> str:
    hint = ""
    if len(line.cells) > columns:
        hint = " If its numbers have decimal commas, write points, or put semicolons between the columns."
    values = "1 value" if len(line.cells) == 1 else f"{len(line.cells)} values"
    return f"Line {line.number} has {values} and needs {columns}, one for each column.{hint}"


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"' if any(mark in name for mark in DELIMITERS + '"') else name
