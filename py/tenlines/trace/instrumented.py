"""A program in three parts, each recording its values: before its training loop, one pass of it, and what follows."""

import ast
from collections.abc import Sequence
from functools import cached_property
from types import CodeType
from typing import Any

from tenlines.errors import ProgramError
from tenlines.syntax.roles import adjusted_by, namings, roles_of, training_loop
from tenlines.syntax.source import FILE, Places, in_pythons_words, parse
from tenlines.trace.instrument import Instrument

PASSES = "__passes__"  # what the training loop runs over -> the same, item by item
ITEMS = "__items__"  # what a part of the loop runs over


class InstrumentedProgram:
    """Raises ProgramError for a text that is no Python."""

    def __init__(self, source: str) -> None:
        tree, instrumented = parse(source), parse(source)
        self._plain = tree.body
        self._places = Places(source)
        try:
            instrument = Instrument(self._places, instrumented)
            self._instrumented: list[Any] = [instrument.visit(line) for line in instrumented.body]
        except RecursionError:
            raise too_deep() from None
        self.expressions = instrument.expressions
        self.lines = sorted(instrument.lines, key=lambda line: line.number)
        loop = training_loop(tree)
        self._loop = self._plain.index(loop) if loop else len(self._plain)
        # Its first and its last line, without its `else`.
        self.loop_lines = (loop.lineno, loop.body[-1].end_lineno or loop.lineno) if loop else None
        roles = roles_of(tree)
        statements = [node for node in ast.walk(tree) if isinstance(node, ast.stmt)]
        self._adjusting = {line.lineno for line in statements if adjusted_by(line) in roles.weights}
        changing = {*roles.kept, *roles.descents}
        self._adjusting |= {line.lineno for line in statements for name, _ in namings(line) if name in changing}

    @property
    def has_loop(self) -> bool:
        return self._loop < len(self._plain)

    @cached_property
    def before(self) -> CodeType:
        """What comes before the training loop: all, where there is none."""
        return compiled(self._instrumented[: self._loop])

    @cached_property
    def one_pass(self) -> CodeType:
        """The loop over ITEMS."""
        return compiled([self._over_items(self._instrumented)])

    @cached_property
    def passes(self) -> CodeType:
        """The loop over ITEMS, recording nothing."""
        return compiled([self._over_items(self._plain)])

    @cached_property
    def ending(self) -> CodeType:
        """What comes behind the loop, its `else` first."""
        return compiled([*self._instrumented[self._loop].orelse, *self._instrumented[self._loop + 1 :]])

    @cached_property
    def whole(self) -> CodeType:
        """The program, its loop over PASSES(…) and recording nothing."""
        lines = list(self._instrumented)
        if self.has_loop:
            loop: Any = self._plain[self._loop]
            over = ast.copy_location(ast.Call(ast.Name(PASSES, ast.Load()), [loop.iter], []), loop.iter)
            lines[self._loop] = replaced(loop, iter=over, orelse=lines[self._loop].orelse)
        return compiled(lines)

    def is_in_loop(self, place: int) -> bool:
        first, last = self.loop_lines or (1, 0)
        return first <= self.expressions[place].span[0] <= last

    def is_adjustment(self, place: int) -> bool:
        """Whether it is in a line that adjusts weights."""
        return self.expressions[place].span[0] in self._adjusting

    def text(self, place: int) -> str:
        """The source of an expression."""
        return self._places.text(self.expressions[place].span)

    def _over_items(self, lines: Sequence[Any]) -> ast.stmt:
        return replaced(lines[self._loop], iter=ast.Name(ITEMS, ast.Load()), orelse=[])


def replaced(node: Any, **fields: Any) -> Any:
    """A copy with other fields."""
    return ast.copy_location(type(node)(**{**dict(ast.iter_fields(node)), **fields}), node)


def compiled(lines: Sequence[ast.stmt]) -> CodeType:
    """Raises ProgramError for what only the compiler finds, such as a `return` outside of a function."""
    try:
        return compile(ast.fix_missing_locations(ast.Module(list(lines), [])), FILE, "exec", dont_inherit=True)
    except SyntaxError as error:
        raise ProgramError(
            in_pythons_words(error), line=error.lineno or 1, column=max((error.offset or 1) - 1, 0)
        ) from None
    except RecursionError:
        raise too_deep() from None


def too_deep() -> ProgramError:
    return ProgramError("The program is nested too deeply to show its values.", line=1, column=0)
