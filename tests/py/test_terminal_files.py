"""python -m tenlines and what is around it: files that must stay whole, closed streams, text that steers a terminal."""

import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from tenlines.terminal import atomic_file
from tenlines.terminal.command import main
from tenlines.terminal.stderr import visible

TENLINES = [sys.executable, "-m", "tenlines"]
QUICK = ["--iterations", "1"]
TABLE = "a,b\n1,1\n2,?\n"
on_posix = pytest.mark.skipif(sys.platform == "win32", reason="files and streams of POSIX")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.csv").write_text(TABLE)
    return tmp_path


def alone(line, **options):
    """A line of a shell, in which $T is the program."""
    environment = {**os.environ, "T": " ".join(TENLINES)}
    return subprocess.run(
        ["bash", "-c", line], capture_output=True, timeout=60, env=environment, encoding="utf-8", **options
    )


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def no_room(*_):
    raise OSError(28, os.strerror(28))


@pytest.mark.parametrize("fails", ["fsync", "replace"])
def test_a_save_that_fails_leaves_what_was_there_and_nothing_else(folder, capsys, monkeypatch, fails):
    (folder / "p.json").write_text("what was there")
    monkeypatch.setattr(atomic_file.os, fails, no_room)
    assert main([*QUICK, "--save", "p.json"]) == 2
    assert "p.json cannot be written: No space left on device." in capsys.readouterr().err
    assert (folder / "p.json").read_text() == "what was there"
    assert names_in(folder) == ["p.json", "t.csv"]


@on_posix
def test_on_a_disk_that_is_full_the_file_stays_as_it_was(folder):
    (folder / "p.json").write_text("what was there")
    done = alone("ulimit -f 0; $T --iterations 1 --save p.json")
    assert done.returncode == 2
    assert re.fullmatch(r"tenlines: p\.json cannot be written: .*\n", done.stderr)
    assert (folder / "p.json").read_text() == "what was there"
    assert names_in(folder) == ["p.json", "t.csv"]


@on_posix
def test_a_save_keeps_permissions_and_writes_what_a_link_leads_to(folder):
    (folder / "real.json").write_text("old")
    (folder / "real.json").chmod(0o640)
    (folder / "link.json").symlink_to("real.json")
    assert main([*QUICK, "--save", "link.json"]) == 0
    assert (folder / "link.json").is_symlink()
    assert json.loads((folder / "real.json").read_text())["training"]["iterations"] == 1
    assert stat.S_IMODE((folder / "real.json").stat().st_mode) == 0o640
    before = os.umask(0o027)
    try:
        assert main([*QUICK, "--save", "new.json"]) == 0
    finally:
        os.umask(before)
    assert stat.S_IMODE((folder / "new.json").stat().st_mode) == 0o640


@on_posix
def test_a_save_goes_into_a_device(folder):
    assert main([*QUICK, "--save", "/dev/null"]) == 0
    assert alone("$T --iterations 1 --save /dev/full").stderr.startswith("tenlines: /dev/full cannot be written: ")


ONTO_ITSELF = {
    "by its name": "$T t.csv --save t.csv",
    "by another name": "$T t.csv --save ./../$(basename $PWD)/t.csv",
    "by a link": "ln -s t.csv l.csv; $T t.csv --save l.csv",
    "by a second name": "ln t.csv l.csv; $T l.csv --save t.csv",
    "of standard input": "$T - --save t.csv < t.csv",
}


@on_posix
@pytest.mark.parametrize("line", ONTO_ITSELF.values(), ids=ONTO_ITSELF)
def test_the_table_is_never_replaced_by_a_save(folder, line):
    done = alone(line)
    assert done.returncode == 2
    assert "is the table itself" in done.stderr
    assert done.stdout == ""
    assert (folder / "t.csv").read_text() == TABLE


def test_a_problem_can_be_saved_where_it_came_from(folder):
    (folder / "p.json").write_text('{"training": {"iterations": 3}}')
    assert main(["--problem", "p.json", "--seed", "7", "--save", "p.json"]) == 0
    training = json.loads((folder / "p.json").read_text())["training"]
    assert (training["iterations"], training["seed"]) == (3, 7)


