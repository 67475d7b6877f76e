"""What is said of a program's lines and expressions, without running it."""

import ast
import re

import pytest
from hypothesis import given, settings
from strategies import problems
from test_program import LONG, POSTS_PROGRAM, XOR, problem
from test_session import assert_plain
from test_tracing import ANYTHING, PREDICTING
from test_values import ADJUSTMENT

from tenlines.page.api import Session
from tenlines.problem import Problem
from tenlines.program.write import write
from tenlines.syntax.source import Places


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


def stages(source):
    """Of its lines and expressions, by their texts; of a text that is there again, that of the first."""
    outline, places = Session().outline(source), Places(source)
    texts = source.splitlines()
    found = {texts[line["line"] - 1].strip(): line["stage"] for line in outline["lines"]}
    for one in outline["expressions"]:
        found.setdefault(places.text(tuple(one["span"])), one["stage"])
    return found


def test_of_the_posts_program_each_part_says_its_stage():
    assert {text: stage for text, stage in stages(POSTS_PROGRAM).items() if stage and " " in text} == {
        "output = 1 / (1 + exp(-dot(training_set_inputs, synaptic_weights)))": "squeeze 1",
        "1 / (1 + exp(-dot(training_set_inputs, synaptic_weights)))": "squeeze 1",
        "1 + exp(-dot(training_set_inputs, synaptic_weights))": "squeeze 1",
        "exp(-dot(training_set_inputs, synaptic_weights))": "squeeze 1",
        "-dot(training_set_inputs, synaptic_weights)": "squeeze 1",
        "dot(training_set_inputs, synaptic_weights)": "sum 1",
        f"synaptic_weights += {ADJUSTMENT}": "adjust 1",
        ADJUSTMENT: "adjust 1",
        "(training_set_outputs - output) * output * (1 - output)": "blame 1",
        "(training_set_outputs - output) * output": "blame 1",
        "training_set_outputs - output": "compare 1",
        "1 - output": "slope 1",
    }
    assert stages(POSTS_PROGRAM)["training_set_inputs.T"] == "adjust 1"
    assert stages(POSTS_PROGRAM)["print(1 / (1 + exp(-dot(array([1, 0, 0]), synaptic_weights))))"] == ""


TWO = {"hidden": [(3, "tanh"), (2, "leaky_relu")], "bias": True, "learning_rate": 0.5}
SHARES = {"outputs": 2, "hidden": [(2, "relu")], "output": "softmax", "loss": "cross_entropy", "batch_size": 1}
OWN = """\
from numpy import dot, tanh, random
X, y = random.random((4, 2)), random.random((4, 1))
w, b = random.random((2, 1)), random.random(1)
for i in range(9):
    guess = tanh(X @ w + b)
    error = y - guess
    blame = error * (1 - guess ** 2)
    w = w + 0.1 * (X.T @ blame)
    b += 0.1 * blame.sum(axis=0)
    print(abs(y - guess).mean())
"""


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (
            problem(XOR, **TWO),
            {
                "dot(layer1, weights2) + bias2": "sum 2",
                "leaky_relu(dot(layer1, weights2) + bias2)": "squeeze 2",
                "maximum(0.01 * z, z)": "squeeze 2",
                "dot(layer2, weights3) + bias3": "sum 3",
                "-(dot(layer2, weights3) + bias3)": "squeeze 3",
                "training_set_outputs - output": "compare 3",
                "weights3.T": "compare 2",
                "dot(delta3, weights3.T)": "compare 2",
                "where(layer2 > 0, 1, 0.01)": "slope 2",
                "layer2 > 0": "slope 2",
                "dot(delta3, weights3.T) * where(layer2 > 0, 1, 0.01)": "blame 2",
                "1 - layer1 ** 2": "slope 1",
                "delta1 = dot(delta2, weights2.T) * (1 - layer1 ** 2)": "blame 1",
                "weights1 += 0.5 * dot(training_set_inputs.T, delta1)": "adjust 1",
                "bias3 += 0.5 * delta3.sum(axis=0)": "adjust 3",
                "0.5 * delta3.sum(axis=0)": "adjust 3",
            },
        ),
        (
            problem([[0, 1, 1, 0], [1, 0, 0, 1]], **SHARES, bias=True, optimizer="adam", shuffle=True, l2=0.01),
            {
                "order = random.permutation(len(training_set_inputs))": "batch",
                "training_set_inputs[order[start:start + 1]]": "batch",
                "len(training_set_inputs)": "batch",
                "softmax(dot(layer1, weights2) + bias2)": "squeeze 2",
                "powers.sum(axis=-1, keepdims=True)": "squeeze 2",
                "batch_outputs - output": "compare 2",
                "len(output)": "blame 2",
                "(batch_outputs - output) / len(output)": "blame 2",
                "layer1 > 0": "slope 1",
                "descent1 = dot(batch_inputs.T, delta1) - 0.01 * weights1": "descent 1",
                "0.01 * weights1": "descent 1",
                "0.9 * mean1 + 0.1 * descent1": "mean 1",
                "0.999 * bias_square2 + 0.001 * bias_descent2 ** 2": "square 2",
                "0.9 ** updates": "adjust 1",
                "updates += 1": "",
            },
        ),
        (
            problem([[0, 1, 1], [1, 0, 0]], optimizer="momentum", loss="mean_squared", batch_size=1, bias=True),
            {
                "for start in range(0, len(training_set_inputs), 1):": "batch",
                "2 * (batch_outputs - output) / output.size * output * (1 - output)": "blame 1",
                "2 * (batch_outputs - output)": "share 1",
                "1 - output": "slope 1",
                "dot(batch_inputs.T, delta)": "descent 1",
                "0.9 * velocity": "velocity 1",
                "velocity = 0.9 * velocity + dot(batch_inputs.T, delta)": "velocity 1",
                "delta.sum(axis=0)": "descent 1",
                "synaptic_weights += velocity": "adjust 1",
            },
        ),
        (
            problem([[0, 1, 1, None], [1, 0, 0, 1], [1, 1, None, None]], outputs=2),
            {
                "training_set_outputs - output": "compare 1",
                "nan_to_num(training_set_outputs - output)": "compare 1",
                "known = ~isnan(outputs).all(axis=1)": "",
            },
        ),
        (
            OWN,
            {
                "X @ w + b": "sum 1",
                "guess = tanh(X @ w + b)": "squeeze 1",
                "y - guess": "compare 1",
                "error = y - guess": "compare 1",
                "1 - guess ** 2": "slope 1",
                "error * (1 - guess ** 2)": "blame 1",
                "X.T": "adjust 1",
                "w = w + 0.1 * (X.T @ blame)": "adjust 1",
                "blame.sum(axis=0)": "adjust 1",
                "print(abs(y - guess).mean())": "",
            },
        ),
    ],
    ids=["two hidden layers", "softmax, Adam and batches", "momentum", "unknown cells", "a learner’s own"],
)
def test_each_part_says_its_stage_and_the_layer_that_it_is_of(of, expected):
    found = stages(of if isinstance(of, str) else write(of).source)
    assert {text: found[text] for text in expected} == expected


