"""Where the value of an expression goes next, in a learner's words, told from its syntax."""

import ast
from collections import defaultdict
from typing import Any

from tenlines.syntax.patterns import is_call_of
from tenlines.syntax.roles import name_of, namings
from tenlines.syntax.source import Places

MOST_TEXT = 60  # characters of another part
MOST_AROUND = 300  # characters of the expression around that has a gap for the part
MOST_LINES = 4  # that read a name
BESIDE = "what stands beside it"

# What is done with a value, by the operator behind it and by that before it.
LEFT_OF = {
    ast.Add: "{} is added to it.",
    ast.Sub: "{} is subtracted from it.",
    ast.Mult: "Is multiplied by {}.",
    ast.Div: "Is divided by {}.",
    ast.Pow: "Is raised to the power of {}.",
}
RIGHT_OF = {
    ast.Add: "Is added to {}.",
    ast.Sub: "Is subtracted from {}.",
    ast.Mult: "Is multiplied by {}.",
    ast.Div: "{} is divided by it.",
    ast.Pow: "{} is raised to this power.",
}


class Destinations:
    """Those of the expressions of a program."""

    def __init__(self, tree: ast.Module, places: Places, loop: ast.For | None) -> None:
        self._places = places
        self._loop = range(loop.lineno, (loop.end_lineno or loop.lineno) + 1) if loop else range(0)
        self._around: dict[ast.AST, ast.AST] = {}
        # The lines in which a name is read, and those in which it is given a value.
        self._reads: dict[str, list[int]] = defaultdict(list)
        self._writes: dict[str, list[int]] = defaultdict(list)
        for node in ast.walk(tree):
            for inner in ast.iter_child_nodes(node):
                self._around[inner] = node
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                self._reads[node.id].append(node.lineno)
            for name, value in namings(node):
                self._writes[name].append(value.lineno)
            if isinstance(node, ast.AugAssign) and (name := name_of(node.target)):
                self._reads[name].append(node.lineno)

    def of(self, node: ast.expr) -> str:
        """ "" where it goes nowhere."""
        around = self._outside(node)
        if is_call_of("print", around):
            return "Is printed."
        if isinstance(around, ast.BinOp) and type(around.op) in LEFT_OF and node in (around.left, around.right):
            verbs, other = (LEFT_OF, around.right) if node is around.left else (RIGHT_OF, around.left)
            sentence = verbs[type(around.op)].format(self._text(other))
            return sentence.replace(BESIDE, BESIDE.capitalize()) if sentence.startswith(BESIDE) else sentence
        if isinstance(around, ast.UnaryOp) and isinstance(around.op, ast.USub):
            return "Its sign is turned."
        if isinstance(around, ast.expr):
            return f"Goes into {self._with_gap(around, node)}."
        return self._from_statement(node, around)

    def _text(self, node: ast.expr) -> str:
        """Of one line, and shortened."""
        line, column, last, end = self._places.span(node)
        if line != last or end - column > MOST_TEXT:
            return BESIDE
        return self._places.text((line, column, last, end))

    def _outside(self, node: ast.AST) -> Any:
        """The expression that has it as a part and a value of its own, or the statement."""
        around = self._around[node]
        while True:
            outer = self._around.get(around)
            is_function = isinstance(outer, ast.Call) and outer.func is around and isinstance(around, ast.Attribute)
            is_inside = isinstance(around, ast.keyword | ast.Slice | ast.Tuple | ast.Starred | ast.comprehension)
            if outer is None or not (is_function or is_inside):
                return around
            around = outer

    def _with_gap(self, around: ast.expr, node: ast.expr) -> str:
        """The text of an expression, with … for the part in it."""
        line, column, last, end = self._places.span(around)
        start_line, start, end_line, stop = self._places.span(node)
        if line != last or (end - column) - (stop - start) > MOST_AROUND:
            return "the expression around it"
        before = self._places.text((line, column, start_line, start))
        return f"{before}…{self._places.text((end_line, stop, last, end))}"

    def _from_statement(self, node: ast.expr, statement: ast.AST) -> str:
        match statement:
            case ast.AugAssign(target=ast.Name(id=name), op=ast.Add() | ast.Sub() as op):
                return RIGHT_OF[type(op)].format(name)
            case ast.Assign():
                parts = [(name, getattr(value, "elts", [value])) for name, value in namings(statement)]
                given = [name for name, values in parts if node in values]
                return self._kept(given[0], node.lineno) if given else ""
            case ast.Return():
                return "Is given back to where the function was called."
            case ast.For() if statement.iter is node:
                return "The loop goes through it."
            case ast.If() | ast.While():
                return "Decides whether the lines below it run."
        return ""

    def _kept(self, name: str, line: int) -> str:
        """The lines that read a name before it is given another value, in this pass or else in the next."""
        reads, writes = sorted(set(self._reads[name])), sorted(self._writes[name])
        until = next((other for other in writes if other > line), float("inf"))
        now = [other for other in reads if line < other <= until]
        if now:
            return f"Kept as {name}; {in_words(now)} it."
        if line in self._loop:
            first = next((other for other in writes if other in self._loop), line)
            then = [other for other in reads if other in self._loop and other <= first]
            if then:
                return f"Kept as {name}; in the next pass {in_words(then)} it."
        return f"Kept as {name}."


def in_words(lines: list[int]) -> str:
    """ "line 8 reads", "lines 8 and 9 read"."""
    told = [str(line) for line in lines[:MOST_LINES]]
    more = len(lines) - len(told)
    if more:
        told.append(f"{more} more")
    if len(told) == 1:
        return f"line {told[0]} reads"
    return f"lines {', '.join(told[:-1])} and {told[-1]} read"
