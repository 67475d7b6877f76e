"""Numbers as people of other places and keyboards write them: typed, pasted, imported and exported."""

import pytest
from harness.browsers import CHROMIUM, FIREFOX
from harness.oracle import post, post_program
from harness.page import DEFAULT_CSV, DEFAULT_ROWS

in_two_engines = pytest.mark.engines(CHROMIUM, FIREFOX)


def test_a_decimal_comma_is_a_point_in_a_cell_and_in_a_setting(page):
    page.enter("Row 2 x3", "0,5")
    assert page.cell("Row 2 x3").value() == "0.5"
    page.set("Learning rate", "0,25")
    assert page.box("Learning rate").value() == "0.25"
    rows = [list(row) for row in post()["table"]["rows"]]
    rows[1][2] = 0.5
    page.wait_answers(post_program(post(rows, learning_rate=0.25))[1])


@in_two_engines
def test_digits_signs_and_question_marks_of_other_keyboards_are_read(page):
    typed = {"Row 1 x1": ("０．５", "0.5"), "Row 2 x2": ("٣", "3"), "Row 3 x3": ("–1", "-1"), "Row 4 y": ("？", "?")}
    for cell, (text, shown) in typed.items():
        page.enter(cell, text)
        assert page.cell(cell).value() == shown
    page.wait_status("row 4, y: ", "row 5, y: ")


def test_settings_take_grouped_thousands(page):
    """As tests/web/test_typed_numbers.py has them written in all ways."""
    for text in ("20,000", "20\u202f000"):
        page.set("Iterations", text)
        assert page.box("Iterations").value() == "20000"
        page.wait_status("trained 20,000 iterations")
        page.set("Iterations", "10")
    page.set("Random start", "1.000")
    assert page.box("Random start").value() == "1000"
    page.button("Add hidden layer").click()
    page.set("Hidden layer 1 units", "1,000")
    page.wait_status("units of hidden layer 1 is 1000", "whole number, from 1 to 256")


def test_what_is_not_whole_is_refused_as_iterations(page):
    for text, shown in (("1,5", "1.5"), ("1,00,0", "“1,00,0”")):
        page.set("Iterations", text)
        page.wait_status(f"iterations is {shown}", "write a whole number")
        assert page.box("Iterations").invalid()


def test_a_cell_and_a_setting_that_can_be_two_numbers_are_kept_and_both_are_said(page):
    page.enter("Row 2 x3", "-12,500")
    page.wait_status("row 2", "x3", "can be -12500 or -12.5.")
    assert page.cell("Row 2 x3").invalid()
    assert page.cell("Row 2 x3").value() == "-12,500"
    page.enter("Row 2 x3", "1")
    page.set("Learning rate", "1,234")
    page.wait_status("learning rate: “1,234” can be 1234 or 1.234.", "1.2340 if it is a decimal comma")
    assert page.box("Learning rate").invalid()


def test_a_pasted_column_of_decimal_commas_stays_in_its_column(page):
    page.paste("Row 1 x2", "0,5\n0,25\n0,75\n1,5\n")
    page.wait_status("decimal commas were read: 0,5 is 0.5.", "row 5, y: ")
    assert [row[1] for row in page.rows()] == ["0.5", "0.25", "0.75", "1.5", "0"]
    assert [row[:1] + row[2:] for row in page.rows()] == [row[:1] + row[2:] for row in DEFAULT_ROWS]


def test_commas_are_pasted_as_numbers_or_cells_or_refused_with_both_readings(page):
    """tests/py/test_separators.py has all readings."""
    page.paste("Row 1 x1", "12,345,678.5\n")
    page.press("Enter")
    page.wait_until(lambda: page.cell("Row 1 x1").value() == "12345678.5", "the number")
    assert page.rows() == [["12345678.5", *DEFAULT_ROWS[0][1:]], *DEFAULT_ROWS[1:]]
    page.paste("Row 1 x1", "0,1,1\n1,0,1\n")
    cells = [["0", "1", "1", "0"], ["1", "0", "1", "1"]]
    page.wait_until(lambda: page.rows()[:2] == cells, "the cells")
    page.paste("Row 1 x1", "1,200\n1,350\n")
    page.wait_status("nothing was pasted.", "“1,200” can be 1200 or 1.2, or the cells 1, 200.")
    assert page.rows()[:2] == cells


def test_a_file_of_a_spreadsheet_is_read_and_what_was_read_is_said(page):
    page.upload(b"sep=;\na;y\n1,5;0\n2,5;1\n")
    page.wait_status("imported table.csv: 2 rows, 1 input, 1 output.", "decimal commas were read: 1,5 is 1.5.")
    assert page.rows() == [["1.5", "0"], ["2.5", "1"]]


FORMULAS = ["=1+1", "@SUM(A1)", "+cmd|x", "-2+3", "größe 🙂"]


def test_exported_names_are_no_formulas_and_come_back_as_they_were(page):
    page.upload(("\t".join(FORMULAS) + "\n0\t1\t-2\t3\t0.5\n").encode())
    page.wait_until(lambda: page.names() == FORMULAS, "the names")
    with page.page.expect_download() as download:
        page.button("Export CSV").click()
    exported = download.value.path().read_bytes()
    page.upload(DEFAULT_CSV.encode())
    page.wait_default()
    page.upload(exported)
    page.wait_until(lambda: page.names() == FORMULAS, "the names again")
    assert page.rows() == [["0", "1", "-2", "3", "0.5"]]
    assert exported == "\ufeff'=1+1,'@SUM(A1),'+cmd|x,'-2+3,größe 🙂\n0,1,-2,3,0.5\n".encode()
