"""Where a browser keeps nothing, or something else than was put there, or two tabs are at it: work goes on."""

import pytest
from harness.browsers import CHROMIUM, FIREFOX
from harness.links import address, offers, problem_of
from harness.oracle import post, terminal
from harness.page import DEFAULT_ANSWERS, DEFAULT_NAMES
from harness.saved import EDITED, KEPT, LARGE, edit, kept_with, names_kept, open_kept, other_tab, reopen

in_two_engines = pytest.mark.engines(CHROMIUM, FIREFOX)
FULL = """() => {
  const refuse = () => { throw new DOMException('full', 'QuotaExceededError') }
  Storage.prototype.setItem = refuse
  IDBObjectStore.prototype.put = refuse
}"""
BLOCKED = """for (const name of ['localStorage', 'sessionStorage', 'indexedDB'])
  Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError') } })"""
DAMAGED = ["", "{", "null", '{"name":1}', '{"problem":{"table":5},"original":{}}', '"text"']


def test_a_full_storage_is_said_and_work_goes_on(engine, open_page, light_site, tmp_path):
    page = open_page(light_site)
    page.evaluate(FULL)
    page.enter("Row 2 y", "0")
    page.wait_until(lambda: "no room in this browser" in offers(page), "the sentence")
    _, expected = terminal(tmp_path, problem=post(EDITED))
    page.wait_answers(expected)
    assert problem_of(address(page))["table"]["rows"] == EDITED
    page.button("Saved").click()
    page.wait_until(lambda: "Nothing yet" in page.dialog(), "the list")


def test_a_blocked_storage_is_said_and_work_goes_on(engine, open_page, light_site, tmp_path):
    page = open_page(light_site, ready=False)
    page.page.add_init_script(BLOCKED)
    page.open("about:blank")
    page.open(light_site.url)
    page.wait_ready()
    page.wait_answers(DEFAULT_ANSWERS, 1e-12)
    page.enter("Row 2 y", "0")
    page.wait_until(lambda: "keeps no tables for you" in offers(page), "the sentence")
    _, expected = terminal(tmp_path, problem=post(EDITED))
    page.wait_answers(expected)
    page.button("Saved").click()
    page.wait_until(lambda: "its storage is switched off" in page.dialog(), "the words")
    assert "Nothing yet" not in page.dialog(), "nobody knows"
    assert [problem for problem in page.problems() if "uncaught" in problem] == []


def test_why_a_table_is_not_kept_beside_others_is_said(engine, open_page, light_site):
    """tests/node/waiting.test.mjs has all these sentences."""
    page = open_page(light_site)
    edit(page)
    page.choose("Example", "XOR")
    page.evaluate(FULL)
    page.enter("Row 1 y", "1")
    page.wait_until(lambda: "Delete others under Saved" in offers(page), "the sentence")


# What goes wrong with the database until mend() is called, and what is then said.
WITHOUT_DATABASE = {
    "refused": (
        """const { open } = IDBFactory.prototype
        IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError') }
        window.mend = () => { IDBFactory.prototype.open = open }""",
        "its storage is switched off",
    ),
    "full": (
        """const { put } = IDBObjectStore.prototype
        IDBObjectStore.prototype.put = () => { throw new DOMException('no', 'QuotaExceededError') }
        window.mend = () => { IDBObjectStore.prototype.put = put }""",
        "no room in this browser",
    ),
}


@in_two_engines
@pytest.mark.sample("refused")
@pytest.mark.parametrize("how", WITHOUT_DATABASE)
def test_without_a_database_a_table_is_kept_for_now_and_moves_there_by_itself(engine, open_page, light_site, how):
    script, said = WITHOUT_DATABASE[how]
    page = open_page(light_site, ready=False)
    page.page.add_init_script(script)
    page.reload()
    page.wait_ready()
    page.enter("Row 2 y", "0")
    page.wait_until(lambda: said in offers(page), "the sentence")
    assert "kept for now" in offers(page)
    page.reload()
    page.wait_until(lambda: page.rows()[1] == ["1", "1", "1", "0"], "the edit, after a reload")
    page.enter("Row 3 y", "0")
    page.wait_until(lambda: said in offers(page), "the sentence")
    page.evaluate("() => mend()")
    page.wait_until(lambda: said not in offers(page), "the sentence to go")
    assert len(kept_with(page, [1, 1, 1, 0], [1, 0, 1, 0])) == 1
    assert names_kept(page) == ["The post’s table, edited"]
    assert page.evaluate("() => Object.keys(localStorage)") == []


