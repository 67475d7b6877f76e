"""How far apart two networks are said to be."""

from array import array
from math import inf

import pytest

from tenlines.training.frames import Frame, distance, doubles


def frame(weights, outputs):
    numbers = doubles(array("d", [*weights, *outputs, 0.0]).tobytes())
    return Frame(1, numbers, len(weights), len(weights), (len(outputs), 1), True)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (([1], [0.5]), ([1], [0.5]), 0),
        (([0.5], [0.5]), ([0.25], [0.5]), 0.25),
        (([100], [0.5]), ([101], [0.5]), 0.01),  # a large weight by its size
        (([1], [100]), ([1], [101]), 1),  # an output as it is
        (([1], [inf, 5]), ([1], [inf, 9]), 4),  # too large in both is no difference, wherever it stands
        (([1], [5, inf]), ([1], [9, inf]), 4),
        (([1], [inf]), ([1], [-inf]), inf),
        (([1], [inf]), ([1], [5]), inf),
    ],
)
def test_the_largest_difference_counts(one, other, expected):
    assert distance(frame(*one), frame(*other)) == pytest.approx(expected)
