"""exp in double precision, for two rows at once.

exp(x) = 2^(k/N) · exp(r), with k = round(x·N/ln 2) and |r| ≤ ln 2 / 2N. 2^(k/N) is a table entry whose exponent is
raised by adding k's high bits, exp(r) a polynomial; the entry's own rounding error, kept as its tail, goes into the
polynomial. With N = 128 five terms are enough: the sixth is below 2^-60. The method is Tang's ("Table-driven
implementation of the exponential function", ACM TOMS 1989), in the arrangement of Arm's Optimized Routines.
"""

import struct
from math import isqrt

from tenlines.training.kernel.expressions import Vector, load
from tenlines.training.kernel.wasm import Function

BITS = 7
N = 1 << BITS
PRECISION = 160  # bits, while the table is computed

N_OVER_LN2 = float.fromhex("0x1.71547652b82fep0") * N
LN2_HIGH = float.fromhex("0x1.62e42fefa0000p-1") / N  # few enough bits that k times it is exact
LN2_LOW = float.fromhex("0x1.cf79abc9e3b39p-40") / N
ROUNDER = 1.5 * 2**52  # added and taken away again, it rounds; in between the low bits are k


def table() -> bytes:
    """For each j the tail and the bits of 2^(j/N), less what adding k's bits puts on top. Exact: integers only."""
    one = 1 << PRECISION
    root = 2 * one
    for _ in range(BITS):
        root = isqrt(root << PRECISION)  # 2^(1/2), 2^(1/4), … 2^(1/N)
    power, entries = one, bytearray()
    for j in range(N):
        rounded = (power + (1 << (PRECISION - 53))) >> (PRECISION - 52)
        tail = (power - (rounded << (PRECISION - 52))) / power  # relative to the entry
        (bits,) = struct.unpack("<Q", struct.pack("<d", rounded / 2**52))
        entries += struct.pack("<dQ", tail, (bits - (j << (52 - BITS))) % 2**64)
        power = power * root >> PRECISION
    return bytes(entries)


def exp_parts(f: Function, x: Vector, table_at: int, power: int = 0) -> tuple[Vector, Vector]:
    """(scale, part) with 2^power · exp(x) = scale + scale·part, |x| ≤ 708, where that is normal; nan for nan."""
    rounder = ROUNDER + power * N  # the low bits are k + power·N then
    bits = f.let(x * N_OVER_LN2 + rounder)
    k = f.let(bits - rounder)
    r = f.let(x - k * LN2_HIGH - k * LN2_LOW)
    entries = [f.let(load((bits.low_bits(lane) & (N - 1)) << 4, table_at)) for lane in (0, 1)]
    tail = entries[0].shuffle(entries[1], 0, 2)
    scale = f.let(entries[0].shuffle(entries[1], 1, 3).add_bits(bits.shift_bits(52 - BITS)))
    r2 = f.let(r * r)
    part = tail + r + r2 * (r * (1 / 6) + 1 / 2) + r2 * r2 * (r * (1 / 120) + 1 / 24)
    return scale, f.let(part)
