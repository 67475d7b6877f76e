"""How hypothesis draws, and how workers share the tests (workers.py).

Hypothesis draws the same examples in every run, so that no run depends on luck. Lines count as covered only where a
test says itself what it tries: to count them in what is drawn would take as long as to try it.

TENLINES_RANDOM=10 in the environment draws new ones in each run, ten times as many. What such a run finds is added to
its test as an @example, and from then on every run tries it.
"""

import os

import pytest
import workers
from hypothesis import HealthCheck, is_hypothesis_test, settings
from node_summary import pytest_terminal_summary  # noqa: F401  a hook
from playwright.sync_api import sync_playwright

ROUNDS = int(os.environ.get("TENLINES_RANDOM") or 0)  # of new examples; 0: the same examples, once
ROUND = "round_of_examples"

settings.register_profile("same", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.register_profile("new", settings.get_profile("same"), derandomize=False, print_blob=True)
settings.load_profile("new" if ROUNDS else "same")


def pytest_generate_tests(metafunc):
    if ROUNDS > 1 and is_hypothesis_test(metafunc.function):
        metafunc.fixturenames.append(ROUND)
        metafunc.parametrize(ROUND, range(1, ROUNDS + 1))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    for item in items:
        if is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker("no_cover")  # pytest-cov's
    if hasattr(config, "workerinput"):  # this process is one of the workers
        items[:] = workers.longest_first(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return workers.Workers(config, log)


@pytest.fixture(scope="session")
def playwright():
    """One for all tests of a process: a second one beside it does not start."""
    with sync_playwright() as playwright:
        yield playwright
