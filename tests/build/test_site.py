"""dist/site as it is built."""

import base64
import csv
import hashlib
import io
import json
import zipfile
from pathlib import Path

from tools import SITE, build, sha256

import archives
import environment
import stamp

PYTHON_3_13 = (3571).to_bytes(2, "little") + b"\r\n"  # the number its bytecode starts with


def check_record(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (record,) = (name for name in archive.namelist() if name.endswith(".dist-info/RECORD"))
        rows = list(csv.reader(io.StringIO(archive.read(record).decode())))
        assert [row[0] for row in rows] == archive.namelist()
        for name, hashed, size in rows[:-1]:
            data = archive.read(name)
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            assert (hashed, size) == (f"sha256={digest}", str(len(data)))
        assert rows[-1] == [record, "", ""]


def test_a_rewritten_wheel_is_the_same_each_time_and_its_record_true(tmp_path):
    for name, compression in [("one.whl", zipfile.ZIP_STORED), ("two.whl", zipfile.ZIP_DEFLATED)]:
        with zipfile.ZipFile(tmp_path / name, "w", compression) as archive:
            archive.writestr("a/b.py", "x = 1\n" * 100)
            archive.writestr("a/b.pyi", "x: int")
            archive.writestr("a-1.dist-info/RECORD", "stale")
        archives.rewrite(tmp_path / name, tmp_path / f"new-{name}", keep=lambda name: not name.endswith(".pyi"))
    assert (tmp_path / "new-one.whl").read_bytes() == (tmp_path / "new-two.whl").read_bytes()
    check_record(tmp_path / "new-one.whl")
    with zipfile.ZipFile(tmp_path / "new-one.whl") as archive:
        assert archive.namelist() == ["a/b.py", "a-1.dist-info/RECORD"]


def lock() -> dict:
    return json.loads((SITE / "python" / "pyodide-lock.json").read_text())


def test_the_lock_names_the_two_wheels_of_the_site_with_their_hashes():
    packages = lock()["packages"]
    assert {name: package["depends"] for name, package in packages.items()} == {
        "numpy": [],
        "tenlines": ["numpy"],
    }
    for package in packages.values():
        wheel = SITE / "python" / package["file_name"]
        assert sha256(wheel.read_bytes()) == package["sha256"]
        check_record(wheel)


def test_the_site_has_the_bytecode_of_the_pages_python_where_venv_can_make_it():
    bytecode = environment.makes_bytecode()
    for name in ("python_stdlib.zip", *(package["file_name"] for package in lock()["packages"].values())):
        with zipfile.ZipFile(SITE / "python" / name) as archive:
            modules = [file for file in archive.namelist() if Path(file).suffix in (".py", ".pyc")]
            starts = {archive.read(file)[:4] for file in modules if file.endswith(".pyc")}
        assert {Path(file).suffix for file in modules} == {".pyc" if bytecode else ".py"}, name
        assert starts == ({PYTHON_3_13} if bytecode else set()), name


def test_the_notices_name_all_that_the_site_ships():
    notices = (SITE / "notices.txt").read_text()
    for name in (
        "pyodide 0.29.5",
        "CPython 3.13",
        "numpy 2.2.5",
        "lit-html",
        "signals-core",
        "comlink",
        "uplot",
    ):
        assert name in notices


def test_a_second_build_does_nothing():
    def state() -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in stamp.files(SITE)}

    before = state()
    done = build("site", "--verbose")
    assert done.returncode == 0
    assert "dist/site is up to date" in done.stdout
    assert "$ " not in done.stdout  # no program was run
    assert state() == before
