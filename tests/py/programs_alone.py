"""Runs programs one after another, each as a script in a folder of its own; knows nothing of Tenlines.

A line of JSON in, {"source", "files"}; a line out, {"printed", "arrays": {name: numbers}}.
"""

import contextlib
import io
import json
import pathlib
import sys
import tempfile
import warnings

import numpy

warnings.simplefilter("ignore")
for line in sys.stdin:
    program = json.loads(line)
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for name, text in program["files"].items():
            pathlib.Path(name).write_text(text, encoding="utf-8")
        printed, names = io.StringIO(), {"__name__": "__main__"}
        with contextlib.redirect_stdout(printed):
            exec(compile(program["source"], "program.py", "exec"), names)
    numbers = {name: value for name, value in names.items() if type(value) in (int, float, numpy.ndarray)}
    arrays = {name: numpy.ravel(value).tolist() for name, value in numbers.items()}
    print(json.dumps({"printed": printed.getvalue(), "arrays": arrays}), flush=True)
