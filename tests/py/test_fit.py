"""Which known rows are wrong: the answer not on its target's side of 0.5, or off by over a tenth of the range."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import problems

from tenlines.fit import fit_of
from tenlines.problem import Problem

INF, NAN = math.inf, math.nan
EDGE = 1e-6  # so near to 0.5 an answer is on no side


def problem(rows, outputs=1, **parts):
    """rows: the outputs of each row; its only input is its number."""
    names = [f"y{place}" for place in range(outputs)]
    table = {"inputs": ["x"], "outputs": names, "rows": [[place, *row] for place, row in enumerate(rows)]}
    return Problem.from_dict({"table": table, **parts})


def fit(rows, answers, **parts):
    return fit_of(problem(rows, len(rows[0]), **parts), answers)


@pytest.mark.parametrize(
    ("target", "answer", "is_wrong"),
    [
        (1, 0.9, False),
        (1, 0.51, False),
        (1, 0.5 + 2 * EDGE, False),
        (1, 0.5 + EDGE, True),
        (1, 0.5 + EDGE / 2, True),
        (1, 0.5, True),
        (1, 0.5 - 2 * EDGE, True),
        (1, 0.1, True),
        (0, 0.1, False),
        (0, 0.49, False),
        (0, 0.5 - 2 * EDGE, False),
        (0, 0.5 - EDGE, True),
        (0, 0.5 - EDGE / 2, True),
        (0, 0.5, True),
        (0, 0.5 + 2 * EDGE, True),
        (0, 0.9, True),
        # a linear output: further off than 1, and yet on the side of its target
        (1, 7, False),
        (0, -7, False),
        (1, -7, True),
        (1, INF, True),  # too large for a number
        (0, INF, True),
        (0, -INF, True),
        (1, -INF, True),
        (1, NAN, True),
        (0, NAN, True),
    ],
)
def test_of_0_and_1_an_answer_is_wrong_unless_it_is_on_the_side_of_its_target(target, answer, is_wrong):
    other = 1 - target
    assert fit([[target], [other]], [[answer], [float(other)]]).wrong == [0] * is_wrong
    assert fit([[target]], [[answer]]).wrong == [0] * is_wrong, "also where all known cells are alike"


@pytest.mark.parametrize(
    ("column", "answers", "wrong"),
    [
        # a range of 10: 1 is a tenth
        ([0, 10, 5], [0, 10, 5], []),
        ([0, 10, 5], [1, 9, 6], []),
        ([0, 10, 5], [1.001, 10, 5], [0]),
        ([0, 10, 5], [-1.001, 8.999, 6.001], [0, 1, 2]),
        ([0, 10, 5], [0, 10, NAN], [2]),
        ([0, 10, 5], [-INF, INF, 5], [0, 1]),
        # 0, 1 and one that is neither: it is no longer about sides
        ([0, 1, 2], [0.4, 1, 2], [0]),
        ([0, 1, 2], [0.1, 1.1, 1.9], []),
        ([0, 1, 0.5], [0, 0.6, 0.5], [1]),
        # far from 0 the range counts, not the size
        ([1000, 1010], [1000, 1008.9], [1]),
        ([1000, 1010], [1000, 1009.1], []),
        ([-3, -1], [-3, -1.3], [1]),
        ([-3, -1], [-3, -1.1], []),
        ([1e-9, 3e-9], [1e-9, 1e-9], [1]),
        # all alike: a tenth of their size
        ([50, 50], [54.9, 45.1], []),
        ([50, 50], [55.1, 44.9], [0, 1]),
        ([-50, -50], [-54.9, -55.1], [1]),
        ([0.5], [0.54], []),
        ([0.5], [0.56], [0]),
        # a `?` has no target, whatever its answer is
        ([None, 0, 10], [NAN, 0, 10], []),
        ([0, None, 10, None, 5], [3, 0, 10, INF, 1], [0, 4]),
        # so large that only their difference is too large for a number
        ([1.7e308, -1.7e308], [1.7e308, 1.7e308], [1]),
    ],
)
def test_of_other_numbers_an_answer_is_wrong_if_it_is_off_by_more_than_a_tenth_of_the_range(column, answers, wrong):
    found = fit([[cell] for cell in column], [[float(answer)] for answer in answers])
    assert found.wrong == wrong
    assert found.known == sum(cell is not None for cell in column)


@pytest.mark.parametrize(
    ("column", "extent"),
    [
        ([0, 10, 5], 10),
        ([-3, None, -1], 2),
        ([1000, 1010], 10),
        ([0.25, 0.75], 0.5),
        ([1e-200, 3e-200], 2e-200),
        ([1e200, 3e200], 2e200),
        # all alike: their size
        ([50, 50, None], 50),
        ([-50], 50),
        ([1e-9], 1e-9),
    ],
)
@pytest.mark.parametrize("side", [-1, 1])
def test_the_range_is_that_of_the_known_cells_and_of_equal_ones_their_size(column, extent, side):
    def wrong(share):
        answers = [[0.0 if cell is None else cell + side * share * extent] for cell in column]
        return fit([[cell] for cell in column], answers).wrong

    assert wrong(0.099) == []
    assert wrong(0.101) == [place for place, cell in enumerate(column) if cell is not None]


@pytest.mark.parametrize(
    ("rows", "answers", "known", "wrong"),
    [
        # any wrong output makes the row wrong, once
        ([[0, 1], [1, 0]], [[0.1, 0.9], [0.9, 0.1]], 2, []),
        ([[0, 1], [1, 0]], [[0.1, 0.4], [0.9, 0.1]], 2, [0]),
        ([[0, 1], [1, 0]], [[0.9, 0.1], [0.1, 0.9]], 2, [0, 1]),
        # only what is known of a row counts
        ([[0, None], [None, 0], [1, 1]], [[0.1, 0.9], [0.9, 0.1], [0.9, 0.9]], 3, []),
        ([[0, None], [None, 0], [1, 1]], [[0.9, 0.1], [0.1, 0.9], [0.9, 0.9]], 3, [0, 1]),
        ([[None, None], [0, 1]], [[0.9, 0.1], [0.9, 0.9]], 1, [1]),
        # each column by its own rule and range
        ([[0, 100], [1, 300]], [[0.45, 119], [0.55, 281]], 2, []),
        ([[0, 100], [1, 300]], [[0.45, 121], [0.55, 279]], 2, [0, 1]),
        ([[0, 100], [2, 300]], [[0.45, 100], [2, 300]], 2, [0]),
    ],
)
def test_a_row_is_wrong_if_any_known_output_of_it_is(rows, answers, known, wrong):
    found = fit(rows, answers)
    assert (found.known, found.wrong) == (known, wrong)


@pytest.mark.parametrize(
    ("rows", "answers", "known", "wrong"),
    [
        ([[1, 0, 0], [0, 1, 0]], [[0.6, 0.2, 0.2], [0.1, 0.8, 0.1]], 2, []),
        # its 1 is the largest of its row, and yet not above 0.5
        ([[1, 0, 0], [0, 1, 0]], [[0.4, 0.3, 0.3], [0.1, 0.8, 0.1]], 2, [0]),
        # a row that has only some of its outputs does not teach, and so is not wrong
        ([[1, 0, 0], [0, 1, None]], [[0.6, 0.2, 0.2], [0.9, 0.1, 0]], 1, []),
        # shares: their range counts
        ([[0.25, 0.75], [0.75, 0.25]], [[0.29, 0.71], [0.5, 0.5]], 2, [1]),
    ],
)
def test_of_softmax_only_rows_that_have_all_their_outputs_count(rows, answers, known, wrong):
    of_shares = {"network": {"output": "softmax"}, "training": {"loss": "cross_entropy"}}
    found = fit(rows, answers, **of_shares)
    assert (found.known, found.wrong) == (known, wrong)


def test_rows_that_are_held_out_are_neither_known_nor_wrong():
    rows = [[0], [1], [0], [1], [None], [0]]
    checked = problem(rows, training={"test_fraction": 0.5})
    taught = [place for place, teaches in enumerate(checked.teaching()) if teaches]
    assert 0 < len(taught) < 5
    opposite = [[0.5 if cell is None else 1.0 - cell] for [cell] in rows]
    found = fit_of(checked, opposite)
    assert (found.known, found.wrong) == (len(taught), taught)


def test_rows_that_are_held_out_count_in_the_range():
    """The same answer is right where the largest number of the column is held out, as where it is taught."""
    rows = [[number] for number in (0, 1, 2, 3, 4, 100)]
    for seed in range(12):
        checked = problem(rows, training={"test_fraction": 0.2, "split_seed": seed})
        found = fit_of(checked, [[number + 9.5] for [number] in rows])
        assert found.wrong == [], f"split seed {seed}"
    held_out = [problem(rows, training={"test_fraction": 0.2, "split_seed": seed}).held_out()[5] for seed in range(12)]
    assert any(held_out) and not all(held_out)


def test_a_half_that_is_held_out_means_that_a_column_is_not_about_sides():
    """The kind of a column is that of the whole table, whichever rows are held out."""
    rows = [[0], [1], [0], [1], [0], [0.5]]
    for seed in range(12):
        checked = problem(rows, training={"test_fraction": 0.2, "split_seed": seed})
        found = fit_of(checked, [[0.3] if cell == 0 else [cell] for [cell] in rows])
        assert found.wrong == [place for place in (0, 2, 4) if checked.teaching()[place]], f"split seed {seed}"


def is_wrong(column, target, answer):
    """The rule once more, of one cell; column: the known cells of the whole table."""
    if not math.isfinite(answer):
        return True
    if set(column) <= {0, 1}:
        return not (answer > 0.5 + EDGE if target else answer < 0.5 - EDGE)
    extent = (max(column) - min(column)) or abs(column[0]) or 1
    return not abs(answer - target) <= extent / 10


@given(problems(), st.data())
def test_any_table_has_the_wrong_rows_that_the_rule_says_cell_by_cell(data, draw):
    checked = Problem.from_dict(data)
    first, width = len(checked.table.inputs), len(checked.table.outputs)
    answer = st.sampled_from([0.0, 0.5, 0.500002, 0.499998, 1.0]) | st.floats(-3, 3) | st.sampled_from([INF, NAN])
    row = st.lists(answer, min_size=width, max_size=width)
    count = len(checked.table.rows)
    answers = draw.draw(st.lists(row, min_size=count, max_size=count))
    known = [[row[first + at] for row in checked.table.rows if row[first + at] is not None] for at in range(width)]
    cells = [
        (place, is_wrong(known[at], target, answers[place][at]))
        for place, row in enumerate(checked.table.rows)
        for at, target in enumerate(row[first:])
        if checked.teaching()[place] and target is not None
    ]
    found = fit_of(checked, answers)
    assert found.known == sum(checked.teaching())
    assert found.wrong == sorted({place for place, is_off in cells if is_off})
