"""Doing nothing twice: a stamp holds the digest of all that a step was made from."""

import contextlib
import hashlib
from collections.abc import Iterator
from pathlib import Path

SKIPPED = {"node_modules", "__pycache__", ".hypothesis"}


def files(folder: Path) -> Iterator[Path]:
    """The files below a folder, in order, without installed and cached ones."""
    for path in sorted(folder.iterdir()):
        if path.name in SKIPPED:
            continue
        if path.is_dir():
            yield from files(path)
        else:
            yield path


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest(*parts: Path | str) -> str:
    """One digest of file contents, of folders (names and contents) and of plain text."""
    total = hashlib.sha256()
    for part in parts:
        if isinstance(part, str):
            total.update(f"text {part}\n".encode())
        elif part.is_dir():
            for path in files(part):
                total.update(f"file {path.relative_to(part).as_posix()} {sha256(path)}\n".encode())
        else:
            total.update(f"file {part.name} {sha256(part)}\n".encode())
    return total.hexdigest()


def is_current(stamp: Path, wanted: str) -> bool:
    return stamp.is_file() and stamp.read_text() == wanted


@contextlib.contextmanager
def renewed(stamp: Path, wanted: str) -> Iterator[None]:
    """While the step runs there is no stamp, so an interrupted step is done again."""
    stamp.unlink(missing_ok=True)
    yield
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(wanted)
