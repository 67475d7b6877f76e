"""Everything Tenlines refuses, in one place.

    TenlinesError (a ValueError)   the message is a sentence: what is wrong, where, and the remedy
    ├── TableError                 a cell, name, row or line of the data
    ├── SettingError               a field of the problem outside the table
    ├── DivergedError              numbers that cannot be computed with, before any training
    └── ProgramError               the text of a program, in Python's own words

`where` says the place as plain data, so that a page can mark it: any of
`row` and `position` (of a column), both counted from 1, `column` (a name), `field` ("training.iterations"),
`cells` (every wrong cell as [row, column], where there may be several); of a program `line`, counted from 1, and
`column`, from 0 and as JavaScript counts.
"""

from typing import Any

LONGEST_QUOTE = 40  # characters of what was brought that a sentence shows


class TenlinesError(ValueError):
    def __init__(self, message: str, **where: Any):
        super().__init__(message)
        self.message = message
        self.where = where


class TableError(TenlinesError):
    pass


class SettingError(TenlinesError):
    pass


class DivergedError(TenlinesError):
    pass


class ProgramError(TenlinesError):
    pass


def several(messages: list[str], most: int = 3) -> str:
    """The first messages as one text, and how many more there are."""
    rest = len(messages) - most
    return " ".join(messages[:most]) + (f" … and {rest:,} more." if rest > 0 else "")


def quoted(text: str) -> str:
    """`text` in quotation marks, short enough for a sentence."""
    return f"“{shortened(text)}”"


def shortened(text: str) -> str:
    """`text`, or as much of it as a sentence shows, with … for the rest."""
    return f"{text[: LONGEST_QUOTE - 1]}…" if len(text) > LONGEST_QUOTE else text
