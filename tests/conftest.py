"""How tests are shared out where several run at a time: a file's to one process, and all of WebKit's to one.

WebKit's pages are windows on the display, of which one alone has the keyboard.
"""

import pytest


@pytest.hookimpl(tryfirst=True)  # pytest-xdist reads the marks
def pytest_collection_modifyitems(items):
    for item in items:
        engine = getattr(item, "callspec", None) and item.callspec.params.get("engine")
        group = engine if engine == "webkit" else f"{item.path.stem} {engine or ''}"
        item.add_marker(pytest.mark.xdist_group(group))
