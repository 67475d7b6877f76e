"""What a run has come to, as the terminal prints it: as text and as JSON."""

import json
import math
from typing import Any

from tenlines.complaints import visible
from tenlines.numbers import format_number
from tenlines.run import Run
from tenlines.words import in_words


def predictions(run: Run) -> list[dict[str, Any]]:
    """The answer to every `?`, in table order; rows count from 1."""
    table = run.problem.table
    return [
        {"row": row + 1, "column": table.outputs[column], "value": finite(run.frame.outputs[row, column])}
        for row, column in table.unknown()
    ]


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
    lines = []
    for answer in predictions(run):
        inputs = " ".join(
            f"{name}={format_number(value)}"
            for name, value in zip(table.inputs, table.rows[answer["row"] - 1], strict=False)
            if value is not None
        )
        value = answer["value"]
        word = f"  {in_words(value)}" if binary[answer["column"]] and value is not None else ""
        said = "too large for a number" if value is None else repr(value)
        lines.append(f"row {answer['row']}  {inputs}  {answer['column']} = {said}{word}")
    if not lines:
        lines.append("No cell is ?, so there is nothing to answer.")
    lines.append(f"mean error {run.frame.error:.6g} after {run.frame.iteration:,} iterations")
    return "\n".join(map(visible, lines))
