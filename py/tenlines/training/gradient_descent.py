"""The post's ten lines, generalised: the reference that every other way of training is held to."""

from collections.abc import Iterable

import numpy as np

from tenlines.data.table import Table
from tenlines.training.network import Array, Layer, backward, forward

Batch = tuple[Array, Array, Array]  # X (rows, inputs); Y (rows, outputs), 0 for `?`; known (rows, outputs), 1 or 0


def train(layers: list[Layer], batches: Iterable[Batch], learning_rate: float, iterations: int) -> None:
    """Pass `iterations` times over the known rows, adjusting the weights in place after each batch."""
    for _ in range(iterations):
        for X, Y, known in batches:
            outputs = forward(layers, X)
            deltas = backward(layers, outputs, (Y - outputs[-1]) * known)
            for layer, inputs, delta in zip(layers, outputs, deltas, strict=False):
                layer.weights += learning_rate * (inputs.T @ delta)
                if layer.bias is not None:
                    layer.bias += learning_rate * delta.sum(axis=0)


def to_arrays(table: Table) -> tuple[Array, Array]:
    """X: (rows, inputs) and Y: (rows, outputs), with nan in Y where the cell is `?`."""
    cells = np.array(table.rows, dtype=np.float64)  # None becomes nan
    return cells[:, : len(table.inputs)].copy(), cells[:, len(table.inputs) :].copy()


def batches_of(X: Array, Y: Array, batch_size: int | None) -> list[Batch]:
    """The rows that have anything to teach, in table order, `batch_size` at a time (None: all at once).

    X: (rows, inputs). Y: (rows, outputs), nan where the cell is `?`.
    """
    known = ~np.isnan(Y)
    teaches = known.any(axis=1)
    X, Y, known = X[teaches], np.where(known, Y, 0.0)[teaches], known[teaches].astype(np.float64)
    size = batch_size or len(X)
    return [(X[at : at + size], Y[at : at + size], known[at : at + size]) for at in range(0, len(X), size)]


def mean_error(Y: Array, output: Array) -> float:
    """The mean of |Y - output| over the known cells of Y; both are (rows, outputs)."""
    misses = np.abs(Y - output)[~np.isnan(Y)]
    mean = misses.mean()
    return float(mean if np.isfinite(mean) else (misses / misses.size).sum())  # where only their sum is too large
