"""What the answers should be, told without the page: the post's program, and the terminal's.

`post_program` is written out here, independently of tenlines; `terminal` is that of `python -m tenlines`.
"""

import csv
import io
import json
from contextlib import redirect_stdout
from pathlib import Path

import numpy

from tenlines.terminal.command import main

Answers = dict[str, float]
POST_ROWS = [[0, 0, 1, 0], [1, 1, 1, 1], [1, 0, 1, 1], [0, 1, 1, 0], [1, 0, 0, None]]


def problem(inputs, outputs, rows, **training) -> dict:
    """The problem object of one table with the post's network; `training` overrides the post's values."""
    return {
        "table": {"inputs": list(inputs), "outputs": list(outputs), "rows": rows},
        "network": {"hidden": [], "output": "sigmoid", "bias": False},
        "training": {"iterations": 10000, "learning_rate": 1, "seed": 1, **training},
    }


def post(rows=None, **training) -> dict:
    """The post's problem, with other rows or training values if given."""
    return problem(["x1", "x2", "x3"], ["y"], rows or POST_ROWS, **training)


def table_text(problem: dict) -> str:
    """The problem's table as a CSV file with marked outputs."""
    table = problem["table"]
    header = table["inputs"] + [">" + name for name in table["outputs"]]
    rows = [["?" if value is None else repr(value) for value in row] for row in table["rows"]]
    return "\n".join(",".join(row) for row in [header, *rows]) + "\n"


def initial_weights(problem: dict) -> numpy.ndarray:
    """(inputs, outputs), as the post draws them."""
    numpy.random.seed(problem["training"]["seed"])
    table = problem["table"]
    return numpy.asarray(2 * numpy.random.random((len(table["inputs"]), len(table["outputs"]))) - 1)


def post_program(problem: dict, start: numpy.ndarray | None = None) -> tuple[numpy.ndarray, Answers]:
    """(weights, answers) after all the iterations. Unknown cells pull at nothing."""
    table, training = problem["table"], problem["training"]
    width = len(table["inputs"])
    values = numpy.array([[numpy.nan if v is None else v for v in row] for row in table["rows"]], float)
    X, Y = values[:, :width], values[:, width:]
    known = ~numpy.isnan(Y)
    weights = (initial_weights(problem) if start is None else start).copy()
    for _ in range(training["iterations"]):
        out = 1 / (1 + numpy.exp(-(X @ weights)))
        delta = numpy.where(known, (numpy.where(known, Y, 0) - out) * out * (1 - out), 0)
        weights += training["learning_rate"] * (X.T @ delta)
    out = 1 / (1 + numpy.exp(-(X @ weights)))
    unknown = numpy.argwhere(~known)
    return weights, {f"row-{r + 1}-{table['outputs'][c]}": float(out[r, c]) for r, c in unknown}


def post_error(problem: dict, weights: numpy.ndarray) -> float:
    """The mean of |Y - output| over the known cells."""
    table = problem["table"]
    width = len(table["inputs"])
    values = numpy.array([[numpy.nan if v is None else v for v in row] for row in table["rows"]], float)
    return float(numpy.nanmean(numpy.abs(values[:, width:] - 1 / (1 + numpy.exp(-(values[:, :width] @ weights))))))


def is_steady(problem: dict) -> bool:
    """Whether the last bit of the initial weights does not matter, so that 1e-9 may be asked for."""
    weights = initial_weights(problem)
    _, exact = post_program(problem, weights)
    _, moved = post_program(problem, numpy.nextafter(weights, numpy.inf))
    return all(abs(exact[name] - moved[name]) < 1e-11 for name in exact)


def terminal(folder: Path, *, problem: dict | None = None, table: bytes | None = None) -> tuple[dict, Answers]:
    """What `python -m tenlines` makes of a problem, or of a table's file, natively: (problem, answers).

    It runs in this process: tests/py/test_terminal.py shows that one of its own says the same.
    """
    if problem is not None:
        file = folder / "problem.json"
        file.write_text(json.dumps(problem))
        arguments = ["--problem", str(file)]
    else:
        assert table is not None
        file = folder / "table.csv"
        file.write_bytes(table)
        arguments = [str(file)]
    with redirect_stdout(io.StringIO()) as printed:
        status = main([*arguments, "--json"])
    assert status == 0, printed.getvalue()
    report = json.loads(printed.getvalue())
    return report["problem"], {f"row-{p['row']}-{p['column']}": p["value"] for p in report["predictions"]}


def read_csv(text: str) -> list[list[str]]:
    """An exported table as Python's own csv module reads it."""
    return list(csv.reader(text.splitlines()))
