"""The numbers that numpy.random.seed, random and permutation give, without NumPy.

Both NumPy's legacy generator and Python's are the Mersenne Twister MT19937 and make a double of 53 bits in the same
way; only seeding differs. So Python's is put into the state that numpy.random.seed(seed) would reach.
"""

from functools import lru_cache
from random import Random

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


@lru_cache(maxsize=4)  # asked for again and again of the same table
def permutation(seed: int, count: int) -> tuple[int, ...]:
    """numpy.random.permutation(count) after numpy.random.seed(seed): Fisher & Yates's shuffle from the end.

    The other place is a word of the generator, cut to as many bits as are needed, until one is small enough.
    """
    draw = generator(seed).getrandbits
    order = list(range(count))
    for last in range(count - 1, 0, -1):
        mask = (1 << last.bit_length()) - 1
        other = draw(32) & mask
        while other > last:
            other = draw(32) & mask
        order[last], order[other] = order[other], order[last]
    return tuple(order)
