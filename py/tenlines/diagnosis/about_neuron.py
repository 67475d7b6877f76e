"""Whether a network without a hidden layer can learn its table at all: each of its outputs is a single neuron."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from tenlines.diagnosis.about_rate import named_rate, rate
from tenlines.diagnosis.about_table import zero_rows
from tenlines.diagnosis.case import Case, rows_named
from tenlines.diagnosis.finding import Change, Finding, Search
from tenlines.diagnosis.separable import Separation, separate
from tenlines.fit import Array
from tenlines.training.network import sum_for

MOST_ROWS, MOST_INPUTS = 200, 20  # of what is decided: of more rows a part is, of more inputs nothing
MOST_COUNTED = 12  # distinct rows, of which the most that can be right are counted
MOST_SEARCHED = 400  # sets of rows looked at for that
WIDER = 1 + 1e-9  # a tolerance, so that rounding does not decide


class Wanted(NamedTuple):
    """Inequalities that the weights of one output, or of all where these are shares, are to satisfy."""

    rows: Array  # (inequalities, width): weights · row > 0
    places: list[int]  # the row of the table that each is of; -1 where it is of none
    output: int


class Impossible(NamedTuple):
    conflict: list[int]  # places of rows of the table
    output: int
    needs_bias: bool  # whether it is so only because there is none
    wanted: Wanted


def impossible(case: Case, contradicting: set[int]) -> Impossible | None:
    """What no weights of a single neuron can do, with its proof. contradicting: places of rows that do not count."""
    if not is_one_neuron(case) or len(case.table.inputs) > MOST_INPUTS:
        return None
    places = [place for place in case.teaching.tolist() if place not in contradicting]
    is_told = any(place in case.fit.wrong for place in zero_rows(case))  # that a bias is missing
    for has_bias in (True, False) if not (case.network.bias or is_told) else (True,):
        for wanted in all_wanted(case, places, has_bias):
            found = decided(wanted, case.fit.wrong)
            if found.conflict:
                conflict = sorted({wanted.places[at] for at in found.conflict} - {-1})
                return Impossible(conflict, wanted.output, not has_bias, wanted)
    return None


def is_one_neuron(case: Case) -> bool:
    """Whether no output can do more than a single neuron: there are no hidden units, or linear ones, or one alone.

    One unit alone lets through one sum of the inputs, of which all that follows makes something that only rises or only
    falls; that is a border like a neuron's where the known cells are 0 and 1.
    """
    hidden = case.network.hidden
    if all(layer.activation == "linear" for layer in hidden):
        return True
    return any(layer.units == 1 for layer in hidden[:1]) and case.network.bias and bool(case.goal.is_binary.all())


def decided(wanted: Wanted, wrong: Sequence[int] = ()) -> Separation:
    """wrong: places of rows that the network has wrong. Of many rows these and some others are looked at.

    Where rows among them are in conflict no weights are right for all; else nothing is said of the others.
    """
    distinct = np.unique(wanted.rows, axis=0, return_index=True)[1]
    if not len(distinct):
        return Separation(None, None)
    is_part = len(distinct) > MOST_ROWS
    if is_part:
        is_wrong = np.isin(np.array(wanted.places)[distinct], wrong)
        suspects, others = distinct[is_wrong][: MOST_ROWS // 2], distinct[~is_wrong]
        distinct = np.concatenate([suspects, others[:: max(1, len(others) * 2 // MOST_ROWS)][: MOST_ROWS // 2]])
    found = separate(wanted.rows[distinct])
    if is_part and found.weights:
        return Separation(None, None)
    return found._replace(conflict=found.conflict and [int(distinct[at]) for at in found.conflict])


def all_wanted(case: Case, places: Sequence[int], bias: bool) -> list[Wanted]:
    inputs = case.inputs[list(places)]
    if bias:
        inputs = np.hstack([inputs, np.ones((len(inputs), 1))])
    if case.activation.power:
        return [of_shares(case, places, inputs)] if case.goal.is_binary.all() and len(places) else []
    return [of_output(case, places, inputs, output) for output in range(len(case.table.outputs))]


def of_output(case: Case, places: Sequence[int], inputs: Array, output: int) -> Wanted:
    """For each row that its sum is below, or above, what the activation makes a right answer of."""
    low, high = case.activation.reach
    rows, of, scaled = [], [], False
    for place, row in zip(places, inputs, strict=True):
        target = float(case.goal.targets[place, output])
        if np.isnan(target) or not low <= target <= high:
            continue
        if case.goal.is_binary[output]:
            bounds = [(0.5, 1 if target == 1 else -1)]
        else:
            tolerance = float(case.goal.tolerance[output]) * WIDER
            bounds = [(target - tolerance, 1), (target + tolerance, -1)]
        for bound, sign in bounds:  # 1: above it, -1: below
            if not low < bound < high:
                continue  # every answer is
            sum_there = bound if case.network.output == "linear" else sum_for(case.activation, bound)
            rows.append([*(sign * row), -sign * sum_there])
            scaled = scaled or sum_there != 0
            of.append(place)
    matrix = np.array(rows).reshape(len(rows), inputs.shape[1] + 1)
    if not scaled:  # the bounds are all 0: the last column says nothing
        return Wanted(matrix[:, :-1], of, output)
    last = np.zeros((1, matrix.shape[1]))
    last[0, -1] = 1  # weights are of any size, so what the bounds are multiplied by is above 0
    return Wanted(np.vstack([matrix, last]), [*of, -1], output)


def of_shares(case: Case, places: Sequence[int], inputs: Array) -> Wanted:
    """For each row that the sum of the output that is 1 is above that of every other (Kesler's construction)."""
    outputs, width = len(case.table.outputs), inputs.shape[1]
    rows, of = [], []
    for place, row in zip(places, inputs, strict=True):
        right = int(np.argmax(case.goal.targets[place]))
        for other in range(outputs):
            if other != right:
                blocks = np.zeros((outputs, width))
                blocks[right], blocks[other] = row, -row
                rows.append(blocks.ravel())
                of.append(place)
    return Wanted(np.array(rows), of, -1)


def most_right(wanted: Wanted) -> int | None:
    """How many rows a single neuron can have right at most; None where that is too long a search."""
    places = np.array(wanted.places)
    if len({tuple(row) for row in wanted.rows[places >= 0].tolist()}) > MOST_COUNTED or -1 in wanted.places:
        return None
    keys = [tuple(row) for row in wanted.rows.tolist()]
    level: set[frozenset] = {frozenset()}  # inequalities that are given up
    looked, best = 0, None
    for _ in range(MOST_COUNTED):
        following: set[frozenset] = set()
        for given_up in level:
            looked += 1
            if looked > MOST_SEARCHED:
                return None
            kept = [at for at, key in enumerate(keys) if key not in given_up]
            cost = len(keys) - len(kept)
            if best is not None and cost >= best:
                continue
            found = decided(wanted._replace(rows=wanted.rows[kept])) if kept else Separation([], None)
            if found.weights is not None:
                best = cost
            elif found.conflict is None:
                return None
            else:
                following |= {given_up | {keys[kept[at]]} for at in found.conflict}
        level = following
        if not level:
            break
    return None if best is None else len(keys) - best


HIDDEN = (  # each what is tried in the place of no hidden layer, the smallest change first
    (4, None, 1.0),
    (4, True, 1.0),
    (8, True, 1.0),
    (4, True, 0.1),
    (8, True, 0.1),
    (8, True, 0.01),
)


def not_separable(case: Case, found: Impossible | None) -> Search:
    if found is None:
        return None
    change, mend = {"network": {"bias": True}}, "Add a bias"
    if not found.needs_bias:
        trial = None
        for units, bias, slower in HIDDEN:
            change, mend = hidden_layer(case, units, bias, slower)
            trial = yield from case.trials.of(change)
            if trial is None or trial.teaches:
                break
        if trial is None or not trial.teaches:
            change, mend = hidden_layer(case, 4, True, 1.0)
    return Finding("not-separable", said(case, found), mend, change)


def hidden_layer(case: Case, units: int, bias: bool | None, slower: float) -> tuple[Change, str]:
    network: dict = {"hidden": [{"units": units, "activation": "sigmoid"}]}
    had = len(case.network.hidden)
    parts = [f"a hidden layer of {units} {'sigmoid ' if had else ''}units"]
    if bias and not case.network.bias:
        network["bias"] = True
        parts.append("a bias")
    change: Change = {"network": network}
    mend = f"{'Take' if had else 'Add'} {' and '.join(parts)}"
    if slower != 1:
        lower = rate(case.training.learning_rate * slower)
        change["training"] = {"learning_rate": lower}
        mend += f", with a learning rate of {named_rate(lower)}"
    return change, mend


def said(case: Case, found: Impossible) -> str:
    neuron = "A single neuron without a bias" if found.needs_bias else "A single neuron"
    hidden = case.network.hidden
    if hidden:
        units = "linear hidden units" if hidden[0].activation == "linear" else "one hidden unit alone"
        neuron = f"With {units} a network can do no more than a single neuron, which"
    if found.output >= 0 and case.goal.is_binary[found.output]:
        targets = case.goal.targets[:, found.output]
        sides = [[place for place in found.conflict if targets[place] == value] for value in (0, 1)]
        name = f" for {case.name(found.output)}" if len(case.table.outputs) > 1 else ""
        halves = [f"{rows_named(side)} ({value}{name})" for value, side in enumerate(sides) if side]
        border = {1: "border", 2: "straight line"}.get(len(case.table.inputs), "flat border")
        through = " through 0" if found.needs_bias else ""
        has = (
            f"{halves[0]} on one side and {halves[1]} on the other"
            if len(halves) > 1
            else f"{halves[0]} where it belongs"
        )
        why = f"it draws one {border}{through}, and no {border.split()[-1]} has {has}"
    elif case.activation.power:
        why = f"no weights give {rows_named(found.conflict)} the largest share where it belongs"
    else:
        why = f"no weights bring {rows_named(found.conflict)} within a tenth of what they should be"
    rows = len(case.teaching)
    is_counted = len(case.table.outputs) == 1 and case.goal.is_binary.all() and len(found.wanted.places) == rows
    best = most_right(found.wanted) if is_counted else None
    most = f" At best it gets {best} of {rows} rows right." if best is not None else ""
    return f"{neuron} cannot learn this table: {why}.{most}"
