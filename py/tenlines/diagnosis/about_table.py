"""Causes that stand in the table itself."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from tenlines.data.numbers import format_number
from tenlines.diagnosis.case import Case, named, rows_named
from tenlines.diagnosis.finding import Finding
from tenlines.errors import shortened
from tenlines.words import listed

MUCH = 10_000  # a number that is written in groups


def number(value: float) -> str:
    """As in the table, large whole numbers in groups of three digits."""
    is_long = value.is_integer() and MUCH <= abs(value) < 1e15
    return f"{int(value):,}" if is_long else shortened(format_number(value))


def contradiction(case: Case, pairs: Sequence[tuple[int, int, int]]) -> Finding | None:
    """Rows with the same inputs, whose outputs no one answer can be right for. pairs: as `contradictions` has them."""
    if not pairs:
        return None
    one, other, output = pairs[0]
    first, second = (float(case.goal.targets[place, output]) for place in (one, other))
    also = sorted({place for pair in pairs[1:] for place in pair[:2]} - {one, other})
    more = f" So it is with {rows_named(also)}." if also else ""
    return Finding(
        "contradiction",
        f"Rows {one + 1:,} and {other + 1:,} have the same inputs, but {case.name(output)} is {number(first)} in one "
        f"and {number(second)} in the other. A network gives the same inputs the same answer, so it cannot get both "
        f"right.{more} Correct a row, or add an input that tells them apart.",
    )


def contradictions(case: Case) -> Iterator[tuple[int, int, int]]:
    """(place, place, output): of each group of rows with equal inputs, and each output, the two farthest apart."""
    goal = case.goal
    for group in alike(case):
        targets = goal.targets[group]
        for output in range(targets.shape[1]):
            known = np.flatnonzero(~np.isnan(targets[:, output]))
            if len(known) < 2:
                continue
            values = targets[known, output]
            low, high = known[int(values.argmin())], known[int(values.argmax())]
            apart = values.max() - values.min()
            if apart > (0 if goal.is_binary[output] else 2 * goal.tolerance[output]):
                one, other = sorted((group[low], group[high]))
                yield one, other, output


def alike(case: Case) -> list[list[int]]:
    """Groups of rows that teach and have the same inputs: their places."""
    inputs, places = case.inputs[case.teaching] + 0.0, case.teaching  # -0 is 0
    with np.errstate(over="ignore"):  # the same for equal rows, and rarely for others
        keys = (inputs * np.linspace(1, 2, inputs.shape[1])).sum(axis=1)
    _, numbers, counts = np.unique(keys, return_inverse=True, return_counts=True)
    groups: dict[bytes, list[int]] = defaultdict(list)
    for at in np.flatnonzero(counts[numbers] > 1):
        groups[inputs[at].tobytes()].append(int(places[at]))
    return [group for group in groups.values() if len(group) > 1]


def one_class(case: Case) -> Finding | None:
    """An output whose known cells are all alike."""
    targets = np.where(case.goal.teaches[:, None], case.goal.targets, np.nan)
    known = ~np.isnan(targets)
    some = np.where(known.any(axis=0), np.where(known, targets, -np.inf).max(axis=0), np.nan)
    same = (~known | (targets == some)).all(axis=0) & known.any(axis=0)
    if not same.any():
        return None
    output = int(np.argmax(same))
    name, value, count = (case.name(output), number(float(some[output])), int(known[:, output].sum()))
    if count == 1:
        said = f"Only one row says what {name} is, {value}"
    else:
        said = f"{name} is {value} in all {count:,} rows that say it"
    return Finding(
        "one-class",
        f"{said}: nothing shows the network when to say anything else. Add a row with a different {name}.",
    )


def zero_row_without_bias(case: Case) -> Finding | None:
    """A row of zeros that is wrong: without a bias the network can say one thing only about it."""
    rows = zero_rows(case)
    wrong = [place for place in rows if place in set(case.fit.wrong)]
    if not wrong:
        return None
    says = f"{case.at_zero(case.network.output):.3g}"
    return Finding(
        "zero-row-without-bias",
        f"All inputs of {rows_named(wrong)} are 0, and 0 times any weight is 0: without a bias the answer there is "
        f"always {says}, however long the network trains. A bias is a weight that is added whatever the inputs are.",
        "Add a bias",
        {"network": {"bias": True}},
    )


def zero_rows(case: Case) -> list[int]:
    """The places of rows of zeros that teach, where every sum of the network is 0 for them."""
    if case.network.bias or any(case.at_zero(layer.activation) for layer in case.network.hidden):
        return []
    return case.teaching[~case.inputs[case.teaching].any(axis=1)].tolist()


def beyond_reach(case: Case) -> list[tuple[int, str, float]]:
    """Known cells that the output activation cannot give: number of the row, name of the output, value."""
    low, high = case.activation.reach
    return [target for target in case.problem.targets() if not low <= target[2] <= high]


def constant_column(case: Case) -> Finding | None:
    """Inputs that are the same in all rows that teach. One that is not 0 is a bias where there is no bias."""
    if len(case.teaching) < 2:
        return None
    inputs = case.inputs[case.teaching]
    same = (inputs == inputs[0]).all(axis=0) & ((inputs[0] == 0) | case.network.bias)
    columns = np.flatnonzero(same).tolist()
    if not columns:
        return None
    names = [named(case.table.inputs[column]) for column in columns]
    if len(columns) == 1:
        text = (
            f"The input {names[0]} is {number(float(inputs[0, columns[0]]))} in every row that the network learns from"
        )
    else:
        text = f"The inputs {listed(names)} are each the same in every row that the network learns from"
    text = f"{text}, so it can learn nothing from {'it' if len(columns) == 1 else 'them'}."
    if len(columns) == len(case.table.inputs):
        return Finding("constant-column", f"{text} Add an input that does.")
    kept = [place for place in range(len(case.table.inputs)) if place not in columns]
    return Finding(
        "constant-column",
        text,
        f"Remove the input {names[0]}" if len(columns) == 1 else f"Remove {len(columns)} inputs",
        {"table": without_inputs(case, kept)},
    )


def without_inputs(case: Case, kept: Sequence[int]) -> dict:
    first = len(case.table.inputs)
    return {
        "inputs": [case.table.inputs[place] for place in kept],
        "rows": [[*(row[place] for place in kept), *row[first:]] for row in case.table.rows],
    }
