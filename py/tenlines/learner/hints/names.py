"""Hints for what is not found under its name."""

import builtins
import sys
from contextlib import suppress
from importlib.util import find_spec

import numpy

from tenlines.learner.hints.mistake import Mistake, close, hint
from tenlines.learner.hints.pasted import PROMPT

DRAWING = {"matplotlib", "seaborn", "plotly", "bokeh", "pygame", "turtle", "tkinter", "pylab"}
# Packages that learners import; the names of some are near to those of Python's own modules.
KNOWN = {"scipy", "pandas", "torch", "tensorflow", "keras", "sklearn", "jax", "requests", "httpx", "yaml", "lxml"}
KNOWN |= {"PIL", "cv2", "sympy", "ujson", "nltk", "tqdm", "regex", "attr", "attrs", "flask", "django", "pytest"}


@hint(UnboundLocalError)
def local_name(_: UnboundLocalError, mistake: Mistake) -> str | None:
    named = mistake.says(r"'(\w+)'")
    if not named:
        return None
    return (
        f"A function that gives {named[1]} a value has a {named[1]} of its own, without a value at this point. "
        f"Hand the outer one over as an argument, or say: global {named[1]}."
    )


@hint(NameError)
def from_elsewhere(error: NameError, mistake: Mistake) -> str | None:
    name = error.name or ""
    if name in mistake.namespace:
        return None
    if PROMPT.match(mistake.line):
        return "In [1]: is what a notebook writes before its lines, no part of the program: delete it."
    if "·" in name:
        return "Python takes · for a letter of a name. To multiply, write *."
    now = {"xrange": "range", "raw_input": "input", "unicode": "str", "long": "int", "unichr": "chr"}.get(name)
    return f"{name} is from an older Python: write {now}." if now else None


@hint(NameError)
def unknown_name(error: NameError, mistake: Mistake) -> str | None:
    name = error.name or ""
    constants = {"true": "True", "false": "False", "none": "None", "null": "None"}
    if name in constants:
        return f"Python writes it {constants[name]}."
    if name in ("np", "numpy"):
        return f"Put this at the top: import numpy{' as np' if name == 'np' else ''}."
    if own := close(name, mistake.namespace):
        return f"There is no {name} here, but {own}. Every letter counts, and capitals too."
    if hasattr(numpy, name) and not hasattr(builtins, name):
        return f"{name} comes from NumPy. Put this at the top: from numpy import {name}."
    if name in sys.stdlib_module_names:
        return f"Put this at the top: import {name}."
    if other := close(name, vars(builtins)) or close(name, vars(numpy)):
        return f"There is no {name}. Is {other} meant?"
    return f"Nothing has been named {name} up to here: give it a value above, {name} = …, or correct the spelling."


@hint(ModuleNotFoundError)
def unknown_module(error: ModuleNotFoundError, _: Mistake) -> str:
    name = (error.name or "").split(".")[0]
    if name in DRAWING:
        return f"{name} is not in this page, where a program cannot draw: it can print numbers."
    if name in sys.stdlib_module_names:
        return f"{name} is a module of Python's that a web page cannot have. Download the program to run it elsewhere."
    other = None if name in KNOWN else close(name, ["numpy"]) or close(name, sys.stdlib_module_names)
    if other and is_here(other):
        return f"There is no {name}. Is {other} meant?"
    return (
        f"{name} is not in this page: it has NumPy and Python's own library. Download the program to run it where "
        f"{name} is installed."
    )


def is_here(module: str) -> bool:
    with suppress(Exception):  # it may have to be fetched
        return find_spec(module) is not None
    return False


@hint(ImportError)
def unknown_in_module(error: ImportError, _: Mistake) -> str | None:
    wanted = getattr(error, "name_from", None)
    module = sys.modules.get(error.name or "")
    if not wanted or module is None:
        return None
    if other := close(wanted, vars(module)):
        return f"{error.name} has no {wanted}. Is {other} meant?"
    return f"{error.name} has nothing named {wanted}."


@hint(AttributeError)
def unknown_attribute(error: AttributeError, _: Mistake) -> str | None:
    name, owner = error.name or "", error.obj
    if owner is None:
        return "This is None: a function without return gives that, and so does one that changes a list in its place."
    if isinstance(owner, list | tuple) and hasattr(numpy.ndarray, name):
        return f"Only arrays have .{name}, and this is a plain {type(owner).__name__}: array(…) makes one of it."
    if other := close(name, dir(owner)):
        return f"There is no {name} in it. Is {other} meant?"
    return None
