"""A mistake, and the table of hints: functions of it, listed under the type of error that each is for."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

Plain = dict[str, Any]


@dataclass(frozen=True)
class Mistake:
    words: str  # Python's
    line: str  # of the program; empty where that is unknown
    namespace: Plain

    def calls(self, *names: str) -> bool:
        """Whether the line calls one of these functions."""
        return any(re.search(rf"\b{name}\s*\(", self.line) for name in names)

    def says(self, pattern: str) -> re.Match[str] | None:
        return re.search(pattern, self.words)


HINTS: list[tuple[type[BaseException], Callable[[Any, Mistake], str | None]]] = []


def hint(kind: type[BaseException]) -> Callable:
    """Lists a function (error, mistake) -> sentence, or None where it has nothing to say."""

    def add(function: Callable) -> Callable:
        HINTS.append((kind, function))
        return function

    return add


def close(name: str, others: Any) -> str | None:
    """The name that may have been meant."""
    names = [other for other in others if isinstance(other, str) and not other.startswith("_") and other != name]
    for other in names:
        if other.lower() == name.lower():
            return other
    return next(iter(get_close_matches(name, names, 1, 0.75)), None)
