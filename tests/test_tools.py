"""Lint, format and types, as tests: they count in the one closing line, and -k selects them."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
WEB = ROOT / "web"
MODULES = WEB / "node_modules"


def node(script: str, *arguments: str) -> list[str]:
    return ["node", str(MODULES / script), *arguments]


RUFF = [sys.executable, "-m", "ruff"]
BIOME = node("@biomejs/biome/bin/biome", "ci", "--colors=off", "--error-on-warnings", ".")
TSC = node("typescript/bin/tsc", "--noEmit", "--pretty", "false", "--project")
LINT_IMPORTS = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"]
SCHEMA = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows"]  # brought along
WORKFLOWS = sorted(str(file) for file in (ROOT / ".github" / "workflows").iterdir())
PYRIGHT = node("pyright/index.js", "--project", "py/pyproject.toml", "--pythonpath", sys.executable)


@pytest.mark.parametrize(
    ("command", "folder"),
    [
        pytest.param([*RUFF, "check", "."], ROOT, id="ruff check"),
        pytest.param([*RUFF, "format", "--check", "--diff", "."], ROOT, id="ruff format"),
        pytest.param(PYRIGHT, ROOT, id="pyright"),
        pytest.param(LINT_IMPORTS, ROOT / "py", id="import-linter"),
        pytest.param([*SCHEMA, *WORKFLOWS], ROOT, id="check-jsonschema"),
        pytest.param(BIOME, WEB, id="biome"),
        pytest.param([*BIOME, f"--config-path={WEB}"], ROOT / "tests" / "bench" / "page", id="biome, bench"),
        pytest.param([*BIOME, f"--config-path={WEB}"], ROOT / "py" / "build", id="biome, build"),
        pytest.param([*BIOME, f"--config-path={WEB}"], ROOT / "tests" / "node", id="biome, tests in Node"),
        pytest.param([*TSC, "tsconfig.json"], WEB, id="tsc, page"),
        pytest.param([*TSC, "tsconfig.worker.json"], WEB, id="tsc, worker"),
    ],
)
def test_finds_nothing(command: list[str], folder: Path):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        pytest.fail(f"{done.stdout}{done.stderr}", pytrace=False)


@pytest.mark.parametrize(
    ("module", "line", "told"),
    [
        ("data/table.py", "from tenlines.training.run import Run", "tenlines.data.table -> tenlines.training.run"),
        ("new_folder/__init__.py", "", "new_folder"),
    ],
    ids=["an import upward", "a folder that has no layer"],
)
def test_refuses(tmp_path: Path, module: str, line: str, told: str):
    shutil.copytree(ROOT / "py" / "tenlines", tmp_path / "tenlines", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "py" / "pyproject.toml", tmp_path / "pyproject.toml")
    planted = tmp_path / "tenlines" / module
    planted.parent.mkdir(exist_ok=True)
    with planted.open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    done = subprocess.run(LINT_IMPORTS, cwd=tmp_path, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode and told in done.stdout.replace("\n", " "), done.stdout + done.stderr


def test_git_keeps_nothing_that_is_made_here():
    """Such as a link named .venv, which a merge would put in the place of the folder."""
    asked = ["git", "ls-files", "--cached", "--ignored", "--exclude-standard"]
    kept = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True)
    if kept.returncode:
        pytest.skip("This copy of the tree is not git's.")
    assert kept.stdout == "", "git rm --cached takes it out"


def test_a_workflow_that_is_none_is_refused(tmp_path: Path):
    workflow = tmp_path / "test.yml"
    workflow.write_text(Path(WORKFLOWS[0]).read_text("utf-8").replace("runs-on:", "run-on:"), "utf-8")
    done = subprocess.run([*SCHEMA, workflow], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode and "run-on" in done.stdout, done.stdout + done.stderr


# Beside "../main.js", which no folder of web/ may import.
FORBIDDEN = {
    "browser": "../model/words.js",
    "model": "../state/state.js",
    "state": "../train/engine.js",
    "site": "../python/boot.js",
    "python": "../state/state.js",
    "worker": "../state/state.js",
    "train": "../view/kit/draw.js",
    "program": "../documents/link.js",
    "storage": "../documents/link.js",
    "documents": "../view/kit/dialog.js",
    "files": "../documents/open.js",
    "offline": "../view/kit/draw.js",
    "editor": "../state/state.js",
    "view/data": "../network/layers.js",
    "view/map": "../data/table.js",
    "view/network": "../training/training-card.js",
    "view/training": "../bar/slider.js",
    "view/program": "../../editor/editor.js",
    "view/pass": "../network/drawing.js",
    "view/bar": "../../worker/worker.js",
    "view/header": "../data/table.js",
    "view/diagnosis": "../data/table.js",
    "view/kit": "../../train/trainer.js",
}
ALLOWED = {
    "state": "../model/run.js",
    "train": "../state/state.js",
    "view/data": "../kit/draw.js",
    "view/bar": "../../train/seek.js",
}


def test_a_wrong_import_in_a_folder_of_web_is_refused(tmp_path):
    """Imports go only from a folder to those below it: web/biome.json says which."""
    folders = {path.parent.relative_to(WEB).as_posix() for path in WEB.rglob("*.js") if MODULES not in path.parents}
    assert folders - {"."} == FORBIDDEN.keys()
    shutil.copyfile(WEB / "biome.json", tmp_path / "biome.json")
    for folder, path in FORBIDDEN.items():
        up = re.sub(r"[^/]+", "..", folder)
        for name, source in (("above", path), ("main", f"{up}/main.js"), ("beside", "./beside.js")):
            file = tmp_path / folder / f"{name}.js"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f'import {{ it }} from "{source}";\nit();\n')
    for folder, path in ALLOWED.items():
        (tmp_path / folder / "below.js").write_text(f'import {{ it }} from "{path}";\nit();\n')
    assert refused_in(tmp_path) == sorted((folder, name) for folder in FORBIDDEN for name in ("above", "main"))


def test_types_come_from_the_folders_below_as_well(tmp_path):
    """What comments import, as imports; only scripts that are loaded later are known from above."""
    shutil.copyfile(WEB / "biome.json", tmp_path / "biome.json")
    for path in (path for path in WEB.rglob("*.js") if MODULES not in path.parents):
        copy = tmp_path / path.relative_to(WEB)
        copy.parent.mkdir(parents=True, exist_ok=True)
        named = re.findall(r'(?:@import [^"]*|\bimport\()"(\.[^"]+)"', path.read_text("utf-8"))
        named = [name for name in named if not name.endswith(("/editor/editor.js", "/load-later.js"))]
        copy.write_text("".join(f'import {{ t{at} }} from "{name}";\nt{at}();\n' for at, name in enumerate(named)))
    assert refused_in(tmp_path) == []


def refused_in(folder: Path) -> list[tuple[str, ...]]:
    """The files below a folder, as (folder, name), with an import that web/biome.json forbids."""
    lint = node("@biomejs/biome/bin/biome", "lint", "--colors=off", "--max-diagnostics=none", ".")
    said = subprocess.run(lint, cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    pattern = r"^(\S+)/([\w.-]+)\.js:\S+ lint/style/noRestrictedImports"
    return sorted(re.findall(pattern, said.stdout + said.stderr, re.MULTILINE))
