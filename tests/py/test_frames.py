"""How far apart two networks are said to be."""

from array import array
from math import inf

import pytest

from tenlines.training.frames import Frame, distance, doubles, shift


def frame(weights, outputs):
    numbers = doubles(array("d", [*weights, *outputs, 0.0]).tobytes())
    return Frame(1, numbers, len(weights), len(weights), (len(outputs), 1), True)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (([1], [0.5]), ([1], [0.5]), 0),
        (([0.5], [0.5]), ([0.25], [0.5]), 0.25),
        (([100], [0.5]), ([101], [0.5]), 0.01),  # a large weight by its size
        (([1], [100]), ([1], [101]), 0.01),  # a large output too
        (([1], [1e8, 0]), ([1], [1e8, 0.5]), 5e-9),  # and a small one by the largest of its column
        (([1], [inf, 5]), ([1], [inf, 9]), 0.8),  # too large in both is no difference, wherever it stands
        (([1], [5, inf]), ([1], [9, inf]), 0.8),
        (([1], [inf]), ([1], [-inf]), inf),
        (([1], [inf]), ([1], [5]), inf),
    ],
)
def test_the_largest_difference_counts(one, other, expected):
    assert distance(frame(*one), frame(*other)) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ([0.5], [0.5], 0),
        ([0.5, 0.2], [0.5, 0.3], 0.1),
        ([1e8, 0], [1e8 + 1, 0], 1e-8),
        ([inf, 0.5], [inf, 0.25], 0.25),
    ],
)
def test_an_answer_shifts_by_what_is_seen_of_it(one, other, expected):
    assert shift(frame([1], one), frame([100], other)) == pytest.approx(expected)
