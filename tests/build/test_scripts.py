"""The page's two scripts: the first is small, and neither has a copy of what the other one keeps in its modules."""

import json
import re

from tools import ROOT, SITE

import assemble
import node

MOST = 150_000  # bytes of main.js
OUTSIDE = ("about-python", "about-site", "fetcher-code", "sandbox-frame", "site-files")
STATE = re.compile(r"^(?:export )?(?:let |const \w+ = (?:new |signal\(|create))", re.MULTILINE)


def test_main_is_small():
    (main,) = SITE.glob("main-*.js")
    assert main.stat().st_size <= MOST


def modules(tmp_path, entry: str, *without: str) -> set[str]:
    report = tmp_path / "report.json"
    outside = [f"--external:{name}" for name in (*OUTSIDE, *without)]
    node.esbuild(entry, "--bundle", *outside, "--format=cjs", f"--outdir={tmp_path}", f"--metafile={report}")
    (output,) = json.loads(report.read_text())["outputs"].values()
    return {path for path, part in output["inputs"].items() if part["bytesInOutput"]}


def test_no_module_with_state_is_in_both(tmp_path):
    main = modules(tmp_path, "main.js")
    later = modules(tmp_path, "later.js", *assemble.SHARED)
    assert "load-later.js" in main and "view/header/share-dialog.js" in later - main
    both = main & later
    assert "model/words.js" in both
    assert [path for path in both if "node_modules" in path] == []
    assert [path for path in both if STATE.search((ROOT / "web" / path).read_text("utf-8"))] == []
