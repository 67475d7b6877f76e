"""What each stage of a pass does, and why, in a learner's words."""

from math import isfinite
from typing import NamedTuple

from tenlines.data.numbers import format_number
from tenlines.explain.stages.titles import TITLES, title_of
from tenlines.methods.activations import Activation
from tenlines.methods.losses import Loss
from tenlines.methods.optimizers import Kept, Optimizer
from tenlines.methods.penalties import PENALTIES


class Words(NamedTuple):
    title: str
    what: str
    why: str


HAND_BACK = Words(
    TITLES["hand back"],
    "Each unit’s share of what is wrong above it: the blame of the units that it leads to, times the weights between.",
    "No table says what a hidden unit should say. One that pushed hard towards a wrong answer gets a large share.",
)


def batch(rows: str, number: int, batches: int) -> Words:
    return Words(
        TITLES["batch"],
        f"This update learns from {rows} only: batch {number:,} of {batches:,} in this pass.",
        "So the weights are adjusted several times in each pass, each time by a few rows.",
    )


def multiply_and_add(is_first: bool, is_last: bool, bias: bool, output: Activation) -> Words:
    comes_in = "input" if is_first else "unit of the layer before"
    also = ", plus the bias" if bias else ""
    why = "A weight says how much what comes in counts, and in which direction: the sum is what all of it comes to."
    if is_last and is_s_shaped(output):
        why = "The sum says how strongly the row pushes: above 0 towards 1, below 0 towards 0."
    return Words(TITLES["sum"], f"Each {comes_in} times its weight, added up{also}: one sum for each row.", why)


def is_s_shaped(activation: Activation) -> bool:
    return activation.reach == (0, 1) and activation.power is None


def squeeze(activation: Activation) -> Words:
    low, high = activation.reach
    if activation.power:
        return Words(
            TITLES["squeeze"],
            "e to the power of each sum, divided by all of them in its row: shares that add up to 1.",
            "So the outputs of a row can be compared: the largest share is the answer.",
        )
    if isfinite(low) and isfinite(high):
        return Words(
            TITLES["squeeze"],
            f"{activation.title} turns each sum, of any size, into a number between {spoken(low)} and {spoken(high)}.",
            f"A sum of 0 gives {'0.5, not sure' if low == 0 else '0'}; the further the sum is from 0, the surer it is.",
        )
    if activation.effect:
        return Words(
            TITLES["squeeze"],
            f"{activation.title} takes each sum{activation.effect}.",
            "The bend is what lets several layers say more than one layer can.",
        )
    return Words(
        TITLES["squeeze"],
        "The sum itself is what comes out.",
        "A linear output can be any number, which suits amounts and prices.",
    )


def spoken(number: float) -> str:
    return f"{number:g}".replace("-", "−")


COMPARE = Words(
    TITLES["compare"],
    "What the table says minus what the network says.",
    "Above 0 the answer is too small, below 0 too large: this is the way that each row has to go.",
)


def slope(activation: Activation, formula: str, steepest: tuple[float, float] | None) -> Words:
    """formula: of the slope. steepest: the largest, and the output where it is; None where there is no such place."""
    if not activation.flat:
        return Words(
            TITLES["slope"],
            "How much what comes out changes when its sum is nudged: by as much, so the slope is 1.",
            "A straight line is as steep everywhere, so every error counts in full.",
        )
    where = f" It is largest, {spoken(steepest[0])}, where the output is {spoken(steepest[1])}." if steepest else ""
    what = f"How much what comes out changes when its sum is nudged: that works out to {formula}.{where}"
    return Words(TITLES["slope"], what, activation.flat.strip())


def share_out(loss: Loss) -> Words:
    what = "The error times 2, divided by the number of known answers."
    return Words(TITLES["share"], what, loss.about.strip())


def blame(loss: Loss, is_last: bool, is_learned: bool) -> Words:
    """is_learned: whether all answers are sure, and right."""
    if is_last and loss.is_at_sum:
        return Words(
            TITLES["blame"],
            "The error itself, divided by how many there are: how far each sum should move.",
            f"With {loss.title.lower()} the slope cancels out, so that a sure answer that is wrong moves, too.",
        )
    return Words(
        TITLES["blame"],
        f"{'Error' if is_last else 'Share of what is wrong'} times slope: how far each sum should move, up or down.",
        "Here all answers are sure and right: there is little left to learn."
        if is_learned
        else "Where the curve is flat the answer is sure and the blame small: sure answers move little.",
    )


def why_turned(is_first: bool) -> str:
    """is_first: whether what comes in are the inputs, which often are 0."""
    why = ".T turns the table of what came in on its side: so the sum goes over the rows, weight by weight."
    return why + (" A row that had 0 there has no part in it." if is_first else "")


def add_up(penalties: list[str], is_first: bool) -> Words:
    pull = "".join(PENALTIES[name].about for name in penalties)
    what = f"For each weight: what came in through it times the blame, added up over the rows.{pull}"
    return Words(TITLES["descent"], what, why_turned(is_first))


def keep(name: str, kept: Kept) -> Words:
    return Words(title_of(name), kept.about, kept.why)


def adjust(optimizer: Optimizer, is_plain: bool, is_first: bool, rate: float) -> Words:
    """is_plain: whether weights move by what was added up over the rows."""
    if is_plain:
        what = "Each weight moves by what came in through it times the blame, added up over the rows."
        return Words(TITLES["adjust"], what, why_turned(is_first))
    by = optimizer.about.format(**{name: name for name in optimizer.kept}) or "what was added up."
    return Words(
        TITLES["adjust"],
        f"Each weight moves by {by}",
        f"The learning rate, {format_number(rate)}, says how much of that is taken: how large the step is.",
    )
