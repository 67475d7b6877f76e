"""Causes that lie in what the units make of their sums: outputs out of reach, inputs too large, units that are dead."""

from fractions import Fraction
from math import ceil, inf, isfinite, log10

import numpy as np

from tenlines.diagnosis.about_rate import LOWER, named_rate, rate
from tenlines.diagnosis.about_table import beyond_reach, number
from tenlines.diagnosis.case import Case, named
from tenlines.diagnosis.finding import Change, Finding, Search
from tenlines.diagnosis.separable import written
from tenlines.diagnosis.trials import Trial
from tenlines.methods.activations import ACTIVATIONS
from tenlines.words import counted, listed

FLAT = 1e-4  # a slope, where 1 is that of the sum itself
LARGE, UNLIKE = 10, 100  # an input; one column's largest as a multiple of another's
MOST_ZEROS = 6  # of a power of ten that is written out


def output_range(case: Case) -> Search:
    """Targets that the output activation cannot give."""
    beyond = beyond_reach(case)
    if not beyond:
        return None
    (row, name, cell), *others = beyond
    low, high = case.activation.reach
    span = f"from {low:g} to {high:g}" if isfinite(high) else f"from {low:g} upwards"
    more = f" ({counted(len(others), 'other cell')} likewise)" if others else ""
    output = f"a {case.network.output} output only gives numbers"
    text = f"{named(name)} is {number(cell)} in row {row:,}, but {output} {span}{more}. "
    low, high = ACTIVATIONS["tanh"].reach
    if all(low <= target <= high for _, _, target in case.problem.targets()):
        change = {"network": {"output": "tanh"}}
        trial = yield from case.trials.of(change)
        if trial and trial.teaches:
            return Finding(
                "output-range", f"{text}A tanh output goes from -1 to 1.", "Make the output tanh", change, True
            )
    network = {"output": "linear"}
    best: tuple[tuple[float, float], Change, Trial] | None = None
    for with_bias in (False, True):
        if with_bias and case.network.bias:
            break
        for power in range(LOWER + 1):
            lower = rate(case.training.learning_rate / 10**power)
            change: Change = {"network": {**network, **({"bias": True} if with_bias else {})}}
            if power:
                change["training"] = {"learning_rate": lower}
            trial = yield from case.trials.of(change)
            if trial is None:
                continue
            worth = (trial.run.diverged is not None, len(trial.fit.wrong))
            if best is None or worth < best[0]:
                best = worth, change, trial
            if trial.teaches:
                break
        if best and best[2].teaches:
            break
    change = best[1] if best else {"network": network}
    parts = ["Make the output linear"]
    if "bias" in change["network"]:
        parts.append("with a bias")
    if "training" in change:
        lower = named_rate(change["training"]["learning_rate"])
        parts.append(f"{'and' if len(parts) > 1 else 'with'} a learning rate of {lower}")
    text += "A linear output gives any number"
    text += ", and needs a lower learning rate." if "training" in change else "."
    return Finding("output-range", text, " ".join(parts), change, best is not None and best[2].teaches)


def saturated(case: Case) -> Search:
    """Inputs too large or of very different size: the sums are far out where every slope is 0, or learn unevenly."""
    inputs = np.abs(case.inputs[case.teaching])
    largest = inputs.max(axis=0)
    some = largest[largest > 0]
    if not len(some) or not (some.max() > LARGE or some.max() / UNLIKE > some.min()):
        return None
    is_flat = not case.is_diverged and flat_everywhere(case)
    change, mend = scaled(case)
    trial = yield from case.trials.of(change)
    teaches = trial is not None and trial.teaches
    if not teaches and not (is_flat and (trial is None or not flat_everywhere(Case(trial.run, case.trials.engine)))):
        return None
    column, is_unlike = int(np.argmax(largest)), some.max() / UNLIKE > some.min()
    signed = case.inputs[:, column]
    big = f"{named(case.table.inputs[column])} (up to {number(float(signed[np.argmax(np.abs(signed))]))})"
    if is_unlike:
        small = int(np.argmin(np.where(largest > 0, largest, inf)))
        most = number(float(np.abs(case.inputs[:, small]).max()))
        what = f"{big} is far larger than {named(case.table.inputs[small])} (up to {most})"
    else:
        what = f"{big} is a large input"
    if is_flat:
        why = (
            "Inputs times weights get so large that the curve which they go through is flat there, and where it is "
            "flat the weights stop moving."
        )
    elif is_unlike:
        why = "A learning rate that suits the one is too high or too low for the other."
    else:
        why = "A learning rate that suits such inputs is too low for everything else."
    return Finding("saturated", f"{what}. {why}", f"{mend} in the table", change, teaches)


