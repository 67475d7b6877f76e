"""The page's training from a terminal: python -m tenlines [table.csv]."""

import argparse
import io
import json
import math
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tqdm import tqdm

from tenlines.data_file import data_file
from tenlines.engine import ENGINES
from tenlines.errors import TenlinesError
from tenlines.numbers import format_number, is_number, parse_number
from tenlines.problem import Problem, read_problem
from tenlines.program import write
from tenlines.run import Run
from tenlines.text import read_table
from tenlines.words import has_learned, word_for

SLICE_SECONDS = 0.1
REFUSED, DIVERGED, INTERRUPTED = 2, 1, 130  # exit codes


def main(arguments: Sequence[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # names of any script, on any terminal
    try:
        data = read(options.table) if options.table else None
        problem = load_problem(options, data)
        if options.save:
            save(problem, options.save)
        if options.export:
            print(program(problem, options.table, data), end="", flush=True)
            return 0
        run = train(problem, options.engine)
    except TenlinesError as error:
        print(f"tenlines: {error}", file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED
    print((json_report if options.json else text_report)(run), flush=True)
    if run.diverged is None:
        return 0
    print(
        f"tenlines: at iteration {run.diverged:,} the numbers were no longer finite; "
        f"these are the answers of iteration {run.frame.iteration:,}. Try a smaller --learning-rate.",
        file=sys.stderr,
    )
    return DIVERGED


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tenlines",
        description="Train the network of the ten lines on a table, and print its answer to every ? cell.",
    )
    parser.add_argument("table", nargs="?", help="a CSV or TSV file, - for standard input; none: the post's table")
    parser.add_argument("--problem", metavar="FILE", help="a problem as JSON, the object the page uses")
    parser.add_argument("--save", metavar="FILE", help="write the problem as JSON")
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--json", action="store_true", help="print problem, predictions and error as JSON")
    kind.add_argument("--export", choices=["py"], help="print the program instead, Python with NumPy")
    parser.add_argument("--outputs", metavar="NAMES", help="the output columns, a,b (over any > marks)")
    parser.add_argument("--iterations", type=as_written, metavar="N", help="passes over the known rows")
    parser.add_argument("--learning-rate", type=as_written, metavar="RATE", help="the step of each adjustment")
    parser.add_argument("--engine", choices=list(ENGINES), default="numpy", help="how to train: %(choices)s")
    parser.add_argument("--seed", type=as_written, metavar="SEED", help="the random start")
    return parser


def as_written(text: str) -> float | str:
    """A number where it is one; else the text, for the problem's own check to refuse by name."""
    return parse_number(text) if is_number(text) else text


def read(path: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise TenlinesError(f"{path} cannot be read: {error.strerror}.") from None


def save(problem: Problem, path: str) -> None:
    try:
        Path(path).write_text(json.dumps(problem.to_dict(), indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise TenlinesError(f"{path} cannot be written: {error.strerror}.") from None


def load_problem(options: argparse.Namespace, data: bytes | None) -> Problem:
    """The problem of the command line, with the table of the file that it names. Raises TenlinesError."""
    problem = read_problem(read(options.problem), options.problem)[0] if options.problem else Problem()
    outputs = [name.strip() for name in options.outputs.split(",")] if options.outputs is not None else None
    if data is not None:
        problem = replace(problem, table=read_table(data, outputs))
    elif outputs is not None:
        problem = replace(problem, table=problem.table.with_outputs(outputs))
    changes = {key: getattr(options, key) for key in ("iterations", "learning_rate", "seed")}
    changes = {key: value for key, value in changes.items() if value is not None}
    plain = problem.to_dict()
    return Problem.from_dict({**plain, "training": {**plain["training"], **changes}})


def program(problem: Problem, path: str | None, data: bytes | None) -> str:
    """The program. A long table it reads from the file, where that stays and NumPy reads the same from it."""
    if not path or data is None or path == "-" or not Path(path).is_file():
        return write(problem, None).source
    return write(problem, data_file(path, data, problem.table)).source


def train(problem: Problem, engine: str) -> Run:
    try:
        run = Run(problem, engine)
    except RuntimeError as error:  # no wasmtime, or one that refuses the kernel
        raise TenlinesError(f"{error} Or train with --engine numpy.") from None
    with tqdm(total=problem.training.iterations, unit=" iterations", disable=None, leave=False, delay=0.5) as bar:
        while not run.done:
            run.advance(SLICE_SECONDS)
            bar.update(run.frame.iteration - bar.n)
    return run


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
    return [
        (target, float(run.frame.outputs[row, column])) for row, target in enumerate(targets) if target is not None
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
    return "\n".join(lines)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:  # whoever read the answers has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
