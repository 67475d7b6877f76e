"""notices.txt names whose code is inside Python's and NumPy's shipped files, which are asked what is in them."""

import ast
import gzip
import re
import zipfile
from collections.abc import Iterator

import pytest
from tools import NAMED, NOTICES, SITE

import runtime
from layout import CACHE
from numpy_wheel import Sources

PLAIN = " ".join(NOTICES.split())  # for words that may stand on two lines
HACL, HIWIRE, LLVM = "HACL*", "hiwire", "LLVM: libc++, libc++abi, libunwind, compiler-rt"

# Compiled modules with code that CPython or NumPy has taken from others, and without.
MODULES = {
    "_blake2": "BLAKE2",
    "_bz2": "bzip2",
    "_ctypes": "libffi",
    "_decimal": "libmpdec",
    "_elementtree": "expat",
    "_generator": "numpy: distributions, with parts of Julia",
    "_md5": HACL,
    "_mt19937": "numpy: MT19937",
    "_multiarray_umath": "numpy: Dragon4",
    "_pcg64": "numpy: PCG64",
    "_philox": "numpy: Philox",
    "_pocketfft_umath": "numpy: PocketFFT",
    "_pyodide_core": HIWIRE,
    "_random": "Mersenne Twister",
    "_sfc64": "numpy: SFC64",
    "_sha1": HACL,
    "_sha2": HACL,
    "_sha3": HACL,
    "_tracemalloc": "cfuhash",
    "_umath_linalg": "numpy: LAPACK",
    "bit_generator": "numpy: SplitMix64",
    "lapack_lite": "numpy: LAPACK",
    "mtrand": "numpy: MT19937",
    "pyexpat": "expat",
    "unicodedata": "Unicode character database",
    "zlib": "zlib",
}
MODULES_WITHOUT = """
    _abc _ast _asyncio _bisect _bounded_integers _codecs _codecs_cn _codecs_hk _codecs_iso2022 _codecs_jp _codecs_kr
    _codecs_tw _collections _common _contextvars _csv _datetime _functools _heapq _imp _io _json _locale _lsprof
    _multibytecodec _opcode _operator _pickle _posixsubprocess _queue _signal _socket _sre _stat _statistics _string
    _struct _suggestions _symtable _sysconfig _thread _tokenize _typing _warnings _weakref _zoneinfo array atexit
    binascii cmath errno faulthandler gc itertools math mmap posix select time
"""

# What shows that a library is in the bytes.
MARKS = {
    rb"blake2\.blake2b": "BLAKE2",
    rb"BZ2_bzDecompress": "bzip2",
    rb"bulk_free": "dlmalloc",
    rb"emscripten_get_now": "Emscripten",
    rb"expat_2\.": "expat",
    rb"_hacl/": HACL,
    rb"hiwire_new": HIWIRE,
    rb"ffi_prep_cif": "libffi",
    rb"libmpdec": "libmpdec",
    rb"_ZNSt3__2": LLVM,
    rb"__cxa_begin_catch": LLVM,
    rb"_Unwind_RaiseException": LLVM,
    rb"__udivmodti4": LLVM,
    rb"mimalloc: ": "mimalloc",
    rb"__small_vfprintf": "musl",
    rb"inflate \d[.\d]+ Copyright": "zlib",
    rb"dragon4_positional": "numpy: Dragon4",
    rb"9pocketfft": "numpy: PocketFFT",
}
MARKS_OF_NONE = {  # libraries that another Pyodide or NumPy may have, and that would need a notice then
    rb"sqlite3_libversion": "SQLite",
    rb"lzma_code": "xz",
    rb"OPENSSL_|SSL_CTX_new": "OpenSSL",
    rb"ZSTD_": "zstd",
    rb"openblas_|cblas_dgemm": "OpenBLAS",
    rb"3hwy\d": "Highway",
    rb"Tcl_": "Tcl",
    rb"XXH\d\d_": "xxHash",
}

