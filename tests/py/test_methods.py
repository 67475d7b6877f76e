"""What one declaration of a method gives: numbers, kernel, program and its reading, explanation, curve."""

import itertools
import json
import math
import re

import numpy as np
import pytest
from plain_python import activate
from test_program import alone as alone  # a fixture
from test_program import problem
from test_values import state_at

from tenlines.errors import SettingError, TableError
from tenlines.explain.lines import formula_for_people
from tenlines.explain.spoken import PEOPLE, Spoken
from tenlines.methods.activations import ACTIVATIONS, formula_of, is_function
from tenlines.methods.formula import PROGRAM, Text
from tenlines.methods.losses import LOSSES
from tenlines.methods.optimizers import OPTIMIZERS
from tenlines.page.api import Session
from tenlines.problem import Problem
from tenlines.program.read import read
from tenlines.program.write import write
from tenlines.syntax.patterns import activation
from tenlines.syntax.source import parse
from tenlines.training.frames import doubles
from tenlines.training.run import Run

HIDDEN = [name for name, each in ACTIVATIONS.items() if not each.power]
NEW = {
    "network": {"hidden": [{"units": 3, "activation": "leaky_relu"}, {"units": 2, "activation": "softplus"}]},
    "training": {"loss": "cross_entropy", "optimizer": "momentum", "learning_rate": 0.1, "iterations": 200},
}
PROGRAM_OF_NEW = """\
from numpy import exp, maximum, where, logaddexp, array, random, dot, zeros
def leaky_relu(z):
    return maximum(0.01 * z, z)
training_set_inputs = array([[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]])
training_set_outputs = array([[0, 1, 1, 0]]).T
random.seed(1)
weights1 = 2 * random.random((3, 3)) - 1
weights2 = 2 * random.random((3, 2)) - 1
weights3 = 2 * random.random((2, 1)) - 1
velocity1 = zeros((3, 3))
velocity2 = zeros((3, 2))
velocity3 = zeros((2, 1))
for iteration in range(200):
    layer1 = leaky_relu(dot(training_set_inputs, weights1))
    layer2 = logaddexp(0, dot(layer1, weights2))
    output = 1 / (1 + exp(-dot(layer2, weights3)))
    delta3 = (training_set_outputs - output) / output.size
    delta2 = dot(delta3, weights3.T) * (1 - exp(-layer2))
    delta1 = dot(delta2, weights2.T) * where(layer1 > 0, 1, 0.01)
    velocity1 = 0.9 * velocity1 + dot(training_set_inputs.T, delta1)
    weights1 += 0.1 * velocity1
    velocity2 = 0.9 * velocity2 + dot(layer1.T, delta2)
    weights2 += 0.1 * velocity2
    velocity3 = 0.9 * velocity3 + dot(layer2.T, delta3)
    weights3 += 0.1 * velocity3
layer1 = leaky_relu(dot(array([1, 0, 0]), weights1))
layer2 = logaddexp(0, dot(layer1, weights2))
print(1 / (1 + exp(-dot(layer2, weights3))))
"""


def finished(data, engine):
    run = Run(Problem.from_dict(data), engine)
    while not run.done:
        run.advance(1)
    return run


def test_a_program_spells_every_method_out_in_plain_numpy():
    assert write(Problem.from_dict(NEW)).source == PROGRAM_OF_NEW


def test_the_terminals_problem_the_kernel_and_the_program_agree(alone):
    numpys, compiled = (finished(NEW, engine).frame for engine in ("numpy", "compiled"))
    assert compiled.numbers.tolist() == pytest.approx(numpys.numbers.tolist(), rel=1e-12, abs=1e-12)
    done = alone(write(Problem.from_dict(NEW)))
    assert float(done["printed"].strip("[]\n")) == pytest.approx(numpys.outputs[4, 0], abs=1e-8)
    assert [x for name in ("weights1", "weights2", "weights3") for x in done["arrays"][name]] == pytest.approx(
        numpys.weights.tolist(), rel=1e-12
    )


