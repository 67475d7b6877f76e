"""The question that arises beside the map of two inputs: why one neuron cannot learn XOR."""

from functools import lru_cache
from math import isfinite
from typing import Any, NamedTuple

import numpy as np

from tenlines.explain.questions.declared import yes_or_no
from tenlines.explain.questions.parted import can_be_parted
from tenlines.explain.questions.said import NOTHING, Paragraphs
from tenlines.explain.questions.scene import Scene, short
from tenlines.methods.activations import ACTIVATIONS
from tenlines.problem import Problem
from tenlines.training.answers import read
from tenlines.training.network import sum_for
from tenlines.words import listed

Picture = dict[str, Any]

MOST_POINTS = 200
MOST_LINES = 8
ROOM = 0.2  # of the axes around the points
XOR = {(0.0, 0.0): 0, (0.0, 1.0): 1, (1.0, 0.0): 1, (1.0, 1.0): 0}


class Sides(NamedTuple):
    is_xor: bool
    is_parted: bool  # whether one line has all 1s on one side and all 0s on the other
    is_parted_here: bool  # and it is one that a neuron of this network can have, which may have no bias


def why_not_xor(scene: Scene) -> tuple[Paragraphs, Picture | None]:
    output = yes_or_no(scene.problem)
    assert output is not None
    scene.output = output  # the one that is told about here
    is_xor, is_parted, is_parted_here = sides(scene.text, output)
    name = scene.name
    why = (
        "One neuron adds up its inputs, each times its weight. Where its answer turns from low to high is one "
        "straight line across the map. XOR is 1 at two opposite corners and 0 at the other two: no one line has both "
        "1s on one side and both 0s on the other. Between two lines there is room for the 1s alone."
    )
    hidden = scene.problem.network.hidden
    first = hidden[0].units if hidden else 0
    if is_xor:
        here = "This table is XOR."
    elif not is_parted:
        here = f"No one line parts the 1s of {name} from its 0s in this table either."
    elif hidden or is_parted_here:
        here = f"In this table one line does part the 1s of {name} from its 0s, so one neuron is enough for it."
    else:
        here = (
            f"In this table one line does part the 1s of {name} from its 0s, but without a bias it would have to go "
            "another way than the lines that a neuron has here. Switch on Bias."
        )
    if scene.activation.power and not scene.is_bent:
        net = (
            "The outputs of this network share 1: each has a sum of its own, and a line lies between each two of them."
        )
    elif hidden and not scene.is_bent:
        net = "The units of this hidden layer are linear: sums of sums are one sum again, so it has one line."
    elif hidden:
        lines = "its unit has a line" if first == 1 else f"each of its {first} units has a line"
        net = f"This network has a hidden layer: {lines} of its own, and what comes after puts them together."
    else:
        net = "This network has no hidden layer: it has one line."
    if not (scene.is_bent or scene.activation.power or is_parted_here):
        net += " So at least one row is never right, however long it trains."
    return [why, f"{here} {net} Now {scene.good}."], picture(scene, output)


@lru_cache(maxsize=2)  # it is the same at each iteration on show
def sides(text: str, output: int) -> Sides:
    """output: one that is known to be 0 somewhere and 1 elsewhere."""
    problem = read(text)
    known: dict[tuple[float, float], set[float]] = {}
    for (x, y), target in points(problem, output):
        if target is not None:
            known.setdefault((x, y), set()).add(target)
    ones, zeros = ([point for point, targets in known.items() if target in targets] for target in (1, 0))
    is_xor = known == {point: {target} for point, target in XOR.items()}
    border = None if problem.network.bias else border_of(problem.network.output)
    return Sides(is_xor, can_be_parted(ones, zeros, None), can_be_parted(ones, zeros, border))


def points(problem: Problem, output: int) -> list[tuple[tuple[float, float], float | None]]:
    return [((float(row[0] or 0), float(row[1] or 0)), row[2 + output]) for row in problem.table.rows]


def border_of(activation: str) -> float | None:
    """The sum where an answer is 0.5; None where that depends on other sums, too."""
    found = ACTIVATIONS[activation]
    return None if found.power else sum_for(found, 0.5)


def picture(scene: Scene, output: int) -> Picture | None:
    """The points, and the lines of the first layer: where a hidden unit’s sum is 0, or an output’s answer 0.5."""
    layer, is_output = scene.layers[0], len(scene.layers) == 1
    border = border_of(scene.problem.network.output) if is_output else 0.0
    found = points(scene.problem, output)
    xs, ys = zip(*(point for point, _ in found), strict=True)
    across, up = axis(xs), axis(ys)
    if across is None or up is None or border is None:
        return None
    units = [output] if is_output else range(min(layer.weights.shape[1], MOST_LINES))
    lines = []
    for unit in units:
        a, b = map(float, layer.weights[:, unit])
        c = border - (0.0 if layer.bias is None else float(layer.bias[unit]))
        if max(abs(a), abs(b)) >= NOTHING and (ends := clipped(a, b, c, across, up)):
            lines.append(
                {"name": short(scene.table.outputs[unit]) if is_output else scene.unit_name(1, unit), "ends": ends}
            )
    kinds = {1.0: "1", 0.0: "0", None: "?"}
    shown = [{"x": x, "y": y, "kind": kinds[target]} for (x, y), target in found[:MOST_POINTS]]
    names = [line["name"] for line in lines]
    drawn = f"the line{'s' if len(names) > 1 else ''} of {listed(names, MOST_LINES)}" if names else "no line across it"
    label = (
        f"The rows as points: {short(scene.table.inputs[0])} across, {short(scene.table.inputs[1])} up, and {drawn}."
    )
    where = f"{short(scene.table.outputs[output])} is 0.5" if is_output else "the sum of a unit is 0"
    caption = f"Line: where {where}." if names else "No line crosses this part of the map."
    return {
        **{"kind": "lines", "label": label, "caption": caption, "points": shown, "lines": lines},
        **{"across": short(scene.table.inputs[0]), "up": short(scene.table.inputs[1]), "box": [*across, *up]},
    }


def axis(numbers: tuple[float, ...]) -> tuple[float, float] | None:
    """What is shown along an axis; None where it is too long for a number."""
    low, high = min(numbers), max(numbers)
    room = (high - low) * ROOM or max(1.0, abs(high) * ROOM)
    return (low - room, high + room) if isfinite(high - low + 2 * room) else None


def clipped(a: float, b: float, c: float, across: tuple[float, float], up: tuple[float, float]) -> list[float] | None:
    """The ends x, y, x, y in the box of the line a · x + b · y = c; None where it does not cross it."""
    with np.errstate(all="ignore"):
        crossed = [(x, float((c - a * x) / np.float64(b))) for x in across]
        crossed += [(float((c - b * y) / np.float64(a)), y) for y in up]
    inside = sorted({(x, y) for x, y in crossed if across[0] <= x <= across[1] and up[0] <= y <= up[1]})
    return [*inside[0], *inside[-1]] if len(inside) > 1 else None
