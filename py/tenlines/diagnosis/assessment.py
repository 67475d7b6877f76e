"""A diagnosis of a finished run: why it does not learn its table, and whether other starts say the same."""

from collections.abc import Callable, Generator
from time import perf_counter
from typing import NamedTuple

from tenlines.diagnosis.about_neuron import impossible, not_separable
from tenlines.diagnosis.about_rate import rate_too_high, rate_too_low, slower
from tenlines.diagnosis.about_starts import overfit, stuck_start, undetermined
from tenlines.diagnosis.about_table import (
    constant_column,
    contradiction,
    contradictions,
    one_class,
    zero_row_without_bias,
)
from tenlines.diagnosis.about_units import dead_units, output_range, saturated
from tenlines.diagnosis.case import Case
from tenlines.diagnosis.finding import Finding, Search
from tenlines.diagnosis.starts import Starts, run_starts
from tenlines.problem import Problem
from tenlines.training.run import Run

# In the order in which they are told; but what mends the table alone goes before what does not.
CAUSES = (
    "contradiction",
    "one-class",
    "zero-row-without-bias",
    "output-range",
    "rate-too-high",
    "saturated",
    "not-separable",
    "dead-units",
    "stuck-start",
    "rate-too-low",
    "constant-column",
    "undetermined",
    "overfit",
)


class Assessment:
    """Worked out for a slice of time a call, so that the caller can stop after each."""

    def __init__(self, run: Run, starts: int = 0, engine: str = "compiled") -> None:
        """run: finished. starts: how many others are tried. engine: what trains them, and the trials."""
        self.run, self.engine = run, engine
        self.findings: list[Finding] | None = None  # until they are known
        self.starts: Starts | None = None
        self.done = False
        self._wanted = starts
        self._work = self._assess()

    def advance(self, seconds: float) -> None:
        deadline = perf_counter() + seconds
        while not self.done:
            try:
                next(self._work)
            except StopIteration:
                self.done = True
            if perf_counter() >= deadline:
                return

    def _assess(self) -> Generator[None, None, None]:
        case = Case(self.run, self.engine)
        found = yield from diagnose(case)
        self.findings = ordered(found)
        if not self._wanted or case.is_diverged:
            return
        table = self.run.problem.table
        starts = Starts(self._wanted, table.unknown(), len(table.outputs))
        if not starts.cells and case.fit.is_whole:
            return
        self.starts = starts
        yield
        yield from run_starts(case, starts)
        more = [each for each in (stuck_start(case, starts), undetermined(case, starts)) if each]
        self.findings = ordered([*found, *more])


def diagnose(case: Case) -> Generator[None, None, list[Finding]]:
    """What can be said without other starts, in no order."""
    found: list[Finding | None] = [one_class(case), (yield from overfit(case))]
    if not case.fails:
        return [each for each in found if each]
    pairs = list(contradictions(case))
    proof = impossible(case, {place for pair in pairs for place in pair[:2]})
    proved = [contradiction(case, pairs), zero_row_without_bias(case), (yield from output_range(case))]
    proved.append((yield from not_separable(case, proof)))
    found += [*proved, constant_column(case)]
    searches: list[Callable[[Case], Search]] = [saturated]
    if case.is_diverged or not any(proved):  # else no rate and no number of iterations makes it right
        searches += [rate_too_high, dead_units, rate_too_low]
    for search in searches:
        found.append((yield from search(case)))
    if not any(found):
        found.append((yield from slower(case)))
    result = []
    for each in filter(None, found):
        teaches = each.teaches
        if each.change and not teaches:
            trial = yield from case.trials.of(each.change)
            teaches = trial is not None and trial.teaches
        result.append(each._replace(teaches=teaches))
    return result


def ordered(found: list[Finding]) -> list[Finding]:
    return sorted(found, key=lambda each: (not each.teaches, CAUSES.index(each.cause)))


class Diagnosed(NamedTuple):
    findings: list[Finding]
    starts: Starts | None


def diagnosed(problem: Problem, starts: int = 0, engine: str = "compiled") -> Diagnosed:
    """Trains a problem, and says what came of it.

    Raises TenlinesError, and RuntimeError where `engine` cannot train.
    """
    run = Run(problem, engine)
    while not run.done:
        run.advance(1.0)
    return assessed(run, starts, engine)


def assessed(run: Run, starts: int = 0, engine: str = "compiled") -> Diagnosed:
    """The same of a run that is finished."""
    assessment = Assessment(run, starts, engine)
    while not assessment.done:
        assessment.advance(1.0)
    return Diagnosed(assessment.findings or [], assessment.starts)