@pytest.mark.no_cover  # lines that other tests run too, a thousand times; to count them took most of its time
@pytest.mark.parametrize("batch_size", [None, 3])
@pytest.mark.parametrize("bias", [False, True])
@pytest.mark.parametrize("units", [0, 2, 20])
def test_every_combination_is_the_same_in_both_engines_and_read_back(units, bias, batch_size):
    part_known = {"inputs": ["a"], "outputs": ["p", "q"], "rows": [[1, None, 1], [2, 1, 0], [3, None, None], [0, 1, 1]]}
    shares = {**part_known, "rows": [[1, None, 1], [2, 1, 0], [3, None, None], [0, 0.25, 0.75], [5, 0, 1], [6, 1, 0]]}
    hidden_kinds = HIDDEN if units else HIDDEN[:1]
    for name, output, loss, optimizer in itertools.product(
        hidden_kinds, ("sigmoid", "softplus", "softmax"), LOSSES, OPTIMIZERS
    ):
        if (loss == "cross_entropy") != (output == "softmax") and output != "sigmoid":
            continue
        hidden = [{"units": units, "activation": name}] if units else []
        training = {"loss": loss, "optimizer": optimizer, "learning_rate": 0.01, "iterations": 30}
        data = {
            "table": shares if output == "softmax" else part_known,
            "network": {"hidden": hidden, "output": output, "bias": bias},
            "training": {**training, "batch_size": batch_size},
        }
        numpys, compiled = (finished(data, engine).frame for engine in ("numpy", "compiled"))
        assert compiled.numbers.tolist() == pytest.approx(numpys.numbers.tolist(), rel=1e-11, abs=1e-11), data
        if units == 20:
            continue  # the program is that of 2 units, but for the number
        checked = Problem.from_dict(data)
        assert read(write(checked).source, checked) == checked
        beside_the_posts = read(write(checked).source, Problem())
        assert beside_the_posts is not None
        assert beside_the_posts.training.loss == loss


@pytest.mark.parametrize("name", HIDDEN)
def test_the_text_of_a_formula_computes_what_the_formula_does(name):
    values = np.linspace(-30, 30, 601)
    outputs = ACTIVATIONS[name].forward(np, values)
    assert eval(formula_of(name), dict(vars(np)), {"z": values}) == pytest.approx(outputs, rel=1e-15)
    assert outputs == pytest.approx([activate(name, z) for z in values], rel=1e-14, abs=1e-15)
    error = Text("e", rank=1)  # a sum
    written = str(ACTIVATIONS[name].backward(PROGRAM, error, Text("o")))
    found = eval(written.replace("(e)", "e"), dict(vars(np)), {"e": 2.0, "o": outputs})
    assert found == pytest.approx(ACTIVATIONS[name].backward(np, 2.0, outputs), rel=1e-15)


@pytest.mark.parametrize("name", [name for name in HIDDEN if name != "linear"])
def test_an_activation_is_recognised_in_any_program(name):
    for text in [formula_of(name), *([f"{name}(z)"] if is_function(name) else [])]:
        for spelling in (text, re.sub(r"(\w+)\(", r"np.\1(", text)):
            (line,) = parse(f"x = {spelling.replace('z', 'dot(a, w)')}").body
            found = activation(line.value)  # pyright: ignore[reportAttributeAccessIssue]
            assert found is not None
            assert found[0] == name
    (line,) = parse("x = maximum(0.01 * dot(a, w), dot(b, w))").body
    assert activation(line.value) is None, "two different sums"  # pyright: ignore[reportAttributeAccessIssue]


def told(source, start):
    lines = Session().outline(source)["lines"]
    number = next(at for at, line in enumerate(source.splitlines(), start=1) if line.strip().startswith(start))
    (found,) = [line for line in lines if line["line"] == number]
    return found["about"], found["formula"]


