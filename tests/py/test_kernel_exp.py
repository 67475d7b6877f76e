"""The kernel's exp, sigmoid and tanh against arithmetic of fifty digits and more."""

import math
import random
import struct
from decimal import Decimal, localcontext
from itertools import pairwise

import numpy as np
import pytest

from tenlines.methods.activations import ACTIVATIONS
from tenlines.training.kernel.exponential import LN2_HIGH, LN2_LOW, N, exp_parts, table
from tenlines.training.kernel.expressions import load
from tenlines.training.kernel.functions import LARGEST, Functions
from tenlines.training.kernel.host import instantiate
from tenlines.training.kernel.wasm import Function, module

IN, OUT, ROOM = 1 << 16, 1 << 20, 50_000  # addresses, and the numbers that fit between them
TINY = [5e-324, 1e-310, 2.2250738585072014e-308, 1e-300, 1e-160, 1e-20, 1e-17, 2**-54, 2**-53, 2**-30, 1e-8, 1e-4]


def exp(f, x, table_at):
    scale, part = exp_parts(f, x, table_at)
    return scale + scale * part


def forward_of(name):
    return lambda f, z, table_at: ACTIVATIONS[name].forward(Functions(f, table_at), z)


def mapped(function):
    """A Python function that maps an array through two-row code (f, x, address of exp's table) -> value."""
    f = Function(parameters=1)
    with f.loop(0, f.parameter(0), 16) as at:
        f.store(at, OUT, function(f, f.let(load(at, IN)), 0))
    instance = instantiate(module([f], {"map": 0}, 24, {0: table()}))

    def apply(values):
        values = np.asarray(values, dtype=np.float64)
        padded = np.append(values, [0.0] * (2 - len(values) % 2))
        assert len(padded) <= ROOM
        instance.write(IN, padded.tobytes())
        instance.call("map", 8 * len(padded))
        return instance.read(OUT, len(values)).tolist()

    return apply


def ulps(found, exact):
    """The distance of a double from a Decimal, in units of the last place there."""
    if exact == 0:
        return 0.0 if found == 0 else math.inf
    return float(abs(Decimal(found) - exact) / Decimal(math.ulp(float(exact))))


def worst(values, found, oracle):
    with localcontext() as context:
        context.prec = 60
        context.Emin, context.Emax = -9999, 9999
        return max((ulps(y, oracle(Decimal(x))), x) for x, y in zip(values, found, strict=True))


def boundaries(largest):
    """Where k steps from one table entry, or one power of two, to the next, from both sides; and k's own points."""
    steps = [*range(0, 70), *random.Random(1).sample(range(int(largest * N / math.log(2))), 150)]
    turns = [(k + half) * math.log(2) / N for k in steps for half in (0, 0.5)]
    near = [near for turn in turns for near in (turn, math.nextafter(turn, 0), math.nextafter(turn, math.inf))]
    return [sign * x for x in near for sign in (1, -1) if x <= largest]


def drawn(largest, count, seed=0):
    draw = random.Random(seed)
    return [
        *(draw.uniform(-largest, largest) for _ in range(count)),
        *(draw.uniform(-2, 2) for _ in range(count)),
        *(draw.choice([-1, 1]) * 10 ** draw.uniform(-20, 0) for _ in range(count)),
        *(sign * x for x in TINY for sign in (1, -1)),
        *[0.0, -0.0, 1.0, -1.0, largest, -largest],
    ]


def test_exp_is_within_0_52_ulp_from_minus_700_to_708():
    values = [x for x in [*drawn(LARGEST, 4_000), *boundaries(LARGEST)] if x >= -700]
    found, at = worst(values, mapped(exp)(values), lambda x: x.exp())
    assert found < 0.52, at


def test_exp_is_within_0_8_ulp_where_a_part_of_it_is_subnormal():
    draw = random.Random(2)
    values = [-708.0, *(draw.uniform(-708, -700) for _ in range(3_000))]
    found, at = worst(values, mapped(exp)(values), lambda x: x.exp())
    assert found < 0.8, at


def test_exp_of_0_and_of_next_to_nothing_is_1_and_nan_stays_nan():
    assert mapped(exp)([0.0, -0.0, 5e-324, -5e-324, 1e-17, -1e-17]) == [1.0] * 6
    assert all(map(math.isnan, mapped(exp)([math.nan, -math.nan, math.nan])))


def test_exp_of_one_row_does_not_depend_on_its_neighbour_or_its_place():
    values = drawn(LARGEST, 200)
    once = mapped(exp)(values)
    assert mapped(exp)([0.5, *values])[1:] == once
    assert mapped(exp)([number for value in values for number in (value, math.nan)])[::2] == once


