"""What stands in the HTML before any script has run is what the page shows when it is ready, in the same places."""

import pytest
from harness.browsers import CHROMIUM, FIREFOX
from harness.saved import kept_with

# What each region says to people, without the numbers of a training that has not been yet.
REGIONS = """() => Object.fromEntries([...document.querySelectorAll('[id]')].flatMap(region => {
  if (!region.checkVisibility({ visibilityProperty: true }) || region.parentElement.closest('[id]')) return []
  const { left, top, width, height } = region.getBoundingClientRect()
  // Above the cards stands, where there is no JavaScript, that it is needed.
  const above = region.closest('main')?.getBoundingClientRect().top ?? 0
  const things = [...region.querySelectorAll('button, input, select, output, td, th, label, li')].map(thing => [
    thing.localName, thing.ariaLabel, thing.title, thing.value, thing.checked, thing.ariaDisabled,
    thing.childElementCount ? null : thing.textContent.trim()
  ])
  const box = [left, width, top - above, height].map(Math.round)
  return [[region.id, { box, things, text: region.innerText.replace(/\\s+/g, ' ').trim() }]]
}))"""
# What they say tells of Python, or is only Python's to say; and the code stands below that.
OF_PYTHON = {"loading", "offline", "offers", "status", "map", "curve", "settings", "code-says", "reading", "pass"}
BELOW = {"code-title", "code-says", "code-acts", "reading", "pass-title", "pass"}
SIZES = [{"width": 1280, "height": 860}, {"width": 390, "height": 844}]


@pytest.mark.engines(CHROMIUM, FIREFOX)
@pytest.mark.parametrize("size", SIZES, ids=["wide", "phone"])
def test_the_first_paint_is_what_the_page_shows(open_page, size):
    static = open_page(ready=False, java_script_enabled=False, viewport=size).page
    static.wait_for_load_state("load")  # with its style
    before, after = static.evaluate(REGIONS), open_page(viewport=size).page.evaluate(REGIONS)
    assert {"data", "data-acts", "drawing", "layers", "curve", "reading", "slider", "examples"} <= before.keys()
    assert before.keys() == after.keys()
    for region, told in before.items():
        now = after[region]
        if region not in OF_PYTHON | BELOW:
            assert told == now, region
        if region != "loading":  # as wide as what it says
            assert told["box"][:2] == now["box"][:2], region
        if region not in BELOW | {"loading"}:
            assert told["box"][2] == now["box"][2], region
        if region not in OF_PYTHON:
            assert (told["things"], told["text"]) == (now["things"], now["text"]), region
    assert [thing[:3] for thing in before["settings"]["things"]] == [thing[:3] for thing in after["settings"]["things"]]
    assert before["curve"]["box"] == after["curve"]["box"]


def test_a_first_visit_is_told_one_thing_to_try_and_a_later_one_is_not(open_page, own_light_site):
    page = open_page(own_light_site)
    tried = "() => document.querySelector('#try').textContent"
    assert "type 0 over row 5’s x1" in page.evaluate(tried)
    page.enter("Row 5 x1", "0")
    page.wait_status("not sure")
    assert page.answer("row-5-y") == 0.5, "what it says is so"
    page.wait_until(lambda: page.evaluate(tried) == "", "the hint to go")
    page.wait_until(lambda: kept_with(page, [0, 0, 0, None]), "the table to be kept")
    page.open("about:blank")
    page.open(own_light_site.url)
    page.wait_until(lambda: page.button("Open it").exists(), "the table that was kept")
    assert page.evaluate(tried) == "", "who has been here before is offered their table instead"
