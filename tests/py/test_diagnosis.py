"""Why a table is not learned: the right cause first, silence on healthy tables, and mends that mend.

The tables are in tables_with_causes.py. What is wrong after training is told here by a rule of its own.
"""

import json
import re
from fractions import Fraction
from functools import cache
from itertools import combinations, pairwise, product
from random import Random

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from strategies import problems, tables
from tables_with_causes import AND, CAUSES, HEALTHY, POST, SICK, WITHOUT_WRONG_ROWS, XOR, problem
from test_fit import is_wrong
from test_separable import is_open, threshold_functions
from test_terminal import folder as folder  # fixtures
from test_terminal import tell as tell

from tenlines.diagnosis.assessment import diagnosed
from tenlines.diagnosis.finding import mended
from tenlines.errors import DivergedError
from tenlines.examples import examples, problem_of
from tenlines.problem import Problem
from tenlines.settings.registry import LARGEST_SEED
from tenlines.training.run import Run

by_name = pytest.mark.parametrize("case", SICK, ids=lambda case: f"{case.cause}: {case.name}")
healthy_by_name = pytest.mark.parametrize("case", HEALTHY, ids=lambda case: case.name)


@cache  # a table is asked by several tests
def of_text(text, starts):
    return diagnosed(Problem.from_dict(json.loads(text)), starts)


def diagnosis(data, starts=0):
    return of_text(json.dumps(data), starts)


def causes(data, starts=0):
    return [found.cause for found in diagnosis(data, starts).findings]


# What is so, found out here.


def known_of(checked, output):
    cells = [row[len(checked.table.inputs) + output] for row in checked.table.rows]
    return [cell for cell in cells if cell is not None]


def answers_of(checked):
    """What the network says of every row in the end; None where it diverged."""
    run = Run(checked, "compiled")
    while not run.done:
        run.advance(1)
    return run.frame.outputs.tolist() if run.diverged is None else None


def wrong_in(checked, answers):
    first = len(checked.table.inputs)
    columns = [known_of(checked, output) for output in range(len(checked.table.outputs))]
    return [
        place
        for place, (row, teaches) in enumerate(zip(checked.table.rows, checked.teaching(), strict=True))
        if teaches
        and any(
            is_wrong(column, target, answer)
            for column, target, answer in zip(columns, row[first:], answers[place], strict=True)
            if target is not None
        )
    ]


def learns(checked):
    """Whether no row is wrong after training."""
    answers = answers_of(checked)
    return answers is not None and not wrong_in(checked, answers)


def says_the_same(column, one, other):
    """column: the known cells."""
    if set(column) <= {0, 1}:
        return (one > 0.5) == (other > 0.5)
    return abs(one - other) <= ((max(column) - min(column)) or abs(column[0]) or 1) / 10


def with_seed(data, seed):
    return Problem.from_dict({**data, "training": {**data["training"], "seed": seed}})


def starts_of(data, count):
    """How many of the next starts fit, and of each `?` how many of them say the same as this one."""
    checked = Problem.from_dict(data)
    here, seed = answers_of(checked), checked.training.seed
    assert here is not None
    others = [with_seed(data, seed + more) for more in range(1, count + 1)]
    told = [(other, answers_of(other)) for other in others]
    fitting = [answers for other, answers in told if answers is not None and not wrong_in(other, answers)]
    agree = {
        (row, output): sum(
            says_the_same(known_of(checked, output), here[row][output], answers[row][output]) for answers in fitting
        )
        for row, output in checked.table.unknown()
    }
    return len(fitting), agree


def best(rows):
    """The largest number of rows that some neuron has right: rows are inputs, 1, times the side that is wanted."""
    for size in range(len(rows), 0, -1):
        if any(is_open(some) for some in combinations(rows, size)):
            return size
    return 0


# The tables.


def test_there_are_sixty_tables_of_all_causes_and_thirty_healthy_ones():
    assert len(SICK) >= 60 and len(HEALTHY) >= 30
    assert {case.cause for case in SICK} == set(CAUSES)
    for cases in (SICK, HEALTHY):
        assert len({json.dumps(case.data) for case in cases}) == len({case.name for case in cases}) == len(cases)


@by_name
def test_the_right_cause_is_named_first(case):
    assert causes(case.data, case.starts)[:1] == [case.cause]


@healthy_by_name
def test_of_a_healthy_table_nothing_is_said(case):
    assert learns(Problem.from_dict(case.data))
    assert causes(case.data, case.starts) == []


@by_name
def test_where_every_row_is_right_only_what_is_so_all_the_same_is_said(case):
    named = set(causes(case.data, case.starts))
    if learns(Problem.from_dict(case.data)):
        assert named <= WITHOUT_WRONG_ROWS
    else:
        assert case.cause not in ("undetermined", "overfit")


