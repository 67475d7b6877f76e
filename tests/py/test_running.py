"""A learner's program runs as a script does, and how it ends is told in full."""

import atexit
import importlib
import os
import subprocess
import sys
import warnings
from multiprocessing import get_context
from pathlib import Path
from threading import Thread

import pytest
from broken_programs import MISTAKES, POST

from tenlines.learner.run import MOST_TEXT, NAME, Program

# Each program has a Python of its own, as in the page; forked from this one, which has NumPy, it begins at once.
# Python warns of it where there are other threads, as in a worker of pytest-xdist; that one only waits for messages.
pytestmark = pytest.mark.filterwarnings("ignore:.*use of fork.. may lead to deadlocks:DeprecationWarning")
PYTHONS = get_context("fork") if sys.platform != "win32" else get_context("spawn")


def play(source: str, files: dict[str, str], folder: str, told) -> None:
    atexit._clear()  # a fresh Python has none of those that pytest and coverage.py have registered
    os.chdir(folder)
    for number, name in ((0, os.devnull), (1, "stdout.txt"), (2, "stderr.txt")):
        os.dup2(os.open(name, os.O_RDWR | os.O_CREAT | os.O_TRUNC), number)
    sys.stdin, sys.stdout, sys.stderr = (open(number, mode, 1) for number, mode in enumerate("rww"))  # noqa: SIM115
    sys.__stdout__, sys.__stderr__ = sys.stdout, sys.stderr
    importlib.reload(warnings)  # pytest has its own ways with them …
    fresh = Thread(target=lambda: told.send(Program(source, files).run()))  # … and a deep stack
    fresh.start()
    fresh.join()


@pytest.fixture
def run(tmp_path):
    """`run(source, **files)`: (ending, stdout, stderr)."""

    def run(source: str, **files: str) -> tuple[dict, str, str]:
        ours, theirs = PYTHONS.Pipe()
        process = PYTHONS.Process(target=play, args=(source, files, str(tmp_path), theirs))
        process.start()
        theirs.close()
        ending = ours.recv()
        process.join()
        return ending, *((tmp_path / f"{name}.txt").read_text("utf-8") for name in ("stdout", "stderr"))

    return run


def script(folder: Path, source: str) -> subprocess.CompletedProcess:
    """The oracle: Python itself."""
    (folder / NAME).write_text(source, "utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHON_COLORS": "0"}
    return subprocess.run(
        [sys.executable, NAME],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        env=environment,
    )


def test_the_posts_program_prints_what_the_post_says(run):
    ending, stdout, stderr = run(POST)
    assert (stdout, stderr) == ("[0.99993704]\n", "")
    assert ending.pop("seconds") > 0
    assert ending == {"status": 0, "error": None, "hints": [], "passes": 10_000}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_with_its_line_and_a_hint(run, name):
    broken = MISTAKES[name]
    ending, _, stderr = run(broken.source)
    if name == "an exit":
        assert (ending["status"], ending["error"], stderr) == (1, None, "enough\n")
        return
    error = ending["error"]
    assert ending["status"] == 1
    assert error["summary"].startswith(broken.says), error["summary"]
    assert error["text"].rstrip().endswith(error["summary"])
    assert "learner/run.py" not in error["text"], "none of our own frames"
    assert (error["place"] or {}).get("line") == broken.line
    hints = [hint["text"] for hint in ending["hints"]]
    if broken.hint:
        assert len(hints) == 1
        assert broken.hint in hints[0], hints
        assert hints[0].count("\n") == 0
        assert len(hints[0]) < 260


CHAINED = """\
def inner():
    return {}["a"]

def outer():
    try:
        inner()
    except KeyError as error:
        raise ValueError("wörds — 𝄞") from error

outer()
"""
GROUP = "raise ExceptionGroup('two', [ValueError('a'), TypeError('b')])\n"
MUTUAL = "def f(n):\n    return g(n)\ndef g(n):\n    return f(n)\nf(0)\n"
WARNS = "from numpy import exp, array\nprint(exp(array([1000.0])))\nx = 1 / array([0.0])\nlen is 'x'\n"
NOTES = "try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    error.add_note('a note')\n    raise\n"


