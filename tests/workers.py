"""How the tests are shared out among pytest-xdist's workers.

A file's tests in one engine stay together, so that they share a page. WebKit's stay in one worker, because its windows
need the display to themselves. What takes longest begins first, so that the workers end at about the same time.
"""

import re
from collections import defaultdict

import pytest
from xdist.scheduler import LoadScopeScheduling

ENGINE = re.compile(r"\[(?:.*-)?(chromium|firefox|webkit)(?:-.*)?\]$")
SECONDS: dict[str, float] = {"webkit": 5, "firefox": 2.5, "chromium": 2, "": 0.2}  # that a test takes, about
SLOW: dict[str, float] = {"tests/test_tools.py": 3}

Share = tuple[str, str]


def share(nodeid: str) -> Share:
    """(file, engine): the tests for which this is the same go to one worker."""
    found = ENGINE.search(nodeid)
    engine = found[1] if found else ""
    return "" if engine == "webkit" else nodeid.split("::")[0], engine


def longest_first(items: list[pytest.Item]) -> list[pytest.Item]:
    """In the order in which the workers take them."""
    seconds: dict[Share, float] = defaultdict(float)
    for item in items:
        file, engine = share(item.nodeid)
        seconds[file, engine] += SLOW.get(file, SECONDS[engine])
    return sorted(items, key=lambda item: -seconds[share(item.nodeid)])


class Workers(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return " ".join(share(nodeid))