@pytest.mark.parametrize("case", [case for case in SICK if case.starts], ids=lambda case: case.name)
def test_without_other_starts_nothing_is_said_that_they_would_tell(case):
    assert not set(causes(case.data)) & {"stuck-start", "undetermined"}
    assert diagnosis(case.data).starts is None


@by_name
def test_a_cause_whose_mend_alone_is_enough_goes_before_one_whose_mend_is_not(case):
    """And among those that are alike in this, the order is that of CAUSES."""
    checked = Problem.from_dict(case.data)
    found = diagnosis(case.data, case.starts).findings
    order = [(not (each.mend and learns(mended(checked, each))), CAUSES.index(each.cause)) for each in found]
    assert order == sorted(order)
    assert len({each.cause for each in found}) == len(found)


@by_name
def test_a_mend_that_is_applied_removes_its_cause(case):
    checked = Problem.from_dict(case.data)
    for found in diagnosis(case.data, case.starts).findings:
        assert (found.mend is None) == (found.change is None)
        if found.mend is not None:
            after = mended(checked, found)
            assert after != checked
            assert found.cause not in causes(after.to_dict(), case.starts), found.mend


@pytest.mark.parametrize(
    "name",
    ["zero-row-without-bias", "output-range", "rate-too-high", "saturated", "not-separable", "dead-units",
     "stuck-start", "rate-too-low"],
)  # fmt: skip
def test_of_these_causes_the_first_mend_nearly_always_makes_the_table_learned(name):
    cases = [case for case in SICK if case.cause == name]
    firsts = [diagnosis(case.data, case.starts).findings[0] for case in cases]
    assert all(first.mend for first in firsts)
    pairs = zip(cases, firsts, strict=True)
    learned = [learns(mended(Problem.from_dict(case.data), first)) for case, first in pairs]
    assert sum(learned) >= len(cases) - 1


@pytest.mark.parametrize(
    ("data", "cause", "change"),
    [
        (problem(AND), "zero-row-without-bias", {"network": {"bias": True}}),
        (problem("x,y / 1,0 / 2,0 / 3,1 / 4,1"), "not-separable", {"network": {"bias": True}}),
    ],
)
def test_a_mend_that_is_plain_changes_just_that(data, cause, change):
    first = diagnosis(data).findings[0]
    assert (first.cause, first.change) == (cause, change)


def test_xor_typed_by_hand_gets_a_hidden_layer():
    checked = Problem.from_dict(problem(XOR))
    first = diagnosis(problem(XOR)).findings[0]
    after = mended(checked, first)
    assert first.cause == "not-separable"
    assert after.table == checked.table
    assert len(after.network.hidden) == 1 and learns(after)


@pytest.mark.parametrize("rate", [100, 1000, 1e6, 1e20, 1e308])
def test_a_rate_that_is_too_high_is_set_lower(rate):
    data = problem(POST, learning_rate=rate)
    first = diagnosis(data).findings[0]
    after = mended(Problem.from_dict(data), first)
    assert first.cause == "rate-too-high"
    assert 0 < after.training.learning_rate < rate and learns(after)


@pytest.mark.parametrize("case", [case for case in SICK if case.cause == "saturated"], ids=lambda case: case.name)
def test_inputs_are_divided_by_powers_of_ten_and_keep_all_that_they_said(case):
    checked = Problem.from_dict(case.data)
    after = mended(checked, diagnosis(case.data).findings[0])
    width = len(checked.table.inputs)
    assert after.table.outputs == checked.table.outputs
    assert [row[width:] for row in after.table.rows] == [row[width:] for row in checked.table.rows]
    changed = 0
    for place in range(width):
        before, now = ([row[place] for row in each["table"]["rows"]] for each in (case.data, after.to_dict()))
        power = next(p for p in range(-12, 13) if now == pytest.approx([cell * 10.0**p for cell in before], rel=1e-12))
        assert (after.table.inputs[place] == checked.table.inputs[place]) == (power == 0), "a new name for new numbers"
        assert 0.05 <= max(map(abs, now)) <= 20
        changed += power != 0
    assert changed


# The words.

JARGON = re.compile(
    r"gradient|saturat|converg|diverg|local minim|hyperplane|separab|linear program|epoch|logit|vanish|degenerate|"
    r"parameter|hyper|regulari|generali[sz]|norm\b|vector|matri|tensor|dimension|convex|infeasib|NaN|\bnan\b|None|"
    r"\be[-+]\d",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"[.?!](?= [A-Z]|$)")
