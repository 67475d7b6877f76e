"""The functions that formulas need (methods/formula.py), compiled for two rows at once."""

from math import inf, log
from typing import TypeVar

from tenlines.training.kernel.exponential import exp_parts
from tenlines.training.kernel.expressions import F64Value, Mask, Vector, constant
from tenlines.training.kernel.wasm import Function

LARGEST = 708.0  # exp of it, and of its negative, is a normal number
SIGN = -0.0
# ln(1 + t) = 2·artanh(s) = 2·(s + s³/3 + s⁵/5 + …), with s = t / (2 + t). For t ≤ 1 the first term that is left out is
# below 2^-57.
LOGARITHM_TERMS = 17

Number = TypeVar("Number", F64Value, Vector)


class Functions:
    """Each takes expressions and gives one; what is used more than once is first put into a local of the function."""

    def __init__(self, function: Function, exp_table: int) -> None:
        self.f, self.exp_table = function, exp_table

    def exp(self, power: Vector) -> Vector:
        """Infinite above LARGEST; below -LARGEST as at -LARGEST, and so never a slow subnormal number."""
        x = self.f.let(power)
        scale, part = exp_parts(self.f, self.f.let(x.at_most(LARGEST).at_least(-LARGEST)), self.exp_table)
        return scale + scale * part + (x > LARGEST) * inf

    def tanh(self, z: Vector) -> Vector:
        """h / (1 + h) with h = (exp(2|z|) - 1) / 2, which stays exact near 0; then the sign of z.

        With c the smaller of h and 1 that is c - c²/(1 + h), whose quotient, and its rounding, is small where z is
        small or large.
        """
        f = self.f
        size = f.let(abs(z))
        scale, part = exp_parts(f, f.let((size + size).at_most(LARGEST)), self.exp_table, power=-1)
        h = f.let(scale - 0.5 + scale * part)
        c = f.let(h.at_most(1.0))
        return (c - c * c / (h + 1.0)) | (z & constant(SIGN))

    def sqrt(self, number: Number) -> Number:
        return number.sqrt()

    def sign(self, number: Number) -> Number:
        return number.sign()

    def powers(self, numbers: tuple[float, ...], exponent: Vector) -> list[Vector]:
        """Each number, which is above 0, to this power, in a local."""
        return [self.f.let(self.exp(exponent * log(number))) for number in numbers]

    def maximum(self, one: Vector | float, other: Vector) -> Vector:
        return one.at_least(other) if isinstance(one, Vector) else other.at_least(one)

    def where(self, mask: Mask, one: float, other: float) -> Vector:
        return (constant(one) & mask) | constant(other).and_not(mask)

    def logaddexp(self, zero: int, z: Vector) -> Vector:
        """ln(e^0 + e^z) = max(0, z) + ln(1 + e^-|z|)."""
        assert zero == 0, "the only case that a formula needs"
        f = self.f
        t = f.let(self.exp(-abs(z)))
        s = f.let(t / (t + 2.0))
        square = f.let(s * s)
        series = constant(2 / (2 * LOGARITHM_TERMS - 1))
        for term in reversed(range(1, LOGARITHM_TERMS)):
            series = series * square + 2 / (2 * term - 1)
        return z.at_least(0.0) + series * s
