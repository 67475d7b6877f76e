"""A pytest plugin: prints, as JSON in the last line, which tests were collected and which of them draw new examples."""

import json
from itertools import groupby

from hypothesis import is_hypothesis_test


def pytest_collection_finish(session):
    drawing = [item for item in session.items if is_hypothesis_test(item.obj)]
    report = {
        "files": sorted({item.path.relative_to(session.config.rootpath).as_posix() for item in session.items}),
        "drawing": [item.nodeid for item in drawing],
        "unsampled": sorted(unsampled(session.items)),
        "new": [item.nodeid for item in drawing if not settings_of(item).derandomize],
    }
    session.config.get_terminal_writer().line(f"\n{json.dumps(report)}")


def settings_of(item):
    return item.obj._hypothesis_internal_use_settings  # hypothesis has no public name for it


def of(item) -> str:
    """The test that it is a case of."""
    return item.nodeid.split("[")[0]


def unsampled(items):
    """What is marked as a sample of a test's parameters, and is none of them."""
    for name, cases in groupby(sorted(items, key=of), of):
        tests = list(cases)
        sample = tests[0].get_closest_marker("sample")
        tried = [value for test in tests if sample for value in test.callspec.params.values()]
        yield from (f"{name}: {value}" for value in (sample.args if sample else ()) if value not in tried)
