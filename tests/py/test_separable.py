"""Whether one neuron can have every row on its side: decided as an independent count has it, and proven exactly."""

from fractions import Fraction
from itertools import count, product
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tenlines.diagnosis.separable import separate

# An oracle of its own: exact, and slow.


def dot(left, right):
    return sum((a * b for a, b in zip(left, right, strict=True)), Fraction(0))


def exactly(rows):
    """The numbers of a table as they are written: 0.1 is a tenth, which no double is."""
    return [[n if isinstance(n, Fraction) else Fraction(repr(float(n))) for n in row] for row in rows]


def is_open(rows):
    """Whether some w has w·row > 0 for every row: Fourier and Motzkin's elimination of one weight after another.

    Each row comes with those of the first rows that it has come from. After k weights one that has come from more than
    k + 1 of them follows from others (Chernikov).
    """
    table = {(row, frozenset([place])) for place, row in enumerate({scaled(row) for row in exactly(rows)})}
    for most in count(2):
        if any(not any(row) for row, _ in table):
            return False
        if all(len(row) == 1 for row, _ in table):
            return len({row[0] > 0 for row, _ in table}) < 2
        above = [each for each in table if each[0][-1] > 0]
        below = [each for each in table if each[0][-1] < 0]
        table = {(scaled(row[:-1]), origins) for row, origins in table if row[-1] == 0}
        for (up, some), (down, others) in product(above, below):
            if len(some | others) <= most:
                row = [a * -down[-1] + b * up[-1] for a, b in zip(up[:-1], down[:-1], strict=True)]
                table.add((scaled(row), some | others))


def scaled(row):
    """The same direction, always written alike."""
    size = max(map(abs, row), default=0)
    return tuple(number / size for number in row) if size else tuple(row)


def combinations_to_zero(rows):
    """A basis of the combinations of the rows that are 0: of each row, its factors."""
    table = [[*column] for column in zip(*exactly(rows), strict=True)]  # one equation for each column
    pivots = []
    for column in range(len(rows)):
        found = next((line for line in range(len(pivots), len(table)) if table[line][column]), None)
        if found is None:
            continue
        place = len(pivots)
        table[place], table[found] = table[found], table[place]
        table[place] = [number / table[place][column] for number in table[place]]
        for line in range(len(table)):
            if line != place and table[line][column]:
                factor = table[line][column]
                table[line] = [a - factor * b for a, b in zip(table[line], table[place], strict=True)]
        pivots.append(column)
    free = [column for column in range(len(rows)) if column not in pivots]
    factors = [[Fraction(place == column) for column in free] for place in range(len(rows))]
    for line, pivot in enumerate(pivots):
        factors[pivot] = [-table[line][column] for column in free]
    return factors


def cancel(rows):
    """Whether the rows, each times a positive number, can add up to 0."""
    factors = combinations_to_zero(rows)
    return bool(factors[0]) and is_open(factors)


def check(rows, found):
    """What is claimed is proven, and only one of the two is."""
    assert found.weights is None or found.conflict is None
    if found.weights is not None:
        assert len(found.weights) == len(rows[0])
        weights = [Fraction(weight) for weight in found.weights]
        assert all(dot(weights, row) > 0 for row in exactly(rows))
    if found.conflict is not None:
        places = list(found.conflict)
        assert len(set(places)) == len(places) <= len(rows[0]) + 1
        assert places and all(0 <= place < len(rows) for place in places)
        assert cancel([rows[place] for place in places])


def decided(rows):
    """What `separate` says, checked: whether there are weights."""
    found = separate(rows)
    check(rows, found)
    assert (found.weights is None) != (found.conflict is None), "undecided"
    return found.weights is not None


# Boolean functions: bit number n is what is wanted of input number n.


def inputs_of(width):
    return list(product((0, 1), repeat=width))


def rows_of(width, wanted, known=None):
    """Inputs and a constant 1, times -1 where a 0 is wanted. known: which inputs, as bits; None for all of them."""
    return [
        [side * number for number in (*bits, 1)]
        for place, bits in enumerate(inputs_of(width))
        if known is None or known >> place & 1
        for side in [1 if wanted >> place & 1 else -1]
    ]


