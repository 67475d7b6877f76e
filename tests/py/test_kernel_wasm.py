"""The bytes: numbers and operators as the specification has them, modules that validate, and code that stays small."""

import math
import struct

import numpy as np
import wasmtime
from hypothesis import given, settings
from hypothesis import strategies as st

from tenlines.training.kernel.expressions import (
    OPCODES,
    SIMD_OPCODES,
    constant,
    f64,
    i32,
    load,
    load_f64,
    load_i32,
    load_splat,
    s32,
    u32,
)  # fmt: skip
from tenlines.training.kernel.host import instantiate
from tenlines.training.kernel.wasm import Function, module

finite = st.floats(allow_nan=False, allow_infinity=False)
ENGINE = wasmtime.Engine()


def leb128(code, signed):
    """(value, bytes read), bit by bit, as the specification defines it."""
    bits = ""
    for count, byte in enumerate(code, start=1):
        bits = f"{byte & 0x7F:07b}" + bits
        if byte < 0x80:
            value = int(bits, 2)
            return value - (1 << len(bits) if signed and bits[0] == "1" else 0), count
    raise ValueError("the last byte says that another follows")


@given(st.integers(0, 2**32 - 1) | st.sampled_from([0, 1, 127, 128, 16383, 16384, 2**31, 2**32 - 1]))
def test_unsigned_numbers_are_read_back_whole(number):
    code = u32(number)
    assert leb128(code + b"\x80\x01", signed=False) == (number, len(code))
    assert len(code) <= 5
    assert len(code) == 1 or code[-1] != 0, "not longer than it must be"


@given(st.integers(-(2**31), 2**31 - 1) | st.sampled_from([0, -1, 63, 64, -64, -65, 8191, -8192, 2**31 - 1, -(2**31)]))
def test_signed_numbers_are_read_back_whole(number):
    code = s32(number)
    assert leb128(code + b"\x80\x01", signed=True) == (number, len(code))
    assert len(code) <= 5
    assert len(code) == 1 or not (code[-1] == 0 and code[-2] < 0xC0), "not longer than it must be"


def run_code(write, data=b""):
    """What code leaves in memory from address 1024 on, as 8 doubles; `data` is put at 0 first."""
    f = Function()
    write(f)
    instance = instantiate(module([f], {"run": 0}, 1, {}))
    instance.write(0, data)
    instance.call("run")
    return instance.read(1024, 8)


def same_bits(found, expected):
    return [struct.pack("<d", x) for x in found] == [struct.pack("<d", x) for x in expected]


@given(finite, finite, finite, finite)
@settings(max_examples=40)
def test_arithmetic_on_two_rows_is_that_of_each(a, b, c, d):
    def write(f):
        x, y = f.let(load(i32(0), 0)), f.let(load(i32(0), 16))
        results = [x + y, x - y, x * y, -x, abs(x), 2.5 - x, x + 1.0, x.shuffle(y, 1, 2)]
        for place, value in enumerate(results):
            f.store(i32(0), 2048 + 16 * place, value)

    f = Function()
    write(f)
    instance = instantiate(module([f], {"run": 0}, 1, {}))
    instance.write(0, struct.pack("<4d", a, b, c, d))
    instance.call("run")
    with np.errstate(all="ignore"):
        x, y = np.array([a, b]), np.array([c, d])
        expected = np.concatenate([x + y, x - y, x * y, -x, abs(x), 2.5 - x, x + 1, [b, c]])
    assert same_bits(instance.read(2048, 16), expected)


@given(st.floats(), st.floats())
@settings(max_examples=40)
def test_limits_and_masks_are_those_of_each_row_and_nan_stays_nan(a, b):
    def write(f):
        x = f.let(load(i32(0), 0))
        f.store(i32(0), 1024, x.at_most(3.0))
        f.store(i32(0), 1040, x.at_least(-3.0))
        f.store(i32(0), 1056, constant(7.0) & (x > 1.0))
        f.store(i32(0), 1072, constant(7.0).and_not(x > 1.0))

    found = run_code(write, struct.pack("<2d", a, b)).tolist()
    for place, x in enumerate((a, b)):
        most, least, kept, dropped = found[place::2]
        assert math.isnan(most) == math.isnan(least) == math.isnan(x)
        assert math.isnan(x) or (most, least) == (min(x, 3.0), max(x, -3.0))
        assert (kept, dropped) == ((7.0, 0.0) if x > 1 else (0.0, 7.0))


