"""Bad input: a clear sentence that names the cell and the remedy, and nothing lost."""

import json
import math

import pytest
from harness.oracle import post, terminal
from harness.page import DEFAULT_ANSWERS, DEFAULT_NAMES, DEFAULT_ROWS, DEFAULT_SETTINGS

from tenlines.errors import SettingError
from tenlines.problem import Problem
from tenlines.training.run import Run


def changed(row: int, column: str, text: str) -> list[list[str]]:
    """The post's rows with another text in one cell."""
    rows = [list(cells) for cells in DEFAULT_ROWS]
    rows[row - 1][DEFAULT_NAMES.index(column)] = text
    return rows


# tests/py/test_problem.py and tests/py/test_bad_input.py have all refusals; here is what the page does about a few.


def test_a_bad_cell_is_named_with_its_remedy_marked_and_kept_until_it_is_mended(page):
    page.enter("Row 2 x3", "abc")
    said = page.wait_status("Row 2", "x3", "type a number")
    assert "likely" not in said, "the answer of the table before is not called the answer of this one"
    assert page.cell("Row 2 x3").invalid()
    assert page.rows() == changed(2, "x3", "abc")
    page.enter("Row 2 x3", "1")
    page.wait_default()
    page.wait_status("row 5, y: 0.99994, likely 1")


# cell -> what is typed, and a part of the remedy
BAD_CELLS = {
    "Row 1 x1": ("1e999", "too large"),
    "Row 2 x3": ("?", "output"),
    "Row 3 y": ("yes", "type a number"),
    "Row 4 x2": ("", "number"),
}


def test_each_kind_of_bad_cell_is_named_and_marked_alone_and_undo_mends_it(page):
    for cell, (text, remedy) in BAD_CELLS.items():
        page.cell(cell).click()
        page.press("Delete")
        page.type(text)
        page.press("Enter")
        _, row, column = cell.split()
        page.wait_status(f"Row {row}", column, remedy)
        assert page.rows() == changed(int(row), column, text)
        marked = page.evaluate("() => [...document.querySelectorAll('[aria-invalid=true]')].map(e => e.ariaLabel)")
        assert marked == [cell]
        while page.rows() != DEFAULT_ROWS:
            page.button("Undo").click()
        page.wait_default()
        assert not page.cell(cell).invalid()


def test_several_bad_cells_and_a_bad_setting_are_all_marked_and_mended_in_any_order(page):
    page.enter("Row 1 x1", "a")
    page.enter("Row 3 y", "b")
    page.wait_until(lambda: page.cell("Row 3 y").invalid(), "the second mark")
    page.wait_status("Row 1", "x1")
    assert page.cell("Row 1 x1").invalid()
    page.enter("Row 1 x1", "0")
    page.wait_until(lambda: not page.cell("Row 1 x1").invalid(), "the first to be mended")
    page.wait_status("Row 3", "y")
    page.set("Learning rate", "-1")
    page.wait_until(lambda: page.box("Learning rate").invalid(), "the rate to be marked")
    page.enter("Row 3 y", "1")
    page.wait_status("Learning rate")
    page.set("Learning rate", "1")
    page.wait_default()


def test_a_very_large_number_is_computed_and_never_nan(page, tmp_path):
    page.enter("Row 2 x3", "1e308")
    rows = post()["table"]["rows"]
    _, expected = terminal(tmp_path, problem=post([rows[0], [1, 1, 1e308, 1], *rows[2:]]))
    assert all(math.isfinite(value) for value in expected.values())
    page.wait_answers(expected)


def test_a_table_that_cannot_be_trained_is_said_with_the_remedy_and_mended(page):
    """Without a known cell, without an output, without an input, without a row."""
    for row in range(1, 5):
        page.enter(f"Row {row} y", "?")
    page.wait_status("y", "type a number")
    assert [row[3] for row in page.rows()] == ["?"] * 5
    page.enter("Row 1 y", "1")
    page.wait_until(lambda: len(page.answers()) == 4, "four answers")
    page.button("Remove column y").click()
    page.wait_status("output", "add")
    page.button("Undo").click()
    page.wait_until(lambda: len(page.answers()) == 4, "four answers again")
    for name in ["x1", "x2", "x3"]:
        page.button(f"Remove column {name}").click()
    page.wait_status("column", "input", "add")
    page.button("Undo").click()
    page.wait_until(lambda: page.names() == ["x3", "y"], "x3 again")
    page.wait_status("trained 10,000 iterations")
    for _ in range(5):
        page.button("Remove row 1").click()
    page.wait_status("no rows", "add a row")
    assert page.rows() == []
    page.button("Add row").click()
    page.wait_until(lambda: page.rows() == [["0", "?"]], "one row")
    page.enter("Row 1 y", "1")
    page.wait_status("trained 10,000 iterations")


