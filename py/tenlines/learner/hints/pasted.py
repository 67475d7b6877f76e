"""Hints for what comes from elsewhere and is no Python: prompts, commands, other signs, other languages."""

import re

from tenlines.learner.hints.mistake import Mistake, hint

PROMPT = re.compile(r"\s*(>>>|\.\.\.(?=\s|$)|In \[\d*\]:|Out\[\d*\]:)")
NOTEBOOK = re.compile(r"\s*[!%]+\s*\w+")
COMMAND = re.compile(r"\s*(?:\$\s*\w+|(?:pip3?|conda|python3?|uv|git|cd|sudo|apt(?:-get)?|npm)\s+[-\w./])")
INSTALL = re.compile(r"\b(pip3?|conda|uv)\b.*\b(install|add)\b")
SPACES = {"A0", "1680", "202F", "205F", "3000", *(f"200{digit}" for digit in "0123456789A")}
QUOTES = "“”„‟«»‹›〝〞＂‘’‚‛′″＇`´"
MEANT = {
    **{"−": "-", "–": "-", "—": "-", "×": "*", "÷": "/", "²": "**2", "³": "**3", "≠": "!=", "≤": "<=", "≥": ">="},
    **{"、": ",", "。": ".", "【": "[", "】": "]", "…": "...", "√": "sqrt(…)", "→": "->"},
}
FOREIGN = [
    (r"\s*else\s+if\b", "Python writes elif for else if."),
    (r"\s*(//|/\*)", "A comment begins with # in Python."),
    (r".*[=!]==", "Python compares with == and !=."),
    (r".*<>", "Python writes != for: is not equal."),
    (r"\s*(if|elif|while)\b.*\s(then|do)\s*:?\s*$", "Python has no then and no do: the line ends with a colon."),
    (r"\s*(let|var|const|int|float|double)\s+\w+\s*=", "A name needs no word before it: write only x = 1."),
    (r"\s*(function|func|fn)\s+\w+\s*\(", "A function begins with def in Python, as in def f(x):"),
    (r"\s*for\s*\(.*;.*;", "Python counts with range, as in for i in range(10):"),
    (r"\s*for\s+\w+\s*=", "Python counts with range, as in for i in range(10):"),
    (
        r"\s*(if|else|elif|for|while|def)\b.*\{\s*$",
        "Lines that belong together are not put in { }: a colon ends the first, and the others are indented below it.",
    ),
]


@hint(SyntaxError)
def console(error: SyntaxError, _: Mistake) -> str | None:
    line = error.text or ""
    if found := PROMPT.match(line):
        return f"{found[1]} is what a Python console writes before its lines, no part of the program: delete it."
    is_command = COMMAND.match(line)
    if INSTALL.search(line) and (is_command or NOTEBOOK.match(line)):
        return (
            "This line is for a terminal or a notebook and is no Python: delete it. NumPy is here already, and other "
            "packages cannot be installed in this page."
        )
    if NOTEBOOK.match(line):
        return "Lines that begin with % or ! are commands of a notebook and no Python: delete this one."
    return "This line is a command for a terminal and no Python: delete it." if is_command else None


@hint(SyntaxError)
def strange_sign(error: SyntaxError, _: Mistake) -> str | None:
    words = error.msg or ""
    if unseen := re.search(r"invalid non-printable character U\+0*(\w+)", words):
        code = f"U+{unseen[1]:>04}"
        if unseen[1] in SPACES:
            return (
                f"There is a space of another kind here ({code}), as web pages and text programs write it. "
                "Delete it and type a space."
            )
        return (
            f"There is a character here that cannot be seen ({code}), often copied from a web page along with the "
            "text. Delete it, or type the line again."
        )
    found = re.search(r"invalid character '(.)'", words)
    if not found:
        return None
    sign = found[1]
    if sign in QUOTES:
        return "These quotes come from a text program; Python's are straight, ' or \"."
    if "！" <= sign <= "～":  # the full-width forms of ASCII, in its order
        return f"{sign} is a full-width sign. Python reads only the plain {chr(ord(sign) - 0xFEE0)}: type that instead."
    if sign in MEANT:
        return f"Python's signs are those on the keyboard: {MEANT[sign]} instead of {sign}."
    return f"{sign} is no sign of Python's. Only in a text, between quotes, can it stand."


@hint(SyntaxError)
def other_language(error: SyntaxError, _: Mistake) -> str | None:
    code = re.sub(r"'[^']*'|\"[^\"]*\"", "''", error.text or "").split("#")[0]
    return next((text for pattern, text in FOREIGN if re.match(pattern, code)), None)
