"""Causes that stand in the table itself."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from tenlines.data.numbers import format_number
from tenlines.diagnosis.case import Case, named, rows_named
from tenlines.diagnosis.finding import Finding
from tenlines.errors import shortened
from tenlines.words import counted, listed

MUCH = 10_000  # a number that is written in groups


def number(value: float) -> str:
    """As in the table, large whole numbers in groups of three digits."""
    is_long = value.is_integer() and MUCH <= abs(value) < 1e15
    return f"{int(value):,}" if is_long else shortened(format_number(value))


def contradiction(case: Case) -> Finding | None:
    """Rows with the same inputs, whose outputs no one answer can be right for."""
    pairs = list(contradictions(case))
    if not pairs:
        return None
    one, other, output = pairs[0]
    first, second = (float(case.goal.targets[place, output]) for place in (one, other))
    also = sorted({place for pair in pairs[1:] for place in pair[:2]} - {one, other})
    more = f" So it is with {rows_named(also)}." if also else ""
    return Finding(
        "contradiction",
        f"Rows {one + 1:,} and {other + 1:,} have the same inputs, but {case.name(output)} is {number(first)} in one "
        f"and {number(second)} in the other: a network gives equal inputs one answer, so one of them stays wrong."
        f"{more} Correct them, or add an input that tells them apart.",
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
        said = f"Only one {name} is known to learn from, {value}"
    else:
        said = f"All {count:,} known cells of {name} are {value}"
    return Finding(
        "one-class",
        f"{said}: there is nothing to tell apart, so the network learns to say {value} to everything. "
        f"Add a row whose {name} is another.",
    )


def zero_row_without_bias(case: Case) -> Finding | None:
    """A row of zeros that is wrong: without a bias the network can say one thing only about it."""
    rows = zero_rows(case)
    wrong = [place for place in rows if place in set(case.fit.wrong)]
    if not wrong:
        return None
    says = f"{case.at_zero(case.network.output):.3g}"
    what = f"Row {wrong[0] + 1:,} is" if len(wrong) == 1 else f"{rows_named(wrong).capitalize()} are"
    return Finding(
        "zero-row-without-bias",
        f"{what} all 0, and 0 times any weight is 0: without a bias the network can only say {says} there, however "
        "long it trains. A bias is a weight that is added whatever the inputs are.",
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
        said = f"{names[0]} is {number(float(inputs[0, columns[0]]))} in every row that it learns from"
    else:
        said = f"{listed(names)} are each the same in every row that it learns from"
    text = f"{said}, so {'it tells' if len(columns) == 1 else 'they tell'} no row from another."
    if len(columns) == len(case.table.inputs):
        return Finding("constant-column", f"{text} Add an input that does.")
    kept = [place for place in range(len(case.table.inputs)) if place not in columns]
    return Finding(
        "constant-column",
        text,
        f"Remove {names[0] if len(columns) == 1 else counted(len(columns), 'input')}",
        {"table": without_inputs(case, kept)},
    )


def without_inputs(case: Case, kept: Sequence[int]) -> dict:
    first = len(case.table.inputs)
    return {
        "inputs": [case.table.inputs[place] for place in kept],
        "rows": [[*(row[place] for place in kept), *row[first:]] for row in case.table.rows],
    }
