"""Python of a test's own in the page's worker: it comes with NumPy's pack, and runs when the page first uses NumPy."""

import gzip
import json
import struct
import textwrap
from collections.abc import Callable
from pathlib import Path

from .page import START_TIMEOUT

PY = Path(__file__).resolve().parents[3] / "py"
ENGINE = "tenlines/training/numpy_engine.py"
PROBE = """
def probe():
{code}
    from js import BroadcastChannel
    from pyodide.ffi import create_proxy, to_js
    channel = BroadcastChannel.new("probe")
    channel.onmessage = create_proxy(lambda event: channel.postMessage(to_js(told)))
    channel.postMessage(to_js(told))

probe()
"""

# What a probe told, whether it spoke before this listens or after.
HEAR = """() => new Promise((resolve, reject) => {
  const channel = new BroadcastChannel('probe')
  channel.onmessage = event => { if (event.data !== 'tell') resolve(event.data) }
  channel.postMessage('tell')
  setTimeout(() => reject(new Error('the probe says nothing')), MILLISECONDS)
})""".replace("MILLISECONDS", str(1000 * START_TIMEOUT))


def with_probe(code: str) -> Callable[[bytes], bytes]:
    """What makes NumPy's pack one with this code in it; it leaves what it has to tell, a list, in `told`."""
    return with_more(ENGINE, PROBE.format(code=textwrap.indent(code, "    ")))


def with_more(module: str, code: str) -> Callable[[bytes], bytes]:
    """What makes a pack one in which a module of py/ goes on with this code."""
    source = (PY / module).read_text("utf-8") + code
    # a .py goes before the .pyc of that name
    return lambda pack: packed({**unpacked(pack), f"site-packages/{module}": source.encode()})


def unpacked(data: bytes) -> dict[str, bytes]:
    """The files of a pack (py/build/archives.py), by name."""
    data = gzip.decompress(data)
    (size,) = struct.unpack_from("<I", data)
    at, files = 4 + size, {}
    for name, length in json.loads(data[4:at]).items():
        files[name] = data[at : at + length]
        at += length
    return files


def packed(files: dict[str, bytes]) -> bytes:
    index = json.dumps({name: len(data) for name, data in files.items()}).encode()
    return gzip.compress(struct.pack("<I", len(index)) + index + b"".join(files.values()), 1)
