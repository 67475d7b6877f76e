"""What the page is without eyes: Chromium's own accessibility tree, and what its status says of an edit."""

from harness.program import ProgramOnPage

KEEP_STATUSES = """() => {
  const status = document.querySelector('#status')
  window.statuses = []
  window.watch?.disconnect()
  window.watch = new MutationObserver(() => statuses.push(status.textContent))
  watch.observe(status, { childList: true, characterData: true, subtree: true })
}"""
STATUSES = "() => statuses"
CONTROLS = {"button", "textbox", "combobox", "switch", "checkbox", "slider", "treeitem"}
PRICES = b"size,price\n10,100\n20,210\n30,290\n15,?\n"


def tree_of(page) -> list[tuple[str, str, str]]:
    """Role, name and description of each node, from what Chromium tells assistive technology."""
    with page.devtools() as session:
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    return [
        (node["role"]["value"], node["name"]["value"], node.get("description", {}).get("value", ""))
        for node in nodes
        if not node["ignored"] and "name" in node
    ]


def names_of(page, *roles: str) -> list[str]:
    return [name for role, name, _ in tree_of(page) if role in roles]


def test_row_and_column_are_heard_by_their_names_alone(page):
    assert names_of(page, "columnheader")[:6] == ["Row", "x1", "x2", "x3", "y", "network says for y"]
    assert names_of(page, "rowheader")[:5] == [f"Row {row}" for row in range(1, 6)]
    page.button("Add output").click()
    page.wait_until(lambda: page.cell("Row 1 y2").exists(), "another output")
    assert names_of(page, "columnheader")[4:8] == ["y", "network says for y", "y2", "network says for y2"]
    page.cell("Name of input 2").focus()
    page.type("rainy days")
    page.press("Enter")
    assert "rainy days" in names_of(page, "columnheader")
    assert [name for name in names_of(page, "rowheader", "columnheader", "cell") if "Remove" in name] == []


def test_an_answer_is_heard_with_its_place_its_number_and_its_word(page):
    answer = "Row 5 y: 0.99994, likely 1"
    assert answer in names_of(page, "status")
    assert answer in names_of(page, "cell")
    assert page.answer_text("row-5-y") == "0.99994"
    assert "Row 1 y: 0.010" in names_of(page, "cell"), "what it says of known rows, too"
    page.enter("Row 1 y", "?")
    page.wait_until(lambda: page.answers().keys() == {"row-1-y", "row-5-y"}, "two answers")

    def is_heard_once() -> bool:
        said = [name for name in names_of(page, "status") if name.startswith("Row 1 y: ")]
        return len(said) == 1 and said[0].startswith(f"Row 1 y: {page.answer_text('row-1-y')}, ")

    page.wait_until(is_heard_once, "the other answer, once")


def test_an_answer_without_a_word_and_one_that_is_worth_nothing_are_heard_as_that(page):
    page.upload(PRICES)
    page.wait_until(lambda: "row-4-price" in page.answers(), "the answer")
    text = page.answer_text("row-4-price")
    unlearned = f"Row 4 price: {text}, it has not learned this table: 3 of 3 rows are wrong"
    assert unlearned in names_of(page, "status")
    assert unlearned in names_of(page, "cell")
    page.upload(b"a,y\n-1,0.3\n1,0.7\n2,0.84\n0.5,?\n")
    page.wait_until(lambda: "row-4-y" in page.answers(), "the answer")
    page.wait_until(lambda: f"Row 4 y: {page.answer_text('row-4-y')}" in names_of(page, "status"), "no word with it")


def test_every_control_has_a_name_that_makes_sense_alone(page):
    page.button("Add hidden layer").click()
    page.wait_until(lambda: page.box("Hidden layer 1 units").exists(), "a hidden layer")
    found = [(role, name) for role, name, _ in tree_of(page) if role in CONTROLS]
    assert [one for one in found if len(one[1]) < 3] == []
    names = [name for role, name in found if role != "treeitem"]
    assert sorted(names) == sorted(set(names)), "no two of one name"
    assert {role for role, _ in found} >= {"button", "textbox", "combobox", "switch", "slider", "treeitem"}


def test_there_is_no_landmark_with_nothing_in_it(engine, open_page, own_light_site):
    own_light_site.delay("pyodide.asm.wasm.bin", 2)
    page = open_page(own_light_site, ready=False)
    page.wait_until(page.progress("Loading").exists, "a progress bar")
    assert page.find("region", "Python").exists()
    own_light_site.go_on()
    page.wait_ready()
    assert not page.find("region", "Python").exists()
    assert "Python" not in [name for _, name, _ in tree_of(page)]
    empty = """() => [...document.querySelectorAll('section, header, footer, main, [role=region]')]
      .filter(e => e.checkVisibility() && !e.textContent.trim()).map(e => e.outerHTML)"""
    assert page.evaluate(empty) == []


