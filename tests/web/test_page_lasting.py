"""What was typed is there again: after a reload at any moment, and after the browser was killed.

A few of each in the suite; TENLINES_DRILL=20 kills each browser 20 times and reloads each page 36 times.
"""

import os
import time

import pytest
from harness.browsers import CHROMIUM, FIREFOX, WEBKIT
from harness.links import XOR, address, go, link_of, offers
from harness.oracle import post
from harness.page import PATIENCE
from harness.playwright_page import PlaywrightPage
from harness.saved import LARGE, RECORDS, edit, kept_with, names_kept

KILLS = int(os.environ.get("TENLINES_DRILL") or 2)
RELOADS = 36 if KILLS >= 20 else 6
UNTIL_KILL = 0.8 * PATIENCE  # seconds after the key press
LONGEST = 0.4  # seconds from the key press to the reload
POSTS_ROWS = post()["table"]["rows"]
CHOSEN = "() => document.querySelector('#example').value"
HAS_BEGUN = "() => 'begun' in document.documentElement.dataset"
DUPLICATE = """(state, items) => {
  history.replaceState(state, '')
  for (const [key, text] of items) sessionStorage.setItem(key, text)
}"""


@pytest.mark.engines(CHROMIUM, FIREFOX)
def test_an_edit_outlives_a_browser_that_is_killed(engine, browsers, light_site, tmp_path):
    folder = tmp_path / "profile"
    lost = []
    for number in range(KILLS):
        page = browsers.lasting_page(engine, folder)
        page.open(light_site.url)
        page.wait_ready()
        page.cell(f"Row {1 + number % 4} y").click()
        pressed = time.monotonic()
        page.type(str(2 + number // 4))
        time.sleep(max(0.0, pressed + UNTIL_KILL - time.monotonic()))
        browsers.kill(folder)
        page = browsers.lasting_page(engine, folder)
        page.open(f"{light_site.url}notices.txt")  # nothing of the page runs here
        row = [*POSTS_ROWS[number % 4][:3], 2 + number // 4]
        if len(kept_with(page, row)) != 1:
            lost.append((number, page.evaluate(f"() => {RECORDS}")))
        page.close()
    assert lost == []


@pytest.mark.parametrize("seconds", [0, 0.4], ids=["fast", "slow"])
@pytest.mark.engines(CHROMIUM, FIREFOX, WEBKIT)
def test_a_reload_shows_the_last_edit(engine, open_page, own_light_site, seconds):
    page = open_page(own_light_site)
    own_light_site.delay("/", seconds)
    wrong = []
    for number in range(RELOADS):
        wait = LONGEST * number / (RELOADS - 1)
        page.cell("Row 2 y").click()
        page.press("Delete")
        page.type(str(10 + number))
        time.sleep(wait)
        page.reload()
        try:
            page.wait_until(lambda text=str(10 + number): page.rows()[1][3] == text, "the last edit")
        except AssertionError:
            wrong.append((wait, page.rows()[1]))
    assert wrong == []
    assert names_kept(page) == ["The post’s table, edited"], "one run of edits is one table"


def test_an_example_chosen_just_before_a_reload_is_on_show(engine, open_page, light_site):
    """It is not kept, for nothing was edited, and the address does not say it yet."""
    page = open_page(light_site)
    for name in ("XOR", "XOR without a hidden layer", "XOR"):  # none that the HTML shows before a script has begun
        page.choose("Example", name)
        page.reload()
        page.wait_until(lambda: page.evaluate(HAS_BEGUN), "its script: until then the HTML shows the post's table")
        page.wait_until(lambda name=name: page.evaluate(CHOSEN) == name, f"the example {name}")
    page.wait_until(lambda: "#v1=" in address(page), "the address to follow")
    assert names_kept(page) == []


@pytest.mark.engines(CHROMIUM, FIREFOX)
def test_back_opens_the_table_as_it_was_left_and_not_another_one_of_it(engine, open_page, light_site):
    page = open_page(light_site)
    edit(page)
    page.upload(LARGE, "large.csv")
    page.wait_until(lambda: len(kept_with(page, [0, 0])) == 1, "the table to be kept")
    go(page, link_of(XOR))
    page.wait_until(lambda: page.names() == ["a", "b", "odd"], "the table of the link")
    page.enter("Row 2 odd", "0")
    page.wait_until(lambda: len(names_kept(page)) == 3, "the edit to be kept")
    page.evaluate("() => history.back()")
    page.wait_until(lambda: page.names() == ["a", "b"], "the large table, which no address has")
    page.evaluate("() => history.forward()")
    page.wait_until(lambda: page.names() == ["a", "b", "odd"], "the other table")
    page.enter("Row 3 odd", "0")
    page.wait_until(lambda: kept_with(page, [0, 1, 0], [1, 0, 0]), "both edits in one table")
    assert len(names_kept(page)) == 3


def test_a_duplicate_of_a_tab_and_the_tab_itself_both_keep_what_is_done_in_them(engine, open_page, light_site):
    page = open_page(light_site)
    edit(page)
    place = page.evaluate("() => [history.state, Object.entries(sessionStorage)]")
    double = PlaywrightPage(page.context, engine)
    double.open(light_site.url)
    double.evaluate(DUPLICATE, *place)
    double.reload()
    double.wait_until(lambda: double.rows()[1] == ["1", "1", "1", "0"], "the same table")
    double.enter("Row 3 y", "0")
    double.wait_until(lambda: kept_with(page, [1, 0, 1, 0]), "its edit to be kept")
    page.enter("Row 4 y", "1")
    page.wait_until(lambda: "Another tab has changed this table too" in offers(page), "the words")
    assert len(kept_with(page, [1, 0, 1, 0])) == 1
    assert len(kept_with(page, [0, 1, 1, 1])) == 1
    assert len(names_kept(page)) == 2
