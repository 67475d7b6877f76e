"""Fit first: target and answer on one track, wrong rows marked and counted, and no word of certainty beside them."""

import random

import pytest
from harness.browsers import CHROMIUM, FIREFOX
from harness.page import DEFAULT_ANSWERS

XOR = b"x1,x2,y\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n1,1,?\n"
HALF = b"x,y\n0,0\n1,1\n2,?\n"  # without a bias, row 1 is answered 0.5
PRICES = b"size,price\n20,31000\n30,42000\n40,?\n35,50000\n"
TWO = b"x,>y,>z\n1,1,3\n-1,0,5\n1,?,?\n"

# Where target and answer of each track are, as shares of it, and how they look.
TRACKS = """() => [...document.querySelectorAll('#data .gauge')].map(gauge => {
  const box = name => gauge.querySelector(name).getBBox()
  const { x: left, width } = box('.rail')
  const at = ({ x, width: own }) => Math.round(1000 * (x + own / 2 - left) / width) / 1000
  const row = gauge.closest('tr').querySelector('th').getAttribute('aria-label')
  const says = gauge.closest('td')
  const isPointed = gauge.querySelector('.answer-at').getAttribute('d').includes('L')
  return {
    row, target: at(box('.target')), answer: at(box('.answer-at')),
    gap: Math.round(1000 * box('.gap').width / width) / 1000,
    sign: says.querySelector('.sign').textContent, name: says.getAttribute('aria-label'), isPointed,
    value: Number(says.querySelector('.fit').dataset.value),
    colours: [getComputedStyle(gauge.querySelector('.gap')).stroke, getComputedStyle(says.querySelector('.fit')).color],
  }
})"""
SUMMARY = "() => document.querySelector('#fit .summary p')?.textContent ?? ''"
WORD = "() => [...document.querySelectorAll('#data .word')].map(word => word.textContent)"
SAID = "() => [...document.querySelectorAll('#data .asked.says')].map(cell => cell.getAttribute('aria-label'))"
COLOURS = """() => ['#data .answer', '#data .word', '.net .output .answer', '.net .output .word'].map(part => {
  const style = getComputedStyle(document.querySelector(part))
  return part.startsWith('.net') ? style.fill : style.color
})"""
SOFT, ASK, PROBLEM = "rgb(92, 100, 112)", "rgb(109, 63, 201)", "rgb(179, 38, 30)"
WORST = "() => [...document.querySelectorAll('.worst button .visually-hidden')].map(name => name.textContent)"


def summary(page, text: str) -> None:
    page.wait_until(lambda: page.evaluate(SUMMARY) == text, f"the summary {text!r}")


@pytest.mark.engines(CHROMIUM, FIREFOX)
def test_target_and_answer_stand_on_one_track(page):
    page.wait_answers(DEFAULT_ANSWERS)
    tracks = page.evaluate(TRACKS)
    assert [track["row"] for track in tracks] == ["Row 1", "Row 2", "Row 3", "Row 4"]
    for track, target in zip(tracks, [0, 1, 1, 0], strict=True):
        assert abs(track["target"] - target) < 0.02
        assert abs(track["answer"] - track["value"]) < 0.02
        assert abs(track["gap"] - abs(track["value"] - target)) < 0.02
        assert (track["sign"], track["isPointed"]) == ("", False)
        assert "wrong" not in track["name"]
        assert PROBLEM not in track["colours"]
    summary(page, "All 4 rows right")


def test_wrong_rows_are_marked_and_said_to_be_and_follow_the_iteration(page):
    page.upload(XOR)
    summary(page, "4 of 4 rows wrong")
    for track, target in zip(page.evaluate(TRACKS), [0, 1, 1, 0], strict=True):
        assert abs(track["answer"] - 0.5) < 0.02
        assert track["sign"] == "≠"
        assert track["name"] == f"{track['row']} y: 0.500, wrong: the table says {target}"
        assert track["colours"] == [PROBLEM, PROBLEM]
    page.upload(HALF)
    summary(page, "1 of 2 rows wrong")
    assert [track["sign"] for track in page.evaluate(TRACKS)] == ["≠", ""]
    page.choose("Example", "The post’s table")
    page.wait_default()
    page.button("Reset").click()
    page.wait_iteration(0)
    summary(page, "2 of 4 rows wrong")
    page.seek(10)
    page.wait_until(lambda: page.evaluate(SUMMARY) != "2 of 4 rows wrong", "another fit")


def test_no_answer_is_certain_where_rows_are_wrong(page):
    page.wait_until(lambda: page.evaluate(COLOURS) == [ASK] * 4, "answers in the colour of answers")
    page.upload(HALF)
    words = "it has not learned this table: 1 of 2 rows is wrong"
    page.wait_status(f"I{words[1:]}.")
    assert page.status().count("learned") == 1
    assert "try" not in page.status().lower(), "what helps is said elsewhere"
    assert page.evaluate(WORD) == ["not learned"]
    assert page.evaluate(SAID) == [f"Row 3 y: {page.answer_text('row-3-y')}, {words}"]
    page.wait_until(lambda: page.evaluate(COLOURS) == [SOFT] * 4, "answers that step back")
    page.enter("Row 3 y", "1")
    page.wait_status("No cell is ?", "it has not learned this table: 1 of 3 rows is wrong")


