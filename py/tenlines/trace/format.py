"""Values as a page shows them: shortly beside a line, or cell by cell."""

from math import floor, inf, isfinite, isnan, log10
from typing import Any

import numpy as np

from tenlines.methods.activations import ACTIVATIONS
from tenlines.trace.product_labels import Label
from tenlines.trace.record import Recorded

FEW = 6  # numbers that have room beside a line
SHOWN_ROWS, SHOWN_COLUMNS = 20, 12  # of an array: web/program/check-message.js takes no more
MOST_SUMS = 24
MOST_TERMS = 4000  # characters of a sum
HUGE = 200  # bits of a whole number that is told by its size only
MOST_BESIDE = 120  # characters beside a line
MOST_TEXT = 200  # and in a cell: web/program/check-message.js takes no longer ones of a learner's program
CURVE_POINTS = 65
DECIMALS = 5  # of a number that stands alone, as of an answer in the table

Plain = dict[str, Any]


def beside_line(values: list[Recorded], is_spelt_out: bool, does: str) -> Plain | None:
    """What stands beside a line, {"text", "shape", "kind"}; None for what has nothing to show.

    does: what the line does to its name with the value, such as "adds". kind: "value", "shape", or "" where the text
    says itself what it is.
    """
    texts = [text for value in values if (text := shortly(value, is_spelt_out))]
    if not texts:
        return None
    shapes = [shape_of(value) for value in values]
    kind = "shape" if texts == shapes else "value"
    if does:
        texts, kind = [f"{does} {', '.join(texts)}{' numbers' if kind == 'shape' else ''}"], ""
    return {"text": shortened(", ".join(texts), MOST_BESIDE), "shape": shapes[0], "kind": kind}


def shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def shortly(value: Recorded, is_spelt_out: bool) -> str:
    """Few numbers as they are; of many, or of those that the line says itself, how many there are."""
    if value.shape is None:
        return "" if value.kind == "NoneType" else value.cells[0][0]
    if value.shape == () or value.size == (1, 1):
        return number(value.cells[0][0], DECIMALS)
    rows, columns = value.size
    if is_spelt_out or not 0 < rows * columns <= FEW:
        return shape_of(value)
    return "  ".join(number(cell, 2) for row in value.cells for cell in row)


def shape_of(value: Recorded) -> str:
    return shortened(" × ".join(f"{size:,}" for size in value.shape or ()), MOST_TEXT)


def in_full(value: Recorded | None) -> Plain:
    """All that was recorded: shape, kind, cells to read and exactly, and in words what is not there."""
    if value is None:
        return {"shape": "", "kind": "", "cells": [], "exact": [], "note": "Not computed in this pass."}
    return {
        "shape": shape_of(value),
        "kind": value.kind,
        "cells": [[number(cell, DECIMALS) for cell in row] for row in shown_cells(value)],
        "exact": [[exact(cell) for cell in row] for row in shown_cells(value)],
        "note": left_out(value),
    }


def shown_cells(value: Recorded) -> list[list[Any]]:
    return [row[:SHOWN_COLUMNS] for row in value.cells[:SHOWN_ROWS]]


def left_out(value: Recorded) -> str:
    cells = shown_cells(value)
    shown = len(cells), max(map(len, cells), default=0)
    parts = [
        f"the first {few:,} of {every:,} {name}"
        for few, every, name in zip(shown, value.size, ("rows", "columns"), strict=True)
        if few < every
    ]
    return f"Here are {' and '.join(parts)}." if parts else ""