NUMBER = r"\d[\d,.]*"
# What a text has to name, by cause: {column} is any name of a column.
NAMES = {
    "contradiction": [r"[Rr]ows \d+.* and \d+", "{column}"],
    "one-class": ["{column}"],
    "zero-row-without-bias": [r"[Rr]ows? \d+"],
    "output-range": [r"[Rr]ow \d+", "{column}", NUMBER],
    "rate-too-high": [NUMBER],
    "saturated": ["{column}", NUMBER],
    "not-separable": [r"[Rr]ows? \d+"],
    "dead-units": [r"\d+"],
    "stuck-start": [r"\d+ of 20"],
    "rate-too-low": [NUMBER],
    "constant-column": ["{column}"],
    "undetermined": [r"[Rr]ow \d+", "{column}", r"\d+"],
    "overfit": [r"\d+"],
}


@by_name
def test_a_text_is_one_or_two_plain_sentences_and_a_remedy_and_names_what_it_is_about(case):
    table = case.data["table"]
    column = "|".join(re.escape(name) for name in [*table["inputs"], *table["outputs"]])
    for found in diagnosis(case.data, case.starts).findings:
        text = found.text
        assert text == text.strip() and text.endswith(".") and "  " not in text and "\n" not in text
        assert 1 <= len(SENTENCE.findall(text)) <= 3, text
        assert len(text) <= 320, text
        assert not JARGON.search(text), text
        for part in NAMES[found.cause]:
            assert re.search(part.replace("{column}", rf"(?<!\w)(?:{column})(?!\w)"), text), (part, text)
        assert not re.search(r"\d\.\d{7}", text), "a number that is too long to read"
        if found.mend is not None:
            assert re.match(r"[A-Z]\w+ ", found.mend) and not found.mend.endswith("."), found.mend
            assert len(found.mend) <= 120 and not JARGON.search(found.mend), found.mend


@by_name
def test_rows_and_columns_that_a_text_names_are_in_the_table(case):
    table = case.data["table"]
    for found in diagnosis(case.data, case.starts).findings:
        for number in re.findall(r"\b[Rr]ow (\d+)", found.text):
            assert 1 <= int(number) <= len(table["rows"])
        for total in re.findall(r"\d+ of (\d+) rows (?:wrong|right)", found.text):
            assert int(total) <= sum(Problem.from_dict(case.data).teaching())


# Contradictions.


def contradict(checked):
    """Whether two rows that teach have the same inputs, and of an output targets that no one answer is right for."""
    first = len(checked.table.inputs)
    taught = [row for row, teaches in zip(checked.table.rows, checked.teaching(), strict=True) if teaches]
    for output in range(len(checked.table.outputs)):
        column = known_of(checked, output)
        is_binary = set(column) <= {0, 1}
        extent = max(column, default=0) - min(column, default=0)
        for one, other in combinations(taught, 2):
            a, b = one[first + output], other[first + output]
            if one[:first] == other[:first] and a is not None and b is not None and a != b:
                apart = abs(a - b) * 5
                assume(is_binary or abs(apart - extent) > 1e-9)  # the very edge has a test of its own
                if is_binary or apart > extent:
                    return True
    return False


@st.composite
def small_tables(draw):
    """Of few inputs, so that rows are often alike, with numbers or 0 and 1 as outputs."""
    width, outputs = draw(st.integers(1, 2)), draw(st.integers(1, 2))
    inputs = st.sampled_from([0.0, -0.0, 1.0, 0.1])
    cells = draw(st.sampled_from([st.sampled_from([0, 1, None]), st.sampled_from([0, 4, 5, 6, 7, 20, -3, None])]))
    row = st.tuples(*[inputs] * width, *[cells] * outputs).map(list)
    rows = draw(st.lists(row, min_size=2, max_size=7))
    assume(any(cell is not None for row in rows for cell in row[width:]))
    return {
        "table": {
            "inputs": [f"x{n}" for n in range(width)],
            "outputs": [f"y{n}" for n in range(outputs)],
            "rows": rows,
        },
        "network": {"output": draw(st.sampled_from(["sigmoid", "linear", "tanh"])), "bias": draw(st.booleans())},
        "training": {
            "iterations": draw(st.sampled_from([0, 3, 60])),
            "learning_rate": draw(st.sampled_from([0.01, 0.1, 1.0, 1e9])),
            "test_fraction": draw(st.sampled_from([0, 0, 0.3])),
        },
    }


@given(small_tables())
@settings(max_examples=150)
def test_a_contradiction_is_found_where_comparing_all_pairs_of_rows_finds_one(data):
    known = sum(any(cell is not None for cell in row[len(data["table"]["inputs"]) :]) for row in data["table"]["rows"])
    assume(not data["training"]["test_fraction"] or known > 1)
    checked = Problem.from_dict(data)
    found = diagnosed(checked).findings
    assert ("contradiction" in [each.cause for each in found]) == contradict(checked)
    assert [each.cause for each in found if each.cause == "contradiction"][1:] == []


