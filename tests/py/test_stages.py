"""One pass, stage by stage: its numbers are those of the program at the same expressions, and the sums are whole."""

import json
import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from plain_python import is_sensitive
from strategies import problems
from test_values import state_at

from tenlines.errors import SettingError
from tenlines.examples import examples, problem_of
from tenlines.explain.lines import outline
from tenlines.explain.stages.numbers import one_pass
from tenlines.explain.stages.report import Look, stages_of
from tenlines.methods.activations import ACTIVATIONS
from tenlines.problem import Problem
from tenlines.program.write import write
from tenlines.trace.generated_program import GeneratedProgram
from tenlines.trace.record import MOST_COLUMNS, MOST_ROWS
from tenlines.training.network import activate
from tenlines.training.numpy_engine import NumpyEngine
from tenlines.training.run import Run

POST = Problem()


def told(problem, iteration, **look):
    state = state_at(problem, iteration)
    return stages_of(json.dumps(problem.to_dict()), iteration, state, Look(**look))


def stage(report, name, layer=1):
    return next(each for each in report["stages"] if (each["stage"], each["layer"]) == (name, layer))


def numbers(found, name="values"):
    """(rows, columns)"""
    return np.array(found[name]).reshape(-1, max(1, len(found["columns"])))


def in_program(problem, iteration, state):
    """An oracle: what the traced program has at each expression of its loop, by its text; what adjusts, by the name."""
    program = GeneratedProgram(problem)
    values, parts = program.at(iteration, state), program.parts
    source = write(problem).source.splitlines()
    places = [place for place in sorted(values) if parts.is_in_loop(place) and values[place].shape is not None]
    found = {parts.text(place): values[place] for place in reversed(places)}
    for line in parts.lines:
        if line.does == "adds" and line.places[0] in places:
            name = source[line.number - 1].split("+=")[0].strip()
            found[f"{name} +="] = values[line.places[0]]
    return found


def assert_same(mine, value, where):
    """To 1e-12 of its size. What is asked for has no error; the program has 0 or nan there."""
    mine = np.atleast_2d(np.array(mine))[:MOST_ROWS, :MOST_COLUMNS]
    cells = np.array(value.cells, dtype=float).reshape(mine.shape)
    mine = np.where(np.isnan(mine) & (cells == 0), cells, mine)
    near = np.abs(mine - cells) <= 1e-12 * np.maximum(1, np.abs(cells))
    assert (near | (mine == cells) | (np.isnan(mine) & np.isnan(cells))).all(), (where, mine, cells)


def check_against_program(problem, iteration):
    """The first update, of every row and unit. Returns the names of the stages that the program has, too."""
    state = state_at(problem, iteration)
    found = one_pass(NumpyEngine(problem), iteration, state, range(len(problem.table.rows))).update
    traced = in_program(problem, iteration, state)
    compared = []
    for each in stages_of(json.dumps(problem.to_dict()), iteration, state, Look())["stages"]:
        name, layer, code = each["stage"], each["layer"], each["code"]
        units = found.layers[layer - 1]
        of_rows = {"sum": units.sums, "squeeze": units.outputs, "compare": units.errors}
        of_rows |= {"share": units.shared, "blame": units.blame}
        if name in of_rows and code in traced:
            assert_same(of_rows[name][found.batch], traced[code], (name, code))
            compared.append(name)
        if name == "adjust":
            number = "" if len(found.layers) == 1 else str(layer)
            for part in (part for part in found.parts if part.layer == layer):
                weights = f"weights{number}" if number else "synaptic_weights"
                assert_same(part.change, traced[f"{f'bias{number}' if part.is_bias else weights} +="], (name, layer))
            compared.append(name)
    assert {"sum", "squeeze", "compare", "adjust"} <= {*compared}
    return compared


@pytest.mark.parametrize("name", examples())
def test_the_stages_of_every_example_are_what_its_program_computes(name):
    problem = problem_of(name)
    assert "blame" in check_against_program(problem, min(7, problem.training.iterations))


@given(problems(most_iterations=20), st.floats(0, 1))
@settings(max_examples=120)
def test_so_are_those_of_any_network_loss_and_optimizer(data, part):
    assume(not is_sensitive(data, data["training"]["iterations"]))
    problem = Problem.from_dict(data)
    check_against_program(problem, round(part * problem.training.iterations))


