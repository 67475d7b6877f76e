"""What a run has come to, as the terminal prints it: as text and as JSON."""

import json
import math
from typing import Any

from tenlines.data.numbers import format_number
from tenlines.terminal.stderr import visible
from tenlines.training.run import Run
from tenlines.words import has_learned, word_for


def predictions(run: Run) -> list[dict[str, Any]]:
    """The answer to every `?`, in table order; rows count from 1."""
    table = run.problem.table
    return [
        {"row": row + 1, "column": table.outputs[column], "value": finite(run.frame.outputs[row, column])}
        for row, column in table.unknown()
    ]


def known(run: Run, column: int) -> list[tuple[float, float]]:
    """The known cells of an output column, each with the network's answer."""
    table = run.problem.table
    targets = [row[len(table.inputs) + column] for row in table.rows]
    return [(target, float(run.frame.outputs[row, column])) for row, target in enumerate(targets) if target is not None]


def finite(value: float) -> float | None:
    """JSON has no word for what is too large for a number."""
    return float(value) if math.isfinite(value) else None


def json_report(run: Run) -> str:
    report = {
        "problem": run.problem.to_dict(),
        "predictions": predictions(run),
        "error": finite(run.frame.error),
        "iterations": run.frame.iteration,
    }
    return json.dumps(report if run.diverged is None else {**report, "diverged": run.diverged}, indent=1)


def text_report(run: Run) -> str:
    table = run.problem.table
    binary = {name: table.is_binary(name) for name in table.outputs}
    learned = {name: has_learned(known(run, column)) for column, name in enumerate(table.outputs)}
    lines = []
    for answer in predictions(run):
        inputs = " ".join(
            f"{name}={format_number(value)}"
            for name, value in zip(table.inputs, table.rows[answer["row"] - 1], strict=False)
            if value is not None
        )
        value = answer["value"]
        column = answer["column"]
        word = "" if value is None else word_for(value, binary[column], learned[column])
        said = "too large for a number" if value is None else repr(value)
        lines.append(f"row {answer['row']}  {inputs}  {column} = {said}{word and f'  {word}'}")
    if not lines:
        lines.append("No cell is ?, so there is nothing to answer.")
    passes = run.frame.iteration
    lines.append(f"mean error {run.frame.error:.6g} after {passes:,} iteration{'' if passes == 1 else 's'}")
    return "\n".join(map(visible, lines))