@pytest.mark.parametrize(("target", "is_contradiction"), [(5.9, False), (6, False), (6.1, True)])
def test_two_numbers_contradict_where_no_answer_is_within_a_tenth_of_the_range_of_both(target, is_contradiction):
    data = problem(f"x,y / 0,0 / 1,10 / 0.5,4 / 0.5,{target}", output="linear", bias=True, iterations=5)
    assert ("contradiction" in causes(data)) == is_contradiction


def test_the_rows_that_contradict_each_other_are_the_ones_that_are_named():
    rows = [f"{n % 10},{n // 10},{(n * 7) % 2}" for n in range(60)]
    rows[41] = "5,2,0"  # row 26 is 5,2,1
    text = (
        diagnosis(problem(" / ".join(["a,b,y", *rows]), bias=True, iterations=20, learning_rate=0.01)).findings[0].text
    )
    assert re.match(r"Rows 26 and 42\b", text)


# One neuron.


@st.composite
def points(draw, targets):
    width = draw(st.integers(1, 3))
    cells = st.integers(-4, 4) | st.sampled_from([0.5, -0.1, 1000, 0.001])
    inputs = draw(st.lists(st.tuples(*[cells] * width), min_size=3, max_size=8, unique=True))
    wanted = draw(st.lists(targets, min_size=len(inputs), max_size=len(inputs)))
    assume(len(set(wanted)) > 1)
    return [[*row, target] for row, target in zip(inputs, wanted, strict=True)]


def written(rows):
    names = ",".join([*(f"x{n}" for n in range(1, len(rows[0]))), "y"])
    return " / ".join([names, *(",".join(map(repr, row)) for row in rows)])


@pytest.mark.parametrize("wanted_of_a", [0, 1])
def test_of_all_functions_of_three_inputs_those_that_no_neuron_can_are_called_so(wanted_of_a):
    """And the rows that are named are in conflict, and the number of rows that it can have is right."""
    can = threshold_functions(3, 2)
    inputs = list(product((0, 1), repeat=3))
    for wanted in range(wanted_of_a, 256, 2):
        if wanted in (0, 255):
            continue
        rows = [[*bits, wanted >> place & 1] for place, bits in enumerate(inputs)]
        text = " / ".join(["a,b,c,y", *(",".join(map(str, row)) for row in rows)])
        found = diagnosed(Problem.from_dict(problem(text, bias=True, iterations=30))).findings
        about = [each.text for each in found if each.cause == "not-separable"]
        assert bool(about) == (wanted not in can), f"{wanted:08b}"
        for said in about:
            check_neuron(rows, said)
            closest = max(sum(not (wanted ^ each) >> place & 1 for place in range(8)) for each in can)
            assert re.findall(r"(\d+) of (\d+) rows", said) == [(str(closest), "8")], said


def check_neuron(rows, text):
    """What a text says of one neuron and these rows, the last number of each its target, is so.

    The rows that it names say what it says of them, and no neuron can have them all: one with a bias, or the one
    without where the text says so. So many it can have at best.
    """
    constant = [] if "without a bias" in text else [1]
    sides = [[(1 if row[-1] else -1) * number for number in (*row[:-1], *constant)] for row in rows]
    named = []
    for numbers, said in re.findall(r"rows? ([\d, and]+?) \(([01])", text):
        places = [int(number) - 1 for number in re.findall(r"\d+", numbers)]
        assert {rows[place][-1] for place in places} == {int(said)}, text
        named += places
    assert named and not is_open([sides[place] for place in named]), text
    for most, of in re.findall(r"best it gets (\d+) of (\d+) rows", text):
        assert (int(most), int(of)) == (best(sides), len(rows)), text


def test_of_many_rows_some_that_no_neuron_can_have_together_are_named():
    """300 rows: more than are decided as a whole."""
    draw = Random(1)
    places = [(round(draw.uniform(-1, 1), 3), round(draw.uniform(-1, 1), 3)) for _ in range(300)]
    rows = [[x, y, int(x * y > 0)] for x, y in places]
    data = problem(written(rows), bias=True, learning_rate=0.1, iterations=300)
    first = diagnosis(data).findings[0]
    assert first.cause == "not-separable"
    check_neuron(rows, first.text)


@given(points(st.integers(0, 1)), st.booleans())
@settings(max_examples=100)
def test_the_rows_that_no_neuron_can_have_together_are_the_ones_that_are_named(rows, bias):
    found = diagnosed(Problem.from_dict(problem(written(rows), bias=bias, iterations=30))).findings
    for text in [each.text for each in found if each.cause == "not-separable"]:
        check_neuron(rows, text)


def test_rows_that_only_a_bias_parts_are_named_as_such_where_more_than_a_bias_is_missing():
    """Without a bias rows 1 and 4 are in each other's way, with one all four."""
    rows = [[1, 1, 0], [1, -1, 1], [-1, 1, 1], [-1, -1, 0]]
    found = {each.cause: each for each in diagnosis(problem(written(rows))).findings}
    check_neuron(rows, found["not-separable"].text)


