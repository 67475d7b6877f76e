"""Expressions of WebAssembly: each is the code that leaves its value on the stack, built with Python's operators.

Names and numbers are those of the specification (WebAssembly 2.0, with fixed-width SIMD).
"""

import struct
from dataclasses import dataclass
from functools import cache

OPCODES = {
    "i32.lt_u": 0x49, "i32.clz": 0x67, "i32.add": 0x6A, "i32.sub": 0x6B, "i32.mul": 0x6C, "i32.and": 0x71,
    "i32.or": 0x72, "i32.xor": 0x73, "i32.shl": 0x74, "i32.shr_u": 0x76,
    "f64.lt": 0x63, "f64.gt": 0x64, "f64.convert_i32_s": 0xB7,
    "f64.abs": 0x99, "f64.sqrt": 0x9F, "f64.add": 0xA0, "f64.sub": 0xA1, "f64.mul": 0xA2, "f64.div": 0xA3,
}  # fmt: skip
SIMD_OPCODES = {
    "f64x2.gt": 0x4A, "v128.and": 0x4E, "v128.andnot": 0x4F, "v128.or": 0x50,
    "i64x2.shl": 0xCB, "i64x2.add": 0xCE,
    "f64x2.abs": 0xEC, "f64x2.neg": 0xED, "f64x2.sqrt": 0xEF,
    "f64x2.add": 0xF0, "f64x2.sub": 0xF1, "f64x2.mul": 0xF2, "f64x2.div": 0xF3,
    "f64x2.pmin": 0xF6, "f64x2.pmax": 0xF7,
}  # fmt: skip


def u32(number: int) -> bytes:
    """Unsigned LEB128."""
    code = bytearray()
    while number > 0x7F:
        code.append(number & 0x7F | 0x80)
        number >>= 7
    code.append(number)
    return bytes(code)


def s32(number: int) -> bytes:
    """Signed LEB128."""
    code = bytearray()
    while not -64 <= number < 64:
        code.append(number & 0x7F | 0x80)
        number >>= 7
    code.append(number & 0x7F)
    return bytes(code)


@cache
def op(name: str) -> bytes:
    return bytes([OPCODES[name]]) if name in OPCODES else b"\xfd" + u32(SIMD_OPCODES[name])


@dataclass(frozen=True)
class I32Value:
    code: bytes

    def __add__(self, other: "I32Value | int") -> "I32Value":
        return I32Value(self.code + i32(other).code + op("i32.add"))

    def __sub__(self, other: "I32Value | int") -> "I32Value":
        return I32Value(self.code + i32(other).code + op("i32.sub"))

    def __mul__(self, other: "I32Value | int") -> "I32Value":
        return I32Value(self.code + i32(other).code + op("i32.mul"))

    def __and__(self, other: "I32Value | int") -> "I32Value":
        return I32Value(self.code + i32(other).code + op("i32.and"))

    def __lshift__(self, other: int) -> "I32Value":
        return I32Value(self.code + i32(other).code + op("i32.shl"))

    def __or__(self, other: "I32Value") -> "I32Value":
        return I32Value(self.code + other.code + op("i32.or"))

    def __xor__(self, other: "I32Value") -> "I32Value":
        return I32Value(self.code + other.code + op("i32.xor"))

    def __rshift__(self, other: "I32Value | int") -> "I32Value":
        return I32Value(self.code + i32(other).code + op("i32.shr_u"))

    def leading_zeros(self) -> "I32Value":
        return I32Value(self.code + op("i32.clz"))

    def __lt__(self, other: "I32Value | int") -> "I32Value":
        return I32Value(self.code + i32(other).code + op("i32.lt_u"))


def i32(number: I32Value | int) -> I32Value:
    """A number from -2**31 up to 2**32; those above 2**31 are the same bits as a negative one."""
    if isinstance(number, I32Value):
        return number
    return I32Value(b"\x41" + s32(number - (number >> 31 << 32) if number > 0 else number))


@dataclass(frozen=True)
class F64Value:
    code: bytes

    def _with(self, other: "F64Value | float", name: str) -> "F64Value":
        other = other if isinstance(other, F64Value) else f64(other)
        return F64Value(self.code + other.code + op(name))

    def __add__(self, other: "F64Value | float") -> "F64Value":
        return self._with(other, "f64.add")

    def __sub__(self, other: "F64Value | float") -> "F64Value":
        return self._with(other, "f64.sub")

    def __mul__(self, other: "F64Value | float") -> "F64Value":
        return self._with(other, "f64.mul")

    def __rmul__(self, other: float) -> "F64Value":
        return self * other

    def __rsub__(self, other: float) -> "F64Value":
        return f64(other) - self

    def __pow__(self, power: int) -> "F64Value":
        assert power == 2, "the only power that a formula needs"
        return self * self

    def __truediv__(self, other: "F64Value | float") -> "F64Value":
        return self._with(other, "f64.div")

    def abs(self) -> "F64Value":
        return F64Value(self.code + op("f64.abs"))

    def sign(self) -> "F64Value":
        """1, 0 or -1; of nan 0."""
        zero = f64(0.0).code
        above, below = (I32Value(self.code + zero + op(name)) for name in ("f64.gt", "f64.lt"))
        return F64Value((above - below).code + op("f64.convert_i32_s"))

    def sqrt(self) -> "F64Value":
        return F64Value(self.code + op("f64.sqrt"))


