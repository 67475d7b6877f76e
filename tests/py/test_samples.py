"""What earlier versions have written, in tests/samples: their files and programs are read and answer as they did then.

Each folder there is of the last commit of a step, written by its page. People have such files: none is ever changed.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pytest import approx

from tenlines.page.api import Session
from tenlines.problem import Problem
from tenlines.terminal.command import main

SAMPLES = Path(__file__).parents[1] / "samples"
FILES = sorted(SAMPLES.glob("*/*.tenlines.json"))
POST = Problem().to_dict()
PROGRAMS = sorted(SAMPLES.glob("*/*.py"))


def name(file: Path) -> str:
    return f"{file.parent.name}-{file.name.partition('.')[0]}"


def told(file: Path) -> dict:
    """What the page said of it: its answers, and what its program prints."""
    samples = json.loads((file.parent / "samples.json").read_text("utf-8"))
    (sample,) = [sample for sample in samples if sample["of"] == file.name.partition(".")[0]]
    return sample


def saved(file: Path) -> tuple[dict, str]:
    """The problem and the code in the saved file beside this one, or in this one; what is newer as in the post."""
    data = json.loads(file.with_name(f"{file.name.partition('.')[0]}.tenlines.json").read_text("utf-8"))
    code = data.pop("code", "")
    return {part: {**value, **data[part]} if part != "table" else data[part] for part, value in POST.items()}, code


@pytest.mark.parametrize("file", FILES, ids=name)
def test_a_saved_table_is_read_as_it_was_and_answers_as_it_did(file, capsys):
    problem, code = saved(file)
    assert Session().read_problem(file.read_bytes()) == {"problem": problem, "code": code}
    assert main(["--problem", str(file), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["problem"] == problem
    answers = {f"row-{each['row']}-{each['column']}": each["value"] for each in report["predictions"]}
    assert answers == approx(told(file)["answers"], rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("file", PROGRAMS, ids=name)
def test_a_program_is_read_as_it_was_and_prints_what_it_did(file, tmp_path):
    problem, code = saved(file)
    source = file.read_text("utf-8")
    read = Session().read_program(source, json.dumps(problem))
    assert read == ({"detached": True} if code else {"problem": problem})
    sample = told(file)
    if "reads" in sample:
        shutil.copy(file.with_name(sample["reads"]), tmp_path)
    done = subprocess.run([sys.executable, file], cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert done.stdout == sample["prints"]


def test_there_are_samples_of_every_kind():
    assert {name(file) for file in FILES} == {name(file) for file in PROGRAMS}
    assert len(FILES) >= 6