@pytest.mark.parametrize(
    "case",
    [case for case in SICK if case.cause == "not-separable" and len(case.data["table"]["outputs"]) == 1],
    ids=lambda case: case.name,
)
def test_at_best_so_many_rows_are_right_as_the_largest_part_of_the_table_that_a_neuron_can(case):
    text = diagnosis(case.data).findings[0].text
    assert "best it gets" in text
    check_neuron([row for row in case.data["table"]["rows"] if row[-1] is not None], text)


def test_without_a_bias_too_no_neuron_is_said_to_fail_where_it_can_nor_passed_over_where_none_can():
    """Where it takes a bias, a row of zeros is said instead, or as well."""
    can = threshold_functions(3, 2)
    inputs = list(product((0, 1), repeat=3))
    for wanted in range(1, 255):
        rows = [[*bits, wanted >> place & 1] for place, bits in enumerate(inputs)]
        text = " / ".join(["a,b,c,y", *(",".join(map(str, row)) for row in rows)])
        named = [each.cause for each in diagnosed(Problem.from_dict(problem(text, iterations=30))).findings]
        assert "zero-row-without-bias" in named
        if wanted not in can:
            assert "not-separable" in named, f"{wanted:08b}"
        rows = [row for row in rows if any(row[:-1])]
        text = " / ".join(["a,b,c,y", *(",".join(map(str, row)) for row in rows)])
        named = [each.cause for each in diagnosed(Problem.from_dict(problem(text, iterations=30))).findings]
        assert "zero-row-without-bias" not in named
        if {row[-1] for row in rows} == {0, 1}:
            sides = [[(1 if row[-1] else -1) * bit for bit in row[:-1]] for row in rows]
            assert ("not-separable" in named) == (not is_open(sides)), f"{wanted:08b}"


@given(points(st.integers(0, 1)))
@example([[0, 0, 0], [0, 1, 0], [1, 0, 1], [-1, 0, 1], [0, 1000, 0], [1, 0.001, 0]])
@example([[0, 0, 0], [0, 1, 0], [0, 2, 1], [1, 0, 1], [0, 1000, 0], [1, 0.001, 0]])
@settings(max_examples=100)
def test_of_other_tables_too_one_neuron_is_said_to_fail_where_it_must(rows):
    sides = [[(1 if row[-1] else -1) * number for number in (*row[:-1], 1)] for row in rows]
    found = diagnosed(Problem.from_dict(problem(written(rows), bias=True, iterations=30))).findings
    assert ("not-separable" in [each.cause for each in found]) == (not is_open(sides))
    for text in [each.text for each in found if each.cause == "not-separable"]:
        assert "best it gets" in text


@given(points(st.integers(2, 12)))
@settings(max_examples=60)
def test_so_it_is_where_a_linear_output_must_miss_by_more_than_a_tenth(rows):
    """w·row + b is to be above a target less a tenth of the range, and below it and a tenth: z stands beside both."""
    targets = [row[-1] for row in rows]

    def can(share):
        near = Fraction(max(targets) - min(targets)) * share
        low = [[*row[:-1], 1, near - row[-1]] for row in rows]
        high = [[*(-number for number in row[:-1]), -1, near + row[-1]] for row in rows]
        return is_open([[as_written(number) for number in row] for row in [*low, *high]])

    named = causes(problem(written(rows), output="linear", bias=True, learning_rate=0.001, iterations=30))
    if can(Fraction(999, 10000)):
        assert "not-separable" not in named
    elif not can(Fraction(1001, 10000)) and "one-class" not in named:
        assert "not-separable" in named


def as_written(number):
    return Fraction(str(number))


# Columns that say nothing.


@pytest.mark.parametrize(
    ("text", "bias", "is_named"),
    [
        ("a,b,c,y / 0,0,0,0 / 0,1,0,1 / 1,0,0,1 / 1,1,0,0", True, True),
        ("a,b,c,y / 0,0,0,0 / 0,1,0,1 / 1,0,0,1 / 1,1,0,0", False, True),
        ("a,b,c,y / 0,0,4,0 / 0,1,4,1 / 1,0,4,1 / 1,1,4,0", True, True),
        ("a,b,c,y / 0,0,4,0 / 0,1,4,1 / 1,0,4,1 / 1,1,4,0", False, False),  # as good as a bias
        # another number in a row that only asks
        ("a,b,c,y / 0,0,4,0 / 0,1,4,1 / 1,0,4,1 / 1,1,4,0 / 1,1,5,?", True, True),
        ("a,b,c,y / 0,0,4,0 / 0,1,4,1 / 1,0,4,1 / 1,1,5,0", True, False),
    ],
)
def test_a_column_that_is_the_same_in_every_row_that_teaches_is_named_but_one_that_is_as_good_as_a_bias(
    text, bias, is_named
):
    found = {each.cause: each for each in diagnosis(problem(text, bias=bias, iterations=500)).findings}
    assert "not-separable" in found or text.count("5")
    assert ("constant-column" in found) == is_named
    if is_named:
        assert mended(Problem.from_dict(problem(text, bias=bias)), found["constant-column"]).table.inputs == ("a", "b")


