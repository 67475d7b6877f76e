"""Wheels and zips, written so that the same input gives the same bytes."""

import base64
import csv
import hashlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from console import run
from layout import PY, VENV_PYTHON

EPOCH = "315532800"  # 1980-01-01, the first day a zip can name: built files carry no time of their own


def rewrite(source: Path, target: Path, keep: Callable[[str], bool] = lambda name: True) -> None:
    """Copy an archive deflated, in order, without times; bring a wheel's RECORD up to what it holds."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        names = [name for name in old.namelist() if not name.endswith("/") and keep(name)]
        record = next((name for name in names if name.endswith(".dist-info/RECORD")), None)
        rows = io.StringIO()
        table = csv.writer(rows, lineterminator="\n")
        for name in names:
            if name == record:
                continue
            data = old.read(name)
            new.writestr(_entry(name), data, zipfile.ZIP_DEFLATED, 9)
            hashed = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            table.writerow([name, f"sha256={hashed}", len(data)])
        if record:
            table.writerow([record, "", ""])
            new.writestr(_entry(record), rows.getvalue(), zipfile.ZIP_DEFLATED, 9)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)  # its time is 1980-01-01
    entry.external_attr = 0o644 << 16
    return entry


def tenlines_wheel(folder: Path) -> Path:
    """Build the wheel of py/ into a folder."""
    build = [VENV_PYTHON, "-m", "flit_core.wheel", "--outdir", folder, PY]
    run(build, env={"SOURCE_DATE_EPOCH": EPOCH})
    return next(folder.glob("tenlines-*.whl"))
