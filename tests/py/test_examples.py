"""The examples: each is in the terminal, asks something, and comes to what it is there to show."""

import json
import math
import statistics
from array import array
from itertools import groupby

import pytest

from tenlines.examples import FOLDER, examples, problem_of
from tenlines.page.api import Session
from tenlines.problem import Problem
from tenlines.terminal.command import main
from tenlines.terminal.report import held_out
from tenlines.training.run import Run

NAMES = [
    *("post", "and", "or", "nand", "xor", "xor-flat", "majority", "parity"),
    *("half-adder", "full-adder", "seven-segment"),
    *("circle", "spirals", "sine"),
]
EVERY = list(examples())  # a later one too
TESTED = [name for name in EVERY if problem_of(name).training.test_fraction]
LEARNED = [
    name
    for name in EVERY
    if name not in ("xor-flat", *TESTED) and all(map(problem_of(name).table.is_binary, problem_of(name).table.outputs))
]


def told(capsys, *arguments, status=0):
    assert main(list(arguments)) == status
    said = capsys.readouterr()
    return said.err if status else said.out


def trained(problem, **training):
    data = problem.to_dict()
    run = Run(Problem.from_dict({**data, "training": {**data["training"], **training}}), "compiled")
    while not run.done:
        run.advance(1)
    assert run.diverged is None
    return run


def sides(run):
    """Of every known output cell: whether the answer is on its side of 0.5."""
    first = len(run.problem.table.inputs)
    pairs = zip(run.problem.table.rows, run.frame.outputs.tolist(), strict=True)
    cells = [cell for row, outs in pairs for cell in zip(row[first:], outs, strict=True)]
    return [(out > 0.5) == (cell > 0.5) for cell, out in cells if cell is not None]


def answered(run, *rows):
    weights = run.frame.weights.tobytes()
    inputs = array("d", [number for row in rows for number in row]).tobytes()
    return list(Session().answers(json.dumps(run.problem.to_dict()), weights, inputs)["outputs"])


def test_a_file_is_an_example_and_the_list_has_all_of_them_by_group():
    assert [name for name in EVERY if name in NAMES] == NAMES
    assert {file.stem for file in FOLDER.iterdir() if file.suffix == ".json"} == set(EVERY)
    groups = [group for group, _ in groupby(each.group for each in examples().values())]
    assert len(groups) == len(set(groups))
    assert len({each.title for each in examples().values()}) == len(EVERY)


@pytest.mark.parametrize("name", EVERY)
def test_an_example_asks_something_and_says_only_what_is_not_as_in_the_post(name):
    example, post = examples()[name], Problem().to_dict()
    assert problem_of(name).table.unknown()
    assert example.about.endswith(".") and "\n" not in example.about
    settings = {part: example.problem.get(part, {}) for part in ("network", "training")}
    assert [key for part, given in settings.items() for key, value in given.items() if value == post[part][key]] == []


def test_the_terminal_lists_them_and_trains_the_one_that_is_named(capsys):
    listed = told(capsys, "--example", "list").splitlines()
    assert [line.split()[0] for line in listed] == EVERY
    assert all(f"{each.title}. {each.about}" in line for line, each in zip(listed, examples().values(), strict=True))
    assert told(capsys, "--example", "post") == told(capsys)
    report = json.loads(told(capsys, "--example", "xor", "--iterations", "5", "--no-bias", "--json"))
    problem = problem_of("xor").to_dict()
    problem["training"]["iterations"], problem["network"]["bias"] = 5, False
    assert report["problem"] == problem


def test_a_table_of_ones_own_takes_the_settings_of_an_example(capsys, tmp_path):
    (tmp_path / "t.csv").write_text("a,b\n1,0\n0,?\n")
    report = json.loads(told(capsys, str(tmp_path / "t.csv"), "--example", "sine", "--iterations", "3", "--json"))
    assert report["problem"]["network"] == problem_of("sine").to_dict()["network"]
    assert report["problem"]["table"]["inputs"] == ["a"]