@pytest.mark.parametrize("optimizer", ["gd", "momentum", "adam"])
@pytest.mark.parametrize("loss", ["squared", "mean_squared", "cross_entropy"])
@pytest.mark.parametrize("batch_size", [None, 2])
def test_and_those_of_every_loss_with_every_optimizer(optimizer, loss, batch_size):
    training = {"optimizer": optimizer, "loss": loss, "batch_size": batch_size, "learning_rate": 0.1, "shuffle": True}
    data = problem_of("xor").to_dict()
    problem = Problem.from_dict({**data, "training": {**training, "iterations": 30, "l2": 0.01}})
    check_against_program(problem, 25)


@given(problems(most_iterations=8), st.integers(0, 7))
@settings(max_examples=60)
def test_a_pass_is_made_of_its_batches_and_ends_where_training_does(data, iteration):
    """Old + change = new of each batch in turn, and answers and errors before and after are those of the run."""
    assume(not is_sensitive(data, data["training"]["iterations"]))
    assume(data["training"]["iterations"] > iteration)
    problem = Problem.from_dict(data)
    run = Run(problem)
    _, before = run.seek(iteration, 9)
    _, after = run.seek(iteration + 1, 9)
    assume(run.diverged is None and before.iteration == iteration and after.iteration == iteration + 1)
    rows = range(len(problem.table.rows))
    engine = NumpyEngine(problem)
    found = one_pass(engine, *before.state, rows)
    batches = [one_pass(engine, *before.state, rows, number + 1) for number in range(found.batches)]
    assert sorted(place for each in batches for place in each.update.batch.tolist()) == [
        place for place, teaches in enumerate(problem.teaching()) if teaches
    ]
    for one, other in pairwise(batches):
        for part, next_part in zip(one.update.parts, other.update.parts, strict=True):
            assert np.array_equal(part.after, next_part.before, equal_nan=True)
    last = np.concatenate([part.after.ravel() for part in batches[-1].update.parts])
    assert np.allclose(last, after.weights, rtol=1e-12, atol=1e-12)
    for each in batches:
        assert np.allclose(each.outputs[0], before.outputs, rtol=1e-12, atol=1e-12, equal_nan=True)
        assert np.allclose(each.outputs[1], after.outputs, rtol=1e-12, atol=1e-12, equal_nan=True)
        assert each.errors == pytest.approx((before.error, after.error), rel=1e-9)


@pytest.mark.parametrize("name", [name for name, each in ACTIVATIONS.items() if not each.power])
def test_a_slope_is_how_much_the_output_changes_when_the_sum_is_nudged(name):
    data = problem_of("xor").to_dict()
    network = {**data["network"], "hidden": [{"units": 4, "activation": name}]}
    problem = Problem.from_dict({**data, "network": network})
    report = told(problem, 0)
    sums, slopes = (numbers(stage(report, kind)) for kind in ("sum", "slope"))
    sums, slopes = sums[abs(sums) > 1e-3], slopes[abs(sums) > 1e-3]  # some bend at 0
    nudged = [activate(ACTIVATIONS[name], sums + by) for by in (1e-6, -1e-6)]
    assert slopes == pytest.approx((nudged[0] - nudged[1]) / 2e-6, rel=1e-6, abs=1e-6)


@given(problems(most_iterations=3))
@settings(max_examples=80)
def test_the_stages_are_those_that_the_parts_of_the_program_are_said_to_be_of(data):
    """Step into lights the stage that a part of the code is of."""
    problem = Problem.from_dict(data)
    of_code = {one["stage"] for one in outline(write(problem).source)["expressions"]} - {""}
    of_lines = {one["stage"] for one in outline(write(problem).source)["lines"]} - {""}
    of_pass = {f"{each['stage']} {each['layer']}".removesuffix(" 0") for each in told(problem, 0)["stages"]}
    # Of a linear layer the sum is the output, and the error the blame.
    linear = {layer for layer, name in enumerate(problem.activations(), start=1) if name == "linear"}
    linear = {f"{name} {layer}" for layer in linear for name in ("squeeze", "slope", "blame")}
    assert of_code | of_lines | linear == of_pass | linear


