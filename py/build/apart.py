"""The frame that programs run in: a page of its own inside the page, made by web/program/sandbox.js.

It takes over the page's policy beside its own, so the page's has to let its script in, by the same hash.
"""

import tempfile
from pathlib import Path

import node
from one_file import hashed


def script(*options: str) -> str:
    """The script of the frame, minified. options: of esbuild."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "frame.js"
        node.esbuild("program/sandbox-frame.js", "--bundle", "--minify", "--format=iife", *options, f"--outfile={out}")
        return out.read_text("utf-8").strip()


def page(script: str) -> str:
    policy = (
        f"default-src 'none'; script-src {hashed(script)} blob: 'wasm-unsafe-eval'; worker-src blob:; "
        "connect-src 'none'; base-uri 'none'; form-action 'none'"
    )
    return (
        f'<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
        f"<title>Program</title><script>{script}</script>"
    )
