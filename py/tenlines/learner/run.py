"""Runs a learner's program as Python runs a script, and says as plain data how it ended.

In the page each program gets a Python of its own, so nothing here is put back afterwards. What the program prints goes
to the real standard streams; its error is kept apart from them, as it may have closed or replaced these. Its values are
traced on the way, and can be asked for afterwards.
"""

import atexit
import builtins
import linecache
import sys
import warnings
from contextlib import suppress
from pathlib import Path
from time import perf_counter
from traceback import TracebackException
from types import ModuleType, TracebackType
from typing import Any

from tenlines.errors import TenlinesError
from tenlines.learner.hints import hint_for, hint_for_numbers, hint_for_warning
from tenlines.syntax.source import FILE, depth_error, utf16
from tenlines.trace.learner_program import Trace

NAME = FILE
MOST_TEXT = 100_000  # characters of an error: what is longer loses its middle
MOST_FRAMES = 10_000  # of an error: a million of them would take minutes to word
MOST_HINTS = 5
MOST_HINT = 1000  # characters; a name that is in it can be longer

Plain = dict[str, Any]


class Program:
    """A program beside the files it reads, in the current folder."""

    def __init__(self, source: str, files: dict[str, str]):
        self.source = source
        self.lines = source.splitlines()
        self.main = ModuleType("__main__")
        self.main.__file__ = NAME
        self.warned: list[Plain] = []
        self._trace: Trace | None = None
        for name, text in {**files, NAME: source}.items():
            Path(name).write_text(text, encoding="utf-8", errors="surrogatepass", newline="")
        # In the cache too, so that errors show its lines whatever it does to its file.
        linecache.cache[NAME] = len(source), None, [line + "\n" for line in self.lines], NAME

    @property
    def namespace(self) -> Plain:
        return vars(self.main)

    def run(self) -> Plain:
        """Run it as `__main__`: {"status", "error", "hints", "seconds", "passes"}.

        passes of the training loop, or None where the program could not be traced. status is what the script would give
        its shell. error is None, or {"text": as Python prints it, "summary": its last line, "place": None or where in
        the program}. hints are {"text", "line": a number or None}.
        """
        namespace = self.namespace  # also of a program that takes `__main__` away
        namespace["__builtins__"] = builtins
        sys.modules["__main__"] = self.main
        sys.argv = [NAME]
        self._hear_warnings()
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(limit + depth())  # the frames below the program's are not its own
        began = perf_counter()
        status, error = 0, None
        try:
            if too_deep := depth_error(self.source):
                raise too_deep
            code = compile(self.source, NAME, "exec", dont_inherit=True)  # says all that Python says of it
            self._trace = trace = traced(self.source, namespace)
            exec(trace.code if trace else code, namespace)
        except SystemExit as leaving:
            status = exit_status(leaving)
        except BaseException as raised:
            status, error = 1, raised
        sys.setrecursionlimit(limit)
        finish()
        seconds = perf_counter() - began
        told = None if error is None else self._told(error)
        hints, passes = self._hints(error, told), self._trace and self._trace.passes
        return {"status": status, "error": told, "hints": hints, "seconds": seconds, "passes": passes}

    def values(self, iteration: int, place: int | None) -> Plain | None:
        """`report` of trace/report.py for the program that has run, at an iteration from 0 to passes.

        None where the program could not be traced.
        """
        return self._trace and self._trace.report(iteration, place)

    def _hear_warnings(self) -> None:
        show = warnings.showwarning

        def hear(message: Any, category: Any, filename: str, lineno: int, file: Any = None, line: Any = None) -> None:
            if filename == NAME and len(self.warned) < MOST_HINTS and (text := hint_for_warning(category, message)):
                self.warned.append({"text": text, "line": lineno})
            show(message, category, filename, lineno, file, line)

        warnings.showwarning = hear

    def _told(self, error: BaseException) -> Plain:
        told = TracebackException(type(error), error, own_frames(error.__traceback__), compact=True)
        text = "".join(told.format())
        summary = "".join(list(told.format_exception_only())[-1:]).strip()
        return {"text": shortened(text), "summary": shortened(summary, 500), "place": self._place(error, told)}

    def _place(self, error: BaseException, told: TracebackException) -> Plain | None:
        """Lines count from 1, columns from 0 in UTF-16 units, as JavaScript's do; columns are None where unknown."""
        if isinstance(error, SyntaxError) and error.filename == NAME and error.lineno:
            return self._syntax_place(error)
        frames = [frame for frame in told.stack or [] if frame.filename == NAME]
        if not frames or not frames[-1].lineno:
            return None
        frame = frames[-1]
        end_line = frame.end_lineno or frame.lineno
        return {
            "line": frame.lineno,
            "column": self._units(frame.lineno, frame.colno),
            "end_line": end_line,
            "end_column": self._units(end_line, frame.end_colno),
        }

    def _syntax_place(self, error: SyntaxError) -> Plain:
        # Here offsets count characters, from 1; 0 and -1 stand for none.
        line, end_line = error.lineno or 0, error.end_lineno or error.lineno or 0
        column, end = (error.offset or 0) - 1, (error.end_offset or 0) - 1
        if column < 0:
            return {"line": line, "column": None, "end_line": line, "end_column": None}
        if (end_line, end) <= (line, column):
            end_line, end = line, column + 1
        start = utf16(self._line(line)[:column])
        return {"line": line, "column": start, "end_line": end_line, "end_column": utf16(self._line(end_line)[:end])}

    def _line(self, number: int | None) -> str:
        return self.lines[number - 1] if number and number <= len(self.lines) else ""

    def _units(self, line: int | None, offset: int | None) -> int | None:
        """The UTF-16 units before an offset in the line's UTF-8."""
        if offset is None:
            return None
        return utf16(self._line(line).encode("utf-8", "replace")[:offset].decode("utf-8", "replace"))

    def _hints(self, error: BaseException | None, told: Plain | None) -> list[Plain]:
        hints = list(self.warned)
        with suppress(Exception):  # a hint asks objects that the program may have made anything of
            if error is None:
                hints += hint_for_numbers(self.namespace)
            else:
                line = told["place"]["line"] if told and told["place"] else None
                if text := hint_for(error, self._line(line), self.namespace):
                    hints = [{"text": text, "line": line}]
        return [{**hint, "text": shortened(hint["text"], MOST_HINT)} for hint in hints]


