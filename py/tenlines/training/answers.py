"""What every unit of a network says of rows that need not be in its table, from its weights at any iteration.

Computed by a kernel that only goes forward. Where WebAssembly refuses it NumPy answers, as the reference does.
"""

from array import array
from collections.abc import Iterator
from functools import lru_cache
from math import isfinite
from typing import NamedTuple

from tenlines.errors import SettingError, TableError
from tenlines.problem import Problem, parse_json
from tenlines.training.frames import Doubles
from tenlines.training.kernel.engine import Kernel, kernel_for
from tenlines.training.kernel.layout import DOUBLE, Shape

AT_ONCE = 4096  # rows: of more, what the units say would take much memory


class Answers(NamedTuple):
    outputs: array  # doubles, those of one row after another
    hidden: array  # doubles, all rows of one hidden unit after another, from the first layer on


def answers_of(problem: str, weights: bytes, rows: bytes, with_hidden: bool = True) -> Answers:
    """problem: as JSON. weights: doubles in the order of a frame's. rows: doubles, the inputs of one row after another.

    Without with_hidden there are no numbers of hidden units: of many rows they would be the larger part. A number that
    is too large for a double is inf or nan. Raises TableError or SettingError.
    """
    checked = read(problem)
    shape = shape_of(checked)
    vector = numbers_in(weights, "These weights")
    if len(vector) != shape.parameters:
        message = f"These weights are {len(vector)} numbers, and this network has {shape.parameters}."
        raise SettingError(message, field="run")
    if not all(map(isfinite, vector)):
        raise SettingError("These weights are not all finite numbers.", field="run")
    columns = inputs_in(rows, checked)
    count, width = len(columns[0]), shape.sizes[-1]
    wanted = sum(shape.sizes[1:]) if with_hidden else width
    units = [array("d") for _ in range(wanted)]
    try:
        kernel = kernel_for(shape)
    except RuntimeError:
        from tenlines.training.numpy_engine import units_of_rows  # only where WebAssembly refuses the kernel

        units = units_of_rows(checked, vector, columns)[-wanted:]
    else:
        kernel.instance.write(kernel.layout.parameters, weights)
        for at in range(0, count, AT_ONCE):
            block = compute(kernel, [column[at : at + AT_ONCE] for column in columns], with_hidden)
            for unit, found in zip(units, block, strict=True):
                unit.frombytes(found.cast("B"))
    outputs = array("d", bytes(DOUBLE * count * width))
    for place, unit in enumerate(units[-width:]):
        outputs[place::width] = unit
    return Answers(outputs, array("d", b"".join(units[:-width])))


def compute(kernel: Kernel, columns: list[array], with_hidden: bool) -> Iterator[Doubles]:
    """What each unit, or each output, says of so many rows at most as AT_ONCE, whose inputs are in these columns."""
    layout, instance, count = kernel.layout, kernel.instance, len(columns[0])
    for place, column in enumerate(columns):
        instance.write(layout.output[0] + place * layout.stride, column.tobytes())
    instance.call("forward", 0, (count + count % 2) * DOUBLE)
    first = 1 if with_hidden else -1
    for at, units in zip(layout.output[first:], layout.shape.sizes[first:], strict=True):
        for place in range(units):
            yield instance.read(at + place * layout.stride, count)


@lru_cache(maxsize=2)  # asked again at every iteration on show
def read(problem: str) -> Problem:
    """Raises TableError or SettingError."""
    return Problem.from_dict(parse_json(problem))


def shape_of(problem: Problem) -> Shape:
    sizes, activations = tuple(problem.sizes()), tuple(problem.activations())
    return Shape(sizes, activations, problem.network.bias, AT_ONCE, 0, None, False, trains=False)


def inputs_in(rows: bytes, problem: Problem) -> list[array]:
    """A column for each input. Raises TableError where these are no whole rows, or a number is not finite."""
    names = problem.table.inputs
    numbers, width = numbers_in(rows, "These rows"), len(names)
    if len(numbers) % width:
        raise TableError(f"These rows are {len(numbers)} numbers. Give {width} for each row, one for each input.")
    if not isfinite(sum(numbers)):  # or it is the sum only that is too large
        for place, number in enumerate(numbers):
            if not isfinite(number):
                row, name = place // width + 1, names[place % width]
                raise TableError(f"Row {row}, {name}: give a finite number.", row=row, column=name)
    return [numbers[place::width] for place in range(width)]


def numbers_in(data: bytes, what: str) -> array:
    if len(data) % DOUBLE:
        raise SettingError(f"{what} are {len(data)} bytes. Give 8 for each number, as 64-bit floats have.", field="run")
    return array("d", data)
