"""Pyodide, the standard library and NumPy, ready to be packed: what changes only with their versions.

Python starts about twice as fast from bytecode as from sources, so where .venv has the page's Python all modules
are compiled with pyodide-build. Only NumPy needs its docstrings: it adds to them as it is imported.
"""

import shutil
import tempfile
import zipfile
from pathlib import Path

import archives
import environment
import stamp
from console import Stop, detail, run, say
from layout import CACHE, VENV_PYTHON
from node import MODULES

PYODIDE = MODULES / "pyodide"
RUNTIME = CACHE / "runtime"
TREE = RUNTIME / "lib"  # what the page has at /lib/python3.13: sources or bytecode, every module
SITE_PACKAGES = "site-packages"

# The files whose inner workings web/python/snapshot.js and py/build/snapshot.mjs rely on. For another Pyodide: read in
# its pyodide.mjs and pyodide.asm.js what those two name at their head, change them, and put the new hashes here.
RELIED_ON = {
    "pyodide.asm.js": "356c42f69e1695397e9d8670bd3c2e678248cde76e18bdae1731e848537b47d7",
    "pyodide.mjs": "510ca14305230018f50c40fb81be673afd68080e70ce7733fcce6600dd6a1714",
}

# Without -P the current folder counts too, and build.py in it is not the package `build` that is wanted.
PYODIDE_CLI = (VENV_PYTHON, "-P", "-m", "pyodide_cli")
COMPILE = (*PYODIDE_CLI, "py-compile", "--silent", "--no-keep", "--compression-level", "0")
# A traceback marks the part of a line that it is about only where it has the source, which the site does not carry.
WITHOUT_COLUMNS = {"PYTHONNODEBUGRANGES": "1"}

# What only a compiler or a type checker reads; nothing of it can be imported.
NOT_RUN = (".pyi", ".h", ".a", ".c", ".pxd", ".pyx", ".typed")


def check(pyodide: Path = PYODIDE) -> None:
    """Stop where Pyodide is not the one that the snapshot was written for."""
    for name, known in RELIED_ON.items():
        if stamp.sha256(pyodide / name) != known:
            raise Stop(
                f"{name} is not the one that the start from a snapshot relies on. Compare what the heads of "
                "web/python/snapshot.js and py/build/snapshot.mjs say about Pyodide with the new one, run the tests, "
                f"and put sha256 {stamp.sha256(pyodide / name)} into RELIED_ON in py/build/runtime.py."
            )


def parts(numpy: Path) -> str:
    """Fill RUNTIME, when something it is made of has changed; the digest of all that."""
    check()
    how = environment.venv_version() if environment.makes_bytecode() else "sources"
    mark = RUNTIME / ".stamp"
    wanted = stamp.digest(numpy, PYODIDE / "package.json", how, Path(__file__), Path(archives.__file__))
    if stamp.is_current(mark, wanted):
        detail("Pyodide and NumPy are ready")
        return wanted
    say("Preparing Pyodide and NumPy" + ("" if how == "sources" else " as bytecode"))
    shutil.rmtree(RUNTIME, ignore_errors=True)
    RUNTIME.mkdir(parents=True)
    with stamp.renewed(mark, wanted):
        for name in ("pyodide.asm.js", "pyodide.asm.wasm"):
            (RUNTIME / f"{name}.bin").write_bytes(archives.gzipped((PYODIDE / name).read_bytes()))
        extract(PYODIDE / "python_stdlib.zip", TREE)
        extract(numpy, TREE / SITE_PACKAGES, docstrings=True)
    return wanted


def extract(archive: Path, target: Path, docstrings: bool = False) -> None:
    """Put what can be run of an archive into a folder, compiled where .venv can do that."""
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        copy = Path(folder) / archive.name
        shutil.copyfile(archive, copy)
        if not docstrings:
            archives.without_docstrings(copy)
        if environment.makes_bytecode():
            run([*COMPILE, folder], env={"SOURCE_DATE_EPOCH": archives.EPOCH, **WITHOUT_COLUMNS})
            copy = next(Path(folder).iterdir())  # a wheel's name now says which Python it is for
        with zipfile.ZipFile(copy) as packed:
            names = [name for name in packed.namelist() if not name.endswith(("/", *NOT_RUN))]
            packed.extractall(target, names)
