"""From the version before, which kept tables in localStorage, to this one; and a tab that is still open in it."""

import json
from pathlib import Path

import pytest
from harness.browsers import ALL_ENGINES
from harness.links import link_of, offers
from harness.oracle import post
from harness.saved import kept, kept_with, names_kept, open_kept, other_tab, reopen

SAMPLES = Path(__file__).parent / "kept_before"
PUT = "texts => { for (const [key, text] of Object.entries(texts)) localStorage.setItem(key, text) }"
WAITING = "() => Object.keys(localStorage).filter(key => key.startsWith('tenlines.table.')).length"
EDITED = [1, 1, 1, 0]


def sample(version: str) -> dict[str, str]:
    return json.loads((SAMPLES / f"{version}.json").read_text("utf-8"))


def as_before(name: str, rows: list, changed: object = 1795943489773) -> str:
    problem = {"table": {"rows": rows}}
    return json.dumps(
        {
            "name": name,
            "isNamed": True,
            "changed": changed,
            "revision": name,
            "problem": problem,
            "original": {},
            "code": "",
        }
    )


@pytest.mark.engines(*ALL_ENGINES)
def test_every_table_of_the_version_before_is_in_the_list_and_opens(engine, open_page, own_site):
    page = open_page(own_site, ready=False)
    texts = sample("latest")
    page.evaluate(PUT, texts)
    page.reload()
    page.wait_ready()
    page.button("Saved").click()
    names = sorted(json.loads(text)["name"] for text in texts.values())
    page.wait_until(lambda: names_kept(page) == names, "all of them, in the database")
    page.wait_until(lambda: page.evaluate(WAITING) == 0, "localStorage to be empty")
    page.button("Open Übung “drei” <b>").click()
    page.wait_until(lambda: page.rows()[1] == ["1", "1", "1", "0"], "its table")
    assert page.box("Learning rate").value() == "0.05"
    page.button("Saved").click()
    page.button("Open Lesson 1").click()
    says = "() => document.querySelector('#code-says').textContent"
    page.wait_until(lambda: "own way" in page.evaluate(says) or "your" in page.evaluate(says).lower(), "its code")


def test_a_tab_that_was_open_in_the_version_before_goes_on_after_a_reload(engine, open_page, own_light_site):
    own_light_site.block("main.js")  # so that this version notes nothing
    page = open_page(own_light_site, at=link_of(post()), ready=False)
    page.evaluate(PUT, {"tenlines.table.x": as_before("Lesson", [EDITED])})
    page.evaluate("() => sessionStorage.setItem('tenlines.tab', JSON.stringify({ hash: location.hash, id: 'x' }))")
    own_light_site.heal()
    page.reload()
    page.wait_until(lambda: page.rows() == [["1", "1", "1", "0"]], "the table kept, and not that of its address")


def test_a_tab_still_open_in_the_version_before_loses_nothing(engine, open_page, light_site):
    page = open_page(light_site)
    page.evaluate(PUT, {"tenlines.table.x": as_before("Lesson", [EDITED])})
    reopen(page, light_site)
    assert "“Lesson”" in offers(page)
    open_kept(page)
    page.enter("Row 1 x1", "5")
    page.wait_until(lambda: kept_with(page, [5, 1, 1, 0]), "the edit to be kept")
    page.evaluate(PUT, {"tenlines.table.x": as_before("Lesson", [[1, 7, 1, 0]])})  # as the other tab writes
    page.button("Saved").click()
    page.wait_until(page.button("Open Lesson (from another tab)").exists, "the other tab's, beside")
    assert page.button("Open Lesson").exists()
    assert len(kept_with(page, [5, 1, 1, 0])) == 1
    assert len(kept_with(page, [1, 7, 1, 0])) == 1


def test_tables_without_a_date_or_of_a_far_one_are_shown_and_not_offered_first(engine, open_page, light_site):
    page = open_page(light_site, ready=False)
    dates = {"Now": 1795943489773, "Far": 4102444800000, "None": None, "Endless": 1e300, "Words": "yesterday"}
    texts = {f"tenlines.table.{name}": as_before(name, [EDITED], changed) for name, changed in dates.items()}
    page.evaluate(PUT, texts)
    reopen(page, light_site)
    assert "“Now”" in offers(page)
    page.button("Saved").click()
    page.wait_until(page.button("Open Words").exists, "the list")
    assert "Invalid" not in page.dialog()
    assert page.dialog().count("at an unknown time") == 3
    assert "2100" in page.dialog()


def test_of_two_tabs_one_brings_back_what_the_other_goes_on_with(engine, open_page, light_site):
    """Both keep what they have."""
    page = open_page(light_site)
    page.enter("Row 2 y", "0")
    page.wait_until(lambda: kept_with(page, EDITED), "the table to be kept")
    tab = other_tab(page, light_site)
    tab.get_by_role("button", name="Saved").click()
    tab.get_by_role("button", name="Delete The post’s table, edited").click()
    page.wait_until(lambda: kept(page) == [], "the table to be gone")
    page.enter("Row 3 y", "0")
    page.wait_until(lambda: kept_with(page, EDITED, [1, 0, 1, 0]), "the table, kept again")
    assert "had been deleted" in offers(page)
    tab.get_by_role("button", name="Bring it back").click()
    page.wait_until(lambda: len(kept(page)) == 2, "both")
    assert names_kept(page) == ["The post’s table, edited", "The post’s table, edited (brought back)"]
    assert len(kept_with(page, EDITED, [1, 0, 1, 0])) == 1
    assert "has been kept again since" in tab.evaluate("() => document.querySelector('#saved').innerText")
