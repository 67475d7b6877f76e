"""All tests, in one pytest run."""

import os
import shutil
import subprocess

import environment
from layout import ROOT, VENV_PYTHON


def run(arguments: list[str]) -> int:
    environment.environment(tests=True)
    command = [VENV_PYTHON, "-m", "pytest", *arguments]
    if not os.environ.get("DISPLAY") and shutil.which("xvfb-run"):
        command = ["xvfb-run", "-a", *command]
    return subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL).returncode