def test_every_line_is_explained_with_its_formula():
    lines = {
        start: told(PROGRAM_OF_NEW, start) for start in ("layer1", "layer2", "delta", "velocity1 = 0", "weights1 +=")
    }
    assert lines["layer1"][1] == "layer1 = max(0.01 · z, z), with z = training_set_inputs · weights1"
    assert lines["layer2"][1] == "layer2 = ln(1 + e^z), with z = layer1 · weights2"
    about, formula = lines["delta"]
    assert "cross-entropy" in about
    assert "slope of the curve there" not in about, "it has cancelled"
    assert formula == "delta3 = (training_set_outputs − output) / output.size"
    assert told(PROGRAM_OF_NEW, "delta2")[1] == "delta2 = (delta3 · weights3ᵀ) · (1 − e^−layer2)"
    assert told(PROGRAM_OF_NEW, "delta1")[1] == "delta1 = (delta2 · weights2ᵀ) · (1 where layer1 > 0, else 0.01)"
    about, formula = lines["velocity1 = 0"]
    assert about.startswith("Keeps nine tenths of the last step")
    assert formula == "velocity1 = 0.9 · velocity1 + training_set_inputsᵀ · delta1"
    assert told(PROGRAM_OF_NEW, "velocity1 = zeros")[0].startswith("The velocity1 starts at 0.")
    about, formula = lines["weights1 +="]
    assert about == "Moves each weight by its velocity1. 0.1 is the learning rate: how large a step is."
    assert formula == "weights1 = weights1 + 0.1 · velocity1"


@pytest.mark.parametrize("output", [name for name in HIDDEN if name != "linear"])
def test_the_mean_squared_error_is_told_whatever_follows_it(output):
    data = {"network": {"output": output, "bias": True}, "training": {"loss": "mean_squared"}}
    about, formula = told(write(Problem.from_dict(data)).source, "delta =")
    assert formula.startswith("delta = 2 · (training_set_outputs − output) / output.size")
    assert about.startswith("How far off each output is, times the slope of the curve there: how its sum should change")
    assert about.endswith(" With a mean each known output has an equal share; the 2 is what is left of the square.")


def test_with_momentum_the_posts_own_network_says_what_it_asks_for():
    source = write(Problem.from_dict({"training": {"optimizer": "momentum"}})).source
    assert told(source, "velocity = 0.9")[1] == (
        "velocity = 0.9 · velocity + training_set_inputsᵀ · ((training_set_outputs − output) · output · (1 − output))"
    )


def test_values_of_a_velocity_are_those_of_the_iteration():
    checked = Problem.from_dict(NEW)
    data = json.dumps(NEW)
    line = 1 + PROGRAM_OF_NEW.splitlines().index("    weights3 += 0.1 * velocity3")

    def beside(iteration):
        lines = Session().values(data, iteration, state_at(checked, iteration))["lines"]
        return next(shown["text"] for shown in lines if shown["line"] == line)

    before, after = (state_at(checked, iteration) for iteration in (50, 51))
    first = np.frombuffer(after)[15:17] - np.frombuffer(before)[15:17]
    assert beside(50) == f"adds {'  '.join(shown(x) for x in first)}"
    assert beside(50) != beside(0)


def shown(value):
    from tenlines.trace.format import number

    return number(float(value), 2)


ADAM = {"optimizer": "adam", "learning_rate": 0.03}
PROGRAM_OF_ADAM = """\
from numpy import exp, sqrt, array, random, dot, zeros
training_set_inputs = array([[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]])
training_set_outputs = array([[0, 1, 1, 0]]).T
random.seed(1)
synaptic_weights = 2 * random.random((3, 1)) - 1
mean = zeros((3, 1))
square = zeros((3, 1))
updates = 0
for iteration in range(10000):
    output = 1 / (1 + exp(-dot(training_set_inputs, synaptic_weights)))
    updates += 1
    descent = dot(training_set_inputs.T, (training_set_outputs - output) * output * (1 - output))
    mean = 0.9 * mean + 0.1 * descent
    square = 0.999 * square + 0.001 * descent ** 2
    synaptic_weights += 0.03 * (mean / (1 - 0.9 ** updates) / (sqrt(square / (1 - 0.999 ** updates)) + 1e-08))
print(1 / (1 + exp(-dot(array([1, 0, 0]), synaptic_weights))))
"""


