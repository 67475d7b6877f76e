"""The ten lines: the program that a problem is, in the blog post's own style.

Plain Python with NumPy runs it and prints the answer to every `?`, in table order. Only what the problem needs is in
it: for the post's table, the post's nine lines. The arithmetic is that of training/gradient_descent.py, operation by
operation.

Where training diverges, a Run stops at the last iteration whose numbers are all finite. The program has no test for
that: it makes all its iterations and prints what comes of them, inf or nan, as Python does. Up to the iteration at
which the Run stops, both have the same numbers.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from tenlines.data.csv_text import write_table
from tenlines.data.genfromtxt import BESIDE, DataFile
from tenlines.data.numbers import format_number
from tenlines.data.table import Cell, Table
from tenlines.problem import Problem

MOST_ROWS = 20  # in the program itself; more are read from a file beside it
MOST_PRINTED = 1000  # numbers that NumPy prints of one array without leaving any out
WIDTH = 110
IMPORTS = ["exp", "tanh", "maximum", "array", "genfromtxt", "random", "dot", "zeros", "nan", "nan_to_num", "isnan"]

SLOPES = {"sigmoid": " * {0} * (1 - {0})", "tanh": " * (1 - {0} ** 2)", "relu": " * ({0} > 0)", "linear": ""}


class Program(NamedTuple):
    source: str
    files: dict[str, str]  # what it reads, by name
    parameters: tuple[tuple[str, tuple[int, ...]], ...]  # names and shapes of the weights, in a frame's order


class Layer(NamedTuple):
    """One layer, by the names that it has in the program."""

    inputs: str
    weights: str
    bias: str | None
    output: str
    delta: str
    shape: tuple[int, int]
    activation: str

    def forward(self, inputs: str) -> str:
        """What the layer makes of its inputs."""
        z = f"dot({inputs}, {self.weights})" + (f" + {self.bias}" if self.bias else "")
        if self.activation == "sigmoid":
            return f"1 / (1 + exp(-({z})))" if self.bias else f"1 / (1 + exp(-{z}))"
        return {"tanh": f"tanh({z})", "relu": f"maximum(0, {z})", "linear": z}[self.activation]

    @property
    def slope(self) -> str:
        """What a wish at the output is multiplied by to be one at the sum before the activation."""
        return SLOPES[self.activation].format(self.output)


class Data(NamedTuple):
    """The lines that make the arrays, and the names by which the rest of the program knows them."""

    lines: list[str]
    asked: str  # the inputs of the answers that are printed
    unknown: str | None  # where those answers, one for every output, hold the ones that are wanted; None: all are


def write(problem: Problem, file: DataFile | None = BESIDE) -> Program:
    """file: where more rows than MOST_ROWS are read from; None keeps them in the program."""
    table = problem.table
    files = {}
    if file and len(table.rows) > MOST_ROWS:
        data = data_in_file(table, file)
        if file == BESIDE:
            files[file.name] = write_table(table)
    else:
        data = data_in_program(table)
    layers = layers_of(problem)
    lines = [*data.lines, *start(layers, problem.training.seed), *loop(problem, layers), *ending(table, layers, data)]
    words = set(re.findall(r"\w+", "\n".join(lines)))
    names = [name for name in IMPORTS if name in words]
    source = "\n".join([f"from numpy import {', '.join(names)}", *(part for line in lines for part in wrapped(line))])
    parameters: list[tuple[str, tuple[int, ...]]] = []
    for layer in layers:
        parameters.append((layer.weights, layer.shape))
        if layer.bias:
            parameters.append((layer.bias, layer.shape[1:]))
    return Program(source + "\n", files, tuple(parameters))


def layers_of(problem: Problem) -> list[Layer]:
    shapes = list(pairwise(problem.sizes()))
    many, batched = len(shapes) > 1, is_batched(problem)
    below, layers = "batch_inputs" if batched else "training_set_inputs", []
    for place, (shape, activation) in enumerate(zip(shapes, problem.activations(), strict=True), start=1):
        number = str(place) if many else ""
        output = "output" if place == len(shapes) else f"layer{place}"
        weights = f"weights{place}" if many else "synaptic_weights"
        bias = f"bias{number}" if problem.network.bias else None
        layers.append(Layer(below, weights, bias, output, f"delta{number}", shape, activation))
        below = output
    return layers


def is_batched(problem: Problem) -> bool:
    size = problem.training.batch_size
    return size is not None and size < sum(teaches(row) for row in outputs_of(problem.table))


def outputs_of(table: Table) -> list[Sequence[Cell]]:
    return [row[len(table.inputs) :] for row in table.rows]


def teaches(outputs: Sequence[Cell]) -> bool:
    return any(cell is not None for cell in outputs)


def is_part_known(table: Table) -> bool:
    """Whether a row teaches some of its outputs and asks for others."""
    return any(teaches(outputs) and None in outputs for outputs in outputs_of(table))


def data_in_program(table: Table) -> Data:
    first = len(table.inputs)
    if is_part_known(table):
        rows = [row[:first] for row in table.rows]
        return chosen(table, lambda X, Y: [f"{X} = {matrix(rows)}", f"{Y} = {matrix(outputs_of(table))}"])
    known = [row for row in table.rows if teaches(row[first:])]
    asked = [row[:first] for row in table.rows if not teaches(row[first:])]
    outputs = [row[first:] for row in known]
    wanted = matrix(outputs) if len(table.outputs) > 1 else f"{matrix(zip(*outputs, strict=True))}.T"
    lines = [f"training_set_inputs = {matrix(row[:first] for row in known)}", f"training_set_outputs = {wanted}"]
    if not asked:
        return Data(lines, "training_set_inputs", None)
    return Data(lines, matrix(asked) if len(asked) > 1 else f"array({vector(asked[0])})", None)


def data_in_file(table: Table, file: DataFile) -> Data:
    at = len(table.inputs)
    return chosen(table, lambda X, Y: [f"table = {file.reading()}", f"{X}, {Y} = table[:, :{at}], table[:, {at}:]"])


def chosen(table: Table, lines: Callable[[str, str], list[str]]) -> Data:
    """Of the whole table, which the lines give the names that they are told, the rows that teach."""
    if all(map(teaches, outputs_of(table))):
        names = "training_set_inputs", "training_set_outputs"
        return Data(lines(*names), names[0], names[1] if table.unknown() else None)
    known = "known = ~isnan(outputs)" + (".all(axis=1)" if len(table.outputs) > 1 else "[:, 0]")
    taught = "training_set_inputs, training_set_outputs = inputs[known], outputs[known]"
    return Data([*lines("inputs", "outputs"), known, taught], "inputs", "outputs")


def start(layers: list[Layer], seed: int) -> Iterator[str]:
    yield f"random.seed({seed})"
    for layer in layers:
        yield f"{layer.weights} = 2 * random.random({layer.shape}) - 1"
        if layer.bias:
            yield f"{layer.bias} = zeros({layer.shape[1]})"


def loop(problem: Problem, layers: list[Layer]) -> Iterator[str]:
    yield f"for iteration in range({problem.training.iterations}):"
    if not is_batched(problem):
        yield from (f"    {line}" for line in one_pass(problem, layers, "training_set_outputs"))
        return
    size = problem.training.batch_size
    yield f"    for start in range(0, len(training_set_inputs), {size}):"
    for kind in ("inputs", "outputs"):
        yield f"        batch_{kind} = training_set_{kind}[start:start + {size}]"
    yield from (f"        {line}" for line in one_pass(problem, layers, "batch_outputs"))


def one_pass(problem: Problem, layers: list[Layer], wanted: str) -> Iterator[str]:
    """What each layer says, how each should change its sum, and what that makes of its weights."""
    rate = problem.training.learning_rate
    times = "" if rate == 1 else f"{format_number(rate)} * "
    for layer in layers:
        yield f"{layer.output} = {layer.forward(layer.inputs)}"
    last, miss = layers[-1], f"{wanted} - output"
    if is_part_known(problem.table):
        delta = f"nan_to_num({miss}){last.slope}"
    else:
        delta = f"({miss}){last.slope}" if last.slope else miss
    if len(layers) == 1 and not last.bias:
        yield f"{last.weights} += {times}dot({last.inputs}.T, {delta})"
        return
    yield f"{last.delta} = {delta}"
    for layer, above in reversed(list(pairwise(layers))):
        yield f"{layer.delta} = dot({above.delta}, {above.weights}.T){layer.slope}"
    for layer in layers:
        yield f"{layer.weights} += {times}dot({layer.inputs}.T, {layer.delta})"
        if layer.bias:
            yield f"{layer.bias} += {times}{layer.delta}.sum(axis=0)"


def ending(table: Table, layers: list[Layer], data: Data) -> Iterator[str]:
    """The answers; where nothing is asked for, what the network says of the rows it was taught."""
    asked = data.asked
    for layer in layers[:-1]:
        yield f"{layer.output} = {layer.forward(asked)}"
        asked = layer.output
    answer = layers[-1].forward(asked)
    if data.unknown:
        answer = f"({answer})[isnan({data.unknown})]"
    if len(table.unknown()) <= MOST_PRINTED:
        yield f"print({answer})"
    else:
        yield f'print(*({answer}).ravel(), sep="\\n")'


def matrix(rows: Iterable[Sequence[Cell]]) -> str:
    return f"array([{', '.join(map(vector, rows))}])"


def vector(cells: Sequence[Cell]) -> str:
    return f"[{', '.join('nan' if cell is None else format_number(cell) for cell in cells)}]"


def wrapped(line: str) -> Iterator[str]:
    """A line with its arrays, broken after a row or, where that is too long, after a number."""
    if len(line) <= WIDTH or "array([" not in line:
        yield line
        return
    indent, at, room = " " * (line.index("array([") + len("array([")), 0, WIDTH
    while len(line) - at > room:
        row = line.rfind("], ", at, at + room)
        cut = row + 2 if row > at else line.rfind(", ", at, at + room) + 1
        yield indent[: at and None] + line[at:cut]
        at, room = cut + 1, WIDTH - len(indent)
    yield indent[: at and None] + line[at:]
