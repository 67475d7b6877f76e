"""python -m tenlines: the process around `terminal.main`, from its first moment to its exit status."""

import os
import sys

# `signal` itself imports what takes a while, in which Ctrl+C would show a traceback.
from _signal import SIGINT, default_int_handler, getsignal, signal  # pyright: ignore[reportMissingImports]

REFUSED, INTERRUPTED, NOBODY_READS = 2, 130, 141  # the last two as a shell tells of Ctrl+C and of a closed pipe


def leave_at_once(*_: object) -> None:
    os._exit(INTERRUPTED)


def run() -> int:
    listens = getsignal(SIGINT) is default_int_handler  # a job in the background does not
    if listens:
        signal(SIGINT, leave_at_once)  # an import that is broken off would show where
    from importlib import import_module

    from tenlines.terminal.stderr import complain

    try:
        from tenlines.terminal.command import main

        import_module("tenlines.training.numpy_engine")  # which is needed later, and brings most of NumPy
        if listens:
            signal(SIGINT, default_int_handler)
        return main()
    except SystemExit as leaving:  # argparse's
        return leaving.code if isinstance(leaving.code, int) else 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever read the answers has seen enough
        return NOBODY_READS
    except MemoryError:
        complain("There is not enough memory for this. Take a part of the rows.")
        return REFUSED
    except RecursionError:
        complain("This is nested too deeply.")
        return REFUSED
    finally:
        if listens:
            signal(SIGINT, leave_at_once)


def script() -> int:
    """Run the program; the exit status, once what is still to be written has been, or cannot be."""
    status = run()
    from tenlines.terminal.stderr import complain

    try:
        if sys.stdout:
            sys.stdout.flush()
    except OSError as error:
        if status == 0:
            status = NOBODY_READS if isinstance(error, BrokenPipeError) else REFUSED
            complain(f"This cannot be written: {error.strerror}.")
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # for Python's own last try
    return status


if __name__ == "__main__":
    sys.exit(script())
