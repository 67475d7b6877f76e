"""notices.txt: what the site ships of other people's work, under which licence.

esbuild reports which packages it has bundled. What is inside Pyodide's WebAssembly, Python's modules and NumPy is
listed here, and tests/build/test_notices_of_binaries.py looks for more of it in their bytes. web/notices holds the
texts that no package brings.
"""

import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from console import Stop
from layout import PY, WEB
from node import MODULES

KEPT = WEB / "notices"
SHARED = {  # texts that many licences consist of: printed once, where the licences name them
    "the permission and disclaimer of the MIT License": "MIT",
    "the disclaimer of the BSD licences": "BSD-disclaimer",
}
IN_PYTHON = (  # name, licence, file in web/notices
    (
        "asyncio, logging and other modules of Python with terms of their own",
        "MIT, BSD-3-Clause, HPND",
        "python-modules",
    ),
    ("BLAKE2", "CC0-1.0", "blake2"),
    ("bzip2", "bzip2-1.0.6", "bzip2"),
    ("cfuhash", "BSD-3-Clause", "cfuhash"),
    ("dlmalloc", "public domain", "dlmalloc"),
    ("dtoa", "dtoa", "dtoa"),
    ("Emscripten", "MIT OR NCSA", "emscripten"),
    ("expat", "MIT", "expat"),
    ("HACL*", "MIT", "hacl-star"),
    ("hiwire", "MPL-2.0", "MPL-2.0"),
    ("libffi", "MIT", "libffi"),
    ("libmpdec", "BSD-2-Clause", "libmpdec"),
    ("LLVM: libc++, libc++abi, libunwind, compiler-rt", "Apache-2.0 WITH LLVM-exception", "llvm"),
    ("Mersenne Twister", "BSD-3-Clause", "mersenne-twister"),
    ("mimalloc", "MIT", "mimalloc"),
    ("musl", "MIT", "musl"),
    ("SipHash", "MIT", "siphash"),
    ("stackframe", "MIT", "stackframe"),
    ("error-stack-parser", "MIT", "stackframe"),
    ("Unicode character database", "Unicode-3.0", "unicode"),
    ("zlib", "Zlib", "zlib"),
)
IN_NUMPY = (
    ("numpy: packaging and f2py", "BSD-2-Clause, BSD-3-Clause", "numpy-modules"),
    ("numpy: distributions, with parts of Julia", "BSD-3-Clause, MIT", "numpy-distributions"),
    ("numpy: Dragon4", "MIT", "numpy-dragon4"),
    ("numpy: LAPACK", "BSD-3-Clause", "numpy-lapack-lite"),
    ("numpy: MT19937", "BSD-3-Clause, MIT", "numpy-mt19937"),
    ("numpy: PCG64", "MIT", "numpy-pcg64"),
    ("numpy: Philox", "BSD-3-Clause", "numpy-philox"),
    ("numpy: PocketFFT", "BSD-3-Clause", "numpy-pocketfft"),
    ("numpy: pythoncapi-compat", "0BSD", "numpy-pythoncapi-compat"),
    ("numpy: SFC64", "MIT", "numpy-sfc64"),
    ("numpy: SplitMix64", "CC0-1.0", "numpy-splitmix64"),
)


class Notice(NamedTuple):
    name: str  # with its version where that is known
    licence: str
    text: str


def write(target: Path, numpy: Path, packages: Iterable[str]) -> None:
    """packages: those of npm that are bundled."""
    notices = [
        *(of_npm(name) for name in sorted({"pyodide", *packages})),
        of_cpython(),
        *(Notice(name, licence, kept(file)) for name, licence, file in IN_PYTHON),
        *of_wheel(numpy),
        *(Notice(name, licence, kept(file)) for name, licence, file in IN_NUMPY),
    ]
    target.write_text(told(notices), encoding="utf-8")


def told(notices: list[Notice]) -> str:
    """All of the file. Software under the very same text stands above one copy of it."""
    names: dict[str, list[str]] = {}
    for notice in notices:
        names.setdefault(notice.text.strip(), []).append(notice.name)
    sections = [("\n".join(of), text) for text, of in names.items()]
    for title, file in SHARED.items():
        common = kept(f"shared/{file}").strip()
        pattern = same_words(common)
        sections = [(name, pattern.sub(f"[{title}: at the end of this file]", text)) for name, text in sections]
        sections.append((title[0].upper() + title[1:], common))
    head = f"Tenlines {version()} includes the following software, under these licences.\n"
    head += "Pyodide's source is at https://github.com/pyodide/pyodide.\n\n"
    head += "".join(f"  {name} ({licence})\n" for name, licence, _ in notices)
    return head + "".join(f"\n\n{'=' * 78}\n{name}\n{'=' * 78}\n\n{text}\n" for name, text in sections)


def version() -> str:
    """Of Tenlines; it stands in one place."""
    found = re.search(r'__version__ = "(.+)"', (PY / "tenlines" / "__init__.py").read_text(encoding="utf-8"))
    if not found:
        raise Stop("py/tenlines/__init__.py has no __version__.")
    return found[1]


def same_words(text: str) -> re.Pattern[str]:
    """These words, however they are broken into lines, quoted and indented."""
    words = [re.escape(word.strip("\"'`")) for word in text.split()]
    return re.compile(r"[\s\"'`]+".join(words), re.IGNORECASE)


def kept(name: str) -> str:
    return (KEPT / f"{name}.txt").read_text(encoding="utf-8")


def bundled(metafiles: Iterable[Path]) -> set[str]:
    """The npm packages that esbuild took anything from, by the reports that it wrote."""
    return {package for file in metafiles for package in _packages(json.loads(file.read_text(encoding="utf-8")))}


def _packages(report: dict) -> Iterator[str]:
    for output in report["outputs"].values():
        for path, part in output["inputs"].items():
            package = re.match(r".*\bnode_modules/((?:@[^/]+/)?[^/]+)/", path)
            if package and part["bytesInOutput"]:
                yield package[1]


def of_npm(name: str) -> Notice:
    """Pyodide's package has no licence text: its licence is one of those in web/notices."""
    folder = MODULES / name
    about = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    files = [path for path in sorted(folder.iterdir()) if re.match(r"(licen[cs]e|copying)\b", path.name, re.IGNORECASE)]
    if not files and not (KEPT / f"{about['license']}.txt").is_file():
        raise Stop(f"{name} is bundled and has no licence text. Put it into web/notices/{about['license']}.txt.")
    text = files[0].read_text(encoding="utf-8") if files else kept(about["license"])
    return Notice(f"{name} {about['version']}", about["license"], text)


def of_cpython() -> Notice:
    info = json.loads((MODULES / "pyodide" / "pyodide-lock.json").read_text(encoding="utf-8"))["info"]
    return Notice(f"CPython {info['python']}", "PSF-2.0", kept("PSF-2.0"))


def of_wheel(path: Path) -> Iterator[Notice]:
    """NumPy, and those of its parts whose licences are in its wheel."""
    name, version = path.name.split("-")[:2]
    with zipfile.ZipFile(path) as wheel:

        def text(place: str) -> str:
            return wheel.read(place).decode()

        yield Notice(f"{name} {version}", "BSD-3-Clause", text(f"{name}-{version}.dist-info/LICENSE.txt"))
        yield Notice("numpy: libdivide", "Zlib", text("numpy/_core/include/numpy/random/LICENSE.txt"))
        yield Notice("numpy: ma", "BSD-3-Clause", text("numpy/ma/LICENSE"))
        yield Notice("numpy: random", "NCSA OR BSD-3-Clause", text("numpy/random/LICENSE.md"))
