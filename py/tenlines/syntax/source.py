"""A program's text, parsed, and the places in it: lines from 1, columns from 0, as JavaScript counts them."""

import ast
import re
from collections.abc import Iterator

from tenlines.errors import ProgramError, shortened
from tenlines.syntax.nesting import too_deep

FILE = "program.py"
Span = tuple[int, int, int, int]  # line and column of the start, and of the end

NEW_LINE = re.compile(r"\r\n|\r|\n")


def depth_error(source: str) -> SyntaxError | None:
    """Of a text that is nested too deeply to be given to Python at all."""
    if not (place := too_deep(source)):
        return None
    line, column = place
    words = f"Line {line} is nested too deeply: take a part of it into a variable or a function of its own."
    return SyntaxError(words, (FILE, line, column + 1, None))


def parse(source: str) -> ast.Module:
    """Raises ProgramError, whose place is where Python found the mistake, or where the text is nested too deeply."""
    try:
        if error := depth_error(source):
            raise error
        return ast.parse(source, FILE)
    except SyntaxError as error:
        line = error.lineno or 1
        before = NEW_LINE.split(source)[line - 1 : line]
        column = utf16("".join(before)[: max((error.offset or 1) - 1, 0)])
        raise ProgramError(in_pythons_words(error), line=line, column=column) from None
    except (RecursionError, MemoryError):
        raise ProgramError("The program is nested too deeply for Python to read.", line=1, column=0) from None
    except ValueError as error:  # what no text of Python's may hold, such as NUL
        raise ProgramError(f"Python cannot read this text: {error}.", line=1, column=0) from None


def in_pythons_words(error: SyntaxError) -> str:
    """Long names in it shortened."""
    return re.sub(r"\w{41,}", lambda name: shortened(name[0]), error.msg)


def utf16(text: str) -> int:
    """The length of a text as JavaScript counts it."""
    return len(text) + sum(character > "\uffff" for character in text)


def columns(line: str) -> Iterator[int]:
    """For each byte of its UTF-8, and for its end, where that is as JavaScript counts."""
    column = 0
    for character in line:
        yield from [column] * len(character.encode())
        column += utf16(character)
    yield column


class Places:
    """Where the parts of a tree stand in its text."""

    def __init__(self, source: str) -> None:
        self._lines = [line.encode() for line in NEW_LINE.split(source)]
        self._columns: dict[int, list[int]] = {}  # of lines that are not ASCII, for each byte

    def column(self, line: int, offset: int) -> int:
        """Of ast's offset, which counts bytes."""
        text = self._lines[line - 1]
        if text.isascii():
            return offset
        if line not in self._columns:
            self._columns[line] = list(columns(text.decode()))
        return self._columns[line][offset]

    def span(self, node: ast.expr | ast.stmt) -> Span:
        last, end = node.end_lineno or node.lineno, node.end_col_offset or 0
        return node.lineno, self.column(node.lineno, node.col_offset), last, self.column(last, end)

    def text(self, span: Span) -> str:
        """What stands there."""
        line, column, last, end = span
        units = [text.decode().encode("utf-16-le") for text in self._lines[line - 1 : last]]
        units[-1] = units[-1][: 2 * end]
        units[0] = units[0][2 * column :]
        return "\n".join(part.decode("utf-16-le") for part in units)
