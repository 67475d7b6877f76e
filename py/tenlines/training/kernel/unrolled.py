"""Training without loops but the one over iterations: for the smallest networks and tables, such as the post's.

Every weight, row and intermediate value is a local; the engine keeps what fits in registers. A weight is in both lanes.
A list over pairs of rows is a column; a list of columns belongs to a layer.
"""

from functools import reduce
from operator import add
from typing import NamedTuple

from tenlines.methods.activations import ACTIVATIONS
from tenlines.methods.losses import LOSSES
from tenlines.methods.optimizers import OPTIMIZERS
from tenlines.methods.penalties import penalised
from tenlines.training.kernel.expressions import Vector, constant, i32, load, load_splat
from tenlines.training.kernel.functions import Functions
from tenlines.training.kernel.layout import DOUBLE, PAIR, Layout, Shape
from tenlines.training.kernel.wasm import Function

MOST_ACTIVATIONS = 16  # pairs of rows × units: each is some 40 instructions
MOST_NUMBERS = 64  # of the state

Column = list[Vector]
ORIGIN = i32(0)


def fits(shape: Shape) -> bool:
    return (
        shape.batch >= shape.teaching
        and shape.teaching_slots // 2 * sum(shape.sizes[1:]) <= MOST_ACTIVATIONS
        and shape.state_size <= MOST_NUMBERS
    )


def advance(layout: Layout) -> Function:
    """Iterates as often as its parameter says."""
    f = Function(parameters=1)
    shape = layout.shape
    rate = f.let(load_splat(ORIGIN, layout.learning_rate))
    X = columns(f, layout, layout.output[0], shape.sizes[0])
    Y = columns(f, layout, layout.target, shape.sizes[-1])
    known = columns(f, layout, layout.known, shape.sizes[-1]) if shape.needs_mask else None
    loss = LOSSES[shape.loss]
    count = constant(shape.counted * shape.teaching)
    if loss.is_mean and known is not None:
        count = f.let(total([pair for column in known[: shape.counted] for pair in column]).both_lanes_added())
    layers = [Layer(f, layout, number) for number in range(len(shape.activations))]
    updates = f.let(load_splat(ORIGIN, layout.updates)) if shape.counts else None

    with f.loop(0, f.parameter(0), 1):
        powers = []
        if updates:
            f.set(updates, updates + 1.0)
            powers = layers[0].m.powers(layers[0].optimizer.powers, updates)
        outputs = [X]
        for layer in layers:
            outputs.append(layer.forward(outputs[-1]))
        errors = [[y - o for y, o in zip(*pair, strict=True)] for pair in zip(Y, outputs[-1], strict=True)]
        if known is not None:
            errors = [[e * k for e, k in zip(*pair, strict=True)] for pair in zip(errors, known, strict=True)]
        errors = [[loss.error(layers[-1].m, e, count) for e in column] for column in errors]
        for layer, inputs, output in zip(layers[::-1], outputs[-2::-1], outputs[:0:-1], strict=True):
            is_delta = loss.is_at_sum and layer is layers[-1]
            deltas = [[f.let(e) for e in column] for column in errors] if is_delta else layer.backward(errors, output)
            errors = layer.errors_below(deltas) if layer.number > 0 else []  # with the weights as they still are
            layer.update(inputs, deltas, rate, powers)
    for layer in layers:
        layer.store(layout)
    if updates:
        f.store_f64(ORIGIN, layout.updates, updates.lane(0))
    return f


def columns(f: Function, layout: Layout, at: int, count: int) -> list[Column]:
    pairs = range(0, layout.shape.teaching_slots * DOUBLE, PAIR)
    return [[f.let(load(ORIGIN, at + n * layout.stride + pair)) for pair in pairs] for n in range(count)]


def total(terms: list[Vector]) -> Vector:
    return reduce(add, terms)


class Weight(NamedTuple):
    """A weight or bias, with what the optimizer keeps beside it, in locals; and its address."""

    value: Vector
    kept: list[Vector]
    address: int


