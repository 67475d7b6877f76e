"""Questions that arise beside the network: what a weight is, what a hidden layer and the bias do."""

from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np

from tenlines.explain.questions.about_map import sides
from tenlines.explain.questions.declared import has_two_sides, yes_or_no
from tenlines.explain.questions.said import NOTHING, Paragraphs, rough, value
from tenlines.explain.questions.scene import Scene, short, started
from tenlines.training.answers import read
from tenlines.training.frames import Frame
from tenlines.training.network import activate
from tenlines.words import counted, listed

Picture = dict[str, Any]

MOST_ROWS, MOST_UNITS = 6, 5  # of a table beside an answer
MOST_WORK = 40_000_000  # products of a row and a weight in both trainings: about 100 ms
SIMILAR = 0.1  # of the larger of two errors: they differ by no more
IN_BATCHES = 8  # times as long: many small steps, in another order each pass
LEAST_ITERATIONS = 200  # of fewer, little can be seen
MOST_SLOW = 500  # iterations with NumPy


def what_is_a_weight(scene: Scene) -> Paragraphs:
    weights = sum(layer.weights.size for layer in scene.layers)
    at = max(range(len(scene.layers)), key=lambda place: np.abs(scene.layers[place].weights).max())
    matrix = scene.layers[at].weights
    place, unit = np.unravel_index(int(np.abs(matrix).argmax()), matrix.shape)
    weight = float(matrix[place, unit])
    given = float(scene.values(scene.row)[at][place])
    start, end = scene.unit_name(at, int(place)), scene.unit_name(at + 1, int(unit))
    total = float(scene.sums(scene.row)[at][unit])
    says = "is" if at == 0 else "says"
    effect = (
        "so nothing of it arrives"
        if given == 0
        else f"which {'pushes the sum up' if given * weight > 0 else 'pushes the sum down'}"
        if abs(weight) >= NOTHING
        else "so it has no say"
    )
    biases = sum(scene.sizes[1:]) if scene.problem.network.bias else 0
    numbers = counted(weights, "weight") + (f" and {biases:,} bias{'es' if biases > 1 else ''}" if biases else "")
    return [
        "A weight is the number by which an input is multiplied before all are added up. Far from 0 the input counts "
        f"much, near 0 little; below 0 it counts against. All that this network learns is in its {numbers}: training "
        "changes nothing else.",
        f"The largest now is {rough(weight)}, from {start} to {end}. In row {scene.row + 1} {start} {says} "
        f"{rough(given)}: {rough(given)} · {rough(weight)} = {rough(given * weight)}, {effect}. With all its inputs "
        f"the sum of {end} is {rough(total)}.",
    ]


def what_does_a_hidden_layer_do(scene: Scene) -> tuple[Paragraphs, Picture | None]:
    hidden = scene.problem.network.hidden
    if not hidden:
        return [
            "A hidden layer is a row of units between the inputs and the outputs. Each has weights of its own, makes "
            "a sum of the inputs, and bends it by its curve. The outputs then see only what the units say.",
            "This network has none: an output adds up its inputs and nothing more, so each input pushes it in one "
            f"direction, whatever the others are. Now {scene.good}. With a hidden layer it could also learn where the "
            "direction depends on the others, as in XOR. Add one below the drawing, and look.",
        ], None
    sizes = [layer.units for layer in hidden]
    is_one = len(sizes) == 1
    units = counted(sizes[0], "unit") if is_one else f"{listed([f'{size:,}' for size in sizes], 6)} units"
    here = f"Here {'is a hidden layer' if is_one else f'are {len(sizes)} hidden layers'} of {units}."
    does = (
        "Each unit makes its own sum of what comes in and bends it by its curve, so that each says something else of "
        "a row. What comes after sees only what the units say, and adds that up, with weights of its own."
        if scene.is_bent
        else "Each unit makes its own sum of what comes in. They are linear: nothing is bent, and sums of sums are one "
        "sum again, so that the network can do no more than without them."
    )
    first = scene.values(scene.row)[1]
    said = [f"{scene.unit_name(1, unit)} {rough(float(first[unit]))}" for unit in range(min(len(first), 3))]
    more = f" and {len(first) - len(said):,} more" if len(first) > len(said) else ""
    which = "units" if is_one else "units of the first layer"
    now = f"Now {scene.good}."
    if only_hidden_parts(scene):
        now += " By the inputs no one line parts the 1s from the 0s; by what the units say, the output does."
    return [
        f"{here} {does}",
        f"For row {scene.row + 1} the {which} say {', '.join(said)}{more}, and {scene.name} is {value(scene.answer)}. "
        f"{now} Choose a unit in the drawing to see what it has become.",
    ], units_of_rows(scene)