WORDED = {
    "chained": CHAINED,
    "a group": GROUP,
    "mutual recursion": MUTUAL,
    "warnings": WARNS,
    "notes": NOTES,
    **{name: MISTAKES[name].source for name in ("no bracket", "tabs and spaces", "a letter wrong", "exponent")},
    **{name: MISTAKES[name].source for name in ("? as text", "deep recursion", "an interrupt of its own", "an exit")},
    **{name: MISTAKES[name].source for name in ("input", "an error without words", "closed stdout")},
}


@pytest.mark.parametrize("name", WORDED)
def test_errors_are_worded_exactly_as_python_words_them(run, tmp_path, name):
    source = WORDED[name]
    expected = script(tmp_path, source)
    ending, stdout, stderr = run(source)
    told = stderr + (ending["error"]["text"] if ending["error"] else "")
    wanted = expected.stderr.replace(str(tmp_path / NAME), NAME)
    assert (ending["status"], stdout, told) == (1 if expected.returncode else 0, expected.stdout, wanted)


def test_the_place_is_told_in_javascripts_units(run):
    place = run("text = '𝄞ä'; print(text + 1)\n")[0]["error"]["place"]
    assert place == {"line": 1, "column": 20, "end_line": 1, "end_column": 28}
    place = run("print(\n  1 +\n  '𝄞'\n)\n")[0]["error"]["place"]
    assert place == {"line": 2, "column": 2, "end_line": 3, "end_column": 6}
    place = run("x = '𝄞' ?\n")[0]["error"]["place"]
    assert place == {"line": 1, "column": 9, "end_line": 1, "end_column": 10}


def test_an_error_in_a_library_marks_the_programs_own_line(run):
    error = run("import json\n\njson.loads('{')\n")[0]["error"]
    assert error["place"]["line"] == 3
    assert "json/decoder.py" in error["text"].replace("\\", "/")


def test_it_is_main_beside_its_files_and_ends_as_a_script_does(run):
    source = (
        "import atexit, sys\natexit.register(print, 'bye')\nprint(__name__, __file__, sys.argv, open('t.csv').read())\n"
    )
    ending, stdout, _ = run(source, **{"t.csv": "a,b"})
    assert ending["status"] == 0
    assert stdout == "__main__ program.py ['program.py'] a,b\nbye\n"


@pytest.mark.parametrize(("leave", "status"), [("exit()", 0), ("exit(3)", 3), ("raise SystemExit(None)", 0)])
def test_to_leave_is_no_error(run, leave, status):
    ending, _, stderr = run(f"{leave}\nprint('not reached')\n")
    assert (ending["status"], ending["error"], stderr) == (status, None, "")


def test_a_program_that_spoils_its_file_still_shows_its_lines(run):
    error = run("open(__file__, 'w').close()\n1 / 0  # here\n")[0]["error"]
    assert "1 / 0  # here" in error["text"]


def test_an_error_of_a_million_letters_is_cut_in_its_middle(run):
    error = run("raise ValueError('a' * 10**6 + 'z')\n")[0]["error"]
    assert len(error["text"]) < MOST_TEXT + 100
    assert "characters left out" in error["text"]
    assert error["text"].endswith("az\n")


def test_what_is_not_a_number_is_seen_at_the_end_and_warnings_have_their_line(run):
    hints = run("from numpy import array\nx = array([1.0]) / 0\ny = x - x\n")[0]["hints"]
    assert [hint["line"] for hint in hints] == [2, 3, None]
    assert "y holds nan" in hints[-1]["text"]


def test_a_recursion_limit_of_its_own_is_not_ours(run):
    assert run("import sys\nsys.setrecursionlimit(50)\n1 / 0\n")[0]["error"]["summary"].startswith("ZeroDivisionError")
