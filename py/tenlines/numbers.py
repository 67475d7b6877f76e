"""Numbers as people write them in a cell."""

import math
import re

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+([eE][+-]?\d+)?", re.ASCII)
NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity|∞)", re.IGNORECASE)
LONGEST_QUOTE = 40  # characters of what was brought that a sentence shows


def parse_number(text: str) -> float:
    """The finite number written in `text`, with a decimal point.

    Raises ValueError whose message continues the name of a cell: what is wrong, and the remedy.
    """
    text = text.strip().replace("\N{MINUS SIGN}", "-")
    if NUMBER.fullmatch(text):
        value = float(text)
        if math.isinf(value):
            raise ValueError(f"{quoted(text)} is too large. The largest number is about 1.8e308.")
        return value
    if DECIMAL_COMMA.fullmatch(text):
        raise ValueError(f"{quoted(text)} has a decimal comma. Write {shortened(text.replace(',', '.'))} with a point.")
    if NOT_FINITE.fullmatch(text):
        raise ValueError(f"{quoted(text)} is not a finite number. Type an ordinary number such as 0.5.")
    raise ValueError(f"{quoted(text)} is not a number. Type a number such as 0.5.")


def is_number(text: str) -> bool:
    try:
        parse_number(text)
    except ValueError:
        return False
    return True


def looks_numeric(text: str) -> bool:
    """Whether the text is meant as a number, even one that `parse_number` refuses: 0,5 or nan or 1e999."""
    return any(shape.fullmatch(text) for shape in (NUMBER, DECIMAL_COMMA, NOT_FINITE)) or is_number(text)


def format_number(value: float) -> str:
    """The shortest text that reads back as the same number: 1, 0.1, 1e+300, -0."""
    text = repr(float(value))
    return text.removesuffix(".0")


def quoted(text: str) -> str:
    """`text` in quotation marks, short enough for a sentence."""
    return f"“{shortened(text)}”"


def shortened(text: str) -> str:
    """`text`, or as much of it as a sentence shows, with … for the rest."""
    return f"{text[: LONGEST_QUOTE - 1]}…" if len(text) > LONGEST_QUOTE else text
