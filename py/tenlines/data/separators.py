"""What the commas and points of one text mean: what is between its cells, and its decimal sign.

Between cells: what a first line `sep=;` says, else a tab, else a semicolon, else a comma, whichever of these the first
line of the table has. A pasted block that has only commas is one column where each of its lines can be a number; so
decimal commas that are copied from a column of a spreadsheet stay in one. Where 0,1 and 1,0, or 1,200 and 1,350, can be
numbers and cells alike, the block is refused.

The decimal sign: a number that can be read in one way only (0.5, 0,5 or 1,234,567) says which it is for all of the
text. Where none does, a text with commas between its cells has decimal points. In any other, 1,200 is refused as either
1200 or 1.2; 1.200 is 1.2, as everywhere in the page, but refused too where semicolons are between the cells, which
spreadsheets write where the comma is the decimal sign.
"""

import re
from collections.abc import Iterable

from tenlines.data.numbers import NUMBER, DecimalSign, format_number, plain, readings
from tenlines.errors import TableError, quoted, shortened

DELIMITERS = "\t;,"  # in this order, so that decimal commas in a semicolon file are none
SAID = re.compile(r'\s*"?sep=([\t;,|])"?[ \t]*(\r\n?|\n|$)', re.IGNORECASE)  # Excel's line
CELL = re.compile(r"[+-]?(0|[1-9]\d*)(\.\d*)?", re.ASCII)  # no 000 or 05, which stand only inside of a number


def delimiter_of(text: str) -> str:
    """What is between the cells of a text; a comma where there is only one column."""
    if said := SAID.match(text):
        return said[1]
    unquoted = "".join(text.lstrip(" \r\n").split('"')[::2])
    first = unquoted[: re.search(r"[\r\n]|$", unquoted).start()]  # pyright: ignore[reportOptionalMemberAccess]
    return next((delimiter for delimiter in DELIMITERS if delimiter in first), ",")


def is_one_column(lines: Iterable[str]) -> bool:
    """Whether pasted lines without tabs and semicolons are a number each, rather than cells with commas between them.

    Raises TableError where both are as likely: where all are of 0 and 1 (0,1), or have as many groups (1,200).
    """
    known = [(line.strip(), text) for line in lines if (text := plain(line)) not in ("", "?")]
    both = [readings(text) for _, text in known]
    if not all(point or comma for point, comma in both):
        return False
    has_commas = any("," in text for _, text in known)
    cells = [text.split(",") if has_commas else line.split(" ") for line, text in known]
    widths = {len(row) for row in cells}
    if len(widths) != 1 or widths == {1} or not all(CELL.fullmatch(cell) for row in cells for cell in row):
        return True
    is_binary = all(cell in ("0", "1") for row in cells for cell in row)
    has_decimal_commas = any(comma and not point for point, comma in both)
    groups = [cell.partition(".")[0] for cell in cells[0][1:]]
    is_copied_cell = len(known) == 1 and has_commas and all(len(group) == 3 for group in groups)
    if is_copied_cell or (has_decimal_commas and not is_binary):
        return True
    numbers = " or ".join(dict.fromkeys(shortened(format_number(float(number))) for number in both[0] if number))
    raise TableError(
        f"{quoted(known[0][0])} can be {numbers}, or the cells {shortened(', '.join(cells[0]))}. Write numbers without "
        f"{'commas' if has_commas else 'spaces'}, and cells with tabs or semicolons between them."
    )


def decimal_sign(cells: Iterable[str], delimiter: str) -> tuple[DecimalSign, list[str]]:
    """The decimal sign of a text, by all its cells, and a sentence on each kind of number in it that is not plain.

    delimiter: what is between the cells; "" where there is only one column.
    """
    proven: dict[DecimalSign, str] = {}  # each with a cell that shows it, as the two below
    doubtful: dict[str, str] = {}  # by the sign in it: 1,234 and 1.234
    kinds: dict[str, str] = {}
    for cell in cells:
        if NUMBER.fullmatch(cell) and ("." not in cell or "." in proven):
            continue
        text = plain(cell)
        point, comma = readings(text)
        number = point or comma
        if not number:
            continue
        if point and comma and point != comma:
            doubtful.setdefault("," if "," in text else ".", cell)
            continue
        if point != comma:
            proven.setdefault("." if point else ",", cell)
        if len(number) < len(text):
            kinds.setdefault("Thousands", cell)
        elif not point:
            kinds.setdefault("Decimal commas", cell)

    sign: DecimalSign = "."
    if proven:
        sign = next(iter(proven)) if len(proven) == 1 else "unknown"
    elif doubtful and (delimiter == ";" or (delimiter != "," and "," in doubtful)):
        sign = "unknown"
    if sign != "unknown":
        for mark, cell in doubtful.items():
            kind = "Thousands" if mark != sign else "Decimal commas" if mark == "," else "Decimal points"
            if kind != "Decimal points" or not proven:
                kinds.setdefault(kind, cell)
    return sign, [_in_words(kind, cell, sign) for kind, cell in kinds.items()]


def _in_words(kind: str, cell: str, sign: DecimalSign) -> str:
    point, comma = readings(plain(cell))
    number = (comma or point) if sign == "," else (point or comma)
    other = f", not {comma}" if kind == "Decimal points" else ""
    return f"{kind} were read: {shortened(cell)} is {shortened(format_number(float(number or 0)))}{other}."
