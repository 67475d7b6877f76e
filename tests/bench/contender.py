"""Tenlines as a contender: one of its two engines on one problem. Runs in the page and natively alike."""

import json
from array import array
from statistics import median
from time import perf_counter
from typing import Any

from tenlines.problem import Problem
from tenlines.training.answers import answers_of, shape_of
from tenlines.training.engine import ENGINES
from tenlines.training.frames import distance
from tenlines.training.kernel.compiler import compile_kernel
from tenlines.training.kernel.engine import CompiledEngine, kept_kernels, kernel_for

MAPS = 30


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
    in_kernel = 0.0
    instance = kernel_for(shape_of(problem)).instance
    call = instance.call

    def timed(*args: Any) -> None:
        nonlocal in_kernel
        began = perf_counter()
        call(*args)
        in_kernel += perf_counter() - began

    times = []
    instance.call = timed
    for _ in range(MAPS):
        in_kernel = 0.0
        began = perf_counter()
        answers_of(text, weights, rows, with_hidden=False)
        times.append((in_kernel, perf_counter() - began))
    instance.call = call
    kernel, whole = (median(column) for column in zip(*times, strict=True))
    return {"kernel": kernel, "whole": whole}


def compile_cost(data: Any) -> dict[str, float]:
    """Seconds to generate the kernel of a problem, and its bytes."""
    kept_kernels.clear()
    layout = CompiledEngine(Problem.from_dict(data)).kernel.layout
    began = perf_counter()
    code = compile_kernel(layout)
    return {"generate": perf_counter() - began, "bytes": len(code)}
