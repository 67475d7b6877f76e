"""The modules that the page did not bring along: fetched, all at once, when the first of them is imported."""

import sys
from collections.abc import Callable
from importlib.machinery import ModuleSpec, PathFinder
from io import BytesIO
from types import ModuleType
from typing import Any
from zipfile import ZipFile


class Rest:
    """The last of the finders: it is asked for what no other has found."""

    def __init__(self, names: str, fetch: Callable[[], Any], folder: str) -> None:
        """names: of the modules, with a space around each. fetch: gives a zip, as JavaScript's bytes."""
        self.names = names
        self.fetch = fetch
        self.folder = folder

    def find_spec(self, name: str, path: Any = None, target: ModuleType | None = None) -> ModuleSpec | None:
        if f" {name} " not in self.names:
            return None
        try:
            archive = self.fetch().to_bytes()
        except Exception as error:
            raise ImportError(f"{name} is not here, and what it is in could not be fetched: {error}", name=name) from error
        ZipFile(BytesIO(archive)).extractall(self.folder)
        sys.meta_path.remove(self)
        sys.path_importer_cache.clear()  # folders have been listed without it
        return PathFinder.find_spec(name, path, target)


def install(names: str, fetch: Callable[[], Any], folder: str) -> None:
    sys.meta_path.append(Rest(names, fetch, folder))
