"""Values beside the lines: those of the program really stopped there, whatever is asked for before or after."""

import ast
import json
from array import array

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from plain_python import is_sensitive
from strategies import problems
from test_program import LONG, XOR, problem
from test_session import assert_plain

from tenlines.page.api import Session
from tenlines.problem import Problem
from tenlines.program.write import write
from tenlines.trace.generated_program import GeneratedProgram, beside, generated_program
from tenlines.trace.record import MOST_COLUMNS, MOST_ROWS
from tenlines.training.run import Run


def state_at(problem, iteration):
    data = problem.to_dict()
    run = Run(Problem.from_dict({**data, "training": {**data["training"], "iterations": iteration}}))
    while not run.done:
        run.advance(1)
    assert run.diverged is None
    return run.frame.state[1]


def of_post(iteration, place=None):
    return Session().values("{}", iteration, state_at(Problem(), iteration), place)


def texts(values):
    return {line["line"]: line["text"] for line in values["lines"]}


def stopped(source, files, iteration):
    """An oracle: the program run up to an iteration by Python.

    What each line of the loop and behind it finds, by line: the names as they are just before it is carried out.
    """
    lines = ast.parse(source).body
    at = next(index for index, line in enumerate(lines) if isinstance(line, ast.For))
    loop, found = lines[at], {}
    loop.iter = ast.Call(ast.Name("range", ast.Load()), [ast.Constant(iteration)], [])
    inner = next((line for line in loop.body if isinstance(line, ast.For)), loop)
    order = [] if inner is loop else loop.body[: loop.body.index(inner)]

    def carry_out(statements, names):
        for statement in statements:
            now = {name: value.copy() if isinstance(value, np.ndarray) else value for name, value in names.items()}
            found.update(dict.fromkeys(range(statement.lineno, statement.end_lineno + 1), now))
            code = compile(ast.fix_missing_locations(ast.Module([statement], [])), "oracle", "exec")
            exec(code, names)

    reached = {}
    with beside(files), np.errstate(all="ignore"):
        carry_out(lines[: at + 1], reached)
        found.clear()
        next_pass = {name: value.copy() if isinstance(value, np.ndarray) else value for name, value in reached.items()}
        next_pass |= {"iteration": iteration, "start": 0}
        found.update({loop.lineno: next_pass, inner.lineno: next_pass})
        carry_out(order, next_pass)
        carry_out(inner.body, next_pass)
        carry_out(lines[at + 1 :], reached)
    return found


@given(problems(most_iterations=20), st.sampled_from([1, 1, 8]), st.floats(0, 1))
@settings(max_examples=100)
def test_every_value_is_that_of_the_program_stopped_at_the_iteration(data, times, part):
    data["table"]["rows"] *= times
    assume(not is_sensitive(data, data["training"]["iterations"]))
    checked = Problem.from_dict(data)
    iteration = round(part * checked.training.iterations)
    program, own = write(checked), GeneratedProgram(checked)
    values = own.at(iteration, state_at(checked, iteration))
    found = stopped(program.source, program.files, iteration)
    assert sorted(values) == list(range(len(own.parts.expressions))), "every expression has a value"
    for place, expression in enumerate(own.parts.expressions):
        if names := found.get(expression.span[0]):
            value = values[place]
            wanted = np.asarray(eval(own.parts.text(place), dict(names)))
            if value.kind == "NoneType":
                assert wanted == np.array(None), "of a call that gives nothing back"
                continue
            assert value.shape == wanted.shape
            cells = wanted.reshape(value.size)[:MOST_ROWS, :MOST_COLUMNS]
            assert np.array(value.cells) == pytest.approx(cells, rel=1e-9, abs=1e-9, nan_ok=True), own.parts.text(place)


def test_beside_the_lines_of_the_posts_program_stand_the_values_of_iteration_1024():
    assert of_post(1024) == {
        "lines": [
            {"line": 2, "text": "4 × 3", "shape": "4 × 3", "kind": "shape"},
            {"line": 3, "text": "4 × 1", "shape": "4 × 1", "kind": "shape"},
            {"line": 5, "text": "−0.17  0.44  −1.00", "shape": "3 × 1", "kind": "value"},
            {"line": 6, "text": "1,024", "shape": "", "kind": "value"},
            {"line": 7, "text": "0.031  0.97  0.98  0.025", "shape": "4 × 1", "kind": "value"},
            {"line": 8, "text": "adds 0.0011  4.3e−6  −0.00053", "shape": "3 × 1", "kind": ""},
            {"line": 9, "text": "0.99932", "shape": "1", "kind": "value"},
        ],
        "walk": of_post(0)["walk"],
        "selected": None,
    }


def test_lines_show_the_same_whatever_was_asked_for_before():
    first, last = of_post(3), of_post(10_000)
    for _ in range(2):
        assert of_post(3) == first
        assert of_post(10_000) == last


def place_of(text, of=None, nth=0):
    parts = GeneratedProgram(of or Problem()).parts
    return [place for place in range(len(parts.expressions)) if parts.text(place) == text][nth]


