"""python3 build.py bench: measures Tenlines beside its peers. Ratios travel between machines, times do not."""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Any

import curves
import keys
import printing
import report
import scrubbing
import stage
import startup
import training
from playwright.sync_api import Playwright, sync_playwright
from report import STARTS_PROMISED
from workloads import WORKLOADS, noisy

Say = Callable[[str], None]


def measure_training(playwright: Playwright, say: Say) -> tuple[Any, list[str]]:
    with stage.chromium(playwright) as browser, stage.served(stage.build(), stage.IsolatedHandler) as url:
        results = training.measure(browser, url, say)
    return report.for_machines(results), [*report.training(results), *report.promises(results)]


def measure_growing(playwright: Playwright, say: Say) -> tuple[Any, list[str]]:
    with stage.chromium(playwright) as browser, stage.served(stage.build(), stage.IsolatedHandler) as url:
        steps = curves.measure(browser, url, say)
    return steps, [*report.curves(steps)]


def measure_typing(playwright: Playwright, say: Say) -> tuple[Any, list[str]]:
    with (
        stage.chromium(playwright) as browser,
        stage.served(stage.site()) as site,
        stage.served(stage.PAGE) as page,
    ):
        results = keys.measure(browser, site, f"{page}echo.html", say)
    return results, [*report.typing(results)]


def measure_scrubbing(playwright: Playwright, say: Say) -> tuple[Any, list[str]]:
    with stage.chromium(playwright) as browser, stage.served(stage.site()) as site:
        results = scrubbing.measure(browser, site, say)
    return results, [*report.scrubbed(results)]


def measure_map(playwright: Playwright, say: Say) -> tuple[Any, list[str]]:
    say("the kernel of a map")
    with stage.chromium(playwright) as browser, stage.served(stage.build(), stage.IsolatedHandler) as url:
        page = stage.bench_page(browser, url)
        data = WORKLOADS["W3"][1]
        cost = page.evaluate("(data) => bench.cost('map_cost', data, 100)", data)
    return cost, [*report.mapped(cost)]


def measure_starts(playwright: Playwright, say: Say) -> tuple[Any, list[str]]:
    say("other random starts, and a diagnosis")
    tables = {"the post's table": WORKLOADS["W1"][1], "10,000 × 50": noisy(10_000, 50)}
    with stage.chromium(playwright) as browser, stage.served(stage.build(), stage.IsolatedHandler) as url:
        page = stage.bench_page(browser, url)
        cost = partial(page.evaluate, "(all) => bench.cost(...all)")
        starts = {name: cost(["starts_cost", name, 20]) for name in STARTS_PROMISED}
        diagnoses = {name: cost(["diagnosis_cost", table]) for name, table in tables.items()}
    costs = {"starts": starts, "diagnoses": diagnoses}
    return costs, [*report.started(costs)]


def measure_printing(playwright: Playwright, say: Say) -> tuple[Any, list[str]]:
    with stage.chromium(playwright) as browser, stage.served(stage.site()) as site:
        results = printing.measure(browser, site, say)
    return results, [*report.printed(results)]


def measure_start_up(playwright: Playwright, say: Say) -> tuple[Any, list[str]]:
    results = startup.measure(playwright, say)
    return asdict(results), [*report.start_up(results)]


PARTS = {
    "training": measure_training,
    "growing": measure_growing,
    "typing": measure_typing,
    "scrubbing": measure_scrubbing,
    "map": measure_map,
    "starts": measure_starts,
    "printing": measure_printing,
    "start-up": measure_start_up,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="build.py bench", description="Measures Tenlines beside its peers.")
    parser.add_argument("parts", nargs="*", metavar="part", help=f"only these: {', '.join(PARTS)} (default: all)")
    parser.add_argument("--json", action="store_true", help="print every number as JSON")
    options = parser.parse_args()
    unknown = [part for part in options.parts if part not in PARTS]
    if unknown:
        parser.error(f"there is no part {unknown[0]!r}: the parts are {', '.join(PARTS)}")
    say: Say = partial(print, file=sys.stderr, flush=True)
    numbers: dict[str, Any] = {}
    with sync_playwright() as playwright:
        with stage.chromium(playwright) as browser:
            numbers["browser"] = f"Chromium {browser.version}"
        for part in options.parts or PARTS:
            numbers[part], lines = PARTS[part](playwright, say)
            if not options.json:
                print("\n".join(lines), flush=True)
    if options.json:
        print(json.dumps(numbers, indent=1))


main()