def f64(number: float) -> F64Value:
    return F64Value(b"\x44" + struct.pack("<d", number))


@dataclass(frozen=True)
class Vector:
    """Two rows of a quantity: a v128 read as f64x2 (or, for bits, as i64x2)."""

    code: bytes

    def _with(self, other: "Vector | Mask | float", name: str) -> "Vector":
        other = constant(other) if isinstance(other, int | float) else other
        return Vector(self.code + other.code + op(name))

    def __add__(self, other: "Vector | float") -> "Vector":
        return self._with(other, "f64x2.add")

    def __sub__(self, other: "Vector | float") -> "Vector":
        return self._with(other, "f64x2.sub")

    def __radd__(self, other: float) -> "Vector":
        return self + other

    def __rsub__(self, other: float) -> "Vector":
        return constant(other)._with(self, "f64x2.sub")

    def __mul__(self, other: "Vector | Mask | float") -> "Vector":
        return self & other if isinstance(other, Mask) else self._with(other, "f64x2.mul")

    def __rmul__(self, other: float) -> "Vector":
        return self * other

    def __pow__(self, power: int) -> "Vector":
        assert power == 2, "the only power that a formula needs"
        return self * self

    def __truediv__(self, other: "Vector | float") -> "Vector":
        return self._with(other, "f64x2.div")

    def __rtruediv__(self, other: float) -> "Vector":
        return constant(other)._with(self, "f64x2.div")

    def __gt__(self, other: "Vector | float") -> "Mask":
        return Mask(self._with(other, "f64x2.gt").code)

    def __and__(self, other: "Vector | Mask") -> "Vector":
        return self._with(other, "v128.and")

    def __or__(self, other: "Vector") -> "Vector":
        return self._with(other, "v128.or")

    def and_not(self, other: "Vector | Mask") -> "Vector":
        return self._with(other, "v128.andnot")

    def at_most(self, other: "Vector | float") -> "Vector":
        """The smaller of both; nan stays nan."""
        return self._with(other, "f64x2.pmin")

    def at_least(self, other: "Vector | float") -> "Vector":
        """The larger of both; nan stays nan."""
        return self._with(other, "f64x2.pmax")

    def add_bits(self, other: "Vector") -> "Vector":
        return self._with(other, "i64x2.add")

    def shift_bits(self, by: int) -> "Vector":
        return Vector(self.code + i32(by).code + op("i64x2.shl"))

    def __neg__(self) -> "Vector":
        return Vector(self.code + op("f64x2.neg"))

    def __abs__(self) -> "Vector":
        return Vector(self.code + op("f64x2.abs"))

    def sign(self) -> "Vector":
        """1, 0 or -1; of nan 0."""
        return (self > 0) * 1.0 - (-self > 0) * 1.0

    def sqrt(self) -> "Vector":
        return Vector(self.code + op("f64x2.sqrt"))

    def low_bits(self, lane: int) -> I32Value:
        """i32x4.extract_lane: the low half of a lane's 64 bits."""
        return I32Value(self.code + b"\xfd\x1b" + bytes([2 * lane]))

    def lane(self, lane: int) -> F64Value:
        return F64Value(self.code + b"\xfd\x21" + bytes([lane]))

    def shuffle(self, other: "Vector", first: int, second: int) -> "Vector":
        """A lane of each of the four (0, 1 of this; 2, 3 of the other)."""
        lanes = [8 * lane + byte for lane in (first, second) for byte in range(8)]
        return Vector(self.code + other.code + b"\xfd\x0d" + bytes(lanes))

    def both_lanes_added(self) -> "Vector":
        return self + self.shuffle(self, 1, 0)


@dataclass(frozen=True)
class Mask:
    """Whether something holds, for two rows: all bits of a row's lane are 1 where it does, else 0."""

    code: bytes

    def __mul__(self, other: float) -> Vector:
        """The number where it holds, else 0."""
        return constant(other) & self


def constant(number: float) -> Vector:
    return Vector(b"\xfd\x0c" + struct.pack("<dd", number, number))


def memarg(offset: int, align: int) -> bytes:
    return bytes([align]) + u32(offset)


def load(address: I32Value, offset: int) -> Vector:
    return Vector(address.code + b"\xfd\x00" + memarg(offset, 3))


def load_splat(address: I32Value, offset: int) -> Vector:
    return Vector(address.code + b"\xfd\x0a" + memarg(offset, 3))


def load_f64(address: I32Value, offset: int) -> F64Value:
    return F64Value(address.code + b"\x2b" + memarg(offset, 3))


def load_i32(address: I32Value, offset: int) -> I32Value:
    return I32Value(address.code + b"\x28" + memarg(offset, 2))
