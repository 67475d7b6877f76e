"""The page as it is before any of its scripts has run: drawn by the page's own views in Node (first_paint.mjs).

The policy of the page lets no `style` attribute in, so what the views write there becomes rules of the style sheet.
"""

import tempfile
from pathlib import Path

import node
from console import run
from layout import CACHE, PY, VENV_PYTHON, WEB

RULES = "first-paint.css"
NUMBERS = """
import json
from tenlines.page.api import Session
from tenlines.problem import Problem
from tenlines.program.write import write
from tenlines.training.run import Run

problem = Problem.from_dict({})
run = Run(problem)
while not run.done:
    run.advance(1.0)
frame = run.frame
numbers = {"iteration": frame.iteration, "weights": list(frame.weights), "outputs": sum(frame.outputs.tolist(), [])}
print(json.dumps({**numbers, "source": write(problem).source, **Session().questions("{}")}))
"""


def draw(folder: Path, given: list[str]) -> tuple[str, Path]:
    """The HTML of the page, and a file with its rules. given: options of esbuild, as for main.js."""
    python = run([VENV_PYTHON, "-c", NUMBERS], env={"PYTHONPATH": str(PY)})
    with tempfile.TemporaryDirectory(dir=CACHE) as scratch:
        views, numbers, html = (Path(scratch) / name for name in ("views.mjs", "numbers.json", "index.html"))
        rules = folder / RULES
        node.esbuild("draw-first-paint.js", "--bundle", "--format=esm", f"--outfile={views}", *given)
        numbers.write_text(python)
        script = Path(__file__).with_suffix(".mjs")
        run([node.program("node"), script, WEB / "index.html", views, numbers, html, rules])
        return html.read_text("utf-8"), rules
