"""The bench: what it needs beyond the tests, and its run."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import assemble
import browsers
import environment
import node
from layout import ROOT, VENV_PYTHON

FOLDER = ROOT / "tests" / "bench"
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def run(arguments: list[str], given_wheel: Path | None) -> int:
    with contextlib.redirect_stdout(sys.stderr):  # what the bench itself prints may be JSON
        assemble.site(given_wheel)
        with assemble.only_one_build():
            environment.environment(tests=True)
            node.install(FOLDER)
        found = browsers.provide()
    variables = {**os.environ, **found, **ONE_THREAD, "PYTHONPATH": str(Path(__file__).parent)}
    return subprocess.run([VENV_PYTHON, FOLDER, *arguments], cwd=ROOT, env=variables).returncode
