"""The bench: what it needs beyond the tests, and its run."""

import os
import subprocess
from pathlib import Path

import assemble
import browsers
import environment
import node
from layout import ROOT, VENV_PYTHON

FOLDER = ROOT / "tests" / "bench"
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def run(arguments: list[str]) -> int:
    with assemble.only_one_build():
        environment.environment(tests=True)
        node.install(FOLDER)
    variables = {**os.environ, **browsers.provide(), **ONE_THREAD, "PYTHONPATH": str(Path(__file__).parent)}
    return subprocess.run([VENV_PYTHON, FOLDER, *arguments], cwd=ROOT, env=variables).returncode
