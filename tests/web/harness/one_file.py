"""Files like dist/tenlines.html with something else in them, by the build's own means."""

import gzip
from pathlib import Path

import one_file
from layout import ONE_FILE, SITE

START = '<script type="application/json" id="start">{}</script>'
WHOLE, TABLE = "The whole page, one file", "The table and its settings"  # the rows of Download


def with_start(folder: Path, text: str) -> Path:
    """The file with this in its start block, as somebody might write it there by hand."""
    page = ONE_FILE.read_bytes()
    target = folder / "started.html"
    target.write_bytes(page.replace(START.encode(), START.replace("{}", text).encode(), 1))
    return target


def with_files(folder: Path, **contents: bytes) -> Path:
    """The file with other contents of some of its files, by their names up to the first dot."""
    files = {}
    for name in one_file.FILES:
        stem, suffix = name.rsplit(".", 1)
        (files[name],) = SITE.rglob(f"{stem}-????????.{suffix}")
        if stem in contents:
            files[name] = folder / name
            files[name].write_bytes(contents[stem])
    shell = folder / "shell.html"
    shell.write_bytes(gzip.decompress(files[one_file.SHELL].read_bytes()))
    target = folder / "changed.html"
    one_file.write(target, shell, files)
    return target
