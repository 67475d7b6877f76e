"""What an answer between 0 and 1 is called; 0.5 is never rounded."""

import math

import pytest

from tenlines.words import in_words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1, "likely 1"),
        (0.9999370428352157, "likely 1"),
        (0.9, "likely 1"),
        (math.nextafter(0.9, 0), "leans to 1"),
        (math.nextafter(0.6, 1), "leans to 1"),
        (0.6, "not sure"),
        (0.5, "not sure"),
        (0.4, "not sure"),
        (math.nextafter(0.4, 0), "leans to 0"),
        (math.nextafter(0.1, 1), "leans to 0"),
        (0.1, "likely 0"),
        (0, "likely 0"),
    ],
)
def test_an_answer_in_words(value, words):
    assert in_words(value) == words
