"""The program of a problem: plain Python runs it, and prints the answers that the page gives."""

import json
import re
import subprocess
import sys
from math import isfinite
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from kernel_tools import steady
from plain_python import answers, flat, is_sensitive, rows_of, trained
from strategies import column_names, problems

from tenlines.examples import examples
from tenlines.problem import Problem
from tenlines.program.write import MOST_ROWS, OVERFLOWS, Program, write
from tenlines.terminal.command import main
from tenlines.training.frames import doubles
from tenlines.training.run import Run

POSTS_PROGRAM = """\
from numpy import exp, array, random, dot
training_set_inputs = array([[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]])
training_set_outputs = array([[0, 1, 1, 0]]).T
random.seed(1)
synaptic_weights = 2 * random.random((3, 1)) - 1
for iteration in range(10000):
    output = 1 / (1 + exp(-dot(training_set_inputs, synaptic_weights)))
    synaptic_weights += dot(training_set_inputs.T, (training_set_outputs - output) * output * (1 - output))
print(1 / (1 + exp(-dot(array([1, 0, 0]), synaptic_weights))))
"""


def problem(rows, outputs=1, *, hidden=(), output="sigmoid", bias=False, **training):
    """rows: numbers, None for `?`; the last columns are the outputs. hidden: (units, activation) each."""
    inputs = len(rows[0]) - outputs
    return Problem.from_dict(
        {
            "table": {
                "inputs": [f"x{n}" for n in range(1, inputs + 1)],
                "outputs": [f"y{n}" for n in range(1, outputs + 1)],
                "rows": rows,
            },
            "network": {
                "hidden": [{"units": units, "activation": activation} for units, activation in hidden],
                "output": output,
                "bias": bias,
            },
            "training": training,
        }
    )


XOR = [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]]
LONG = [[n / 8, n % 3, n % 2 if n % 5 else None] for n in range(MOST_ROWS + 10)]


