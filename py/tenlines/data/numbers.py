"""Numbers as people write them in a cell or a field.

The decimal sign is a point or a comma, and thousands may be grouped by the other of the two, by spaces or by
apostrophes. `1,234` and `1.234` are two numbers each, one with a decimal sign and one with grouped thousands:
separators.py says what decides. Digits of every script, full-width characters and typographic signs count as the plain
ones. web/model/typed-numbers.js reads what is typed by the same rules, and a test compares the two.
"""

import math
import re
from typing import Literal

from tenlines.errors import quoted

# The decimal sign of a text: known; "unknown", so that what can be two numbers is refused; or "typed" in a cell of its
# own, where a point is a decimal point, as everywhere in the page, and only a comma can be two things.
DecimalSign = Literal[".", ",", "unknown", "typed"]

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
GROUPED = re.compile(
    r"[+-]?([1-9]\d{0,2}([,' ])\d{3}(\2\d{3})*|[1-9]\d?(,\d\d)+,\d{3})(\.\d*)?",  # 1,234,567 and India's 12,34,567
    re.ASCII,
)
NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity|∞)", re.IGNORECASE)
SWAPPED = str.maketrans(".,", ",.")
WHITE_SPACE = " \t\n\v\f\r"

# What counts as each plain character, as regular expressions of Python and of JavaScript, as in
# web/model/typed-numbers.js.
PLAIN = {
    "": r"[\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]",  # invisible
    " ": r"[\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]",
    "-": r"[\u2010-\u2015\u2212\u30fc\ufe58\ufe63\uff0d\uff70]",  # dashes, and the key - of Japanese keyboards
    "+": r"[\ufe62\uff0b]",
    ".": r"[\u066b\u3002\ufe52\uff0e\uff61]",  # also the Arabic decimal separator and the ideographic full stop
    ",": r"[\u060c\u3001\ufe50\uff0c\uff64]",  # also the Arabic and the ideographic comma
    "'": r"[\u02bc\u066c\u2019\uff07]",  # also the Arabic thousands separator
    "e": r"[\uff25\uff45]",
    "?": r"[\u055e\u061f\u1367\ufe56\uff1f]",  # also the Armenian, Arabic and Ethiopic question marks
}


class AmbiguousNumber(ValueError):
    """A text that can be two numbers. The message continues the name of a cell."""


def plain(text: str) -> str:
    """`text` in ASCII as far as it can be a number or `?`, without white space around it."""
    if not text.isascii():
        for character, others in PLAIN.items():
            text = re.sub(others, character, text)  # compiled when needed: the page's first answer needs none of them
        text = re.sub(r"\d", lambda digit: str(int(digit[0])), text)
    return text.strip(WHITE_SPACE)


def readings(text: str) -> tuple[str | None, str | None]:
    """What a plain text says with a decimal point, and with a decimal comma, for float; None where it is no number."""
    return _with_point(text), _with_point(text.translate(SWAPPED))


def _with_point(text: str) -> str | None:
    if NUMBER.fullmatch(text):
        return text
    return re.sub("[,' ]", "", text) if GROUPED.fullmatch(text) else None


def parse_number(text: str, sign: DecimalSign = "typed") -> float:
    """The finite number written in `text`.

    Raises ValueError whose message continues the name of a cell: what is wrong, and the remedy. AmbiguousNumber is the
    one for two possible numbers.
    """
    spelled = plain(text)
    with_point = spelled.translate(SWAPPED) if sign == "," else spelled
    if sign != "unknown" and NUMBER.fullmatch(with_point):
        return _finite(with_point, text)
    point, comma = readings(spelled)
    if point and comma and point != comma and sign in ("unknown", "typed"):
        raise AmbiguousNumber(_both(text, spelled, point, comma))
    found = (comma or point) if sign == "," else (point or comma)
    if found:
        return _finite(found, text)
    if NOT_FINITE.fullmatch(spelled):
        raise ValueError(f"{quoted(text)} is not a finite number. Type an ordinary number such as 0.5.")
    raise ValueError(f"{quoted(text)} is not a number. Type a number such as 0.5.")


def parse_whole(text: str) -> float:
    """The number written in a field for whole numbers, where 1.000 and 1,000 are a thousand and 1_000 may be written.

    Raises ValueError as `parse_number` does. A number that is not whole is given as it is, to be refused by name.
    """
    found = next(
        (reading for reading in readings(plain(text).replace("_", "'")) if reading and "." not in reading), None
    )
    return _finite(found, text) if found else parse_number(text)


def _finite(number: str, text: str) -> float:
    value = float(number)
    if math.isinf(value):
        raise ValueError(f"{quoted(text)} is too large. The largest number is about 1.8e308.")
    return value


def _both(text: str, spelled: str, point: str, comma: str) -> str:
    sign, thousands, decimal = ("comma", point, comma) if "," in spelled else ("point", comma, point)
    decimal = decimal.rstrip("0").removesuffix(".")
    again = f"{decimal}0" if decimal[-4:-3] == "." else decimal  # 1.2340: no longer three digits behind the point
    return (
        f"{quoted(text)} can be {thousands} or {decimal}. "
        f"Write {thousands} if the {sign} stands between thousands, {again} if it is a decimal {sign}."
    )


def looks_numeric(text: str) -> bool:
    """Whether the text is meant as a number, even one that `parse_number` refuses: 1,234 or nan or 1e999."""
    text = plain(text)
    return any(readings(text)) or NOT_FINITE.fullmatch(text) is not None


def format_number(value: float) -> str:
    """The shortest text that reads back as the same number: 1, 0.1, 1e+300, -0."""
    text = repr(float(value))
    return text.removesuffix(".0")
