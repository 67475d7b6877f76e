"""dist/site as it is built."""

import _imp
import base64
import gzip
import hashlib
import importlib.util
import json
import os
import re
import sys
import tempfile
from pathlib import Path

import pytest
from tools import ROOT, SITE, build

import apart
import archives
import assemble
import environment
import packs
import runtime
import stamp
from console import Stop
from tenlines.page.late_modules import Rest, unpack

PYTHON = SITE / "python"
PYTHON_3_13 = (3571).to_bytes(2, "little") + b"\r\n"  # the number its bytecode starts with
PACKS = ("pack", "numpy", "rest")


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory) -> dict[str, dict[str, bytes]]:
    """The files of each pack of the site, by name."""
    contents = {}
    for name in PACKS:
        folder = tmp_path_factory.mktemp(name)
        (file,) = PYTHON.glob(f"{name}-*.bin")
        unpack(gzip.decompress(file.read_bytes()), folder)
        contents[name] = {path.relative_to(folder).as_posix(): path.read_bytes() for path in stamp.files(folder)}
    return contents


def test_a_pack_is_unpacked_as_it_was_packed_and_the_same_each_time(tmp_path):
    files = {"a.py": b"x = 1\n", "b/c/d.so": bytes(range(256)), "b/empty": b""}
    unpack(archives.pack(files), tmp_path)
    assert {name: (tmp_path / name).read_bytes() for name in files} == files
    assert archives.gzipped(archives.pack(files)) == archives.gzipped(archives.pack(files))


def test_docstrings_are_blanked_and_nothing_else_moves():
    source = '''"""Module
of two lines"""
class A:
    r"""Class"""
    x = "kept"
    def f(self):
        """One""" ; return 1
    async def g(self):
        "Two \\
        lines"
        return f"""kept"""
def only_a_docstring():
    """So it needs no pass."""
raise ValueError
'''
    blanked = archives.blanked(source.encode()).decode()
    names: dict = {}
    with pytest.raises(ValueError) as stopped:
        exec(compile(blanked, "blanked", "exec"), names)
    assert stopped.traceback[-1].lineno == len(source.splitlines()) - 1
    assert (names["A"]().f(), names["A"].x) == (1, "kept")
    assert not any(thing.__doc__ for thing in (names["A"], names["A"].f, names["A"].g, names["only_a_docstring"]))
    assert not re.search("Module|Class|One|Two|needs", blanked)
    assert archives.blanked(b"of another Python: (") == b"of another Python: ("


def test_every_module_is_in_one_pack(unpacked):
    names = [name for pack in PACKS for name in unpacked[pack]]
    assert len(names) == len(set(names))
    tree = {path.relative_to(runtime.TREE).as_posix() for path in stamp.files(runtime.TREE)}
    assert set(names) <= tree
    left_out = {name for name in tree - set(names) if not name.startswith(packs.NO_USE_HERE)}
    assert left_out, "what is frozen into the interpreter"
    assert all(_imp.is_frozen(name) or name in packs.FROZEN for name in packs.modules(left_out))


def test_the_packs_hold_what_they_are_for(unpacked):
    site = runtime.SITE_PACKAGES
    page, training = f"{site}/tenlines/page", f"{site}/tenlines/training"
    assert {f"{page}/api", f"{page}/late_modules", "json/__init__"} <= modules(unpacked["pack"])
    assert not [name for name in unpacked["pack"] if "numpy" in name]
    assert {f"{site}/numpy/__init__", f"{training}/gradient_descent", "datetime"} <= modules(unpacked["numpy"])
    assert {"statistics", f"{site}/numpy/fft/__init__", f"{site}/tenlines/__main__"} <= modules(unpacked["rest"])


def modules(files) -> set[str]:
    return {name.rsplit(".", 1)[0] for name in files if name.endswith((".py", ".pyc"))}


def test_the_site_has_the_bytecode_of_the_pages_python_where_venv_can_make_it(unpacked):
    bytecode = environment.makes_bytecode()
    for pack in PACKS:
        code = {name: data for name, data in unpacked[pack].items() if name.endswith((".py", ".pyc"))}
        assert {Path(name).suffix for name in code} == {".pyc" if bytecode else ".py"}, pack
        starts = {data[:4] for name, data in code.items() if name.endswith(".pyc")}
        assert starts == ({PYTHON_3_13} if bytecode else set()), pack


@pytest.mark.parametrize("trace", [str(ROOT), tempfile.gettempdir() + "/tenlines-", os.environ["PATH"]])
def test_nothing_of_the_computer_that_built_it_is_in_the_site(trace):
    for path in stamp.files(SITE):
        data = path.read_bytes()
        assert trace.encode() not in (gzip.decompress(data) if path.suffix == ".bin" else data), path.name


@pytest.mark.parametrize(
    ("files", "names"),
    [
        (["decimal.pyc", "json/__init__.py", "json/tool.pyc"], ["decimal", "json", "json.tool"]),
        (["site-packages/numpy/fft/_x.cpython-313-wasm32-emscripten.so"], ["numpy.fft._x"]),
        (["site-packages/numpy/ma/LICENSE", "ctypes/macholib/fetch_macholib.bat"], []),
    ],
)
def test_modules_go_by_the_names_they_are_imported_by(files, names):
    assert packs.modules(files) == names