@pytest.mark.parametrize("name", ["exclusive-or", "", "XOR", "../post", "x" * 999])
def test_a_name_that_is_none_is_refused_with_those_that_there_are(capsys, name):
    said = told(capsys, "--example", name, status=2)
    assert "There is no example" in said and f"There are {', '.join(EVERY)}." in said
    assert len(said) < 400


def test_an_example_and_a_problem_are_two_things(capsys):
    with pytest.raises(SystemExit):
        main(["--example", "xor", "--problem", "p.json"])
    assert "not allowed with" in capsys.readouterr().err


@pytest.mark.parametrize("name", EVERY)
def test_a_saved_example_answers_as_it_did(capsys, tmp_path, name):
    file = str(tmp_path / "saved.json")
    said = told(capsys, "--example", name, "--engine", "compiled", "--json", "--save", file)
    assert told(capsys, "--problem", file, "--engine", "compiled", "--json") == said


@pytest.mark.parametrize("name", LEARNED)
def test_it_is_learned_from_nearly_every_start(name):
    problem = problem_of(name)
    learned = [seed for seed in range(1, 21) if all(sides(trained(problem, seed=seed)))]
    assert len(learned) >= 19


def test_without_a_hidden_layer_exclusive_or_is_not_learned():
    for seed in range(1, 6):
        run = trained(problem_of("xor-flat"), seed=seed)
        assert run.frame.outputs.tolist() == [pytest.approx([0.5], abs=1e-6)] * 5


# What the line says of the `?`.
SAID = {
    "post": [(0.9, 1)],
    "and": [(0.4, 0.6)],
    "or": [(0.9, 1)],
    "nand": [(0, 0.1)],
    "xor": [(0, 0.1)],
    "majority": [(0.9, 1)],
    "parity": [(0.4, 0.6)],
    "half-adder": [(0, 0.1), (0.9, 1)],
    "full-adder": [(0.9, 1), (0.9, 1)],
    "seven-segment": [*[(0, 0.1)] * 4, (0.3, 0.5), *[(0, 0.1)] * 4, (0.4, 0.6)],
    "circle": [(0.9, 1), (0, 0.1)],
    "spirals": [(0.9, 1), (0.4, 0.6)],
    "sine": [(0.92, 0.98), (-9, 0)],
}


@pytest.mark.parametrize("name", SAID)
def test_the_question_has_an_answer_worth_asking_for(name):
    run = trained(problem_of(name))
    answers = [run.frame.outputs.tolist()[row][column] for row, column in run.problem.table.unknown()]
    assert all(low <= answer <= high for answer, (low, high) in zip(answers, SAID[name], strict=True)), answers


def test_a_row_of_parity_that_is_not_told_is_guessed_wrong():
    data = problem_of("parity").to_dict()
    for place in range(8):
        rows = [[*row[:3], None] if at == place else row for at, row in enumerate(data["table"]["rows"])]
        run = trained(Problem.from_dict({**data, "table": {**data["table"], "rows": rows}}))
        assert (run.frame.outputs.tolist()[place][0] > 0.5) != (data["table"]["rows"][place][3] > 0.5), place


@pytest.mark.parametrize("name", TESTED)
def test_new_points_are_answered_as_well(name):
    reports = [held_out(trained(problem_of(name), seed=seed)) for seed in range(1, 6)]
    assert statistics.median(report["accuracy"] for report in reports if report) >= 0.98
    assert all(report and report["rows"] >= 40 for report in reports)


@pytest.mark.parametrize("name", EVERY)
def test_no_last_bit_decides_an_answer(name):
    """So it is the same in page, terminal and program, whatever computes it."""
    nudged = Run(problem_of(name), "compiled", nudged=True)
    while not nudged.done:
        nudged.advance(1)
    outputs = [run.frame.outputs.tolist() for run in (trained(problem_of(name)), nudged)]
    assert outputs[1] == [pytest.approx(row, abs=1e-11) for row in outputs[0]]


def test_between_its_points_the_curve_is_the_sine():
    grid = [-2 + n / 100 for n in range(601)]
    for seed in range(1, 6):
        answers = answered(trained(problem_of("sine"), seed=seed), *([x] for x in grid))
        assert max(abs(y - math.sin(x)) for x, y in zip(grid, answers, strict=True)) < 0.05, seed
