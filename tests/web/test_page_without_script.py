"""The page as its HTML alone shows it: before the script has come, and where scripts are switched off."""

import pytest
from harness.browsers import CHROMIUM
from harness.page import DEFAULT_NAMES, DEFAULT_ROWS, POST_ANSWER
from test_page_code_lines import HANGS, assert_hanging
from test_program import POSTS_PROGRAM as PROGRAM


@pytest.fixture(scope="module")
def static(browsers, site):
    """Without a script of the page's; the driver's own still run in Chromium."""
    page = browsers.page(CHROMIUM, java_script_enabled=False)
    page.open(site.url)
    page.page.wait_for_load_state("load")  # with its style
    yield page
    page.close()


def test_the_table_and_its_answer_stand_in_the_page(static):
    tree = static.page
    assert tree.get_by_role("table", name="Data").count() == 1
    for row, cells in enumerate(DEFAULT_ROWS, start=1):
        for name, text in zip(DEFAULT_NAMES, cells, strict=True):
            assert tree.get_by_role("textbox", name=f"Row {row} {name}", exact=True).input_value() == text
    answer = tree.locator('output[name="row-5-y"]')
    assert answer.text_content().strip() == "0.99994"
    assert float(answer.get_attribute("data-value")) == POST_ANSWER


def test_it_has_its_landmarks(static):
    """axe itself needs scripts."""
    assert static.page.get_by_role("main").count() == 1
    assert static.page.get_by_role("heading", level=1).count() == 1
    assert static.page.locator("html").get_attribute("lang") == "en"
    assert static.page.title()


# But for the dots of other starts, which come after the answer.
NAMED = """root => [...document.querySelectorAll(`${root} *`)].filter(e => !e.closest(".starts")).map(e => [
  e.localName, e.className.baseVal ?? e.className,
  ...['role', 'scope', 'aria-label', 'translate', 'aria-live'].map(name => e.getAttribute(name))])"""


def test_all_is_named_as_it_is_with_the_script(page, static):
    """The table is the post's, so that both are the same."""
    for root in ("#data table", "#network table", "#network .formula", ".iteration"):
        named = static.evaluate(NAMED, root)
        assert len(named) > 0
        assert named == page.evaluate(NAMED, root), root


def test_the_lines_of_the_program_have_their_names(static):
    names = [item.get_attribute("aria-label") for item in static.page.locator("#listing li").all()]
    assert names == [f"line {number}: {line.strip()}" for number, line in enumerate(PROGRAM.splitlines(), start=1)]
    assert all(item.get_attribute("aria-level") == "1" for item in static.page.locator("#listing li").all())


def test_a_line_that_wraps_goes_on_further_in_than_it_began(static):
    static.look(390, 844, "light")
    assert_hanging(static.evaluate(HANGS), 0, 4)
    static.look(1280, 720, "light")
