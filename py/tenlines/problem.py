"""One problem, one object: all that defines a run, as plain data and as checked values.

The page's state, a saved file, the terminal's `--problem` and the worker's message are this same object.
A missing field takes the blog post's value; an unknown or invalid one is refused by name.
"""

import json
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from tenlines.data.file_kinds import binary_kind
from tenlines.data.numbers import format_number
from tenlines.data.table import Cell, Table
from tenlines.errors import SettingError, TableError, shortened
from tenlines.methods.activations import ACTIVATIONS
from tenlines.methods.losses import LOSSES
from tenlines.methods.optimizers import OPTIMIZERS
from tenlines.randomness import permutation
from tenlines.settings.registry import PARTS, NetworkSettings, TrainingSettings, check_keys, checked

NEAR_ONE = 1e-9  # how far from 1 the outputs of a row may add up to where they are shares
MOST_DEPTH = 20  # of brackets in a saved problem, which has four
# The last may be left open: were each quote in it tried as a beginning, a long one would take hours.
STRINGS = re.compile(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
NOT_BRACKETS = re.compile(r"[^\[\]{}]+")

POST_TABLE = {
    "inputs": ["x1", "x2", "x3"],
    "outputs": ["y"],
    "rows": [[0, 0, 1, 0], [1, 1, 1, 1], [1, 0, 1, 1], [0, 1, 1, 0], [1, 0, 0, None]],
}


@dataclass(frozen=True)
class Problem:
    table: Table = field(default_factory=lambda: Table.from_dict(POST_TABLE))
    network: NetworkSettings = field(default_factory=NetworkSettings)
    training: TrainingSettings = field(default_factory=TrainingSettings)

    @classmethod
    def from_dict(cls, data: Any) -> "Problem":
        """Raises TableError or SettingError, whose `where` names the cell or field."""
        check_keys("", data, ("table", *PARTS))
        settings = {name: part(**checked(part, name, data.get(name, {}))) for name, part in PARTS.items()}
        problem = cls(Table.from_dict(data.get("table", POST_TABLE)), **settings)
        problem.check_loss()
        problem.check_split()
        return problem

    def check_loss(self) -> None:
        """Raises SettingError or TableError where the loss is not for this output activation, or for these targets."""
        loss, output = LOSSES[self.training.loss], self.network.output
        is_over_row = ACTIVATIONS[output].power is not None
        if is_over_row and len(self.table.outputs) == 1:
            raise SettingError(
                f"With one output, {output} always says 1. Add an output, or choose sigmoid as the output activation.",
                field="network.output",
            )
        if loss.outputs and output not in loss.outputs:
            raise SettingError(
                f"{loss.title} does not go with a {output} output. "
                f"Choose {' or '.join(loss.outputs)} as the output activation, or another loss.",
                field="training.loss",
            )
        if is_over_row and output not in loss.outputs:
            fitting = " or ".join(each.title.lower() for each in LOSSES.values() if output in each.outputs)
            raise SettingError(
                f"{loss.title} does not go with a {output} output. "
                f"Choose {fitting} as the loss, or another output activation.",
                field="training.loss",
            )
        if loss.targets is None:
            return
        low, high = loss.targets
        for number, name, cell in self.targets():
            if not low <= cell <= high:
                raise TableError(
                    f"Row {number}, {shortened(name)}: {shortened(format_number(cell))} is not from {low:g} to "
                    f"{high:g}, as {loss.title.lower()} needs it. Change it, or choose another loss.",
                    row=number,
                    column=name,
                )
        if is_over_row:
            self.check_shares()

    def check_shares(self) -> None:
        """Raises TableError where the outputs of a row are no shares of 1, or no row has them all."""
        output, first = self.network.output, len(self.table.inputs)
        for number, row in enumerate(self.table.rows, start=1):
            wanted = [cell for cell in row[first:] if cell is not None]
            if len(wanted) == len(row) - first and abs(math.fsum(wanted) - 1) > NEAR_ONE:
                total = shortened(format_number(math.fsum(wanted)))
                raise TableError(
                    f"Row {number}: the outputs add up to {total}; {output} needs 1. "
                    "Change them, or choose sigmoid as the output activation.",
                    row=number,
                )
        if not any(self.known()):
            raise TableError(
                f"No row has all its outputs, so with {output} there is nothing to learn from. "
                "Fill in the outputs of a row, or choose sigmoid as the output activation."
            )

    @property
    def is_batched(self) -> bool:
        """Whether a pass has more than one batch."""
        size = self.training.batch_size
        return size is not None and size < sum(self.teaching())

    @property
    def is_shuffled(self) -> bool:
        """Whether the order of the rows changes anything: a single batch has all of them whatever their order."""
        return self.training.shuffle and self.is_batched

    def check_split(self) -> None:
        """Raises SettingError where all known rows are held out."""
        if not self.training.test_fraction:
            return
        known = sum(self.known())
        if held_out_of(known, self.training.test_fraction) >= known:
            fraction = format_number(self.training.test_fraction)
            raise SettingError(
                f"A test fraction of {fraction} holds out {f'all {known} known rows' if known > 1 else 'the known row'}"
                ", so that none is left to train on. Take a smaller fraction, or add rows with a known output.",
                field="training.test_fraction",
            )

    def advice(self) -> str:
        """What can be trained so, and yet is hardly what was meant: a sentence with the remedy, or ""."""
        optimizer, rate = OPTIMIZERS[self.training.optimizer], self.training.learning_rate
        if rate > optimizer.highest_rate:
            return (
                f"A learning rate of {format_number(rate)} is high for {optimizer.title}, which moves every weight by "
                "about as much at each update. Take 0.01 to 0.1."
            )
        size = self.training.batch_size
        if size and size > (teaching := sum(self.teaching())):
            rows = "is 1 row" if teaching == 1 else f"are {teaching:,} rows"
            return f"The batch size {size:,} takes all rows at once: there {rows} to train on."
        return ""

    def targets(self) -> Iterator[tuple[int, str, float]]:
        """The known output cells: number of the row, name of the output, value."""
        first = len(self.table.inputs)
        for number, row in enumerate(self.table.rows, start=1):
            for name, cell in zip(self.table.outputs, row[first:], strict=True):
                if cell is not None:
                    yield number, name, cell

    def known(self) -> list[bool]:
        """Of each row of the table, whether it has what training needs."""
        first = len(self.table.inputs)
        return [teaches(row[first:], self.network.output) for row in self.table.rows]

    def held_out(self) -> list[bool]:
        """Of each row of the table, whether it is known and yet held out: it neither trains nor counts in the error.

        Those are the rows that scikit-learn's ShuffleSplit holds out: of the known rows, those that come first in
        numpy.random.permutation after numpy.random.seed(split_seed).
        """
        found = [False] * len(self.table.rows)
        if self.training.test_fraction:
            places = [place for place, is_known in enumerate(self.known()) if is_known]
            count = held_out_of(len(places), self.training.test_fraction)
            for drawn in permutation(self.training.split_seed, len(places))[:count]:
                found[places[drawn]] = True
        return found

    def teaching(self) -> list[bool]:
        """Of each row of the table, whether it trains."""
        return [is_known and not is_held for is_known, is_held in zip(self.known(), self.held_out(), strict=True)]

    def to_dict(self) -> dict[str, Any]:
        network = asdict(self.network)
        network["hidden"] = list(network["hidden"])
        return {"table": self.table.to_dict(), "network": network, "training": asdict(self.training)}

    def sizes(self) -> list[int]:
        """Units from the inputs to the outputs: [inputs, hidden…, outputs]."""
        hidden = [layer.units for layer in self.network.hidden]
        return [len(self.table.inputs), *hidden, len(self.table.outputs)]

    def unit_names(self) -> list[list[str]]:
        """For people, from the inputs to the outputs: h1.3 is the third unit of the first hidden layer."""
        hidden = enumerate(self.network.hidden, start=1)
        units = [[f"h{number}.{unit + 1}" for unit in range(layer.units)] for number, layer in hidden]
        return [list(self.table.inputs), *units, list(self.table.outputs)]

    def activations(self) -> list[str]:
        return [*(layer.activation for layer in self.network.hidden), self.network.output]


def teaches(outputs: Sequence[Cell], activation: str) -> bool:
    """Whether a row with these outputs can train: one is known; or all are, where the activation is over a row."""
    known = [cell is not None for cell in outputs]
    return all(known) if ACTIVATIONS[activation].power else any(known)


def held_out_of(known: int, fraction: float) -> int:
    """How many of so many known rows are held out: rounded, as Python rounds, and at least 1 where any are."""
    return max(1, round(fraction * known)) if fraction else 0


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