def test_other_numbers_have_a_track_over_their_range_and_what_is_beyond_it_points_there(page):
    page.upload(PRICES)
    summary(page, "3 of 3 rows wrong")
    tracks = page.evaluate(TRACKS)
    for track, target in zip(tracks, [0, 11 / 19, 1], strict=True):
        assert abs(track["target"] - target) < 0.02
        assert track["isPointed"]
        assert track["answer"] < 0.02
    assert tracks[1]["name"] == "Row 2 price: 1.000, wrong: the table says 42000"
    assert page.evaluate(WORD) == ["not learned"]


def test_of_several_outputs_each_has_its_track_within_its_cell(page):
    page.upload(TWO)
    summary(page, "2 of 2 rows wrong")
    assert [track["sign"] for track in page.evaluate(TRACKS)] == ["", "≠", "", "≠"]
    for width in (1280, 390, 320):
        page.look(width, 860, "light")
        inside = """() => [...document.querySelectorAll('#data .gauge')].every(gauge => {
          const [inner, outer] = [gauge, gauge.closest('td')].map(e => e.getBoundingClientRect())
          const isAcross = inner.width > 30 && inner.left >= outer.left && inner.right <= outer.right
          return isAcross && inner.bottom <= outer.bottom
        })"""
        assert page.evaluate(inside), width


def test_rows_held_out_have_a_track_and_do_not_count(page):
    page.upload(b"x1,x2,y\n1,0,1\n0,1,0\n1,0,1\n0,1,0\n1,0,0\n1,1,?\n")
    summary(page, "1 of 5 rows wrong")
    page.toggle_more_settings()
    page.set("Test fraction", "0.4")
    page.wait_status("2 rows held out")
    rows = "() => [...document.querySelectorAll('tr[data-held-out]')].map(row => row.querySelectorAll('.gauge').length)"
    assert page.evaluate(rows) == [1, 1]
    page.wait_until(lambda: " 3 rows " in page.evaluate(SUMMARY), "three rows that teach")
    page.toggle_more_settings()


@pytest.mark.engines(CHROMIUM, FIREFOX)
def test_the_worst_rows_come_first_on_request_and_lead_to_their_cells(page):
    button = page.button("Worst first")
    assert button.attribute("aria-expanded") == "false"
    button.click()
    page.wait_until(lambda: button.attribute("aria-expanded") == "true", "the list")
    found = page.evaluate(WORST)
    rows = sorted(range(4), key=lambda row: -abs([0, 1, 1, 0][row] - page.evaluate(TRACKS)[row]["value"]))
    assert [name.split(":")[0] for name in found] == [f"Row {row + 1} y" for row in rows]
    page.upload(HALF)
    page.wait_until(lambda: len(page.evaluate(WORST)) == 2, "two rows")
    assert page.evaluate(WORST)[0] == "Row 1 y: 0.500, wrong: the table says 0"
    page.button("Row 1 y: 0.500, wrong: the table says 0").click()
    assert page.focused() == "Row 1 y"
    button.focus()
    page.press("Enter")
    page.wait_until(lambda: page.evaluate(WORST) == [], "the list to close")


def test_of_a_large_table_the_fifty_worst_are_listed_and_found(page):
    rng = random.Random(1)
    rows = [(rng.choice([-1, 1]) * rng.random(), 1) for _ in range(3000)]
    lines = [f"{x:.4f},{int(x > 0) if at % 100 else int(x <= 0)}" for at, (x, _) in enumerate(rows)]
    page.upload(("x,y\n" + "\n".join(lines) + "\n").encode())
    summary(page, "30 of 3,000 rows wrong")
    page.button("Worst first").click()
    page.wait_until(lambda: len(page.evaluate(WORST)) == 50, "fifty rows")
    found = page.evaluate(WORST)
    assert all(", wrong" in name for name in found[:30])
    assert not any(", wrong" in name for name in found[30:])
    page.find("button", found[0]).click()
    assert page.focused() == found[0].split(":")[0]
    heights = """() => [...new Set([...document.querySelectorAll('#data tbody tr:not([aria-hidden])')]
      .map(row => row.getBoundingClientRect().height))]"""
    assert page.evaluate(heights) == [44]
    page.button("Worst first").click()


def test_the_summary_stands_in_the_page_before_any_script(open_page):
    static = open_page(ready=False, java_script_enabled=False).page
    assert static.evaluate(SUMMARY) == "All 4 rows right"
    assert static.locator("#data .gauge").count() == 4


def test_what_is_for_engineers_is_said_by_itself_only_where_it_shows(page):
    fold = """() => [...document.querySelectorAll('.fold > button')].map(button => button.textContent.trim())
      .includes('How exact is this?')"""
    assert page.evaluate(fold)
    assert page.evaluate("() => document.querySelector('.sensitive')") is None