def test_a_refusal_is_said_once_when_typing_pauses(page):
    for box, typed in (("Row 2 x3", "abc"), ("Learning rate", "fast")):
        page.box(box).click()
        page.press("Control+a")
        page.evaluate(KEEP_STATUSES)
        page.type(typed)
        page.wait_until(page.box(box).invalid, "the refusal")
        said = page.status()
        assert typed in said
        statuses = page.evaluate(STATUSES)
        assert statuses[-1] == said
        assert [text for text in statuses if text != said and "“" in text] == [], "none of its beginnings"
        assert statuses.count(said) == 1
        assert page.box(box).attribute("aria-describedby") is None, "the status has just said it"
        # Who comes back to it hears what is wrong with it.
        page.box("Random start").focus()
        page.box(box).focus()
        assert page.box(box).attribute("aria-describedby") == "status"
        page.type("1")
        assert page.box(box).attribute("aria-describedby") is None
        page.restore()


def test_a_number_that_begins_as_none_is_never_called_wrong(page):
    page.cell("Row 2 x3").click()
    page.evaluate(KEEP_STATUSES)
    page.type("-1")
    page.wait_other_answer()
    page.cell("Row 1 x3").click()
    page.type(".5")
    page.press("Enter")
    page.wait_until(lambda: page.rows()[0][2] == "0.5", "the number")
    assert [text for text in page.evaluate(STATUSES) if not text.startswith("Row 5, y: ")] == []


def test_what_cannot_be_answered_without_it_is_said_after_what_was_removed(page):
    page.button("Remove column y").click()
    page.wait_status("Column y removed. Undo brings it back.", "output", "add")
    page.button("Undo").click()


REMOVED = {
    "Remove row 2": "Row 2",
    "Remove column x2": "Column x2",
    "Remove column y2": "Column y2",
    "Remove hidden layer 1": "Hidden layer 1",
}


def test_what_was_removed_is_said_with_the_answer_in_one_sentence(page):
    page.button("Add output").click()
    page.button("Add hidden layer").click()
    for button, name in REMOVED.items():
        page.wait_until(page.button(button).exists, "what is to be removed")
        page.wait_status("Trained")
        page.evaluate(KEEP_STATUSES)
        page.button(button).focus()
        page.press("Enter")
        said = page.wait_status(f"{name} removed. Undo brings it back.", "Trained 10,000 iterations")
        removed = [text for text in page.evaluate(STATUSES) if "removed" in text]
        assert removed == [said], "said once, as a whole"
        page.button("Undo").click()
        page.wait_until(lambda: "removed" not in page.status(), "the answer alone")
    page.enter("Row 1 x1", "0")
    assert "removed" not in page.status(), "an edit that removes nothing"


KEPT = [
    "output",
    ".fit",
    ".weights td span",
    ".formula .answer-of",
    ".iteration > :first-child",
    ".all > *",
    "#listing code",
    ".chip",
    "#part h3 code",
    "#part .cells td",
    "#curve .value",
    ".measured",
]
TRANSLATED = [
    ".says .word",
    ".formula .soft",
    "h2",
    "#status",
    "#about > p:first-child",
    "button",
    ".hint",
    ".weights caption",
]
WILL_BE = """selector => { const found = [...document.querySelectorAll(selector)]
  return found.length ? [...new Set(found.map(e => e.translate))] : [] }"""


def test_numbers_and_code_are_left_as_they_are_by_a_translation_and_words_are_not(page):
    page.evaluate("() => document.querySelector('#listing').scrollIntoView()")
    page.wait_until(lambda: all(page.evaluate(WILL_BE, one) for one in KEPT), "all of the page")
    assert {one: page.evaluate(WILL_BE, one) for one in KEPT} == {one: [False] for one in KEPT}
    assert {one: page.evaluate(WILL_BE, one) for one in TRANSLATED} == {one: [True] for one in TRANSLATED}


def test_what_a_program_prints_and_its_editor_are_left_as_they_are(page):
    ProgramOnPage(page).run("print('guten Tag')\n")
    assert page.evaluate(WILL_BE, "#output pre") == page.evaluate(WILL_BE, "#editor") == [False]
    assert page.evaluate(WILL_BE, "#outcome") == [True]
