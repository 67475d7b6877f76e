"""Archives and packs, made so that the same input gives the same bytes."""

import ast
import json
import struct
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from console import run
from layout import CACHE, PY, VENV_PYTHON

GZIP = """
import deflate, pathlib, sys
file = pathlib.Path(sys.argv[1])
file.write_bytes(deflate.gzip_compress(file.read_bytes(), 12))
"""
EPOCH = "315532800"  # 1980-01-01, the first day a zip can name: built files carry no time of their own


def tenlines_wheel(folder: Path) -> Path:
    """Build the wheel of py/ into a folder."""
    build = [VENV_PYTHON, "-m", "flit_core.wheel", "--outdir", folder, PY]
    run(build, env={"SOURCE_DATE_EPOCH": EPOCH})
    return next(folder.glob("tenlines-*.whl"))


def gzipped(data: bytes) -> bytes:
    """By libdeflate, which .venv has: 2 to 5 % smaller than zlib's best, and as fast to unpack."""
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        file = Path(folder) / "file"
        file.write_bytes(data)
        run([VENV_PYTHON, "-c", GZIP, file])
        return file.read_bytes()


def pack(files: Mapping[str, bytes]) -> bytes:
    """The length of an index (u32), the index ({name: size} as JSON), and the files one after another.

    web/site/packs.js and py/tenlines/page/late_modules.py unpack it.
    """
    index = json.dumps({name: len(data) for name, data in files.items()}, separators=(",", ":")).encode()
    return struct.pack("<I", len(index)) + index + b"".join(files.values())


def without_docstrings(archive: Path) -> None:
    """Take the docstrings out of the modules of a zip. Every other line stays where it was."""
    with zipfile.ZipFile(archive) as old:
        files = {name: old.read(name) for name in old.namelist() if not name.endswith("/")}
    with zipfile.ZipFile(archive, "w") as new:
        for name, data in files.items():
            new.writestr(_entry(name), blanked(data) if name.endswith(".py") else data)


def blanked(source: bytes) -> bytes:
    """A module with each docstring empty, over as many lines as it had."""
    try:
        tree = ast.parse(source)
    except SyntaxError:  # newer than the Python that builds
        return source
    lines = source.splitlines(keepends=True)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if ast.get_docstring(node, clean=False) is None:
            continue
        doc = node.body[0]
        first, last = doc.lineno - 1, (doc.end_lineno or doc.lineno) - 1
        before, after = lines[first][: doc.col_offset], lines[last][doc.end_col_offset :]
        lines[first : last + 1] = [before + b"''" + b"\\\n" * (last - first) + after] + [b""] * (last - first)
    return b"".join(lines)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)  # its time is 1980-01-01
    entry.external_attr = 0o644 << 16
    return entry