def only_hidden_parts(scene: Scene) -> bool:
    """Whether all known cells are answered rightly, which without a hidden layer they cannot be."""
    if not (has_two_sides(scene.problem) and scene.is_binary and scene.right == len(scene.known) > 0):
        return False
    return scene.output == yes_or_no(scene.problem) and not sides(scene.text, scene.output).is_parted


def shown_rows(scene: Scene) -> list[int]:
    """The first rows of the table; the chosen one is always among them."""
    first = list(range(min(len(scene.table.rows), MOST_ROWS)))
    return first if scene.row in first else [*first[:-1], scene.row]


def units_of_rows(scene: Scene) -> Picture:
    """What the units of the first hidden layer say of some rows, as a table."""
    shown = range(min(scene.sizes[1], MOST_UNITS))
    head = ["row", *(scene.unit_name(1, unit) for unit in shown), short(scene.table.outputs[scene.output]), "target"]
    rows = []
    for row in shown_rows(scene):
        flow = scene.values(row)
        target = scene.targets(row)[scene.output]
        cells = [cell(flow[1][unit]) for unit in shown]
        rows.append([str(row + 1), *cells, cell(flow[-1][scene.output]), "?" if target is None else value(target)])
    left = scene.sizes[1] - len(shown)
    units = f"the first {len(shown)} of {scene.sizes[1]:,} units" if left else "the units"
    return {"kind": "table", "caption": f"What {units} say of a row, and the answer", "head": head, "rows": rows}


def cell(number: float) -> str:
    return rough(float(number)) if np.isfinite(number) else "too large"


def what_does_the_bias_do(scene: Scene) -> tuple[Paragraphs, Picture | None]:
    at_zero = float(activate(scene.layers[0].activation, np.zeros((1, scene.sizes[1])))[0][0])
    unit = "the output" if len(scene.layers) == 1 else "each unit of the first hidden layer"
    about = [
        "A bias is a weight that is added to a sum whatever the inputs are. It moves the border between low and high "
        f"answers; without it, {unit} says {value(at_zero)} where all inputs are 0, whatever the weights are."
    ]
    found = both(scene.text)
    if found is None:
        return [*about, "This table and network are too large to train twice here. Switch Bias and compare."], None
    iterations, frames = found
    all_of = scene.training.iterations
    end = counted(iterations, "iteration") if iterations == all_of else f"{iterations:,} of {all_of:,} iterations"
    trained = f"Trained once without and once with a bias, for {end} each"
    off, on = frames
    if off is None or on is None:
        which = "both times" if off is on else "with it" if on is None else "without it"
        about.append(f"{trained}: {which} the numbers became too large to compute with.")
        return about, None
    if abs(off.error - on.error) <= SIMILAR * max(off.error, on.error):
        verdict = "which is the same" if value(off.error) == value(on.error) else "which is about the same"
    else:
        verdict = "so here it helps" if on.error < off.error else "so here it is better without"
    about.append(f"{trained}: the mean error is {value(on.error)} with it and {value(off.error)} without, {verdict}.")
    column = scene.output
    rows = [["mean error", value(off.error), value(on.error)]]
    for row in shown_rows(scene):
        target = scene.targets(row)[column]
        name = f"row {row + 1}, {'?' if target is None else f'target {value(target)}'}"
        rows.append([name, *(value(float(frame.outputs[row, column])) for frame in (off, on))])
    return about, {
        "kind": "table",
        "caption": f"Answers for {scene.name} without and with a bias",
        "head": ["", "without", "with"],
        "rows": rows,
    }


@lru_cache(maxsize=4)  # it is the same at each iteration on show
def both(text: str) -> tuple[int, list[Frame | None]] | None:
    """How many iterations, and the networks after these without and with a bias, None where they diverged.

    None where that would take long.
    """
    problem = read(text)
    sizes = problem.sizes()
    weights = sum((fan_in + 1) * fan_out for fan_in, fan_out in pairwise(sizes))
    fitting = MOST_WORK // (2 * len(problem.table.rows) * weights * (IN_BATCHES if problem.is_batched else 1))
    iterations = min(problem.training.iterations, fitting)
    if iterations < min(LEAST_ITERATIONS, problem.training.iterations):
        return None
    frames: list[Frame | None] = []
    for bias in (False, True):
        engine, is_compiled = started(replace(problem, network=replace(problem.network, bias=bias)))
        iterations = iterations if is_compiled else min(iterations, MOST_SLOW)
        engine.advance(iterations)
        frame = engine.frame()
        frames.append(frame if frame.is_all_finite else None)
    return iterations, frames
