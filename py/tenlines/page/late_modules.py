"""The modules that the page did not bring along: fetched, all at once, when the first of them is imported."""

import json
import sys
import zlib
from collections.abc import Callable
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType
from typing import Any

GZIP = 31  # zlib's word for it
MAGIC = b"\x1f\x8b\x08"  # how every gzip file begins
REMEDY = "Check the connection, then run it again. If that does not help, reload the page."


class Rest:
    """The last of the finders: it is asked for what no other has found."""

    def __init__(self, names: str, fetch: Callable[[], Any], folder: str) -> None:
        """names: of the modules, with a space around each. fetch: gives their pack, gzipped, as JavaScript's bytes."""
        self.names = names
        self.fetch = fetch
        self.folder = folder

    def find_spec(self, name: str, path: Any = None, target: ModuleType | None = None) -> ModuleSpec | None:
        if f" {name} " not in self.names:
            return None
        try:
            unpack(gunzipped(self.fetch().to_bytes()), Path(self.folder))
        except Exception as error:
            message = f"{name} is not here, and could not be fetched: {error}. {REMEDY}"
            raise ImportError(message, name=name) from error
        sys.meta_path.remove(self)
        sys.path_importer_cache.clear()  # folders have been listed without it
        return PathFinder.find_spec(name, path, target)


def gunzipped(data: bytes) -> bytes:
    """What is in the file, however the host has labelled it: as web/site/gunzip.js does."""
    while data.startswith(MAGIC):
        data = zlib.decompress(data, GZIP)
    return data


def unpack(pack: bytes, folder: Path) -> None:
    """As web/site/packs.js does: the length of the index, {name: size}, the files."""
    at = 4 + int.from_bytes(pack[:4], "little")
    for name, size in json.loads(pack[4:at]).items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(pack[at : at + size])
        at += size


def install(names: str, fetch: Callable[[], Any], folder: str) -> None:
    sys.meta_path.append(Rest(names, fetch, folder))
