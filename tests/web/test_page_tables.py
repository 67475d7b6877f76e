"""Any other table: what the page answers is what Python answers natively."""

import numpy
import pytest
from harness.browsers import ALL_ENGINES
from harness.oracle import is_steady, post, post_program, problem, table_text, terminal

in_all_engines = pytest.mark.engines(*ALL_ENGINES)

# A file, its column names in the page, how many cells it asks for. tests/py/test_text.py has all ways to write one.
FILES = [
    ("size,age,price\n0.5,-1.25,0.1\n1.75,.5,0.9\n-2e-1,+3,0.35\n0.1,0.2,?\n1e0,-1,0.6\n", ["size", "age", "price"], 1),
    ("a,b,>p,>q\n0,0,0,?\n0,1,1,1\n1,1,?,0\n1,0,?,?\n", ["a", "b", "p", "q"], 4),
    ('"größe, first","b ""2""",答え\n0,1,1\n1,0,0\n1,1,?\n', ["größe, first", 'b "2"', "答え"], 1),
]


def test_an_imported_table_is_answered_as_in_the_terminal(page, tmp_path):
    for text, names, asked in FILES:
        known, expected = terminal(tmp_path, table=text.encode())
        assert is_steady(known)
        page.upload(text.encode())
        page.wait_answers(expected)
        assert len(expected) == asked
        assert page.names() == names
        assert page.evaluate("() => document.querySelectorAll('[aria-invalid=true]').length") == 0


def any_table(seed: int) -> dict:
    draw = numpy.random.default_rng(seed)
    inputs, outputs, rows = draw.integers(1, 6), draw.integers(1, 4), draw.integers(3, 30)
    values = draw.normal(size=(rows, inputs)).round(3).tolist()
    known = draw.random((rows, outputs)) < 0.7
    known[0] = True
    answers = draw.integers(0, 2, (rows, outputs))
    return problem(
        [f"in{n}" for n in range(inputs)],
        [f"out{n}" for n in range(outputs)],
        [[*values[r], *(int(answers[r, c]) if known[r, c] else None for c in range(outputs))] for r in range(rows)],
        learning_rate=0.1,
        iterations=2000,
        seed=seed,
    )


def test_any_table_is_answered_as_the_posts_program_does(page):
    page.set("Learning rate", "0.1")
    page.set("Iterations", "2000")
    for seed in range(4):
        table = any_table(seed)
        assert is_steady(table)
        page.set("Random start", str(seed))
        page.upload(table_text(table).encode())
        weights, expected = post_program(table)
        page.wait_answers(expected)
        assert numpy.allclose(page.weights(), weights, rtol=0, atol=1e-9)


def test_a_table_of_two_hundred_rows_and_ten_inputs_is_answered(page, tmp_path):
    draw = numpy.random.default_rng(0)
    values = draw.integers(0, 2, (200, 10))
    rows = [[*map(int, v), None if n % 20 == 0 else int(v.sum() > 5)] for n, v in enumerate(values)]
    big = problem([f"x{n}" for n in range(1, 11)], ["y"], rows, iterations=1000, learning_rate=0.01)
    _, expected = terminal(tmp_path, problem=big)
    page.set("Iterations", "1000")
    page.set("Learning rate", "0.01")
    page.upload(table_text(big).encode())
    # A long table draws the rows in sight; the arrow brings the others.
    seen: dict[str, float] = {}

    def all_seen() -> bool:
        seen.update(page.answers())
        page.press(*["ArrowDown"] * 5)
        return seen.keys() == expected.keys()

    page.wait_until(lambda: page.answer("row-1-y") == pytest.approx(expected["row-1-y"], abs=1e-9), "training")
    page.cell("Row 1 x1").click()
    page.wait_until(all_seen, "every answer to come into sight")
    assert seen == pytest.approx(expected, rel=0, abs=1e-9)


def test_a_typed_table_is_answered(page, tmp_path):
    page.button("Remove column x3").click()
    page.button("Remove row 4").click()
    typed = [["0", "0", "0"], ["0.5", "1", "1"], ["1", "-2", "0.25"], ["1", "1", "?"]]
    for row, cells in enumerate(typed, start=1):
        for name, text in zip(["x1", "x2", "y"], cells, strict=True):
            page.enter(f"Row {row} {name}", text)
    assert page.rows() == typed
    rows = [[None if text == "?" else float(text) for text in row] for row in typed]
    _, expected = terminal(tmp_path, problem=problem(["x1", "x2"], ["y"], rows))
    page.wait_answers(expected)


@in_all_engines
def test_a_pasted_table_with_names_replaces_the_table(page, tmp_path):
    text = "hot\twet\tgrows\n0\t0\t0\n1\t1\t1\n1\t0\t0\n0\t1\t?\n"
    _, expected = terminal(tmp_path, table=text.encode())
    page.paste("Row 1 x1", text)
    page.wait_answers(expected)
    assert page.names() == ["hot", "wet", "grows"]


def test_a_pasted_block_fills_from_the_selected_cell_grows_the_table_and_is_undone_at_one_stroke(page, tmp_path):
    page.paste("Row 2 x2", "0\t1\n1\t1\n")
    rows = [[0, 0, 1, 0], [1, 0, 1, 1], [1, 1, 1, 1], [0, 1, 1, 0], [1, 0, 0, None]]
    _, expected = terminal(tmp_path, problem=post(rows))
    page.wait_answers(expected)
    filled = [["?" if v is None else str(v) for v in row] for row in rows]
    assert page.rows() == filled
    page.paste("Row 5 x3", "0\t?\t0.5\n1\t?\t0.25\n")
    page.wait_until(lambda: len(page.names()) == 5, "a fifth column")
    assert page.rows()[3:] == [["0", "1", "1", "0", "?"], ["1", "0", "0", "?", "0.5"], ["0", "0", "1", "?", "0.25"]]
    page.press("Control+z")
    page.wait_until(lambda: page.rows() == filled, "the table before the paste")
    page.wait_answers(expected)


SETTINGS = [
    {"iterations": 1234, "learning_rate": 0.1, "seed": 7},
    {"iterations": 1, "learning_rate": 1, "seed": 0},
    {"iterations": 0, "learning_rate": 1, "seed": 1},
    {"iterations": 10_000, "learning_rate": 0, "seed": 1},
]
LABELS = {"iterations": "Iterations", "learning_rate": "Learning rate", "seed": "Random start"}


@in_all_engines
def test_other_settings_are_trained_as_the_posts_program_does(page):
    for training in SETTINGS:
        for name, value in training.items():
            page.set(LABELS[name], str(value))
        weights, expected = post_program(post(**training))
        page.wait_answers(expected)
        assert numpy.allclose(page.weights(), weights, rtol=0, atol=1e-9)
        assert not any(page.box(label).invalid() for label in LABELS.values())
