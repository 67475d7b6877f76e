"""The problem object: the page's state, a saved file and the terminal's input, checked field by field."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import problems

from tenlines.errors import SettingError, TableError, TenlinesError
from tenlines.examples import examples, problem_of
from tenlines.problem import Problem

POST = {
    "table": {
        "inputs": ["x1", "x2", "x3"],
        "outputs": ["y"],
        "rows": [[0, 0, 1, 0], [1, 1, 1, 1], [1, 0, 1, 1], [0, 1, 1, 0], [1, 0, 0, None]],
    },
    "network": {"hidden": [], "output": "sigmoid", "bias": False},
    "training": {
        "iterations": 10_000,
        "learning_rate": 1,
        "optimizer": "gd",
        "batch_size": None,
        "loss": "squared",
        "l2": 0,
        "test_fraction": 0,
        "seed": 1,
        "l1": 0,
        "initial": "post",
        "shuffle": False,
        "split_seed": 1,
    },
}


def test_an_empty_object_is_the_posts_problem():
    assert Problem.from_dict({}).to_dict() == POST
    assert Problem().to_dict() == POST


@given(problems())
def test_a_problem_comes_back_as_it_went_in(data):
    problem = Problem.from_dict(data)
    assert problem.to_dict() == data
    assert Problem.from_dict(problem.to_dict()) == problem
    assert Problem.from_dict(json.loads(json.dumps(problem.to_dict()))) == problem


@pytest.mark.parametrize(("part", "field"), [(part, field) for part in ("network", "training") for field in POST[part]])
def test_a_missing_field_takes_the_posts_value(part, field):
    other = {
        "network": {"hidden": [{"units": 2, "activation": "tanh"}], "output": "linear", "bias": True},
        "training": {
            **POST["training"],
            "iterations": 5,
            "learning_rate": 0.5,
            "batch_size": 2,
            "seed": 9,
            "shuffle": True,
        },
    }
    fields = {key: value for key, value in other[part].items() if key != field}
    expected = {**POST, part: {**other[part], field: POST[part][field]}}
    assert Problem.from_dict({part: fields}).to_dict() == expected


@pytest.mark.parametrize("part", POST)
def test_a_missing_part_takes_the_posts_value(part):
    rest = {key: value for key, value in POST.items() if key != part}
    assert Problem.from_dict(rest).to_dict() == POST


def test_a_hidden_layer_without_an_activation_is_a_sigmoid():
    network = Problem.from_dict({"network": {"hidden": [{"units": 3}]}}).to_dict()["network"]
    assert network["hidden"] == [{"units": 3, "activation": "sigmoid"}]


def changed(path, value):
    """The post's problem with one field changed, "training.seed" or "network.hidden"."""
    data = json.loads(json.dumps(POST))
    *parts, last = path.split(".")
    place = data
    for part in parts:
        place = place[part]
    place[last] = value
    return data


ACCEPTED = {
    "training.iterations": [0, 1, 10**9, 1e4, 2**53],
    "training.learning_rate": [0, 0.0, 1e-300, 1e6, 3],
    "training.batch_size": [None, 1, 4, 10**9],
    "training.seed": [0, 2**32 - 1],
    "training.l2": [0, 0.0, 1e-4, 1e6],
    "training.l1": [0, 0.5],
    "training.initial": ["post", "glorot", "he"],
    "training.test_fraction": [0, 0.25, 0.7],
    "training.split_seed": [0, 2**32 - 1],
    "network.output": ["sigmoid", "tanh", "relu", "linear"],
    "network.bias": [True, False],
    "network.hidden": [[], [{"units": 1, "activation": "relu"}] * 6, [{"units": 256, "activation": "linear"}]],
}


@pytest.mark.parametrize(("path", "value"), [(path, value) for path, values in ACCEPTED.items() for value in values])
def test_a_valid_value_is_kept(path, value):
    part, field = path.split(".")
    kept = Problem.from_dict(changed(path, value)).to_dict()[part][field]
    assert kept == value
    assert isinstance(kept, bool) == isinstance(value, bool)


