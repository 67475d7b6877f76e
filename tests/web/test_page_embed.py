"""The page in another page's frame: what it shows, how high it is, what it leaves alone."""

import html
import random
import re

import pytest
from harness.browsers import CHROMIUM, FIREFOX
from harness.links import go, link_of, packed, problem_of, said_in
from harness.oracle import post, terminal
from harness.page import DEFAULT_ANSWERS, DEFAULT_ROWS
from harness.saved import edit
from harness.site_server import SiteServer

in_two_engines = pytest.mark.engines(CHROMIUM, FIREFOX)
ROWS = post()["table"]["rows"]
CARDS = "() => [...document.querySelectorAll('main h2')].filter(e => e.checkVisibility()).map(e => e.textContent)"
OVERFLOW = "() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
PAPER = "() => getComputedStyle(document.body).backgroundColor"
DARK, LIGHT = "rgb(20, 22, 26)", "rgb(252, 252, 251)"


PANELS = {
    "data": ["Data"],
    "network,training": ["Network", "Training"],
    "training,data": ["Data", "Training"],
    "code": ["Code"],
    "map": ["What it has learned"],
    "everything": ["Data", "Network", "What it has learned", "Training", "Code", "One iteration"],
}


@in_two_engines
def test_it_shows_the_chosen_panels(engine, open_page, own_light_site):
    page = open_page(own_light_site, ready=False)
    for show, cards in PANELS.items():
        page.open("about:blank")
        page.open(f"{own_light_site.url}{link_of(post())}&show={show}")
        page.wait_until(lambda cards=cards: page.evaluate(CARDS) == cards, f"the panels of {show}")
        assert page.button("Train").exists()
        assert not page.button("Saved").exists()


@in_two_engines
def test_it_is_live_and_leads_to_the_whole_page_with_the_table_as_it_is(engine, open_page, own_light_site, tmp_path):
    page = open_page(own_light_site, at=f"{link_of(post(ROWS[1:]))}&show=data")
    page.enter("Row 1 y", "0")
    rows = [[1, 1, 1, 0], *ROWS[2:]]
    _, expected = terminal(tmp_path, problem=post(rows))
    page.wait_answers(expected)
    link = page.find("link", "Open in Tenlines")
    page.wait_until(lambda: problem_of(link.attribute("href") or "")["table"]["rows"] == rows, "the edit in the link")
    assert link.attribute("target") == "_blank"
    assert page.evaluate("() => [localStorage.length, sessionStorage.length, history.state]") == [0, 0, None]
    assert page.evaluate("() => indexedDB.databases()") == []
    assert "show=data" in page.evaluate("() => location.hash"), "the address stays the author's"


def test_read_only_can_be_trained_and_not_changed(engine, open_page, own_light_site):
    page = open_page(own_light_site, at=f"{link_of(post())}&show=data,network,training&readonly=1")
    page.cell("Row 2 y").click()
    page.type("0")
    page.press("Delete", "Backspace")
    page.box("Learning rate").click()
    page.type("5")
    for name in ("Add row", "Remove row 1", "Undo", "Add hidden layer", "New random start"):
        assert not page.button(name).exists(), name
    page.button("Reset").click()
    page.wait_until(lambda: page.iteration() == 0, "the start")
    page.button("Train").click()
    page.wait_answers(DEFAULT_ANSWERS, 1e-12)
    assert page.rows() == DEFAULT_ROWS
    page.paste("Row 1 x1", "5\t6\n7\t8")
    assert page.rows() == DEFAULT_ROWS


def test_an_author_can_show_another_table_in_the_same_frame(engine, open_page, own_light_site, tmp_path):
    page = open_page(own_light_site, at=f"{link_of(post())}&show=data&readonly=1")
    page.evaluate("hash => { location.hash = hash }", f"{link_of(post(ROWS[1:]))}&show=data&readonly=1")
    _, expected = terminal(tmp_path, problem=post(ROWS[1:]))
    page.wait_until(lambda: len(page.rows()) == 4, "the other table", 60)
    page.wait_until(lambda: page.engine_state() == "ready", "the engine", 60)
    page.wait_answers(expected)


def test_the_author_chooses_the_colours_or_leaves_them_to_the_reader(engine, open_page, own_light_site):
    page = open_page(own_light_site, ready=False)
    found = {}
    for theme in ("light", "dark", ""):
        page.open("about:blank")
        page.open(f"{own_light_site.url}{link_of(post())}&show=data&theme={theme}")
        for own in ("light", "dark"):
            page.look(1280, 720, own)
            page.wait_until(lambda: page.evaluate(PAPER) in (LIGHT, DARK), "a colour that rests")
            found[theme, own] = page.evaluate(PAPER)
    assert found == {(theme, own): {"light": LIGHT, "dark": DARK}[theme or own] for theme, own in found}


@pytest.fixture
def author(tmp_path):
    """An author's site, on an origin of its own; `author(page, code)` opens an article with this code in it."""
    server = SiteServer(tmp_path)

    def open_article(page, code: str) -> None:
        article = f"<!doctype html><title>Article</title><link rel=icon href=data:,><p>An article</p>{code}"
        (tmp_path / "index.html").write_text(article, encoding="utf-8")
        page.open(server.url)

    yield open_article
    server.close()


def frame_of(page):
    return page.page.frame_locator("iframe")


HEIGHT = "() => document.querySelector('iframe').getBoundingClientRect().height"
INNER = "e => Math.ceil(e.ownerDocument.body.getBoundingClientRect().height)"


def fits(page) -> bool:
    """Whether the frame is as high as the page in it."""
    return abs(page.evaluate(HEIGHT) - frame_of(page).locator("body").evaluate(INNER)) <= 1


