"""The numbers of one update, from the state that a run has at an iteration.

They are those of the reference (training/gradient_descent.py), whose own parts compute them here once more: the sums,
what the activations make of them, and then, from the last layer back, how far each sum should move and what that makes
of the weights. What is too large for a double is inf or nan.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tenlines.errors import SettingError
from tenlines.methods.penalties import penalised
from tenlines.training.gradient_descent import Batch, move_of, order_of, powers_at
from tenlines.training.network import Array, Layer, backward, descents, flow, parts
from tenlines.training.numpy_engine import NumpyEngine

Rows = NDArray[np.int64]  # places in the table


class Units(NamedTuple):
    """A layer on its way forwards and back: (rows, units), nan where a row is not in the batch.

    errors: how far what the unit says is off; for a hidden layer its share of what is wrong above it.
    shared: what a loss that is a mean makes of the errors; None for other losses, and where the slope cancels out.
    slopes: d output / dz; None where the loss has made them cancel out.
    of_errors, of_blame: added up over all rows of the batch, (units,).
    """

    sums: Array
    outputs: Array
    errors: Array
    shared: Array | None
    slopes: Array | None
    blame: Array
    of_errors: Array
    of_blame: Array


class Part(NamedTuple):
    """Weights (fan_in, units) or a bias (1, units) in this update.

    total: what came in times the blame, added up over the batch. pull: what penalties add to that; None without any.
    """

    layer: int
    is_bias: bool
    before: Array
    total: Array
    pull: Array | None
    descent: Array
    kept_before: list[Array]  # what the optimizer kept before
    kept: list[Array]  # and what it keeps now
    step: Array
    change: Array  # the step times the learning rate
    after: Array


class Update(NamedTuple):
    """What one batch does."""

    rows: Rows  # those whose numbers are wanted
    batch: Rows  # in the order in which the update takes them
    known: float  # answers in the batch, or rows with softmax: what a loss that is a mean divides by
    layers: list[Units]
    parts: list[Part]
    # Of the batch, for the sums worked out: what goes into each layer and its blame, (rows of the batch, …).
    inputs: list[Array]
    blame: list[Array]

    def weights(self, layer: int) -> Array:
        """(fan_in, units), as they were before."""
        return next(part.before for part in self.parts if part.layer == layer and not part.is_bias)

    def bias(self, layer: int) -> Array | None:
        """(units,), as it was before; None where there is none."""
        return next((part.before[0] for part in self.parts if part.layer == layer and part.is_bias), None)


class OnePass(NamedTuple):
    update: Update
    number: int  # of its batch, from 1
    batches: int  # in the pass
    outputs: tuple[Array, Array]  # of all rows of the table before and after the whole pass
    errors: tuple[float, float]  # the mean error before and after it


def one_pass(engine: NumpyEngine, iteration: int, state: bytes, rows: Sequence[int], number: int = 1) -> OnePass:
    """The pass that follows an iteration. state: of an engine at that iteration. number: of the batch that is told of.

    Raises SettingError where the state is not of this network.
    """
    if len(state) != len(engine.save()[1]):
        raise SettingError("These weights are not of this network.", field="run")
    engine.restore((iteration, state))
    before = engine.frame()
    batches = batches_after(engine, iteration)
    with np.errstate(all="ignore"):
        for earlier in batches[: number - 1]:
            engine.learn([taken(engine, earlier)], 1)
        found = update(engine, np.array(rows, dtype=np.int64), batches[number - 1])
        for batch in batches[number - 1 :]:
            engine.learn([taken(engine, batch)], 1)
        after = engine.frame()
    outputs = np.array(before.outputs), np.array(after.outputs)
    return OnePass(found, number, len(batches), outputs, (before.error, after.error))


def batches_after(engine: NumpyEngine, iteration: int) -> list[Rows]:
    """The places in the table of the rows of each batch of the next pass."""
    taught = np.flatnonzero(engine.teaches)
    if engine.is_shuffled:
        taught = taught[order_of(len(taught), engine.seed, iteration + 1)]
    size = engine.batch_size or len(taught)
    return [taught[at : at + size] for at in range(0, len(taught), size)]


def taken(engine: NumpyEngine, batch: Rows) -> Batch:
    Y = engine.Y[batch]
    known = ~np.isnan(Y)
    return engine.X[batch], np.where(known, Y, 0.0), known.astype(np.float64)


def update(engine: NumpyEngine, rows: Rows, batch: Rows) -> Update:
    layers, loss = engine.layers, engine.loss
    X, Y, known = taken(engine, batch)
    sums, outputs = flow(layers, X)
    count = len(X) if layers[-1].activation.power else known.sum()
    miss = (Y - outputs[-1]) * known
    blame = backward(layers, outputs, miss, loss, count)
    errors = [above @ layer.weights.T for layer, above in zip(layers[1:], blame[1:], strict=True)] + [miss]
    place = {int(row): at for at, row in enumerate(batch)}
    inside = [at for at, row in enumerate(rows) if int(row) in place]
    theirs = [place[int(rows[at])] for at in inside]
    own_sums, own_outputs = flow(layers, engine.X[rows])

    def of_rows(all_of_batch: Array, others: Array | None = None) -> Array:
        """(rows, units): what the update has itself, as far as the row is in it."""
        found = np.full((len(rows), all_of_batch.shape[1]), np.nan) if others is None else others
        found[inside] = all_of_batch[theirs]
        return found

    units = []
    for at, layer in enumerate(layers):
        is_last = at == len(layers) - 1
        output = of_rows(outputs[at + 1], own_outputs[at + 1])
        slopes = None if is_last and loss.is_at_sum else slopes_of(layer, output)
        is_shared = is_last and loss.is_mean and not loss.is_at_sum
        off = of_rows(errors[at] if not is_last else np.where(known > 0, miss, np.nan))
        units.append(
            Units(
                sums=of_rows(sums[at], own_sums[at]),
                outputs=output,
                errors=off,
                shared=loss.error(np, off, count) if is_shared else None,
                slopes=slopes,
                blame=of_rows(blame[at] if not is_last else np.where(known > 0, blame[at], np.nan)),
                of_errors=errors[at].sum(axis=0),
                of_blame=blame[at].sum(axis=0),
            )
        )
    return Update(rows, batch, float(count), units, moved(engine, outputs, blame), outputs[:-1], blame)


def slopes_of(layer: Layer, output: Array) -> Array:
    """d output / dz of each; as far as nothing over all outputs of a row is in the activation."""
    return np.broadcast_to(layer.activation.backward(np, np.ones_like(output), output), output.shape)


def moved(engine: NumpyEngine, outputs: list[Array], blame: list[Array]) -> list[Part]:
    """What the update makes of each of the network's parts, without changing them."""
    powers = powers_at(float(engine.updates) + 1, engine.optimizer)
    layers = [number for number, layer in enumerate(engine.layers, start=1) for _ in parts([layer])]
    totals = descents(engine.layers, outputs, blame)
    found = []
    for layer, part, total, *kept in zip(layers, parts(engine.layers), totals, *engine.kept, strict=True):
        is_bias = part.ndim == 1
        move = move_of(part, total, kept, engine.optimizer, powers, engine.penalties)
        change = engine.learning_rate * move.step
        has_pull = engine.penalties and not is_bias
        found.append(
            Part(
                *(layer, is_bias, np.atleast_2d(part.copy()), np.atleast_2d(total)),
                pull=penalised(np, np.zeros_like(part), part, engine.penalties) if has_pull else None,
                descent=np.atleast_2d(move.descent),
                kept_before=[np.atleast_2d(each.copy()) for each in kept],
                kept=[np.atleast_2d(each) for each in move.kept],
                step=np.atleast_2d(move.step),
                change=np.atleast_2d(change),
                after=np.atleast_2d(part + change),
            )
        )
    return found