@given(problems())
@settings(max_examples=60)
def test_of_a_programs_loop_all_parts_have_a_stage_and_those_behind_it_none(data):
    checked = Problem.from_dict(data)
    source = write(checked).source
    outline = Session().outline(source)
    lines = source.splitlines()
    (loop,) = [node for node in ast.parse(source).body if isinstance(node, ast.For)]
    first, last = loop.lineno, loop.end_lineno
    layers = range(1, len(checked.network.hidden) + 2)
    kinds = ["sum", "squeeze", "compare", "share", "slope", "blame", "descent", "adjust", "velocity", "mean", "square"]
    names = {"batch", *(f"{kind} {layer}" for kind in kinds for layer in layers)}
    for one in outline["expressions"]:
        assert one["stage"] == "" or one["stage"] in names
        text = lines[one["span"][0] - 1]
        if first < one["span"][0] <= last and "updates += 1" not in text:
            assert one["stage"], (text, one["span"])
        elif one["span"][0] > last:
            assert one["stage"] == ""
    told = {one["stage"] for one in [*outline["expressions"], *outline["lines"]]}
    assert {f"{kind} {layer}" for kind in ("sum", "compare", "adjust") for layer in layers} <= told


def goes(source, text, nth=0):
    places = Places(source)
    found = [one["goes"] for one in Session().outline(source)["expressions"] if places.text(tuple(one["span"])) == text]
    return found[nth]


@pytest.mark.parametrize(
    ("text", "nth", "where"),
    [
        ("dot(training_set_inputs, synaptic_weights)", 0, "Its sign is turned."),
        ("-dot(training_set_inputs, synaptic_weights)", 0, "Goes into exp(…)."),
        ("exp(-dot(training_set_inputs, synaptic_weights))", 0, "Is added to 1."),
        ("1 + exp(-dot(training_set_inputs, synaptic_weights))", 0, "1 is divided by it."),
        ("1 / (1 + exp(-dot(training_set_inputs, synaptic_weights)))", 0, "Kept as output; line 8 reads it."),
        ("training_set_inputs", 0, "Goes into dot(…, synaptic_weights)."),
        ("output", 0, "Is subtracted from training_set_outputs."),
        ("training_set_outputs", 0, "output is subtracted from it."),
        ("1 - output", 0, "Is multiplied by (training_set_outputs - output) * output."),
        ("training_set_inputs", 1, "Goes into ….T."),
        (ADJUSTMENT, 0, "Is added to synaptic_weights."),
        ("1 / (1 + exp(-dot(array([1, 0, 0]), synaptic_weights)))", 0, "Is printed."),
    ],
)
def test_of_a_part_it_is_told_where_its_value_goes(text, nth, where):
    assert goes(POSTS_PROGRAM, text, nth) == where


GOING = """\
def f(z):
    half = z / 2
    return half
for i in range(f(9), 20):
    a = f(i)
    b = a * velocity
    c = (a, sum([x for x in b], start=a))
    velocity = 0.9 * velocity + a
    a = c[b:]
    d = unread + a ** 2
    e -= a
    if a > b: break
    g = a.max(axis=b) + 'a long text that nobody wants to read to its end, as it has no end'
"""


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("z / 2", "Kept as half; line 3 reads it."),
        ("half", "Is given back to where the function was called."),
        ("f(9)", "Goes into range(…, 20)."),
        ("f(i)", "Kept as a; lines 6, 7 and 8 read it."),
        ("velocity", "Is multiplied by a."),
        ("0.9 * velocity + a", "Kept as velocity; in the next pass lines 6 and 8 read it."),
        ("sum([x for x in b], start=a)", "Kept as c; line 9 reads it."),
        ("c[b:]", "Kept as a; lines 10, 11, 12 and 13 read it."),
        ("a ** 2", "Is added to unread."),
        ("unread + a ** 2", "Kept as d."),
        ("a > b", "Decides whether the lines below it run."),
        ("a.max(axis=b)", "What stands beside it is added to it."),
    ],
)
def test_whatever_is_done_with_a_value_is_told(text, where):
    assert goes(GOING, text) == where