@pytest.mark.parametrize("case", [case for case in SICK if case.cause == "dead-units"], ids=lambda case: case.name)
def test_so_many_units_are_dead_as_say_0_for_every_row(case):
    """Of all hidden units, or of those of a layer that the text names."""
    checked = Problem.from_dict(case.data)
    run = Run(checked, "compiled")
    while not run.done:
        run.advance(1)
    says = [row[:-1] for row in case.data["table"]["rows"] if row[-1] is not None]
    weights, layers = iter(run.frame.weights.tolist()), []
    for before, units in pairwise(checked.sizes()[:-1]):
        matrix = [[next(weights) for _ in range(units)] for _ in range(before)]
        shift = [next(weights) for _ in range(units)]
        sums = [[sum(x * line[at] for x, line in zip(row, matrix, strict=True)) for at in range(units)] for row in says]
        says = [[max(0.0, total + b) for total, b in zip(row, shift, strict=True)] for row in sums]
        layers.append([not any(unit) for unit in zip(*says, strict=True)])
    dead, units = sum(map(sum, layers)), sum(map(len, layers))
    text = diagnosis(case.data).findings[0].text
    [(said, of)] = re.findall(r"(\d+) of (\d+) hidden units?", text.replace("The only", "1 of 1"))
    layer = re.search(r"layer (\d)", text)
    expected = (sum(layers[int(layer[1]) - 1]), len(layers[int(layer[1]) - 1])) if layer else (dead, units)
    assert (int(said), int(of)) == expected


# Other starts.


@pytest.mark.parametrize("case", [case for case in [*SICK, *HEALTHY] if case.starts], ids=lambda case: case.name)
def test_other_starts_are_counted_as_trained_here(case):
    starts = diagnosis(case.data, case.starts).starts
    fit, agree = starts_of(case.data, case.starts)
    unknown = Problem.from_dict(case.data).table.unknown()
    if starts is None:  # nothing is asked, and nothing is wrong
        assert not unknown and learns(Problem.from_dict(case.data))
        return
    assert (starts.of, starts.fit) == (case.starts, fit)
    assert {cell: starts.agree(*cell) for cell in unknown} == agree


@st.composite
def learned_tables(draw, with_hidden=False):
    """A table that is made by a plane, no row near to it, with settings by which it is soon learned."""
    width, count = draw(st.integers(1, 4)), draw(st.integers(4, 14))
    slopes = draw(st.lists(st.sampled_from([-1.0, -0.5, 0.5, 1.0, 2.0]), min_size=width, max_size=width))
    shift = draw(st.sampled_from([-0.25, 0.0, 0.25]))
    rows = []
    for row in draw(st.lists(st.lists(st.integers(-10, 10), min_size=width, max_size=width), min_size=count)):
        off = sum(a * b / 10 for a, b in zip(slopes, row, strict=True)) + shift
        if abs(off) > 0.2 * width:
            rows.append([*(number / 10 for number in row), int(off > 0)])
    assume(len({row[-1] for row in rows}) == 2)
    question = draw(st.lists(st.integers(-15, 15), min_size=width, max_size=width))
    rows.append([*(number / 10 for number in question), None])
    optimizer, rate = draw(st.sampled_from([("gd", 1.0), ("gd", 0.3), ("momentum", 0.1), ("adam", 0.05)]))
    units = st.integers(1, 5)
    hidden = [{"units": draw(units), "activation": draw(st.sampled_from(["tanh", "sigmoid"]))}] if with_hidden else []
    return {
        "table": {"inputs": [f"x{n}" for n in range(width)], "outputs": ["y"], "rows": rows},
        "network": {"hidden": hidden, "bias": True},
        "training": {
            "iterations": 1000,
            "learning_rate": rate,
            "optimizer": optimizer,
            "loss": draw(st.sampled_from(["squared", "cross_entropy"])),
            "batch_size": draw(st.sampled_from([None, None, 3])),
            "shuffle": draw(st.booleans()),
            "seed": draw(st.integers(0, 1000)),
        },
    }


@given(learned_tables())
@settings(max_examples=60)
def test_of_any_table_that_a_plane_has_made_and_that_is_learned_nothing_is_said(data):
    checked = Problem.from_dict(data)
    assume(learns(checked))
    assert diagnosed(checked).findings == []


