"""Modules of the page that are written from Python's own lists. They are not in git.

They are written before anything reads them: the bundler, the type checker, tests in Node.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any


def source(said: str, types: Iterable[str], constants: Mapping[tuple[str, str], Any]) -> str:
    """said: by what and from what it is written. types: typedefs. constants: values by name and type."""
    return "\n".join(
        [
            "/**",
            f" * @file Written by {said}. Change it there.",
            *([" *"] if types else []),
            *(f" * @typedef {type}" for type in types),
            " */",
            *(
                f"/** @type {{{type}}} */\nexport const {name} = {json.dumps(value, ensure_ascii=False)};"
                for (name, type), value in constants.items()
            ),
            "",
        ]
    )


def write(module: Path, text: str) -> None:
    """Bring the module up to date. A file that is current is left as it is, so that nothing is built anew."""
    if not module.is_file() or module.read_text(encoding="utf-8") != text:
        module.write_text(text, encoding="utf-8")
