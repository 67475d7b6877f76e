"""The steps of build.py, and the programs they need."""

import os
import sys
from pathlib import Path

import pytest
import workers
from tools import build, program

import browsers
import commands
import environment
import node
import stamp
import suite
from console import Stop


def test_an_interrupted_step_is_done_again(tmp_path):
    mark = tmp_path / "stamp"
    with stamp.renewed(mark, "one"):
        pass
    assert stamp.is_current(mark, "one")
    with pytest.raises(KeyboardInterrupt), stamp.renewed(mark, "two"):
        raise KeyboardInterrupt
    assert not stamp.is_current(mark, "one") and not stamp.is_current(mark, "two")


def test_a_digest_tells_names_contents_and_places_apart(tmp_path):
    seen = {stamp.digest(tmp_path)}
    for name, text in [("a", "1"), ("a", "2"), ("b", "2"), ("sub/a", "1")]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
        seen.add(stamp.digest(tmp_path))
    assert len(seen) == 5
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_text("")
    assert stamp.digest(tmp_path) in seen


def test_a_python_that_does_not_run_is_passed_over(tmp_path, monkeypatch):
    program(tmp_path / "bin" / "shim", "echo 'the command exists in another version' >&2; exit 127")
    monkeypatch.setattr(environment, "candidates", lambda: iter([tmp_path / "bin" / "shim", tmp_path / "absent"]))
    assert environment.find_python() == sys.executable


@pytest.mark.parametrize(("wanted", "there"), [("1", True), ("0", False), (None, False)])
def test_pytorch_is_installed_only_for_tests_that_are_to_use_it(monkeypatch, wanted, there):
    installed = []
    monkeypatch.setattr(environment, "make_venv", lambda: None)
    monkeypatch.setattr(environment, "install", lambda file, are_locked=True: installed.append((file, are_locked)))
    monkeypatch.delenv("TENLINES_TORCH", raising=False)
    if wanted is not None:
        monkeypatch.setenv("TENLINES_TORCH", wanted)
    environment.environment()
    assert installed == [(environment.REQUIREMENTS, True)]
    environment.environment(tests=True)
    assert ((environment.TORCH_REQUIREMENTS, False) in installed) is there
    assert "torch==" in environment.TORCH_REQUIREMENTS.read_text("utf-8")


def test_an_old_node_is_named_with_its_remedy(tmp_path, monkeypatch):
    program(tmp_path / "bin" / "node", "echo v18.19.0")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    with pytest.raises(Stop, match=r"v18\.19\.0 .* is too old\. Install Node 20"):
        node.check()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Stop, match="node was not found"):
        node.check()


@pytest.mark.parametrize(
    ("arguments", "uses"),
    [
        ([], True),
        (["-k", "train"], True),
        (["tests"], True),
        (["tests/web/test_page_answer.py::test_x"], True),
        (["-x", "tests/build"], False),
        (["tests/build", "tests/web"], True),
    ],
)
def test_browsers_are_looked_for_only_where_tests_use_them(arguments, uses):
    assert suite.uses_browsers(arguments) is uses


@pytest.mark.parametrize(
    ("arguments", "are"),
    [
        ([], True),
        (["-q", "--maxfail=2"], True),
        (["tests/web", "tests/py"], True),
        (["-k", "train"], False),
        (["tests/test_tools.py"], False),
        (["tests/web/test_page_answer.py::test_x"], False),
        (["-n", "4"], False),
        (["--pdb"], False),
    ],
)
def test_two_workers_run_what_takes_long_and_not_what_is_chosen(arguments, are):
    assert suite.is_long(arguments) is are


def test_browsers_that_were_all_found_are_not_looked_for_again_before_a_chosen_test(tmp_path, monkeypatch):
    for browser in browsers.ALL:
        monkeypatch.delenv(browser.variable, raising=False)
    monkeypatch.setattr(suite, "BROWSERS", tmp_path / "browsers.json")
    found = {browser.variable: str(tmp_path / browser.name) for browser in browsers.ALL}
    monkeypatch.setattr(browsers, "provide", lambda: found)
    assert suite.remembered() == {}
    assert suite.find_and_remember() == found
    assert suite.remembered() == {}, "their programs are gone"
    for path in found.values():
        program(Path(path), "exit 0")
    assert suite.remembered() == found
    monkeypatch.setenv(browsers.ALL[0].variable, "another")
    assert suite.remembered() == {}
    monkeypatch.delenv(browsers.ALL[0].variable)
    found.popitem()
    suite.find_and_remember()
    assert suite.remembered() == {}, "the one that is missing may have come"


def test_a_worker_gets_a_files_tests_in_one_engine_and_all_of_webkits():
    share = workers.share
    one = "tests/web/test_a.py::test_x[chromium-a-b]"
    assert share(one) == share("tests/web/test_a.py::test_y[chromium]")
    assert share(one) != share("tests/web/test_b.py::test_x[chromium]")
    assert share(one) != share("tests/web/test_a.py::test_x[firefox-a-b]")
    assert share("tests/web/test_a.py::test_x[webkit]") == share("tests/web/test_b.py::test_y[webkit-c]")
    assert share("tests/py/test_c.py::test_of[a chromium]") == share("tests/py/test_c.py::test_of[webkit.js]")


def test_pytest_gets_its_arguments_as_they_are(monkeypatch):
    got = []
    monkeypatch.setattr(commands.assemble, "site", lambda wheel: got.append(wheel))
    monkeypatch.setattr(suite, "run", lambda arguments: got.append(arguments) or 0)
    assert commands.main(["test", "-k", "a or b", "-x", "--numpy-wheel", "w", "tests/py", "--maxfail=2", "-vv"]) == 0
    assert got == [Path("w"), ["-k", "a or b", "-x", "tests/py", "--maxfail=2", "-vv"]]


def test_an_unknown_option_is_refused():
    done = build("site", "--prot", "80")
    assert (done.returncode, "--prot" in done.stderr) == (2, True)
