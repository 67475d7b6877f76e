"""What a network says of rows that are not in its table, from its weights at any iteration. Needs NumPy."""

from array import array
from functools import lru_cache

import numpy as np

from tenlines.data.table import Table
from tenlines.errors import SettingError, TableError
from tenlines.problem import Problem, parse_json
from tenlines.training.network import Array, Layer, forward, initial_network, parts, set_parameters

AT_ONCE = 4096  # rows: of more, what the hidden layers say would take much memory


def outputs_of_rows(problem: str, weights: bytes, rows: bytes) -> array:
    """The outputs for any number of rows.

    problem: as JSON. weights: doubles in the order of a frame's. rows: doubles, the inputs of a row one after another.
    Returns doubles, the outputs of a row one after another. An output that is too large for a number is inf or nan.
    Raises TableError or SettingError.
    """
    table, layers = network_of(problem)
    count = sum(part.size for part in parts(layers))
    vector = doubles(weights, "These weights")
    if vector.size != count:
        raise SettingError(f"These weights are {vector.size} numbers, and this network has {count}.", field="run")
    if not np.isfinite(vector).all():
        raise SettingError("These weights are not all finite numbers.", field="run")
    X = inputs_of(table, rows)
    set_parameters(layers, vector)
    with np.errstate(all="ignore"):
        blocks = (forward(layers, X[at : at + AT_ONCE])[-1] for at in range(0, len(X), AT_ONCE))
        return array("d", b"".join(block.tobytes() for block in blocks))


@lru_cache(maxsize=2)  # asked again at every iteration on show
def network_of(problem: str) -> tuple[Table, list[Layer]]:
    """The table of a problem, and its network, whose weights are to be set. Raises TableError or SettingError."""
    checked = Problem.from_dict(parse_json(problem))
    layers = initial_network(checked.sizes(), checked.activations(), checked.network.bias, checked.training.seed)
    return checked.table, layers


def inputs_of(table: Table, rows: bytes) -> Array:
    """(rows, inputs). Raises TableError where these are no whole rows, or a number is not finite."""
    numbers, width = doubles(rows, "These rows"), len(table.inputs)
    if numbers.size % width:
        raise TableError(f"These rows are {numbers.size} numbers. Give {width} for each row, one for each input.")
    X = numbers.reshape(-1, width)
    if wrong := np.argwhere(~np.isfinite(X))[:1].tolist():
        [(row, column)] = wrong
        name = table.inputs[column]
        raise TableError(f"Row {row + 1}, {name}: give a finite number.", row=row + 1, column=name)
    return X


def doubles(data: bytes, what: str) -> Array:
    if len(data) % 8:
        raise SettingError(f"{what} are {len(data)} bytes. Give 8 for each number, as 64-bit floats have.", field="run")
    return np.frombuffer(data)
