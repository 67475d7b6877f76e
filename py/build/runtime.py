"""site/python: Pyodide, NumPy and tenlines as the page loads them.

Python starts about twice as fast from bytecode as from sources, so where .venv has the page's Python the
standard library and both wheels are compiled with pyodide-build.
"""

import json
import shutil
import tempfile
from pathlib import Path

import archives
import environment
import stamp
from console import detail, run, say
from layout import VENV_PYTHON
from node import MODULES

PYODIDE = MODULES / "pyodide"
AS_IT_IS = ("pyodide.asm.js", "pyodide.asm.wasm")

# Without -P the current folder counts too, and build.py in it is not the package `build` that is wanted.
PYODIDE_CLI = (VENV_PYTHON, "-P", "-m", "pyodide_cli")
COMPILE = (*PYODIDE_CLI, "py-compile", "--silent", "--no-keep", "--compression-level", "0")

# What only a compiler or a type checker reads; nothing of it can be imported.
NOT_RUN = (".pyi", ".h", ".a", ".c", ".pxd", ".pyx")


def parts(numpy: Path, target: Path) -> None:
    """Pyodide and NumPy in a folder, made again only when one of them or the way to make them changes."""
    how = environment.venv_version() if environment.makes_bytecode() else "sources"
    mark = target / ".stamp"
    made_by = (Path(__file__), Path(archives.__file__))
    wanted = stamp.digest(numpy, PYODIDE / "package.json", how, *made_by)
    if stamp.is_current(mark, wanted):
        detail("Pyodide and NumPy are ready")
        return
    say("Packing Pyodide and NumPy" + ("" if how == "sources" else " as bytecode"))
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    with stamp.renewed(mark, wanted):
        for name in AS_IT_IS:
            shutil.copyfile(PYODIDE / name, target / name)
        pack(PYODIDE / "python_stdlib.zip", target)
        pack(numpy, target)


def pack(archive: Path, target: Path) -> Path:
    """Put an archive into a folder, compiled where .venv can do that, without what is never run, deflated."""
    with tempfile.TemporaryDirectory(dir=target) as folder:
        copy = Path(folder) / archive.name
        shutil.copyfile(archive, copy)
        if environment.makes_bytecode():
            run([*COMPILE, folder], env={"SOURCE_DATE_EPOCH": archives.EPOCH})
            copy = next(Path(folder).iterdir())  # a wheel's name now says which Python it is for
        packed = target / copy.name
        archives.rewrite(copy, packed, keep=lambda name: not name.endswith(NOT_RUN))
    return packed


def lock(folder: Path) -> None:
    """pyodide-lock.json for the two packages that are there, in Pyodide's own form."""
    original = json.loads((PYODIDE / "pyodide-lock.json").read_text(encoding="utf-8"))
    numpy = next(folder.glob("numpy-*.whl"))
    tenlines = next(folder.glob("tenlines-*.whl"))
    packages = {
        "numpy": {**original["packages"]["numpy"], **_file(numpy)},
        "tenlines": {
            "depends": ["numpy"],
            "imports": ["tenlines"],
            "install_dir": "site",
            "name": "tenlines",
            "package_type": "package",
            "unvendored_tests": False,
            "version": tenlines.name.split("-")[1],
            **_file(tenlines),
        },
    }
    text = json.dumps({"info": original["info"], "packages": packages}, indent=1)
    (folder / "pyodide-lock.json").write_text(f"{text}\n", encoding="utf-8")


def _file(path: Path) -> dict[str, str]:
    return {"file_name": path.name, "sha256": stamp.sha256(path)}
