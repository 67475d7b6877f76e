"""web/model/*examples.generated.js: the examples (py/tenlines/examples/) for the page's list.

A large table is not needed for the first answer: it is in a module of its own, which comes with web/later.js.
"""

import sys
from collections.abc import Mapping

import page_module
from layout import PY, WEB

sys.path.append(str(PY))  # not in .venv: this Python has what the examples import

from tenlines.examples import Example, examples

SMALL = WEB / "model" / "examples.generated.js"
LARGE = WEB / "model" / "large-examples.generated.js"
MOST_ROWS = 50  # of a small one
SAID = "py/build/examples_module.py from py/tenlines/examples/"


def write() -> None:
    page_module.write(SMALL, small(examples()))
    page_module.write(LARGE, large(examples()))


def small(every: Mapping[str, Example]) -> str:
    given = [
        {
            **{"name": name, "title": each.title, "group": each.group, "about": each.about},
            **({} if is_large(each) else {"problem": each.problem}),
        }
        for name, each in every.items()
    ]
    return page_module.source(SAID, [], {("EXAMPLES", 'import("./examples.js").Given[]'): given})


def large(every: Mapping[str, Example]) -> str:
    problems = {name: each.problem for name, each in every.items() if is_large(each)}
    return page_module.source(SAID, [], {("LARGE", "Record<string, object>"): problems})


def is_large(example: Example) -> bool:
    return len(example.problem.get("table", {}).get("rows", [])) > MOST_ROWS
