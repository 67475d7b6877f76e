"""What the build says, and how it runs other programs."""

import os
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

verbose = False  # set once, by --verbose


class Stop(Exception):
    """The build cannot go on; the message says what happened and what to do about it."""


def say(text: str) -> None:
    print(text, flush=True)


def detail(text: str) -> None:
    if verbose:
        say(text)


def complain(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def run(
    command: Sequence[str | Path],
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    remedy: str = "",
) -> str:
    """Run a program and return what it printed; a failure stops the build and shows its last lines."""
    words = [str(word) for word in command]
    detail(f"$ {shlex.join(words)}")
    done = subprocess.run(
        words,
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        last = "\n".join(f"  {line}" for line in done.stdout.splitlines()[-20:])
        failed = f"This failed with exit code {done.returncode}: {shlex.join(words)}"
        raise Stop(f"{failed}\n{last}\n{remedy}".rstrip())
    return done.stdout