@in_two_engines
def test_storage_that_is_emptied_while_the_page_is_open_is_said_and_the_table_is_kept_again(
    engine, open_page, light_site
):
    page = open_page(light_site)
    edit(page)
    tab = page.context.new_page()
    tab.goto(f"{light_site.url}notices.txt")
    tab.evaluate("() => { localStorage.clear(); indexedDB.deleteDatabase('tenlines') }")
    page.wait_until(lambda: "had been deleted from this browser" in offers(page), "the words")
    assert len(kept_with(page, [1, 1, 1, 0])) == 1
    page.enter("Row 3 y", "0")
    page.wait_until(lambda: kept_with(page, [1, 1, 1, 0], [1, 0, 1, 0]), "the next edit to be kept")
    assert names_kept(page) == ["The post’s table, edited"]


def test_all_data_of_the_site_deleted_by_the_browser_itself_is_said_too(engine, open_page, light_site):
    page = open_page(light_site)
    edit(page)
    with page.devtools() as browser:
        browser.send("Storage.clearDataForOrigin", {"origin": light_site.origin, "storageTypes": "all"})
    page.wait_until(lambda: "had been deleted from this browser" in offers(page), "the words")
    page.wait_until(lambda: len(kept_with(page, [1, 1, 1, 0])) == 1, "the table to be kept again")


def test_a_quota_of_the_browser_itself_is_said_and_the_table_moves_when_there_is_room(engine, open_page, light_site):
    page = open_page(light_site)
    with page.devtools() as browser:
        browser.send("Storage.overrideQuotaForOrigin", {"origin": light_site.origin, "quotaSize": 1000})
        page.upload(LARGE, "large.csv")
        page.wait_until(lambda: "no room in this browser" in offers(page), "the sentence")
        browser.send("Storage.overrideQuotaForOrigin", {"origin": light_site.origin})
    page.wait_until(lambda: "no room in this browser" not in offers(page), "the sentence to go")
    assert names_kept(page) == ["large"]


def test_a_frame_that_may_keep_nothing_says_so_and_works(engine, open_page, light_site):
    """An opaque origin, as in a preview of a course platform."""
    page = open_page(light_site, ready=False)
    page.open(f"{light_site.url}notices.txt")
    page.evaluate(
        """address => {
          const frame = Object.assign(document.createElement('iframe'), { src: address, width: 1200, height: 900 })
          frame.setAttribute('sandbox', 'allow-scripts')
          document.body.replaceChildren(frame)
        }""",
        light_site.url,
    )
    frame = page.page.frame_locator("iframe")
    frame.get_by_label("Row 2 y", exact=True).fill("0")
    frame.get_by_text("its storage is switched off").wait_for()
    assert frame.get_by_label("Row 2 y", exact=True).input_value() == "0"


def test_a_table_too_large_for_its_address_is_there_after_a_reload(engine, open_page, light_site):
    page = open_page(light_site)
    page.upload(LARGE, "large.csv")
    page.wait_until(lambda: page.evaluate(KEPT) == 1, "the table to be kept")
    page.wait_until(lambda: page.evaluate("() => sessionStorage.length"), "the tab to be remembered")
    assert "#" not in address(page)
    page.reload()
    page.wait_ready()
    assert page.names() == ["a", "b"]
    assert offers(page) == ""
    page.open("about:blank")
    page.page.go_back()
    page.wait_ready()
    assert page.names() == ["a", "b"], "Back, too, is no other visit"
    for visit in (lambda: page.open(light_site.url), page.reload):
        visit()
        page.wait_ready()
        assert page.names() == DEFAULT_NAMES, "who asks for the address gets the post’s table"
        assert "large" in offers(page)


