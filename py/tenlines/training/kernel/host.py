"""The one place where WebAssembly is instantiated: by the browser under Pyodide, by wasmtime elsewhere."""

import sys
from typing import Protocol

from tenlines.training.frames import Doubles, doubles


class Instance(Protocol):
    def call(self, function: str, *arguments: int) -> None: ...
    def write(self, address: int, data: bytes) -> None: ...
    def read(self, address: int, count: int) -> Doubles:
        """A copy of so many doubles."""
        ...


def instantiate(code: bytes) -> Instance:
    """Raises RuntimeError when the engine refuses the module."""
    try:
        return InBrowser(code) if sys.platform == "emscripten" else Native(code)
    except ImportError:
        raise RuntimeError("wasmtime is not installed: pip install tenlines[wasm].") from None
    except Exception as error:
        raise RuntimeError(f"WebAssembly refused the kernel: {error}") from error


class InBrowser:
    def __init__(self, code: bytes):
        import js  # pyright: ignore[reportMissingImports]
        from pyodide.ffi import to_js  # pyright: ignore[reportMissingImports]

        module = js.WebAssembly.Module.new(to_js(code))
        self._exports = js.WebAssembly.Instance.new(module).exports
        self._memory = js.Uint8Array.new(self._exports.memory.buffer)

    def call(self, function: str, *arguments: int) -> None:
        getattr(self._exports, function)(*arguments)

    def write(self, address: int, data: bytes) -> None:
        self._memory.subarray(address, address + len(data)).assign(data)

    def read(self, address: int, count: int) -> Doubles:
        return doubles(self._memory.subarray(address, address + 8 * count).to_bytes())


class Native:
    def __init__(self, code: bytes):
        import wasmtime

        self._store = wasmtime.Store()
        instance = wasmtime.Instance(self._store, wasmtime.Module(self._store.engine, code), [])
        self._exports = instance.exports(self._store)
        self._memory = self._exports["memory"]

    def call(self, function: str, *arguments: int) -> None:
        self._exports[function](self._store, *arguments)  # pyright: ignore[reportCallIssue]

    def write(self, address: int, data: bytes) -> None:
        self._memory.write(self._store, data, address)  # pyright: ignore[reportAttributeAccessIssue]

    def read(self, address: int, count: int) -> Doubles:
        data = self._memory.read(self._store, address, address + 8 * count)  # pyright: ignore[reportAttributeAccessIssue]
        return doubles(data)