REFUSED = {
    "training.iterations": [-1, 1.5, "10", "", None, True, math.nan, math.inf, 2**53 + 2, 10**400, [], {}],
    "training.learning_rate": [-0.1, "1", "", None, False, math.nan, math.inf, -math.inf, 10**400, [1]],
    "training.batch_size": [0, -1, 0.5, "all", True, math.inf],
    "training.seed": [-1, 0.5, 2**32, "1", None, True],
    "training.optimizer": ["adamw", "GD", None, 1, ["gd"]],
    "training.loss": ["cross-entropy", "", None],
    "training.l2": [-0.1, -1, "0", None, False],
    "training.l1": [-0.1, "0", None, math.inf],
    "training.initial": ["xavier", "", None, 1],
    "training.test_fraction": [0.9, 1, -0.1, "0", None],
    "training.split_seed": [-1, 0.5, None],
    "training.momentum": [0.9, None],
    "network.output": ["softmin", "Sigmoid", "", None, 1],
    "network.bias": [0, 1, "true", None],
    "network.hidden": [None, {}, "4", 3, [{"units": 1, "activation": "relu"}] * 7],
    "network.dropout": [0],
    "table": [None, [], "x1,y", 4],
    "table.inputs": [None, "x1", {}],
    "table.outputs": [None, "y", 1],
    "table.rows": [None, "", {}],
    "table.names": [[]],
    "network": [None, [], "sigmoid"],
    "training": [None, [], 1],
    "version": [1, None],
}


@pytest.mark.parametrize(("path", "value"), [(path, value) for path, values in REFUSED.items() for value in values])
def test_an_invalid_or_unknown_field_is_refused_by_its_name(path, value):
    with pytest.raises(TenlinesError) as refusal:
        Problem.from_dict(changed(path, value))
    assert refusal.value.where == {"field": path}
    name = path.split(".")[-1]
    words = "random start" if name == "seed" else name.replace("_", " ")
    assert words in refusal.value.message.lower().replace("_", " ")
    assert refusal.value.message.endswith(".")


LAYERS = {
    "no units": ({"activation": "relu"}, "units"),
    "0 units": ({"units": 0}, "units"),
    "half a unit": ({"units": 1.5}, "units"),
    "257 units": ({"units": 257}, "units"),
    "an unknown activation": ({"units": 1, "activation": "gelu"}, "activation"),
    "an unknown field": ({"units": 1, "dropout": 0}, "dropout"),
}


@pytest.mark.parametrize(("layer", "field"), LAYERS.values(), ids=LAYERS)
def test_a_wrong_hidden_layer_is_named_by_its_number(layer, field):
    good = {"units": 2, "activation": "tanh"}
    with pytest.raises(SettingError) as refusal:
        Problem.from_dict({"network": {"hidden": [good, layer]}})
    assert refusal.value.where == {"field": f"network.hidden.2.{field}"}
    assert "2" in refusal.value.message


@pytest.mark.parametrize("layer", [None, 4, "sigmoid", []])
def test_a_hidden_layer_that_is_no_object_is_refused(layer):
    with pytest.raises(SettingError) as refusal:
        Problem.from_dict({"network": {"hidden": [layer]}})
    assert refusal.value.where == {"field": "network.hidden.1"}


@pytest.mark.parametrize("data", [None, [], "", 1, True])
def test_what_is_no_object_is_no_problem(data):
    with pytest.raises(SettingError, match="must be an object"):
        Problem.from_dict(data)


def test_a_refused_number_is_shown_as_it_is_and_briefly():
    for value, words in [(10_000_000.5, "10000000.5"), ([1] * 1000, ""), ("x" * 1000, "“xxx")]:
        with pytest.raises(SettingError) as refusal:
            Problem.from_dict(changed("training.iterations", value))
        assert words in refusal.value.message
        assert len(refusal.value.message) < 200


CELLS = {
    "an input that is unknown": (1, 0, None, "x1", "needs a number"),
    "an input with ?": (2, 1, "?", "x2", "needs a number"),
    "letters": (0, 0, "abc", "x1", "“abc” is not a number"),
    "letters in an output": (3, 3, "abc", "y", "“abc” is not a number"),
    "a decimal comma": (0, 2, "0,5", "x3", "Write 0.5"),
    "true": (0, 2, True, "x3", "not a number"),
    "a list": (0, 2, [1], "x3", "not a number"),
    "nan": (1, 3, math.nan, "y", "finite"),
    "inf": (1, 3, -math.inf, "y", "finite"),
    "a whole number too large": (1, 1, 10**400, "x2", "finite"),
}


@pytest.mark.parametrize(("row", "column", "value", "name", "words"), CELLS.values(), ids=CELLS)
def test_a_wrong_cell_is_named_by_row_and_column(row, column, value, name, words):
    data = json.loads(json.dumps(POST))
    data["table"]["rows"][row][column] = value
    with pytest.raises(TableError) as refusal:
        Problem.from_dict(data)
    assert refusal.value.message.startswith(f"Row {row + 1}, {name}: ")
    assert words in refusal.value.message
    assert refusal.value.where == {"row": row + 1, "column": name, "cells": [[row + 1, name]]}