@given(finite, finite.filter(lambda x: x != 0))
@settings(max_examples=40)
def test_arithmetic_on_one_number(a, b):
    def write(f):
        x, y = f.let(load_f64(i32(0), 0)), f.let(load_f64(i32(0), 8))
        for place, value in enumerate(
            [x + y, x - y, x * y, x / y, x.abs(), f64(-0.0), (load_splat(i32(8), 0)).lane(1)]
        ):
            f.store_f64(i32(0), 1024 + 8 * place, value)

    with np.errstate(all="ignore"):
        x, y = np.float64(a), np.float64(b)
        expected = [x + y, x - y, x * y, x / y, abs(x), -0.0, y]
    assert same_bits(run_code(write, struct.pack("<2d", a, b))[:7], expected)


def test_division_and_lanes_and_bits():
    def write(f):
        x = f.let(load(i32(0), 0))
        f.store(i32(0), 1024, constant(6.0) / x)
        f.store(i32(0), 1040, 6.0 / x)
        f.store(i32(0), 1056, x.both_lanes_added())
        f.store(i32(0), 1072, constant(1.5).add_bits(constant(5e-324).shift_bits(52)))  # the exponent, one up

    assert run_code(write, struct.pack("<2d", 2, -3)).tolist() == [3, -2, 3, -2, -1, -1, 3, 3]


@given(st.integers(0, 2**15), st.integers(1, 2**15), st.integers(1, 50))
@settings(max_examples=25)
def test_a_loop_goes_from_first_up_to_end_by_steps(first, length, step):
    def write(f):
        count, last = f.let(f64(0.0)), f.let(i32(0))
        with f.loop(first, first + length, step) as number:
            f.set(count, count + f64(1.0))
            f.set(last, i32(number))
        f.store_f64(i32(0), 1024, count)
        base = f.let((last & 0xFFFF) * 8 - (last << 3) + 1032)  # 1032 again, by every operator on addresses
        f.store_f64(base, 0, load_f64(load_i32(i32(0), 0), 0))

    passes = range(first, first + length, step)
    found = run_code(write, struct.pack("<idd", 8, 0, 0)[:8] + struct.pack("<d", 42))
    assert found[:2].tolist() == [len(passes), 42]


def test_every_operator_has_a_test_that_its_bytes_are_valid():
    f = Function(parameters=2)
    x, y, n = f.let(load(i32(0), 0)), f.let(load_splat(i32(0), 0)), f.let(load_i32(i32(0), 0))
    a = f.let(load_f64(n, 2**31 + 5))
    vectors = [
        x + y, x - 1.0, 1.0 - x, x * y, x / y, 1.0 / x, x > y, x & y, x | y, x.and_not(y), x.at_most(1.0),
        x.at_least(1.0), x.add_bits(y), x.shift_bits(3), -x, abs(x), x.shuffle(y, 0, 3), constant(math.nan),
        x.sqrt(),
    ]  # fmt: skip
    for value in vectors:
        f.store(n, 0, value)
    for number in [a + a, a - a, a * a, a / a, a.abs(), a.sqrt(), a.sign(), x.lane(0), x.lane(1), f64(math.inf)]:
        f.store_f64(n, 8, number)
    whole = [n + 1, n - 1, n * 2, n & 3, n | n, n ^ n, n << 4, n >> 5, n < 5, n.leading_zeros()]
    for number in [*whole, x.low_bits(0), x.low_bits(1), i32(-(2**31)), i32(2**32 - 1)]:
        f.set(n, number)
    f.call(1, n, 7)
    with f.loop(0, f.parameter(1), 1):
        f.let(x + y)
    other = Function(parameters=2)
    code = module([f, other], {"run": 0, "other": 1}, 3, {0: b"abc", 70_000: b"\0" * 200})
    wasmtime.Module.validate(ENGINE, code)
    used = bytes(f.body)
    assert all(bytes([number]) in used for number in OPCODES.values())
    assert all(b"\xfd" + u32(number) in used for number in SIMD_OPCODES.values())
