"""W1 to W4: Tenlines beside its peers in one Chromium run, interleaved, and natively between them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import numpy as np
from contender import Tenlines
from native import COMPILER, InPlaceNumpy, PlainC
from playwright.sync_api import Browser, Page
from stage import bench_page
from workloads import WORKLOADS, family

from tenlines.problem import Problem
from tenlines.training.frames import Frame, distance
from tenlines.training.gradient_descent import to_arrays
from tenlines.training.initial_weights import initial_parameters
from tenlines.training.network import set_parameters

ROUNDS = 11
FRESH_PAGES = 5  # in which first runs are measured
WARM_UP = [8, 12, 16]  # rows of other shapes, trained before
LEAST_ROUNDS = 3
MOST_SECONDS = 3.0  # a contender on a workload; the slow ones get fewer rounds

COMPILED, NUMPY, BY_HAND = "Tenlines compiled", "Tenlines NumPy", "JavaScript by hand"
PEERS = ["synaptic", "brain.js", "convnetjs", "tfjs, cpu", "tfjs, wasm"]
IN_FIRST_RUNS = [COMPILED, BY_HAND, "synaptic", "brain.js"]
IN_PLACE, NATIVE, C = "NumPy in place, native", "Tenlines compiled, native", "C -O3, native"


@dataclass
class Result:
    """One contender on one workload; all times in seconds."""

    error: float | None = None  # mean |Y − output| after the training
    distance: float | None = None  # of the weights from the reference's, relative; None: other arithmetic
    times: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        return median(self.times)


Results = dict[str, dict[str, Result]]  # workload → contender → result


def measure(browser: Browser, url: str, say: Callable[[str], None]) -> Results:
    results: Results = {name: {} for name in WORKLOADS}
    for turn in range(1, FRESH_PAGES):
        first_runs(browser, url, results, turn).close()
        say(f"first runs in a fresh page, {turn} of {FRESH_PAGES}")
    page = first_runs(browser, url, results, 0)
    for name, (_, data) in WORKLOADS.items():
        say(f"{name}: {WORKLOADS[name][0]}")
        for contender in (NUMPY, *PEERS):
            if contender not in results[name]:
                prepare(page, results[name], name, contender, data)
        trainers = {key: in_page(page, f"{name} {key}") for key in results[name]}
        trainers |= native(data, results[name])
        for turn in range(ROUNDS):
            for contender in rotated(list(trainers), turn):
                result = results[name][contender]
                if len(result.times) < LEAST_ROUNDS or sum(result.times) < MOST_SECONDS:
                    result.times.append(trainers[contender]())
    page.close()
    return results


def first_runs(browser: Browser, url: str, results: Results, turn: int) -> Page:
    """Each workload once in a page where other shapes have been trained, but not its own."""
    page = bench_page(browser, url)
    for rows in WARM_UP:
        for contender in IN_FIRST_RUNS:
            prepare(page, {}, "warm-up", contender, family(rows=rows))
    for name, (_, data) in WORKLOADS.items():
        for contender in rotated(IN_FIRST_RUNS, turn):
            prepare(page, results[name], name, contender, data)
    return page


def rotated(names: list[str], turn: int) -> list[str]:
    at = turn % len(names)
    return names[at:] + names[:at]


def in_page(page: Page, key: str) -> Callable[[], float]:
    return lambda: page.evaluate("(key) => bench.train(key)", key)


def prepare(page: Page, results: dict[str, Result], name: str, contender: str, data: dict[str, Any]) -> None:
    """Train once, from nothing."""
    key = f"{name} {contender}"
    result = results.setdefault(contender, Result())
    if contender in (COMPILED, NUMPY):
        engine = "compiled" if contender == COMPILED else "numpy"
        said = page.evaluate("(all) => bench.prepareTenlines(...all)", [key, engine, data])
        result.distance = said["distance"]
    else:
        said = page.evaluate("(all) => bench.prepare(...all)", [key, contender, work_of(data)])
        if said["weights"]:
            result.error, result.distance = compare(data, said["weights"])
    result.first.append(said["first"])
    result.error = said["error"] if said["error"] is not None else result.error


def work_of(data: dict[str, Any]) -> dict[str, Any]:
    """A problem as arrays, with the reference's initial weights."""
    problem = Problem.from_dict(data)
    X, Y = to_arrays(problem.table)
    return {
        "X": X.tolist(),
        "Y": Y.tolist(),
        "sizes": problem.sizes(),
        "activations": problem.activations(),
        "bias": problem.network.bias,
        "batch": problem.training.batch_size or len(X),
        "iterations": problem.training.iterations,
        "rate": problem.training.learning_rate,
        "weights": initial_parameters(problem.sizes(), problem.network.bias, problem.training.seed).tolist(),
    }


def compare(data: dict[str, Any], weights: Any) -> tuple[float, float]:
    """(error, distance from the reference) of weights that something else has trained."""
    reference = Tenlines(data, "numpy")
    set_parameters(reference.engine.layers, np.asarray(weights))  # pyright: ignore[reportAttributeAccessIssue]
    trained: Frame = reference.engine.frame()
    return trained.error, distance(reference.frame, trained)


def native(data: dict[str, Any], results: dict[str, Result]) -> dict[str, Callable[[], float]]:
    trainers: dict[str, Callable[[], float]] = {}
    compiled = Tenlines(data, "compiled")
    results[NATIVE] = Result(compiled.error, compiled.distance(data))
    trainers[NATIVE] = compiled.train
    for name, kind in {IN_PLACE: InPlaceNumpy, C: PlainC}.items():
        if kind is PlainC and not COMPILER:
            continue
        contender = kind(data)
        contender.train()
        results[name] = Result(*compare(data, contender.weights))
        trainers[name] = contender.train
    return trainers