@given(learned_tables(with_hidden=True), st.integers(1, 12))
@settings(max_examples=30)
def test_a_table_is_called_unsettled_where_more_than_a_tenth_of_the_starts_that_fit_say_otherwise(data, count):
    checked = Problem.from_dict(data)
    assume(learns(checked))
    fit, agree = starts_of(data, count)
    found = diagnosed(checked, count)
    assert found.starts is not None
    assert (found.starts.of, found.starts.fit) == (count, fit)
    assert {cell: found.starts.agree(*cell) for cell in agree} == agree
    is_unsettled = any((fit - same) * 10 > fit for same in agree.values())
    assert [each.cause for each in found.findings] == ["undetermined"] * is_unsettled


@pytest.mark.parametrize("seed", [LARGEST_SEED, LARGEST_SEED - 1])
def test_after_the_largest_random_start_there_are_others_too(seed):
    starts = diagnosed(Problem.from_dict(problem(POST, seed=seed)), 3).starts
    assert starts is not None
    assert (starts.of, starts.fit, starts.agree(4, 0)) == (3, 3, 3)


# Causes that are planted.


@given(learned_tables(), st.data())
@settings(max_examples=40)
def test_a_row_that_is_there_again_with_the_other_target_is_named_first(data, draw):
    rows = data["table"]["rows"]
    place = draw.draw(st.integers(0, len(rows) - 2))
    at = draw.draw(st.integers(0, len(rows)))
    rows.insert(at, [*rows[place][:-1], 1 - rows[place][-1]])
    first = diagnosed(Problem.from_dict(data)).findings[0]
    assert first.cause == "contradiction"
    again = {place + (at <= place), at}
    named = {int(number) - 1 for number in re.findall(r"\d+", first.text.split(" have ")[0])}
    assert again <= named | {other for other, row in enumerate(rows) if row == rows[place + (at <= place)]}


@given(learned_tables())
@settings(max_examples=40)
def test_a_row_of_zeros_without_a_bias_is_found_and_a_bias_mends_it(data):
    width = len(data["table"]["inputs"])
    sides = [row for row in data["table"]["rows"] if row[-1] is not None]
    data["table"]["rows"].insert(0, [*[0.0] * width, sides[0][-1]])
    with_bias = Problem.from_dict(data)
    assume(learns(with_bias))
    data["network"]["bias"] = False
    checked = Problem.from_dict(data)
    first = diagnosed(checked).findings[0]
    assert (first.cause, mended(checked, first)) == ("zero-row-without-bias", with_bias)


@given(learned_tables(), st.sampled_from([-7.0, 3.0, 250.0]), st.sampled_from(["sigmoid", "tanh"]))
@settings(max_examples=40)
def test_targets_out_of_reach_are_found(data, target, output):
    for row in data["table"]["rows"]:
        row[-1] = target if row[-1] else row[-1]
    data["network"]["output"], data["training"]["loss"] = output, "squared"
    checked = Problem.from_dict(data)
    found = {each.cause: each for each in diagnosed(checked).findings}
    assert "output-range" in found
    assert mended(checked, found["output-range"]).network.output == "linear"


@given(learned_tables(), st.sampled_from([1e-9, 1e-7]))
@settings(max_examples=20)
def test_a_rate_that_does_nothing_is_found_and_a_mend_makes_the_table_learned(data, rate):
    quick = Problem.from_dict(data)
    assume(learns(quick))
    data["training"]["learning_rate"] = rate
    checked = Problem.from_dict(data)
    assume(not learns(checked))
    found = diagnosed(checked).findings
    assert [each.cause for each in found][:1] == ["rate-too-low"]
    assert learns(mended(checked, found[0]))


# Whatever the table is.


def well_formed(checked, found):
    named = [each.cause for each in found]
    assert set(named) <= set(CAUSES) and len(set(named)) == len(named)
    for each in found:
        assert each.text.endswith(".") and "nan" not in each.text.split() and "None" not in each.text
        assert (each.mend is None) == (each.change is None)
        if each.mend is not None:
            assert mended(checked, each) != checked
            hidden = (each.change or {}).get("network", {}).get("hidden", [])
            assert all(set(layer) == {"units", "activation"} for layer in hidden), "as links have it"
    order = [(not (each.mend and learns(mended(checked, each))), CAUSES.index(each.cause)) for each in found]
    assert order == sorted(order)
    if learns(checked):
        assert set(named) <= WITHOUT_WRONG_ROWS


@given(problems(), st.sampled_from([0, 0, 3]), st.sampled_from([0.0, 0.0, 0.4]))
@settings(max_examples=150)
def test_of_any_problem_what_is_said_is_well_formed_in_order_and_can_be_applied(data, starts, test_fraction):
    data["training"]["test_fraction"] = test_fraction if sum(Problem.from_dict(data).teaching()) > 2 else 0.0
    checked = Problem.from_dict(data)
    well_formed(checked, diagnosed(checked, starts).findings)


