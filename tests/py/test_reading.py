"""Table and program are two views of one thing: what a change of the text makes of the problem."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import finite, problems, tables, with_targets_of_its_loss
from test_program import LONG, POSTS_PROGRAM, XOR, problem

from tenlines.errors import ProgramError
from tenlines.page.api import Session
from tenlines.problem import Problem
from tenlines.program.read import read
from tenlines.program.write import OVERFLOWS, write


def changed(old, new, of=None):
    """What the program of a problem says once a part of its text is replaced."""
    of = of or Problem()
    source = write(of).source
    assert old in source
    return read(source.replace(old, new), of)


@given(problems(most_iterations=10**9), st.data())
@settings(max_examples=200)
def test_every_program_is_read_back_as_its_problem(data, draw):
    data["table"] = draw.draw(st.just(data["table"]) | tables(finite, most_rows=20))
    drawn = Problem.from_dict(with_targets_of_its_loss(data))
    assert read(write(drawn).source, drawn) == drawn


@given(problems(), problems())
def test_a_program_says_all_of_its_problem_but_names_and_order(data, other):
    """Read beside another problem, it is still a problem with that very program."""
    source = write(Problem.from_dict(data)).source
    found = read(source, Problem.from_dict(other))
    assert found is not None
    assert write(found).source == source


def test_a_program_that_reads_a_file_says_the_settings_of_the_table_given():
    long = problem(LONG, hidden=[(3, "tanh")])
    found = changed("range(10000)", "range(77)", long)
    assert found is not None
    assert found.table == long.table
    assert found.training.iterations == 77
    assert changed("skip_header=1", "skip_header=2", long) is None
    assert changed("table.csv", "other.csv", long) is None


def test_numbers_of_the_text_are_cells_of_the_table():
    found = changed("[0, 1, 1, 0]", "[0.5, 1, -1, +0]")
    assert found is not None
    assert [row[3] for row in found.table.rows] == [0.5, 1, -1, 0, None]
    found = changed("array([1, 0, 0])", "array([[1, 0, 0], [1, 1, 0]])")
    assert found is not None
    assert found.table.rows[4:] == ((1, 0, 0, None), (1, 1, 0, None))


def test_questions_keep_their_places_in_the_table_while_there_are_as_many():
    table = Problem.from_dict({"table": {"inputs": ["a"], "outputs": ["b"], "rows": [[7, None], [1, 0], [2, 1]]}})
    moved = changed("array([7])", "array([8])", table)
    assert moved is not None
    assert moved.table.rows == ((8, None), (1, 0), (2, 1))
    more = changed("array([7])", "array([[7], [8]])", table)
    assert more is not None
    assert more.table.rows == ((1, 0), (2, 1), (7, None), (8, None))
    fewer = changed("array([[1], [2]])", "array([[1]])", table)
    assert fewer is None, "two outputs for one row of inputs are no table"


def test_names_stay_with_their_columns_and_new_columns_are_named_as_the_page_names_them():
    table = {"inputs": ["rain", "wind"], "outputs": ["umbrella"], "rows": [[1, 0, 1], [0, 1, None]]}
    old = Problem.from_dict({"table": table})
    wider = write(problem([[1, 0, 5, 1], [0, 1, 6, None]])).source
    found = read(wider, old)
    assert found is not None
    assert found.table.inputs == ("rain", "wind", "x3")
    assert found.table.outputs == ("umbrella",)
    found = read(write(problem([[1, 0, 5], [0, 1, None]], outputs=2)).source, old)
    assert found is not None
    assert (found.table.inputs, found.table.outputs) == (("rain",), ("umbrella", "y2"))


@pytest.mark.parametrize(
    ("old", "new", "field", "value"),
    [
        ("seed(1)", "seed(42)", "seed", 42),
        ("range(10000)", "range(5)", "iterations", 5),
        ("+= dot", "+= 0.1 * dot", "learning_rate", 0.1),
        ("+= dot", "+= 1 * dot", "learning_rate", 1.0),
        ("+= dot", "+= 2.0 * dot", "learning_rate", 2.0),
    ],
)
def test_settings_of_the_text_are_settings_of_the_training(old, new, field, value):
    found = changed(old, new)
    assert found is not None
    assert found.to_dict()["training"] == {**Problem().to_dict()["training"], field: value}


def test_formatting_and_comments_are_free():
    text = "# mine\n" + POSTS_PROGRAM.replace("[0, 0, 1],", "[\n  0.0, 00, 1e0  ], # row 1\n").replace("    ", "\t")
    text = text.replace("-dot(array([1, 0, 0]), synaptic_weights)", "-(dot(array([1,0,0]), synaptic_weights))")
    assert read(text, Problem()) == Problem()


def test_a_program_is_read_with_and_without_the_line_that_keeps_numpy_from_warning():
    large = problem([[1250, 3, 1], [640, 1, 0], [1500, 3, None]])
    silent = write(large).source
    before = silent.replace(f"{OVERFLOWS}\n", "").replace("seterr, ", "")  # as 0.9 wrote it
    assert silent != before and read(silent, large) == read(before, large) == large
    with_it = POSTS_PROGRAM.replace("import exp, ", "import exp, seterr, ").replace("\n", f"\n{OVERFLOWS}\n", 1)
    assert read(with_it, Problem()) == Problem()
    assert read(with_it.replace("ignore", "raise"), Problem()) is None, "what does something else is the learner's own"


def test_a_longer_table_typed_into_the_text_is_still_a_table():
    assert changed("[[0, 0, 1],", "[" + "[0, 0, 1], " * 30) is None, "33 rows of inputs and 4 outputs are no table"
    text = POSTS_PROGRAM.replace("[[0, 0, 1],", "[" + "[0, 0, 1], " * 30).replace("[[0, 1,", "[[" + "0, " * 30 + "1,")
    found = read(text, Problem())
    assert found is not None
    assert len(found.table.rows) == 34
    assert "genfromtxt" in write(found).source


OWN = {
    "another name": ("output", "guess"),
    "another activation in one place": ("1 / (1 + exp(-dot(array([1, 0, 0]), synaptic_weights)))", "0"),
    "another start": ("- 1\n", "- 2\n"),
    "another update": ("+= dot", "-= dot"),
    "a line more": ("random.seed(1)", "random.seed(1)\nprint('hello')"),
    "no seed": ("random.seed(1)\n", ""),
    "a seed that NumPy refuses": ("seed(1)", "seed(-1)"),
    "a row too short": ("[0, 0, 1]", "[0, 0]"),
    "a row of text": ("[0, 0, 1]", "['0', 0, 1]"),
    "rows in rows": ("[0, 0, 1]", "[[0], 0, 1]"),
    "numbers that are no cells": ("[0, 0, 1]", f"[0, 0, 1{'0' * 400}]"),
    "a rate that is no number": ("+= dot", f"+= 1{'0' * 400} * dot"),
    "a question of another width": ("array([1, 0, 0])", "array([1, 0])"),
    "truth for numbers": ("[0, 0, 1]", "[False, False, True]"),
    "a broken count": ("range(10000)", "range(1e4)"),
    "a count from elsewhere": ("range(10000)", "range(n)"),
    "no loop": ("for iteration in range(10000):", "if True:"),
    "another loop": ("for iteration in range(10000)", "for iteration in reversed(range(10000))"),
    "nothing": (POSTS_PROGRAM, ""),
    "only a loop": (POSTS_PROGRAM, "for i in range(3): pass"),
    "depth": ("random.seed(1)", "x = " + "-" * 250 + "1"),
}


@pytest.mark.parametrize(("old", "new"), OWN.values(), ids=OWN)
def test_what_no_problem_has_for_its_program_goes_its_own_way(old, new):
    assert changed(old, new) is None


@given(st.text(st.sampled_from("for in range(1):\n\t=[0,nan]. array random seed dot +*'\"#\\🙂\0\r")))
def test_any_text_is_read_or_refused_by_place(text):
    try:
        assert read(text, Problem()) is None
    except ProgramError as error:
        assert error.message
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert 1 <= error.where["line"] <= len(lines)
        assert 0 <= error.where["column"] <= len(lines[error.where["line"] - 1].encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("x = (1", 1, 4),
        ("x = 1\nfor i in range(3)\n    x = 2", 2, 17),
        ("x = '🙂'; y = = 2", 1, 14),
        ("if 1:\nx = 2", 2, 0),
    ],
)
def test_a_syntax_error_is_told_in_pythons_words_with_its_place_as_a_page_counts(text, line, column):
    answer = Session().read_program(text, "{}")
    assert set(answer) == {"error"}
    with pytest.raises(SyntaxError) as expected:
        compile(text, "", "exec")
    assert answer["error"] == {"message": expected.value.msg, "line": line, "column": column}


def test_the_door_gives_programs_and_reads_them():
    session = Session()
    assert session.write_program("{}") == {"source": POSTS_PROGRAM, "files": {}}
    assert session.read_program(POSTS_PROGRAM, "{}") == {"problem": Problem().to_dict()}
    assert session.read_program("print(1)", "{}") == {"detached": True}
    assert session.write_program(json.dumps(problem(LONG).to_dict()))["files"]["table.csv"].startswith("x1,x2,y1\n")
    assert "error" in session.write_program('{"training": {"seed": -1}}')


def test_the_network_of_the_text_is_the_network_of_the_problem():
    source = write(problem(XOR, hidden=[(4, "tanh"), (3, "relu")], output="linear", bias=True)).source
    found = read(source, Problem())
    assert found is not None
    assert found.to_dict()["network"] == {
        "hidden": [{"units": 4, "activation": "tanh"}, {"units": 3, "activation": "relu"}],
        "output": "linear",
        "bias": True,
    }


@pytest.mark.parametrize("number", ["1" * 400, f"-{'1' * 400}", hex(10**5000)])
def test_numbers_of_hundreds_of_digits_are_nobodys_table(number):
    source = Session().write_program("{}")["source"]
    assert Session().read_program(source.replace("[0, 0, 1]", f"[0, 0, {number}]"), "{}") == {"detached": True}
    assert Session().read_program(source.replace("10000", number), "{}") == {"detached": True}
