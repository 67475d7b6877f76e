"""README's recipes, done: one thing of each kind added in a copy of the tree, which then is built, run and looked at.

Each is added in the files that its recipe names and in no other, at most three.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from harness.site_server import SiteServer

from layout import CACHE, ROOT, VENV, WEB

RECIPES = (ROOT / "README.md").read_text("utf-8").split("### To add something")[1].split("\n## ")[0]
MOST_FILES = 3
SOFTSIGN = """    "softsign": Activation(
        forward=lambda m, z: z / (1 + m.maximum(z, -z)),
        backward=lambda m, error, output: error * (1 - m.maximum(output, -output)) ** 2,
        title="Softsign",
        effect=", then slowly squeezed to between −1 and 1",
        flat=" The curve is flat near −1 and 1, and little changes there.",
        view=(8, -1, 1),
    ),
"""
STOP_BELOW = """    stop_below: Annotated[
        float,
        Setting(
            Number(0),
            "Stop below",
            "The mean error under which training ends; 0 goes through all iterations",
            Flag("ERROR", "the mean error under which training ends", "stop-below"),
            has_control=True,
        ),
    ] = 0.0
"""
XNOR = """{
 "place": 55,
 "title": "XNOR",
 "group": "Logic",
 "about": "1 where both inputs are the same.",
 "problem": {
  "table": {
   "inputs": ["a", "b"],
   "outputs": ["xnor"],
   "rows": [[0, 0, 1], [0, 1, 0], [1, 0, 0], [1, 1, 1], [1, 1, null]]
  },
  "network": {"hidden": [{"units": 4, "activation": "sigmoid"}], "bias": true}
 }
}
"""
SECTION = """      <section class="card" data-panel="size" aria-labelledby="size-title">
        <h2 id="size-title">Size</h2>
        <p id="size"></p>
      </section>
"""
CARD = """/**
 * @file The Size card: how many rows the table has.
 * @import { State } from "../../state/state.js"
 */
import { html } from "lit-html";
import { counted } from "../../model/words.js";
import { byId, draw } from "../kit/draw.js";

/** @param {State} state */
export function showSize(state) {
  draw(byId("size"), () => html`${counted(state.problem.value.table.rows.length, "row")}`);
}
"""
FORTY_TWO = """        if name == "42":
            raise TableError("A column cannot be named 42: that is the answer. Rename it.", position=number)
