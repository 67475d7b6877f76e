"""The post's ten lines, generalised: the reference that every other way of training is held to."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tenlines.data.table import Table
from tenlines.methods.losses import LOSSES, Loss
from tenlines.methods.optimizers import OPTIMIZERS, Optimizer
from tenlines.methods.penalties import penalised
from tenlines.training.network import Array, Layer, backward, descents, forward, parts

generator = np.random.RandomState(0)

Batch = tuple[Array, Array, Array]  # X (rows, inputs); Y (rows, outputs), 0 for `?`; known (rows, outputs), 1 or 0


def train(
    layers: list[Layer],
    batches: Iterable[Batch],
    learning_rate: float,
    iterations: int,
    loss: Loss = LOSSES["squared"],
    optimizer: Optimizer = OPTIMIZERS["gd"],
    kept: Sequence[Sequence[Array]] = (),
    updates: Array | None = None,
    penalties: Mapping[str, float] = MappingProxyType({}),
) -> None:
    """Pass `iterations` times over the known rows, adjusting the weights in place after each batch.

    kept: what `kept_by` gives, adjusted in place too. updates: how many were made so far; of no dimension, counted on.
    penalties: their strengths by name.
    """
    updates = np.zeros(()) if updates is None else updates
    for _ in range(iterations):
        for X, Y, known in batches:
            updates += 1
            powers = powers_at(float(updates), optimizer)
            outputs = forward(layers, X)
            count = len(X) if layers[-1].activation.power else known.sum()
            deltas = backward(layers, outputs, (Y - outputs[-1]) * known, loss, count)
            for part, descent, *numbers in zip(parts(layers), descents(layers, outputs, deltas), *kept, strict=True):
                move = move_of(part, descent, numbers, optimizer, powers, penalties)
                for old, new in zip(numbers, move.kept, strict=True):
                    old[...] = new
                part += learning_rate * move.step


class Move(NamedTuple):
    """How an update moves some weights or a bias; each is of their shape."""

    descent: Array  # -∂E/∂weight, with the penalties
    kept: list[Array]  # what the optimizer keeps, as it is now
    step: Array  # what is added to them, times the learning rate


def move_of(
    part: Array,
    descent: Array,
    kept: Sequence[Array],
    optimizer: Optimizer,
    powers: Sequence[float],
    penalties: Mapping[str, float],
) -> Move:
    """part: weights or a bias. descent: without penalties. kept: as it was before this update. Changes none of them."""
    if part.ndim == 2:  # weights, not a bias
        descent = penalised(np, descent, part, penalties)
    now = [each.update(np, descent, old) for old, each in zip(kept, optimizer.kept.values(), strict=True)]
    return Move(descent, now, optimizer.step(np, descent, *now, *powers))


def powers_at(update: float, optimizer: Optimizer) -> list[float]:
    """Those that the optimizer's step takes at this update; 1 is the first."""
    return [number**update for number in optimizer.powers]


def kept_by(optimizer: Optimizer, layers: list[Layer]) -> list[list[Array]]:
    """What the optimizer keeps beside the weights, at the start: for each kind arrays of 0, as `parts` has them."""
    return [[np.zeros_like(part) for part in parts(layers)] for _ in optimizer.kept]


def to_arrays(table: Table) -> tuple[Array, Array]:
    """X: (rows, inputs) and Y: (rows, outputs), with nan in Y where the cell is `?`."""
    cells = np.array(table.rows, dtype=np.float64)  # None becomes nan
    return cells[:, : len(table.inputs)].copy(), cells[:, len(table.inputs) :].copy()


def batches_of(X: Array, Y: Array, batch_size: int | None, teaches: Sequence[bool] | None = None) -> list[Batch]:
    """The rows that train, in table order, `batch_size` at a time (None: all at once).

    X: (rows, inputs). Y: (rows, outputs), nan where the cell is `?`. teaches: of each row, whether it trains; None for
    those with any known output.
    """
    known = ~np.isnan(Y)
    taught = known.any(axis=1) if teaches is None else np.array(teaches)
    return split((X[taught], np.where(known, Y, 0.0)[taught], known[taught].astype(np.float64)), batch_size)


def split(rows: Batch, batch_size: int | None) -> list[Batch]:
    X, Y, known = rows
    size = batch_size or len(X)
    return [(X[at : at + size], Y[at : at + size], known[at : at + size]) for at in range(0, len(X), size)]


def order_of(count: int, seed: int, number: int) -> NDArray[np.int64]:
    """The places of so many rows in their order of this pass; 1 is the first. It is drawn apart from the weights."""
    generator.seed([seed, number % 2**32])
    return generator.permutation(count)


def shuffled(rows: Batch, seed: int, number: int) -> Batch:
    """The rows in their order of this pass."""
    X, Y, known = rows
    order = order_of(len(X), seed, number)
    return X[order], Y[order], known[order]


def mean_error(Y: Array, output: Array) -> float:
    """The mean of |Y - output| over the known cells of Y; both are (rows, outputs)."""
    misses = np.abs(Y - output)[~np.isnan(Y)]
    mean = misses.mean()
    return float(mean if np.isfinite(mean) else (misses / misses.size).sum())  # where only their sum is too large
