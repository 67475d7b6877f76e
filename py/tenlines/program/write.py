"""A problem as a program of plain Python with NumPy, in the style of the blog post's ten lines.

It prints the answer to every `?`, in table order, and has only what the problem needs: for the post's table, the
post's nine lines. The arithmetic is that of training/gradient_descent.py, operation by operation.

Where training diverges, a Run stops at the last iteration whose numbers are all finite. The program has no test for
that: it makes all its iterations and prints what comes of them, inf or nan, as Python does. Up to the iteration at
which the Run stops, both have the same numbers.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, pairwise
from operator import mul
from typing import Any, NamedTuple

from tenlines.data.csv_text import write_table
from tenlines.data.genfromtxt import BESIDE, DataFile
from tenlines.data.numbers import format_number
from tenlines.data.table import Cell, Table
from tenlines.methods.activations import ACTIVATIONS, Activation, formula_of, is_function, powers_of
from tenlines.methods.formula import PROGRAM, Text, functions_in
from tenlines.methods.losses import LOSSES
from tenlines.methods.optimizers import OPTIMIZERS
from tenlines.methods.penalties import penalised
from tenlines.methods.starts import STARTS
from tenlines.problem import Problem, TrainingSettings

MOST_ROWS = 20  # in the program itself; more are read from a file beside it
LARGEST_POWER = 709  # of e, in float64
MOST_PRINTED = 1000  # numbers that NumPy prints of one array without leaving any out
WIDTH = 110
OVERFLOWS = 'seterr(over="ignore")'  # exp(-z) is inf where z is far below 0, and the sigmoid 0, which is right
UPDATES = "updates"  # the name of how many were made
IMPORTS = [  # in the order in which a program has them
    *dict.fromkeys(
        name
        for kind, activation in ACTIVATIONS.items()
        for formula in (powers_of(kind), formula_of(kind), activation.backward(PROGRAM, Text("e"), Text("o")))
        for name in functions_in(formula)
    ),
    *("sqrt", "sign"),
    *("seterr", "array", "genfromtxt", "random", "dot", "zeros", "nan", "nan_to_num", "isnan"),
    *("flatnonzero", "sort", "delete", "nanmean"),
]


class Program(NamedTuple):
    source: str
    files: dict[str, str]  # what it reads, by name
    state: tuple[tuple[str, tuple[int, ...]], ...]  # names and shapes of its arrays, in the order of an engine's state


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
        z = Text(f"dot({inputs}, {self.weights})")
        z = z + self.bias if self.bias else z
        return f"{self.activation}({z})" if is_function(self.activation) else str(self._method.forward(PROGRAM, z))

    def backward(self, error: Text) -> str:
        """The error at the sum before the activation, from the error at the layer's output."""
        return str(self._method.backward(PROGRAM, error, Text(self.output)))

    @property
    def _method(self) -> Activation:
        return ACTIVATIONS[self.activation]

    @property
    def parameters(self) -> list[tuple[str, tuple[int, ...]]]:
        """Weights, and bias if there is one: names and shapes."""
        return [(self.weights, self.shape), *([(self.bias, self.shape[1:])] if self.bias else [])]


class Data(NamedTuple):
    """The lines that make the arrays, and the names by which the rest of the program knows them."""

    lines: list[str]
    asked: str  # the inputs of the answers that are printed
    unknown: str | None  # where those answers, one for every output, hold the ones that are wanted; None: all are
    tests: bool = False  # whether rows are held out: "held_out" are the numbers of these


def write(problem: Problem, file: DataFile | None = BESIDE) -> Program:
    """file: where more rows than MOST_ROWS are read from; None keeps them in the program."""
    table = problem.table
    files = {}
    if file and len(table.rows) > MOST_ROWS:
        data = data_in_file(problem, file)
        if file == BESIDE:
            files[file.name] = write_table(table)
    else:
        data = data_in_program(problem)
    layers = layers_of(problem)
    lines = [
        *([OVERFLOWS] if may_overflow(problem) else []),
        *functions(layers),
        *data.lines,
        *start(layers, problem.training),
        *loop(problem, layers),
        *ending(table, layers, data),
    ]
    words = set(re.findall(r"\w+", "\n".join(lines)))
    names = [name for name in IMPORTS if name in words]
    source = "\n".join([f"from numpy import {', '.join(names)}", *(part for line in lines for part in wrapped(line))])
    parameters = [parameter for layer in layers for parameter in layer.parameters]
    optimizer = OPTIMIZERS[problem.training.optimizer]
    state = parameters + [(kept_name(kind, name), shape) for kind in optimizer.kept for name, shape in parameters]
    state += [(UPDATES, ())] if optimizer.powers else []
    return Program(source + "\n", files, tuple(state))


