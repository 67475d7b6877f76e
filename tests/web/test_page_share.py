"""Share: the link is copied, shown and given on, with weights or without."""

import io
import json

import pytest
import zxingcpp
from harness.browsers import CHROMIUM, FIREFOX, WEBKIT
from harness.links import XOR, address, go, link_of, problem_of
from harness.oracle import post
from harness.saved import LARGE
from PIL import Image

in_two_engines = pytest.mark.engines(CHROMIUM, FIREFOX)


@in_two_engines
def test_share_copies_the_link_says_so_and_shows_it_as_a_qr_code(engine, open_page, light_site):
    page = open_page(light_site, at=link_of(XOR))
    page.grant_clipboard()
    page.button("Share").click()
    page.wait_until(lambda: "Link copied." in page.dialog(), "the words")
    link = page.box("Link").value()
    assert page.clipboard() == link
    assert problem_of(link) == {**XOR, "training": {**problem_of("")["training"], **XOR["training"]}}
    image = Image.open(io.BytesIO(page.find("img", "QR code of the link").screenshot()))
    assert [code.text for code in zxingcpp.read_barcodes(image)] == [link]
    page.press("Escape")
    assert page.focused() == "Share"


def test_the_systems_share_sheet_is_offered_where_there_is_one(engine, open_page, light_site):
    page = open_page(light_site, ready=False)
    page.page.add_init_script("navigator.share = async data => { window.sent = data }")
    page.open("about:blank")
    page.open(light_site.url + link_of(XOR))
    page.wait_ready()
    page.button("Share").click()
    page.button("Send to…").click()
    assert page.evaluate("() => window.sent.url") == page.box("Link").value()


@pytest.mark.engines(FIREFOX, WEBKIT)
@pytest.mark.parametrize("is_there", [True, False], ids=["", "what makes it still to come"])
def test_the_link_is_copied_at_the_click(engine, open_page, own_light_site, is_there):
    """They let a page copy only then, and the link is made in steps that are waited for."""
    if not is_there:
        own_light_site.hang("later.js.bin")
    page = open_page(own_light_site, at=link_of(XOR))
    page.button("Share").click()
    own_light_site.go_on()
    page.wait_until(lambda: "Link copied." in page.dialog(), "the words")


def test_an_older_browser_copies_too_and_one_that_forbids_it_leaves_the_link_to_be_copied_by_hand(
    engine, open_page, light_site
):
    page = open_page(light_site)
    page.grant_clipboard()
    page.evaluate("() => { delete window.ClipboardItem }")
    page.button("Share").click()
    page.wait_until(lambda: "Link copied." in page.dialog(), "the words")
    assert page.clipboard() == page.box("Link").value()
    page.press("Escape")
    page.evaluate("() => { navigator.clipboard.writeText = async () => { throw new Error('no') } }")
    page.button("Share").click()
    page.wait_until(lambda: "select the link below" in page.dialog(), "the words")
    page.box("Link").focus()
    chosen = page.evaluate("() => { const i = document.activeElement; return i.selectionEnd - i.selectionStart }")
    assert chosen == len(page.box("Link").value())


def test_a_selection_drawn_out_of_a_dialog_does_not_close_it(page):
    page.button("Share").click()
    page.hold(page.box("Link"), 0.5)
    page.page.mouse.move(2, 2)
    page.let_go()
    assert "in the link itself" in page.dialog()
    page.page.mouse.click(2, 2)
    page.wait_until(lambda: page.dialog() == "", "the dialog to go")


def test_what_is_too_large_for_a_link_is_not_put_into_one(page):
    """A table, and code that packs into very little."""
    page.upload(LARGE)
    page.wait_until(lambda: page.names() == ["a", "b"], "the import")
    page.button("Share").click()
    page.wait_until(lambda: "too large for a link" in page.dialog(), "the words")
    assert "#" not in address(page)
    page.press("Escape")
    code = "print('long')\n" + "# a line of data\n" * 7000
    page.upload(json.dumps({**post(), "code": code}).encode(), "long.tenlines.json")
    page.wait_status("opened long.tenlines.json")
    page.button("Share").click()
    page.wait_until(lambda: "too large for a link" in page.dialog(), "the words")
    page.press("Escape")


def test_weights_too_many_for_a_link_are_left_out_of_it_in_words(page):
    wide = {"hidden": [{"units": 64, "activation": "tanh"}, {"units": 64, "activation": "tanh"}]}
    go(page, link_of({**post(iterations=1), "network": {**XOR["network"], **wide}}))
    page.wait_status("trained 1 iteration")
    page.button("Share").click()
    page.find("checkbox", "With the weights on show, to be seen before any training").click()
    page.wait_until(lambda: "would be too long" in page.dialog(), "the words")
    assert "run=" not in page.box("Link").value()
    page.press("Escape")
