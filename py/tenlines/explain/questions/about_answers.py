"""Questions that arise beside an answer in the table."""

from functools import lru_cache
from itertools import pairwise
from math import log

import numpy as np

from tenlines.explain.questions.said import Paragraphs, rough, value
from tenlines.explain.questions.scene import Scene, started
from tenlines.training.answers import read
from tenlines.training.network import sum_for

LONGER = 10_000  # iterations
MOST_WORK = 4_000_000  # products of a row and a weight: about 20 ms
NEARLY = 0.999999
SMALLEST = -700.0  # e to a power below it is no double


def why_not_one(scene: Scene) -> Paragraphs:
    low, high = scene.activation.reach
    is_high = scene.answer >= (low + high) / 2
    end = value(high if is_high else low)
    if scene.activation.power:
        made = (
            f"It is a share: e to the power of its sum, {rough(scene.sum)}, divided by the same of all outputs "
            "together. The others keep a little of the 1, however small their sums are."
        )
    else:
        made = (
            f"It is the {scene.problem.network.output} of {rough(scene.sum)}, the sum that the weights make of the "
            f"row. The curve squeezes every sum to between {value(low)} and {value(high)}: a "
            f"{'larger' if is_high else 'smaller'} sum comes nearer to {end}, none reaches it."
        )
    if scene.loss.is_at_sum:
        slow = "The nearer the answers are to their targets, the less each pass changes: the last bit is slow."
    elif not is_near(scene):
        slow = (
            f"It is near neither {value(low)} nor {value(high)}: the sum is too near 0 for that. The weights have not "
            "made this answer a sure one, or have found nothing that would."
        )
    else:
        slope = float(scene.slopes(scene.row)[scene.output])
        steepest = float(scene.activation.backward(np, 1.0, np.array((low + high) / 2)))
        most = (
            "the most that it has" if rough(slope) == rough(steepest) else f"and {rough(steepest)} where it is steepest"
        )
        is_scaled = bool(scene.optimizer.powers)  # so that small steps become larger ones
        last = f"though {scene.optimizer.title} makes up for some of that" if is_scaled else "so the last bit is slow"
        slow = (
            f"The nearer to {end}, the flatter the curve: its slope is {rough(slope)} here, {most}. A row pushes the "
            f"weights by its error times this slope, {last}."
        )
    more = longer(scene.text, scene.iteration, scene.state)
    if more is not None:
        then = value(float(more[scene.row, scene.output]))
        does = f"would leave it at {then}" if then == value(scene.answer) else f"would bring it to {then}"
        slow += f" {LONGER:,} more iterations {does}."
    return [f"Row {scene.row + 1}’s answer for {scene.name} is {value(scene.answer)}. {made}", slow]


def is_near(scene: Scene) -> bool:
    """Whether the answer is in the outer fifths of what its curve reaches."""
    low, high = scene.activation.reach
    return min(scene.answer - low, high - scene.answer) <= (high - low) / 5


@lru_cache(maxsize=4)
def longer(text: str, iteration: int, state: bytes) -> np.ndarray | None:
    """The outputs after many more iterations; None where that takes long, or ends in numbers too large."""
    problem = read(text)
    sizes = problem.sizes()
    weights = sum(fan_in * fan_out for fan_in, fan_out in pairwise(sizes))
    if problem.is_batched or LONGER * len(problem.table.rows) * weights > MOST_WORK:
        return None
    engine, is_compiled = started(problem)
    if not is_compiled:
        return None
    engine.restore((iteration, state))
    engine.advance(LONGER)
    frame = engine.frame()
    return np.array(frame.outputs.tolist()) if frame.is_all_finite else None


def why_never_one(scene: Scene) -> Paragraphs:
    z, name = scene.sum, scene.problem.network.output
    if scene.activation.power:
        others = np.delete(scene.sums(scene.row)[-1], scene.output)
        most = float(others.max())
        together = most + log(float(np.exp(others - most).sum()))
        needed = together + log(NEARLY / (1 - NEARLY))
        why = (
            "An answer is e to the power of its sum, divided by the same of all outputs together. e to any power is "
            "above 0, so the others always have a share, and none has all of the 1."
        )
    elif name == "sigmoid":
        needed = log(NEARLY / (1 - NEARLY))
        why = (
            "The answer is 1 / (1 + e^−sum). e to any power is above 0, so 1 is divided by more than 1, and the "
            "answer is less than 1, be it ever so little."
        )
    else:
        needed = sum_for(scene.activation, NEARLY)
        low, high = map(value, scene.activation.reach)
        why = f"The curve of {name} comes nearer and nearer to {low} and {high} and touches neither."
    here = f"Row {scene.row + 1}’s sum for {scene.name} is {rough(z)}, its answer {value(scene.answer)}."
    if name == "sigmoid" and z > SMALLEST:
        power = float(np.exp(-z))
        here = (
            f"Row {scene.row + 1}’s sum is {rough(z)}: e^−sum is {rough(power)}, and 1 / (1 + {rough(power)}) is "
            f"{value(scene.answer)}."
        )
    needs = f"For {NEARLY} the sum would have to be {rough(needed)}."
    is_rounded = scene.answer in scene.activation.reach
    rounds = "A computer keeps about 16 digits; what is nearer to the end than that, it rounds to the end itself."
    return [why, " ".join([here, needs, *([rounds] if is_rounded else [])])]


def how_sure(scene: Scene) -> Paragraphs:
    known, name = scene.known, scene.name
    row = f"Row {scene.row + 1}’s answer for {name} is {value(scene.answer)}"
    if not known:
        return [f"{row}. No cell of {name} is known to the training, so nothing holds this answer to the truth."]
    target = scene.targets(scene.row)[scene.output]
    if scene.blame(scene.row, scene.output):
        new = "The network was trained on this very cell: to be near its target proves little."
    elif target is not None and scene.held_out[scene.row]:
        new = f"This cell is held out: it is not trained on, and its target is {value(target)}."
    elif (same := scene.alike(scene.row)) is not None:
        new = f"This cell is not trained on, but row {same + 1}, which is, has the same inputs: so it has that answer."
    else:
        new = "This cell is not trained on: whether it follows the rule of the others, nobody has checked."
    if not scene.is_binary:
        return [
            f"{row}. That is a number, not a yes or no, and nothing in it says how sure it is.",
            f"Now {scene.good}. {new}",
        ]
    means = (
        "it says how large this sum is beside those of the other outputs"
        if scene.activation.power
        else f"it says how far the row’s sum, {rough(scene.sum)}, is from where the answer is 0.5"
    )
    word = scene.word
    called = {
        "": "",
        "likely 1": " From 0.9 on it is called “likely 1”, unless other random starts say otherwise.",
        "likely 0": " Up to 0.1 it is called “likely 0”, unless other random starts say otherwise.",
        "not sure": " From 0.4 to 0.6 it is called “not sure”.",
        "leans to 1": " From above 0.6 to 0.9 the page says “leans to 1”.",
        "leans to 0": " From 0.1 to below 0.4 the page says “leans to 0”.",
    }.get(word, f" The page says “{word}”: as long as that is so, no answer is worth a word.")
    start = "Another random start can answer otherwise: that is what the other starts are tried for."
    return [
        f"{row}. That is not a probability that anyone has checked: {means}.{called}",
        f"Now {scene.good}. {new} {start}",
    ]