def may_overflow(problem: Problem) -> bool:
    """Whether a right program may make NumPy warn of exp(-z): by the largest sum after one update of the first layer.

    No weight is above 1 at first, and an error above 1 is rare, so that no weight is then above 1 + rate · Σ |x| of its
    column.
    """
    if not any(ACTIVATIONS[name].may_overflow for name in problem.activations()):
        return False
    rows: Any = problem.table.rows  # whose inputs are numbers, all of them
    rate = problem.training.learning_rate
    columns = islice(zip(*rows, strict=True), len(problem.table.inputs))
    largest_weights = [1 + rate * sum(map(abs, column)) for column in columns]
    return any(not sum(map(mul, largest_weights, map(abs, row))) < LARGEST_POWER for row in rows)


def layers_of(problem: Problem) -> list[Layer]:
    shapes = list(pairwise(problem.sizes()))
    many, batched = len(shapes) > 1, problem.is_batched
    below, layers = "batch_inputs" if batched else "training_set_inputs", []
    for place, (shape, activation) in enumerate(zip(shapes, problem.activations(), strict=True), start=1):
        number = str(place) if many else ""
        output = "output" if place == len(shapes) else f"layer{place}"
        weights = f"weights{place}" if many else "synaptic_weights"
        bias = f"bias{number}" if problem.network.bias else None
        layers.append(Layer(below, weights, bias, output, f"delta{number}", shape, activation))
        below = output
    return layers


def outputs_of(table: Table) -> list[Sequence[Cell]]:
    return [row[len(table.inputs) :] for row in table.rows]


def is_part_known(table: Table) -> bool:
    """Whether some outputs of a row are known, and others are asked for."""
    return any(None in outputs and any(cell is not None for cell in outputs) for outputs in outputs_of(table))


def data_in_program(problem: Problem) -> Data:
    table, first = problem.table, len(problem.table.inputs)
    if is_part_known(table) or any(problem.held_out()):
        rows = [row[:first] for row in table.rows]
        return chosen(problem, lambda X, Y: [f"{X} = {matrix(rows)}", f"{Y} = {matrix(outputs_of(table))}"])
    known = [row for row in table.rows if None not in row[first:]]
    asked = [row[:first] for row in table.rows if None in row[first:]]
    outputs = [row[first:] for row in known]
    wanted = matrix(outputs) if len(table.outputs) > 1 else f"{matrix(zip(*outputs, strict=True))}.T"
    lines = [f"training_set_inputs = {matrix(row[:first] for row in known)}", f"training_set_outputs = {wanted}"]
    if not asked:
        return Data(lines, "training_set_inputs", None)
    return Data(lines, matrix(asked) if len(asked) > 1 else f"array({vector(asked[0])})", None)


def data_in_file(problem: Problem, file: DataFile) -> Data:
    at = len(problem.table.inputs)
    return chosen(problem, lambda X, Y: [f"table = {file.reading()}", f"{X}, {Y} = table[:, :{at}], table[:, {at}:]"])


def chosen(problem: Problem, lines: Callable[[str, str], list[str]]) -> Data:
    """Of the whole table, which the lines give the names that they are told, the rows that teach."""
    table, count = problem.table, sum(problem.held_out())
    if all(problem.teaching()):
        names = "training_set_inputs", "training_set_outputs"
        return Data(lines(*names), names[0], names[1] if table.unknown() else None)
    unlike = "any" if ACTIVATIONS[problem.network.output].power else "all"
    known = "known = ~isnan(outputs)" + ("[:, 0]" if len(table.outputs) == 1 else f".{unlike}(axis=1)")
    which, split = ("taught", split_lines(problem.training.split_seed, count)) if count else ("known", [])
    taught = f"training_set_inputs, training_set_outputs = inputs[{which}], outputs[{which}]"
    return Data([*lines("inputs", "outputs"), known, *split, taught], "inputs", "outputs", count > 0)


def split_lines(seed: int, count: int) -> list[str]:
    """The numbers of so many of the known rows, which are held out, and of the others, as Problem.held_out has them."""
    return [
        f"random.seed({seed})",
        "drawn = random.permutation(flatnonzero(known))",
        f"held_out, taught = drawn[:{count}], sort(drawn[{count}:])",
    ]


def functions(layers: list[Layer]) -> Iterator[str]:
    """The activations whose formula needs a name for z."""
    for name in dict.fromkeys(layer.activation for layer in layers if is_function(layer.activation)):
        yield f"def {name}(z):"
        if powers := powers_of(name):
            yield f"    powers = {powers}"
        yield f"    return {formula_of(name)}"


def start(layers: list[Layer], training: TrainingSettings) -> Iterator[str]:
    scale = STARTS[training.initial].scale
    yield f"random.seed({training.seed})"
    for layer in layers:
        weights = 2 * Text(f"random.random({layer.shape})") - 1
        yield f"{layer.weights} = {weights if scale is None else weights * scale(PROGRAM, *map(Text, layer.shape))}"
        if layer.bias:
            yield f"{layer.bias} = zeros({layer.shape[1]})"
    for kind in OPTIMIZERS[training.optimizer].kept:
        for name, shape in (parameter for layer in layers for parameter in layer.parameters):
            yield f"{kept_name(kind, name)} = zeros({shape[0] if len(shape) == 1 else shape})"
    if OPTIMIZERS[training.optimizer].powers:
        yield f"{UPDATES} = 0"