def test_adam_is_a_few_lines_each_explained():
    assert write(Problem.from_dict({"training": ADAM})).source == PROGRAM_OF_ADAM
    lines = {start: told(PROGRAM_OF_ADAM, start) for start in ("descent", "mean = 0.9", "square = 0.9", "synaptic_wei")}
    assert lines["descent"][1] == (
        "descent = training_set_inputsᵀ · ((training_set_outputs − output) · output · (1 − output))"
    )
    assert lines["mean = 0.9"][1] == "mean = 0.9 · mean + 0.1 · descent"
    assert lines["square = 0.9"][1] == "square = 0.999 · square + 0.001 · descent²"
    about, formula = told(PROGRAM_OF_ADAM, "synaptic_weights +=")
    assert about.startswith("Moves each weight by its mean over the root of its square: each weight has steps")
    assert formula == (
        "synaptic_weights = synaptic_weights + 0.03 · mean / (1 − 0.9^updates) / "
        "(√(square / (1 − 0.999^updates)) + 1e-08)"
    )
    assert told(PROGRAM_OF_ADAM, "updates = 0")[0] == "updates starts at 0."
    assert told(PROGRAM_OF_ADAM, "updates += 1")[0] == "Counts updates on by 1."


def test_a_learners_own_step_is_not_called_adams():
    own = PROGRAM_OF_ADAM.replace("+ 1e-08", "+ 1")
    assert told(own, "synaptic_weights +=")[0].startswith("Moves each weight by its mean. 0.03 is the learning rate")


@pytest.mark.parametrize(("batch_size", "updates"), [(None, 7), (3, 14)])
@pytest.mark.parametrize("engine", ["numpy", "compiled"])
def test_adam_counts_updates_not_passes(engine, batch_size, updates):
    run = finished({"training": {**ADAM, "iterations": 7, "batch_size": batch_size}}, engine)
    assert doubles(run.frame.state[1])[-1] == updates


@pytest.mark.parametrize("engine", ["numpy", "compiled"])
@pytest.mark.parametrize("rate", [0.001, 0.5])
def test_adams_first_step_is_the_learning_rate_whatever_the_table(engine, rate):
    """Its mean and the root of its square are then the same but for the sign: Kingma & Ba, section 2.1."""
    data = {"training": {**ADAM, "learning_rate": rate, "iterations": 1}}
    before, after = (finished({**data, "training": {**data["training"], "iterations": n}}, engine) for n in (0, 1))
    moved = [b - a for a, b in zip(before.frame.weights, after.frame.weights, strict=True)]
    assert [abs(step) for step in moved] == pytest.approx([rate] * 3, rel=1e-5)


@pytest.mark.parametrize("optimizer", ["momentum", "adam"])
@pytest.mark.parametrize("batch_size", [None, 3])
@pytest.mark.parametrize("engine", ["numpy", "compiled"])
@pytest.mark.parametrize("units", [2, 30])
def test_a_run_goes_on_from_its_state_and_back_as_if_it_had_never_stopped(engine, units, batch_size, optimizer):
    data = {**NEW, "network": {"hidden": [{"units": units, "activation": "softplus"}]}}
    data["training"] = {**NEW["training"], "batch_size": batch_size, "optimizer": optimizer}
    whole = finished(data, engine)
    half = Run(Problem.from_dict({**data, "training": {**data["training"], "iterations": 100}}), engine)
    while not half.done:
        half.advance(1)
    kept = {"momentum": 2 * half.frame.parameters, "adam": 3 * half.frame.parameters + 1}
    assert len(half.frame.state[1]) == 8 * kept[optimizer], "a velocity for each weight; or two means, and a count"
    rest = Run(Problem.from_dict(data), engine, at=half.frame.state)
    while not rest.done:
        rest.advance(1)
    assert rest.frame.numbers.tobytes() == whole.frame.numbers.tobytes()
    _, back = whole.seek(100, 60)
    assert back.numbers.tobytes() == half.frame.numbers.tobytes()


