"""Hints for what a program in the page has not got, and what it has too much of."""

from tenlines.hints.mistake import Mistake, hint


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


@hint(OSError)
def closed(_: OSError, mistake: Mistake) -> str | None:
    if "does not support processes" in mistake.words:
        return "A program in this page cannot start others."
    if mistake.calls("print"):
        return "The program has closed its own output, so that print has nowhere to go."
    return None


@hint(ValueError)
def closed_stream(_: ValueError, mistake: Mistake) -> str | None:
    if "closed file" in mistake.words:
        return "This file, or the program's own output, has been closed before."
    return None
