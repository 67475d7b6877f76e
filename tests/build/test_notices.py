"""notices.txt names every package that is bundled and prints every licence, each text once."""

import json
import re

import pytest
from tools import NAMED, NOTICES, ROOT

import node
import notices
import runtime

# Entry points, and what the build makes for them.
SCRIPTS = (
    *("inline.js", "main.js", "later.js", "style.css", "python/fetcher.worker.js", "worker/worker.js"),
    *("program/sandbox-frame.js", "editor/editor.js", "offline/sw.js"),
)
MADE = (
    "about-python",
    "first-paint.css",
    "sandbox-frame",
    "about-site",
    "fetcher-code",
    "site-contents",
    "site-files",
    "node:*",
)


def test_every_package_that_esbuild_bundles_is_named_with_its_version(tmp_path):
    report = tmp_path / "report.json"
    outside = [f"--external:{name}" for name in MADE]
    node.esbuild(*SCRIPTS, "--bundle", *outside, f"--outdir={tmp_path}", f"--metafile={report}")
    inputs = [path for out in json.loads(report.read_text())["outputs"].values() for path in out["inputs"]]
    packages = {found[1] for path in inputs if (found := re.search(r"node_modules/((?:@[^/]+/)?[^/]+)", path))}
    assert {"pyodide", "comlink", "lit-html", "@lezer/lr"} <= packages
    for package in packages:
        about = json.loads((node.MODULES / package / "package.json").read_text())
        assert f"{package} {about['version']}" in NAMED
    assert {name.rsplit(" ", 1)[0] for name in NAMED if re.search(r" \d+\.\d+\.\d+$", name)} - {
        "CPython",
        "numpy",
    } <= packages


def test_what_pyodide_itself_has_taken_from_others_is_named():
    """Of its JavaScript: its source map has the folders."""
    paths = json.loads((runtime.PYODIDE / "pyodide.mjs.map").read_text())["sources"]
    taken = {path.rsplit("/", 1)[1].removesuffix(".ts") for path in paths if "/vendor/" in path}
    assert taken == {"stackframe", "error-stack-parser"}
    assert taken <= set(NAMED)


def test_every_kept_text_is_printed_whole():
    """Up to the texts that many licences share, which are printed once."""
    shared = [notices.same_words(notices.kept(f"shared/{file}")) for file in notices.SHARED.values()]
    for path in notices.KEPT.glob("*.txt"):
        parts = [path.read_text("utf-8")]
        for pattern in shared:
            parts = [part for text in parts for part in pattern.split(text)]
        assert [part for part in parts if part.strip() not in NOTICES] == [], path.name
    for file in notices.SHARED.values():
        assert NOTICES.count(notices.kept(f"shared/{file}").strip()) == 1
    assert len(notices.kept("MPL-2.0")) > 16_000 and NOTICES.count("Mozilla Public License Version 2.0\n") == 1


@pytest.mark.parametrize("name", sorted({name for name, _, _ in (*notices.IN_PYTHON, *notices.IN_NUMPY)}))
def test_each_part_of_python_and_numpy_stands_above_its_text(name):
    head, *sections = re.split(rf"^{'=' * 78}\n", NOTICES, flags=re.MULTILINE)
    assert f"  {name} (" in head
    (at,) = [place for place, section in enumerate(sections) if name in section.splitlines()]
    assert len(sections[at + 1].strip()) > 100


def test_a_bundled_package_without_a_licence_stops_the_build(tmp_path, monkeypatch):
    monkeypatch.setattr(notices, "MODULES", tmp_path)
    (tmp_path / "left-pad").mkdir()
    (tmp_path / "left-pad" / "package.json").write_text('{"version": "1.0.0", "license": "WTFPL"}')
    with pytest.raises(notices.Stop, match=r"left-pad is bundled and has no licence text.*web/notices/WTFPL\.txt"):
        notices.of_npm("left-pad")
    (tmp_path / "left-pad" / "LICENCE.md").write_text("Do what you like.")
    assert notices.of_npm("left-pad") == ("left-pad 1.0.0", "WTFPL", "Do what you like.")


@pytest.mark.parametrize(
    "text",
    [
        'Permission to use "it" freely, without fee.',
        "  Permission to\n  use ''it''\n  freely, without fee.",
        "permission TO USE `it` freely,    without fee.",
    ],
)
def test_the_same_words_are_found_however_they_are_set(text):
    assert notices.same_words('Permission to use "it"\nfreely, without fee.').fullmatch(text.strip())
    assert not notices.same_words("Permission to sell it.").search(text)


def test_the_readme_says_where_the_licences_are():
    assert "notices.txt" in (ROOT / "README.md").read_text("utf-8")
