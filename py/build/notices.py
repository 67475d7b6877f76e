"""notices.txt: what the site ships of other people's work, under which licence."""

import json
import zipfile
from pathlib import Path

from layout import WEB
from node import MODULES

EDITOR = (  # CodeMirror, in the parts that web/editor.js is made of
    *(f"@codemirror/{part}" for part in ("state", "view", "commands", "language", "autocomplete", "lang-python")),
    *(f"@lezer/{part}" for part in ("common", "lr", "highlight", "python")),
    *("@marijn/find-cluster-break", "crelt", "style-mod", "w3c-keyname"),
)
KEPT = WEB / "notices"  # licence texts that their packages do not carry


def of_npm(name: str, licence_file: Path | None = None) -> tuple[str, str, str]:
    """(name and version, licence, its text) of an npm package."""
    about = json.loads((MODULES / name / "package.json").read_text(encoding="utf-8"))
    text = (licence_file or MODULES / name / "LICENSE").read_text(encoding="utf-8")
    return f"{name} {about['version']}", about["license"], text


def of_wheel(path: Path, licence: str) -> tuple[str, str, str]:
    name, version = path.name.split("-")[:2]
    with zipfile.ZipFile(path) as wheel:
        text = wheel.read(f"{name}-{version}.dist-info/LICENSE.txt").decode()
    return f"{name} {version}", licence, text


def write(target: Path, numpy: Path) -> None:
    info = json.loads((MODULES / "pyodide" / "pyodide-lock.json").read_text(encoding="utf-8"))["info"]
    notices = [
        of_npm("pyodide", KEPT / "MPL-2.0.txt"),
        (f"CPython {info['python']}", "PSF-2.0", (KEPT / "PSF-2.0.txt").read_text(encoding="utf-8")),
        of_wheel(numpy, "BSD-3-Clause"),
        of_npm("lit-html"),
        of_npm("@preact/signals-core"),
        of_npm("comlink"),
        of_npm("uplot"),
        of_npm("lean-qr"),
        *map(of_npm, EDITOR),
    ]
    head = "Tenlines includes the following software, under these licences.\n"
    head += "Pyodide's source is at https://github.com/pyodide/pyodide.\n\n"
    head += "".join(f"  {name} ({licence})\n" for name, licence, _ in notices)
    body = "".join(f"\n\n{'=' * 78}\n{name}\n{'=' * 78}\n\n{text.strip()}\n" for name, _, text in notices)
    target.write_text(head + body, encoding="utf-8")
