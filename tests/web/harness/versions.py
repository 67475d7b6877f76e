"""Another version of the site, as a build of changed sources would make it."""

import base64
import gzip
import hashlib
import re
from collections.abc import Callable
from pathlib import Path

from .probe import with_probe
from .site_server import MARK

Edit = Callable[[bytes], bytes]

# Python that waits to be asked before it imports what only rest.bin has.
IMPORT_LATER = """
from js import BroadcastChannel
from pyodide.ffi import create_proxy
late = BroadcastChannel.new("late NAME")
def answer(event):
    import decimal
    late.postMessage(str(decimal.Decimal(1) / 8))
late.onmessage = create_proxy(answer)
told = []
"""


def told_apart(site: Path, target: Path, name: str, **more: Edit) -> Path:
    """A version in which the page, its code and Python's late files tell of which one they are."""
    edits = {
        "index.html": lambda data: data.replace(b"<title>", f"<title>{name}: ".encode()),
        "main.js": lambda data: data + f"document.documentElement.dataset.main = '{name}'\n".encode(),
        "rest.bin": lambda data: gzip.compress(gzip.decompress(data) + name.encode(), 1),
        "numpy.bin": with_probe(IMPORT_LATER.replace("NAME", name)),
        **more,
    }
    return version(site, target, edits)


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
        worker = worker.replace(base64.b64encode(before), base64.b64encode(after))
        if new_name != name:
            renamed[name.encode()] = new_name.encode()
            worker = worker.replace(name.encode(), new_name.encode())
    assert not left, f"no such file in the site: {left}"
    # The version is the only other hash in it.
    files["sw.js"] = re.sub(rb'"[0-9a-f]{16}"', f'"{_sha256(worker).hex()[:16]}"'.encode(), worker)
    for name, data in files.items():
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return target


def _is_named_by(name: str) -> tuple[int, str]:
    """index.html names main.js, which names all others."""
    return (2 if name == "index.html" else 1 if name.startswith("main-") else 0, name)


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _marked(name: str, sha256: bytes) -> str:
    mark = base64.b32encode(sha256)[:8].decode()
    return MARK.sub(f"-{mark}", name)
