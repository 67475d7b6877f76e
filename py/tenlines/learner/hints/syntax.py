"""Hints for what Python cannot read: by the line itself and the kind of error, with Python's words as help."""

import re

from tenlines.learner.hints.mistake import Mistake, hint
from tenlines.learner.hints.pasted import QUOTES

OPENS = re.compile(r"^\s*(if|elif|else|for|while|def|class|try|except|finally|with)\b")
OLD_PRINT = re.compile(r"^\s*print\s+[^\s(=]")
PAIRS = {")": "(", "]": "[", "}": "{"}


@hint(SyntaxError)
def unreadable(error: SyntaxError, _: Mistake) -> str | None:
    words, line = error.msg or "", error.text or ""
    code = re.sub(r"'[^']*'|\"[^\"]*\"", "''", line).split("#")[0].rstrip()  # without what stands in quotes
    if isinstance(error, TabError):
        return "Some lines begin with tabs and others with spaces: use four spaces everywhere."
    if isinstance(error, IndentationError):
        return indentation(words)
    if OLD_PRINT.match(line):
        return "print is a function: what it prints stands in ( )."
    if "?" in code:
        return "A ? belongs into the table. In the program, the rows to ask about stand in the last line."
    if "unterminated" in words and re.search(f"[{QUOTES}]", line):
        return "This text begins with a straight quote and ends with one from a text program: write ' or \" twice."
    if OPENS.match(code) and not code.endswith((":", "\\", ",", "(", "[")) and "never closed" not in words:
        if re.match(r"\s*(if|elif|while)\b[^=!<>]*[^=!<>]=[^=]", code):
            return "= gives a value; == asks whether two are equal."
        return f"A line that begins with {OPENS.match(code)[1]} ends with a colon."  # pyright: ignore[reportOptionalSubscript]
    if found := re.search(r"Missing parentheses in call to '(\w+)'", words):
        return f"{found[1]} is a function: what it takes stands in ( )."
    if "never closed" in words or "unexpected EOF" in words:
        return "Every bracket that is opened has to be closed again; this one is not."
    if unopened(code):
        return "This bracket closes what has not been opened, or another kind of bracket is open."
    if "unterminated" in words:
        return "A text needs the same quote at its end as at its beginning."
    if "==" in words or re.match(r"\s*(if|elif|while)\b[^=!<>]*[^=!<>]=[^=]", code):
        return "= gives a value; == asks whether two are equal."
    if "comma" in words or re.search(r"[\d\])]\s+[\d\[(]", code):
        return "A comma is missing between two of these."
    if re.search(r"\d,\d+\s*$|=\s*\d+,\d+\b", code) and "[" not in code:
        return "Python writes 0.5 with a point."
    if re.search(r"\+\+|--", code):
        return "Python has no ++: write i += 1."
    if "decimal literal" in words or re.search(r"\b\d+[A-Za-z_]", code):
        return "A name cannot begin with a digit, and a * between a number and a name must be written."
    if re.search(r"&&|\|\|", code):
        return "Python writes and, or, not."
    if "assign" in words:
        return "On the left of = stands the one name that is to have the value."
    if "keyword" in words or re.match(r"\s*(lambda|class|import|global)\s*=", code):
        return "This word is Python's own; take another name."
    if "outside function" in words:
        return "return and await have a meaning only inside a function."
    if "outside loop" in words or "not properly in loop" in words:
        return "break and continue have a meaning only inside a loop."
    return None


def indentation(words: str) -> str:
    if "expected an indented block" in words:
        return "The lines after a colon that belong to it begin further to the right, by four spaces."
    if "unexpected indent" in words:
        return "This line begins further to the right than the one before, and no line before it ends with a colon."
    return "Lines that belong together begin at the same place."


def unopened(code: str) -> bool:
    opened = []
    for symbol in code:
        if symbol in PAIRS.values():
            opened.append(symbol)
        elif symbol in PAIRS and (not opened or opened.pop() != PAIRS[symbol]):
            return True
    return False
