"""Tables kept in the browser: nothing is lost, nothing is restored unasked."""

import pytest
from harness.browsers import ALL_ENGINES, CHROMIUM, FIREFOX
from harness.links import link_of, offers
from harness.oracle import post, terminal
from harness.page import DEFAULT_ANSWERS, DEFAULT_ROWS
from harness.saved import (
    EDITED,
    KEPT,
    edit,
    kept_with,
    names_kept,
    offers_beside_a_version,
    open_kept,
    reopen,
)
from test_page_accessibility import LOOKS, violations
from test_page_small_screen import OVERFLOW

in_all_engines = pytest.mark.engines(*ALL_ENGINES)
in_two_engines = pytest.mark.engines(CHROMIUM, FIREFOX)
LISTED = "() => [...document.querySelectorAll('#saved input')].map(i => i.value)"
TABLE = {"inputs": ["a", "b"], "outputs": ["c"], "rows": [[1, 2, 0], [2, 1, 1], [1, 1, None]]}


@in_all_engines
def test_the_bare_address_opens_the_posts_table_and_offers_what_was_saved(engine, open_page, light_site, tmp_path):
    page = open_page(light_site)
    edit(page)
    reopen(page, light_site)
    assert page.rows() == DEFAULT_ROWS
    page.wait_answers(DEFAULT_ANSWERS, 1e-12)
    assert "“The post’s table, edited”" in offers(page)
    open_kept(page)
    _, expected = terminal(tmp_path, problem=post(EDITED))
    page.wait_answers(expected)
    assert offers_beside_a_version(page) == []
    page.button("Undo").click()
    page.wait_default()


def test_a_first_visit_offers_and_keeps_nothing(engine, open_page, light_site):
    page = open_page(light_site)
    page.choose("Example", "XOR")
    page.wait_until(lambda: page.names() == ["x1", "x2", "y"], "another example")
    page.wait_until(lambda: "#v1=" in page.evaluate("() => location.href"), "the address")
    assert page.evaluate(KEPT) == 0
    assert offers(page) == ""


def test_a_link_opens_without_asking_and_leaves_saved_work_alone(engine, open_page, light_site):
    page = open_page(light_site)
    edit(page)
    reopen(page, light_site, at=link_of({**post(), "table": TABLE}))
    assert page.names() == ["a", "b", "c"]
    assert offers_beside_a_version(page) == []
    page.enter("Row 1 a", "5")
    page.wait_until(lambda: page.evaluate(KEPT) == 2, "a second table to be kept")
    page.button("Saved").click()
    page.wait_until(lambda: len(page.evaluate(LISTED)) == 2, "the list")
    assert sorted(page.evaluate(LISTED)) == ["A shared table, edited", "The post’s table, edited"]
    assert "2 tables" not in page.dialog()


def test_saved_tables_have_names_and_can_be_deleted(engine, open_page, light_site):
    page = open_page(light_site)
    edit(page)
    page.button("Saved").click()
    page.set("Name of The post’s table, edited", "Lesson 1")
    page.wait_until(page.button("Open Lesson 1").exists, "the new name")
    page.press("Escape")
    page.enter("Row 3 y", "0")  # goes on under the name it was given
    page.wait_until(lambda: kept_with(page, [1, 0, 1, 0]), "the edit to be kept")
    assert names_kept(page) == ["Lesson 1"]
    assert page.evaluate(KEPT) == 1
    page.button("Saved").click()
    page.button("Delete Lesson 1").click()
    page.wait_until(lambda: "Deleted “Lesson 1”" in page.dialog(), "the words")
    assert page.evaluate(KEPT) == 0
    page.button("Bring it back").click()
    page.wait_until(page.button("Open Lesson 1").exists, "the table again")
    page.button("Delete Lesson 1").click()
    page.wait_until(page.button("Bring it back").exists, "the table to be gone")
    page.press("Escape")
    page.enter("Row 4 y", "1")  # work that goes on is kept again, under its name
    page.wait_until(lambda: names_kept(page) == ["Lesson 1"], "the table to be kept")


def test_keys_in_a_dialog_are_the_dialogs(engine, open_page, light_site):
    page = open_page(light_site)
    edit(page)
    page.button("Saved").click()
    page.box("Name of The post’s table, edited").click()
    page.press("Control+z", "Control+Enter")
    page.press("Escape")
    assert page.rows()[1] == ["1", "1", "1", "0"]


def test_one_tab_is_never_taken_for_another(engine, open_page, light_site):
    page = open_page(light_site)
    edit(page)
    page.button("Saved").click()
    page.button("Open The post’s table, edited").click()
    page.enter("Row 3 y", "0")
    page.wait_until(lambda: kept_with(page, [1, 0, 1, 0]), "the edit to be kept")
    page.button("Undo").click()
    page.button("Undo").click()
    page.enter("Row 4 y", "1")
    page.wait_until(lambda: kept_with(page, [0, 1, 1, 1]), "the next edit to be kept")
    assert page.evaluate(KEPT) == 1


def test_an_edit_just_before_another_table_is_begun_is_kept(engine, open_page, light_site):
    page = open_page(light_site)
    page.cell("Row 2 y").click()
    page.type("0")
    page.choose("Example", "XOR")
    page.wait_until(lambda: page.evaluate(KEPT) == 1, "the table to be kept")
    assert kept_with(page, [1, 1, 1, 0])