def sums(left: Recorded, right: Recorded, product: Recorded, label: Label) -> list[Plain]:
    """A matrix product worked out, cell by cell, the first of them: {"label", "terms", "sum"}; [] for another product.

    Of very many terms the first are there, and how many are left. label: of a cell by its row and column, in words.
    """
    if not all(value.shape and len(value.shape) <= 2 for value in (left, right)):
        return []
    turned = right.cells if len(right.shape or ()) == 1 else [list(column) for column in zip(*right.cells, strict=True)]
    across = 1 if len(right.shape or ()) == 1 else right.size[1]
    size = left.size[0], across
    if not left.size[1] or size[0] * across != product.size[0] * product.size[1]:
        return []
    results = [[cell] for cell in product.cells[0]] if across == 1 and product.size[0] == 1 else product.cells
    pairs = [(row, column) for row, cells in enumerate(results) for column in range(len(cells))]
    return [
        {
            "label": label(row, column, size),
            "terms": terms(left.cells[row], turned[column], left.size[1]),
            "sum": number(results[row][column], 2),
        }
        for row, column in pairs[:MOST_SUMS]
    ]


def terms(ones: list[Any], others: list[Any], count: int) -> str:
    """count: how many there are, of which these are the first."""
    told = [f"{number(one, 2)}·{number(other, 2)}" for one, other in zip(ones, others, strict=True)]
    more = [f"… ({count - len(told):,} more)"] if count > len(told) else []
    return shortened(" + ".join(told + more), MOST_TERMS)


def left_out_of_sums(product: Recorded) -> str:
    count = product.size[0] * product.size[1]
    return f"Here are the first {MOST_SUMS} of {count:,} sums." if count > MOST_SUMS else ""


def curve(name: str, before: Recorded, after: Recorded) -> Plain | None:
    """An activation's curve to draw, and the points on it: what went in and what came out, where both are finite.

    None where the activation has no curve.

    {"title", "most", "low", "high", "line", "before", "after"}: line are the outputs for z from -most to most, evenly;
    what is shown of them is from low to high.
    """
    activation = ACTIVATIONS[name]
    if activation.view is None:
        return None
    most, low, high = activation.view
    line = activation.forward(np, np.linspace(-most, most, CURVE_POINTS))
    pairs = [
        (float(z), float(output))
        for row, outputs in zip(shown_cells(before), shown_cells(after), strict=False)
        for z, output in zip(row, outputs, strict=False)
        if isinstance(z, float | int) and isinstance(output, float | int) and isfinite(z) and isfinite(output)
    ]
    return {
        **{"title": activation.title, "most": most, "low": low, "high": high, "line": line.tolist()},
        **{"before": [z for z, _ in pairs], "after": [output for _, output in pairs]},
    }


def in_digits(value: float, digits: int) -> str:
    """A number below 1 with so many digits, however small it is, where `number` goes over to a power of ten."""
    return f"{value:.{digits - 1 - floor(log10(abs(value)))}f}".replace("-", "−")


def decimals_of(change: float) -> int:
    """How many show a change in two digits."""
    return 1 - floor(log10(abs(change)))


def exact(value: Any) -> str:
    if isinstance(value, str):
        return shortened(value, MOST_TEXT)
    return number(value, 0) if is_huge(value) else repr(value)


def is_huge(value: Any) -> bool:
    return isinstance(value, int) and value.bit_length() > HUGE


def number(value: Any, decimals: int) -> str:
    """A number to read: whole ones whole, others with so many decimals, or as many digits where they are small."""
    if is_huge(value):
        text = f"about {'-' if value < 0 else ''}10^{int(value.bit_length() * log10(2))}"
    elif isinstance(value, int) and not isinstance(value, bool):
        text = f"{value:,}"
    elif not isinstance(value, float):
        text = shortened(str(value), MOST_TEXT)
    elif isnan(value):
        text = "nan"
    elif abs(value) == inf:
        text = "∞" if value > 0 else "-∞"
    elif value.is_integer() and abs(value) < 1e6:
        text = f"{value + 0.0:,.0f}"
    elif 0.1 <= abs(value) < 1e6:
        text = f"{value:,.{decimals if abs(value) < 1000 else 1}f}"
    elif 1e-4 <= abs(value) < 0.1:
        text = f"{value:#.{decimals}g}"
    else:
        mantissa, exponent = f"{value:.1e}".split("e")
        text = f"{mantissa}e{int(exponent)}"
    return text.replace("-", "−") if not isinstance(value, str) else text