"""
# By recipe and file: each text, and what it comes behind. Behind nothing it is a new file.
ADDED: dict[str, dict[str, list[tuple[str, str]]]] = {
    "an activation": {
        "py/tenlines/methods/activations.py": [(SOFTSIGN, "ACTIVATIONS: dict[str, Activation] = {\n")],
    },
    "a setting": {
        "py/tenlines/settings/registry.py": [(STOP_BELOW, "class TrainingSettings:\n")],
        "py/tenlines/training/run.py": [
            (
                " or self.frame.error < self.problem.training.stop_below",
                "return self.diverged is not None or self.frame.iteration == self.problem.training.iterations",
            )
        ],
    },
    "an example": {
        "py/tenlines/examples/xnor.json": [(XNOR, "")],
    },
    "a card": {
        "web/view/size/size-card.js": [(CARD, "")],
        "web/index.html": [(SECTION, "    <main>\n")],
        "web/page.js": [
            (
                'import { showSize } from "./view/size/size-card.js";\n',
                'import { showNetwork } from "./view/network/network-card.js";\n',
            ),
            ("  showSize(state);\n", "  showData(state, later);\n"),
        ],
    },
    "a sentence": {
        "py/tenlines/data/table.py": [(FORTY_TWO, "for number, name in enumerate(names, start=1):\n")],
    },
}
# The tests' own list of activations, and their own arithmetic.
IN_TESTS = {
    "tests/py/strategies.py": [('"softsign", ', "ACTIVATIONS = [")],
    "tests/py/plain_python.py": [
        ('    if name == "softsign":\n        return z / (1 + abs(z))\n', "def activate(name, z):\n"),
        (
            '    if name == "softsign":\n        return (1 - abs(output)) ** 2\n',
            '    """The derivative of the activation, by its own output."""\n',
        ),
    ],
}
BUILD = """
import assemble, environment
environment.environment = lambda: None  # the copy shares it
assemble.site()
"""


@pytest.fixture(scope="session")
def copy(tmp_path_factory) -> Path:
    """The tree with one of each added to it."""
    folder = tmp_path_factory.mktemp("recipes")
    skipped = shutil.ignore_patterns("node_modules", "__pycache__", ".hypothesis", "web", "build", "bench", "samples")
    shutil.copytree(ROOT / "py", folder / "py", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(WEB, folder / "web", ignore=shutil.ignore_patterns("node_modules"))
    shutil.copytree(ROOT / "tests", folder / "tests", ignore=skipped)
    shutil.copytree(CACHE / "numpy", folder / ".cache" / "numpy", copy_function=os.link)
    for file in ("build.py", ".pytest.toml"):
        shutil.copy(ROOT / file, folder)
    (folder / "web" / "node_modules").symlink_to(WEB / "node_modules")
    (folder / VENV.name).symlink_to(VENV)
    for files in (*ADDED.values(), IN_TESTS):
        for name, texts in files.items():
            for text, behind in texts:
                add(folder / name, text, behind)
    return folder


def add(file: Path, text: str, behind: str) -> None:
    if not behind:
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
        return
    whole = file.read_text("utf-8")
    assert whole.count(behind) == 1, f"{behind!r} in {file}"
    file.write_text(whole.replace(behind, behind + text), "utf-8")


def run(copy: Path, *arguments: str | Path, status: int = 0) -> str:
    """What Python says there."""
    places = os.pathsep.join(map(str, (copy / "py", copy / "py" / "build")))
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": places},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.mark.parametrize("recipe", ADDED)
def test_a_recipe_names_the_files_that_it_takes_and_they_are_few(recipe):
    found = re.search(rf"^- \*\*{recipe}\*\*(.*?)(?=^- |\Z)", RECIPES, re.DOTALL | re.MULTILINE)
    assert found, f"README has no recipe for {recipe}"
    named = re.findall(r"`((?:py|web)/[^`]*\.\w+)`", found[1].replace("<card>", "size").replace("<name>", "xnor"))
    assert set(named) == set(ADDED[recipe])
    assert len(named) <= MOST_FILES


def test_there_is_no_other_recipe():
    assert re.findall(r"^- \*\*(.*?)\*\*", RECIPES, re.MULTILINE) == list(ADDED)


def test_the_activation_has_the_gradient_the_kernel_and_the_program_of_every_other(copy):
    names = ("methods", "gradients", "kernel", "kernel_layout")
    tests = [copy / "tests" / "py" / f"test_{name}.py" for name in names]
    said = run(copy, "-m", "pytest", "-q", "-k", "softsign", *tests)
    assert re.search(r"^[1-9]\d* passed", said, re.MULTILINE)


def test_the_setting_the_example_and_the_sentence_are_in_the_terminal(copy):
    assert "after 10,000 iterations" in run(copy, "-m", "tenlines")
    assert re.search(r"xnor = 0.9\d+  likely 1", run(copy, "-m", "tenlines", "--example", "xnor"))
    report = json.loads(run(copy, "-m", "tenlines", "--stop-below", "0.2", "--json"))
    assert report["problem"]["training"]["stop_below"] == 0.2
    assert 0.01 < report["error"] < 0.2
    (copy / "table.csv").write_text("42,b\n0,1\n1,?\n")
    assert "A column cannot be named 42" in run(copy, "-m", "tenlines", "table.csv", status=2)


def test_all_of_them_are_in_the_page(engine, open_page, copy):
    run(copy, "-c", BUILD)
    site = SiteServer(copy / "dist" / "site", frozenset({"sw.js"}))
    try:
        page = open_page(site)
        assert "5 rows" in page.evaluate("() => document.querySelector('[data-panel=size]').innerText")
        page.set("Stop below", "0.2")
        page.wait_until(lambda: 0.01 < page.error() < 0.2, "training to end there")
        page.choose("Example", "XNOR")
        page.wait_until(lambda: page.answer("row-5-xnor") > 0.9, "its answer")
        page.button("Add hidden layer").click()
        page.choose("Hidden layer 1 activation", "softsign")
        page.wait_until(lambda: "softsign" in page.evaluate("() => document.querySelector('#listing').innerText"), "it")
        page.set("Name of input 1", "42")
        page.wait_status("a column cannot be named 42")
        assert page.problems() == []
    finally:
        site.close()