def traced(source: str, namespace: Plain) -> Trace | None:
    """Ready to run in this namespace; None for what is nested too deeply."""
    with warnings.catch_warnings(), suppress(TenlinesError, MemoryError):
        warnings.simplefilter("ignore")
        trace = Trace(source)
        trace.prepare(namespace)
        return trace
    return None


def own_frames(frames: TracebackType | None) -> TracebackType | None:
    """Without those of this module, which are the outermost; of too many, the last, where it happened."""
    while frames and frames.tb_frame.f_globals is globals():
        frames = frames.tb_next
    count, ahead = 0, frames
    while ahead:
        count, ahead = count + 1, ahead.tb_next
    for _ in range(count - MOST_FRAMES):
        frames = frames and frames.tb_next
    return frames


def depth() -> int:
    """How many frames are under whoever asks, with its own."""
    frame, count = sys._getframe(1), 0
    while frame:
        frame, count = frame.f_back, count + 1
    return count


def exit_status(leaving: SystemExit) -> int:
    """As a shell would get it; what is no number is printed instead."""
    code = leaving.code
    if code is None:
        return 0
    if isinstance(code, int):  # also True
        return int(code) if -(2**31) <= code < 2**31 else 255
    with suppress(Exception):  # the stream may be closed or replaced, or there is no text for it
        print(code, file=sys.stderr)
    return 1


def finish() -> None:
    """What Python does at the end of a script."""
    with suppress(BaseException):  # it has been printed
        atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
        with suppress(BaseException):  # closed, or something of the program's own
            stream.flush()  # pyright: ignore[reportOptionalMemberAccess]


def shortened(text: str, most: int = MOST_TEXT) -> str:
    """With its first and last lines, which say most."""
    if len(text) <= most:
        return text
    half = most // 2
    return f"{text[:half]}\n… {len(text) - 2 * half:,} characters left out …\n{text[-half:]}"