@given(tables(), st.booleans(), st.sampled_from(["sigmoid", "linear", "tanh"]))
@settings(max_examples=80)
def test_so_is_what_is_said_of_numbers_of_any_size_and_columns_of_any_name(table, bias, output):
    training = {"iterations": 30}
    checked = Problem.from_dict({"table": table, "network": {"bias": bias, "output": output}, "training": training})
    try:
        found = diagnosed(checked).findings
    except DivergedError:  # before any training
        return
    for each in found:
        assert each.text.endswith(".")
        assert each.mend is None or mended(checked, each) != checked


@pytest.mark.parametrize(
    "case", [case for case in SICK if case.cause != "rate-too-low"][::6], ids=lambda case: case.name
)
def test_numpy_says_the_same(case):
    training = {**case.data["training"], "iterations": min(300, case.data["training"].get("iterations", 300))}
    checked = Problem.from_dict({**case.data, "training": training})
    told = [[each.cause for each in diagnosed(checked, 0, engine).findings] for engine in ("numpy", "compiled")]
    assert told[0] == told[1]


@pytest.mark.parametrize("case", [*SICK[::7], *HEALTHY[::7]], ids=lambda case: case.name)
def test_asked_again_it_says_the_same(case):
    again = diagnosed(Problem.from_dict(case.data), case.starts)
    assert again.findings == diagnosis(case.data, case.starts).findings


# In the terminal.

CSV = {"and": "a,b,y\n0,0,0\n0,1,0\n1,0,0\n1,1,1\n", "xor": "a,b,y\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n1,1,?\n"}


def report(tell, *arguments, stdin=""):
    code, out, err = tell(*arguments, "--json", stdin=stdin)
    assert (code, err) == (0, "")
    return json.loads(out)


@pytest.mark.parametrize("name", ["post", "xor", "majority", "sine"])
def test_json_of_a_healthy_table_has_an_empty_diagnosis(tell, name):
    told = report(tell, "--example", name)
    assert told["diagnosis"] == []
    assert all("starts" not in answer for answer in told["predictions"])


@pytest.mark.parametrize("name", CSV)
@pytest.mark.parametrize("engine", ["numpy", "compiled"])
def test_json_has_the_causes_in_order_with_their_texts_and_mends(tell, name, engine):
    told = report(tell, "-", "--engine", engine, stdin=CSV[name])
    found = diagnosis(told["problem"]).findings
    assert told["diagnosis"] == [{"cause": each.cause, "text": each.text, "mend": each.mend} for each in found]
    assert [list(each) for each in told["diagnosis"]] == [["cause", "text", "mend"]] * len(found)
    assert told["diagnosis"][0]["cause"] == {"and": "zero-row-without-bias", "xor": "not-separable"}[name]


def test_json_says_that_there_is_no_mend(tell):
    told = report(tell, "-", stdin="a,b,y\n1,5,0\n1,5,1\n1,5,?\n")
    assert [each["mend"] for each in told["diagnosis"] if each["cause"] == "contradiction"] == [None]


def test_json_with_starts_has_them_at_each_prediction(tell):
    told = report(tell, "--starts", 20)
    assert [answer["starts"] for answer in told["predictions"]] == [{"of": 20, "fit": 20, "agree": 20}]
    assert told["diagnosis"] == []
    data = problem_of("sine").to_dict()
    fit, agree = starts_of(data, 7)
    told = report(tell, "--example", "sine", "--starts", 7)
    expected = [{"of": 7, "fit": fit, "agree": same} for same in agree.values()]
    assert [answer["starts"] for answer in told["predictions"]] == expected


def test_json_with_starts_says_what_only_they_can_tell(tell):
    stuck = ["--hidden", 2, "--bias", "--seed", 3]
    alone = report(tell, "-", *stuck, stdin=CSV["xor"])
    told = report(tell, "-", *stuck, "--starts", 20, stdin=CSV["xor"])
    assert "stuck-start" not in [each["cause"] for each in alone["diagnosis"]]
    assert told["diagnosis"][0]["cause"] == "stuck-start"
    assert all(answer["starts"]["of"] == 20 for answer in told["predictions"])


@pytest.mark.parametrize("value", ["-1", "many", "1.5", ""])
def test_a_number_of_starts_that_is_none_is_refused(tell, value):
    code, out, err = tell(f"--starts={value}")
    assert (code, out) == (2, "")
    assert "--starts" in err


@pytest.mark.parametrize("name", examples())
def test_no_example_but_xor_without_a_hidden_layer_has_a_cause(name):
    named = causes(problem_of(name).to_dict())
    assert named[:1] == (["not-separable"] if name == "xor-flat" else [])