def test_an_expression_is_shown_in_full_and_a_matrix_product_worked_out():
    place = place_of("dot(training_set_inputs, synaptic_weights)")
    selected = of_post(1024, place)["selected"]
    assert (selected["shape"], selected["kind"], selected["note"]) == ("4 × 1", "float64", "")
    assert selected["cells"] == [["−3.42994"], ["3.64244"], ["3.85849"], ["−3.64598"]]
    weights = np.frombuffer(state_at(Problem(), 1024))
    exact = [sum(x * w for x, w in zip(row[:3], weights, strict=True)) for row in Problem().table.rows[:4]]
    assert [float(row[0]) for row in selected["exact"]] == pytest.approx(exact, abs=1e-14)
    assert [(sum_["label"], f"{sum_['terms']} = {sum_['sum']}") for sum_ in selected["sums"]] == [
        ("row 1", "0·7.29 + 0·−0.22 + 1·−3.43 = −3.43"),
        ("row 2", "1·7.29 + 1·−0.22 + 1·−3.43 = 3.64"),
        ("row 3", "1·7.29 + 0·−0.22 + 1·−3.43 = 3.86"),
        ("row 4", "0·7.29 + 1·−0.22 + 1·−3.43 = −3.65"),
    ]


def labels(of, text, nth=0):
    """Those of the sums that a matrix product is worked out with."""
    shown = Session().values(json.dumps(of.to_dict()), 0, state_at(of, 0), place_of(text, of, nth))["selected"]
    return [one["label"] for one in shown["sums"]]


ADJUSTMENT = "dot(training_set_inputs.T, (training_set_outputs - output) * output * (1 - output))"


def test_the_sums_of_an_adjustment_are_told_by_their_weights():
    assert labels(Problem(), ADJUSTMENT) == ["weight x1", "weight x2", "weight x3"]
    two = problem([[0, 1, 1, 0], [1, 1, 0, 1]], outputs=2)
    said = ["weight x1 to y1", "weight x1 to y2", "weight x2 to y1", "weight x2 to y2"]
    assert labels(two, ADJUSTMENT) == said
    deep = problem(XOR, hidden=[(2, "tanh"), (1, "relu")])
    assert labels(deep, "dot(training_set_inputs.T, delta1)")[:2] == ["weight x1 to h1.1", "weight x1 to h1.2"]
    assert labels(deep, "dot(layer1.T, delta2)") == ["weight h1.1", "weight h1.2"]
    assert labels(deep, "dot(delta2, weights2.T)")[:3] == ["row 1, h1.1", "row 1, h1.2", "row 2, h1.1"]
    assert labels(problem(XOR, batch_size=2), "dot(batch_inputs, synaptic_weights)") == ["row 1", "row 2"]
    shuffled = problem(XOR, batch_size=2, shuffle=True)
    of_batch = ["row 1 of the batch", "row 2 of the batch"]
    assert labels(shuffled, "dot(batch_inputs, synaptic_weights)") == of_batch


def test_the_sums_of_rows_are_told_by_their_numbers_in_the_table():
    assert labels(Problem(), "dot(array([1, 0, 0]), synaptic_weights)") == ["row 5"]
    between = problem([[0, 1, 1], [1, 0, None], [1, 1, 0], [0, 0, None]])
    assert labels(between, "dot(training_set_inputs, synaptic_weights)") == ["row 1", "row 3"]
    assert labels(between, "dot(array([[1, 0], [0, 0]]), synaptic_weights)") == ["row 2", "row 4"]
    partly = problem([[0, 1, 1, 0], [1, 0, None, 1], [1, 1, None, None]], outputs=2)
    said = ["row 1, y1", "row 1, y2", "row 2, y1", "row 2, y2"]
    assert labels(partly, "dot(training_set_inputs, synaptic_weights)") == said
    assert labels(partly, "dot(inputs, synaptic_weights)") == [*said, "row 3, y1", "row 3, y2"]
    hidden = problem([*XOR, [2, 2, None]], hidden=[(4, "tanh")])
    assert labels(hidden, "dot(training_set_inputs, weights1)")[4:6] == ["row 2, h1.1", "row 2, h1.2"]


def test_when_the_loop_is_over_it_says_so_and_its_lines_are_one_more_pass():
    def said(of, iteration, line):
        expressions = GeneratedProgram(of).parts.expressions
        place = next(number for number, part in enumerate(expressions) if part.span[0] == line)
        shown = Session().values(json.dumps(of.to_dict()), iteration, state_at(of, iteration), place)
        return texts(shown).get(line), shown["selected"]["note"], shown["selected"]["exact"]

    over = "The loop is over: iteration has ended at 9,999. Lines 7 and 8 show what one more pass would compute."
    assert said(Problem(), 10_000, 6) == ("over, ended at 9,999", over, [["9999"]])
    assert said(Problem(), 9_999, 6) == ("9,999", "", [["9999"]])
    assert said(Problem(), 10_000, 7)[1] == "The loop is over: this is what one more pass would compute."
    assert said(Problem(), 9_999, 7)[1] == said(Problem(), 10_000, 9)[1] == ""
    change = "This is the change, not the new value: the line adds it."
    assert said(Problem(), 5, 8)[1] == change
    assert said(Problem(), 10_000, 8)[1] == f"{change} {said(Problem(), 10_000, 7)[1]}"
    text, note, _ = said(problem(XOR, hidden=[(2, "tanh")], bias=True, iterations=1), 1, 9)
    assert text == "over, ended at 0"
    assert note.startswith("The loop is over: iteration has ended at 0. Lines 10 to 17 show")
    text, note, cells = said(problem(XOR, iterations=0), 0, 6)
    assert (text, cells) == ("no pass", [["0"]])
    assert note == "The loop makes no pass. Lines 7 and 8 show what one more pass would compute."


