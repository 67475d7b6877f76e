"""Tenlines as a contender: one of its two engines on one problem. Runs in the page and natively alike."""

import json
from array import array
from math import inf
from statistics import median
from time import perf_counter
from typing import Any

from tenlines.diagnosis.assessment import Assessment, assessed
from tenlines.examples import problem_of
from tenlines.problem import Problem
from tenlines.training.answers import AT_ONCE, answers_of, shape_of
from tenlines.training.engine import ENGINES
from tenlines.training.frames import distance
from tenlines.training.kernel.compiler import compile_kernel
from tenlines.training.kernel.engine import CompiledEngine, kept_kernels, kernel_for
from tenlines.training.kernel.layout import DOUBLE
from tenlines.training.run import Run

MAPS = 30
REPEATS = 5
SLICE_SECONDS = 0.005  # as in web/train/assess.js


class Tenlines:
    """`first`: seconds from a checked problem to its trained network; nothing of its shape is kept from before."""

    def __init__(self, data: Any, engine: str):
        problem = Problem.from_dict(data)
        self.iterations = problem.training.iterations
        kept_kernels.clear()
        began = perf_counter()
        self.engine = ENGINES[engine](problem, False)
        start = self.engine.save()
        self.engine.advance(self.iterations)
        self.first = perf_counter() - began
        self.start = start
        self.frame = self.engine.frame()
        self.error = self.frame.error

    def train(self) -> float:
        """Seconds of the same training once more, from the same start."""
        self.engine.restore(self.start)
        began = perf_counter()
        self.engine.advance(self.iterations)
        return perf_counter() - began

    def distance(self, data: Any) -> float:
        """How far the result is from the reference's, relative to it."""
        return distance(Tenlines(data, "numpy").frame, self.frame)


def map_cost(data: Any, side: int) -> dict[str, float]:
    """Seconds of the kernel for a map of side × side places over the first two inputs, and of the whole answer."""
    problem = Problem.from_dict(data)
    weights = CompiledEngine(problem).frame().weights.tobytes()
    rest = [0.5] * (len(problem.table.inputs) - 2)
    places = [step / (side - 1) for step in range(side)]
    rows = array("d", (number for y in places for x in places for number in (x, y, *rest))).tobytes()
    text = json.dumps(problem.to_dict())
    kernel = kernel_for(shape_of(problem))
    times = []
    for _ in range(MAPS):
        began = perf_counter()
        answers_of(text, weights, rows, with_hidden=False)
        whole = perf_counter() - began
        began = perf_counter()
        for at in range(0, side * side, AT_ONCE):
            kernel.instance.call("forward", 0, min(AT_ONCE, side * side - at) * DOUBLE)
        times.append((perf_counter() - began, whole))
    in_kernel, whole = (median(column) for column in zip(*times, strict=True))
    return {"kernel": in_kernel, "whole": whole}


def diagnosis_cost(data: Any) -> dict[str, float]:
    """Seconds of the diagnosis of a problem without other starts, once what it needs has been imported."""
    run = Run(Problem.from_dict(data), "compiled")
    run.advance(inf)
    assessed(run)
    times = []
    for _ in range(REPEATS):
        began = perf_counter()
        assessed(run)
        times.append(perf_counter() - began)
    return {"diagnosis": median(times)}


def starts_cost(example: str, count: int) -> dict[str, float]:
    """Seconds of so many other starts of an example, in slices as the page asks for them; longest: of the slices."""
    run = Run(problem_of(example), "compiled")
    run.advance(inf)
    assessment, slices = Assessment(run, count), []
    while not assessment.done:
        began = perf_counter()
        assessment.advance(SLICE_SECONDS)
        slices.append(perf_counter() - began)
    return {"starts": sum(slices), "longest": max(slices), "run": run.seconds}


def compile_cost(data: Any) -> dict[str, float]:
    """Seconds to generate the kernel of a problem, and its bytes."""
    kept_kernels.clear()
    layout = CompiledEngine(Problem.from_dict(data)).kernel.layout
    began = perf_counter()
    code = compile_kernel(layout)
    return {"generate": perf_counter() - began, "bytes": len(code)}
