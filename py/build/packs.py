"""site/python: the packs and the snapshot, made from the modules that ordinary use really imports.

pack: what Python needs until the first answer. numpy: what NumPy needs beside it. rest: all else. snapshot:
Python's memory with all of the pack in it, which the page restores instead of starting Python from it.
"""

import json
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

import archives
import node
import runtime
import stamp
from console import detail, run, say
from layout import CACHE, PY, WEB

HERE = Path(__file__).parent
PACKS = CACHE / "packs"
ABOUT = "about.json"  # what the page is told beforehand: web/globals.d.ts
NUMPY = f"{runtime.SITE_PACKAGES}/numpy"
PROMPT = (
    *("__main__", "_minimal_curses", "_threading_handler", "commands", "completing_reader", "console", "curses"),
    *("fancy_termios", "historical_reader", "input", "keymap", "main", "mypy", "reader", "readline"),
    *("simple_interact", "trace", "unix_", "utils", "windows_"),
)
NO_USE_HERE = (  # names begin so; `from numpy import *` imports even f2py
    *(f"{NUMPY}/{part}" for part in ("_core/lib/", "_pyinstaller/", "conftest", "random/_examples/")),
    *(f"{NUMPY}/ma/{part}" for part in ("API_CHANGES", "README")),
    f"{runtime.SITE_PACKAGES}/tenlines/examples/",  # the page has them in its scripts
    "_pydatetime",  # Python has these in C
    "_pyio",
    *(f"_pyrepl/{part}" for part in PROMPT),
    "asyncio/windows_",
    "ctypes/macholib/fetch_macholib",
    "multiprocessing/popen_spawn_win32",
)
FROZEN = ("importlib._bootstrap", "importlib._bootstrap_external")  # under the names of _frozen_importlib and its other
MADE_BY = (
    Path(__file__),
    *(HERE / name for name in ("pyodide.mjs", "modules.mjs", "snapshot.mjs", "copies.mjs", "ordinary_use.py")),
    *(WEB / name for name in ("site/packs.js", "python/snapshot.js")),
)


def packs(numpy: Path) -> Path:
    """The folder that becomes site/python, made again when something it is made of has changed."""
    made_of = runtime.parts(numpy)
    mark = PACKS / ".stamp"
    wanted = stamp.digest(made_of, PY / "pyproject.toml", PY / "tenlines", *MADE_BY)
    if stamp.is_current(mark, wanted):
        detail("The packs and the snapshot are ready")
        return PACKS
    say("Packing the modules in use and taking the snapshot")
    shutil.rmtree(PACKS, ignore_errors=True)
    PACKS.mkdir()
    with stamp.renewed(mark, wanted):
        add_tenlines()
        fill(PACKS)
    return PACKS


def add_tenlines() -> None:
    place = runtime.TREE / runtime.SITE_PACKAGES
    for old in place.glob("tenlines*"):
        shutil.rmtree(old)
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        runtime.extract(archives.tenlines_wheel(Path(folder)), place)


def fill(target: Path) -> None:
    used = json.loads(run([node.program("node"), HERE / "modules.mjs", runtime.TREE]))
    start, numpy = (existing(used[name]) for name in ("start", "numpy"))
    every = [path.relative_to(runtime.TREE).as_posix() for path in stamp.files(runtime.TREE)]
    packed = {*start, *numpy}
    rest = [name for name in every if name not in packed and is_of_use(name, used["frozen"])]
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        pack, snapshot = Path(folder) / "start", Path(folder) / "snapshot"
        pack.write_bytes(archives.pack(contents(start)))
        run([node.program("node"), HERE / "snapshot.mjs", pack, snapshot])
        made = {"pack": pack.read_bytes(), "snapshot": snapshot.read_bytes()}
    made |= {"numpy": archives.pack(contents(numpy)), "rest": archives.pack(contents(rest))}
    for name, data in made.items():
        (target / f"{name}.bin").write_bytes(archives.gzipped(data))
    for path in runtime.RUNTIME.glob("*.bin"):
        shutil.copyfile(path, target / path.name)
    about = {
        "files": {path.name: path.stat().st_size for path in sorted(target.glob("*.bin"))},
        "heap": int.from_bytes(made["snapshot"][:4], "little"),
        "info": json.loads((runtime.PYODIDE / "pyodide-lock.json").read_text(encoding="utf-8"))["info"],
        "rest": f" {' '.join(modules(rest))} ",
    }
    (target / ABOUT).write_text(json.dumps(about))


def existing(names: Iterable[str]) -> list[str]:
    """Python names the source of what is frozen into it, wherever there is only bytecode."""
    return [name if (runtime.TREE / name).is_file() else f"{name}c" for name in names]


def is_of_use(name: str, frozen: Iterable[str]) -> bool:
    """Whether a page can do anything with the file. It has no compiler and no Windows; what is frozen is never read."""
    return not name.startswith(NO_USE_HERE) and frozenset(modules([name])).isdisjoint([*frozen, *FROZEN])


def contents(names: Iterable[str]) -> dict[str, bytes]:
    return {name: (runtime.TREE / name).read_bytes() for name in names}


def modules(names: Iterable[str]) -> list[str]:
    """The modules in these files, by the names they are imported by."""
    found = []
    for name in names:
        path = PurePosixPath(name.removeprefix(f"{runtime.SITE_PACKAGES}/"))
        if path.suffix in (".py", ".pyc", ".so"):
            found.append(".".join([*path.parent.parts, path.name.split(".")[0]]).removesuffix(".__init__"))
    return found