@pytest.mark.parametrize("arguments", [[""], ["--problem", ""], ["--save", ""], ["t.csv", "--save", ""]])
def test_an_empty_file_name_is_a_mistake(folder, capsys, arguments):
    assert main([*QUICK, *arguments]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "empty file name" in said.err


STREAMS = {  # a line: (exit status, what is said)
    "a full disk behind the answers": ("$T --iterations 1 > /dev/full", 2, "cannot be written: No space left"),
    "a full disk behind JSON": ("$T --json --iterations 1 > /dev/full", 2, "cannot be written: No space left"),
    "a full disk behind a program": ("$T --export py > /dev/full", 2, "cannot be written: No space left"),
    "no standard input": ("$T - <&-", 2, "Standard input is closed"),
    "no standard output": ("$T --iterations 1 >&-", 2, "Standard output is closed"),
    "no error output": ("$T missing.csv 2>&-", 2, ""),
    "nothing at all": ("$T missing.csv <&- >&- 2>&-", 2, ""),
    "a reader that went away": ("$T --json | true; exit ${PIPESTATUS[0]}", 141, ""),
    "answers without error output": ("$T --iterations 1 2>&-", 0, ""),
}


@on_posix
@pytest.mark.parametrize(("line", "status", "said"), STREAMS.values(), ids=STREAMS)
def test_streams_that_are_closed_or_full_end_in_a_sentence(folder, line, status, said):
    done = alone(line)
    assert done.returncode == status, done.stderr
    assert said in done.stderr
    assert done.stderr.count("\n") <= 1
    assert ("row 5" in done.stdout) == (status == 0)


@pytest.mark.parametrize("error", [MemoryError, RecursionError])
def test_what_python_cannot_bear_is_a_sentence(folder, monkeypatch, capsys, error):
    def raises(*_):
        raise error

    from tenlines import __main__

    monkeypatch.setattr("tenlines.terminal.command.train", raises)
    monkeypatch.setattr(sys, "argv", ["tenlines"])
    before = signal.getsignal(signal.SIGINT)
    try:
        assert __main__.run() == 2
    finally:
        signal.signal(signal.SIGINT, before)
    said = capsys.readouterr()
    assert said.out == ""
    assert re.fullmatch(r"tenlines: [A-Z].+\.\n", said.err)


SLOW_IMPORT = "import sys, time; sys.stdout.write('.'); sys.stdout.flush(); time.sleep(60)"


@contextmanager
def started(*arguments: str, env: dict[str, str] | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """In the foreground, where Ctrl+C is heard, also when the tests run in the background."""

    def hear() -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    process = subprocess.Popen(
        [*TENLINES, *arguments], preexec_fn=hear, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env
    )
    try:
        yield process
    finally:
        process.kill()


@on_posix
def test_ctrl_c_while_it_still_imports_is_silent(folder):
    (folder / "tqdm.py").write_text(SLOW_IMPORT)
    with started(env={**os.environ, "PYTHONPATH": str(folder)}) as process:
        assert process.stdout
        assert process.stdout.read(1) == b"."
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (130, b"", b"")


@on_posix
def test_ctrl_c_while_it_trains_ends_with_130(folder):
    with started("--iterations", "1000000000", "--save", "p.json") as process:
        deadline = time.monotonic() + 30
        while not (folder / "p.json").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (130, b"")
    assert b"Traceback" not in err


STEERING = "\x1b]0;title\x07\x9b31m\u202e\u2066\x7f"
STEERS = {  # arguments, and what is in n.csv
    "a name in an answer": ([*QUICK, "n.csv"], f'"{STEERING}",b\n1,1\n2,?\n'),
    "a cell": (["n.csv"], f'a,b\n"{STEERING}",1\n'),
    "a name in a refusal": (["n.csv"], f'"{STEERING}",b\nx,1\n'),
    "a column that is missing": (["n.csv", "--outputs", STEERING], TABLE),
    "a key": (["--problem", "n.csv"], json.dumps({STEERING: 1}, ensure_ascii=False)),
    "a setting": (["--seed", STEERING], TABLE),
    "a name of a file": ([f"{STEERING}.csv"], TABLE),
    "a name of a problem": (["--problem", f"{STEERING}.json"], TABLE),
    "an option": ([f"--{STEERING}"], TABLE),
    "a choice": (["--engine", STEERING], TABLE),
}


@on_posix
@pytest.mark.parametrize("kind", STEERS)
def test_nothing_that_steers_a_terminal_is_printed(folder, capsys, kind):
    arguments, text = STEERS[kind]
    (folder / "n.csv").write_text(text, encoding="utf-8")
    with suppress(SystemExit):
        main(arguments)
    said = capsys.readouterr()
    printed = said.out + said.err
    assert visible(printed.replace("\n", "")) == printed.replace("\n", "")
    assert "\\x1b" in printed, "but it can be seen"


@on_posix
@pytest.mark.parametrize("name", [b"\xff\xfe.csv", b"\x1b[31m\xc2\x85.csv", "größe ‮.csv".encode()], ids=str)
def test_a_file_of_any_name_is_read_and_named_in_the_program(folder, name):
    (folder / os.fsdecode(name)).write_text("a,b\n" + "1,1\n2,0\n3,?\n" * 10)
    done = subprocess.run([*TENLINES, name, *QUICK, "--export", "py"], capture_output=True, timeout=60, check=True)
    program = done.stdout.decode("utf-8")
    assert visible(program.replace("\n", "")) == program.replace("\n", "")
    assert "genfromtxt" in program
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr[-300:]
    assert len(re.findall(r"\d\.\d+", ran.stdout)) == 10


LONG = "z" * 5000
LENGTHS = {
    "a name": (["n.csv"], f"{LONG}\n1\n"),
    "names": (["n.csv"], f"a,{','.join('>' + letter * 900 for letter in 'bcdefgh')}\n1{',?' * 7}\n"),
    "a cell": (["n.csv"], f"a,b\n{LONG},1\n{LONG},1\n{LONG},1\n"),
    "a column that is missing": (["n.csv", "--outputs", LONG], TABLE),
    "a key": (["--problem", "n.csv"], json.dumps({LONG: 1})),
    "a key of the table": (["--problem", "n.csv"], json.dumps({"table": {LONG: 1}})),
    "a list for a cell": (
        ["--problem", "n.csv"],
        json.dumps({"table": {"inputs": ["a"], "outputs": ["b"], "rows": [[[1] * 5000, 1]]}}),
    ),
    "a setting": (["--seed", LONG], TABLE),
    "a name of a file": ([f"x/{'y' * 90}/{'z' * 90}.csv"], TABLE),
    "an option": ([f"--{LONG}"], TABLE),
}


@pytest.mark.parametrize("kind", LENGTHS)
def test_a_refusal_quotes_no_more_than_40_characters(folder, capsys, kind):
    arguments, text = LENGTHS[kind]
    (folder / "n.csv").write_text(text)
    with pytest.raises(SystemExit) if kind == "an option" else open(os.devnull):
        assert main(arguments) == 2
    said = capsys.readouterr().err
    assert "…" in said
    assert not re.search(r"(.)\1{40}", said)
    assert not re.search(r"1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1", said)
