"""What commas and points mean in a file and in a paste: the one reading there is, or both in a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenlines.data.csv_text import is_table, read_block, read_table
from tenlines.data.numbers import format_number
from tenlines.errors import TableError

# a file: its rows, and what is said of them
FILES = {
    "decimal commas, semicolons": ("a;y\n1,5;0\n2,5;1\n", [[1.5, 0], [2.5, 1]], "Decimal commas were read: 1,5"),
    "decimal commas, tabs": ("a\ty\n1\t-1,25\n,5\t0\n", [[1, -1.25], [0.5, 0]], "Decimal commas were read: -1,25"),
    "decimal commas without names": ("0,5;1\n1;0\n", [[0.5, 1], [1, 0]], "Decimal commas were read: 0,5 is 0.5."),
    "decimal commas in quotes": ('a,y\n"1,5",2\n"3,25",1\n', [[1.5, 2], [3.25, 1]], "Decimal commas were read: 1,5"),
    "three decimals, one cell with fewer": ("a;y\n1,200;0\n0,5;1\n", [[1.2, 0], [0.5, 1]], "0,5 is 0.5"),
    "three decimals after a nought": ("a;y\n0,125;0\n1,250;1\n", [[0.125, 0], [1.25, 1]], "0,125 is 0.125"),
    "thousands in quotes": ('m,p\n1,"125,000"\n2,"98,500"\n', [[1, 125000], [2, 98500]], "125,000 is 125000."),
    "thousands beside decimal points": ("m\tp\n0.5\t1,200\n1\t980\n", [[0.5, 1200], [1, 980]], "1,200 is 1200."),
    "thousands beside millions": ("m;p\n1;1,200\n2;1,234,567\n", [[1, 1200], [2, 1234567]], "Thousands were read"),
    "thousands with decimals": ("a;y\n1,234.5;1\n2,000;0\n", [[1234.5, 1], [2000, 0]], "1,234.5 is 1234.5."),
    "points between thousands": ("a;p\n0,5;125.000\n1;98.500\n", [[0.5, 125000], [1, 98500]], "125.000 is 125000."),
    "points between thousands, and commas": ("a;p\n5;1.234,5\n6;2.000\n", [[5, 1234.5], [6, 2000]], "is 1234.5."),
    "points between millions": ("a,p\n5,1.234.567\n6,980\n", [[5, 1234567], [6, 980]], "1.234.567 is 1234567."),
    "India's thousands": ('a,p\n5,"12,34,567"\n6,"1,00,000"\n', [[5, 1234567], [6, 100000]], "12,34,567 is 1234567."),
    "narrow spaces": ("a;p\n5;125\u202f000\n6;98\u202f500,5\n", [[5, 125000], [6, 98500.5]], "is 125000."),
    "no-break spaces": ("a;p\n5;125\u00a0000\n6;98\u00a0500\n", [[5, 125000], [6, 98500]], "is 125000."),
    "spaces": ("a,p\n5,125 000\n6,98 500\n", [[5, 125000], [6, 98500]], "125 000 is 125000."),
    "apostrophes": ("a,p\n5,125'000\n6,98’500\n", [[5, 125000], [6, 98500]], "125'000 is 125000."),
    "three decimals after a point": ("a,y\n5.100,0\n3.500,1\n", [[5.1, 0], [3.5, 1]], "5.100 is 5.1, not 5100."),
    "three decimals after a point, tabs": ("a\ty\n1.234\t0\n", [[1.234, 0]], "1.234 is 1.234, not 1234."),
    "both signs, each sure": ("a;y\n0,5;0.25\n1;1\n", [[0.5, 0.25], [1, 1]], "Decimal commas were read: 0,5 is 0.5."),
    "plain numbers": ("a;y\n0.5;1\n1.250;0\n1e3;-2\n", [[0.5, 1], [1.25, 0], [1000, -2]], ""),
    "a table of 0s and 1s": ("0,1\n1,0\n", [[0, 1], [1, 0]], ""),
    "full-width digits": ("a,y\n１２,０．５\n－１,？\n", [[12, 0.5], [-1, None]], ""),
    "full-width digits in the first line": ("１\t０\n０\t１\n", [[1, 0], [0, 1]], ""),
    "Arabic digits and marks": ("a;y\n٣;٣٫٥\n١;؟\n", [[3, 3.5], [1, None]], ""),
    "dashes for minus": ("a,y\n–1,0\n﹣2,1\n—3,1\n", [[-1, 0], [-2, 1], [-3, 1]], ""),
    "invisible characters": ("a,y\n1\u200b,\u200e0\n2\u2060,\ufeff1\u200f\n", [[1, 0], [2, 1]], ""),
    "a line of invisible characters": ("a,y\n\u200b,\u00a0\n2,1\n\u200e\n", [[2, 1]], ""),
    "an invisible ?": ("a,y\n1,0\n2,\u200b\n3,?\u200e\n", [[1, 0], [2, None], [3, None]], ""),
    "Excel's first line": ("sep=;\na;y\n1;0\n0,5;1\n", [[1, 0], [0.5, 1]], "0,5 is 0.5"),
    "Excel's first line in quotes, Windows": ('"sep=,"\r\na,y\r\n1,0\r\n', [[1, 0]], ""),
    "Excel's first line after a byte order mark": ("\ufeffSEP=\t\na\ty\n1\t0\n", [[1, 0]], ""),
    "Excel's first line with bars": ("\nsep=|\na|y\n1|0,5\n", [[1, 0.5]], "0,5 is 0.5"),
    "Excel's first line against the next": ("sep=,\na;b,y\n1,0\n", [[1, 0]], ""),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "note"), FILES.values(), ids=FILES)
def test_a_file_is_read_and_what_is_not_plain_in_it_is_said(text, expected, note):
    notes: list[str] = []
    assert [list(row) for row in read_table(text, notes=notes).rows] == expected
    assert note in " ".join(notes)
    assert bool(note) == bool(notes)


# a file: the place, and both readings and what to write for each
REFUSED_FILES = {
    "points between thousands, or decimal points": (
        "a;p\n50;125.000\n60;98.500\n",
        ["Line 2 (row 1), p: “125.000” can be 125000 or 125.", "Write 125000 if", "125 if it is a decimal"],
    ),
    "the same with three decimals": ("a;p\n50;1.234\n", ["can be 1234 or 1.234.", "1.2340 if it is a decimal point"]),
    "commas between thousands, or decimal commas": (
        "a\tp\n1\t1,200\n",
        ["Line 2 (row 1), p: “1,200” can be 1200 or 1.2.", "1200 if the comma stands between thousands"],
    ),
    "the same with semicolons": ("sep=;\na;p\n1;-1,234\n", ["Line 3 (row 1), p:", "-1234 or -1.234", "-1.2340 if"]),
    "signs that speak against each other": ("a;b;p\n0,5;0.5;1\n1;1;1,200\n", ["Line 3 (row 2), p:", "1200 or 1.2"]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "words"), REFUSED_FILES.values(), ids=REFUSED_FILES)
def test_a_file_that_can_be_read_in_two_ways_is_refused_with_both(text, words):
    with pytest.raises(TableError) as refusal:
        read_table(text)
    assert [word for word in words if word not in refusal.value.message] == []


@pytest.mark.parametrize("number", ["125000", "125", "1234", "1.2340", "-1.2340"])
def test_what_a_refusal_says_to_write_is_read(number):
    assert read_table(f"a;p\n50;{number}\n").rows == ((50, float(number)),)


BLOCKS = {
    "a column of decimal commas": ("0,5\n0,25\n0,75\n1,5\n", [[0.5], [0.25], [0.75], [1.5]], "0,5 is 0.5"),
    "the same from Windows, with an empty cell": ("0,5\r\n\r\n1,5\r\n", [[0.5], [None], [1.5]], "0,5 is 0.5"),
    "the same with ?": ("12,5\n?\n-3,25\n", [[12.5], [None], [-3.25]], "12,5 is 12.5"),
    "the same with whole numbers": ("3\n2,5\n10\n", [[3], [2.5], [10]], "2,5 is 2.5"),
    "three decimals and others": ("1,200\n0,5\n", [[1.2], [0.5]], "0,5 is 0.5"),
    "one cell of millions": ("1,234,567", [[1234567]], "1,234,567 is 1234567"),
    "one cell of thousands and decimals": ("12,345.5\n", [[12345.5]], "12,345.5 is 12345.5"),
    "thousands of several sizes": ("980\n1,200\n1,234,567\n", [[980], [1200], [1234567]], "1,234,567 is 1234567"),
    "thousands with noughts": ("1,000,000\n2,050,000\n", [[1000000], [2050000]], "1,000,000 is 1000000"),
    "thousands with points": ("1.234.567\n980\n", [[1234567], [980]], "1.234.567 is 1234567"),
    "narrow spaces between thousands": ("1\u202f200\n1\u202f350,5\n", [[1200], [1350.5]], "is 1200"),
    "decimal commas between tabs": ("0,5\t1\n1\t0,25\n", [[0.5, 1], [1, 0.25]], "0,5 is 0.5"),
    "decimal commas between semicolons": ("0,5;1\n1;0,25\n", [[0.5, 1], [1, 0.25]], "0,5 is 0.5"),
    "cells between commas": ("0,1,1\n1,0,1\n", [[0, 1, 1], [1, 0, 1]], ""),
    "cells between commas in one line": ("1,0,1", [[1, 0, 1]], ""),
    "cells between commas, with points": ("0.5,1\n2,0.25\n", [[0.5, 1], [2, 0.25]], ""),
    "cells between commas, with ?": ("1,0\n3,?\n", [[1, 0], [3, None]], ""),
    "cells between commas, with quotes": ('"1","0"\n"2","1"\n', [[1, 0], [2, 1]], ""),
    "cells between commas, as Excel's line says": ("sep=,\n0,5\n1,5\n", [[0, 5], [1, 5]], ""),
    "cells between commas, with letters": ("1,x\n2,3\n", [[1, "x"], [2, 3]], ""),
    "an empty first cell": ("\t1\n0\t1\n", [[None, 1], [0, 1]], ""),
    "full-width digits": ("１\t０\n０\t１", [[1, 0], [0, 1]], ""),
    "? of other keyboards": ("？\t؟\n﹖\t?\u200e", [[None, None], [None, None]], ""),
    "decimal points": ("1.234\n5.678\n", [[1.234], [5.678]], "1.234 is 1.234, not 1234"),
    "words with commas": ("a, b\nc\n", [["a", "b"], ["c"]], ""),
}


@pytest.mark.parametrize(("text", "cells", "note"), BLOCKS.values(), ids=BLOCKS)
def test_a_pasted_block_is_read_and_what_is_not_plain_in_it_is_said(text, cells, note):
    notes: list[str] = []
    assert read_block(text, notes) == cells
    assert note in " ".join(notes)
    assert bool(note) == bool(notes)
    assert not is_table(text) or "b" in text


REFUSED_BLOCKS = {
    "thousands, decimals or cells": ("1,200\n1,350\n", ["“1,200” can be 1200 or 1.2, or the cells 1, 200.", "tabs"]),
    "thousands or decimals": ("1,200\n1,350\n980\n2,100\n", ["Line 1: “1,200” can be 1200 or 1.2.", "Line 4"]),
    "thousands or decimals between tabs": ("1\t1,200\n", ["Line 1: “1,200” can be 1200 or 1.2."]),
    "points between semicolons": ("1;125.000\n", ["“125.000” can be 125000 or 125."]),
    "millions or cells": ("1,234,567\n2,345,678\n", ["“1,234,567” can be 1234567, or the cells 1, 234, 567."]),
    "colours or numbers": ("255,128,100\n120,130,140\n", ["can be 255128100, or the cells 255, 128, 100."]),
    "India's thousands or cells": ("12,34,567\n", ["can be 1234567, or the cells 12, 34, 567."]),
    "decimals or 0 and 1": ("0,0\n0,1\n1,0\n1,1\n", ["“0,0” can be 0, or the cells 0, 0.", "semicolons"]),
    "? and then 0 and 1": ("?\n0,1\n1,0\n", ["“0,1” can be 0.1, or the cells 0, 1."]),
    "thousands or cells between spaces": ("100 200\n300 400\n", ["can be 100200, or the cells 100, 200."]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "words"), REFUSED_BLOCKS.values(), ids=REFUSED_BLOCKS)
def test_a_block_that_can_be_read_in_several_ways_is_refused_with_all_of_them(text, words):
    with pytest.raises(TableError) as refusal:
        read_block(text)
    assert [word for word in words if word not in refusal.value.message] == []


def test_of_a_long_ambiguous_column_three_lines_are_told():
    with pytest.raises(TableError, match="997 more"):
        read_block("980\n" + "1,200\n" * 1000)


numbers = st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=8))
def test_a_table_written_with_decimal_commas_is_read_or_refused_with_both_readings(drawn):
    text = "".join(";".join(format_number(value).replace(".", ",") for value in row) + "\n" for row in drawn)
    try:
        found = read_table("a;y\n" + text)
    except TableError as refusal:
        assert " can be " in refusal.message
    else:
        assert list(found.rows) == drawn