def test_weights_alone_are_no_state_where_a_velocity_belongs_to_it():
    weights = finished({**NEW, "training": {}}, "numpy").frame.state
    with pytest.raises(SettingError, match="These weights are"):
        Run(Problem.from_dict(NEW), at=(5, weights[1]))


def test_a_loss_is_refused_where_it_does_not_fit_with_what_does():
    with pytest.raises(SettingError, match=r"Cross-entropy does not go with a linear output") as refused:
        Problem.from_dict({"network": {"output": "linear"}, "training": {"loss": "cross_entropy"}})
    assert refused.value.where == {"field": "training.loss"}
    table = {"inputs": ["a"], "outputs": ["b"], "rows": [[1, 0.5], [2, None], [3, 1.5]]}
    with pytest.raises(TableError, match=r"Row 3, b: 1.5 is not from 0 to 1, as cross-entropy needs it") as wrong:
        Problem.from_dict({"table": table, "training": {"loss": "cross_entropy"}})
    assert wrong.value.where == {"row": 3, "column": "b"}


def test_cross_entropy_never_overflows():
    table = {"inputs": ["a"], "outputs": ["b"], "rows": [[1e3, 0], [-1e3, 1], [1, None]]}
    data = {"table": table, "training": {"loss": "cross_entropy", "iterations": 100}}
    for engine in ("numpy", "compiled"):
        run = finished(data, engine)
        assert run.diverged is None
        assert math.isclose(run.frame.error, 0, abs_tol=1e-9), "learned"


def test_softplus_of_the_kernel_is_within_a_few_ulp():
    rows = [[float(z), None] for z in np.linspace(-40, 40, 400)] + [[1000.0, None], [-1000.0, None], [0.0, 0.0]]
    data = {"table": {"inputs": ["z"], "outputs": ["o"], "rows": rows}, "network": {"output": "softplus"}}
    run = Run(Problem.from_dict(data), "compiled")
    weight = run.frame.weights[0]
    expected = [activate("softplus", row[0] * weight) for row in rows]
    assert [row[0] for row in run.frame.outputs.tolist()] == pytest.approx(expected, rel=1e-14, abs=1e-300)


def test_people_see_formulas_as_they_write_them():
    output = Spoken("o")
    assert [formula_for_people(ACTIVATIONS[name]) for name in HIDDEN] == [
        "1 / (1 + e^−z)", "tanh(z)", "max(0, z)", "max(0.01 · z, z)", "ln(1 + e^z)", "z",
    ]  # fmt: skip
    assert str(ACTIVATIONS["tanh"].backward(PEOPLE, Spoken("e"), output)) == "e · (1 − o²)"


def test_a_curve_is_drawn_from_the_declaration():
    for name in HIDDEN:
        view = ACTIVATIONS[name].view
        assert view is not None
        most, low, high = view
        assert most > 0
        assert low < high
    leaky = problem([[1, 1], [2, None]], hidden=[(1, "leaky_relu")])
    expressions = Session().outline(write(leaky).source)["expressions"]
    place = next(at for at, part in enumerate(expressions) if part["role"] == "activation")
    curve = Session().values(json.dumps(leaky.to_dict()), 0, state_at(leaky, 0), place)["selected"]["curve"]
    assert curve["title"] == "Leaky ReLU"
    assert (curve["line"][0], curve["line"][-1]) == (-0.04, 4.0)


