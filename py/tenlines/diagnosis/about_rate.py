"""Causes that lie in how far each update goes, and how many there are."""

from collections.abc import Generator, Iterable
from decimal import Decimal
from itertools import pairwise
from math import ceil, inf, isfinite, log10

import numpy as np

from tenlines.diagnosis.case import Case
from tenlines.diagnosis.finding import Change, Finding, Search
from tenlines.diagnosis.trials import Trial
from tenlines.methods.optimizers import OPTIMIZERS
from tenlines.words import counted

USUAL, FAR = (0.001, 0.01, 0.1, 1.0, 10.0), 1e8  # rates that are tried where one is so many times as high or low
LOWER = 12  # powers of ten below a learning rate that are tried
MOST_LOWER = 8  # of them where the numbers did not grow too large
JUMP = 1.5  # times the error before it
ALIKE = 1e-3  # how near answers are to the end of their curve
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


def at_rate(cause: str, text: str, value: float, teaches: bool) -> Finding:
    """A finding that another learning rate mends."""
    change: Change = {"training": {"learning_rate": value}}
    return Finding(cause, text, f"Set the learning rate to {named_rate(value)}", change, teaches)


def rate_that_teaches(case: Case, rates: Iterable[float]) -> Generator[None, None, float | None]:
    """The first with which the network learns the whole table; None where none is found."""
    for value in rates:
        trial = yield from case.trials.of({"training": {"learning_rate": value}})
        if trial is not None and trial.teaches:
            return value
    return None


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
    text = f"A learning rate of {named_rate(now)} is too high for this table: {sign}.{mends}"
    return at_rate("rate-too-high", text, lower, trial.teaches)


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
    jumps = sum(later > JUMP * before for before, later in pairwise(errors))
    if jumps > 1 or (errors and errors[-1] > JUMP * min(errors)):
        return "the error jumps up and down instead of falling"
    return ""


def rate_too_low(case: Case) -> Search:
    """The error is still falling at the end: more iterations, or a higher rate, would do it."""
    training = case.training
    if case.is_diverged:
        return None
    if training.learning_rate == 0:
        usual = min(1.0, OPTIMIZERS[training.optimizer].highest_rate / 10)
        return at_rate("rate-too-low", "With a learning rate of 0 no weight ever changes.", usual, False)
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
        higher = yield from rate_that_teaches(case, (rate(training.learning_rate * times) for times in HIGHER))
    what = "The error is still falling at the end"
    passes, now = counted(training.iterations, "iteration"), named_rate(training.learning_rate)
    if higher is not None:
        text = f"{what}: a learning rate of {now} is too low for {passes}."
        return at_rate("rate-too-low", f"{text} With {named_rate(higher)} it learns every row.", higher, True)
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
    now, passes = case.training.learning_rate, counted(case.training.iterations, "iteration")
    usual = USUAL if now < USUAL[0] / FAR else ()
    higher = yield from rate_that_teaches(case, [*(rate(now * 10**power) for power in range(1, LOWER + 1)), *usual])
    if higher is None:
        return None
    text = (
        f"A learning rate of {named_rate(now)} is too low: in {passes} no weight has moved by more than {moved:.1g}. "
        f"With {named_rate(higher)} it learns every row."
    )
    return at_rate("rate-too-low", text, higher, True)


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