def threshold_functions(width, most):
    """All that one neuron can: those of whole weights up to `most`, with every threshold between their sums."""
    found = set()
    for weights in product(range(-most, most + 1), repeat=width):
        sums = [sum(w * bit for w, bit in zip(weights, bits, strict=True)) for bits in inputs_of(width)]
        steps = sorted(set(sums))
        for threshold in [steps[0] - 1, *steps]:
            found.add(sum((each > threshold) << place for place, each in enumerate(sums)))
    return found


@pytest.mark.parametrize(("width", "number", "most"), [(1, 4, 1), (2, 14, 1), (3, 104, 2), (4, 1882, 3)])
def test_one_neuron_can_as_many_boolean_functions_as_are_known(width, number, most):
    """https://oeis.org/A000609; larger weights find no more."""
    found = threshold_functions(width, most)
    assert len(found) == number
    if width < 4:
        assert threshold_functions(width, most + 2) == found


@pytest.mark.parametrize("width", [1, 2, 3])
def test_of_every_function_of_up_to_three_inputs_it_is_decided_rightly(width):
    can = threshold_functions(width, 2)
    for wanted in range(2**2**width):
        assert decided(rows_of(width, wanted)) == (wanted in can), f"{wanted:0{2**width}b}"


@pytest.mark.parametrize("first", range(4))
def test_of_all_functions_of_four_inputs_it_is_decided_rightly(first):
    """The 65,536 in four parts, each of every fourth."""
    can = threshold_functions(4, 3)
    wrong = [
        wanted
        for wanted in range(first, 65536, 4)
        if (separate(rows_of(4, wanted)).weights is not None) != (wanted in can)
    ]
    assert wrong == []


def test_what_it_says_of_functions_of_four_inputs_is_proven():
    """Of every function that one neuron can, and of as many others."""
    can = sorted(threshold_functions(4, 3))
    others = Random(1).sample([wanted for wanted in range(65536) if wanted not in set(can)], len(can))
    for wanted in can:
        assert decided(rows_of(4, wanted))
    for wanted in others:
        assert not decided(rows_of(4, wanted))


def test_of_three_inputs_and_any_rows_that_are_known_it_is_decided_rightly():
    """A table of some rows can be learned if any of the functions that agree with them can."""
    can = threshold_functions(3, 2)
    for known in range(1, 256):
        possible = {wanted & known for wanted in can}
        for wanted in range(256):
            if wanted & known == wanted:
                assert decided(rows_of(3, wanted, known)) == (wanted in possible), f"{wanted:08b} of {known:08b}"


# Other tables.


@pytest.mark.parametrize(
    ("rows", "can"),
    [
        ([[1]], True),
        ([[-2.5]], True),
        ([[0]], False),
        ([[-0.0]], False),
        ([[0, 0, 0]], False),
        ([[1, 2]], True),
        ([[1], [2]], True),
        ([[1], [-2]], False),
        ([[1, 2], [0, 0]], False),
        # the same row twice, or another multiple of it
        ([[1, -3], [1, -3]], True),
        ([[1, -3], [2, -6]], True),
        ([[1, -3], [-1, 3]], False),
        ([[1, -3], [-0.1, 0.3]], False),  # as written; the double 0.3 is a little less than three times 0.1
        ([[1, -3], [-0.1, 0.29999999999999999]], False),  # written alike, these are the same number
        ([[1, -3], [-0.25, 0.75]], False),
        # three of a plane: to and fro, and not quite
        ([[1, 0], [0, 1], [-1, -1]], False),
        ([[1, 0], [0, 1], [-1, 1e-3]], True),
        ([[1, 0], [0, 1], [-1, 0]], False),
        ([[1, 0], [-1, 1e-300]], True),
        # very different sizes
        ([[5000, 0.001], [-2000, 0.01]], True),
        ([[1e8, 1], [-1e8, -1.001]], True),
        ([[1e8, 1], [-1e8, -1]], False),
        ([[0, 0, -1], [0, -1, -1], [1, 0, 1], [-1, 0, 1], [0, -1000, -1], [-1, -0.001, -1]], False),
        # four of space, of which any three can
        ([[1, 0, 0], [0, 1, 0], [0, 0, 1], [-1, -1, -1]], False),
        ([[1, 1, -1], [1, -1, 1], [-1, 1, 1]], True),
    ],
)
def test_small_tables(rows, can):
    assert decided(rows) == can


