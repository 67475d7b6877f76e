"""Wraps the expressions of a program that have a value worth showing: f(x) becomes __see__(7, f(x)).

__see__ records the value and returns it. So everything still happens once and in the order of the program, and random
numbers are the same.
"""

import ast
from typing import Any, NamedTuple

from tenlines.syntax.patterns import activation, factors, is_call_of, names_without_value, values_of
from tenlines.syntax.source import Places, Span

SEE = "__see__"

SHOWN = (
    *(ast.Name, ast.Call, ast.Attribute, ast.Subscript),
    *(ast.BinOp, ast.UnaryOp, ast.Compare, ast.BoolOp, ast.IfExp, ast.ListComp),
)
LEFT_ALONE = ast.pattern | ast.arguments | ast.Raise | ast.Delete | ast.Import | ast.ImportFrom
SEEN_PARTS = {  # where not all parts of a node are values of the program's
    ast.FunctionDef: ("body",),
    ast.AsyncFunctionDef: ("body",),
    ast.ClassDef: ("body",),
    ast.ExceptHandler: ("body",),
    ast.AnnAssign: ("value",),
    ast.Call: ("args", "keywords"),
}

DOES = {
    ast.Add: "adds",
    ast.Sub: "subtracts",
    ast.Mult: "multiplies by",
    ast.MatMult: "multiplies by",
    ast.Div: "divides by",
    ast.Pow: "raises to the power of",
}


class Expression(NamedTuple):
    """A part of the program that has a value."""

    span: Span
    depth: int  # inside so many others
    factors: tuple[int, ...] | None  # of a matrix product: the numbers of its two expressions
    activation: tuple[str, int] | None  # of an activation function: its name, and the number of what goes in
    only_looks_up: bool  # a name, or an attribute that is there without being computed


class Line(NamedTuple):
    """A statement with values to show beside its first line."""

    number: int
    places: list[int]  # the numbers of the expressions
    is_spelt_out: bool  # the numbers stand in the line itself
    does: str  # with the value, to the name that it has: "adds" for +=, "" for =


class Instrument:
    """Wraps, and keeps a list of what it has wrapped, in the order of the text."""

    def __init__(self, places: Places, tree: ast.Module) -> None:
        self.expressions: list[Expression] = []
        self.lines: list[Line] = []
        self._places = places
        self._numbers: dict[ast.AST, int] = {}
        self._depth = 0
        self._around: ast.Call | None = None  # what is visited is an argument of this
        self._made_elsewhere = set(names_without_value(tree))

    def visit(self, node: Any) -> Any:
        """The node, changed in place, or what stands for it now."""
        if not isinstance(node, ast.AST) or isinstance(node, LEFT_ALONE) or self._is_elsewhere(node):
            return node
        if isinstance(node, ast.stmt):
            return self._statement(node)
        if isinstance(node, SHOWN) and is_worth_showing(node):
            return self._wrapped(node)
        return self._inside(node)

    def _inside(self, node: Any) -> Any:
        outer, self._around = self._around, node if isinstance(node, ast.Call) else self._around
        for field in SEEN_PARTS.get(type(node), node._fields):
            value = getattr(node, field)
            setattr(node, field, [self.visit(item) for item in value] if isinstance(value, list) else self.visit(value))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            node.func.value = self.visit(node.func.value)
        self._around = outer
        return node

    def _wrapped(self, node: Any) -> ast.Call:
        number = self._numbers[node] = len(self.expressions)
        self.expressions.append(Expression(self._places.span(node), self._depth, None, None, only_looks_up(node)))
        pair, function = factors(node), activation(node)  # before they are wrapped
        self._depth += 1
        self._inside(node)
        self._depth -= 1
        if pair and all(factor in self._numbers for factor in pair):
            numbers = tuple(self._numbers[factor] for factor in pair)
            self.expressions[number] = self.expressions[number]._replace(factors=numbers)
        if function and function[1] in self._numbers:
            kind, inside = function
            self.expressions[number] = self.expressions[number]._replace(activation=(kind, self._numbers[inside]))
        see = ast.Call(ast.Name(SEE, ast.Load()), [ast.Constant(number), node], [])
        # A stack that is full refuses this call where it would have refused the one around.
        return ast.copy_location(see, self._around or node)

    def _statement(self, node: Any) -> ast.stmt:
        shown, is_spelt_out = values_of(node), self._is_spelt_out(node)
        if isinstance(node, ast.For) and isinstance(node.target, ast.Name):
            # What the loop is at is first seen inside it.
            target = ast.copy_location(ast.Name(node.target.id, ast.Load()), node.target)
            shown, now = [target], ast.copy_location(ast.Expr(self._wrapped(target)), node)
            self._inside(node)
            node.body.insert(0, now)
        else:
            self._inside(node)
        if numbers := [self._numbers[value] for value in shown if value in self._numbers]:
            does = DOES.get(type(node.op), "changes by") if isinstance(node, ast.AugAssign) else ""
            self.lines.append(Line(node.lineno, numbers, is_spelt_out, does))
        return node

    def _is_elsewhere(self, node: ast.AST) -> bool:
        """Whether it is a name, or a part of something, that was imported or defined: no value of this program's."""
        while isinstance(node, ast.Attribute):
            node = node.value
        return isinstance(node, ast.Name) and node.id in self._made_elsewhere

    def _is_spelt_out(self, node: ast.stmt) -> bool:
        if not isinstance(node, ast.Assign):
            return False
        inner = list(ast.walk(node.value))
        names = [part for part in inner if isinstance(part, ast.Name) and not self._is_elsewhere(part)]
        return not names and any(isinstance(part, ast.List) for part in inner)


def only_looks_up(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) or (isinstance(node, ast.Attribute) and node.attr != "T")


def is_worth_showing(node: Any) -> bool:
    """Not what is assigned to, what is spelt out, or a call whose value says nothing: of print, of range."""
    if isinstance(node, ast.UnaryOp):
        return not isinstance(node.operand, ast.Constant)
    if isinstance(node, ast.Call):
        return not (is_call_of("print", node) or is_call_of("range", node))
    return isinstance(getattr(node, "ctx", None), ast.Load | None)