def test_a_column_name_that_is_double_or_empty_is_said_and_kept(page):
    box = page.box("Name of input 2")
    for name, said in (("x1", "rename"), ("   ", "column 2 has no name. give it one, such as x2")):
        box.click()
        page.press("Control+a", "Backspace")
        page.type(name)
        page.press("Enter")
        page.wait_status("column", said)
        assert box.invalid()
        assert box.value().strip() == name.strip()
        assert page.rows() == DEFAULT_ROWS
        page.press("Control+z")
        page.wait_default()


BAD_FILES = {
    "a ragged row": (b"a,b,c\n1,1,1\n1,1\n0,0,?\n", ["line 3"]),
    "binary": (bytes(range(256)) * 40, ["text"]),
}


def test_a_file_with_an_error_is_refused_whole_and_its_place_named(page):
    for data, parts in BAD_FILES.values():
        page.upload(data)
        page.wait_status(*parts)
        assert (page.names(), page.rows()) == (DEFAULT_NAMES, DEFAULT_ROWS)
        page.wait_answers(DEFAULT_ANSWERS, 1e-12)
        # The next edit is answered, and its sentence takes the place of the refusal.
        page.enter("Row 4 y", "?")
        page.wait_status("row 4, y: ")
        page.button("Undo").click()


def test_fifty_megabytes_of_csv_are_refused_without_blocking_the_page(page, tmp_path):
    large = tmp_path / "large.csv"
    line = b"0.25,0.5,0.75,1\n"
    large.write_bytes(b"a,b,c,d\n" + line * (50_000_000 // len(line)))
    page.page.get_by_label("Import file", exact=True).set_input_files(large)
    page.wait_status("large.csv" if "large.csv" in page.status() else "cells")
    assert page.rows() == DEFAULT_ROWS
    page.enter("Row 4 y", "?")
    page.wait_status("row 4, y: ")


def test_a_network_on_a_table_beyond_memory_is_refused_with_its_bytes_and_the_table_goes_on(engine, open_page):
    rows = [[1, *row[1:]] for row in post()["table"]["rows"]]
    data = post(rows + [[1, 0, 0, None]] * 48_000, iterations=1)
    data["network"]["hidden"] = [{"units": 256, "activation": "sigmoid"}] * 6
    with pytest.raises(SettingError, match=r"needs 1,\d{3},\d{3},\d{3} bytes of memory") as refusal:
        Run(Problem.from_dict(data), "compiled")
    page = open_page()
    page.set("Iterations", "none")  # so that nothing is trained on the way
    for number in range(1, 7):
        page.button("Add hidden layer").click()
        page.set(f"Hidden layer {number} units", "256")
    page.paste("Row 1 x1", "1\n" * len(data["table"]["rows"]))
    count = "() => document.querySelector('table.data').ariaRowCount"
    page.wait_until(lambda: page.evaluate(count) == str(len(data["table"]["rows"]) + 1), "the rows")
    page.set("Iterations", "1")
    page.wait_status(refusal.value.message)
    page.enter("Row 2 y", "0.5")
    assert page.cell("Row 2 y").value() == "0.5"
    page.choose("Example", "The post’s table")
    page.wait_status("row 5, y: 0.99994", "trained 10,000 iterations")


def test_a_bad_setting_is_named_with_its_remedy_and_kept(page):
    for box, text in (("Iterations", "1.5"), ("Learning rate", "inf"), ("Random start", "")):
        page.box(box).click()
        page.press("Control+a", "Backspace")
        page.type(text)
        page.press("Enter")
        page.wait_status(box, "number")
        assert page.box(box).invalid()
        assert page.box(box).value() == text
        assert page.rows() == DEFAULT_ROWS
        page.button("Undo").click()
        page.wait_until(lambda box=box: not page.box(box).invalid(), "the mark to go")
        page.wait_default()
        assert page.box(box).value() == DEFAULT_SETTINGS[box]


def test_a_strange_name_is_only_a_name(page):
    for text in ("<img src=x onerror=alert(1)>", "${1}", "x" * 500):
        page.upload(f"{json.dumps(text)},b\n0,0\n1,1\n2,?\n".encode())
        page.wait_until(lambda text=text: page.names() == [text, "b"], "the name as it is")
        page.wait_until(lambda: "row-3-b" in page.answers(), "an answer")
        assert page.evaluate("() => document.querySelectorAll('img[src=x]').length") == 0
