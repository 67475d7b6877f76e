"""Causes that lie in how the network is trained."""

import itertools
from collections.abc import Generator
from decimal import Decimal
from fractions import Fraction
from math import ceil, inf, isfinite, log10

import numpy as np

from tenlines.diagnosis.about_table import beyond_reach, number
from tenlines.diagnosis.case import Case, named
from tenlines.diagnosis.finding import Change, Finding, Search
from tenlines.diagnosis.separable import written
from tenlines.diagnosis.trials import Trial
from tenlines.methods.activations import ACTIVATIONS
from tenlines.methods.optimizers import OPTIMIZERS
from tenlines.words import counted, listed

USUAL, FAR = (0.001, 0.01, 0.1, 1.0, 10.0), 1e8  # rates that are tried where one is so many times as high or low
LOWER = 12  # powers of ten below a learning rate that are tried
MOST_LOWER = 8  # of them where the numbers did not grow too large
JUMP = 1.5  # times the error before it
ALIKE = 1e-3  # how near answers are to each other, or to the end of their curve
FLAT = 1e-4  # a slope, where 1 is that of the sum itself
LARGE, UNLIKE = 10, 100  # an input; one column's largest as a multiple of another's
MOST_ZEROS = 6  # of a power of ten that is written out
SLOWER = (1, 2, 3)  # powers of ten below a learning rate
ENOUGH = 10_000  # iterations, as in the post
LONGER = (10, 100)  # times as many iterations
HIGHER = (10, 100, 1000)  # times as high a learning rate
LITTLE = 0.05  # what weights have moved since their start
FALLING = 1e-3  # of the error, over the last half of the iterations
STEADILY = 0.02  # the same, where a higher rate would do it


def rate(value: float) -> float:
    return float(f"{value:.6g}")


def named_rate(value: float) -> str:
    """Without a power of ten, unless that would be long: 0.0000001."""
    is_plain = 1e-9 <= abs(value) < 1e9 or not value
    return (f"{Decimal(repr(rate(value))):f}" if is_plain else f"{value:g}").removesuffix(".0")


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


def rate_too_high(case: Case) -> Search:
    """The error jumps, or all answers are alike or at an end from the first steps on; and a lower rate mends it."""
    now = case.training.learning_rate
    sign = too_large_at(case) or first_sign(case)
    if not sign or not now:
        return None
    calm: tuple[float, Trial] | None = None
    powers = range(1, (LOWER if case.is_diverged else MOST_LOWER) + 1)
    for lower in [*(rate(now / 10**power) for power in powers), *(usual for usual in USUAL[::-1] if now > FAR * usual)]:
        trial = yield from case.trials.of({"training": {"learning_rate": lower}})
        if trial is None:
            continue
        if trial.teaches:
            calm = lower, trial
            break
        if calm is None and case.is_diverged and trial.run.diverged is None:
            calm = lower, trial
    if calm is None:
        if not case.is_diverged:
            return None
        return Finding(
            "rate-too-high",
            f"A learning rate of {named_rate(now)} is too high for this table: {sign}. Take a lower one.",
        )
    lower, trial = calm
    mends = f" With {named_rate(lower)} it learns every row." if trial.teaches else ""
    return Finding(
        "rate-too-high",
        f"A learning rate of {named_rate(now)} is too high for this table: {sign}.{mends}",
        f"Set the learning rate to {named_rate(lower)}",
        {"training": {"learning_rate": lower}},
        trial.teaches,
    )


def slower(case: Case) -> Search:
    """Where nothing else explains it: a lower rate, with a bias if need be, learns the whole table."""
    now, wrong = case.training.learning_rate, len(case.fit.wrong)
    for bias in (False, True) if not case.network.bias else (False,):
        for power in SLOWER:
            lower = rate(now / 10**power)
            change: Change = {"training": {"learning_rate": lower}, **({"network": {"bias": True}} if bias else {})}
            trial = yield from case.trials.of(change)
            if trial is None or not trial.teaches:
                continue
            with_bias = " and a bias" if bias else ""
            return Finding(
                "rate-too-high",
                f"A learning rate of {named_rate(now)} ends with {counted(wrong, 'row')} wrong. "
                f"With {named_rate(lower)}{with_bias} the network learns every row.",
                f"Set the learning rate to {named_rate(lower)}{' and add a bias' if bias else ''}",
                change,
                True,
            )
    return None


def too_large_at(case: Case) -> str:
    at = case.run.diverged
    return "" if at is None else f"at iteration {at:,} the weights grew too large to compute with"