def test_the_six_stages_of_the_posts_pass_at_iteration_700():
    report = told(POST, 700)
    assert [(each["stage"], each["layer"], each["title"]) for each in report["stages"]] == [
        ("sum", 1, "Multiply and add"),
        ("squeeze", 1, "Squeeze"),
        ("compare", 1, "Compare"),
        ("slope", 1, "Slope"),
        ("blame", 1, "Blame"),
        ("adjust", 1, "Adjust"),
    ]
    assert [each["worked"] for each in report["stages"]] == [
        "0·6.875 + 0·−0.218 + 1·−3.221 = −3.221",
        "1 / (1 + e^−(−3.221)) = 0.0384",
        "0 − 0.0384 = −0.0384",
        "0.0384 · (1 − 0.0384) = 0.0369",
        "(−0.0384) · 0.0369 = −0.00142",
        "0·−0.00142 + 1·0.000943 + 1·0.000621 + 0·−0.000937 = 0.00156; 6.8750 + 0.00156 = 6.8766",
    ]
    assert (report["rows"], report["are"]) == ([1, 2, 3, 4, 5], ["", "", "", "", "asked for"])
    assert stage(report, "adjust")["units"] == ["1:x1:y", "1:x2:y", "1:x3:y"]
    assert numbers(stage(report, "adjust"), "old") + numbers(stage(report, "adjust")) == pytest.approx(
        numbers(stage(report, "adjust"), "new")
    )
    assert report["errors"][1] < report["errors"][0]


def test_with_hidden_layers_it_goes_forwards_and_then_backwards_layer_by_layer():
    order = [(each["stage"], each["layer"]) for each in told(problem_of("xor"), 5)["stages"]]
    forwards = [("sum", 1), ("squeeze", 1), ("sum", 2), ("squeeze", 2)]
    backwards = [("compare", 2), ("slope", 2), ("blame", 2), ("compare", 1), ("slope", 1), ("blame", 1)]
    assert order == [*forwards, *backwards, ("adjust", 1), ("adjust", 2)]


@pytest.mark.parametrize(
    ("training", "stages"),
    [
        ({"loss": "mean_squared"}, "sum squeeze compare share slope blame adjust"),
        ({"loss": "cross_entropy"}, "sum squeeze compare blame adjust"),
        ({"optimizer": "momentum"}, "sum squeeze compare slope blame descent velocity adjust"),
        ({"optimizer": "adam", "learning_rate": 0.1}, "sum squeeze compare slope blame descent mean square adjust"),
        ({"batch_size": 2}, "batch sum squeeze compare slope blame adjust"),
        ({"l1": 0.01}, "sum squeeze compare slope blame descent adjust"),
    ],
)
def test_other_losses_optimizers_and_batches_have_stages_of_their_own(training, stages):
    problem = Problem.from_dict({"training": training})
    report = told(problem, 3)
    assert [each["stage"] for each in report["stages"]] == stages.split()
    assert all(each["what"] and each["why"] and each["title"] and each["code"] for each in report["stages"])


def test_rows_of_another_batch_held_out_or_asked_for_say_so_and_have_no_blame():
    training = {"batch_size": 2, "test_fraction": 0.25, "shuffle": True}
    report = told(Problem.from_dict({"training": training}), 3, batch=2)
    assert (report["batch"], report["batches"], report["count"]) == (2, 2, 1)
    blame = numbers(stage(report, "blame"))[:, 0]
    assert sorted(report["are"]) == ["", "asked for", "held out", "in another batch", "in another batch"]
    assert [math.isnan(each) for each in blame] == [bool(why) for why in report["are"]]
    assert not np.isnan(numbers(stage(report, "sum"))).any()


def test_a_row_on_the_flat_of_the_curve_hardly_teaches():
    report = told(POST, 10_000)
    notes = stage(report, "blame")["notes"]
    assert [note["row"] for note in notes] == [0, 1, 2, 3]
    assert notes[0]["text"] == "hardly teaches: blame −0.0000925"
    assert stage(told(POST, 10), "blame")["notes"] == []


