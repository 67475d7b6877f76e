"""WebAssembly's binary format, as much of it as a kernel needs: functions and modules."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from tenlines.training.kernel.expressions import F64Value, I32Value, Vector, i32, memarg, u32

I32, F64, V128 = 0x7F, 0x7C, 0x7B
EMPTY_BLOCK = 0x40

T = TypeVar("T", I32Value, F64Value, Vector)
TYPES: dict[type, int] = {I32Value: I32, F64Value: F64, Vector: V128}


@dataclass
class Function:
    """A function's code as it is written. All its parameters are i32."""

    parameters: int = 0
    body: bytearray = field(default_factory=bytearray)
    locals: list[int] = field(default_factory=list)

    def parameter(self, number: int) -> I32Value:
        return I32Value(b"\x20" + u32(number))

    def let(self, value: T) -> T:
        """A new local that holds the value."""
        self.locals.append(TYPES[type(value)])
        index = u32(self.parameters + len(self.locals) - 1)
        self.body += value.code + b"\x21" + index
        return type(value)(b"\x20" + index)

    def set(self, variable: T, value: T) -> None:
        self.body += value.code + b"\x21" + variable.code[1:]

    def store(self, address: I32Value, offset: int, value: Vector) -> None:
        self.body += address.code + value.code + b"\xfd\x0b" + memarg(offset, 3)

    def store_f64(self, address: I32Value, offset: int, value: F64Value) -> None:
        self.body += address.code + value.code + b"\x39" + memarg(offset, 3)

    def store_i32(self, address: I32Value, offset: int, value: I32Value) -> None:
        self.body += address.code + value.code + b"\x36" + memarg(offset, 2)

    def call(self, function: int, *arguments: I32Value | int) -> None:
        self.body += b"".join(i32(argument).code for argument in arguments) + b"\x10" + u32(function)

    @contextmanager
    def loop(self, first: I32Value | int, end: I32Value | int, step: int) -> Iterator[I32Value]:
        """From first, which is below end, by steps up to end; the number goes up before the test."""
        number = self.let(i32(first))
        self.body += bytes([0x03, EMPTY_BLOCK])
        yield number
        self.set(number, number + step)
        self.body += (number < end).code + b"\x0d\x00\x0b"

    @contextmanager
    def repeat(self) -> Iterator[Callable[[I32Value], None]]:
        """Once, and again as long as the condition holds that its end gives to what it gets."""
        self.body += bytes([0x03, EMPTY_BLOCK])
        conditions: list[I32Value] = []
        yield conditions.append
        [condition] = conditions
        self.body += condition.code + b"\x0d\x00\x0b"

    def encode(self) -> bytes:
        runs: list[tuple[int, int]] = []
        for kind in self.locals:
            if runs and runs[-1][1] == kind:
                runs[-1] = (runs[-1][0] + 1, kind)
            else:
                runs.append((1, kind))
        code = vector([u32(count) + bytes([kind]) for count, kind in runs]) + bytes(self.body) + b"\x0b"
        return u32(len(code)) + code


def vector(items: list[bytes]) -> bytes:
    return u32(len(items)) + b"".join(items)


def section(number: int, content: bytes) -> bytes:
    return bytes([number]) + u32(len(content)) + content


def module(functions: list[Function], exports: dict[str, int], pages: int, data: dict[int, bytes]) -> bytes:
    """The bytes of a module with a memory of `pages` × 64 kB, exported as "memory"."""
    types = [b"\x60" + vector([bytes([I32])] * function.parameters) + vector([]) for function in functions]
    names = [_name(name) + b"\x00" + u32(index) for name, index in exports.items()]
    segments = [b"\x00" + i32(at).code + b"\x0b" + u32(len(part)) + part for at, part in data.items()]
    return b"\0asm\x01\0\0\0" + b"".join(
        [
            section(1, vector(types)),
            section(3, vector([u32(index) for index in range(len(functions))])),
            section(5, vector([b"\x00" + u32(pages)])),
            section(7, vector([_name("memory") + b"\x02\x00", *names])),
            section(10, vector([function.encode() for function in functions])),
            section(11, vector(segments)),
        ]
    )


def _name(text: str) -> bytes:
    return u32(len(text)) + text.encode()
