"""One plain sentence more for common mistakes: what Python's own words mean here, and what to do.

Each hint is a function listed under the type of error it is for; the first that has something to say is taken. They go
by facts (types, the objects named in the program, the line itself) and by Python's words only where these are the only
fact. A new one is a function more in the file that it belongs to.
"""

from typing import Any

import numpy

from tenlines.learner.hints import arrays, names, pasted, surroundings, syntax  # noqa: F401  they list their hints
from tenlines.learner.hints.mistake import HINTS, Mistake, Plain


def hint_for(error: BaseException, line: str, namespace: Plain) -> str | None:
    """line: of the program, where the error happened."""
    mistake = Mistake(str(error), line, namespace)
    for kind, function in HINTS:
        if isinstance(error, kind) and (text := function(error, mistake)):
            return text
    return None


def hint_for_warning(category: type[Warning], message: Any) -> str | None:
    words = str(message)
    if issubclass(category, SyntaxWarning) and "missed a comma" in words:
        return "A comma is missing between two of the brackets."
    if issubclass(category, SyntaxWarning) and '"is' in words:
        return "is asks for the very same object; numbers are compared with ==."
    if not issubclass(category, RuntimeWarning):
        return None
    if "overflow" in words:
        return "A number grew too large. In exp that is harmless to the answer; elsewhere smaller numbers help."
    if "divide by zero" in words or "invalid value" in words:
        return "This gave inf or nan (not a number), and whatever is computed from nan is nan too."
    return None


def hint_for_numbers(namespace: Plain) -> list[Plain]:
    """WebAssembly cannot tell when numbers overflow, so the results are looked at."""
    for name, value in namespace.items():
        if isinstance(value, numpy.ndarray) and value.dtype.kind == "f" and numpy.isnan(value).any():
            text = (
                f"{name} holds nan (not a number): something grew too large, or was divided by 0. A smaller step helps."
            )
            return [{"text": text, "line": None}]
    return []
