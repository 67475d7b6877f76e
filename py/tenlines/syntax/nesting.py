"""How deeply a program is nested, told from its tokens, before Python parses or compiles it.

CPython's parser and compiler call themselves at least once for each level, on a stack that is small in a page: where it
overflows, that Python is lost. Chromium, whose workers have the smallest, failed at 160 brackets, at 450 lambdas and at
890 terms of a sum. What is allowed here stays far below that, and what shows the values of a program bears it, too.
"""

import io
import re
import tokenize
from functools import lru_cache
from typing import Any

MOST = 300  # levels
LEVELS = {"lambda": 2, "block": 2, "bracket": 5}  # of all else that nests, one each
# CPython 3.13 crashes where more than 22 comprehensions, and the handlers around them, are inside one another.
MOST_HANDLERS = 20
HANDLERS = {"try": 2, "except": 3, "finally": 2, "with": 1, "async": 1}  # of a block, by its first word
WORDS = {"not", "if", "else", "for", "and", "or", "in", "is", "await", "yield", "from", "async"}
# What comes behind one of these is not inside what comes before it.
SIGNS = ("+", "-", "*", "/", "%", "@", "&", "|", "^", ">>", "<<", "**", "//")
SEPARATORS = {",", ":", ";", "=", ":=", "->", *(f"{sign}=" for sign in SIGNS)}
FSTRING_START, FSTRING_END = (getattr(tokenize, f"FSTRING_{which}", -1) for which in ("START", "END"))  # from 3.12 on
BETWEEN_LINES = {tokenize.INDENT, tokenize.DEDENT, tokenize.NEWLINE, tokenize.NL, tokenize.COMMENT}
NEW_LINE = re.compile(r"\r\n?")


@lru_cache(2)
def too_deep(source: str) -> tuple[int, int] | None:
    """Where it is nested more deeply than a page's Python can bear: line, from 1, and column, from 0; else None."""
    nesting = Nesting()
    try:
        for token in tokenize.generate_tokens(io.StringIO(NEW_LINE.sub("\n", source)).readline):
            nesting.take(token.type, token.string)
            if nesting.is_too_deep:
                return token.start
    except (SyntaxError, tokenize.TokenError, ValueError):  # the parser comes no further, either
        pass
    return None


class Nesting:
    """The state between two tokens of a program."""

    def __init__(self) -> None:
        self.depth = 0  # of the next token
        self.base = 0  # of what would begin behind a comma
        self.elifs = 0  # so far in this block: each is inside the one before
        self.comprehensions = 0  # inside one another, so far in the innermost bracket
        self.is_comprehension = False  # whether that bracket is one
        self.handlers = 0  # what catches errors, or closes things, around what comes
        self.block_handlers = 0  # the same, around the block
        self.first = ""  # word of the line; "" between lines
        self.opener = ""  # first word of the line before it in its block
        self.around: list[tuple[str, dict[str, Any]]] = []  # what is open, each with the state outside of it

    @property
    def is_too_deep(self) -> bool:
        crashes = self.comprehensions and self.handlers + self.comprehensions > MOST_HANDLERS
        return self.depth > MOST or bool(crashes)

    def take(self, kind: int, text: str) -> None:
        if not self.first and kind not in BETWEEN_LINES:
            self.begin_line(text)
        if kind == tokenize.OP:
            self.take_sign(text)
        elif kind == tokenize.NAME:
            self.take_word(text)
        elif kind == FSTRING_START:
            self.open("bracket")
        elif kind == FSTRING_END:
            self.close("bracket")
        elif kind == tokenize.INDENT:
            self.open("block")
            self.block_handlers = self.handlers
        elif kind == tokenize.DEDENT:
            self.close("block")
        elif kind == tokenize.NEWLINE:
            self.close_lambdas()
            self.first, self.depth, self.comprehensions = "", self.base, 0

    def begin_line(self, first: str) -> None:
        self.first = first
        if first == "elif":
            self.elifs += 1
            self.base += 1
        elif first != "else":
            self.base -= self.elifs
            self.elifs = 0
        if first != "else":  # which is a part of what the line before it opened
            self.opener = first
        self.depth = self.base
        self.handlers = self.block_handlers + HANDLERS.get(self.opener, 0)

    def take_sign(self, sign: str) -> None:
        if sign in "([{":
            self.open("bracket")
        elif sign in ")]}":
            self.close("bracket")
            self.depth += 1  # a(b)(c) is a call of a call
        elif sign == ":" and self.around and self.around[-1][0] == "lambda":
            depth = self.depth
            self.close("lambda")
            self.depth = depth  # of what the lambda gives back
        elif sign in SEPARATORS:
            self.depth = self.base
            self.handlers += sign == "," and self.first in ("with", "async")
        else:
            self.depth += 1

    def take_word(self, word: str) -> None:
        if word == "lambda":
            self.open("lambda")
        elif word in WORDS:
            self.depth += 1
            if word == "for" and self.around and self.around[-1][0] == "bracket":
                self.base += 1
                self.is_comprehension = True

    def open(self, kind: str) -> None:
        outside = {name: value for name, value in vars(self).items() if name != "around"}
        self.around.append((kind, outside))
        self.base = self.depth = self.depth + LEVELS[kind]
        self.elifs, self.comprehensions, self.is_comprehension = 0, 0, False

    def close(self, kind: str) -> None:
        """The innermost of its kind, with what is still open inside."""
        if kind not in (open_kind for open_kind, _ in self.around):
            return
        inside = 0
        while True:
            inside = max(inside, self.comprehensions) + self.is_comprehension
            open_kind, outside = self.around.pop()
            vars(self).update(outside)
            if open_kind == kind:
                break
        self.comprehensions = max(self.comprehensions, inside)

    def close_lambdas(self) -> None:
        while self.around and self.around[-1][0] == "lambda":
            self.close("lambda")
