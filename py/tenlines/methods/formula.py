"""Formulas that can be computed, compiled and written down.

A method (each other module here) states each formula once, as a function whose first argument, `m`, holds the functions
that it needs: exp, tanh, maximum, where, logaddexp, sqrt, sign.

m = numpy, values = arrays     computes (training/network.py)
m = kernel functions           compiles (training/kernel/functions.py)
m = PROGRAM, values = Text     is a line of a program (program/write.py), and what such a line is recognised by
m = PEOPLE, values = Spoken    is the formula in an explanation (explain/spoken.py)
"""

import re
from typing import Any

# How tightly a text holds together: what holds less than its place needs is put in brackets.
COMPARISON, SUM, PRODUCT, SIGN, POWER, ATOM = range(6)


class Text:
    """A part of a formula in Python. Operators on it give the text of the larger formula."""

    PLUS, MINUS, TIMES, OVER, NEGATIVE = " + ", " - ", " * ", " / ", "-"

    def __init__(self, text: object, rank: int = ATOM) -> None:
        self.text, self.rank = str(text), rank

    def __str__(self) -> str:
        return self.text

    def held(self, rank: int) -> str:
        return self.text if self.rank >= rank else f"({self.text})"

    def _pair(self, left: Any, sign: str, right: Any, rank: int) -> "Text":
        kind = type(self)
        left, right = (part if isinstance(part, Text) else kind(part) for part in (left, right))
        return kind(left.held(rank) + sign + right.held(rank + 1), rank)

    def __add__(self, other: Any) -> "Text":
        return self._pair(self, self.PLUS, other, SUM)

    def __radd__(self, other: Any) -> "Text":
        return self._pair(other, self.PLUS, self, SUM)

    def __sub__(self, other: Any) -> "Text":
        return self._pair(self, self.MINUS, other, SUM)

    def __rsub__(self, other: Any) -> "Text":
        return self._pair(other, self.MINUS, self, SUM)

    def __mul__(self, other: Any) -> "Text":
        return self._pair(self, self.TIMES, other, PRODUCT)

    def __rmul__(self, other: Any) -> "Text":
        return self._pair(other, self.TIMES, self, PRODUCT)

    def __truediv__(self, other: Any) -> "Text":
        return self._pair(self, self.OVER, other, PRODUCT)

    def __rtruediv__(self, other: Any) -> "Text":
        return self._pair(other, self.OVER, self, PRODUCT)

    def __neg__(self) -> "Text":
        return type(self)(self.NEGATIVE + self.held(SIGN), SIGN)

    def __pow__(self, power: "int | Text") -> "Text":
        return Text(f"{self.held(ATOM)} ** {power}", POWER)

    def __gt__(self, other: Any) -> "Text":
        return Text(f"{self.held(SUM)} > {other}", COMPARISON)


class ProgramFunctions:
    def __getattr__(self, name: str) -> Any:
        return lambda *arguments: Text(f"{name}({', '.join(map(str, arguments))})")


PROGRAM = ProgramFunctions()


def functions_in(formula: object) -> list[str]:
    """The functions of NumPy's that a formula in a program calls by their names."""
    return re.findall(r"(?<![.\w])(\w+)\(", str(formula))
