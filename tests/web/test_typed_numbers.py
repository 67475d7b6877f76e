"""What the page's own reader makes of typed text is what Python's makes of it; in Node, for many texts."""

import json
import subprocess
import sys
import unicodedata
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tenlines.data.numbers import parse_number, parse_whole, plain

READ = Path(__file__).parent / "harness" / "read_typed.mjs"
# what is typed: what it is in a cell (None: no number, or two), and in a field for whole numbers
TYPED = {
    "0,5": (0.5, 0.5),
    "0,": (0.0, 0.0),
    ",25": (0.25, 0.25),
    "-1,5e3": (-1500.0, -1500.0),
    "0,125": (0.125, 0.125),
    "1,234": (None, 1234.0),
    "1,2340": (1.234, 1.234),
    "1.234": (1.234, 1234.0),
    "1.000": (1.0, 1000.0),
    "1.0": (1.0, 1.0),
    "20,000": (None, 20000.0),
    "20.000": (20.0, 20000.0),
    "20 000": (20000.0, 20000.0),
    "20\u202f000": (20000.0, 20000.0),
    "20\u00a0000": (20000.0, 20000.0),
    "20'000": (20000.0, 20000.0),
    "20’000": (20000.0, 20000.0),
    "1_000": (None, 1000.0),
    "1_000_000": (None, 1000000.0),
    "1,234,567": (1234567.0, 1234567.0),
    "1.234.567": (1234567.0, 1234567.0),
    "12,34,567": (1234567.0, 1234567.0),
    "1,234.5": (1234.5, 1234.5),
    "1.234,5": (1234.5, 1234.5),
    "1 234,5": (1234.5, 1234.5),
    "1e4": (10000.0, 10000.0),
    "1.5": (1.5, 1.5),
    "1,5": (1.5, 1.5),
    "1 2": (None, None),
    "1,00,0": (None, None),
    "01,234,567": (None, None),
    "1,234 567": (None, None),
    "1e999": (None, None),
    "０．５": (0.5, 0.5),
    "１２": (12.0, 12.0),
    "٣": (3.0, 3.0),
    "٣٫٥": (3.5, 3.5),
    "१२": (12.0, 12.0),
    "𝟜𝟚": (42.0, 42.0),
    "０。５": (0.5, 0.5),
    "–1": (-1.0, -1.0),
    "－1": (-1.0, -1.0),
    "﹣1": (-1.0, -1.0),
    "−1": (-1.0, -1.0),
    "ー1": (-1.0, -1.0),
    "＋1": (1.0, 1.0),
    "1e–3": (0.001, 0.001),
    "5\u200b": (5.0, 5.0),
    "5\u200e": (5.0, 5.0),
    "\u200f5": (5.0, 5.0),
    "\ufeff5": (5.0, 5.0),
    "5\u2060": (5.0, 5.0),
    "\u00a05\u00a0": (5.0, 5.0),
    "5²": (None, None),
    "½": (None, None),
    "1–2": (None, None),
}


def in_the_page(texts: list[str]) -> list[list]:
    done = subprocess.run(["node", READ], input=json.dumps(texts), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def in_python(text: str) -> list:
    """What the page should take it for: in a cell of an input, of an output, and in a field for whole numbers."""
    is_empty = plain(text) == ""
    cell, whole = (number_or_text(parse, text) for parse in (parse_number, parse_whole))
    return [None if is_empty else cell, None if plain(text) in ("", "?") else cell, whole]


def number_or_text(parse, text: str):
    try:
        return parse(text)
    except ValueError:
        return "a text"


def without_texts(said: list) -> list:
    return ["a text" if isinstance(value, str) else value for value in said]


def test_each_way_of_writing_a_number_is_read_in_the_page_and_in_python():
    said = [
        [None if isinstance(value, str) else value for value in (cell, whole)]
        for cell, _, whole in in_the_page([*TYPED])
    ]
    assert dict(zip(TYPED, map(tuple, said), strict=True)) == TYPED
    assert list(map(without_texts, in_the_page([*TYPED]))) == list(map(in_python, TYPED))


def test_what_is_no_number_is_kept_as_it_was_typed():
    assert in_the_page([" 1,234 ", "１２ｘ", "–"]) == [["1,234", "1,234", 1234], ["１２ｘ"] * 3, ["–"] * 3]


def test_a_question_mark_of_any_keyboard_asks_in_an_output():
    marks = ["?", "？", "﹖", "؟", "՞", "፧", "?\u200e", " ？ "]
    assert [output for _, output, _ in in_the_page(marks)] == [None] * len(marks)
    assert [cell for cell, _, _ in in_the_page(marks)] == [mark.strip() for mark in marks]


def test_every_character_means_the_same_in_the_page_as_in_python():
    """Alone, before a digit and between digits. Of what this Python does not know nothing is said, nor of letters."""
    characters = [
        character
        for character in map(chr, range(sys.maxunicode + 1))
        if unicodedata.category(character) not in ("Cn", "Co", "Cs", "Lo")
    ]
    texts = [text.format(character) for character in characters for text in ("{}", "{}5", "1{}234")]
    apart = [
        (ascii(text), said, wanted)
        for text, said, wanted in zip(texts, map(without_texts, in_the_page(texts)), map(in_python, texts), strict=True)
        if said != wanted
    ]
    assert apart == []


PIECES = ["0", "1", "5", "12", "234", "000", "٣", "０", ".", ",", "．", "，", "'", "’", " ", "\u202f", "_", "-", "–",
          "+", "e", "Ｅ", "?", "؟", "\u200b", "\ufeff", "x", "\t"]  # fmt: skip


# A few examples of many texts each: every one starts Node.
@settings(max_examples=20, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=7).map("".join) | st.text(max_size=6), min_size=100))
def test_whatever_is_typed_is_read_alike(texts):
    assert list(map(without_texts, in_the_page(texts))) == list(map(in_python, texts))
