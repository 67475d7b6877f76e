"""One problem, one object: all that defines a run, as plain data and as checked values.

The page's state, a saved file, the terminal's `--problem` and the worker's message are this same object.
A missing field takes the blog post's value; an unknown or invalid one is refused by name.
"""

import json
import math
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from tenlines.data.file_kinds import binary_kind
from tenlines.data.numbers import AmbiguousNumber, format_number, parse_number
from tenlines.data.table import Table
from tenlines.errors import SettingError, quoted, shortened

ACTIVATIONS = ("sigmoid", "tanh", "relu", "linear")
MOST_LAYERS = 6
MOST_UNITS = 64
LARGEST_SEED = 2**32 - 1  # what numpy.random.seed takes
MOST_DEPTH = 20  # of brackets in a saved problem, which has four
# The last may be left open: were each quote in it tried as a beginning, a long one would take hours.
STRINGS = re.compile(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
NOT_BRACKETS = re.compile(r"[^\[\]{}]+")
LARGEST_COUNT = 2**53  # beyond it a double, and so a page, skips whole numbers

POST_TABLE = {
    "inputs": ["x1", "x2", "x3"],
    "outputs": ["y"],
    "rows": [[0, 0, 1, 0], [1, 1, 1, 1], [1, 0, 1, 1], [0, 1, 1, 0], [1, 0, 0, None]],
}


@dataclass(frozen=True)
class HiddenLayer:
    units: int
    activation: str


@dataclass(frozen=True)
class NetworkSettings:
    hidden: tuple[HiddenLayer, ...] = ()
    output: str = "sigmoid"
    bias: bool = False


@dataclass(frozen=True)
class TrainingSettings:
    iterations: int = 10_000
    learning_rate: float = 1.0
    optimizer: str = "gd"
    batch_size: int | None = None
    loss: str = "squared"
    l2: float = 0.0
    test_fraction: float = 0.0
    seed: int = 1


@dataclass(frozen=True)
class Problem:
    table: Table = field(default_factory=lambda: Table.from_dict(POST_TABLE))
    network: NetworkSettings = NetworkSettings()
    training: TrainingSettings = TrainingSettings()

    @classmethod
    def from_dict(cls, data: Any) -> "Problem":
        """Raises TableError or SettingError, whose `where` names the cell or field."""
        parts = check_keys("", data, ("table", "network", "training"))
        network = _checked("network", parts.get("network", {}), NETWORK)
        training = _checked("training", parts.get("training", {}), TRAINING)
        table = Table.from_dict(parts.get("table", POST_TABLE))
        return cls(table, NetworkSettings(**network), TrainingSettings(**training))

    def to_dict(self) -> dict[str, Any]:
        network = asdict(self.network)
        network["hidden"] = list(network["hidden"])
        return {"table": self.table.to_dict(), "network": network, "training": asdict(self.training)}

    def sizes(self) -> list[int]:
        """Units from the inputs to the outputs: [inputs, hidden…, outputs]."""
        hidden = [layer.units for layer in self.network.hidden]
        return [len(self.table.inputs), *hidden, len(self.table.outputs)]

    def activations(self) -> list[str]:
        return [*(layer.activation for layer in self.network.hidden), self.network.output]


def parse_json(text: str | bytes, name: str = "The problem") -> Any:
    """What the JSON says. Raises SettingError."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SettingError(f"{name} is not JSON: {error}.") from None


def read_problem(data: bytes, name: str) -> tuple[Problem, str]:
    """A saved problem, and the program that was saved with it, or "". Raises TableError or SettingError."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        kind = binary_kind(data)
        raise SettingError(
            f"{name} is not text in UTF-8{kind and f' but {kind}'}, so it holds no saved table."
        ) from None
    if not text.strip():
        raise SettingError(f"{name} is empty.")
    brackets = NOT_BRACKETS.sub("", STRINGS.sub("", text))
    for _ in range(MOST_DEPTH):
        brackets = brackets.replace("[]", "").replace("{}", "")
    if len(brackets) > MOST_DEPTH:  # in a page, the parser would break Python's stack, and that Python
        raise SettingError(f"{name} is JSON, but holds no saved table: its parts are nested too deeply.")
    plain = parse_json(text, name)
    if isinstance(plain, dict) and "nbformat" in plain:
        raise SettingError(f"{name} is a notebook, not a saved table. Export its table as CSV.")
    code = plain.pop("code", "") if isinstance(plain, dict) else ""
    if not isinstance(code, str):
        raise SettingError(f"{name}: code must be text.", field="code")
    return Problem.from_dict(plain), code


# A check takes (name for people, path, value) and returns the value a run uses, or raises SettingError.
Check = Callable[[str, str, Any], Any]


def count(low: int, high: int = LARGEST_COUNT) -> Check:
    def check(label: str, path: str, value: Any) -> int:
        whole = _is_number(value) and float(value).is_integer()
        if not whole or not low <= value <= high:
            limits = f"{low} or more" if high == LARGEST_COUNT else f"from {low} to {high:,}"
            raise SettingError(f"{label} is {shown(value)}. Write a whole number, {limits}.", field=path)
        return int(value)

    return check


def number(low: float) -> Check:
    def check(label: str, path: str, value: Any) -> float:
        if not _is_number(value) or not value >= low:
            if isinstance(value, str):
                refuse_two(label, path, value)
            raise SettingError(f"{label} is {shown(value)}. Write a number, {low:g} or more.", field=path)
        return float(value)

    return check


def refuse_two(label: str, path: str, typed: str) -> None:
    """Raises SettingError where what was typed can be two numbers."""
    try:
        parse_number(typed)
    except AmbiguousNumber as error:
        raise SettingError(f"{label}: {error}", field=path) from None
    except ValueError:
        pass


def one_of(*allowed: Any) -> Check:
    def check(label: str, path: str, value: Any) -> Any:
        for choice in allowed:
            if value == choice and isinstance(value, bool) == isinstance(choice, bool):
                return choice
        raise SettingError(f"{label} is {shown(value)}. Choose {' or '.join(map(shown, allowed))}.", field=path)

    return check


def optional(inner: Check) -> Check:
    return lambda label, path, value: None if value is None else inner(label, path, value)


def hidden_layers(label: str, path: str, value: Any) -> tuple[HiddenLayer, ...]:
    if not isinstance(value, list) or len(value) > MOST_LAYERS:
        raise SettingError(f"{label} must be a list of 0 to {MOST_LAYERS} layers.", field=path)
    layers = []
    for position, layer in enumerate(value, start=1):
        checked = _checked(f"{path}.{position}", layer, LAYER, f" of hidden layer {position}")
        if "units" not in checked:
            raise SettingError(f"Hidden layer {position} needs its number of units.", field=f"{path}.{position}.units")
        layers.append(HiddenLayer(**{"activation": "sigmoid", **checked}))
    return tuple(layers)


ACTIVATION = one_of(*ACTIVATIONS)
LAYER = {"units": ("Units", count(1, MOST_UNITS)), "activation": ("Activation", ACTIVATION)}
NETWORK = {
    "hidden": ("Hidden layers", hidden_layers),
    "output": ("Output activation", ACTIVATION),
    "bias": ("Bias", one_of(True, False)),
}
TRAINING = {
    "iterations": ("Iterations", count(0)),
    "learning_rate": ("Learning rate", number(0)),
    "optimizer": ("Optimizer", one_of("gd")),
    "batch_size": ("Batch size", optional(count(1))),
    "loss": ("Loss", one_of("squared")),
    "l2": ("L2", one_of(0.0)),
    "test_fraction": ("Test fraction", one_of(0.0)),
    "seed": ("Random start", count(0, LARGEST_SEED)),
}


def check_keys(path: str, data: Any, known: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise SettingError(f"{path or 'A problem'} must be an object with {', '.join(known)}.", field=path)
    for key in data:
        if key not in known:
            full = f"{path}.{key}" if path else str(key)
            raise SettingError(f"{shortened(full)} is not known. Known here: {', '.join(known)}.", field=full)
    return data


def _checked(path: str, data: Any, checks: dict[str, tuple[str, Check]], of: str = "") -> dict[str, Any]:
    check_keys(path, data, tuple(checks))
    return {key: checks[key][1](checks[key][0] + of, f"{path}.{key}", value) for key, value in data.items()}


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:  # an int beyond the largest double
        return False


def shown(value: Any) -> str:
    """A value as a sentence shows it: text in quotation marks, other things as JSON has them, and briefly."""
    if isinstance(value, str):
        return quoted(value) if value else "empty"
    return shortened(format_number(value) if isinstance(value, float) else json.dumps(value))
