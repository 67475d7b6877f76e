"""What an answer between 0 and 1 is called; 0.5 is never rounded."""

import math

import pytest

from tenlines.words import NOT_LEARNED, has_learned, in_words, word_for


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
    ("known", "learned"),
    [
        ([(0, 0.01), (1, 0.99), (1, 0.98), (0, 0.02)], True),
        ([(0, 1), (1, 1), (0, 1), (1, 1)], False),  # saturated: half of the rows are on the wrong side
        ([(0, 0.5), (1, 0.5), (1, 0.5), (0, 0.5)], False),  # 0.5 is on no side
        ([(0, 0.4), (1, 0.6), (0, 0.4), (1, 0.6)], True),
        ([(31_000, 1), (42_000, 1), (56_000, 1)], False),  # a sigmoid says no income
        ([(1, 1), (2, 1), (3, 1)], False),  # no better than saying the mean, 2
        ([(1, 1.1), (2, 2.1), (3, 2.9)], True),
        ([(0, 0.01)], True),  # of one value alone, the mean has no error to compare with
        ([(7, 7)], True),
        ([(0, math.nan), (1, math.nan)], False),
        ([], True),
    ],
)
def test_whether_it_has_learned_a_column(known, learned):
    assert has_learned(known) is learned


@pytest.mark.parametrize(
    ("value", "is_binary", "is_learned", "word"),
    [
        (0.999, True, True, "likely 1"),
        (0.999, True, False, NOT_LEARNED),
        (0.001, True, False, NOT_LEARNED),
        (0.5, True, False, "not sure"),
        (1.0, False, False, NOT_LEARNED),
        (31_000, False, True, ""),
    ],
)
def test_no_answer_is_likely_where_the_table_is_not_learned(value, is_binary, is_learned, word):
    assert word_for(value, is_binary, is_learned) == word
