"""Another version of the site, as a build of changed sources would make it."""

import base64
import hashlib
import re
from collections.abc import Callable
from pathlib import Path

from .site_server import MARK

Edit = Callable[[bytes], bytes]


def version(site: Path, target: Path, edits: dict[str, Edit]) -> Path:
    """A copy of `site` in `target` with edited files, all names and hashes in it as they have to be then.

    A file can be edited by its name without the mark of its contents; what names a file is renamed in its turn.
    """
    files = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    worker = files.pop("sw.js")
    left, renamed = dict(edits), {}
    for name in sorted(files, key=_is_named_by):
        data = files.pop(name)
        before = _sha256(data)
        if edit := left.pop(MARK.sub("", name).split("/")[-1], None):
            data = edit(data)
        for old, new in renamed.items():
            data = data.replace(old, new)
        after = _sha256(data)
        new_name = _marked(name, after) if after != before else name
        files[new_name] = data
        worker = worker.replace(before.encode(), after.encode())
        if new_name != name:
            renamed[name.encode()] = new_name.encode()
            worker = worker.replace(name.encode(), new_name.encode())
    assert not left, f"no such file in the site: {left}"
    # The version is the only other hash in it.
    files["sw.js"] = re.sub(rb'"[0-9a-f]{16}"', f'"{_sha256(worker)[:16]}"'.encode(), worker)
    for name, data in files.items():
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return target


def _is_named_by(name: str) -> tuple[int, str]:
    """index.html names main.js, which names all others."""
    return (2 if name == "index.html" else 1 if name.startswith("main-") else 0, name)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _marked(name: str, sha256: str) -> str:
    mark = base64.b32encode(bytes.fromhex(sha256))[:8].decode()
    return MARK.sub(f"-{mark}", name)
