"""What is said of a program's lines and expressions, without running it."""

import re

import pytest
from hypothesis import given, settings
from strategies import problems
from test_program import LONG, POSTS_PROGRAM, XOR, problem
from test_session import assert_plain
from test_tracing import ANYTHING, PREDICTING

from tenlines.page.api import Session
from tenlines.problem import Problem
from tenlines.program.write import write


def told(source, line):
    """What is said of a line of the text, found by its beginning: (about, formula)."""
    outline = Session().outline(source)
    assert_plain(outline)
    numbers = [at for at, text in enumerate(source.splitlines(), start=1) if text.strip().startswith(line)]
    (found,) = [line for line in outline["lines"] if line["line"] == numbers[0]]
    return found["about"], found["formula"]


def test_of_the_posts_program_each_line_says_what_it_does_and_why():
    outline = Session().outline(POSTS_PROGRAM)
    assert [line["line"] for line in outline["lines"]] == list(range(1, 10))
    assert all(line["about"].endswith(".") for line in outline["lines"])
    assert told(POSTS_PROGRAM, "output") == (
        "Each row times the weights, added up, then squeezed to between 0 and 1: "
        "what the network says of each row now.",
        "output = 1 / (1 + e^−z), with z = training_set_inputs · synaptic_weights",
    )
    about, formula = told(POSTS_PROGRAM, "synaptic_weights +=")
    assert "how far off the output is" in about and "slope of the curve" in about and "flat near 0 and 1" in about
    assert formula == (
        "synaptic_weights = synaptic_weights + training_set_inputsᵀ · "
        "((training_set_outputs − output) · output · (1 − output))"
    )
    assert "10,000 times" in told(POSTS_PROGRAM, "for")[0]


def test_an_expression_has_its_place_in_the_text_and_its_meaning():
    expressions = Session().outline(POSTS_PROGRAM)["expressions"]
    lines = POSTS_PROGRAM.splitlines()
    about = {
        lines[line - 1][column:end]: expression["about"]
        for expression in expressions
        for line, column, _, end in [expression["span"]]
    }
    assert about["dot(training_set_inputs, synaptic_weights)"] == (
        "Each row times the weights, added up: how strongly the row pushes towards 1."
    )
    assert about["training_set_outputs - output"].startswith("How far off each output is")
    assert about["training_set_inputs"].startswith("The inputs")
    assert about["training_set_inputs.T"].startswith("Turned on its side")
    depths = [expression["depth"] for expression in expressions if expression["span"][0] == 7]
    assert depths == [0, 1, 2, 3, 4, 5, 5]


def test_places_are_counted_as_javascript_counts():
    first, second = Session().outline("x = len('🙂é') + y\n")["expressions"][:2]
    assert (first["span"], second["span"]) == ([1, 4, 1, 18], [1, 4, 1, 14])


@given(problems())
@settings(max_examples=60)
def test_of_every_program_of_a_problem_every_line_is_explained(data):
    source = write(Problem.from_dict(data)).source
    outline = Session().outline(source)
    unknown = [line for line in outline["lines"] if not line["about"] or line["about"].startswith("Works")]
    assert unknown == []
    layers = [line for line in outline["lines"] if "added up" in line["about"]]
    assert all(line["formula"] for line in layers)


NAMES = {
    "training_set_inputs": "X", "training_set_outputs": "y", "synaptic_weights": "w", "output": "guess",
    "layer1": "h", "weights1": "a", "weights2": "b", "delta1": "d", "delta2": "e", "bias1": "f",
}  # fmt: skip


def renamed(text):
    return re.sub(rf"(?<![a-z_])({'|'.join(NAMES)})(?![a-z_0-9])", lambda found: NAMES[found[0]], text)