COPYRIGHT = r"(?:[Cc]opyright\b|\([Cc]\))"
HOLDER = re.compile(rf"{COPYRIGHT}(?:[\s:©,-]|\d{{4}}|present|by\b|{COPYRIGHT})*((?:[A-Z][\w'.&-]+ ?)+)")
OWN_TERMS = re.compile(r"hereby\s+granted|redistribution and use|licensed under the|terms\s+(?:of|as)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def shipped() -> dict[str, bytes]:
    """Pyodide, Python's packs and the snapshot, by name, unpacked."""
    files = {path.name.rsplit("-", 1)[0]: gzip.decompress(path.read_bytes()) for path in SITE.glob("python/*.bin")}
    assert {"pyodide.asm.wasm", "pyodide.asm.js", "numpy", "rest", "pack", "snapshot"} <= files.keys()
    return files


def sources() -> Iterator[tuple[str, str]]:
    """(name, text) of Python's modules and NumPy's, with the comments that the site's do not have."""
    for archive in (runtime.PYODIDE / "python_stdlib.zip", Sources(runtime.PYODIDE, CACHE / "numpy").find()):
        with zipfile.ZipFile(archive) as packed:
            for name in packed.namelist():
                if name.endswith(".py"):
                    yield name, packed.read(name).decode()


def statements(source: str) -> Iterator[str]:
    """The blocks of comments of a module, its docstring, and its __copyright__."""
    for block in re.findall(r"(?m)^#.*\n(?:#.*\n|\n)*", source):
        yield re.sub(r"(?m)^# ?", "", block)
    tree = ast.parse(source)
    yield ast.get_docstring(tree) or ""
    for line in tree.body:
        if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == "__copyright__":
            yield ast.literal_eval(line.value)


def holders(statement: str) -> set[str]:
    """Who has the copyright, by the first two words of the name."""
    return {" ".join(name.split()[:2]).strip(".,") for line in statement.splitlines() for name in HOLDER.findall(line)}


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("# Copyright 2001-2022 by Vinay Sajip. All Rights Reserved.", "Vinay Sajip"),
        ("Copyright (c) 1999-2002 by Secret Labs AB.", "Secret Labs"),
        ("inflate 1.3.1 Copyright 1995-2024 Mark Adler", "Mark Adler"),
        ("(c) Copyright CNRI, All Rights Reserved.", "CNRI"),
        ("Copyright (c) Donald Stufft and individual contributors.", "Donald Stufft"),
    ],
)
def test_the_holder_of_a_copyright_is_read(line, name):
    assert holders(line) == {name}


def test_every_compiled_module_is_known_and_what_is_in_it_is_named(shipped):
    compiled = {name.decode() for data in shipped.values() for name in re.findall(rb"PyInit_(\w+)", data)}
    assert compiled >= MODULES.keys()
    unknown = compiled - MODULES.keys() - set(MODULES_WITHOUT.split())
    assert unknown == set(), "whose code is in these? Name it in py/build/notices.py, and the modules here"
    assert {module: name for module, name in MODULES.items() if name not in NAMED} == {}


def test_every_library_that_shows_in_the_bytes_is_named(shipped):
    everything = b"\n".join(shipped.values())
    seen = {mark: name for mark, name in {**MARKS, **MARKS_OF_NONE}.items() if re.search(mark, everything)}
    assert {mark: name for mark, name in seen.items() if name not in NAMED} == {}
    assert MARKS.items() <= seen.items(), "a mark that shows nothing any more"


def test_whoever_has_a_copyright_by_the_binaries_is_in_the_notices(shipped):
    texts = [
        text.decode()
        for file in ("pyodide.asm.wasm", "numpy", "rest")
        for text in re.findall(rb"[\x20-\x7e]{12,}", shipped[file])
        if b"opyright" in text
    ]
    found = {name for text in texts for name in holders(text)}
    assert {"Mark Adler", "Stichting Mathematisch", "Melissa E"} <= found
    assert {name for name in found if name not in PLAIN} == set()


def test_modules_with_terms_of_their_own_are_in_the_notices():
    with_terms = {
        (holder, name)
        for name, source in sources()
        for statement in statements(source)
        if OWN_TERMS.search(statement)
        for holder in holders(statement)
    }
    assert {"Vinay Sajip", "Fredrik Lundh", "Donald Stufft"} <= {holder for holder, _ in with_terms}
    assert {(holder, name) for holder, name in with_terms if holder not in PLAIN} == set()