# At one stroke: a moment later the edit would have been kept.
EDIT_AND_UNDO = """() => {
  const cell = document.querySelector('[aria-label="Row 3 y"]')
  cell.focus()
  cell.value = '?'
  cell.dispatchEvent(new Event('input', { bubbles: true }))
  const edited = document.querySelector('output[name="row-3-y"]') !== null
  ;[...document.querySelectorAll('button')].find(button => button.textContent.trim() === 'Undo').click()
  if (!edited) throw new Error('that was no edit')
}"""


def test_a_table_that_is_as_it_was_is_not_kept(engine, open_page, light_site):
    page = open_page(light_site)
    page.enter("Row 2 y", "1")
    page.evaluate(EDIT_AND_UNDO)
    page.wait_default()
    page.choose("Example", "XOR")
    assert page.evaluate(KEPT) == 0


def test_what_was_brought_here_is_kept_without_an_edit(engine, open_page, light_site):
    page = open_page(light_site)
    page.upload(b"p,q\n1,2\n3,?\n", "flowers.csv")
    page.wait_until(lambda: page.evaluate(KEPT) == 1, "the table to be kept")
    reopen(page, light_site)
    assert "“flowers”" in offers(page)
    open_kept(page)
    assert page.names() == ["p", "q"]


def test_a_link_that_one_has_worked_on_offers_that_work(engine, open_page, light_site):
    exercise = link_of({**post(), "table": TABLE})
    page = open_page(light_site, at=exercise)
    assert offers(page) == ""
    page.enter("Row 1 a", "5")
    page.wait_until(lambda: page.evaluate(KEPT) == 1, "the table to be kept")
    reopen(page, light_site, exercise)
    assert page.rows()[0] == ["1", "2", "0"], "a link opens what it says"
    page.wait_until(lambda: "You have worked on this table before" in offers(page), "the offer")
    open_kept(page)
    assert page.rows()[0] == ["5", "2", "0"]
    page.choose("Example", "XOR")
    assert offers(page) == "", "another table"
    reopen(page, light_site, link_of({**post(), "table": {**TABLE, "outputs": ["d"]}}))
    assert offers(page) == "", "another table"


def test_the_list_and_share_in_light_and_dark_wide_and_narrow(engine, open_page, light_site):
    page = open_page(light_site)
    edit(page)
    found = {}
    for button in ("Saved", "Share"):
        page.button(button).click()
        page.wait_until(page.dialog, "the dialog")
        if button == "Saved":
            page.button("Delete The post’s table, edited").click()
        else:
            page.page.get_by_text("Put it into a page of yours").click()
        for width, scheme in LOOKS:
            page.look(width, 844, scheme)
            found[button, width, scheme] = (violations(page), page.evaluate(OVERFLOW) <= 0)
        page.look(1280, 844, "light")
        page.press("Escape")
    assert {look: how for look, how in found.items() if how != ([], True)} == {}


def test_who_closes_an_offer_or_deletes_a_table_keeps_the_keyboard(engine, open_page, light_site):
    page = open_page(light_site)
    edit(page)
    reopen(page, light_site)
    page.find("button", f"Close: {offers(page).splitlines()[0]}").click()
    assert page.focused() == "Example"
    page.button("Saved").click()
    page.button("Delete The post’s table, edited").click()
    page.wait_until(lambda: page.focused() == "Bring it back", "the keyboard to have a place")
    page.button("Bring it back").click()
    page.wait_until(lambda: page.focused() == "Open The post’s table, edited", "the keyboard to have a place")


def test_a_name_that_was_given_stays_through_undo_and_redo(engine, open_page, light_site):
    """All that is done with one table is done with the same one."""
    page = open_page(light_site)
    edit(page)
    page.button("Saved").click()
    page.set("Name of The post’s table, edited", "Lesson 1")
    page.press("Escape")
    page.button("Undo").click()
    page.wait_until(lambda: not kept_with(page, [1, 1, 1, 0]), "the table of before")
    page.button("Redo").click()
    page.wait_until(lambda: kept_with(page, [1, 1, 1, 0]), "the edit again")
    assert names_kept(page) == ["Lesson 1"]
    page.reload()
    page.wait_until(lambda: page.rows()[1] == ["1", "1", "1", "0"], "the edit after a reload")
    assert page.evaluate(KEPT) == 1
    page.button("Back to the original").click()
    page.enter("Row 3 y", "0")
    page.wait_until(lambda: names_kept(page) == ["Lesson 1", "The post’s table, edited"], "the original’s own name")


def test_what_is_brought_twice_is_kept_once(engine, open_page, light_site):
    page = open_page(light_site)
    for _ in range(2):
        page.upload(b"p,q\n1,2\n3,?\n", "flowers.csv")
        page.wait_until(lambda: page.names() == ["p", "q"], "the table")
        page.wait_until(lambda: page.evaluate(KEPT) == 1, "the table to be kept")
        page.choose("Example", "The post’s table")
        page.wait_default()
    page.upload(b"p,q\n1,2\n3,?\n", "flowers.csv")
    page.enter("Row 1 p", "7")
    page.wait_until(lambda: kept_with(page, [7, 2]), "the edit")
    assert page.evaluate(KEPT) == 1


@in_two_engines
def test_the_last_edit_before_a_reload_is_not_lost(engine, open_page, light_site):
    """The reload comes at once, before the address has been brought up to date."""
    page = open_page(light_site)
    edit(page)
    page.wait_until(lambda: "#v1=" in page.evaluate("() => location.href"), "the address")
    page.cell("Row 3 y").click()
    page.type("0")
    page.reload()
    page.wait_until(lambda: page.rows()[2] == ["1", "0", "1", "0"], "the last edit")
