"""JavaScript without a page, by Node's own test runner: each file beside this one is a test here.

`node --test tests/node/*.test.mjs` runs them alone.
"""

import json
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).parent
REPORTER = FOLDER / "tools" / "report.mjs"
FILES = {path.name.removesuffix(".test.mjs"): path for path in sorted(FOLDER.glob("*.test.mjs"))}
# What needs no page is covered to this share of its lines; the rest of web/ is covered by the tests in browsers.
STREETS = ("web/model/", "web/program/check-", "web/state/", "web/storage/")
LEAST = 0.9


@pytest.fixture(scope="session")
def report(request) -> dict:
    """What Node says of the files that are wanted, run once for all of them."""
    items = (item for item in request.session.items if item.path == Path(__file__) and hasattr(item, "callspec"))
    wanted = {item.callspec.params["name"] for item in items}
    command = ["node", "--test", "--experimental-test-coverage", f"--test-reporter={REPORTER.as_uri()}"]
    files = [str(FILES[name]) for name in sorted(wanted)]
    done = subprocess.run([*command, *files], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    lines = [line for line in done.stdout.splitlines() if line.startswith('{"files"')]
    assert lines, done.stdout + done.stderr
    return json.loads(lines[-1])


@pytest.mark.parametrize("name", FILES)
def test_javascript(name, report, record_property):
    said = report["files"].get(FILES[name].relative_to(ROOT).as_posix(), {"passed": 0, "failed": ["It did not run."]})
    record_property("node tests", said["passed"])
    if said["failed"] or not said["passed"]:
        pytest.fail("\n\n".join(said["failed"]), pytrace=False)


def test_what_needs_no_page_is_covered(report, record_property):
    if len(report["files"]) < len(FILES):
        pytest.skip("Only some of the files run.")
    coverage = {path: counts for path, counts in report["coverage"].items() if path.startswith("web/")}
    record_property("node coverage", coverage)
    lines = {path: counts["lines"] for path, counts in coverage.items() if path.startswith(STREETS)}
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "web" / "model").glob("*.js")}
    assert files - set(lines) == set()
    low = {path: f"{reached} of {all} lines" for path, (reached, all) in lines.items() if reached < LEAST * all}
    assert low == {}