class Bytes(bytes):
    def to_bytes(self) -> bytes:
        return bytes(self)


@pytest.fixture
def finder(tmp_path, monkeypatch):
    """A finder of one module, `tenlines_rest`, last among the others; `finder(fetch)` puts it there."""
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])

    def install(fetch) -> list[Rest]:
        sys.meta_path.append(Rest(" tenlines_rest ", fetch, str(tmp_path)))
        return [each for each in sys.meta_path if isinstance(each, Rest)]

    yield install
    sys.modules.pop("tenlines_rest", None)


PACK = archives.pack({"tenlines_rest.py": b"answer = 42\n"})
ON_THE_WAY = {  # what a host may make of the file
    "as it is": archives.gzipped,
    "gunzipped": lambda pack: pack,
    "gzipped twice": lambda pack: gzip.compress(archives.gzipped(pack)),
}


@pytest.mark.parametrize("way", ON_THE_WAY)
def test_what_is_missing_is_fetched_when_it_is_imported(finder, way):
    fetched = []

    def fetch() -> Bytes:
        fetched.append(1)
        return Bytes(ON_THE_WAY[way](PACK))

    finder(fetch)
    assert importlib.util.find_spec("tenlines_other") is None
    assert fetched == []
    assert importlib.import_module("tenlines_rest").answer == 42
    assert fetched == [1]
    assert not [each for each in sys.meta_path if isinstance(each, Rest)], "it has nothing left to find"


NOT_IT = {"no file": None, "a web page": b"<!doctype html><title>Log in</title>", "nothing": b""}


@pytest.mark.parametrize("what", NOT_IT)
def test_what_cannot_be_fetched_is_said_and_asked_for_again(finder, what):
    def fetch() -> Bytes:
        if (data := NOT_IT[what]) is None:
            raise OSError("python/rest.bin (404)")
        return Bytes(data)

    finder(fetch)
    for _ in range(2):
        with pytest.raises(ImportError, match=r"tenlines_rest is not here, and could not be fetched.*reload the page"):
            importlib.import_module("tenlines_rest")


def test_another_pyodide_stops_the_build_with_what_to_look_at(tmp_path):
    for name in runtime.RELIED_ON:
        (tmp_path / name).write_bytes((runtime.PYODIDE / name).read_bytes())
    runtime.check(tmp_path)
    (tmp_path / "pyodide.asm.js").write_text("another one")
    with pytest.raises(
        Stop, match=r"pyodide\.asm\.js .*web/python/snapshot\.js and py/build/snapshot\.mjs .*RELIED_ON"
    ):
        runtime.check(tmp_path)


def test_the_frame_of_programs_lets_in_its_own_script_and_no_connection():
    script = apart.script(assemble.TARGETS)
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', apart.page(script))
    rules = {name: values for name, *values in map(str.split, policy.split(";"))}
    hashed = f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
    assert rules == {
        "default-src": ["'none'"],
        "script-src": [hashed, "blob:", "'wasm-unsafe-eval'"],
        "worker-src": ["blob:"],
        "connect-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    assert hashed in (SITE / "index.html").read_text("utf-8"), "the page's policy rules the frame too"
    (later,) = SITE.glob("later.js-*.bin")
    code = gzip.decompress(later.read_bytes()).decode()
    assert hashed in code
    assert re.search(r'setAttribute\("sandbox","allow-scripts"\)', code), "nothing else is allowed to it"


def test_a_second_build_does_nothing():
    def state() -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in stamp.files(SITE.parent)}

    before = state()
    done = build("site", "--verbose")
    assert done.returncode == 0
    assert "dist/site is up to date" in done.stdout
    assert "$ " not in done.stdout  # no program was run
    assert state() == before


def test_the_service_worker_lists_every_file_of_the_site_and_what_it_holds():
    worker = (SITE / "sw.js").read_text("utf-8")
    listed = dict(re.findall(r'"([^"]+)":"([\w+/]{43}=)"', worker))
    there = {path.relative_to(SITE).as_posix(): bytes.fromhex(stamp.sha256(path)) for path in stamp.files(SITE)}
    kept = {name: sha256 for name, sha256 in there.items() if not name.endswith(".map") and name != "sw.js"}
    assert {name: base64.b64decode(sha256) for name, sha256 in listed.items()} == kept
    assert {"index.html", "manifest.webmanifest", "icons/icon-512.png", "notices.txt"} <= listed.keys()


def test_the_manifest_the_icons_and_the_page_agree():
    manifest = json.loads((SITE / "manifest.webmanifest").read_text("utf-8"))
    html = (SITE / "index.html").read_text("utf-8")
    linked = re.findall(r'href="((?:icons|manifest)[^"]*)"', html)
    for name in [*linked, *(icon["src"] for icon in manifest["icons"])]:
        assert (SITE / name).is_file(), name
    style = (ROOT / "web" / "style.css").read_text("utf-8")
    for color in {manifest["theme_color"], manifest["background_color"], *re.findall(r'content="(#\w+)"', html)}:
        assert f"--paper: {color};" in style
    assert manifest["description"] in html