PENALISED = {"l2": 0.001, "l1": 0.5, "learning_rate": 0.1, "initial": "he"}
LINES_OF_PENALISED = {
    "gd": """\
    weights2 += 0.1 * (dot(layer1.T, delta2) - 0.001 * weights2 - 0.5 * sign(weights2))
    bias2 += 0.1 * delta2.sum(axis=0)
""",
    "momentum": """\
    descent2 = dot(layer1.T, delta2) - 0.001 * weights2 - 0.5 * sign(weights2)
    velocity2 = 0.9 * velocity2 + descent2
    weights2 += 0.1 * velocity2
    bias_velocity2 = 0.9 * bias_velocity2 + delta2.sum(axis=0)
    bias2 += 0.1 * bias_velocity2
""",
}


@pytest.mark.parametrize("optimizer", LINES_OF_PENALISED)
def test_a_program_subtracts_each_penalty_from_what_changes_weights_and_says_so(optimizer):
    network = {"hidden": [{"units": 4}], "bias": True}
    checked = Problem.from_dict({"network": network, "training": {**PENALISED, "optimizer": optimizer}})
    source = write(checked).source
    assert LINES_OF_PENALISED[optimizer] in source
    start = "(2 * random.random((4, 1)) - 1) * sqrt(6 / 4)"
    assert start in source
    about, formula = told(source, "weights2 +=" if optimizer == "gd" else "descent2")
    assert "L2 pulls each weight towards 0, the more the larger it is. L1 pulls each weight towards 0" in about
    assert "layer1ᵀ · delta2 − 0.001 · weights2 − 0.5 · sign(weights2)" in formula
    assert "times a root. The root, He’s" in told(source, "weights2 = (2")[0]
    stronger = read(source.replace("0.001 *", "0.02 *"), checked)
    assert stronger is not None
    assert stronger.training.l2 == 0.02
    other = read(source.replace("6 / 3", "6 / (3 + 4)").replace("6 / 4", "6 / (4 + 1)"), Problem())
    assert other is not None
    assert other.training.initial == "glorot"
    assert read(source.replace("6 / 3", "6 / 2"), checked) is None


@pytest.mark.parametrize("batch_size", [None, 3])
@pytest.mark.parametrize("units", [0, 3, 40])
def test_penalties_are_the_same_in_both_engines_and_read_back(units, batch_size):
    for optimizer, strengths in itertools.product(("gd", "momentum", "adam"), ({"l2": 0.01}, {"l1": 0.01}, PENALISED)):
        training = {"learning_rate": 0.01, "iterations": 30, "optimizer": optimizer, **strengths}
        hidden = [{"units": units, "activation": "tanh"}] if units else []
        data = {"network": {"hidden": hidden, "bias": True}, "training": {**training, "batch_size": batch_size}}
        numpys, compiled = (finished(data, engine).frame for engine in ("numpy", "compiled"))
        assert compiled.numbers.tolist() == pytest.approx(numpys.numbers.tolist(), rel=1e-11, abs=1e-11), data
        if units == 20:
            continue  # the program is that of 2 units, but for the number
        checked = Problem.from_dict(data)
        assert read(write(checked).source, checked) == checked


def test_l1_holds_a_weight_at_0_and_the_sign_of_0_is_0():
    table = {"inputs": ["a", "b"], "outputs": ["y"], "rows": [[1, 0, 1], [2, 0, 2], [1, 1, None]]}
    data = {"table": table, "network": {"output": "linear"}, "training": {"learning_rate": 0.01, "l1": 0.5}}
    for engine in ("numpy", "compiled"):
        weights = finished(data, engine).frame.weights
        assert weights[0] == pytest.approx(0.9, abs=1e-9), "5 · (1 - w) = 0.5"
        assert abs(weights[1]) <= 0.005, "less than one step from 0"
