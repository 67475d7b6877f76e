"""A pytest plugin: prints, as JSON in the last line, which tests were collected and which of them draw new examples."""

import json

from hypothesis import is_hypothesis_test


def pytest_collection_finish(session):
    drawing = [item for item in session.items if is_hypothesis_test(item.obj)]
    report = {
        "files": sorted({item.path.relative_to(session.config.rootpath).as_posix() for item in session.items}),
        "drawing": [item.nodeid for item in drawing],
        "new": [item.nodeid for item in drawing if not settings_of(item).derandomize],
    }
    session.config.get_terminal_writer().line(f"\n{json.dumps(report)}")


def settings_of(item):
    return item.obj._hypothesis_internal_use_settings  # hypothesis has no public name for it
