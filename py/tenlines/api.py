"""The only door the page uses: JSON text and plain values in, plain dicts and float64 arrays out.

A refusal comes back as {"error": {"message": …, and any of "row", "column", "field"}}; it is never raised.
"""

import functools
from collections.abc import Callable
from typing import Any

from tenlines import text
from tenlines.engine import Frame, distance
from tenlines.errors import TableError, TenlinesError
from tenlines.problem import Problem, parse_json
from tenlines.run import Run
from tenlines.table import Table

MOST_CELLS = 200_000  # a table in a page; the terminal has no such limit

Plain = dict[str, Any]


def door(method: Callable[..., Plain]) -> Callable[..., Plain]:
    @functools.wraps(method)
    def answer(*args: Any) -> Plain:
        try:
            return method(*args)
        except TenlinesError as error:
            return {"error": {"message": error.message, **error.where}}

    return answer


class Session:
    """What the page talks to. At most one run is under way; `start` replaces it."""

    def __init__(self) -> None:
        self._run: Run | None = None
        self._nudged: Run | None = None

    @door
    def read_table(self, data: Any) -> Plain:
        """A CSV or TSV file (bytes, or JavaScript's), or pasted text that names its columns, as {"table": …}."""
        data = data.to_bytes() if hasattr(data, "to_bytes") else data
        check_size(data)
        return {"table": text.read_table(data).to_dict()}

    @door
    def read_paste(self, data: str) -> Plain:
        """Pasted text: {"table": …} when it names its columns, else {"block": rows of number, None or text}."""
        check_size(data)
        return self.read_table(data) if text.is_table(data) else {"block": text.read_block(data)}

    @door
    def write_table(self, table: str) -> Plain:
        """A table (JSON) as {"text": CSV}."""
        return {"text": text.write_table(Table.from_dict(parse_json(table)))}

    @door
    def start(self, problem: str) -> Plain:
        """Check a problem (JSON) and make its network; the state is that of iteration 0."""
        self._run = self._nudged = None
        run = Run(Problem.from_dict(parse_json(problem)))
        self._run = run
        return {**state(run), "frames": [plain(run.frame)]}

    @door
    def advance(self, seconds: float) -> Plain:
        """Train on for about `seconds`: the frames that fell due, and the state reached."""
        if self._run is None:
            raise TenlinesError("Nothing is being trained. Press Train.")
        frames = self._run.advance(seconds)
        return {**state(self._run), "frames": [plain(frame) for frame in frames]}

    @door
    def check(self, seconds: float) -> Plain:
        """Train again for about `seconds`, from weights one ulp away: how far that moves the finished run, once done.

        What moves little is the same on every machine; exp and the order of sums differ there in the last bit.
        """
        if self._run is None or not self._run.done:
            raise TenlinesError("There is no finished run to check.")
        self._nudged = self._nudged or Run(self._run.problem, nudged=True)
        self._nudged.advance(seconds)
        return {"done": self._nudged.done, "moved": distance(self._run.frame, self._nudged.frame)}


def state(run: Run) -> Plain:
    return {"current": plain(run.frame), "done": run.done, "diverged": run.diverged, "seconds": run.seconds}


def plain(frame: Frame) -> Plain:
    """Arrays are flat, (parameters,) and (rows × outputs,): a page gets each as one Float64Array."""
    return {**frame._asdict(), "outputs": frame.outputs.ravel()}


def check_size(data: str | bytes) -> None:
    separators = (",", ";", "\t", "\n") if isinstance(data, str) else (b",", b";", b"\t", b"\n")
    cells = sum(data.count(mark) for mark in separators)  # pyright: ignore[reportArgumentType]
    if cells > MOST_CELLS:
        raise TableError(
            f"This is about {cells:,} cells; the page holds up to {MOST_CELLS:,}. "
            "Take a part of the rows, or train it in the terminal: python -m tenlines FILE."
        )
