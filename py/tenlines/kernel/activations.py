"""Each activation with the step of the chain rule through it, as network.py has them, for two rows at once."""

from collections.abc import Callable
from typing import NamedTuple

from tenlines.kernel.exponential import exp_parts
from tenlines.kernel.expressions import Vector, constant
from tenlines.kernel.wasm import Function

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
    """(1 - e) / (1 + e) with e = exp(-2|z|), from e - 1, which stays exact near 0; then the sign of z."""
    scale, part = exp_parts(f, f.let((abs(z) * -2.0).at_least(-44.0)), table_at)
    less_one = f.let(scale - 1.0 + scale * part)
    return abs(less_one / (less_one + 2.0)) | (z & constant(SIGN))


ACTIVATIONS = {
    "sigmoid": Activation(sigmoid, lambda error, output: error * output * (1.0 - output)),
    "tanh": Activation(tanh, lambda error, output: error * (1.0 - output * output)),
    "relu": Activation(lambda f, z, table_at: z.at_least(0.0), lambda error, output: error & (output > 0.0)),
    "linear": Activation(lambda f, z, table_at: z, lambda error, output: error),
}
