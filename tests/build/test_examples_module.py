"""What the page gets of the examples, as JavaScript that the build writes: the small at once, the large later."""

import json
import subprocess

import examples_module
from tenlines.examples import Example, examples


def exports_of(path) -> dict:
    script = f"import('{path.as_uri()}').then((all) => console.log(JSON.stringify(all)))"
    return json.loads(subprocess.run(["node", "-e", script], capture_output=True, text=True, check=True).stdout)


def test_the_modules_are_the_examples_as_they_are_now():
    for module, text in (
        (examples_module.SMALL, examples_module.small),
        (examples_module.LARGE, examples_module.large),
    ):
        assert module.read_text("utf-8") == text(examples()), "run python3 build.py site"


def test_a_large_table_comes_later_and_all_else_at_once(tmp_path):
    tables = {"few": [[0, 1]] * 50, "many": [[0, 1]] * 51}
    every = {
        name: Example(name, 1, name.title(), "Group", "About.", {"table": {"rows": rows}})
        for name, rows in tables.items()
    }
    found = {}
    for kind in ("small", "large"):
        module = tmp_path / f"{kind}.mjs"
        module.write_text(getattr(examples_module, kind)(every), encoding="utf-8")
        found |= exports_of(module)
    about = {"group": "Group", "about": "About."}
    assert found["EXAMPLES"] == [
        {"name": "few", "title": "Few", **about, "problem": {"table": {"rows": tables["few"]}}},
        {"name": "many", "title": "Many", **about},
    ]
    assert found["LARGE"] == {"many": {"table": {"rows": tables["many"]}}}
