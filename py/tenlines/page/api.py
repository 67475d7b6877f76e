"""All that the page calls in Python: JSON text and plain values in, plain dicts and arrays of doubles out.

A refusal comes back as {"error": {"message": …, and the place, as in errors.py}}; it is never raised.
"""

import functools
from array import array
from collections.abc import Callable
from typing import Any

from tenlines.data import csv_text
from tenlines.data.table import Table
from tenlines.errors import TenlinesError
from tenlines.explain.questions.declared import questions_of
from tenlines.page.limits import check_size, check_table
from tenlines.problem import Problem, parse_json, read_problem
from tenlines.program.write import write
from tenlines.training.answers import answers_of
from tenlines.training.frames import EngineState, Frame, distance, shift
from tenlines.training.run import Run

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
    """The methods that the page calls. At most one run is under way; `start` replaces it."""

    def __init__(self) -> None:
        self._run: Run | None = None
        self._broken: Exception | None = None  # why the kernel failed, while NumPy is still loading
        self._check: Run | None = None
        self._check_key: tuple[str, Run] | None = None
        self._assessment: Any = None  # of a run: Assessment, which needs NumPy

    @door
    def read_table(self, data: Any) -> Plain:
        """A CSV or TSV file (bytes, or JavaScript's) or pasted text that names its columns, as {"table": …} and a note.

        The "note" says which numbers were read that are not plain, such as decimal commas; "" where there are none.
        """
        data = data if isinstance(data, str) else plain_bytes(data)
        check_size(data)
        notes: list[str] = []
        table = csv_text.read_table(data, notes=notes)
        check_table(table)
        return {"table": table.to_dict(), "note": " ".join(notes)}

    @door
    def read_problem(self, data: Any) -> Plain:
        """A saved problem (JSON, as bytes, or JavaScript's) as {"problem": …, with every field in it, "code": …}."""
        problem, code = read_problem(plain_bytes(data), "The file")
        check_table(problem.table)
        return {"problem": problem.to_dict(), "code": code}

    @door
    def read_paste(self, data: str) -> Plain:
        """Pasted text, with a note: "table" when it names its columns, else "block", rows of number, None or text."""
        check_size(data)
        if csv_text.is_table(data):
            return self.read_table(data)
        notes: list[str] = []
        return {"block": csv_text.read_block(data, notes), "note": " ".join(notes)}

    @door
    def write_table(self, table: str) -> Plain:
        """A table (JSON) as {"text": CSV}."""
        return {"text": csv_text.write_table(Table.from_dict(parse_json(table)))}

    @door
    def write_program(self, problem: str) -> Plain:
        """The program of a problem (JSON), and the files that it reads, by name."""
        written = write(Problem.from_dict(parse_json(problem)))
        return {"source": written.source, "files": written.files}

    @door
    def read_program(self, source: str, problem: str) -> Plain:
        """A program's text as {"problem": …}, or {"detached": True} where it has gone its own way.

        problem (JSON) gives what no program holds, such as names of columns.
        """
        from tenlines.program.read import read  # only now: most visits change no code

        found = read(source, Problem.from_dict(parse_json(problem)))
        if found is None:
            return {"detached": True}
        check_table(found.table)
        return {"problem": found.to_dict()}

    @door
    def outline(self, source: str) -> Plain:
        """What can be said of a program's text without running it: see explain/lines.py."""
        from tenlines.explain.lines import outline

        return outline(source)

    @door
    def values(self, problem: str, iteration: int, state: Any, place: int | None = None) -> Plain:
        """The values in the program of a problem (JSON) at an iteration, from its state as a frame has it.

        {"lines": [{"line", "text", "shape", "kind"}, …], "walk": the places that one pass computes, in its order,
        "selected": None or the expression of number `place` in full}.
        Raises ModuleNotFoundError until NumPy is here.
        """
        from tenlines.trace.generated_program import generated_program  # NumPy comes after the first answer

        return generated_program(problem).report(int(iteration), plain_bytes(state), place)

    @door
    def stages(self, problem: str, iteration: int, state: Any, look: str) -> Plain:
        """The pass that follows an iteration of a problem (JSON), stage by stage: see explain/stages/report.py.

        state: as a frame has it. look: what is looked at, as JSON: {"row", "batch", "units", "inputs"} of its Look.
        Raises ModuleNotFoundError until NumPy is here.
        """
        from tenlines.explain.stages.report import Look, stages_of  # NumPy comes after the first answer

        return stages_of(problem, int(iteration), plain_bytes(state), Look(**parse_json(look)))

    @door
    def questions(self, problem: str) -> Plain:
        """The questions that apply to a problem (JSON): {"questions": [{"name", "question", "card"}, …]}."""
        told = questions_of(problem)
        return {"questions": [{"name": each.name, "question": each.question, "card": each.card} for each in told]}

    @door
    def question(self, name: str, problem: str, iteration: int, state: Any, row: int) -> Plain:
        """The answer to one of them at an iteration, from its state as a frame has it, and for a row, from 0.

        {"question", "answer": paragraphs, "picture": None or what stands beside them}. Raises ModuleNotFoundError until
        NumPy is here.
        """
        from tenlines.explain.questions.told import answer  # NumPy comes after the first answer

        return answer(name, problem, int(iteration), plain_bytes(state), int(row))._asdict()

    @door
    def answers(self, problem: str, weights: Any, rows: Any, with_hidden: bool = True) -> Plain:
        """What the network of a problem (JSON) says of rows that need not be in its table, at any iteration.

        weights, rows: doubles, in bytes, or JavaScript's; a frame's weights, and the inputs of one row after another.
        {"outputs": doubles, those of one row after another, "hidden": doubles, all rows of one hidden unit after
        another, or none}. Where WebAssembly refuses the kernel it raises ModuleNotFoundError until NumPy is here.
        """
        answers = answers_of(problem, plain_bytes(weights), plain_bytes(rows), with_hidden)
        return {"outputs": answers.outputs, "hidden": answers.hidden}

    @door
    def start(
        self, problem: str, engine: str = "compiled", seconds: float = 0.0, iteration: int = 0, state: Any = None
    ) -> Plain:
        """Check a problem (JSON), make its network and train it for about `seconds`; the first frame is iteration 0.

        With a state (doubles as a frame has them, in bytes, or JavaScript's) it goes on from it, as of `iteration`.
        Where the compiled engine fails, here or later, NumPy trains from the start, and "fallback" says why. Where
        NumPy is not here yet that raises ModuleNotFoundError; the same call, once it is here, gives the answer.
        """
        self._run = self._check = self._assessment = None
        checked = Problem.from_dict(parse_json(problem))
        at = None if state is None else (int(iteration), plain_bytes(state))
        try:
            return self._begin(checked, engine, seconds, at)
        except Exception as error:
            return self._fall_back(checked, engine, seconds, error, at)

    @door
    def advance(self, seconds: float) -> Plain:
        """Train on for about `seconds`: the frames that fell due, and the state reached."""
        return self._go_on(lambda run: state(run, run.advance(seconds), run.frame), seconds)

    @door
    def seek(self, iteration: int, seconds: float) -> Plain:
        """Go to any iteration of the run for about `seconds`: as `advance`, but the last frame is the one come to.

        "reached" says whether that is the one asked for or, where the run has none, the nearest. Training goes on from
        where it was, or from there if that is further.
        """

        def sought(run: Run) -> Plain:
            due, frame = run.seek(int(iteration), seconds)
            return {**state(run, due, frame), "reached": frame.iteration == run.nearest(int(iteration))}

        return {"reached": False, **self._go_on(sought, seconds)}

    def _go_on(self, act: Callable[[Run], Plain], seconds: float) -> Plain:
        run = self._run
        if run is None:
            raise TenlinesError("Nothing is being trained. Press Train.")
        try:
            if self._broken:
                raise self._broken
            return act(run)
        except Exception as error:
            return self._fall_back(run.problem, run.engine_name, seconds, error)

    def _begin(self, problem: Problem, engine: str, seconds: float, at: EngineState | None = None) -> Plain:
        self._run = run = Run(problem, engine, at=at)
        self._broken = None
        due = [run.frame, *(run.advance(seconds) if seconds > 0 else [])]
        advice = problem.advice()
        return {**state(run, due, run.frame), **({"advice": advice} if advice else {})}

    def _fall_back(
        self, problem: Problem, engine: str, seconds: float, error: Exception, at: EngineState | None = None
    ) -> Plain:
        """Where WebAssembly refused the kernel or broke it off: the reference needs none."""
        if engine == "numpy" or isinstance(error, TenlinesError):
            raise error
        self._broken = error
        return {**self._begin(problem, "numpy", seconds, at), "fallback": str(error)}

    @door
    def check(self, kind: str, seconds: float) -> Plain:
        """Train the finished run's problem once more, for about `seconds` a call, and say how far apart they are.

        "nudged": from weights one ulp away. What that moves little is the same on every machine; exp and the order of
        sums differ there in the last bit. "numpy": by the reference.
        """
        if self._run is None or not self._run.done:
            raise TenlinesError("There is no finished run to check.")
        key = kind, self._run
        engine = "numpy" if kind == "numpy" else self._run.engine_name
        try:
            if self._check is None or self._check_key != key:
                self._check_key, self._check = (key, Run(self._run.problem, engine, nudged=kind == "nudged"))
            other = self._check
            other.advance(seconds)
        except Exception as error:
            if engine == "numpy" or isinstance(error, TenlinesError):
                raise
            raise TenlinesError(f"The compiled engine failed ({error}).") from error
        frames = self._run.frame, other.frame
        return {
            "done": other.done,
            "apart": distance(*frames) if other.done else None,
            "shifts": shift(*frames) if other.done else None,
            "seconds": other.seconds,
        }

    @door
    def assess(self, starts: int, seconds: float, first: int = 0) -> Plain:
        """Say for about `seconds` a call what the finished run is worth, with so many other starts.

        {"done", "diagnosis": None until it is known, "starts": None, or what is known of those from number `first` on}:
        see page/messages.py. Raises ModuleNotFoundError until NumPy is here.
        """
        from tenlines.diagnosis.assessment import Assessment  # NumPy comes after the first answer

        run = self._run
        if run is None or not run.done:
            raise TenlinesError("There is no finished run to say anything of.")
        key = run, int(starts)
        if self._assessment is None or self._assessment[0] != key:
            self._assessment = key, Assessment(run, int(starts), run.engine_name)
        assessment = self._assessment[1]
        assessment.advance(seconds)
        found, tried = assessment.findings, assessment.starts
        return {
            "done": assessment.done,
            "diagnosis": None if found is None else [each.plain() for each in found],
            "starts": None if tried is None else tried.plain(int(first)),
        }


def state(run: Run, due: list[Frame], frame: Frame) -> Plain:
    """The frames due and, last, the one come to: numbers one after another, in a single array.

    Each is the engine's state, `state_size` numbers, the outputs row by row, `outputs` numbers, the error and, where
    rows are held out, the error of these. The first `parameters` numbers of the state are the weights: layer after
    layer, row by row, then the bias. held_out: the places of the rows that are held out, where any are.
    """
    frames = due if due and due[-1] is frame else [*due, frame]
    return {
        "due": len(due),
        "iterations": array("d", [frame.iteration for frame in frames]),
        "numbers": array("d", b"".join(frame.numbers for frame in frames)),
        "outputs": frame.shape[0] * frame.shape[1],
        "parameters": frame.parameters,
        "state_size": frame.state_size,
        "trained": run.frame.iteration,
        "done": run.done,
        "diverged": run.diverged,
        "seconds": run.seconds,
        "engine": run.engine_name,
        **({"held_out": array("d", run.held_out)} if run.held_out else {}),
    }


def plain_bytes(data: Any) -> bytes:
    """Bytes, JavaScript's too."""
    return data.to_bytes() if hasattr(data, "to_bytes") else data