def test_the_code_that_share_offers_embeds_the_page_at_its_own_height(engine, open_page, own_light_site, author):
    page = open_page(own_light_site, at=link_of(post(ROWS[1:])))
    page.button("Share").click()
    page.page.get_by_text("Put it into a page of yours").click()
    page.find("checkbox", "Network").click()
    page.find("checkbox", "Read-only").click()
    page.choose("Colours", "dark")
    code = page.box("Code for your page").value()
    (source,) = re.findall(r'src="([^"]*)"', code)
    assert html.unescape(source).endswith("&show=data,map,training,code,pass&readonly=1&theme=dark")
    listen = "window.heard = []; addEventListener('message', e => heard.push(JSON.stringify(e.data)))"
    author(page, f"<script>{listen}</script>{code}")
    frame_of(page).locator("output").wait_for()
    body = frame_of(page).locator("body")
    page.wait_until(lambda: fits(page), "the frame to fit")
    assert page.evaluate(HEIGHT) > 400
    scrolls = "e => e.ownerDocument.scrollingElement.scrollHeight - e.ownerDocument.defaultView.innerHeight"
    page.wait_until(lambda: body.evaluate(scrolls) <= 1, "nothing left to scroll")
    heard = page.evaluate("() => window.heard")
    assert heard, "the page around is told the height"
    assert [text for text in heard if not re.fullmatch(r'\{"tenlines":\{"height":\d+\}\}', text)] == [], "and no more"


ANSWER = "() => { const b = document.querySelector('output').getBoundingClientRect(); return [b.left, b.right] }"
DATA = "() => document.querySelector('#data').getBoundingClientRect().right"


def test_it_fits_its_width_and_the_answer_is_seen(engine, open_page, own_light_site):
    page = open_page(own_light_site, at=f"{link_of(post())}&show=data&readonly=1")
    page.wait_answers(DEFAULT_ANSWERS, 1e-12)
    for width in (320, 390, 700, 1280):
        page.look(width, 600, "light")
        assert page.evaluate(OVERFLOW) <= 0, width
        left, right = page.evaluate(ANSWER)
        assert left >= 0, width
        assert right <= page.evaluate(DATA) + 0.5, width


LONG_CODE = "".join(f"print({n})\n" for n in range(120))


def test_a_frame_does_not_grow_by_its_own_height(engine, open_page, own_site, author):
    """What is limited by the window's height would be limited by what it makes high itself."""
    page = open_page(own_site)
    source = html.escape(f"{own_site.url}{packed({'code': LONG_CODE})}&show=code")
    fit = "document.querySelector('iframe').height = e.data.tenlines.height"
    listen = f"<script>addEventListener('message', e => {{ {fit} }})</script>"
    author(page, f"<iframe src='{source}' width='100%' height='500' style='border:0'></iframe>{listen}")
    frame = frame_of(page)
    frame.get_by_role("button", name="Edit code").click()
    frame.get_by_role("button", name="Run", exact=True).click()
    frame.get_by_role("region", name="Output").get_by_text("119").wait_for()
    page.wait_until(lambda: fits(page), "the frame to fit")
    before = page.evaluate(HEIGHT)
    page.evaluate("() => { document.querySelector('iframe').height = 3000 }")
    frame.get_by_role("button", name="Show values").click()
    frame.get_by_role("button", name="Edit code").click()
    page.wait_until(lambda: abs(page.evaluate(HEIGHT) - before) < 2, "the height that it had")
    assert before < 1600


def test_code_of_an_author_that_cannot_be_run_here_leads_to_where_it_can(engine, open_page, own_site):
    page = open_page(own_site, at=f"{packed({'code': 'print(1)'})}&show=code&readonly=1")
    says = "() => document.querySelector('#code-says').textContent"
    page.wait_until(lambda: "Open in Tenlines to run it" in page.evaluate(says), "the words")
    assert not page.button("Edit code").exists()
    page.wait_until(lambda: said_in(page.find("link", "Open in Tenlines").attribute("href"))["code"], "the code")


def test_weights_of_an_author_go_along_until_something_is_changed_and_what_is_too_large_is_not_promised(
    engine, open_page, own_light_site
):
    page = open_page(own_light_site, at=f"{link_of(post(), (500, [1.0, 2.0, 3.0]))}&show=data")
    link = page.find("link", "Open in Tenlines")
    page.wait_until(lambda: "run=500." in link.attribute("href"), "the weights in the link")
    page.enter("Row 2 y", "0")
    page.wait_until(lambda: "run=" not in link.attribute("href"), "a link without them")
    rng = random.Random(1)
    page.paste("Row 1 x1", "\n".join(f"{rng.random()}\t{rng.random()}" for _ in range(1000)))
    page.wait_until(lambda: not page.find("link", "Open in Tenlines").exists(), "the link to go", 30)
    assert "Too large to open in Tenlines" in page.evaluate("() => document.querySelector('header').innerText")


def test_from_an_embedded_page_a_link_opens_what_it_says_and_not_what_the_tab_was_at(engine, open_page, own_light_site):
    page = open_page(own_light_site)
    edit(page)
    link = link_of({**post(), "table": {"inputs": ["a"], "outputs": ["b"], "rows": [[1, 0], [0, 1]]}})
    go(page, link + "&show=data")
    page.wait_until(lambda: not page.button("Saved").exists() and page.names() == ["a", "b"], "the embedded page")
    go(page, link)
    page.wait_until(lambda: page.button("Saved").exists() and page.names() == ["a", "b"], "the whole page, of the link")
