"""dist/tenlines.html as it is built."""

import base64
import gzip
import hashlib
import os
import re
import tempfile
from argparse import ArgumentTypeError

import pytest
from tools import ROOT, SITE

import apart
import assemble
import commands
import one_file
from console import Stop
from layout import ONE_FILE

MOST_BYTES = 14_000_000
ESCAPED = {b"0": 0, b"1": 13, b"2": 127, b"3": 47, b"4": 33}
BLOCK = re.compile(rb'<script type="text/plain" data-name="([^"]+)">(.*?)</script>\n', re.DOTALL)
PAGE = """<!doctype html>
<html lang="en">
  <head>
    <meta http-equiv="Content-Security-Policy" content="" />
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="style.css" />
    <script defer src="main.js"></script>
  </head>
  <body>
  </body>
</html>
"""


@pytest.fixture(scope="module")
def page() -> bytes:
    return ONE_FILE.read_bytes()


@pytest.fixture(scope="module")
def shell() -> str:
    """The page without its files and with the notices, which the site has in a file of their own."""
    (file,) = SITE.glob("shell-*.bin")
    place = '<script type="text/plain" id="notices">'
    before, after = gzip.decompress(file.read_bytes()).decode().split(f"{place}</script>")
    return f"{before}{place}\n{(SITE / 'notices.txt').read_text('utf-8')}</script>{after}"


def decoded(text: bytes) -> bytes:
    """Written out here, independently of web/site/one-file-format.js."""
    plain = re.sub(rb"\x7f([0-4])", lambda found: bytes([ESCAPED[found[1]]]), text)
    size = len(plain) * 7 // 8
    out = bytearray()
    for at in range(0, len(plain), 8):
        group = 0
        for symbol in plain[at : at + 8].ljust(8, b"\0"):
            group = group << 7 | symbol
        out += group.to_bytes(7, "big")
    return bytes(out[:size])


def test_it_is_small_enough(page):
    assert len(page) <= MOST_BYTES


def test_it_is_the_shell_and_the_sites_files(page, shell):
    assert page.startswith(shell.encode())
    files = page[len(shell.encode()) :]
    blocks = dict(BLOCK.findall(files))
    assert [name.decode() for name in blocks] == list(one_file.FILES)
    for name, text in blocks.items():
        stem, suffix = name.decode().rsplit(".", 1)
        (file,) = SITE.rglob(f"{stem}-????????.{suffix}")
        assert not re.search(rb"[\0\r\x80-\xff]|</|<!", text), "what HTML does not keep as it is"
        assert decoded(text) == file.read_bytes(), name
    assert BLOCK.sub(b"", files) == b"</body>\n</html>\n"


def test_its_policy_lets_in_only_its_own_script_and_style(shell):
    (policy,) = re.findall(r'Content-Security-Policy"\s+content="([^"]*)"', shell.split("<script")[0])
    rules = {name: values for name, *values in map(str.split, policy.split(";"))}
    assert rules["default-src"] == rules["connect-src"] == rules["base-uri"] == rules["form-action"] == ["'none'"]
    (script,) = re.findall(r"<script>(.*?)</script>", shell, re.DOTALL)
    (style,) = re.findall(r"<style>(.*?)</style>", shell, re.DOTALL)
    frame = hashed(apart.script(assemble.TARGETS))
    assert rules["script-src"] == [hashed(script), frame, "blob:", "'wasm-unsafe-eval'"]
    assert rules["style-src"] == [hashed(style)]
    assert rules["worker-src"] == ["blob:"]
    assert not re.search(r'\sstyle="|\son\w+="', shell.split("<script")[0])
    assert not re.search(r'(?:src|href)="(?!data:|")', shell.replace(script, ""))


def hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@pytest.mark.parametrize("trace", [str(ROOT), tempfile.gettempdir() + "/tenlines-", os.environ["PATH"]])
def test_nothing_of_the_computer_that_built_it_is_in_it(page, shell, trace):
    assert trace.encode() not in page
    assert trace not in shell


def test_it_carries_the_notices_once_and_as_text(page):
    assert page.count((SITE / "notices.txt").read_bytes()) == 1


def test_the_site_names_the_shell_and_the_notices_it_has():
    html = (SITE / "index.html").read_text("utf-8")
    shell, packed = (SITE / re.findall(rf'data-{name}="([^"]*)"', html)[0] for name in ("shell", "notices"))
    assert shell.is_file()
    assert gzip.decompress(packed.read_bytes()) == (SITE / "notices.txt").read_bytes()


@pytest.mark.parametrize("text", ["x = '</script>'", "x = '<!--'", "a\r\n"])
def test_what_cannot_stand_in_a_page_stops_the_build(text):
    with pytest.raises(Stop, match="to go into the one file"):
        one_file.shell(PAGE, text, "", "", "")


def test_source_maps_and_files_beside_the_page_are_left_out():
    shell = one_file.shell(PAGE, "x\n//# sourceMappingURL=x.map\n", "y{}\n/*# sourceMappingURL=y.map */\n", "", "")
    assert "sourceMappingURL" not in shell
    assert re.findall("<link[^>]*>", shell) == ['<link rel="icon" href="data:," />']
    assert "<script defer" not in shell


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://example.org/tenlines/", "https://example.org/tenlines/"),
        ("http://localhost:8000", "http://localhost:8000/"),
        ("https://example.org/a/index.html", "https://example.org/a/index.html"),
    ],
)
def test_an_address_is_taken(text, address):
    assert commands.address(text) == address


@pytest.mark.parametrize(
    "text",
    ["", "example.org", "ftp://example.org/", "https://", "https://e.org/?a", "https://e.org/#a", "https://e org/"],
)
def test_what_is_no_address_is_refused(text):
    with pytest.raises(ArgumentTypeError, match="no address"):
        commands.address(text)


def test_another_address_makes_another_site():
    assert assemble.wanted(ONE_FILE, "") != assemble.wanted(ONE_FILE, "https://example.org/a/")
