"""What a run has come to, as the terminal prints it: as text and as JSON."""

import json
import math
from typing import Any

from tenlines.data.numbers import format_number
from tenlines.diagnosis.assessment import Diagnosed
from tenlines.fit import fit_of
from tenlines.terminal.stderr import visible
from tenlines.training.run import Run
from tenlines.words import counted, word_for


def predictions(run: Run) -> list[dict[str, Any]]:
    """The answer to every `?`, in table order; rows count from 1."""
    table = run.problem.table
    return [
        {"row": row + 1, "column": table.outputs[column], "value": finite(run.frame.outputs[row, column])}
        for row, column in table.unknown()
    ]


def cells(run: Run, column: int, of_held_out: bool) -> list[tuple[float, float]]:
    table, held_out = run.problem.table, set(run.held_out)
    targets = [row[len(table.inputs) + column] for row in table.rows]
    return [
        (target, float(run.frame.outputs[row, column]))
        for row, target in enumerate(targets)
        if target is not None and (row in held_out) == of_held_out
    ]


def held_out(run: Run) -> dict[str, Any] | None:
    """What the network makes of the rows that are held out; None where none are.

    accuracy: the share of their known cells that are on the right side of 0.5, where all known cells of the table are 0
    or 1; else None. r2: elsewhere, of each column 1 less the squares of what is missed over those of what the column's
    mean there misses, and the mean of that over the columns that have one: scikit-learn's r2_score.
    """
    if run.frame.held_out_error is None:
        return None
    table = run.problem.table
    columns = [cells(run, column, of_held_out=True) for column in range(len(table.outputs))]
    is_binary = all(map(table.is_binary, table.outputs))
    return {
        "rows": len(run.held_out),
        "error": finite(run.frame.held_out_error),
        "accuracy": accuracy([pair for column in columns for pair in column]) if is_binary else None,
        "r2": None if is_binary else r2(columns),
    }


def accuracy(pairs: list[tuple[float, float]]) -> float:
    return sum(answer > 0.5 if target else answer < 0.5 for target, answer in pairs) / len(pairs)


def r2(columns: list[list[tuple[float, float]]]) -> float | None:
    """None where no column has two targets that differ, or an answer is too large for a number."""
    found = []
    for pairs in columns:
        mean = sum(target for target, _ in pairs) / max(len(pairs), 1)
        spread = sum((target - mean) ** 2 for target, _ in pairs)
        if spread > 0:
            found.append(1 - sum((target - answer) ** 2 for target, answer in pairs) / spread)
    return finite(sum(found) / len(found)) if found else None


def finite(value: float) -> float | None:
    """JSON has no word for what is too large for a number."""
    return float(value) if math.isfinite(value) else None


def json_report(run: Run, worth: Diagnosed) -> str:
    """worth: with other starts, where these were asked for."""
    found = predictions(run)
    if starts := worth.starts:
        for answer, (row, output) in zip(found, starts.cells, strict=True):
            answer["starts"] = {"of": starts.of, "fit": starts.fit, "agree": starts.agree(row, output)}
    report = {
        "problem": run.problem.to_dict(),
        "predictions": found,
        "diagnosis": [{"cause": each.cause, "text": each.text, "mend": each.mend} for each in worth.findings],
        "error": finite(run.frame.error),
        "iterations": run.frame.iteration,
    }
    if tested := held_out(run):
        report["held_out"] = tested
    return json.dumps(report if run.diverged is None else {**report, "diverged": run.diverged}, indent=1)


def text_report(run: Run, worth: Diagnosed) -> str:
    table, starts = run.problem.table, worth.starts
    binary = {name: table.is_binary(name) for name in table.outputs}
    fit = fit_of(run.problem, run.frame.outputs.tolist())
    unsettled = {cell[:2] for cell in starts.unsettled()} if starts else set()
    lines = []
    for answer, (row, output) in zip(predictions(run), table.unknown(), strict=True):
        inputs = " ".join(
            f"{name}={format_number(value)}"
            for name, value in zip(table.inputs, table.rows[answer["row"] - 1], strict=False)
            if value is not None
        )
        value = answer["value"]
        column = answer["column"]
        word = ""
        if value is not None:
            word = word_for(value, binary[column], len(fit.wrong), fit.known, (row, output) not in unsettled)
        said = "too large for a number" if value is None else repr(value)
        others = f"  {starts.agree(row, output)} of {starts.of} starts say so" if starts else ""
        lines.append(f"row {answer['row']}  {inputs}  {column} = {said}{word and f'  {word}'}{others}")
    if not lines:
        lines.append("No cell is ?, so there is nothing to answer.")
    passes = run.frame.iteration
    lines.append(f"mean error {run.frame.error:.6g} after {counted(passes, 'iteration')}")
    if tested := held_out(run):
        lines.append(f"mean error {run.frame.held_out_error:.6g} on {in_words(tested)}")
    for each in worth.findings:
        lines.append(f"{each.text}{f' What helps: {each.mend[:1].lower()}{each.mend[1:]}.' if each.mend else ''}")
    if advice := run.problem.advice():
        lines.append(advice)
    return "\n".join(map(visible, lines))


def in_words(tested: dict[str, Any]) -> str:
    words = f"{tested['rows']:,} row{'' if tested['rows'] == 1 else 's'} held out"
    if tested["accuracy"] is not None:
        return f"{words}, {tested['accuracy']:.1%} of the outputs on the right side of 0.5"
    return words if tested["r2"] is None else f"{words}, R² {tested['r2']:.4g}"