def flat_everywhere(case: Case) -> bool:
    """Whether the rows that are wrong can move no weight: on their way back some layer's slopes are all about 0."""
    wrong = np.isin(case.teaching, case.fit.wrong)
    layers = list(zip(case.problem.activations(), case.units[1:], strict=True))
    for activation, outputs in layers:
        if ACTIVATIONS[activation].power:
            continue
        slopes = np.abs(ACTIVATIONS[activation].backward(np, 1.0, outputs[wrong]))
        if (slopes < FLAT).all():
            return True
    return False


def scaled(case: Case) -> tuple[Change, str]:
    """Columns divided by powers of ten, so that each one's largest is above 0.1 and at most 1; and that in words."""
    largest = np.abs(case.inputs).max(axis=0)
    powers = [ceil(log10(size) - 1e-12) if size > 0 else 0 for size in largest.tolist()]
    names, parts = [], []
    for name, power in zip(case.table.inputs, powers, strict=True):
        by = f"{10 ** abs(power):,}" if abs(power) <= MOST_ZEROS else f"1e{abs(power)}"
        names.append(name if not power else f"{name} {'÷' if power > 0 else '×'} {by}")
        if power:
            parts.append(f"{'divide' if power > 0 else 'multiply'} {named(name)} by {by}")
    shifts = [Fraction(10) ** -power for power in powers]
    first = len(shifts)
    rows = [
        [*(shifted(cell, by) for cell, by in zip(row, shifts, strict=False)), *row[first:]] for row in case.table.rows
    ]
    words = listed(parts, 3)
    return {"table": {"inputs": names, "rows": rows}}, words[:1].upper() + words[1:]


def shifted(cell: float | None, by: Fraction) -> float | None:
    return cell if cell is None or by == 1 else float(written(cell) * by)


def dead_units(case: Case) -> Search:
    """Units of ReLU that are 0 for every row: their slope is 0, so they never learn again."""
    if case.is_diverged:
        return None
    dead = [
        (place, int((~(outputs > 0).any(axis=0)).sum()), outputs.shape[1])
        for place, (activation, outputs) in enumerate(zip(case.problem.activations(), case.units[1:], strict=True))
        if activation == "relu"
    ]
    dead = [each for each in dead if each[1]]
    if not dead:
        return None
    change: Change = {"network": {}}
    hidden = [
        {"units": layer.units, "activation": "leaky_relu" if layer.activation == "relu" else layer.activation}
        for layer in case.network.hidden
    ]
    place, count, of = dead[0]
    is_output = place == len(case.network.hidden)
    where = f" in layer {place + 1}" if len(case.network.hidden) > 1 and not is_output else ""
    if any(layer.activation == "relu" for layer in case.network.hidden):
        change["network"]["hidden"] = hidden
    if case.network.output == "relu":
        change["network"]["output"] = "leaky_relu"
    trial = yield from case.trials.of(change)
    teaches = trial is not None and trial.teaches
    if not teaches and all(count < of for _, count, of in dead):
        return None  # others learn: these are hardly the cause
    units = "output" if is_output else "hidden unit"
    are = "is" if count == 1 else "are"
    dead_ones = f"The only {units}" if of == 1 else f"{count} of {counted(of, units)}"
    return Finding(
        "dead-units",
        f"{dead_ones}{where} {are} dead: the sum of inputs times weights is below 0 in every row, where ReLU gives 0 "
        "and is flat, so that the weights no longer change. Leaky ReLU is nowhere quite flat, so it can still learn.",
        "Use leaky ReLU",
        change,
        teaches,
    )
