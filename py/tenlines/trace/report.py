"""What the page shows of a program's values: a few beside each line, and one selected expression in full."""

from collections.abc import Iterable, Sequence
from typing import Any

from tenlines.errors import SettingError
from tenlines.problem import Problem
from tenlines.trace import product_labels
from tenlines.trace.format import beside_line, curve, in_full, left_out_of_sums, number, shortened, sums
from tenlines.trace.instrumented import InstrumentedProgram
from tenlines.trace.record import Recorded, recorded

MOST_LINES = 10_000  # no more are taken by web/program/check-message.js
MOST_NOTE = 400  # characters
MOST_STEPS = 500  # as many as web/program/check-message.js takes

Plain = dict[str, Any]


def report(
    parts: InstrumentedProgram,
    values: dict[int, Recorded],
    order: Sequence[int],
    place: int | None,
    over: Sequence[int] | None,
    problem: Problem | None = None,
) -> Plain:
    """What a page shows: the values beside the lines, all of one expression, by its number, and the walk.

    order: the numbers of the expressions that one pass computes, in its order.
    over: what the training loop has gone over, where it has ended; the lines in it are then those of one more pass.
    problem: whose own program it is.
    """
    end = None if over is None or not parts.loop_lines else LoopEnd(parts, over)
    if end and end.target is not None:
        values = {**values, end.target: recorded(over[-1])} if over else values
    lines = []
    for line in parts.lines[:MOST_LINES]:
        if end and end.target in line.places:
            lines.append({"line": line.number, "text": end.beside, "shape": "", "kind": ""})
            continue
        found = [values[at] for at in line.places if at in values]
        if shown := beside_line(found, line.is_spelt_out, line.does):
            lines.append({"line": line.number, **shown})
    told = {"lines": lines, "walk": walk(parts, order)}
    if place is None:
        return {**told, "selected": None}
    shown = selected(parts, values, place, problem)
    change = next((line.does for line in parts.lines if line.does and place in line.places), "")
    notes = [
        shown["note"],
        f"This is the change, not the new value: the line {change} it." if change else "",
        end.note(place) if end else "",
    ]
    return {**told, "selected": {**shown, "note": shortened(" ".join(filter(None, notes)), MOST_NOTE)}}


def walk(parts: InstrumentedProgram, order: Iterable[int]) -> list[list[int]]:
    """The steps of one pass, each as its place: what is computed, and behind it the line that adjusts something by it.

    A name is no step: its value was there before. A line as a whole is [line, 0, line, 0].
    """
    adjusting = {line.places[-1]: line.number for line in parts.lines if line.does}
    steps = []
    for place in order:
        expression = parts.expressions[place]
        if not expression.only_looks_up:
            steps.append([*expression.span])
        if place in adjusting:
            steps.append([adjusting[place], 0, adjusting[place], 0])
        if len(steps) >= MOST_STEPS:
            break
    return steps[:MOST_STEPS]


class LoopEnd:
    """The training loop when it is over, in words. Python leaves its variable at the last item."""

    def __init__(self, parts: InstrumentedProgram, over: Sequence[int]) -> None:
        first, last = parts.loop_lines or (0, 0)
        self._parts, self._over = parts, over
        self._lines = f"Lines {first + 1} {'and' if last == first + 2 else 'to'} {last} show"
        if last <= first + 1:
            self._lines = f"Line {last} shows"
        self.target = next((line.places[0] for line in parts.lines if line.number == first), None)
        self._ended = f"ended at {number(over[-1], 0)}" if over else "no pass"
        self.beside = f"over, {self._ended}" if over else self._ended

    def note(self, place: int) -> str:
        """What is to be said of an expression."""
        if not self._parts.is_in_loop(place):
            return ""
        if place != self.target:
            return "The loop is over: this is what one more pass would compute."
        name = self._parts.text(place)
        over = f"The loop is over: {name} has {self._ended}." if self._over else "The loop makes no pass."
        return f"{over} {self._lines} what one more pass would compute."


def selected(parts: InstrumentedProgram, values: dict[int, Recorded], place: int, problem: Problem | None) -> Plain:
    """Raises SettingError where there is no such expression."""
    if not 0 <= place < len(parts.expressions):
        raise SettingError(f"There is no expression {place} in this program.", field="place")
    expression, value = parts.expressions[place], values.get(place)
    worked_out, points = [], None
    if value and expression.factors:
        left, right = (values.get(factor) for factor in expression.factors)
        worked_out = sums(left, right, value, label_of(parts, place, problem)) if left and right else []
    if value and expression.activation:
        kind, inside = expression.activation
        points = curve(kind, values[inside], value) if inside in values else None
    full = in_full(value)
    if worked_out and value:
        full["note"] = left_out_of_sums(value)
    return {**full, "sums": worked_out, "curve": points}


def label_of(parts: InstrumentedProgram, place: int, problem: Problem | None) -> product_labels.Label:
    """Of the cells of a matrix product."""
    left, right = map(parts.text, parts.expressions[place].factors or ())
    own = problem and product_labels.of_problem(problem, left, right, parts.is_in_loop(place))
    return own or product_labels.plain(left.endswith(".T") and parts.is_adjustment(place))
