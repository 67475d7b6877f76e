"""What the parts of a program are, told from its syntax: its loop, products of matrices, activation functions."""

import ast
from collections.abc import Iterator
from functools import cache
from typing import Any

from tenlines.methods.activations import ACTIVATIONS, formula_of, is_function

Pair = tuple[ast.expr, ast.expr]


def is_call_of(name: str, node: Any) -> bool:
    """Whether it calls name(…) or something.name(…)."""
    return isinstance(node, ast.Call) and name == getattr(node.func, "id", getattr(node.func, "attr", None))


def is_over_range(line: ast.stmt) -> bool:
    return isinstance(line, ast.For) and is_call_of("range", line.iter)


def factors(node: ast.AST) -> Pair | None:
    """The two that are multiplied in dot(a, b), numpy.dot(a, b), a.dot(b) and a @ b."""
    match node:
        case ast.BinOp(left=left, op=ast.MatMult(), right=right):
            return left, right
        case ast.Call(args=[left, right]) if is_call_of("dot", node) or is_call_of("matmul", node):
            return left, right
        case ast.Call(func=ast.Attribute(value=left, attr="dot"), args=[right]):
            return left, right
    return None


@cache
def formula(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def matches(pattern: ast.AST, node: ast.AST) -> dict[str, ast.expr] | None:
    """What stands in a node for each name of a pattern, or None where the node is not of that form.

    Calls are compared by name(…) or something.name(…), and a name that is there twice stands for one and the same.
    """
    found: dict[str, ast.expr] = {}
    return found if _match(pattern, node, found) else None


def _match(pattern: Any, node: Any, found: dict[str, ast.expr]) -> bool:
    match pattern, node:
        case ast.Name(id=name), ast.expr():
            return ast.dump(found.setdefault(name, node)) == ast.dump(node)
        case ast.Constant(value=value), ast.Constant():
            return value == node.value
        case ast.Call(func=ast.Name(id=name), args=parts), ast.Call(args=others, keywords=[]):
            return is_call_of(name, node) and _match(parts, others, found)
        case list(), list():
            return len(pattern) == len(node) and all(_match(*pair, found) for pair in zip(pattern, node, strict=True))
        case ((ast.BinOp() | ast.UnaryOp() | ast.Compare() | ast.operator() | ast.unaryop() | ast.cmpop()), ast.AST()):
            return type(pattern) is type(node) and all(
                _match(getattr(pattern, field), getattr(node, field), found) for field in pattern._fields
            )
    return False


def activation(node: ast.AST) -> tuple[str, ast.expr] | None:
    """The name of an activation and its z: of its formula, such as 1 / (1 + exp(-z)), and of a call of its function."""
    if not isinstance(node, ast.BinOp | ast.Call):
        return None
    for name in ACTIVATIONS:
        pattern = formula(formula_of(name))
        if not ACTIVATIONS[name].power and not isinstance(pattern, ast.Name) and (found := matches(pattern, node)):
            return name, found["z"]
        if is_function(name) and (found := matches(formula(f"{name}(z)"), node)):
            return name, found["z"]
    return None


def values_of(line: ast.stmt) -> list[ast.expr]:
    """The expressions whose values say what a statement does."""
    match line:
        case ast.Expr(value=ast.Call(args=args) as call) if is_call_of("print", call):
            return [part.value if isinstance(part, ast.Starred) else part for part in args]
        case ast.Assign(value=ast.Tuple(elts=parts)):
            return parts
        case ast.Assign(value=value) | ast.AugAssign(value=value) | ast.Expr(value=value):
            return [value]
        case ast.AnnAssign(value=value) | ast.Return(value=value):
            return [value] if value else []
        case ast.If(test=test) | ast.While(test=test):
            return [test]
    return []


def names_without_value(tree: ast.Module) -> Iterator[str]:
    """What is imported, and what is defined."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from (alias.asname or alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