@pytest.mark.parametrize(
    "source", [POSTS_PROGRAM, write(problem(XOR, hidden=[(3, "tanh")], bias=True, learning_rate=0.5)).source]
)
def test_names_do_not_matter(source):
    usual, other = Session().outline(source)["lines"], Session().outline(renamed(source))["lines"]
    assert [line["about"] for line in other] == [line["about"] for line in usual]
    assert [line["formula"] for line in other] == [renamed(line["formula"]) for line in usual]
    assert [line["role"] for line in other] == [line["role"] for line in usual]
    roles = [[one["role"] for one in Session().outline(text)["expressions"]] for text in (source, renamed(source))]
    assert roles[0] == roles[1]


def roles(of):
    """Of its lines, by their texts."""
    source = write(of).source
    lines = source.splitlines()
    return {lines[line["line"] - 1].strip(): line["role"] for line in Session().outline(source)["lines"]}


def role_of(of, beginning):
    return next(role for text, role in roles(of).items() if text.startswith(beginning))


def test_a_line_is_what_it_was_in_the_program_of_another_network():
    plain = problem([*XOR[:3], [1, 1, None]])
    bias = problem([*XOR[:3], [1, 1, None]], bias=True)
    deep = problem([*XOR[:3], [1, 1, None]], hidden=[(3, "tanh")], bias=True, learning_rate=0.5)
    for other in (bias, deep):
        assert role_of(other, "output =") == role_of(plain, "output =")
        assert role_of(other, "for") == role_of(plain, "for")
        assert role_of(other, "print") == role_of(plain, "print")
    assert role_of(deep, "weights2 +=") == role_of(bias, "synaptic_weights +=") == role_of(plain, "synaptic_weights +=")
    assert role_of(deep, "weights2 =") == role_of(plain, "synaptic_weights =")
    assert role_of(deep, "delta2 =") == role_of(bias, "delta =")
    assert role_of(deep, "bias2 +=") == role_of(bias, "bias +=")
    assert len({*roles(deep).values()}) == len(roles(deep)), "each is its own"


def test_hidden_layers_and_the_learning_rate_are_explained():
    source = write(problem([*XOR[:3], [1, 1, None]], hidden=[(3, "tanh")], bias=True, learning_rate=0.5)).source
    assert told(source, "layer1")[1] == "layer1 = tanh(z), with z = training_set_inputs · weights1 + bias1"
    assert told(source, "delta1")[1] == "delta1 = (delta2 · weights2ᵀ) · (1 − layer1²)"
    assert "each unit gets its share" in told(source, "delta1")[0]
    assert "0.5 is the learning rate" in told(source, "weights2 +=")[0]
    assert told(source, "bias1 +=")[1] == "bias1 = bias1 + 0.5 · Σ delta1"
    long = write(problem(LONG)).source
    assert "nan" in told(long, "table")[0]
    assert told(long, "known")[0] == "Finds the rows with a known output: those that there is something to learn from."


UNSET = "error = None\nfor i in range(9):\n    o = dot(x, w)\n    error = y - o\n    w += dot(x.T, error * 0.1)\n"


@pytest.mark.parametrize(
    "source",
    [
        ANYTHING,
        PREDICTING,
        "",
        "# nothing\n",
        "w = w + dot(a.T, b)\nw -= 1\nfor x in y: pass\n",
        UNSET,
        f"for i in range({hex(10**5000)}):\n    w += dot(x.T, w)\n",
    ],
    ids=range(7),
)
def test_of_any_program_something_is_said_and_nothing_breaks(source):
    outline = Session().outline(source)
    assert_plain(outline)
    assert all(line["about"] is not None for line in outline["lines"])


def test_what_is_multiplied_by_a_rate_is_no_rate():
    about = {
        line["line"]: line for line in Session().outline(UNSET.replace("dot(x.T, error * 0.1)", "error * 0.1"))["lines"]
    }
    assert "error is the learning rate" not in about[5]["about"]


def test_a_very_long_program_is_explained_line_by_line():
    outline = Session().outline("äöü = a + b\n" * 3_000)
    assert len(outline["lines"]) == 3_000
    assert outline["expressions"] == []
