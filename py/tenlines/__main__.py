"""The page's training from a terminal: python -m tenlines [table.csv]."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tqdm import tqdm

from tenlines.errors import TenlinesError
from tenlines.numbers import format_number
from tenlines.problem import Problem
from tenlines.run import Run
from tenlines.text import read_table
from tenlines.words import in_words

SLICE_SECONDS = 0.1


def main(arguments: Sequence[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    try:
        problem = load_problem(options)
        run = train(problem)
    except (TenlinesError, OSError) as error:
        print(f"tenlines: {error}", file=sys.stderr)
        return 2
    if options.save:
        Path(options.save).write_text(json.dumps(problem.to_dict(), indent=1) + "\n", encoding="utf-8")
    report = json_report if options.json else text_report
    print(report(run))
    if run.diverged is not None:
        print(
            f"tenlines: at iteration {run.diverged:,} the numbers were no longer finite; "
            f"these are the answers of iteration {run.frame.iteration:,}. Try a smaller --learning-rate.",
            file=sys.stderr,
        )
        return 1
    return 0


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tenlines",
        description="Train the network of the ten lines on a table, and print its answer to every ? cell.",
    )
    parser.add_argument("table", nargs="?", help="a CSV or TSV file, - for standard input; none: the post's table")
    parser.add_argument("--problem", metavar="FILE", help="a problem as JSON, the object the page uses")
    parser.add_argument("--save", metavar="FILE", help="write the problem as JSON")
    parser.add_argument("--json", action="store_true", help="print problem, predictions and error as JSON")
    parser.add_argument("--outputs", metavar="NAMES", help="the output columns, a,b (over any > marks)")
    parser.add_argument("--iterations", type=as_written, metavar="N", help="passes over the known rows")
    parser.add_argument("--learning-rate", type=as_written, metavar="RATE", help="the step of each adjustment")
    parser.add_argument("--seed", type=as_written, metavar="SEED", help="the random start")
    return parser


def as_written(text: str) -> Any:
    """A number where it is one; else the text, for the problem's own check to refuse by name."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def load_problem(options: argparse.Namespace) -> Problem:
    """The problem of the command line. Raises TenlinesError or OSError."""
    data: Any = {}
    if options.problem:
        try:
            data = json.loads(Path(options.problem).read_bytes())
        except ValueError as error:
            raise TenlinesError(f"{options.problem} is not JSON: {error}") from None
    problem = Problem.from_dict(data)
    outputs = [name.strip() for name in options.outputs.split(",")] if options.outputs else None
    if options.table:
        file = sys.stdin.buffer.read() if options.table == "-" else Path(options.table).read_bytes()
        problem = replace(problem, table=read_table(file, outputs))
    elif outputs:
        problem = replace(problem, table=problem.table.with_outputs(outputs))
    changes = {key: getattr(options, key) for key in ("iterations", "learning_rate", "seed")}
    changes = {key: value for key, value in changes.items() if value is not None}
    plain = problem.to_dict()
    return Problem.from_dict({**plain, "training": {**plain["training"], **changes}})


def train(problem: Problem) -> Run:
    run = Run(problem)
    with tqdm(total=problem.training.iterations, unit=" iterations", disable=None, leave=False, delay=0.5) as bar:
        while not run.done:
            run.advance(SLICE_SECONDS)
            bar.update(run.frame.iteration - bar.n)
    return run


def predictions(run: Run) -> list[dict[str, Any]]:
    """The answer to every `?`, in table order; rows count from 1."""
    table = run.problem.table
    return [
        {"row": row + 1, "column": table.outputs[column], "value": float(run.frame.outputs[row, column])}
        for row, column in table.unknown()
    ]


def json_report(run: Run) -> str:
    report = {
        "problem": run.problem.to_dict(),
        "predictions": predictions(run),
        "error": run.frame.error,
        "iterations": run.frame.iteration,
    }
    return json.dumps(report if run.diverged is None else {**report, "diverged": run.diverged}, indent=1)


def text_report(run: Run) -> str:
    table = run.problem.table
    lines = []
    for answer in predictions(run):
        inputs = " ".join(
            f"{name}={format_number(value)}"
            for name, value in zip(table.inputs, table.rows[answer["row"] - 1], strict=False)
            if value is not None
        )
        word = f"  {in_words(answer['value'])}" if table.is_binary(answer["column"]) else ""
        lines.append(f"row {answer['row']}  {inputs}  {answer['column']} = {answer['value']!r}{word}")
    if not lines:
        lines.append("No cell is ?, so there is nothing to answer.")
    lines.append(f"mean error {run.frame.error:.6g} after {run.frame.iteration:,} iterations")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
