"""python -m tenlines: what it prints, takes, writes and refuses."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from tenlines.problem import Problem
from tenlines.terminal.command import main

POSTS_ANSWER = 0.9999370428352157
POST_CSV = "x1,x2,x3,y\n0,0,1,0\n1,1,1,1\n1,0,1,1\n0,1,1,0\n1,0,0,?\n"
TENLINES = [sys.executable, "-m", "tenlines"]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def tell(folder, capsys, monkeypatch):
    """Runs the program in this process: tell("a.csv", "--json", stdin="…") -> exit code, stdout, stderr."""

    def run(*arguments, stdin=""):
        data = stdin if isinstance(stdin, bytes) else stdin.encode()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as exit:
            code = exit.code
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def alone(*arguments, **options):
    """The program as a process of its own."""
    return subprocess.run([*TENLINES, *arguments], capture_output=True, text=True, timeout=60, **options)


def test_without_arguments_it_answers_the_posts_question(tell):
    code, out, err = tell()
    assert code == 0
    assert err == ""
    assert "row 5  x1=1 x2=0 x3=0  y = 0.9999370428352157  likely 1" in out
    assert "after 10,000 iterations" in out


def test_as_a_process_it_says_the_same_and_shows_no_progress_into_a_file(tell):
    done = alone("--iterations", "60000")
    code, out, _ = tell("--iterations", "60000")
    assert (done.returncode, done.stdout, done.stderr) == (code, out, "") == (0, out, "")


def test_a_long_run_shows_progress_on_a_terminal():
    pty, termios = pytest.importorskip("pty"), pytest.importorskip("termios")
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    process = subprocess.Popen([*TENLINES, "--iterations", "150000"], stdout=subprocess.PIPE, stderr=theirs)
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 1024):
            shown += part
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert b"150000" in shown
    assert b"%" in shown
    assert b"%" not in out


@pytest.mark.parametrize("how", ["a file", "standard input", "a file with a byte order mark"])
def test_a_table_comes_from(tell, folder, how):
    (folder / "post.csv").write_text(POST_CSV, encoding="utf-8-sig" if "mark" in how else "utf-8")
    code, out, err = tell("-", stdin=POST_CSV) if how == "standard input" else tell("post.csv")
    assert (code, err) == (0, "")
    assert "y = 0.9999370428352157" in out


def test_json_has_exactly_the_promised_shape(tell):
    code, out, err = tell("--json")
    assert (code, err) == (0, "")
    report = json.loads(out)
    assert report.pop("error") == pytest.approx(0.00795485, rel=1e-6)
    assert report == {
        "problem": Problem().to_dict(),
        "predictions": [{"row": 5, "column": "y", "value": POSTS_ANSWER}],
        "diagnosis": [],
        "iterations": 10_000,
    }


def test_json_names_every_unknown_cell_in_table_order(tell):
    _, out, _ = tell("-", "--json", "--iterations", 3, stdin="a,>p,>q\n1,?,?\n2,1,0\n3,?,1\n")
    found = [(answer["row"], answer["column"]) for answer in json.loads(out)["predictions"]]
    assert found == [(1, "p"), (1, "q"), (3, "p")]


@pytest.mark.parametrize(
    ("words", "part", "setting"),
    [
        ("--loss mean_squared", "training", {"loss": "mean_squared"}),
        ("--loss mean-squared", "training", {"loss": "mean_squared"}),
        ("--loss cross_entropy", "training", {"loss": "cross_entropy"}),
        ("--output-activation tanh --bias", "network", {"output": "tanh", "bias": True}),
        ("--output-activation leaky-relu", "network", {"output": "leaky_relu"}),
        ("--hidden 8", "network", {"hidden": [{"units": 8, "activation": "sigmoid"}]}),
        (
            "--hidden 3,2 --activation leaky-relu",
            "network",
            {"hidden": [{"units": 3, "activation": "leaky_relu"}, {"units": 2, "activation": "leaky_relu"}]},
        ),
        ("--hidden 0", "network", {"hidden": []}),
        ("--batch-size 2 --shuffle", "training", {"batch_size": 2, "shuffle": True}),
        ("--batch-size 1_000 --no-shuffle", "training", {"batch_size": 1000, "shuffle": False}),
    ],
)
def test_a_flag_changes_its_setting(tell, words, part, setting):
    code, out, err = tell("--json", "--iterations", "3", *words.split())
    assert (code, err) == (0, "")
    assert json.loads(out)["problem"][part].items() >= setting.items()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("--hidden 0,2", "Units of hidden layer 1 is 0. Write a whole number, from 1"),
        ("--hidden x", "Units of hidden layer 1 is “x”. Write a whole number"),
        ("--hidden 8 --activation softmax", "Activation of hidden layer 1 is “softmax”. Choose “sigmoid”"),
        ("--activation tanh", "--activation is for hidden layers, and there are none. Add some, as in --hidden 8."),
        ("--output-activation softmax", "With one output, softmax always says 1. Add an output"),
        (
            "--output-activation linear --loss cross_entropy",
            "Cross-entropy does not go with a linear output. Choose sigmoid",
        ),
        ("--batch-size 0", "Batch size is 0. Write a whole number, 1 or more."),
        (
            "--loss cross_entropy --output-activation tanh",
            "Cross-entropy does not go with a tanh output. Choose sigmoid",
        ),
    ],
)
def test_a_flag_that_does_not_fit_is_refused_with_the_remedy(tell, words, sentence):
    code, out, err = tell(*words.split())
    assert (code, out) == (2, "")
    assert sentence in err


def test_flags_change_the_layers_of_a_saved_problem(tell, folder):
    (folder / "deep.json").write_text('{"network": {"hidden": [{"units": 3}, {"units": 2, "activation": "tanh"}]}}')
    _, out, _ = tell("--problem", "deep.json", "--activation", "relu", "--json", "--iterations", "3")
    hidden = json.loads(out)["problem"]["network"]["hidden"]
    assert hidden == [{"units": 3, "activation": "relu"}, {"units": 2, "activation": "relu"}]


def test_the_help_says_which_outputs_a_loss_goes_with(tell):
    help = " ".join(tell("--help")[1].split())
    assert "(cross_entropy for sigmoid and softmax, the others for all but softmax): squared, mean_squared," in help
    assert "what an output makes of its sum: sigmoid, tanh, linear, softmax" in help


def test_a_table_without_unknown_cells_says_so(tell):
    code, out, _ = tell("-", stdin="a,b\n0,0\n1,1\n")
    assert code == 0
    assert "No cell is ?" in out
    assert json.loads(tell("-", "--json", stdin="a,b\n0,0\n1,1\n")[1])["predictions"] == []


WORDS = [
    ("1,1,1\n1,1,0\n1,1,?\n", "it has not learned this table: 2 of 2 rows are wrong"),
    (POST_CSV, "likely 1"),
    ("a,b\n1,0\n1,?\n", "likely 0"),
]


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_the_answer_is_told_in_words(tell, text, words):
    assert words in tell("-", stdin=text)[1]


def test_words_are_left_out_where_the_known_cells_are_not_0_or_1(tell):
    _, out, _ = tell("-", stdin="a,b\n1,0.7\n1,?\n")
    assert "likely" not in out
    assert "leans" not in out


def test_settings_of_the_command_line(tell):
    _, out, _ = tell("--json", "--iterations", 12, "--learning-rate", "0.25", "--seed", 7)
    report = json.loads(out)
    assert report["iterations"] == 12
    training = report["problem"]["training"]
    assert (training["iterations"], training["learning_rate"], training["seed"]) == (12, 0.25, 7)
    assert report["predictions"][0]["value"] != POSTS_ANSWER


@pytest.mark.parametrize("engine", ["numpy", "compiled"])
def test_an_optimizer_of_the_command_line(tell, engine):
    flags = ["--optimizer", "adam", "--learning-rate", 0.03, "--iterations", 500]
    code, out, _ = tell("--json", *flags, "--engine", engine)
    report = json.loads(out)
    assert code == 0
    assert report["problem"]["training"]["optimizer"] == "adam"
    assert report["predictions"][0]["value"] > 0.99


@pytest.mark.parametrize("written", [".5", "0.5", "5e-1", "+0.5", "00.5", "0.50"])
def test_a_number_may_be_written_as_in_a_cell(tell, written):
    code, out, err = tell("--json", "--iterations", 1, "--learning-rate", written)
    assert (code, err) == (0, "")
    assert json.loads(out)["problem"]["training"]["learning_rate"] == 0.5


def test_no_iterations_answer_with_the_initial_weights(tell):
    code, out, _ = tell("--json", "--iterations", 0)
    assert code == 0
    assert json.loads(out)["iterations"] == 0
    assert json.loads(tell("--json", "--learning-rate", 0)[1])["predictions"] == json.loads(out)["predictions"]


def test_outputs_go_over_the_marks(tell):
    _, out, _ = tell("-", "--json", "--iterations", 1, "--outputs", "a, c", stdin="a,>b,c\n1,2,3\n?,5,6\n")
    table = json.loads(out)["problem"]["table"]
    assert table == {"inputs": ["b"], "outputs": ["a", "c"], "rows": [[2, 1, 3], [5, None, 6]]}


def test_outputs_of_a_saved_problem_can_be_chosen_anew(tell, folder):
    table = {"inputs": ["a", "b"], "outputs": ["c"], "rows": [[1, 2, 3]]}
    (folder / "p.json").write_text(json.dumps({"table": table}))
    _, out, _ = tell("--problem", "p.json", "--json", "--iterations", 1, "--outputs", "a")
    assert json.loads(out)["problem"]["table"] == {
        "inputs": ["b", "c"],
        "outputs": ["a"],
        "rows": [[2, 3, 1]],
    }


def test_a_saved_problem_gives_the_same_run_again(tell, folder):
    (folder / "table.csv").write_text(POST_CSV)
    settings = ["--iterations", 50, "--learning-rate", 0.5, "--seed", 3]
    _, first, _ = tell("table.csv", *settings, "--save", "p.json", "--json")
    _, again, _ = tell("--problem", "p.json", "--save", "q.json", "--json")
    assert first == again
    assert (folder / "p.json").read_bytes() == (folder / "q.json").read_bytes()
    assert json.loads((folder / "p.json").read_text()) == json.loads(first)["problem"]


def test_a_table_replaces_that_of_the_problem_and_keeps_its_settings(tell, folder):
    (folder / "p.json").write_text(json.dumps({"training": {"iterations": 9}, "network": {"bias": True}}))
    _, out, _ = tell("--problem", "p.json", "-", "--json", stdin="a,b\n1,2\n")
    problem = json.loads(out)["problem"]
    assert problem["table"]["inputs"] == ["a"]
    assert problem["training"]["iterations"] == 9
    assert problem["network"]["bias"] is True


def test_names_of_any_script_can_be_printed_anywhere(folder):
    (folder / "t.csv").write_text("größe,身長\n1,1\n2,?\n", encoding="utf-8")
    done = alone("t.csv", "--iterations", "1", env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert done.returncode == 0, done.stderr
    assert "row 2" in done.stdout


DIVERGES = {
    "table": {"inputs": ["a"], "outputs": ["y"], "rows": [[1, 1], [2, 0], [3, None]]},
    "network": {"output": "linear"},
    "training": {"learning_rate": 10},
}


def test_a_run_that_diverges_says_when_and_answers_with_the_last_good_state(tell, folder):
    (folder / "p.json").write_text(json.dumps(DIVERGES))
    code, out, err = tell("--problem", "p.json", "--json")
    report = json.loads(out)
    assert code == 1
    assert f"iteration {report['diverged']}" in err
    assert report["iterations"] == report["diverged"] - 1
    assert f"iteration {report['iterations']}" in err
    assert "smaller --learning-rate" in err


@pytest.mark.parametrize("written", ["2000", "2,000", "2.000", "2 000", "2\u202f000", "2'000", "2_000", "２０００"])
def test_iterations_and_seed_take_grouped_thousands(tell, written):
    code, out, err = tell("--iterations", written, "--seed", written, "--learning-rate", "0,5", "--json")
    assert (code, err) == (0, "")
    assert tell("--iterations", "2000", "--seed", "2000", "--learning-rate", "0.5", "--json")[1] == out


def test_a_file_with_decimal_commas_is_answered_and_that_is_said_apart_from_the_answers(tell):
    code, out, err = tell("-", stdin="a;y\n0,5;0\n1,5;1\n2,5;?\n")
    assert (code, err) == (0, "tenlines: Decimal commas were read: 0,5 is 0.5.\n")
    assert out == tell("-", stdin="a,y\n0.5,0\n1.5,1\n2.5,?\n")[1]


REFUSED = {
    "letters in a cell": (["-"], "a,b\n1,x\n", ["Line 2", "b:", "“x”"]),
    "nothing": (["-"], "", ["no data"]),
    "a picture": (["-"], b"\x89PNG\0", ["binary"]),
    "no known row": (["-"], "a,b\n1,?\n", ["known"]),
    "an output that is not there": (["-", "--outputs", "c"], "a,b\n1,2\n", ["“c”", "a, b"]),
    "an output with a ? that becomes an input": (["--outputs", "x1"], "", ["Row 5", "y", "needs a number"]),
    "no name of an output": (["--outputs", ""], "", []),
    "a file that is not there": (["missing.csv"], "", ["missing.csv"]),
    "a folder": (["."], "", ["."]),
    "a problem that is not there": (["--problem", "missing.json"], "", ["missing.json"]),
    "a problem that is a folder": (["--problem", "."], "", ["."]),
    "a problem that is no JSON": (["--problem", "table.csv"], "", ["table.csv", "not JSON"]),
    "a problem that is binary": (["--problem", "binary"], "", ["binary", "not text in UTF-8"]),
    "a problem that is nested without end": (["--problem", "deep.json"], "", ["deep.json"]),
    "a problem with an unknown field": (["--problem", "unknown.json"], "", ["training.momentum", "known"]),
    "a problem that is a list": (["--problem", "list.json"], "", ["must be an object"]),
    "negative iterations": (["--iterations", "-1"], "", ["Iterations", "-1", "whole number"]),
    "half an iteration": (["--iterations", "1.5"], "", ["Iterations", "1.5", "whole number"]),
    "iterations in words": (["--iterations", "many"], "", ["Iterations", "“many”"]),
    "iterations null": (["--iterations", "null"], "", ["Iterations", "null"]),
    "a negative learning rate": (["--learning-rate", "-1"], "", ["Learning rate", "-1"]),
    "a learning rate that can be two": (["--learning-rate", "1,234"], "", ["Learning rate", "“1,234” can be 1234 or"]),
    "prices that can be two": (["-"], "a;p\n1;125.000\n", ["Line 2", "p:", "“125.000” can be 125000 or 125"]),
    "an infinite learning rate": (["--learning-rate", "1e999"], "", ["Learning rate"]),
    "a learning rate that is not a number": (["--learning-rate", "NaN"], "", ["Learning rate"]),
    "a seed too large": (["--seed", "4294967296"], "", ["Random start", "4294967296", "4,294,967,295"]),
    "a value nested without end": (["--seed", "[" * 50_000], "", ["Random start"]),
    "an option that is not there": (["--epochs", "5"], "", ["--epochs"]),
    "a folder to save to": (["--iterations", "1", "--save", "."], "", ["."]),
    "a place to save to that is not there": (["--iterations", "1", "--save", "no/p.json"], "", ["p.json"]),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "stdin", "words"), REFUSED.values(), ids=REFUSED)
def test_bad_input_ends_with_2_and_a_sentence_on_the_error_output(tell, folder, arguments, stdin, words):
    (folder / "table.csv").write_text(POST_CSV)
    (folder / "binary").write_bytes(bytes(range(256)))
    (folder / "deep.json").write_text("[" * 100_000)
    (folder / "list.json").write_text("[]")
    (folder / "unknown.json").write_text('{"training": {"momentum": 0.9}}')
    code, out, err = tell(*arguments, stdin=stdin)
    assert code == 2
    assert out == ""
    assert err
    assert "Traceback" not in err
    assert "Errno" not in err, "words for people, not numbers of the system"
    assert len(err) < 500
    missing = [word for word in words if word not in err]
    assert not missing, err


def test_where_it_cannot_save_it_says_so_before_training(tell, monkeypatch):
    monkeypatch.setattr("tenlines.terminal.command.Run", lambda problem: pytest.fail("trained first"))
    code, _, err = tell("--save", "no/p.json")
    assert code == 2
    assert "p.json" in err


@pytest.mark.parametrize("option", [["--problem", "p.json"], ["table.csv"], []], ids=str)
def test_a_process_that_is_refused_prints_no_traceback(folder, option):
    (folder / "p.json").write_text('{"training": {"seed": -1}}')
    done = alone(*option, *([] if option else ["--save", "no/p.json", "--iterations", "1"]))
    assert done.returncode == 2
    assert done.stderr.startswith("tenlines: ")
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_ends_a_long_run_quietly(folder):
    saved = folder / "p.json"  # there as soon as the run begins
    process = subprocess.Popen(
        [*TENLINES, "--iterations", "1000000000", "--save", str(saved)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a job in the background ignores it
    )
    deadline = time.monotonic() + 30
    while not saved.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    try:
        while process.poll() is None and time.monotonic() < deadline:  # pressed again, as people do
            process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=2)
        out, err = process.communicate(timeout=2)
    finally:
        process.kill()
    assert process.returncode not in (0, 1)
    assert "Traceback" not in err
    assert out == ""


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
def test_a_reader_that_goes_away_is_no_error_to_shout_about(folder):
    rows = "1,?\n" * 3_000
    (folder / "t.csv").write_text("a,b\n1,1\n" + rows)
    process = subprocess.Popen(
        [*TENLINES, "t.csv", "--iterations", "1"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout
    assert process.stderr
    process.stdout.read(10)
    process.stdout.close()
    err = process.stderr.read().decode()
    process.stderr.close()
    process.wait(timeout=20)
    assert "Traceback" not in err
    assert "BrokenPipeError" not in err


def test_the_help_names_every_option(tell):
    code, out, _ = tell("--help")
    assert code == 0
    for option in ("--problem", "--save", "--json", "--outputs", "--iterations", "--learning-rate", "--seed"):
        assert option in out


def long_table(write, rows=25):
    """A table too long for the program, each row written by `write` from a, b and the output."""
    return "".join(write(n / 3, n % 4, n % 2 if n % 5 else "?") + "\n" for n in range(rows))


LONG = {
    "as the page writes it": ("a,b,y\n" + long_table("{},{},{}".format), [], True),
    "with semicolons, the output first": (">y;a;b\n" + long_table(lambda a, b, y: f"{y};{a};{b}"), [], True),
    "with the output named": ("y\tb\ta\n\n" + long_table(lambda a, b, y: f"{y}\t{b}\t{a}"), ["--outputs", "y"], True),
    "without names": (long_table("{},{},{}".format), [], True),
    "without names, after a byte order mark": ("\ufeff1,2,1\n" + long_table("{},{},{}".format), [], False),
    "with a comma in a name in quotes": ('"a,b",b,y\n' + long_table("{},{},{}".format), [], True),
    "with numbers in quotes": ("a,b,y\n" + long_table('"{}",{},{}'.format), [], False),
    "with a typographic minus": ("a,b,y\n−1,2,1\n" + long_table("{},{},{}".format), [], False),
    "with decimal commas": ("a;b;y\n0,5;1,25;1\n" + long_table("{};{};{}".format), [], False),
    "with thousands": ("a,b,y\n1.234,1,1\n1.234.567,1,1\n" + long_table("{1},{1},{2}".format), [], False),
    "with Excel's first line": ("sep=;\na;b;y\n" + long_table("{};{};{}".format), [], True),
    "with a formula for a name": ("'=1+1,b,y\n" + long_table("{},{},{}".format), [], True),
    "with a line of commas": (long_table("{},{},{}".format) + ",,\n1,2,1\n", [], False),
}


@pytest.mark.parametrize(("table", "options", "is_read"), LONG.values(), ids=LONG)
def test_export_py_prints_a_program_that_runs_beside_the_file_and_answers_the_same(
    folder, tell, table, options, is_read
):
    (folder / "my table.csv").write_text(table, encoding="utf-8")
    code, program, err = tell("my table.csv", "--iterations", "20", "--export", "py", *options)
    assert code == 0
    assert "Traceback" not in err
    assert ("my table.csv" in program) == is_read, "what NumPy would read otherwise stands in the program"
    done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True)
    _, report, _ = tell("my table.csv", "--iterations", "20", "--json", *options)
    answers = [answer["value"] for answer in json.loads(report)["predictions"]]
    assert [float(text.strip("[]")) for text in done.stdout.split() if text.strip("[]")] == pytest.approx(
        answers, abs=1e-8
    )


def test_export_py_of_what_is_no_file_keeps_the_table_in_the_program(tell):
    _, program, _ = tell("-", "--export", "py", stdin="a,b,y\n" + long_table("{},{},{}".format))
    assert "genfromtxt" not in program
    assert "synaptic_weights" in program
    assert tell("--export", "py")[1].startswith("from numpy import exp, array, random, dot\n")
