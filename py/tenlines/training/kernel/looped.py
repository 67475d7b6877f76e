"""Training with loops: rows innermost, two at a time; for networks and tables of any size.

Each function works on the rows from byte offset `first` up to `end` of every column. The units of a layer are the outer
loop; a group of weights is held in locals while the rows stream by.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tenlines.methods.activations import ACTIVATIONS, Activation
from tenlines.methods.losses import LOSSES
from tenlines.methods.optimizers import OPTIMIZERS
from tenlines.methods.penalties import penalised
from tenlines.training.kernel.expressions import I32Value, Vector, constant, i32, load, load_f64, load_splat
from tenlines.training.kernel.functions import Functions
from tenlines.training.kernel.layout import DOUBLE, PAIR, Layout
from tenlines.training.kernel.wasm import Function

GROUP = 12  # with a sum and a factor these fill 16 registers

Finish = Callable[[I32Value, Vector], Vector]  # (address of the rows in the unit's column, sum) -> what is stored


def forward(layout: Layout) -> Function:
    """The output of every layer."""
    f = Function(parameters=2)
    m = Functions(f, layout.exp_table)
    shape = layout.shape
    for layer, (fan_in, fan_out) in enumerate(zip(shape.sizes, shape.sizes[1:], strict=False)):
        activation = ACTIVATIONS[shape.activations[layer]]

        def finish(_: I32Value, z: Vector, activation=activation) -> Vector:
            return z if activation.power else activation.forward(m, f.let(z))

        with units(f, layout, fan_out, DOUBLE) as (column, weight):
            start = f.let(load_splat(weight, layout.bias[layer])) if shape.bias else None
            sources = [
                (layout.output[layer] + k * layout.stride, layout.weights[layer] + k * fan_out * DOUBLE)
                for k in range(fan_in)
            ]
            weighted_sum(f, sources, weight, start, column, layout.output[layer + 1], finish)
        if activation.power:
            over_rows(f, m, layout, activation)
    return f


def over_rows(f: Function, m: Functions, layout: Layout, activation: Activation) -> None:
    """Puts the outputs, each of which depends on all z of its row, in the place of these z."""
    assert activation.power
    at, columns = layout.output[-1], layout.shape.sizes[-1] * layout.stride
    with pairs(f) as row:
        largest, total = f.let(load(row, at)), f.let(constant(0.0))
        with f.loop(0, columns, layout.stride) as column:
            f.set(largest, largest.at_least(load(row + column, at)))
        with f.loop(0, columns, layout.stride) as column:
            power = f.let(activation.power(m, load(row + column, at), largest))
            f.store(row + column, at, power)
            f.set(total, total + power)
        with f.loop(0, columns, layout.stride) as column:
            f.store(row + column, at, activation.forward(m, load(row + column, at), total))


def backward(layout: Layout) -> Function:
    """The delta of every layer, from the last to the first."""
    f = Function(parameters=2)
    m = Functions(f, layout.exp_table)
    shape, loss = layout.shape, LOSSES[layout.shape.loss]
    last = len(shape.sizes) - 1
    count = f.let(constant(0.0))
    if loss.is_mean:
        with units(f, layout, shape.counted, 0) as (column, _), pairs(f) as row:
            f.set(count, count + load(row + column, layout.known))
        f.set(count, count.both_lanes_added())
    with units(f, layout, shape.sizes[-1], 0) as (column, _), pairs(f) as row:
        place = f.let(row + column)
        output = f.let(load(place, layout.output[last]))
        miss = load(place, layout.target) - output
        if shape.needs_mask:
            miss = miss * load(place, layout.known)
        error = loss.error(m, miss, count)
        delta = error if loss.is_at_sum else ACTIVATIONS[shape.activations[-1]].backward(m, error, output)
        f.store(place, layout.delta[last], delta)
    for layer in range(last - 1, 0, -1):
        back = ACTIVATIONS[shape.activations[layer - 1]].backward
        fan_out = shape.sizes[layer + 1]

        def finish(place: I32Value, error: Vector, layer=layer, back=back) -> Vector:
            return back(m, error, f.let(load(place, layout.output[layer])))

        with units(f, layout, shape.sizes[layer], fan_out * DOUBLE) as (column, weight):
            sources = [
                (layout.delta[layer + 1] + k * layout.stride, layout.weights[layer] + k * DOUBLE)
                for k in range(fan_out)
            ]
            weighted_sum(f, sources, weight, None, column, layout.delta[layer], finish)
    return f


def weighted_sum(
    f: Function,
    sources: list[tuple[int, int]],
    weight: I32Value,
    start: Vector | None,
    column: I32Value,
    target: int,
    finish: Finish,
) -> None:
    """For each pair of rows: target = finish(start + Σ source · weight); `sources` are (column, weight) addresses."""
    for at in range(0, len(sources), GROUP):
        group = sources[at : at + GROUP]
        factors = [f.let(load_splat(weight, address)) for _, address in group]
        with pairs(f) as row:
            place = f.let(row + column)
            total = start if at == 0 else load(place, target)
            for (source, _), factor in zip(group, factors, strict=True):
                term = load(row, source) * factor
                total = term if total is None else total + term
            assert total is not None
            f.store(place, target, finish(place, total) if at + GROUP >= len(sources) else total)


def update(layout: Layout) -> Function:
    """Moves every weight as the optimizer says of Σ inputs · delta, and every bias as of Σ delta."""
    f = Function(parameters=2)
    m = Functions(f, layout.exp_table)
    shape, optimizer = layout.shape, OPTIMIZERS[layout.shape.optimizer]
    rate = f.let(load_f64(i32(0), layout.learning_rate))
    powers = []
    if shape.counts:
        f.store_f64(i32(0), layout.updates, load_f64(i32(0), layout.updates) + 1.0)
        powers = [f.let(power.lane(0)) for power in m.powers(optimizer.powers, load_splat(i32(0), layout.updates))]

    strengths = {name: f.let(load_f64(i32(0), at)) for name, at in layout.penalties.items()}

    def adjust(weight: I32Value, address: int, total: Vector, is_bias: bool = False) -> None:
        descent = total.lane(0) + total.lane(1)
        if strengths and not is_bias:
            descent = penalised(m, descent, f.let(load_f64(weight, address)), strengths)
        if optimizer.kept:
            descent = f.let(descent)
        kept = []
        for step, number in zip(layout.kept, optimizer.kept.values(), strict=True):
            now = f.let(number.update(m, descent, load_f64(weight, address + step)))
            f.store_f64(weight, address + step, now)
            kept.append(now)
        f.store_f64(weight, address, load_f64(weight, address) + rate * optimizer.step(m, descent, *kept, *powers))

    for layer, (fan_in, fan_out) in enumerate(zip(shape.sizes, shape.sizes[1:], strict=False)):
        inputs = [
            (layout.output[layer] + k * layout.stride, layout.weights[layer] + k * fan_out * DOUBLE)
            for k in range(fan_in)
        ]
        with units(f, layout, fan_out, DOUBLE) as (column, weight):
            for at in range(0, fan_in, GROUP):
                group = inputs[at : at + GROUP]
                with_bias = shape.bias and at == 0
                totals = [f.let(constant(0.0)) for _ in range(len(group) + with_bias)]
                with pairs(f) as row:
                    delta = f.let(load(row + column, layout.delta[layer + 1]))
                    for total, (source, _) in zip(totals, group, strict=False):
                        f.set(total, total + delta * load(row, source))
                    if with_bias:
                        f.set(totals[-1], totals[-1] + delta)
                for total, (_, address) in zip(totals, group, strict=False):
                    adjust(weight, address, total)
                if with_bias:
                    adjust(weight, layout.bias[layer], totals[-1], is_bias=True)
    return f


@contextmanager
def units(f: Function, layout: Layout, count: int, weight_step: int) -> Iterator[tuple[I32Value, I32Value]]:
    """A loop over a layer's units: (offset of the unit's column, offset of its first weight)."""
    weight = f.let(i32(0))
    with f.loop(0, count * layout.stride, layout.stride) as column:
        yield column, weight
        f.set(weight, weight + weight_step)


@contextmanager
def pairs(f: Function) -> Iterator[I32Value]:
    """A loop over the rows from the first parameter up to the second, two at a time."""
    with f.loop(f.parameter(0), f.parameter(1), PAIR) as row:
        yield row
