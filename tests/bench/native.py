"""What this computer does without a browser: NumPy with every temporary preallocated, and plain C."""

import ctypes
import shutil
import subprocess
import tempfile
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from tenlines.problem import Problem
from tenlines.training.gradient_descent import to_arrays
from tenlines.training.initial_weights import initial_parameters

HERE = Path(__file__).parent
COMPILER = shutil.which("gcc") or shutil.which("cc")
KINDS = {"sigmoid": 0, "tanh": 1}


class Native:
    """A problem without `?`, and weights to train from the same start again and again."""

    def __init__(self, data: Any):
        self.problem = problem = Problem.from_dict(data)
        self.X, self.Y = to_arrays(problem.table)
        self.batch = problem.training.batch_size or len(self.X)
        start = initial_parameters(problem.sizes(), problem.network.bias, problem.training.seed)
        self.start = np.array(start)
        self.weights = self.start.copy()

    def train(self) -> float:
        """Seconds of one whole training."""
        self.weights[:] = self.start
        began = perf_counter()
        self.run()
        return perf_counter() - began

    def run(self) -> None:
        raise NotImplementedError


class InPlaceNumpy(Native):
    """The reference's arithmetic with every result written in place, so that no iteration allocates."""

    def __init__(self, data: Any):
        super().__init__(data)
        self.batches = [
            (self.X[first : first + self.batch].copy(), self.Y[first : first + self.batch].copy())
            for first in range(0, len(self.X), self.batch)
        ]
        buffers = {rows: self.layers(rows) for rows in {len(X) for X, _ in self.batches}}
        self.plans = [self.plan(X, Y, buffers[len(X)]) for X, Y in self.batches]

    def layers(self, rows: int) -> list[dict[str, Any]]:
        """What each layer needs for so many rows, its weights as views of the one vector."""
        sizes, at, layers = self.problem.sizes(), 0, []
        for kind, (fan_in, fan_out) in zip(self.problem.activations(), pairwise(sizes), strict=True):
            W = self.weights[at : (at := at + fan_in * fan_out)].reshape(fan_in, fan_out)
            b = self.weights[at : (at := at + fan_out)] if self.problem.network.bias else None
            output, delta, slope = (np.empty((rows, fan_out)) for _ in range(3))
            layers.append(
                {
                    **{"W": W, "WT": W.T, "b": b, "output": output, "delta": delta, "slope": slope},
                    **{"is_tanh": kind == "tanh", "change": np.empty_like(W), "change_b": np.empty(fan_out)},
                    "ones": np.ones(rows),
                }
            )
        return layers

    def plan(self, X: np.ndarray, Y: np.ndarray, layers: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
        """The calls of one update: (function, operands…, result), so that an iteration only makes them."""
        rate, calls, inputs = np.array(self.problem.training.learning_rate), [], X
        one = np.array(1.0)
        for layer in layers:
            output = layer["output"]
            calls.append((np.dot, inputs, layer["W"], output))
            if layer["b"] is not None:
                calls.append((np.add, output, layer["b"], output))
            if layer["is_tanh"]:
                calls.append((np.tanh, output, output))
            else:
                calls += [(np.negative, output, output), (np.exp, output, output)]
                calls += [(np.add, output, one, output), (np.reciprocal, output, output)]
            inputs = output
        for at in range(len(layers) - 1, -1, -1):
            layer = layers[at]
            output, delta, slope = layer["output"], layer["delta"], layer["slope"]
            if at == len(layers) - 1:
                calls.append((np.subtract, Y, output, delta))
            else:
                calls.append((np.dot, layers[at + 1]["delta"], layers[at + 1]["WT"], delta))
            calls.append((np.multiply, output, output, slope))
            calls.append((np.subtract, one if layer["is_tanh"] else output, slope, slope))
            calls.append((np.multiply, delta, slope, delta))
        for layer, inputs in zip(layers, [X, *(layer["output"] for layer in layers)], strict=False):
            parts = [("W", inputs.T, "change")] + ([("b", layer["ones"], "change_b")] if layer["b"] is not None else [])
            for part, left, change in parts:
                calls.append((np.dot, left, layer["delta"], layer[change]))
                if rate != 1:
                    calls.append((np.multiply, layer[change], rate, layer[change]))
                calls.append((np.add, layer[part], layer[change], layer[part]))
        return calls

    def run(self) -> None:
        calls = [(call[0], call[1:]) for plan in self.plans for call in plan]
        for _ in range(self.problem.training.iterations):
            for function, operands in calls:
                function(*operands)


class PlainC(Native):
    def run(self) -> None:
        problem = self.problem
        sizes, kinds = problem.sizes(), [KINDS[name] for name in problem.activations()]
        library().train(
            len(kinds),
            (ctypes.c_int * len(sizes))(*sizes),
            (ctypes.c_int * len(kinds))(*kinds),
            int(problem.network.bias),
            len(self.X),
            self.X.ctypes,
            self.Y.ctypes,
            self.batch,
            problem.training.iterations,
            ctypes.c_double(problem.training.learning_rate),
            self.weights.ctypes,
        )


_library: ctypes.CDLL | None = None


def library() -> ctypes.CDLL:
    global _library
    if _library is None:
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / "plain.so"
            command = [str(COMPILER), "-O3", "-march=native", "-shared", "-fPIC", "-o", target, HERE / "plain.c", "-lm"]
            subprocess.run(command, check=True)
            _library = ctypes.CDLL(str(target))
    return _library
