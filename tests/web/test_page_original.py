"""Back to the original: the table and the code that one began with."""

from harness.links import link_of, packed
from harness.oracle import post
from harness.saved import KEPT, open_kept, reopen

TABLE = {"inputs": ["a", "b"], "outputs": ["c"], "rows": [[1, 2, 0], [2, 1, 1], [1, 1, None]]}
CODE = "from numpy import exp\nprint(exp(0))\n"
CODE_SAYS = "() => document.querySelector('#code-says').textContent"


def test_the_original_is_one_click_away_and_what_was_made_of_it_is_kept(engine, open_page, light_site):
    page = open_page(light_site, at=link_of({**post(), "table": TABLE}))
    assert page.button("Back to the original").disabled()
    page.enter("Row 1 a", "5")
    page.enter("Row 2 a", "6")
    page.wait_until(lambda: page.evaluate(KEPT) == 1, "the table to be kept")
    page.button("Back to the original").click()
    assert page.rows()[:2] == [["1", "2", "0"], ["2", "1", "1"]]
    assert page.button("Back to the original").disabled()
    reopen(page, light_site)
    open_kept(page)
    assert page.rows()[:2] == [["5", "2", "0"], ["6", "1", "1"]]
    page.button("Back to the original").click()
    assert page.rows()[:2] == [["1", "2", "0"], ["2", "1", "1"]]
    page.button("Undo").click()
    assert page.rows()[:2] == [["5", "2", "0"], ["6", "1", "1"]]


def test_the_original_has_its_code_again_however_often_one_comes_back(engine, open_page, own_site):
    link = packed({**post(), "code": CODE})
    page = open_page(own_site, at=link)
    page.wait_until(lambda: "came with the table" in page.evaluate(CODE_SAYS), "whose code it is")
    page.enter("Row 2 y", "0")
    page.button("The table’s own code").click()
    page.wait_until(lambda: page.evaluate(KEPT) == 1, "the table to be kept")
    for _ in range(2):
        page.button("Back to the original").click()
        page.wait_until(lambda: "came with the table" in page.evaluate(CODE_SAYS), "its code")
        assert page.rows()[1] == ["1", "1", "1", "1"]
        assert page.button("Back to the original").disabled()
        reopen(page, own_site)
        open_kept(page)
        assert page.rows()[1] == ["1", "1", "1", "0"]


def test_code_alone_can_be_brought_back_to_the_original(engine, open_page, own_site):
    page = open_page(own_site, at=packed({**post(), "code": CODE}))
    page.wait_until(lambda: "came with the table" in page.evaluate(CODE_SAYS), "its code")
    page.button("The table’s own code").click()
    page.button("Back to the original").click()
    page.wait_until(lambda: "came with the table" in page.evaluate(CODE_SAYS), "its code again")
