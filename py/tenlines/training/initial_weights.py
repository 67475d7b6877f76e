"""The random start of a network: the numbers that numpy.random.seed and numpy.random.random give, without NumPy.

Both NumPy's legacy generator and Python's are the Mersenne Twister MT19937 and make a double of 53 bits in the same
way; only seeding differs. So Python's is put into the state that numpy.random.seed(seed) would reach.
"""

import math
from array import array
from functools import lru_cache
from itertools import pairwise
from math import inf, nextafter
from random import Random

from tenlines.methods.starts import STARTS, Start

WORDS = 624  # of MT19937's state


def generator(seed: int) -> Random:
    """The stream of numpy.random.seed(seed), 0 <= seed < 2**32."""
    random = Random(0)
    random.setstate((3, (*seeded_state(seed), WORDS), None))
    return random


@lru_cache(maxsize=16)  # an edit keeps the seed
def seeded_state(seed: int) -> tuple[int, ...]:
    """MT19937's words after seeding, as in init_genrand of Matsumoto & Nishimura's mt19937ar.c (2002)."""
    words = [seed]
    for place in range(1, WORDS):
        words.append((1812433253 * (words[-1] ^ words[-1] >> 30) + place) % 2**32)
    return tuple(words)


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
