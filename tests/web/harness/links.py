"""Links as they are documented (web/link.js), made and read without the page."""

import base64
import json
import struct
import urllib.parse
import zlib

from .oracle import post

POST = {
    **post(),
    "training": {
        "iterations": 10000, "learning_rate": 1, "optimizer": "gd", "batch_size": None,
        "loss": "squared", "l2": 0, "test_fraction": 0, "seed": 1,
    },
}  # fmt: skip


def to_text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def from_text(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def link_of(problem: dict, trained: tuple[int, list[float]] | None = None) -> str:
    """From # on. Every field is written out, unlike in the page's own links."""
    link = "#v1=" + to_text(deflated(json.dumps(problem).encode()))
    if trained:
        iteration, weights = trained
        link += f"&run={iteration}.{to_text(struct.pack(f'<{len(weights)}d', *weights))}"
    return link


def parts_of(address: str) -> dict[str, str]:
    return dict(urllib.parse.parse_qsl(address.partition("#")[2]))


def problem_of(address: str) -> dict:
    """The whole problem that an address says; the post's where it says none."""
    said = parts_of(address).get("v1")
    # JavaScript writes a double of 1e20 like a whole number, which is not the same whole number
    given = json.loads(zlib.decompress(from_text(said), -15), parse_int=float) if said else {}
    return {name: {**part, **given.get(name, {})} for name, part in POST.items()}


def trained_of(address: str) -> tuple[int, list[float]]:
    iteration, weights = parts_of(address)["run"].split(".")
    data = from_text(weights)
    return int(iteration), list(struct.unpack(f"<{len(data) // 8}d", data))