@pytest.mark.parametrize(
    "rows",
    [
        [[1, -3], [-0.1, 0.3000000000000001]],
        [[1, 0], [0, 1], [-1, 1e-9]],
        [[1e8, 1], [-1e8, -1.00000001]],
        [[1.0], [1e200]],
        [[1.0, 0.0], [1e200, 1.0], [-1e-200, 5e-324]],
        [[5e-324], [5e-324]],
    ],
)
def test_where_a_hair_is_left_there_are_weights_or_nothing_is_said(rows):
    assert is_open(rows)
    found = separate(rows)
    check(rows, found)
    assert found.conflict is None


@pytest.mark.parametrize("width", [1, 2, 5, 20])
def test_a_conflict_may_need_one_row_more_than_there_are_columns(width):
    """Each column alone, and a row against all of them."""
    rows = [[float(column == place) for column in range(width)] for place in range(width)]
    assert decided(rows)
    found = separate([*rows, [-1.0] * width])
    check([*rows, [-1.0] * width], found)
    assert found.conflict is not None and sorted(found.conflict) == list(range(width + 1))


def test_the_rows_that_conflict_are_found_among_others():
    """XOR among rows that no one disputes: the conflict is in the four."""
    xor = [[0, 0, 0, -1], [0, 1, 0, 1], [1, 0, 0, 1], [-1, -1, 0, -1]]
    easy = [[n - 9.0, 9.0 + n, 1.0, 2.0] for n in range(20)]  # only these have a third input
    found = separate([*easy, *xor])
    check([*easy, *xor], found)
    assert found.conflict is not None and set(found.conflict) == {20, 21, 22, 23}


wholes = st.integers(-3, 3).map(float)
tame = st.floats(-100, 100, allow_subnormal=False).map(lambda number: round(number, 3)) | wholes


def tables(cells, most_rows=7, widest=3):
    return st.integers(1, widest).flatmap(
        lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=most_rows)
    )


@given(tables(wholes) | tables(tame))
@example([[0.0, 0.0], [1.0, 0.0]])
@settings(max_examples=400)
def test_any_small_table_is_decided_as_an_elimination_in_fractions_has_it(rows):
    assert decided(rows) == is_open(rows)


@given(tables(wholes) | tables(tame), st.data())
@settings(max_examples=100)
def test_neither_the_order_of_rows_nor_how_often_or_how_large_they_are_changes_what_can_be(rows, data):
    again = data.draw(st.permutations([*rows, *data.draw(st.lists(st.sampled_from(rows), max_size=4))]))
    factors = data.draw(st.lists(st.sampled_from([0.25, 1, 8, 1024]), min_size=len(again), max_size=len(again)))
    again = [[number * factor for number in row] for row, factor in zip(again, factors, strict=True)]
    assert decided(again) == decided(rows)


@given(tables(st.floats(allow_nan=False, allow_infinity=False), 6, 3))
@settings(max_examples=200)
def test_of_numbers_of_any_size_nothing_is_claimed_that_is_not_so(rows):
    found = separate(rows)
    check(rows, found)
    if found.weights or found.conflict:
        assert (found.weights is not None) == is_open(rows)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("rows", "width"), [(200, 20), (200, 3), (40, 8), (15, 20)])
def test_large_tables_with_a_known_answer(rows, width, seed):
    """Rows on one side of a plane, a little off it at least; then one more, which cancels a sum of some of them."""
    random = Random(seed)
    plane = [random.gauss(0, 1) for _ in range(width)]
    length = sum(number**2 for number in plane) ** 0.5
    table = []
    while len(table) < rows:
        row = [random.randint(-256, 256) / 256 for _ in range(width)]  # sums of such are exact
        off = sum(a * b for a, b in zip(plane, row, strict=True)) / length
        if abs(off) > 0.05:
            table.append([number if off > 0 else -number for number in row])
    assert decided(table)
    some = random.sample(table, min(width, rows) // 2 + 1)
    table.insert(random.randrange(rows), [-sum(column) for column in zip(*some, strict=True)])
    assert not decided(table)