@pytest.fixture(scope="module")
def alone():
    """Runs a program in a Python without Tenlines: alone(program) -> {"printed", "arrays"}."""
    script = Path(__file__).with_name("programs_alone.py")
    with subprocess.Popen(
        [sys.executable, "-I", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as python:
        assert python.stdin and python.stdout
        stdin, stdout = python.stdin, python.stdout

        def run(program):
            stdin.write(json.dumps({"source": program.source, "files": program.files}) + "\n")
            stdin.flush()
            return json.loads(stdout.readline())

        yield run
        stdin.close()


def numbers(printed):
    return [float(text) for text in re.findall(r"[-+.\w]+", printed)]


def asked(problem, given):
    """Of answers row by row, those that the program is to print, in table order."""
    return [given[row][column] for row, column in problem.table.unknown()] or [value for row in given for value in row]


def test_the_posts_program_is_the_posts():
    program = write(Problem())
    assert program.source == POSTS_PROGRAM
    assert program.source.count("\n") <= 10
    assert program.files == {}


def test_the_posts_program_run_by_python_prints_the_posts_answer(tmp_path):
    file = tmp_path / "program.py"
    file.write_text(write(Problem()).source, encoding="utf-8")
    done = subprocess.run([sys.executable, "-I", file], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout == "[0.99993704]\n"
    assert done.stderr == ""


@pytest.mark.parametrize("name", examples())
def test_the_program_of_an_example_prints_what_the_terminal_answers(alone, capsys, name):
    assert main(["--example", name, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    told = [each["value"] for each in report["predictions"]]
    if tested := report.get("held_out"):
        told += [report["error"], tested["error"]]
    assert main(["--example", name, "--export", "py"]) == 0
    program = Program(capsys.readouterr().out, {}, ())
    assert numbers(alone(program)["printed"]) == pytest.approx(told, rel=1e-6, abs=1e-6)


LINE = {"units": 1, "activation": "linear"}


def diverging(rows, hidden, iterations, learning_rate):
    """A linear network with a bias, as plain data, whose learning rate is too high for its rows."""
    return {
        "table": {"inputs": ["c0"], "outputs": ["c1"], "rows": rows},
        "network": {"hidden": hidden, "output": "linear", "bias": True},
        "training": {"iterations": iterations, "learning_rate": learning_rate, "seed": 1, "batch_size": None},
    }


TO_TWO = [[0.0, 2.0], [1.0, 2.0], [1.0, 2.0], [2.0, 2.0]]
DIVERGING = {
    "to weights that a number can hold, and outputs that none can": diverging(TO_TWO, [LINE, LINE], 5, 0.3),
    "to weights of inf": diverging([[1e3, 1.0], [1.0, None]], [], 52, 1.0),
    "to nan": diverging([[0.0, 1.0], [2.0, -1.0], [0.5, None]], [LINE], 40, 1.0),
}


def finished(data, iterations=None):
    """The run of a problem, to its end; or of its first iterations."""
    training = data["training"] if iterations is None else {**data["training"], "iterations": iterations}
    run = Run(Problem.from_dict({**data, "training": training}))
    while not run.done:
        run.advance(1)
    return run


def state_of(program, done):
    return [number for name, _ in program.state for number in done["arrays"][name]]


@given(problems(), st.sampled_from([1, 1, 8]))
@example(DIVERGING["to weights that a number can hold, and outputs that none can"], 1)
@settings(max_examples=200)
def test_a_program_trains_the_same_network_and_prints_every_answer(alone, data, times):
    # With 8 times the rows, most tables are too long for the program and are read from a file.
    data = {**data, "table": {**data["table"], "rows": data["table"]["rows"] * times}}
    run = finished(data)
    if run.diverged is not None:  # what a program does beyond that is no training
        data["training"] = {**data["training"], "iterations": run.frame.iteration}
    iterations = data["training"]["iterations"]
    assume(not is_sensitive(data, iterations))
    assume(steady(data))  # nor does the last bit of an activation decide
    usual = trained(data, iterations)
    checked = Problem.from_dict(data)
    program = write(checked)
    done = alone(program)
    state = state_of(program, done)
    assert state[: len(flat(usual))] == pytest.approx(flat(usual), rel=1e-9, abs=1e-9)
    expected = asked(checked, answers(usual, rows_of(data)))
    if checked.table.unknown():
        assert numbers(done["printed"]) == pytest.approx(expected, rel=1e-7, abs=1e-7)
    assert state == pytest.approx(doubles(run.frame.state[1]).tolist(), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(
    ("data", "are_finite"), [*zip(DIVERGING.values(), [True, False, False], strict=True)], ids=DIVERGING
)
def test_a_program_has_the_numbers_of_a_run_until_that_diverges_and_then_prints_none(alone, data, are_finite):
    """are_finite: the program's last weights."""
    run = finished(data)
    assert run.diverged == run.frame.iteration + 1
    until = write(Problem.from_dict({**data, "training": {**data["training"], "iterations": run.frame.iteration}}))
    assert state_of(until, alone(until)) == pytest.approx(run.frame.weights.tolist(), rel=1e-9)
    whole = write(Problem.from_dict(data))
    done = alone(whole)
    assert all(map(isfinite, state_of(whole, done))) == are_finite
    assert not any(map(isfinite, numbers(done["printed"])))


@given(column_names(least=2, most=6), st.data())
@settings(max_examples=40)
def test_a_long_table_is_read_from_its_file_whatever_its_columns_are_called(alone, names, data):
    inputs = data.draw(st.integers(1, len(names) - 1))
    cells = st.floats(allow_nan=False, allow_infinity=False)
    row = [*data.draw(st.lists(cells, min_size=inputs, max_size=inputs)), *[None] * (len(names) - inputs)]
    rows = [row, *([float(n)] * len(names) for n in range(MOST_ROWS))]
    table = {"inputs": names[:inputs], "outputs": names[inputs:], "rows": rows}
    long = Problem.from_dict({"table": table, "training": {"iterations": 0}})
    program = write(long)
    assert list(program.files) == ["table.csv"]
    arrays = alone(program)["arrays"]
    assert arrays["inputs"] == [value for row in rows for value in row[:inputs]]
    assert arrays["training_set_outputs"] == [value for row in rows[1:] for value in row[inputs:]]


@pytest.mark.parametrize("rows", [MOST_ROWS, MOST_ROWS + 1])
def test_twenty_rows_stand_in_the_program_and_more_are_read_from_a_file(rows):
    program = write(problem(LONG[:rows]))
    assert ("genfromtxt" in program.source) == (rows > MOST_ROWS) == bool(program.files)


MANY = {
    "answers in one column": [[n, None] for n in range(1100)] + [[1, 1]],
    "answers in one row": [[1, *[None] * 1100], [1, *[1] * 1100]],
    "answers here and there": [[n, n % 2, None] for n in range(1100)] + [[0, 1, 1]],
}


@pytest.mark.parametrize("rows", MANY.values(), ids=MANY)
def test_not_one_of_many_answers_is_left_out(alone, rows):
    many = problem(rows, outputs=len(rows[0]) - 1, iterations=3)
    printed = alone(write(many))["printed"]
    assert "..." not in printed
    assert len(numbers(printed)) == len(many.table.unknown())


def test_without_a_question_the_program_prints_what_it_says_of_the_rows_it_was_taught(alone):
    xor = problem(XOR, hidden=[(4, "sigmoid")], bias=True)
    assert [round(answer) for answer in numbers(alone(write(xor))["printed"])] == [0, 1, 1, 0]


HOUSES = [[1250, 3, 1], [2100, 4, 1], [640, 1, 0], [890, 2, 0], [1500, 3, None]]
LARGE = {
    "square metres and rooms": problem(HOUSES),
    "cross-entropy and a small rate": problem(HOUSES, bias=True, loss="cross_entropy", learning_rate=0.03),
    "a hidden layer": problem(HOUSES, hidden=[(3, "sigmoid")]),
    "incomes with both signs": problem([[-52000, 1], [48000, 0], [-300, 1], [71000, None]], iterations=20),
    "a rate of 1000": problem([[1, 0, 1], [1, 1, 0], [0, 1, None]], learning_rate=1000),
}


@pytest.mark.parametrize("case", LARGE.values(), ids=LARGE)
def test_no_warning_is_printed_where_a_sum_is_too_large_for_a_power(case):
    source = write(case).source
    assert source.splitlines()[1] == OVERFLOWS
    ran = subprocess.run([sys.executable, "-W", "always", "-c", source], capture_output=True, text=True, check=True)
    assert ran.stderr == ""
    assert len(numbers(ran.stdout)) == len(case.table.unknown()) == 1


@pytest.mark.parametrize("name", examples())
def test_no_example_needs_to_keep_numpy_from_warning(name):
    assert OVERFLOWS not in write(Problem.from_dict(examples()[name].problem)).source


def test_only_what_the_problem_needs_is_in_the_program():
    """Each line of the post's program that a setting changes, and what it becomes."""
    post = Problem().to_dict()

    def changed(**parts):
        source = write(Problem.from_dict({**post, **parts})).source
        return [line.strip() for line in source.splitlines() if line not in POSTS_PROGRAM.splitlines()]

    assert changed(training={"seed": 7, "iterations": 50, "learning_rate": 0.5}) == [
        "random.seed(7)",
        "for iteration in range(50):",
        "synaptic_weights += 0.5 * dot(training_set_inputs.T, (training_set_outputs - output) * output * (1 - output))",
    ]
    assert changed(network={"output": "linear"}) == [
        "from numpy import array, random, dot",
        "output = dot(training_set_inputs, synaptic_weights)",
        "synaptic_weights += dot(training_set_inputs.T, training_set_outputs - output)",
        "print(dot(array([1, 0, 0]), synaptic_weights))",
    ]
    assert changed(network={"output": "tanh", "bias": True}) == [
        "from numpy import tanh, array, random, dot, zeros",
        "bias = zeros(1)",
        "output = tanh(dot(training_set_inputs, synaptic_weights) + bias)",
        "delta = (training_set_outputs - output) * (1 - output ** 2)",
        "synaptic_weights += dot(training_set_inputs.T, delta)",
        "bias += delta.sum(axis=0)",
        "print(tanh(dot(array([1, 0, 0]), synaptic_weights) + bias))",
    ]
    assert changed(training={"batch_size": 4}) == [], "a batch of all rows is no batch"
    assert changed(training={"batch_size": 3})[:2] == [
        "for start in range(0, len(training_set_inputs), 3):",
        "batch_inputs = training_set_inputs[start:start + 3]",
    ]


def test_a_network_with_a_hidden_layer_adjusts_both_layers_at_once():
    xor = problem([*XOR[:3], [1, 1, None]], hidden=[(4, "relu")])
    assert write(xor).source == (
        "from numpy import exp, maximum, array, random, dot\n"
        "training_set_inputs = array([[0, 0], [0, 1], [1, 0]])\n"
        "training_set_outputs = array([[0, 1, 1]]).T\n"
        "random.seed(1)\n"
        "weights1 = 2 * random.random((2, 4)) - 1\n"
        "weights2 = 2 * random.random((4, 1)) - 1\n"
        "for iteration in range(10000):\n"
        "    layer1 = maximum(0, dot(training_set_inputs, weights1))\n"
        "    output = 1 / (1 + exp(-dot(layer1, weights2)))\n"
        "    delta2 = (training_set_outputs - output) * output * (1 - output)\n"
        "    delta1 = dot(delta2, weights2.T) * (layer1 > 0)\n"
        "    weights1 += dot(training_set_inputs.T, delta1)\n"
        "    weights2 += dot(layer1.T, delta2)\n"
        "layer1 = maximum(0, dot(array([1, 1]), weights1))\n"
        "print(1 / (1 + exp(-dot(layer1, weights2))))\n"
    )
    assert write(xor).state == (("weights1", (2, 4)), ("weights2", (4, 1)))


@given(problems())
def test_lines_are_short_enough_to_read(data):
    assert max(map(len, write(Problem.from_dict(data)).source.splitlines())) <= 140


WITHOUT_NUMPY = """
import sys
sys.modules["numpy"] = None
from tenlines.page.api import Session
session = Session()
source = session.write_program("{}")["source"]
assert session.read_program(source, "{}")["problem"]
assert session.outline(source)["lines"]
session.values("{}", 0, bytes(24))
"""


def test_a_program_is_written_without_numpy_and_its_values_wait_for_it():
    done = subprocess.run([sys.executable, "-c", WITHOUT_NUMPY], capture_output=True, text=True)
    assert done.stderr.splitlines()[-1].startswith("ModuleNotFoundError: "), done.stderr
    assert "session.values" in done.stderr
