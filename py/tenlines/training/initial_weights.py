"""The random start of a network: the numbers that numpy.random.seed and numpy.random.random give, without NumPy."""

import math
from array import array
from itertools import pairwise
from math import inf, nextafter

from tenlines.methods.starts import STARTS, Start
from tenlines.randomness import generator


def initial_parameters(
    sizes: list[int], bias: bool, seed: int, nudged: bool = False, start: Start = STARTS["post"]
) -> array:
    """All weights and biases as the post starts them: layer after layer, weights row by row, then the bias.

    numpy.random.seed(seed), then for each layer in order 2*random.random((fan_in, fan_out)) - 1, in [-1, 1), times the
    scale of the start. Biases start at 0 and draw nothing. Nudged, each weight is one ulp larger: how far a run is
    moved by that tells what rounding can do to it.
    """
    draw = generator(seed).random
    parameters = array("d")
    for fan_in, fan_out in pairwise(sizes):
        scale = start.scale(math, fan_in, fan_out) if start.scale else 1
        weights = ((2 * draw() - 1) * scale for _ in range(fan_in * fan_out))
        parameters.extend((nextafter(weight, inf) for weight in weights) if nudged else weights)
        parameters.extend([0.0] * (fan_out if bias else 0))
    return parameters
