"""dist/tenlines.html: the whole site in one file that opens from a disk, without a network.

It is a shell, the page with its script and style in it, and after that the site's files (web/site/one-file-format.js).
One of them is the shell itself, without the notices, and the site has that file too: so every page, also a copy of a
copy, can write this very file again with another start in it (web/files/one-file-copy.js).
"""

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import node
from console import Stop, run

SHELL = "shell.bin"
EDITOR = "editor.js.bin"
LATER = "later.js.bin"
FILES = (  # in the order in which they are needed
    "worker.js",
    "pyodide.asm.js.bin",
    "pyodide.asm.wasm.bin",
    "snapshot.bin",
    "pack.bin",
    "numpy.bin",
    LATER,
    "rest.bin",
    EDITOR,
    SHELL,
)
START = '<script type="application/json" id="start">{}</script>'  # before the script, which reads it at once
SOURCE_MAP = re.compile(r"\n(//# sourceMappingURL=\S+|/\*# sourceMappingURL=\S+ \*/)\n?$")
POLICY = re.compile(r'(http-equiv="Content-Security-Policy"\s+content=")[^"]*(")')
LINK = re.compile(r'\n *<link\b[^>]* href="(?!data:)[^>]*>')  # files beside the page, of which there are none
SCRIPT = re.compile(r'\n *<script\b[^>]* src="[^>]*></script>')


def shell(page: str, script: str, style: str, frame: str, notices: str = "") -> str:
    """The page of the site with all it is made of, up to the files. frame: the script of the frame that it makes."""
    script, style = (SOURCE_MAP.sub("\n", text) for text in (script, style))
    for text, end in ((script, "</script"), (style, "</style"), (notices, "</script")):
        if any(ender in text.lower() for ender in (end, "<!--", "\r", "\0")):
            raise Stop(f"Something to go into the one file holds {end}, <!--, CR or NUL. It begins: {text[:80]}")
    policy = (
        f"default-src 'none'; script-src {hashed(script)} {hashed(frame)} blob: 'wasm-unsafe-eval'; worker-src blob:; "
        f"connect-src 'none'; style-src {hashed(style)}; img-src data:; base-uri 'none'; form-action 'none'"
    )
    page = replaced(POLICY, rf"\g<1>{policy}\g<2>", page)
    page = replaced(re.compile("<html "), "<html data-file ", page)
    page = SCRIPT.sub("", LINK.sub("", page))
    text = f"\n{notices}" if notices else ""
    notices = f'<script type="text/plain" id="notices">{text}</script>\n'
    head, body = page.split("</head>")
    body = body[: body.rindex("</body>")].rstrip(" ")
    return f"{head}<style>{style}</style>\n</head>{body}{notices}{START}\n<script>{script}</script>\n"


def hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def replaced(pattern: re.Pattern[str], new: str | Callable[[re.Match[str]], str], text: str) -> str:
    text, count = pattern.subn(new, text)
    if count != 1:
        raise Stop(f"web/index.html has {count} of {pattern.pattern}; the build needs one.")
    return text


def write(target: Path, shell: Path, files: Mapping[str, Path]) -> None:
    named = [part for name in FILES for part in (name, files[name])]
    run([node.program("node"), Path(__file__).with_suffix(".mjs"), shell, target, *named])
