"""The command python -m tenlines [table.csv]: trains as the page does, and prints the answers."""

import argparse
import io
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from tqdm import tqdm

from tenlines import __version__
from tenlines.data.csv_text import read_table
from tenlines.data.genfromtxt import data_file
from tenlines.data.numbers import parse_whole
from tenlines.diagnosis.assessment import Diagnosed, assessed
from tenlines.errors import LONGEST_QUOTE, TenlinesError, shortened
from tenlines.examples import examples, problem_of
from tenlines.problem import Problem, read_problem
from tenlines.program.write import write
from tenlines.settings.registry import PARTS
from tenlines.terminal.atomic_file import is_same_file, write_whole
from tenlines.terminal.flags import add_flags, changed
from tenlines.terminal.report import json_report, text_report
from tenlines.terminal.stderr import complain, visible
from tenlines.training.engine import ENGINES
from tenlines.training.run import Run

SLICE_SECONDS = 0.1
REFUSED, DIVERGED = 2, 1  # exit codes
LIST = "list"  # in the place of an example's name
LONG_WORD = re.compile(r"\S{41,}")


def main(arguments: Sequence[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    try:
        return answer(options)
    except TenlinesError as error:
        complain(error.message)
        return REFUSED


def answer(options: argparse.Namespace) -> int:
    """The exit code. Raises TenlinesError."""
    if not sys.stdout:
        raise TenlinesError("Standard output is closed, so that there is nowhere to write the answers.")
    if options.example == LIST:
        show("".join(f"{name:<15}{each.title}. {each.about}\n" for name, each in examples().items()))
        return 0
    check_names(options)
    data = None if options.table is None else read(options.table)
    problem = load_problem(options, data)
    if options.save is not None:
        save(problem, options)
    if options.export:
        source = program(problem, options.table, data)
        show("\n".join(map(visible, source.split("\n"))))  # all that it can hold of those is in a text: a file's name
        return 0
    if options.explain is not None:
        explain(problem, options)
        return 0
    run = train(problem, options.engine)
    show((json_report if options.json else text_report)(run, worth(run, options.starts)) + "\n")
    if run.diverged is None:
        return 0
    complain(
        f"at iteration {run.diverged:,} the numbers were no longer finite; "
        f"these are the answers of iteration {run.frame.iteration:,}. "
        f"Try a smaller {' or '.join(['--learning-rate', *(f'--{name}' for name in problem.training.penalties())])}."
    )
    return DIVERGED


def worth(run: Run, starts: int) -> Diagnosed:
    """What is trained for it is trained by the kernel where there is one: it is the faster."""
    engine = "compiled"
    try:
        ENGINES[engine](run.problem, False)
    except (RuntimeError, TenlinesError):  # no wasmtime, or a kernel too large
        engine = run.engine_name
    return assessed(run, starts, engine)


def explain(problem: Problem, options: argparse.Namespace) -> None:
    from tenlines.terminal import explanation  # only now: most runs explain nothing

    told = explanation.explained(problem, options.explain, options.engine)
    show((explanation.explanation_as_json if options.json else explanation.explanation_as_text)(told) + "\n")


def whole(text: str) -> int:
    """Raises ArgumentTypeError."""
    try:
        number = parse_whole(text)
    except ValueError:
        number = -1.0
    if number < 0 or not number.is_integer():
        raise argparse.ArgumentTypeError(f"{shortened(text)} is no whole number. Write 0 or more.")
    return int(number)


def show(text: str) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # names of any script, on any terminal
    try:
        print(text, end="", flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise TenlinesError(f"The answers cannot be written: {error.strerror}.") from None


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Quotes what was typed, which may be anything."""
        super().error(visible(LONG_WORD.sub(lambda found: shortened(found[0]), message)))


def parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="tenlines" if Path(sys.argv[0]).stem == "tenlines" else "python -m tenlines",
        usage="%(prog)s [options] [table]",  # each of them is named below, and too many for a line with an error
        description="Train the network of the ten lines on a table, and print its answer to every ? cell.",
    )
    parser.add_argument("--version", action="version", version=f"Tenlines {__version__}")
    parser.add_argument("table", nargs="?", help="a CSV or TSV file, - for standard input; none: the post's table")
    start = parser.add_mutually_exclusive_group()
    start.add_argument("--problem", metavar="FILE", help="a problem as JSON, the object the page uses")
    start.add_argument("--example", metavar="NAME", help=f"an example of the page; {LIST} prints which there are")
    parser.add_argument("--save", metavar="FILE", help="write the problem as JSON")
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--json", action="store_true", help="print problem, predictions and error as JSON")
    kind.add_argument("--export", choices=["py"], help="print the program instead, Python with NumPy")
    parser.add_argument(
        "--explain", metavar="ITERATION", type=whole, help="print the pass that follows this iteration, stage by stage"
    )
    parser.add_argument(
        "--starts",
        metavar="N",
        type=whole,
        default=0,
        help="train N times more, from other random starts, and say how many of them agree",
    )
    parser.add_argument("--outputs", metavar="NAMES", help="the output columns, a,b (over any > marks)")
    add_flags(parser, PARTS)
    parser.add_argument("--engine", choices=list(ENGINES), default="numpy", help="how to train: %(choices)s")
    return parser


def read(path: str) -> bytes:
    if path == "-" and not sys.stdin:
        raise TenlinesError("Standard input is closed, so that there is no table to read.")
    try:
        return sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        name = "Standard input" if path == "-" else shortened_path(path)
        raise TenlinesError(f"{name} cannot be read: {error.strerror}.") from None


def save(problem: Problem, options: argparse.Namespace) -> None:
    name = shortened_path(options.save)
    read_from = [0] if options.table == "-" else [options.table] if options.table else []
    if any(is_same_file(options.save, source) for source in read_from):
        raise TenlinesError(f"{name} is the table itself, which --save would replace. Name another file.")
    if is_same_file(options.save, 1):
        raise TenlinesError(f"{name} is where the answers go. Name another file for --save.")
    try:
        write_whole(options.save, json.dumps(problem.to_dict(), indent=1) + "\n")
    except OSError as error:
        raise TenlinesError(f"{name} cannot be written: {error.strerror}.") from None


def shortened_path(path: str) -> str:
    """With its end, which tells files apart."""
    return path if len(path) <= LONGEST_QUOTE else f"…{path[1 - LONGEST_QUOTE :]}"


def check_names(options: argparse.Namespace) -> None:
    for what, name in (("The table", options.table), ("--problem", options.problem), ("--save", options.save)):
        if name == "":
            raise TenlinesError(f"{what} has an empty file name. Name a file, or leave it out.")


def load_problem(options: argparse.Namespace, data: bytes | None) -> Problem:
    """The problem of the command line, with the table of the file that it names. Raises TenlinesError."""
    if options.problem is not None:
        problem = saved_problem(options.problem)
    else:
        problem = Problem() if options.example is None else problem_of(options.example)
    outputs = [name.strip() for name in options.outputs.split(",")] if options.outputs is not None else None
    if data is not None:
        notes: list[str] = []
        problem = replace(problem, table=read_table(data, outputs, notes))
        for note in notes:
            complain(note)
    elif outputs is not None:
        problem = replace(problem, table=problem.table.with_outputs(outputs))
    return Problem.from_dict(changed(problem.to_dict(), options, PARTS))


def saved_problem(path: str) -> Problem:
    return read_problem(read(path), shortened_path(path))[0]


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
    silent = None if sys.stderr else True  # None: on a terminal only
    total = problem.training.iterations
    with tqdm(total=total, unit=" iterations", disable=silent, leave=False, delay=0.5) as bar:
        while not run.done:
            run.advance(SLICE_SECONDS)
            bar.update(run.frame.iteration - bar.n)
    return run
