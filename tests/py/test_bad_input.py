"""What cannot be read is refused in a sentence that says where it is and what to do."""

import time

import pytest

from tenlines.data.csv_text import read_table
from tenlines.errors import TableError

# what is wrong: (text, the words that name the place, the words that name the fault or its remedy)
REFUSED = {
    "nothing": ("", [], ["no data", "Write column names"]),
    "only empty lines": ("\n \n\n", [], ["no data"]),
    "an empty file": (b"", [], ["no data"]),
    "names without rows": ("a,b\n", [], ["no rows", "at least one row"]),
    "letters in a number cell": ("a,b\n1,2\nabc,3\n", ["Line 3", "row 2", "a:"], ["“abc”", "such as 0.5"]),
    "letters in an output cell": ("a,b\n1,x\n", ["Line 2", "row 1", "b:"], ["“x”", "not a number"]),
    "? in an input": ("a,b\n?,1\n", ["Line 2", "row 1", "a:"], ["input", "needs a number"]),
    "an empty input": ("a,b\n,1\n", ["Line 2", "row 1", "a:"], ["input", "needs a number"]),
    "no known row": ("a,b\n1,?\n2,\n", ["b"], ["known", "Type a number"]),
    "no known row, two outputs": ("a,>p,>q\n1,?,?\n", ["p or q"], ["known"]),
    "one column": ("a\n1\n2\n", ["one column", "a"], ["at least one input and one output"]),
    "one column, no header": ("1\n2\n", ["one column"], ["at least one input and one output"]),
    "outputs only": (">a,>b\n1,2\n", ["no input column"], ["at least one input", "add a column"]),
    "the same name twice": ("a,b,a\n1,2,3\n", ["“a”", "column 1", "column 3"], ["Rename"]),
    "the same name, one of them marked": ("a,b,>a\n1,2,3\n", ["“a”", "column 1", "column 3"], ["Rename"]),
    "the same name but for spaces": ("a  b,a b\n1,2\n", ["“a b”"], ["Rename"]),
    "an empty name": ("a,,b\n1,2,3\n", ["Column 2"], ["no name", "Give it one"]),
    "a name that is only a mark": ("a,>\n1,2\n", ["Column 2"], ["no name"]),
    "a name with two marks": ("a,>>b\n1,2\n", ["Column 2", "“>b”"], ["cannot start with >"]),
    "a short row": ("a,b\n1,2\n3\n", ["Line 3"], ["1 value", "needs 2"]),
    "a long row": ("a,b\n1,2,3\n", ["Line 2"], ["3 values", "needs 2"]),
    "a ragged row after empty lines": ("a,b\n\n\n1,2\n\n3\n", ["Line 6"], ["1 value", "needs 2"]),
    "a row under a name of two lines": ('"a\nb",c\n1,x\n', ["Line 3", "row 1", "c:"], ["“x”"]),
    "decimal commas in a comma file": ("a,b\n0,5,1\n", ["Line 2"], ["decimal comma", "point"]),
    "a comma in the wrong place": ("a;b\n1,23.5;1\n", ["Line 2", "row 1", "a:"], ["“1,23.5”", "not a number"]),
    "nan": ("a,b\nnan,1\n", ["Line 2", "row 1", "a:"], ["“nan”", "finite"]),
    "NaN in an output": ("a,b\n1,NaN\n", ["Line 2", "row 1", "b:"], ["“NaN”", "finite"]),
    "inf": ("a,b\ninf,1\n", ["Line 2", "row 1", "a:"], ["“inf”", "finite"]),
    "-Infinity": ("a,b\n-Infinity,1\n", ["Line 2", "row 1", "a:"], ["“-Infinity”", "finite"]),
    "∞": ("a,b\n∞,1\n", ["Line 2", "row 1", "a:"], ["“∞”", "finite"]),
    "1e999": ("a,b\n1e999,1\n", ["Line 2", "row 1", "a:"], ["“1e999”", "too large"]),
    "a hexadecimal number": ("a,b\n0x10,1\n", ["Line 2", "row 1", "a:"], ["“0x10”", "not a number"]),
    "an underscore": ("a,b\n1_000,1\n", ["Line 2", "row 1", "a:"], ["“1_000”", "not a number"]),
    "a percent": ("a,b\n50%,1\n", ["Line 2", "row 1", "a:"], ["“50%”", "not a number"]),
    "a raised digit": ("a,b\n5²,1\n", ["Line 2", "row 1", "a:"], ["“5²”", "not a number"]),
    "two signs": ("a,b\n--1,1\n", ["Line 2", "row 1", "a:"], ["“--1”", "not a number"]),
    "a quote left open": ('a,b\n1,"2\n3,4\n', ["Line 2"], ["quote", "never closed"]),
    "a quote left open in the header": ('a,"b\n1,2\n', ["Line 1"], ["quote", "never closed"]),
    "text after a closing quote": ('a,b\n1,"2"3\n', ["Line 2"], ["quote", "Write it twice"]),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", [], ["binary", ".csv"]),
    "a zip file or a spreadsheet": (b"PK\x03\x04\x14\0\x06\0", [], ["binary", ".csv"]),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", [], ["binary", "a PDF", ".csv"]),
    "a compressed file": (b"\x1f\x8b\x08\0\0", [], ["binary", "gzip"]),
    "JSON": ('{"table": {"inputs": ["a"]}}', [], ["JSON", ".tenlines.json"]),
    "a notebook": ('{"cells": [],\n "nbformat": 4}', [], ["notebook", "CSV"]),
    "a web page": ("<!DOCTYPE html>\n<table><tr><td>1,2,3", [], ["web page"]),
    "a program": ("# mine\nfrom numpy import exp\nx = ((((1))))\n", [], ["program", ".py"]),
    "UTF-16": ("a,b\n1,2\n".encode("utf-16"), [], ["UTF-16", "UTF-8"]),
    "UTF-16 without its mark": ("a,b\n1,2\n".encode("utf-16-le"), [], ["binary"]),
    "Latin-1": ("a,b\n1,2\ngröße,3\n".encode("latin-1"), ["Line 3"], ["UTF-8"]),
    "text with NUL": ("a,b\n1,\0\n", [], ["binary"]),
    "the third of many faults is named, the rest counted": (
        "a,b\n" + "x,1\n" * 7,
        ["Line 2", "Line 3", "Line 4"],
        ["4 more"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "place", "words"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused_with_its_place_and_its_remedy(text, place, words):
    with pytest.raises(TableError) as refusal:
        read_table(text)
    message = str(refusal.value)
    missing = [word for word in (*place, *words) if word not in message]
    assert not missing, message
    assert "Traceback" not in message
    assert message.endswith(".")


def test_a_good_table_is_read_whatever_its_names_look_like():
    assert read_table("{a},[b]\n1,2\n").inputs == ("{a}",)
    assert read_table("import os,from a import b\n1,2\n").inputs == ("import os",)


def test_of_many_faults_only_the_first_three_are_spelled_out():
    with pytest.raises(TableError) as refusal:
        read_table("a,b\n" + "x,1\n" * 7)
    assert str(refusal.value).count("not a number") == 3


@pytest.mark.parametrize("outputs", [["c"], ["a", "c"], [""]])
def test_an_output_that_is_not_there_is_named_with_the_columns_that_are(outputs):
    with pytest.raises(TableError) as refusal:
        read_table("a,b\n1,2\n", outputs)
    assert f"“{outputs[-1]}”" in str(refusal.value)
    assert "a, b" in str(refusal.value)


def test_making_every_column_an_output_is_refused():
    with pytest.raises(TableError, match="no input column"):
        read_table("a,b\n1,2\n", ["a", "b"])


LONG = {
    "letters": "z" * 140_000,
    "digits, then a letter": "1" * 20_000 + "x",
    "commas and many digits": "1,2," + "2" * 100_000,
    "thousands without end": "1" + ",222" * 100_000,
    "a number with many digits": "1" * 100_000,
}


@pytest.mark.parametrize("cell", LONG.values(), ids=LONG)
def test_a_very_long_cell_is_refused_at_once_in_a_short_sentence_that_names_it(cell):
    began = time.process_time()
    with pytest.raises(TableError) as refusal:
        read_table(f"a;b\n{cell};1\n")
    assert time.process_time() - began < 1
    message = str(refusal.value)
    assert "Line 2" in message
    assert "quote" not in message
    assert len(message) < 300


def test_many_digits_are_a_number():
    """Too many for sense, but not for arithmetic."""
    assert read_table(f"a,b\n0.{'3' * 100_000},1\n").rows == ((1 / 3, 1.0),)
