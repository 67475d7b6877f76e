"""What the rows and columns of a matrix product in a program are, in words: rows of the table, weights, units."""

from collections.abc import Callable
from itertools import pairwise

from tenlines.problem import Problem
from tenlines.program.write import layers_of

Label = Callable[[int, int, tuple[int, int]], str]  # of (row, column) from 0, and the size of the product


def plain(is_adjustment: bool) -> Label:
    """For a program whose names mean nothing to the page. is_adjustment: the product says how weights change."""

    def label(row: int, column: int, size: tuple[int, int]) -> str:
        first = f"{'weight' if is_adjustment else 'row'} {row + 1}" if size[0] > 1 else ""
        return ", ".join(filter(None, [first, f"column {column + 1}" if size[1] > 1 else ""]))

    return label


def of_problem(problem: Problem, left: str, right: str, is_in_loop: bool) -> Label | None:
    """For the product of these two in the page's own program of the problem; None where it is none of its layers'."""
    for layer, (below, above) in zip(layers_of(problem), pairwise(problem.unit_names()), strict=True):
        if left == f"{layer.inputs}.T":
            return adjustment(below, above)
        if right in (layer.weights, f"{layer.weights}.T"):
            return forward(problem, above if right == layer.weights else below, is_in_loop)
    return None


def adjustment(below: list[str], above: list[str]) -> Label:
    def label(row: int, column: int, size: tuple[int, int]) -> str:
        return f"weight {below[row]}" + (f" to {above[column]}" if size[1] > 1 else "")

    return label


def forward(problem: Problem, units: list[str], is_in_loop: bool) -> Label:
    """Rows are told by their numbers in the table, with gaps between; shuffled ones by their place in the batch."""
    known = problem.teaching()
    taught = [number for number, teaching in enumerate(known, start=1) if teaching]
    asked = [number for number, teaching in enumerate(known, start=1) if not teaching] or taught

    def label(row: int, column: int, size: tuple[int, int]) -> str:
        numbers = taught if is_in_loop else asked if size[0] == len(asked) else range(1, len(known) + 1)
        name = f"row {row + 1} of the batch" if is_in_loop and problem.is_shuffled else f"row {numbers[row]}"
        return name + (f", {units[column]}" if size[1] > 1 else "")

    return label
