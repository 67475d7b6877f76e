"""The kinds of settings: which values a setting of each kind takes, and what is said of any other value.

A kind's `check` takes the setting's label (for people), its path in the problem ("training.seed") and a value as JSON
gives it. It returns the value that a run uses, or raises SettingError, whose `field` is the path.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from tenlines.data.numbers import AmbiguousNumber, format_number, parse_number
from tenlines.errors import SettingError, quoted, shortened

LARGEST_COUNT = 2**53  # beyond it a double, and so a page, skips whole numbers


class Kind(Protocol):
    def check(self, label: str, path: str, value: Any) -> Any: ...


@dataclass(frozen=True)
class Whole:
    """A whole number from `low` to `high`."""

    low: int
    high: int = LARGEST_COUNT

    def check(self, label: str, path: str, value: Any) -> int:
        whole = is_number(value) and float(value).is_integer()
        if not whole or not self.low <= value <= self.high:
            limits = f"{self.low} or more" if self.high == LARGEST_COUNT else f"from {self.low} to {self.high:,}"
            raise SettingError(f"{label} is {shown(value)}. Write a whole number, {limits}.", field=path)
        return int(value)


@dataclass(frozen=True)
class Number:
    """A finite number from `low` to `high`, and below `below`."""

    low: float
    high: float = math.inf
    below: float = math.inf

    def check(self, label: str, path: str, value: Any) -> float:
        if not is_number(value) or not self.low <= value <= self.high or value >= self.below:
            if isinstance(value, str):
                refuse_two(label, path, value)
            limits = f"{self.low:g} or more" if self.high == math.inf else f"from {self.low:g} to {self.high:g}"
            limits += f" and below {self.below:g}" if self.below < math.inf else ""
            raise SettingError(f"{label} is {shown(value)}. Write a number, {limits}.", field=path)
        return float(value)


@dataclass(frozen=True)
class Choice:
    """One of a few values, each with the words for it in a list to choose from: "" for one that no list offers."""

    words: Mapping[Any, str]

    def check(self, label: str, path: str, value: Any) -> Any:
        for choice in self.words:
            if value == choice and isinstance(value, bool) == isinstance(choice, bool):
                return choice
        allowed = " or ".join(map(shown, self.words))
        raise SettingError(f"{label} is {shown(value)}. Choose {allowed}.", field=path)


@dataclass(frozen=True)
class Switch:
    """True or False."""

    def check(self, label: str, path: str, value: Any) -> bool:
        if not isinstance(value, bool):
            raise SettingError(f"{label} is {shown(value)}. Choose true or false.", field=path)
        return value


@dataclass(frozen=True)
class Optional:
    """A value of another kind, or None."""

    kind: Whole | Number

    def check(self, label: str, path: str, value: Any) -> int | float | None:
        return None if value is None else self.kind.check(label, path, value)


def refuse_two(label: str, path: str, typed: str) -> None:
    """Raises SettingError where what was typed can be two numbers, such as 1,234."""
    try:
        parse_number(typed)
    except AmbiguousNumber as error:
        raise SettingError(f"{label}: {error}", field=path) from None
    except ValueError:
        pass


def is_number(value: Any) -> bool:
    """Whether the value is a finite number; True and False are not."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:  # an int beyond the largest double
        return False


def shown(value: Any) -> str:
    """A value as a sentence shows it: text in quotation marks, other things as JSON has them, and briefly."""
    if isinstance(value, str):
        return quoted(value) if value else "empty"
    return shortened(format_number(value) if isinstance(value, float) else json.dumps(value))
