"""After the tests: how many of Node's there were, and what of web/ they cover.

conftest.py takes the hook from here: a conftest.py in node/ is not read by the process that sums up for two workers.
"""


def pytest_terminal_summary(terminalreporter):
    told = [told for report in terminalreporter.getreports("passed") for told in report.user_properties]
    count = sum(value for name, value in told if name == "node tests")
    if not count:
        return
    terminalreporter.section("JavaScript in Node")
    terminalreporter.write_line(f"{count} tests passed")
    for coverage in (value for name, value in told if name == "node coverage"):
        for path, counts in [*sorted(coverage.items()), ("in all", total(coverage))]:
            lines, branches = (share(*counts[kind]) for kind in ("lines", "branches"))
            terminalreporter.write_line(f"{path:40} lines {lines}  branches {branches}")


def total(coverage: dict) -> dict:
    return {
        kind: [sum(part) for part in zip(*(one[kind] for one in coverage.values()), strict=True)]
        for kind in ("lines", "branches")
    }


def share(reached: int, all_of_it: int) -> str:
    return f"{reached / all_of_it:6.1%}" if all_of_it else "     –"
