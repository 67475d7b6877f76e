"""README and the commands cannot drift apart: what it shows runs, and what exists is shown."""

import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FENCED = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
BLOCKS = [text for language, text in FENCED if not language]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").iterdir())
COMMANDS = [line for block in BLOCKS for line in block.splitlines() if line.startswith(("python3 ", ".venv/"))]


def help_of(*command: str) -> str:
    environment = {**os.environ, "COLUMNS": "200"}
    done = subprocess.run(
        [sys.executable, *command, "--help"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_the_readme_shows_every_command_of_build_py_and_no_other():
    shown = {shlex.split(line)[2] for line in COMMANDS if line.startswith("python3 build.py")}
    choices = re.search(r"usage: build\.py \[-h\] ([a-z |]+) \.\.\.", help_of("build.py"))
    assert choices is not None
    assert shown == set(choices[1].split(" | "))


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_the_workflows_run_commands_that_the_readme_shows_and_publish_what_they_write(file):
    text = file.read_text("utf-8")
    ran = re.findall(r"run: (python3 build\.py \w+)(.*)", text)
    assert ran
    for command, rest in ran:
        assert command in COMMANDS
        assert all(flag in help_of(*command.split()[1:]) for flag in re.findall(r"--\S+", rest))
    assert set(re.findall(r"\bpath: (.*)", text)) <= {"dist/site"}
    assert f"`.github/workflows/{file.name}`" in README or f"`{file.name}`" in README


@pytest.mark.parametrize("flag", ["--port", "--no-open", "--numpy-wheel"])
def test_the_flags_of_serve_in_the_readme_exist(flag: str):
    assert flag in README
    assert flag in help_of("build.py", "serve")


def test_the_flag_of_site_in_the_readme_exists():
    assert "--address" in README
    assert "--address" in help_of("build.py", "site")


def test_the_readme_names_every_flag_of_the_terminal_and_no_other():
    terminal = README.split("## In a terminal")[1].split("\n## ")[0]
    shown = set(re.findall(r"--[a-z][a-z-]+", terminal))
    there = set(re.findall(r"--[a-z][a-z-]+", help_of("-m", "tenlines"))) - {"--help"}
    assert shown == there


def test_the_terminal_prints_what_the_readme_shows():
    printed = subprocess.run(
        [sys.executable, "-m", "tenlines"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert printed in [block for block in BLOCKS if block.startswith("row 5")]


def test_the_files_that_the_readme_names_exist():
    for name in re.findall(r"`((?:py|web|tests)/[\w/.]*)`", README):
        assert (ROOT / name).exists(), name
    assert (ROOT / ".readme" / "page.png").stat().st_size > 10_000


def test_the_readme_says_which_folder_imports_from_which():
    python, web = [text.splitlines() for language, text in FENCED if language == "text"]
    layers = tomllib.loads((ROOT / "py" / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"][0]
    assert ["__main__", *(re.split(r"\s{2,}", line)[0] for line in python)] == layers["layers"]
    told = {}
    for line in web:
        folder, rest = re.split(r"\s{2,}", line)
        names = rest.split(":")[0]
        told[folder] = "nothing of the page's" if names == "nothing" else f"only from {names.replace(',', '/,')}/"
    rules = (ROOT / "web" / "biome.json").read_text("utf-8")
    found = dict(re.findall(r'"message": "([\w/]+)/ imports (.*?)\."', rules))
    assert told == found
