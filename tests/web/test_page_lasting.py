"""What was typed is there again: after a reload at any moment, and after the browser was killed.

A few of each in the suite; TENLINES_DRILL=20 kills each browser 20 times and reloads each page 36 times.
"""

import os
import time

import pytest
from harness.browsers import CHROMIUM, FIREFOX, WEBKIT
from harness.oracle import post
from harness.saved import RECORDS, kept_with, names_kept

KILLS = int(os.environ.get("TENLINES_DRILL") or 3)
RELOADS = 36 if KILLS >= 20 else 6
UNTIL_KILL = 0.8  # seconds after the key press
LONGEST = 0.4  # seconds from the key press to the reload
POSTS_ROWS = post()["table"]["rows"]


@pytest.mark.engines(CHROMIUM, FIREFOX)
def test_an_edit_outlives_a_browser_that_is_killed(engine, browsers, own_site, tmp_path):
    folder = tmp_path / "profile"
    lost = []
    for number in range(KILLS):
        page = browsers.lasting_page(engine, folder)
        page.open(own_site.url)
        page.wait_ready()
        page.cell(f"Row {1 + number % 4} y").click()
        pressed = time.monotonic()
        page.type(str(2 + number // 4))
        time.sleep(max(0.0, pressed + UNTIL_KILL - time.monotonic()))
        browsers.kill(folder)
        page = browsers.lasting_page(engine, folder)
        page.open(f"{own_site.url}notices.txt")  # nothing of the page runs here
        row = [*POSTS_ROWS[number % 4][:3], 2 + number // 4]
        if len(kept_with(page, row)) != 1:
            lost.append((number, page.evaluate(f"() => {RECORDS}")))
        page.close()
    assert lost == []


@pytest.mark.parametrize("seconds", [0, 0.4], ids=["fast", "slow"])
@pytest.mark.engines(CHROMIUM, FIREFOX, WEBKIT)
def test_a_reload_shows_the_last_edit(engine, open_page, own_site, seconds):
    page = open_page(own_site)
    own_site.delay("/", seconds)
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