def test_the_table_is_2_to_the_j_over_n_as_near_as_a_double_can_be_and_its_tail_is_what_is_missing():
    entries = list(struct.iter_unpack("<dQ", table()))
    assert len(entries) == N
    with localcontext() as context:
        context.prec = 60
        for j, (tail, stored) in enumerate(entries):
            exact = Decimal(2) ** (Decimal(j) / N)
            bits = (stored + (j << 52) // N) % 2**64
            (entry,) = struct.unpack("<d", struct.pack("<Q", bits))
            assert entry == float(exact), j
            missing = (exact - Decimal(entry)) / Decimal(entry)
            assert abs(Decimal(tail) - missing) <= Decimal(2) ** -90, j
    assert entries[0][0] == 0.0, "exp(0) must be 1 and tanh exact near 0"


def test_k_times_the_high_part_of_ln_2_is_exact_and_both_parts_together_are_ln_2():
    largest = round(LARGEST * N / math.log(2)) + 1
    numerator, denominator = LN2_HIGH.as_integer_ratio()
    assert numerator.bit_length() + largest.bit_length() <= 53
    assert denominator & (denominator - 1) == 0
    with localcontext() as context:
        context.prec = 60
        missing = Decimal(2).ln() / N - Decimal(LN2_HIGH) - Decimal(LN2_LOW)
        assert abs(missing) * largest < Decimal(2) ** -70


sigmoid, tanh = (mapped(forward_of(name)) for name in ("sigmoid", "tanh"))


def exact_tanh(x):
    if abs(x) < Decimal("1e-12"):
        return x - x**3 / 3 + 2 * x**5 / 15  # the next term is 1e-85 of it
    e = (-2 * abs(x)).exp()
    return ((1 - e) / (1 + e)).copy_sign(x)


def test_sigmoid_is_within_2_6_ulp():
    values = [*drawn(40, 5_000), *drawn(LARGEST, 300, seed=1), *boundaries(LARGEST)]
    found, at = worst(values, sigmoid(values), lambda x: 1 / (1 + (-x).exp()))
    assert found < 2.6, at


@pytest.mark.parametrize(
    ("least", "most", "bound"),
    [(0, 0.005, 2.75), (0.005, 0.55, 1.8), (0.55, 1, 1.55), (1, 2, 1.0), (2, 25, 0.57)],
)
def test_tanh_is_within_so_many_ulps(least, most, bound):
    draw = random.Random(3)
    usual = [*drawn(25, 1_000), *drawn(1, 1_000, seed=1), *(x / 2 for x in boundaries(44))]
    values = [draw.choice([-1, 1]) * draw.uniform(least, most) for _ in range(3_000)]
    values += [x for x in usual if least <= abs(x) <= most]
    found, at = worst(values, tanh(values), exact_tanh)
    assert found < bound, at


def test_sigmoid_and_tanh_end_at_0_and_1():
    assert sigmoid([1000, 709, 708, math.inf, 1e308]) == [1.0] * 5
    assert sigmoid([-1000, -math.inf, -1e308, -745.2]) == [0.0] * 4
    assert all(0 <= y < 1e-307 for y in sigmoid([-708.1, -708.39, -708.4, -709, -710, -745]))
    assert tanh([1000, 22, 20, math.inf, 1e308]) == [1.0] * 5
    assert tanh([-1000, -22, -20, -math.inf, -1e308]) == [-1.0] * 5


def test_sigmoid_and_tanh_of_nan_are_nan():
    assert all(map(math.isnan, sigmoid([math.nan, -math.nan, math.nan])))
    assert all(map(math.isnan, tanh([math.nan, -math.nan, math.nan])))


def test_sigmoid_is_one_half_at_0_and_turns_about_it():
    assert sigmoid([0.0, -0.0, 5e-324, -5e-324, 1e-310, 1e-17]) == [0.5] * 6
    values = drawn(40, 500)
    opposite = sigmoid([-x for x in values])
    assert [y + other for y, other in zip(sigmoid(values), opposite, strict=True)] == pytest.approx([1] * len(values))


def test_tanh_has_the_sign_of_its_argument_and_is_the_same_on_both_sides():
    values = [x for x in drawn(25, 1_000) if x]
    assert tanh([-x for x in values]) == [-y for y in tanh(values)]
    assert all((y > 0) == (x > 0) for x, y in zip(values, tanh(values), strict=True))


def test_tanh_of_next_to_nothing_is_its_argument():
    values = [sign * x for x in TINY[:8] for sign in (1, -1)]
    assert tanh(values) == values


def test_tanh_of_0_keeps_its_sign():
    assert [math.copysign(1, y) for y in tanh([0.0, -0.0])] == [1, -1]


@pytest.mark.parametrize("name", ["sigmoid", "tanh"])
def test_a_larger_z_never_gives_a_clearly_smaller_output(name):
    function = {"sigmoid": sigmoid, "tanh": tanh}[name]
    values = sorted(drawn(30, 3_000) + boundaries(30))
    outputs = function(values)
    assert all(b >= a - 4 * math.ulp(a) for a, b in pairwise(outputs))


def test_relu_and_linear_are_exact_and_keep_nan():
    values = [0.0, 1.5, -1.5, 5e-324, -5e-324, math.inf, 1e308, -1e308]
    relu, linear = (mapped(forward_of(name)) for name in ("relu", "linear"))
    assert relu(values) == [max(x, 0.0) for x in values]
    assert relu([-math.inf]) == [0.0]
    assert linear(values) == values
    assert math.isnan(relu([math.nan])[0])
    assert math.isnan(linear([math.nan])[0])
