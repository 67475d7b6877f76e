"""Links as they are documented (web/documents/link.js), made and read without the page."""

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
        "loss": "squared", "l2": 0, "test_fraction": 0, "seed": 1, "l1": 0, "initial": "post", "shuffle": False,
        "split_seed": 1,
    },
}  # fmt: skip


XOR = {
    "table": {
        "inputs": ["a", "b"],
        "outputs": ["odd"],
        "rows": [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0], [1, 1, None], [0.5, -2.25, None]],
    },
    "network": {"hidden": [{"units": 4, "activation": "tanh"}], "output": "sigmoid", "bias": True},
    "training": {"iterations": 3000, "learning_rate": 0.5, "seed": 7},
}


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


def packed(data: object) -> str:
    return "#v1=" + to_text(deflated(json.dumps(data).encode()))


def parts_of(address: str) -> dict[str, str]:
    return dict(urllib.parse.parse_qsl(address.partition("#")[2]))


def said_in(address: str) -> dict:
    """What an address says: the parts of a problem, a name, code."""
    text = parts_of(address).get("v1")
    # JavaScript writes a double of 1e20 like a whole number, which is not the same whole number
    return json.loads(zlib.decompress(from_text(text), -15), parse_int=float) if text else {}


def problem_of(address: str) -> dict:
    """The whole problem that an address says; the post's where it says none."""
    given = said_in(address)
    return {name: {**part, **given.get(name, {})} for name, part in POST.items()}


def trained_of(address: str) -> tuple[int, list[float]]:
    iteration, weights = parts_of(address)["run"].split(".")
    data = from_text(weights)
    return int(iteration), list(struct.unpack(f"<{len(data) // 8}d", data))


def go(page, link: str) -> None:
    """As by typing another link into the address bar."""
    page.evaluate("link => { location.hash = link }", link)


def offers(page) -> str:
    """What is said below the heading."""
    return page.evaluate("() => document.querySelector('#offers').innerText")


def address(page) -> str:
    return page.evaluate("() => location.href")


def shared_link(page) -> str:
    """The link that Share offers."""
    page.button("Share").click()
    link = page.wait_until(lambda: page.box("Link").exists() and page.box("Link").value(), "a link in the dialog")
    page.press("Escape")
    return link


def shared_weights(page) -> tuple[int, list[float]]:
    """The iteration and the weights that Share offers to take along."""
    page.button("Share").click()
    page.find("checkbox", "With the weights on show, to be seen before any training").click()
    link = page.wait_until(lambda: "run=" in page.box("Link").value() and page.box("Link").value(), "the weights")
    return trained_of(link)
