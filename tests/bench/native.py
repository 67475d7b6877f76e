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
from tenlines.start import initial_parameters
from tenlines.training import to_arrays

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
    """The reference's arithmetic with out= everywhere, so that no iteration allocates."""

    def __init__(self, data: Any):
        super().__init__(data)
        sizes, at = self.problem.sizes(), 0
        self.W, self.b = [], []
        for fan_in, fan_out in pairwise(sizes):
            self.W.append(self.weights[at : (at := at + fan_in * fan_out)].reshape(fan_in, fan_out))
            if self.problem.network.bias:
                self.b.append(self.weights[at : (at := at + fan_out)])
        self.batches = [
            (self.X[first : first + self.batch].copy(), self.Y[first : first + self.batch].copy())
            for first in range(0, len(self.X), self.batch)
        ]
        self.buffers = {rows: self.buffers_for(rows) for rows in {len(X) for X, _ in self.batches}}

    def buffers_for(self, rows: int) -> list[tuple[np.ndarray, ...]]:
        """Of each layer: output, delta, slope, gradient, gradient of the bias."""
        return [
            (*(np.empty((rows, W.shape[1])) for _ in range(3)), np.empty_like(W), np.empty(W.shape[1])) for W in self.W
        ]

    def run(self) -> None:
        kinds, rate, bias = self.problem.activations(), self.problem.training.learning_rate, bool(self.b)
        last = len(self.W) - 1
        for _ in range(self.problem.training.iterations):
            for X, Y in self.batches:
                buffers = self.buffers[len(X)]
                inputs = X
                for layer, (output, *_) in enumerate(buffers):
                    np.matmul(inputs, self.W[layer], out=output)
                    if bias:
                        output += self.b[layer]
                    if kinds[layer] == "tanh":
                        np.tanh(output, out=output)
                    else:
                        np.negative(output, out=output)
                        np.exp(output, out=output)
                        output += 1
                        np.reciprocal(output, out=output)
                    inputs = output
                for layer in range(last, -1, -1):
                    output, delta, slope, gradient, bias_gradient = buffers[layer]
                    if layer == last:
                        np.subtract(Y, output, out=delta)
                    else:
                        np.matmul(buffers[layer + 1][1], self.W[layer + 1].T, out=delta)
                    np.multiply(output, output, out=slope)
                    np.subtract(1 if kinds[layer] == "tanh" else output, slope, out=slope)
                    delta *= slope
                    np.matmul((buffers[layer - 1][0] if layer else X).T, delta, out=gradient)
                    gradient *= rate
                    if bias:
                        np.add.reduce(delta, axis=0, out=bias_gradient)
                        bias_gradient *= rate
                for layer, (*_, gradient, bias_gradient) in enumerate(buffers):
                    self.W[layer] += gradient
                    if bias:
                        self.b[layer] += bias_gradient


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