def test_the_output_comes_with_the_points_of_its_curve():
    output = "1 / (1 + exp(-dot(training_set_inputs, synaptic_weights)))"
    curve = of_post(1024, place_of(output))["selected"]["curve"]
    assert (curve["title"], curve["most"], curve["low"], curve["high"]) == ("The sigmoid", 8, 0, 1)
    assert curve["line"] == pytest.approx([1 / (1 + np.exp(-z)) for z in np.linspace(-8, 8, 65)])
    assert curve["before"] == pytest.approx([-3.42994, 3.64244, 3.85849, -3.64598], abs=1e-5)
    assert curve["after"] == pytest.approx([1 / (1 + np.exp(-z)) for z in curve["before"]])
    xor = problem(XOR, hidden=[(2, "tanh"), (2, "relu")], bias=True)
    expressions = GeneratedProgram(xor).parts.expressions
    kinds = [expression.activation and expression.activation[0] for expression in expressions]
    assert [kind for kind in kinds if kind] == ["tanh", "relu", "sigmoid"] * 2


def test_of_a_large_table_the_first_cells_are_shown_and_the_rest_is_counted():
    wide = problem([[n + column for column in range(20)] for n in range(1500)])
    selected = Session().values(
        json.dumps(wide.to_dict()), 0, state_at(wide, 0), place_of("training_set_inputs", wide)
    )["selected"]
    assert selected["shape"] == "1,500 × 19"
    assert (len(selected["cells"]), len(selected["cells"][0])) == (20, 12)
    assert selected["note"] == "Here are the first 20 of 1,500 rows and the first 12 of 19 columns."


@pytest.mark.parametrize(
    ("rows", "inputs", "more"),
    [(4, 7, ""), (24, 24, ""), (25, 25, "… (1 more)"), (1500, 2000, "… (1,976 more)")],
)
def test_a_sum_has_all_its_terms_or_the_first_and_how_many_are_left(rows, inputs, more):
    of = problem([[(row + column) % 5 for column in range(inputs)] + [row % 2] for row in range(rows)])
    weights = np.linspace(-1, 1, inputs)
    product = place_of("dot(training_set_inputs, synaptic_weights)", of)
    shown = Session().values(json.dumps(of.to_dict()), 0, weights.tobytes(), product)["selected"]
    assert [one["label"] for one in shown["sums"]] == [f"row {row + 1}" for row in range(min(rows, 24))]
    assert shown["note"] == (f"Here are the first 24 of {rows:,} sums." if rows > 24 else "")
    for row, one in enumerate(shown["sums"]):
        terms = one["terms"].split(" + ")
        assert terms[24:] == ([more] if more else [])
        factors = [[float(text.replace("−", "-")) for text in term.split("·")] for term in terms[:24]]
        assert [left for left, _ in factors] == [(row + column) % 5 for column in range(min(inputs, 24))]
        assert [right for _, right in factors] == pytest.approx(weights[:24], rel=0.01, abs=0.005)


def test_a_program_that_reads_a_file_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    long = problem(LONG)
    shown = texts(Session().values(json.dumps(long.to_dict()), 0, state_at(long, 0)))
    assert shown[2] == "30 × 3"
    assert shown[3] == "30 × 2, 30 × 1"
    assert list(tmp_path.iterdir()) == []


def test_what_is_printed_again_is_not_heard(capsys):
    of_post(5)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("weights", "place", "words"),
    [([1.0, 2.0], None, "not of this network"), ([1.0, 2.0, 3.0], 99, "no expression 99")],
)
def test_what_does_not_fit_is_refused(weights, place, words):
    answer = Session().values("{}", 0, array("d", weights).tobytes(), place)
    assert words in answer["error"]["message"]


def test_values_are_plain_data_and_not_finite_ones_are_said():
    huge = array("d", [1e308, 1e308, -1e308]).tobytes()
    for place in range(len(generated_program("{}").parts.expressions)):
        assert_plain(Session().values("{}", 7, huge, place))
    assert texts(Session().values("{}", 7, huge))[9] == "1"
    linear = problem([[1, 1, 2], [1, 0, None]], output="linear")
    shown = Session().values(json.dumps(linear.to_dict()), 7, array("d", [1e308, 1e308]).tobytes())
    assert texts(shown)[7] == "∞"
