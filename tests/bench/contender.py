"""Tenlines as a contender: one of its two engines on one problem. Runs in the page and natively alike."""

from time import perf_counter
from typing import Any

from tenlines.problem import Problem
from tenlines.training.engine import ENGINES
from tenlines.training.frames import distance
from tenlines.training.kernel.compiler import compile_kernel
from tenlines.training.kernel.engine import CompiledEngine, kept_kernels


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


def compile_cost(data: Any) -> dict[str, float]:
    """Seconds to generate the kernel of a problem, and its bytes."""
    kept_kernels.clear()
    layout = CompiledEngine(Problem.from_dict(data)).kernel.layout
    began = perf_counter()
    code = compile_kernel(layout)
    return {"generate": perf_counter() - began, "bytes": len(code)}