TABLES = {
    "no rows": (["a"], ["b"], [], {}, "no rows"),
    "nothing known": (["a"], ["b"], [[1, None]], {}, "No b is known"),
    "no inputs": ([], ["b"], [[1]], {}, "one column, b"),
    "no outputs": (["a", "c"], [], [[1, 2]], {}, "no output column"),
    "no columns": ([], [], [[]], {}, "no input column"),
    "a short row": (["a"], ["b"], [[1, 2], [1]], {"row": 2}, "Row 2 has 1 value"),
    "a row that is no list": (["a"], ["b"], [[1, 2], 7], {"row": 2}, "Row 2 must be a list"),
    "an empty name": (["a", " "], ["b"], [[1, 2, 3]], {"position": 2}, "Column 2 has no name"),
    "a name that is no text": (["a", 2], ["b"], [[1, 2, 3]], {"position": 2}, "column 2 must be text"),
    "a name twice": (["a", "b"], ["a"], [[1, 2, 3]], {"position": 3}, "Two columns are named “a”"),
    "a name with the mark of an output": (["a"], [">b"], [[1, 2]], {"position": 2}, "cannot start with >"),
}


@pytest.mark.parametrize(("inputs", "outputs", "rows", "where", "words"), TABLES.values(), ids=TABLES)
def test_a_wrong_table_is_refused_with_its_place(inputs, outputs, rows, where, words):
    with pytest.raises(TableError) as refusal:
        Problem.from_dict({"table": {"inputs": inputs, "outputs": outputs, "rows": rows}})
    assert refusal.value.where == where
    assert words in refusal.value.message


def test_of_several_wrong_cells_all_are_told_and_all_can_be_marked():
    data = json.loads(json.dumps(POST))
    data["table"]["rows"][1][0] = "abc"
    data["table"]["rows"][2][1] = None
    with pytest.raises(TableError) as refusal:
        Problem.from_dict(data)
    assert refusal.value.where == {"row": 2, "column": "x1", "cells": [[2, "x1"], [3, "x2"]]}
    assert "Row 2, x1" in refusal.value.message
    assert "Row 3, x2" in refusal.value.message


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
PATHS = [*(path for path in REFUSED), "table.rows.0", "table.rows.0.1", "table.inputs.0", "network.hidden.0"]


@given(st.sampled_from(PATHS), anything)
def test_whatever_stands_in_a_field_is_taken_or_refused_in_a_sentence(path, value):
    data = json.loads(json.dumps(POST))
    data["network"]["hidden"] = [{"units": 2}]
    *parts, last = (int(part) if part.isdigit() else part for part in path.split("."))
    place = data
    for part in parts:
        place = place[part]
    place[last] = value
    try:
        problem = Problem.from_dict(data)
    except TenlinesError as error:
        assert error.message.endswith(".")
    else:
        assert Problem.from_dict(problem.to_dict()) == problem


def asked_of(rows=((0, 0), (1, 1), (2, None)), output="sigmoid", **training):
    table = {"inputs": ["x"], "outputs": ["y"], "rows": [list(row) for row in rows]}
    return Problem.from_dict({"table": table, "network": {"output": output}, "training": training})


ADVICE = {
    "Adam at the post's rate": (
        asked_of(optimizer="adam"),
        "A learning rate of 1 is high for Adam, which moves every weight by about as much at each update. "
        "Take 0.01 to 0.1.",
    ),
    "Adam at 0.5, and gradient descent at 4": (asked_of(optimizer="adam", learning_rate=0.5), ""),
    "a batch larger than the table": (
        asked_of(batch_size=99),
        "The batch size 99 takes all rows at once: there are 2 rows to train on.",
    ),
    "a batch larger than what is not held out": (
        asked_of(batch_size=2, test_fraction=0.5),
        "The batch size 2 takes all rows at once: there is 1 row to train on.",
    ),
    "a batch of all rows": (asked_of(batch_size=2), ""),
    "the post": (Problem(), ""),
}


@pytest.mark.parametrize(("problem", "sentence"), ADVICE.values(), ids=ADVICE)
def test_what_trains_and_is_hardly_meant_has_a_sentence_with_its_remedy(problem, sentence):
    assert problem.advice() == sentence


@pytest.mark.parametrize("name", examples())
def test_no_example_needs_advice(name):
    assert problem_of(name).advice() == ""
