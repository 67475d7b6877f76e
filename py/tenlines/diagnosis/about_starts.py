"""Causes that only other starts, or rows held out, can show."""

import numpy as np

from tenlines.diagnosis.case import Case
from tenlines.diagnosis.finding import Change, Finding, Search
from tenlines.diagnosis.starts import Starts
from tenlines.diagnosis.trials import Trial, outputs_in
from tenlines.fit import Fit, Goal
from tenlines.words import counted

WORSE = 0.2  # the share of rows that are wrong, above that of the rows it learns from
LEAST_HELD_OUT = 2  # rows that are wrong
PENALTIES = (0.001, 0.01, 0.1)


def stuck_start(case: Case, starts: Starts) -> Finding | None:
    """Other starts learn the table, and this one does not."""
    if not starts.fit or case.fit.is_whole:
        return None
    seed = next(seed for seed, fits in zip(starts.seeds, starts.fits, strict=True) if fits)
    wrong = len(case.fit.wrong)
    tried = len(starts.seeds)
    return Finding(
        "stuck-start",
        f"From this random start training got stuck, with {wrong:,} of {counted(case.fit.known, 'row')} wrong. "
        f"{starts.fit} of {tried} other random starts learned every row.",
        f"Train from random start {seed}, which learns every row",
        {"training": {"seed": seed}},
        True,
    )


def undetermined(case: Case, starts: Starts) -> Finding | None:
    """Starts that fit the table disagree about what it does not say."""
    unsettled = starts.unsettled()
    if not unsettled or not case.fit.is_whole:
        return None
    row, output, others = max(unsettled, key=lambda each: each[2])
    more = f" (nor {counted(len(unsettled) - 1, 'other answer')})" if len(unsettled) > 1 else ""
    gives = "gives" if others == 1 else "give"
    return Finding(
        "undetermined",
        f"The table does not settle the answer for {case.name(output)} in row {row + 1:,}{more}: of "
        f"{counted(starts.fit, 'network')} from other random starts that learned every row, {others} {gives} a "
        "different answer there. Add rows like it whose answer you know.",
    )


def overfit(case: Case) -> Search:
    """The rows held out are much worse than those it learns from."""
    if not is_overfit(case.goal, case.outputs, case.fit):
        return None
    held = np.flatnonzero(case.goal.held_out)
    wrong = int(case.goal.is_wrong(case.outputs)[held].sum())
    mends: list[tuple[str, Change]] = [
        (f"Set L2 to {strength:g}", {"training": {"l2": strength}})
        for strength in PENALTIES
        if strength > case.training.l2
    ]
    chosen = None
    for mend, change in mends:
        trial: Trial | None = yield from case.trials.of(change)
        if trial and trial.teaches and not is_overfit(trial.goal, outputs_in(trial.run.frame), trial.fit):
            chosen = mend, change
            break
    right = case.fit.known - len(case.fit.wrong)
    mend, change = chosen or (None, None)
    return Finding(
        "overfit",
        f"The network has {right:,} of the {counted(case.fit.known, 'row')} right that it trained on, but of the "
        f"{counted(len(held), 'row')} kept aside as a test {wrong:,} wrong: it learned rows by heart, not what they "
        "have in common. "
        + ("A penalty on large weights helps." if chosen else "More rows, or fewer hidden units, may help."),
        mend,
        change,
        chosen is not None,
    )


def is_overfit(goal: Goal, outputs: np.ndarray, fit: Fit) -> bool:
    held = int(goal.held_out.sum())
    wrong = int(goal.is_wrong(outputs)[goal.held_out].sum())
    return wrong >= LEAST_HELD_OUT and wrong / held - len(fit.wrong) / max(fit.known, 1) >= WORSE