def test_where_the_rows_pull_both_ways_at_a_weight_that_is_said():
    """XOR without a hidden layer: what two rows ask for, the two others take back."""
    rows = [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]]
    table = {"inputs": ["x1", "x2"], "outputs": ["y"], "rows": rows}
    report = told(Problem.from_dict({"table": table, "network": {"bias": True}}), 10_000)
    assert [note["text"] for note in stage(report, "adjust")["notes"]] == [
        "The rows pull both ways and cancel out: up by 0.125, down by 0.125."
    ]


@pytest.mark.parametrize(
    ("count", "row", "rows"), [(10, 3, range(1, 11)), (10_000, 6_999, [1, 2, 3, 4, 7_000, 10_000])]
)
def test_of_many_rows_the_first_the_one_looked_at_and_the_last_are_told_and_all_are_added_up(count, row, rows):
    cells = [[place % 7, place % 2, int(place % 3 == 0)] for place in range(count)]
    table = {"inputs": ["a", "b"], "outputs": ["y"], "rows": cells}
    problem = Problem.from_dict({"table": table, "training": {"learning_rate": 0.01, "loss": "mean_squared"}})
    report = told(problem, 2, row=row)
    assert report["rows"] == list(rows)
    found = one_pass(NumpyEngine(problem), 2, state_at(problem, 2), [row]).update
    inputs = np.array(cells, dtype=float)[:, :2]
    assert stage(report, "blame")["totals"][0] == pytest.approx(found.blame[0].sum())
    assert numbers(stage(report, "adjust"))[:, 0] == pytest.approx(0.01 * (inputs.T @ found.blame[0])[:, 0])
    assert ("of the other" in stage(report, "adjust")["worked"]) == (count > 10)


def test_of_many_units_some_are_told_of_and_all_terms_of_a_sum():
    data = problem_of("xor").to_dict()
    network = {**data["network"], "hidden": [{"units": 256, "activation": "tanh"}]}
    problem = Problem.from_dict({**data, "network": network})
    report = told(problem, 1, units=[99, 0], inputs=[0, 200])
    first, last = stage(report, "sum", 1), stage(report, "sum", 2)
    assert first["columns"] == ["h1.1", "h1.2", "h1.3", "h1.4", "h1.100", "h1.256"]
    assert (first["places"], first["column"], first["more"]) == ([0, 1, 2, 3, 99, 255], 4, 250)
    assert last["worked"].count("·") == 256
    adjust = stage(report, "adjust", 2)
    assert adjust["froms"] == ["h1.1", "h1.2", "h1.3", "h1.4", "h1.201", "+1"]
    assert adjust["units"][adjust["row"]] == "2:201:y"


@given(problems(most_iterations=4))
@settings(max_examples=60)
def test_the_sums_worked_out_are_whole_and_come_out_right(data):
    problem = Problem.from_dict(data)
    assume(not is_sensitive(data, data["training"]["iterations"]))
    report = told(problem, 0)
    for found in (each for each in report["stages"] if each["stage"] == "sum"):
        terms, result = found["worked"].split(" = ")
        parts = [part.split("·") for part in terms.replace("−", "-").replace(",", "").split(" + ")]
        worked = sum(math.prod(map(float, part)) for part in parts)
        size = sum(abs(math.prod(map(float, part))) for part in parts)
        assert worked == pytest.approx(float(result.replace("−", "-").replace(",", "")), abs=0.05 * size + 0.002)
        assert len(parts) == len(problem.table.inputs) + problem.network.bias or found["layer"] > 1


def test_numbers_that_are_too_large_are_there_as_they_are():
    table = {"inputs": ["a"], "outputs": ["y"], "rows": [[1e160, 1e150]]}
    problem = Problem.from_dict({"table": table, "network": {"output": "linear"}})
    report = told(problem, 0)
    assert math.isinf(stage(report, "adjust")["values"][0])
    assert math.isinf(report["after"][0]) or math.isnan(report["after"][0])
    assert stage(report, "adjust")["worked"] == "Too large to compute with."


def test_a_state_of_another_network_is_refused():
    with pytest.raises(SettingError, match="not of this network"):
        stages_of("{}", 0, b"\0" * 16, Look())
