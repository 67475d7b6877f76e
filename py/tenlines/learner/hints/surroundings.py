"""Hints for what a program in the page has not got, and what it has too much of."""

import errno
import os

from tenlines.learner.hints.mistake import Mistake, hint


@hint(EOFError)
def no_keyboard(_: EOFError, mistake: Mistake) -> str | None:
    if mistake.calls("input") or "reading a line" in mistake.words:
        return "A program in this page cannot ask for input. Write the value into it, as in name = 'Ada'."
    return None


@hint(FileNotFoundError)
def no_file(_: FileNotFoundError, mistake: Mistake) -> str:
    return "A program in this page sees no files of your computer, only those that belong to it."


@hint(RecursionError)
def too_deep(_: RecursionError, mistake: Mistake) -> str:
    return "A function calls itself without end: it needs a case in which it does not."


@hint(MemoryError)
def too_big(_: MemoryError, mistake: Mistake) -> str:
    return "This needs more memory than a program in the page may take. Make it smaller."


@hint(RuntimeError)
def no_threads(_: RuntimeError, mistake: Mistake) -> str | None:
    return "There are no threads in this page." if "new thread" in mistake.words else None


@hint(IsADirectoryError)
def folder(_: IsADirectoryError, mistake: Mistake) -> str:
    return "This is a folder, and only a file can be opened: add the name of the file."


@hint(PermissionError)
def not_allowed(_: PermissionError, mistake: Mistake) -> str:
    return "This file or folder is not the program's to change. A name without a / is in a folder of its own."


@hint(OSError)
def not_here(error: OSError, mistake: Mistake) -> str | None:
    if "does not support processes" in mistake.words:
        return "A program in this page cannot start others."
    if is_network(error):
        return "A program in this page has no network. Write the data into the program, or import a file as the table."
    if error.errno == errno.EBADF and mistake.calls("print") and is_output_closed():
        return "The program has closed its own output, so that print has nowhere to go."
    return None


def is_network(error: OSError) -> bool:
    kinds = {kind.__module__.split(".")[0] for kind in type(error).__mro__}
    unreachable = {errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EINPROGRESS, errno.EAFNOSUPPORT, errno.EPROTONOSUPPORT}
    is_connection = isinstance(error, ConnectionError) and not isinstance(error, BrokenPipeError)
    return is_connection or error.errno in unreachable or bool(kinds & {"urllib", "http", "socket", "ssl"})


def is_output_closed() -> bool:
    try:
        os.fstat(1)
    except OSError:
        return True
    return False


@hint(ValueError)
def closed_stream(_: ValueError, mistake: Mistake) -> str | None:
    if "closed file" in mistake.words:
        return "This file, or the program's own output, has been closed before."
    return None