def test_before_what_is_kept_nowhere_is_lost_the_browser_asks(engine, open_page, light_site):
    page = open_page(light_site)
    asked = []
    page.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    edit(page)
    page.evaluate(FULL)
    page.enter("Row 3 y", "0")
    page.wait_until(lambda: problem_of(address(page))["table"]["rows"][2] == [1, 0, 1, 0], "the edit in the address")
    page.reload()
    page.wait_ready()
    assert asked == [], "the address has it"
    assert page.rows()[2] == ["1", "0", "1", "0"], "and not what had been kept before"
    page.evaluate(FULL)
    page.upload(LARGE, "large.csv")
    page.wait_until(lambda: "#" not in address(page), "no room in the address")
    page.reload()
    assert asked == ["beforeunload"]


def test_a_list_that_cannot_be_changed_says_so(engine, open_page, light_site):
    page = open_page(light_site)
    edit(page)
    page.evaluate(FULL)
    page.button("Saved").click()
    page.set("Name of The post’s table, edited", "Lesson 1")
    page.wait_until(lambda: "no room left" in page.dialog(), "the words")
    page.button("Delete The post’s table, edited").click()
    page.button("Bring it back").click()
    page.wait_until(lambda: "no room left" in page.dialog(), "the words")
    assert page.button("Bring it back").exists(), "to be tried again"


def test_what_is_no_saved_table_is_passed_over(engine, open_page, light_site):
    page = open_page(light_site)
    edit(page)
    fill = "texts => texts.forEach((text, at) => localStorage.setItem('tenlines.table.' + at, text))"
    page.evaluate(fill, DAMAGED)
    reopen(page, light_site)
    assert "All" not in offers(page)
    open_kept(page)
    page.wait_until(lambda: page.rows()[1] == ["1", "1", "1", "0"], "the one that is whole")


def test_two_tabs_keep_a_table_each(engine, open_page, light_site):
    page = open_page(light_site)
    tab = other_tab(page, light_site)
    edit(page)
    tab.get_by_label("Row 3 y", exact=True).fill("0")
    page.wait_until(lambda: page.evaluate(KEPT) == 2, "two tables to be kept")


def other_tab_goes_on(page, site) -> None:
    """Another tab opens the table that this one has kept, and changes it; returns when that is kept."""
    tab = other_tab(page, site)
    tab.get_by_role("button", name="Open it").click()
    tab.wait_for_function("() => document.querySelector('[aria-label=\"Row 2 y\"]').value === '0'")
    tab.get_by_label("Row 3 y", exact=True).fill("0")
    page.wait_until(lambda: len(kept_with(page, [1, 0, 1, 0])) == 1, "the other tab's edit")


@in_two_engines
def test_two_tabs_on_one_table_do_not_destroy_each_others_work(engine, open_page, light_site):
    page = open_page(light_site)
    edit(page)
    other_tab_goes_on(page, light_site)
    page.enter("Row 4 y", "1")
    page.wait_until(lambda: page.evaluate(KEPT) == 2, "this tab's edit, as a table of its own")
    assert len(kept_with(page, [1, 0, 1, 0])) == 1
    assert "Another tab has changed this table too" in offers(page)
    assert names_kept(page) == ["The post’s table, edited", "The post’s table, edited (from another tab)"]


def test_a_table_opened_again_as_another_tab_has_left_it_is_not_written_over(engine, open_page, light_site):
    page = open_page(light_site)
    edit(page)
    other_tab_goes_on(page, light_site)
    page.button("Saved").click()
    page.button("Open The post’s table, edited").click()
    page.wait_until(lambda: page.rows()[2] == ["1", "0", "1", "0"], "the table as it is now")
    page.enter("Row 4 y", "1")
    page.wait_until(lambda: kept_with(page, [1, 0, 1, 0], [0, 1, 1, 1]), "the edit to be kept")
    assert page.evaluate(KEPT) == 1
