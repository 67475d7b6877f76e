"""Each activation with the step of the chain rule through it, as network.py has them, for two rows at once."""

from collections.abc import Callable
from typing import NamedTuple

from tenlines.training.kernel.exponential import exp_parts
from tenlines.training.kernel.expressions import Vector, constant
from tenlines.training.kernel.wasm import Function

LARGEST = 708.0  # exp of it, and of its negative, is a normal number
SIGN = -0.0


class Activation(NamedTuple):
    forward: Callable[[Function, Vector, int], Vector]  # z, address of exp's table -> output
    backward: Callable[[Vector, Vector], Vector]  # error at the output, output -> error at z


def sigmoid(f: Function, z: Vector, table_at: int) -> Vector:
    x = f.let(-z)
    scale, part = exp_parts(f, f.let(x.at_most(LARGEST).at_least(-LARGEST)), table_at)
    return (1.0 / (scale + scale * part + 1.0)).and_not(x > LARGEST)  # 0 there, and never a slow subnormal number


def tanh(f: Function, z: Vector, table_at: int) -> Vector:
    """h / (1 + h) with h = (exp(2|z|) - 1) / 2, which stays exact near 0; then the sign of z.

    With c the smaller of h and 1 that is c - c²/(1 + h), whose quotient, and its rounding, is small where z is small or
    large.
    """
    size = f.let(abs(z))
    scale, part = exp_parts(f, f.let((size + size).at_most(LARGEST)), table_at, power=-1)
    h = f.let(scale - 0.5 + scale * part)
    c = f.let(h.at_most(1.0))
    return (c - c * c / (h + 1.0)) | (z & constant(SIGN))


ACTIVATIONS = {
    "sigmoid": Activation(sigmoid, lambda error, output: error * output * (1.0 - output)),
    "tanh": Activation(tanh, lambda error, output: error * (1.0 - output * output)),
    "relu": Activation(lambda f, z, table_at: z.at_least(0.0), lambda error, output: error & (output > 0.0)),
    "linear": Activation(lambda f, z, table_at: z, lambda error, output: error),
}