def kept_name(kind: str, parameter: str) -> str:
    """What a program calls the numbers that the optimizer keeps: velocity, velocity2, bias_velocity, bias_velocity2."""
    number = parameter.lstrip("abcdefghijklmnopqrstuvwxyz_")
    return f"{'bias_' if parameter.startswith('bias') else ''}{kind}{number}"


def loop(problem: Problem, layers: list[Layer]) -> Iterator[str]:
    yield f"for iteration in range({problem.training.iterations}):"
    if not problem.is_batched:
        yield from (f"    {line}" for line in one_pass(problem, layers, "training_set_outputs"))
        return
    size = problem.training.batch_size
    rows = f"order[start:start + {size}]" if problem.is_shuffled else f"start:start + {size}"
    if problem.is_shuffled:
        yield f"    random.seed([{problem.training.seed}, iteration + 1])"
        yield "    order = random.permutation(len(training_set_inputs))"
    yield f"    for start in range(0, len(training_set_inputs), {size}):"
    for kind in ("inputs", "outputs"):
        yield f"        batch_{kind} = training_set_{kind}[{rows}]"
    yield from (f"        {line}" for line in one_pass(problem, layers, "batch_outputs"))


def one_pass(problem: Problem, layers: list[Layer], wanted: str) -> Iterator[str]:
    """What each layer says, how each should change its sum, and what that makes of its weights."""
    training, last = problem.training, layers[-1]
    loss = LOSSES[training.loss]
    for layer in layers:
        yield f"{layer.output} = {layer.forward(layer.inputs)}"
    miss, count = Text(wanted) - last.output, Text("output.size")
    if ACTIVATIONS[last.activation].power:
        count = Text("len(output)")
    elif is_part_known(problem.table):
        miss, count = Text(f"nan_to_num({miss})"), Text(f"(~isnan({wanted})).sum()")
    error = loss.error(PROGRAM, miss, count)
    delta = str(error) if loss.is_at_sum else last.backward(error)
    is_long = (loss.is_mean and not loss.is_at_sum) or bool(training.penalties())
    is_alone = len(layers) == 1 and not last.bias and not is_long
    if not is_alone:
        yield f"{last.delta} = {delta}"
    for layer, above in reversed(list(pairwise(layers))):
        yield f"{layer.delta} = {layer.backward(Text(f'dot({above.delta}, {above.weights}.T)'))}"
    if OPTIMIZERS[training.optimizer].powers:
        yield f"{UPDATES} += 1"
    if is_alone:
        yield from adjust(training, last.weights, f"dot({last.inputs}.T, {delta})")
        return
    for layer in layers:
        yield from adjust(training, layer.weights, f"dot({layer.inputs}.T, {layer.delta})")
        if layer.bias:
            yield from adjust(training, layer.bias, f"{layer.delta}.sum(axis=0)")


def adjust(training: TrainingSettings, parameter: str, descent: str) -> Iterator[str]:
    optimizer = OPTIMIZERS[training.optimizer]
    penalties = {} if parameter.startswith("bias") else training.penalties()
    strengths = {name: Text(format_number(strength)) for name, strength in penalties.items()}
    change = penalised(PROGRAM, Text(descent), Text(parameter), strengths)
    if len(optimizer.kept) > (0 if penalties else 1):
        name = kept_name("descent", parameter)
        yield f"{name} = {change}"
        change = Text(name)
    kept = [Text(kept_name(kind, parameter)) for kind in optimizer.kept]
    for name, number in zip(kept, optimizer.kept.values(), strict=True):
        yield f"{name} = {number.update(PROGRAM, change, name)}"
    step = optimizer.written(PROGRAM, change, kept, Text(UPDATES))
    rate = training.learning_rate
    yield f"{parameter} += {step if rate == 1 else Text(format_number(rate)) * step}"


def ending(table: Table, layers: list[Layer], data: Data) -> Iterator[str]:
    """The answers; where nothing is asked for, what the network says of the rows it was taught.

    Where rows are held out: of all rows, then the mean error of the rows that are not, and of those that are.
    """
    asked = data.asked
    for layer in layers[:-1]:
        yield f"{layer.output} = {layer.forward(asked)}"
        asked = layer.output
    answer = layers[-1].forward(asked)
    if data.tests:
        yield f"{layers[-1].output} = {answer}"
        answer = layers[-1].output
    if data.unknown and table.unknown():
        answer = f"{answer if data.tests else f'({answer})'}[isnan({data.unknown})]"
    if len(table.unknown()) <= MOST_PRINTED:
        yield f"print({answer})"
    else:
        yield f'print(*({answer}).ravel(), sep="\\n")'
    if data.tests:
        yield f"error = abs({data.unknown} - {layers[-1].output})"
        yield "print(nanmean(delete(error, held_out, axis=0)), nanmean(error[held_out]))"


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
