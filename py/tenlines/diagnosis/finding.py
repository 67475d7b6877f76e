"""What a diagnosis finds: a cause, in plain sentences, and what mends it."""

import json
from collections.abc import Generator, Mapping
from dataclasses import asdict
from typing import Any, NamedTuple

from tenlines.data.table import Table
from tenlines.problem import Problem
from tenlines.settings.registry import PARTS, checked

Change = dict[str, dict[str, Any]]  # parts of a problem: {"network": {"bias": True}}


class Finding(NamedTuple):
    cause: str
    text: str  # a sentence or two
    mend: str | None = None  # what a button that mends it is called
    change: Change | None = None  # what that changes in the problem
    teaches: bool = False  # whether with this alone the network learns the whole table, by trial

    def plain(self) -> dict[str, Any]:
        """As page/messages.py has it."""
        change = None if self.change is None else json.dumps(self.change)
        return {"cause": self.cause, "text": self.text, "mend": self.mend, "change": change}


# A search for one: it yields between its trials, so that it can be stopped.
Search = Generator[None, None, Finding | None]


def changed(problem: Problem, change: Mapping[str, Mapping[str, Any]]) -> Problem:
    """Raises TableError or SettingError where that is no problem that can be trained."""
    plain = {name: {**asdict(getattr(problem, name)), **change.get(name, {})} for name in PARTS}
    settings = {name: part(**checked(part, name, as_plain(plain[name]))) for name, part in PARTS.items()}
    table = Table.from_dict({**problem.table.to_dict(), **change["table"]}) if "table" in change else problem.table
    found = Problem(table, **settings)
    found.check_loss()
    found.check_split()
    return found


def as_plain(part: dict[str, Any]) -> dict[str, Any]:
    """With the hidden layers as a problem object has them."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in part.items()}


def mended(problem: Problem, finding: Finding) -> Problem:
    return changed(problem, finding.change or {})