def first_sign(case: Case) -> str:
    """What shows that the steps are too large, as the end of a sentence; "" where nothing does."""
    low, high = case.activation.reach
    for iteration, outputs in case.first_outputs:
        after = f"after {counted(iteration, 'iteration')}"
        if isfinite(high) and (np.minimum(outputs - low, high - outputs) < ALIKE * (high - low)).all():
            return (
                f"{after} every answer is almost exactly {low:g} or {high:g}, where the {case.network.output} curve is "
                "flat, so that learning stops"
            )
    errors = [error for _, error in sorted(case.run.errors.items())]
    jumps = sum(later > JUMP * before for before, later in itertools.pairwise(errors))
    if jumps > 1 or (errors and errors[-1] > JUMP * min(errors)):
        return "the error jumps up and down instead of falling"
    return ""


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


def rate_too_low(case: Case) -> Search:
    """The error is still falling at the end: more iterations, or a higher rate, would do it."""
    training = case.training
    if case.is_diverged:
        return None
    if training.learning_rate == 0:
        usual = min(1.0, OPTIMIZERS[training.optimizer].highest_rate / 10)
        change: Change = {"training": {"learning_rate": usual}}
        trial = yield from case.trials.of(change)
        return Finding(
            "rate-too-low",
            "With a learning rate of 0 no weight ever changes.",
            f"Set the learning rate to {named_rate(usual)}",
            change,
            trial is not None and trial.teaches,
        )
    if not training.iterations:
        trial = yield from case.trials.of({"training": {"iterations": ENOUGH}})
        if trial is None or not trial.teaches:
            return None
        text = f"With 0 iterations nothing is learned. With {ENOUGH:,} the network learns every row."
        return Finding("rate-too-low", text, f"Train {ENOUGH:,} iterations", {"training": {"iterations": ENOUGH}}, True)
    if found := (yield from hardly_moved(case)):
        return found
    falls = fall(case)
    if falls < FALLING:
        return None
    longer = yield from iterations_needed(case)
    higher = None
    if falls > STEADILY and (longer is None or longer > 10 * training.iterations > 0):
        higher = yield from rate_needed(case)
    what = "The error is still falling at the end"
    passes, now = counted(training.iterations, "iteration"), named_rate(training.learning_rate)
    if higher is not None:
        return Finding(
            "rate-too-low",
            f"{what}: a learning rate of {now} is too low for {passes}. With {named_rate(higher)} it learns every row.",
            f"Set the learning rate to {named_rate(higher)}",
            {"training": {"learning_rate": higher}},
            True,
        )
    if longer is not None:
        return Finding(
            "rate-too-low",
            f"{what}, after {passes}. To learn every row would take about {longer:,}.",
            f"Train {longer:,} iterations",
            {"training": {"iterations": longer}},
            True,
        )
    return None


def hardly_moved(case: Case) -> Search:
    """A rate so low that the weights are still about those of the random start; and a higher one does it."""
    first, last = (np.array(frame.weights) for frame in (case.run.seek(0, inf)[1], case.run.frame))
    moved = float(np.abs(last - first).max())
    if moved > LITTLE:
        return None
    now = case.training.learning_rate
    for higher in [*(rate(now * 10**power) for power in range(1, LOWER + 1)), *(USUAL if now < USUAL[0] / FAR else ())]:
        trial = yield from case.trials.of({"training": {"learning_rate": higher}})
        if trial is not None and trial.teaches:
            passes = counted(case.training.iterations, "iteration")
            return Finding(
                "rate-too-low",
                f"A learning rate of {named_rate(now)} is too low: in {passes} no weight has moved by more than "
                f"{moved:.1g}. With {named_rate(higher)} it learns every row.",
                f"Set the learning rate to {named_rate(higher)}",
                {"training": {"learning_rate": higher}},
                True,
            )
    return None


def fall(case: Case) -> float:
    """Of the error over the last half of the iterations, as a share of the last."""
    errors = sorted(case.run.errors.items())
    half = [error for iteration, error in errors if iteration <= case.training.iterations / 2]
    last = errors[-1][1]
    return (half[-1] - last) / last if half and last > 0 else 0.0


def iterations_needed(case: Case) -> Generator[None, None, int | None]:
    """So many that it learns every row, found by trial, to two digits; None where many more do not do it."""
    for times in LONGER:
        most = max(case.training.iterations * times, 1000)
        trial = yield from case.trials.of({"training": {"iterations": most}})
        if trial is None:
            return None
        if not trial.teaches:
            continue
        low, high = case.training.iterations, most
        while high > 1.1 * low + 1:
            middle = nicely((low * high) ** 0.5 if low else high / 10)
            if not low < middle < high:
                break
            trial = yield from case.trials.of({"training": {"iterations": middle}})
            if trial is None:
                break
            low, high = (low, middle) if trial.teaches else (middle, high)
        return high
    return None


def nicely(value: float) -> int:
    """Rounded up to two digits."""
    size = 10 ** max(0, int(log10(max(value, 1))) - 1)
    return ceil(value / size) * size


def rate_needed(case: Case) -> Generator[None, None, float | None]:
    for times in HIGHER:
        higher = rate(case.training.learning_rate * times)
        trial = yield from case.trials.of({"training": {"learning_rate": higher}})
        if trial is not None and trial.teaches:
            return higher
    return None
