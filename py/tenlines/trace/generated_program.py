"""The values of a program's expressions at an iteration: of the page's own program, from an engine's state.

Iteration n is the network after n passes. The lines of the loop are shown as the next pass would compute them, before
it adjusts, and the lines behind it as if it had ended there.
"""

import io
import tempfile
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout, suppress
from functools import lru_cache
from math import prod
from pathlib import Path
from types import CodeType
from typing import Any

import numpy as np

from tenlines.errors import SettingError
from tenlines.problem import Problem, parse_json
from tenlines.program.write import write
from tenlines.trace.instrument import SEE
from tenlines.trace.instrumented import ITEMS, InstrumentedProgram
from tenlines.trace.record import Recorded, Recorder
from tenlines.trace.report import report

Plain = dict[str, Any]
Names = dict[str, Any]  # a program's namespace
Order = list[int]  # the numbers of expressions, in the order in which Python computed them


class GeneratedProgram:
    """The page's own program of a problem, run up to its loop."""

    def __init__(self, problem: Problem) -> None:
        program = write(problem)
        self.parts = InstrumentedProgram(program.source)
        self._problem = problem
        self._state = program.state
        recorder = Recorder()
        self._names: Names = {SEE: recorder.see}
        with beside(program.files), silently():
            exec(self.parts.before, self._names)
        self._before = recorder.values
        self._at_loop = dict(self._names)

    def at(self, iteration: int, state: bytes) -> dict[int, Recorded]:
        """state: of an engine at this iteration. Raises SettingError where it is not of this network."""
        return self._before | self._from_loop(iteration, state)[0]

    def _from_loop(self, iteration: int, state: bytes) -> tuple[dict[int, Recorded], Order]:
        vector = np.frombuffer(state)
        if vector.size != sum(prod(shape) for _, shape in self._state):
            raise SettingError("These weights are not of this network.", field="run")

        def names() -> Names:
            # The same dict each time: a function that the program defines looks its names up there.
            self._names.clear()
            self._names |= self._at_loop
            at = 0
            for name, shape in self._state:
                self._names[name] = vector[at : (at := at + prod(shape))].reshape(shape).copy()
            return self._names

        return values_at([self.parts.ending, self.parts.one_pass], names, iteration)

    def report(self, iteration: int, state: bytes, place: int | None) -> Plain:
        """As `report` in report.py. Raises SettingError."""
        iterations = self._problem.training.iterations
        over = range(iterations) if iteration == iterations else None
        values, order = self._from_loop(iteration, state)
        return report(self.parts, self._before | values, order, place, over, self._problem)


@lru_cache(maxsize=2)  # asked for at every move of the slider
def generated_program(problem: str) -> GeneratedProgram:
    """problem: as JSON. Raises TableError or SettingError."""
    return GeneratedProgram(Problem.from_dict(parse_json(problem)))


def values_at(codes: Iterable[CodeType], names: Callable[[], Names], item: Any) -> tuple[dict[int, Recorded], Order]:
    """Those of each of these parts, a loop at this item; a later part's prevail. names: the namespace before them.

    With them the order in which the last part has computed its own.
    """
    found: dict[int, Recorded] = {}
    order: Order = []
    for code in codes:
        recorder, space = Recorder(), names()
        space[SEE] = recorder.see
        run(code, space, (item,))
        found |= recorder.values
        order = [*recorder.values]
    return found, order


def run(code: CodeType, names: Names, items: Sequence[Any]) -> None:
    """Run a part of a program once more, a loop over these items, without output, to its end or first error."""
    names[ITEMS] = items
    with silently(), suppress(Exception, SystemExit):
        exec(code, names)


@contextmanager
def beside(files: dict[str, str]) -> Iterator[None]:
    """A folder with these files is the current one while the block runs."""
    if not files:
        yield
        return
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        for name, text in files.items():
            Path(name).write_text(text, encoding="utf-8", errors="surrogatepass")
        yield


class Nowhere(io.TextIOBase):
    def write(self, text: str) -> int:
        return len(text)


@contextmanager
def silently() -> Iterator[None]:
    """Discards what a replay prints and warns of: the first run has shown it."""
    nowhere = Nowhere()
    with redirect_stdout(nowhere), redirect_stderr(nowhere), warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield
