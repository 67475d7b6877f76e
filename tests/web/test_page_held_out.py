"""Rows held out: marked in the table, never trained on, with an error of their own beside the other."""

from harness.oracle import post

from tenlines.problem import Problem
from tenlines.training.run import Run

ROWS = [
    [0, 0, 1, 0],
    [1, 1, 1, 1],
    [1, 0, 1, 1],
    [0, 1, 1, 0],
    [1, 1, 0, 1],
    [1, 0, 0, None],
]
MARKED = """() => [...document.querySelectorAll('tr[data-held-out]')]
  .map(row => row.querySelector('th').getAttribute('aria-label'))"""
CURVE = "() => document.querySelector('#curve .held-out').getAttribute('d').length"


def test_rows_held_out_are_marked_and_have_an_error_of_their_own(page):
    lines = ["x1,x2,x3,y", *(",".join("?" if cell is None else str(cell) for cell in row) for row in ROWS)]
    page.upload("\n".join(lines).encode())
    page.wait_status("trained 10,000")
    assert page.evaluate(MARKED) == []
    page.toggle_more_settings()
    page.set("Test fraction", "0.4")
    run = Run(Problem.from_dict(post(ROWS, test_fraction=0.4)), "numpy")
    while not run.done:
        run.advance(1)
    page.wait_status(
        f"mean error {run.frame.held_out_error:.5f} on 2 rows held out",
        f"{run.frame.error:.5f} on the others",
    )
    marked = page.evaluate(MARKED)
    assert len(marked) == 2 and all(label.endswith(", held out") for label in marked)
    page.wait_until(lambda: page.evaluate(CURVE) > 20, "a line of its own in the curve")

    page.set("Split seed", "3")
    page.wait_until(lambda: page.evaluate(MARKED) not in ([], marked), "other rows")
    page.set("Test fraction", "0.999")
    page.wait_status("so that none is left to train on")
    page.set("Test fraction", "0")
    page.wait_until(lambda: page.evaluate(MARKED) == [], "no mark")
    page.toggle_more_settings()
    page.choose("Example", "The post’s table")
