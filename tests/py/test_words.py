"""What an answer between 0 and 1 is called; 0.5 is never rounded."""

import math

import pytest

from tenlines.words import NOT_SETTLED, in_words, word_for


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


@pytest.mark.parametrize(
    ("value", "is_binary", "wrong", "known", "is_settled", "word"),
    [
        (0.999, True, 0, 4, True, "likely 1"),
        (0.999, True, 2, 4, True, "it has not learned this table: 2 of 4 rows are wrong"),
        (0.001, True, 1, 4, True, "it has not learned this table: 1 of 4 rows is wrong"),
        (0.5, True, 1, 1, True, "it has not learned this table: 1 of 1 row is wrong"),
        (1.0, False, 1200, 10_000, False, "it has not learned this table: 1,200 of 10,000 rows are wrong"),
        (0.999, True, 0, 4, False, NOT_SETTLED),
        (31_000, False, 0, 4, False, NOT_SETTLED),
        (31_000, False, 0, 4, True, ""),
    ],
)
def test_no_answer_is_likely_where_it_is_worth_nothing(value, is_binary, wrong, known, is_settled, word):
    assert word_for(value, is_binary, wrong, known, is_settled) == word