class Layer:
    """The code of one layer, on weights that are locals: weights[i][j] from input i to unit j."""

    def __init__(self, f: Function, layout: Layout, number: int):
        self.f, self.m = f, Functions(f, layout.exp_table)
        self.number = number
        self.activation = ACTIVATIONS[layout.shape.activations[number]]
        self.optimizer = OPTIMIZERS[layout.shape.optimizer]
        self.strengths = {name: f.let(load_splat(ORIGIN, at)) for name, at in layout.penalties.items()}
        fan_in, self.fan_out = layout.shape.sizes[number : number + 2]
        self.units = range(self.fan_out)
        at, bias = layout.weights[number], layout.bias[number]
        self.weights = [
            [self._local(layout, at + (i * self.fan_out + j) * DOUBLE) for j in self.units] for i in range(fan_in)
        ]
        self.bias = [self._local(layout, bias + j * DOUBLE) for j in self.units] if layout.shape.bias else []

    def _local(self, layout: Layout, address: int) -> "Weight":
        value, *kept = (self.f.let(load_splat(ORIGIN, address + step)) for step in (0, *layout.kept))
        return Weight(value, kept, address)

    def forward(self, inputs: list[Column]) -> list[Column]:
        def output(j: int, pair: int) -> Vector:
            terms = [column[pair] * row[j].value for column, row in zip(inputs, self.weights, strict=True)]
            z = self.f.let(total([bias.value for bias in self.bias[j : j + 1]] + terms))
            return z if self.activation.power else self.f.let(self.activation.forward(self.m, z))

        outputs = [[output(j, pair) for pair in range(len(inputs[0]))] for j in self.units]
        return self.over_rows(outputs) if self.activation.power else outputs

    def over_rows(self, z: list[Column]) -> list[Column]:
        """The outputs of a layer each of which depends on all z of its row."""
        assert self.activation.power
        rows = []
        for row in zip(*z, strict=True):
            largest = self.f.let(reduce(Vector.at_least, row))
            powers = [self.f.let(self.activation.power(self.m, each, largest)) for each in row]
            whole = self.f.let(total(powers))
            rows.append([self.f.let(self.activation.forward(self.m, power, whole)) for power in powers])
        return [list(column) for column in zip(*rows, strict=True)]

    def backward(self, errors: list[Column], outputs: list[Column]) -> list[Column]:
        back = self.activation.backward
        return [
            [self.f.let(back(self.m, self.f.let(e), o)) for e, o in zip(*pair, strict=True)]
            for pair in zip(errors, outputs, strict=True)
        ]

    def errors_below(self, deltas: list[Column]) -> list[Column]:
        pairs = range(len(deltas[0]))
        return [
            [self.f.let(total([deltas[j][pair] * row[j].value for j in self.units])) for pair in pairs]
            for row in self.weights
        ]

    def update(self, inputs: list[Column], deltas: list[Column], rate: Vector, powers: list[Vector]) -> None:
        f, m, optimizer = self.f, self.m, self.optimizer

        def adjust(weight: Weight, terms: list[Vector], is_bias: bool = False) -> None:
            descent = f.let(total(terms)).both_lanes_added()
            if not is_bias:
                descent = penalised(m, descent, weight.value, self.strengths)
            if optimizer.kept:
                descent = f.let(descent)
            for old, number in zip(weight.kept, optimizer.kept.values(), strict=True):
                f.set(old, number.update(m, descent, old))
            f.set(weight.value, weight.value + rate * optimizer.step(m, descent, *weight.kept, *powers))

        for j in self.units:
            for column, row in zip(inputs, self.weights, strict=True):
                adjust(row[j], [x * delta for x, delta in zip(column, deltas[j], strict=True)])
            if self.bias:
                adjust(self.bias[j], deltas[j], is_bias=True)

    def store(self, layout: Layout) -> None:
        for weight in [weight for row in self.weights for weight in row] + self.bias:
            for step, number in zip((0, *layout.kept), (weight.value, *weight.kept), strict=True):
                self.f.store_f64(ORIGIN, weight.address + step, number.lane(0))
