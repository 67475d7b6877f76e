"""A file that is written whole or not at all: what was there before stays until the new one is on the disk."""

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path


def write_whole(path: str, text: str) -> None:
    """Raises OSError; the file is then as it was. Of a link the target is written, and its permissions are kept."""
    target = Path(os.path.realpath(path))
    try:
        before = target.stat()
    except FileNotFoundError:
        before = None
    if before and not stat.S_ISREG(before.st_mode):  # a device, a pipe: written as it is; a folder is refused so
        target.write_text(text, encoding="utf-8")
        return
    if before and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    beside = target.with_name(f".tenlines-{os.urandom(8).hex()}")
    try:
        with open(beside, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if before:
            keep_permissions(beside, before)
        os.replace(beside, target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    sync_folder(target.parent)


def keep_permissions(path: Path, before: os.stat_result) -> None:
    with suppress(OSError, AttributeError):  # to give a file away is for root alone; Windows knows no owners
        os.chown(path, before.st_uid, before.st_gid)
    os.chmod(path, stat.S_IMODE(before.st_mode))


def sync_folder(folder: Path) -> None:
    """So that the new name is on the disk, too, where the system can do that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def is_same_file(path: str, other: str | int) -> bool:
    """Whether both are one regular file, by whatever names. other: a path, or the number of an open file."""
    try:
        one, two = os.stat(path), os.stat(other)
    except (OSError, ValueError):
        return False
    return stat.S_ISREG(one.st_mode) and os.path.samestat(one, two)
