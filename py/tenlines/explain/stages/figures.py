"""The sums of a stage worked out, with the numbers in them, as people write them."""

import re
from collections.abc import Iterable, Sequence

from tenlines.data.numbers import format_number
from tenlines.explain.spoken import PEOPLE, Spoken
from tenlines.methods.activations import Activation
from tenlines.methods.formula import ATOM, PRODUCT, SUM, Text
from tenlines.methods.losses import Loss
from tenlines.methods.optimizers import Kept
from tenlines.trace.format import decimals_of, in_digits, number

DECIMALS, MOST_DECIMALS = 3, 5
NEAR_ONE = 0.999  # from where on an answer has all these decimals, as in the table
MOST_SHOWN, LARGE = 8, 1e6  # decimals of a weight that changes little; what is larger has a power of ten
LEAST, LEAST_OF_NUMBER = 1e-6, 1e-4  # what is smaller has a power of ten: here, and where `number` writes it
OUTPUT = Spoken("output")
SAME = re.compile(r"(.*) = \1")
ONE = re.compile(r"−?1\.0+")


def spoken(value: float) -> Spoken:
    """A number in a formula. One below 0 stands in brackets behind any sign."""
    return Spoken(figure(value), SUM if value < 0 else ATOM)


def figure(value: float) -> str:
    if LEAST <= abs(value) < LEAST_OF_NUMBER:  # which has a power of ten for these
        return in_digits(value, DECIMALS)
    return number(float(value), DECIMALS)


def output_figure(value: float) -> str:
    """What a unit says. What is not 1 or −1 is not rounded to that: an answer is never quite sure."""
    for decimals in range(MOST_DECIMALS if NEAR_ONE <= abs(value) < 1 else DECIMALS, MOST_DECIMALS + 1):
        text = number(float(value), decimals) if abs(value) >= LEAST_OF_NUMBER else figure(value)
        if abs(value) == 1 or not ONE.fullmatch(text):
            return text
    if value < 0:
        return "> −1" if value > -1 else "< −1"
    return "> 0.99999" if value < 1 else "< 1.00001"


def products(pairs: Iterable[tuple[float, float]]) -> str:
    """0·−0.0035 + 1·0.0067"""
    return " + ".join(f"{figure(one)}·{figure(other)}" for one, other in pairs)


def sum_of(pairs: Sequence[tuple[float, float]], bias: float | None, result: float) -> str:
    also = "" if bias is None else f" {'−' if bias < 0 else '+'} {figure(abs(bias))}"
    return f"{products(pairs)}{also} = {figure(result)}"


def squeezed(activation: Activation, z: float, row: Sequence[float], result: float) -> str:
    """row: the sums of all units of the layer."""
    if not activation.power:
        return f"{activation.forward(PEOPLE, spoken(z))} = {output_figure(result)}"
    largest = spoken(max(row))
    power = activation.power(PEOPLE, spoken(z), largest)
    powers = " + ".join(str(activation.power(PEOPLE, spoken(each), largest)) for each in row)
    return f"{power} / ({powers}) = {output_figure(result)}"


def missed(target: float, output: float, result: float) -> str:
    return f"{spoken(target) - spoken(output)} = {figure(result)}"


def slope(activation: Activation, output: float, result: float) -> str:
    of = Spoken(output_figure(output), SUM if output < 0 else ATOM)
    return f"{slope_text(activation, of)} = {figure(result)}"


def slope_text(activation: Activation, output: Text) -> str:
    """d output / dz, made from the output: what the derivative makes of an error of 1."""
    return unwrapped(str(activation.backward(PEOPLE, Spoken("1"), output)).removeprefix("1 · "))


def unwrapped(text: str) -> str:
    """Without brackets around the whole of it."""
    is_wrapped = text.startswith("(") and text.endswith(")") and is_closed(text[1:-1])
    return text[1:-1] if is_wrapped else text


def is_closed(text: str) -> bool:
    """Whether no bracket closes before it was opened."""
    depth = 0
    for character in text:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return False
    return depth == 0


def shared(loss: Loss, error: float, count: float, result: float) -> str:
    return f"{loss.error(PEOPLE, spoken(error), spoken(count))} = {figure(result)}"


def blamed(error: float, slope: float, result: float) -> str:
    return f"{spoken(error) * spoken(slope)} = {figure(result)}"


def adjusted(before: float, rate: float, step: float, change: float, after: float) -> str:
    """old + change = new, with as many decimals as show the change; that as the learning rate times the step."""
    times = spoken(step) if rate == 1 else Spoken(format_number(rate)) * spoken(step)
    decimals = DECIMALS
    if 0 < abs(change) < 1 and max(abs(before), abs(after)) < LARGE:
        decimals = min(MOST_SHOWN, max(DECIMALS, decimals_of(change)))
    old, new = (
        f"{value:.{decimals}f}".replace("-", "−") if abs(value) < LARGE else figure(value) for value in (before, after)
    )
    return f"{old} + {times.held(PRODUCT) if step >= 0 or rate != 1 else times.held(ATOM)} = {new}"


def pulled(total: float, pull: float) -> str:
    """With what a penalty pulls."""
    return f"{spoken(total) + spoken(pull)} = {figure(total + pull)}"


def kept(number: Kept, descent: float, before: float, now: float) -> str:
    """What an optimizer keeps, from what it kept before this update."""
    return f"{number.update(PEOPLE, spoken(descent), spoken(before))} = {figure(now)}"


def said(worked: str) -> str:
    """What is worked out, where there is something to work out and it is made of numbers."""
    if "nan" in worked or "∞" in worked:
        return "Too large to compute with."
    return "; ".join(part for part in worked.split("; ") if not SAME.fullmatch(part))
