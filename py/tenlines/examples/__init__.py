"""The examples: tables with settings that suit them, for the terminal's --example and the page's list.

A file beside this one is an example, named after it: {"place", "title", "group", "about", "problem"}. place: where it
stands in the list. about: a line on what it teaches. problem: as anywhere, only what is not as in the post.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from tenlines.errors import SettingError, quoted
from tenlines.problem import Problem

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Example:
    name: str
    place: int
    title: str
    group: str
    about: str
    problem: dict[str, Any]


@lru_cache
def examples() -> dict[str, Example]:
    """All of them by name, in the list's order."""
    read = (Example(file.stem, **json.loads(file.read_text("utf-8"))) for file in FOLDER.glob("*.json"))
    return {each.name: each for each in sorted(read, key=lambda each: (each.place, each.name))}


def problem_of(name: str) -> Problem:
    """Raises SettingError, with the names that there are."""
    example = examples().get(name)
    if not example:
        raise SettingError(f"There is no example {quoted(name)}. There are {', '.join(examples())}.", field="example")
    return Problem.from_dict(example.problem)
