"""What the parts of a program are, told from its syntax: its loop, products of matrices, activation functions."""

import ast
from collections.abc import Iterator
from typing import Any

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


def activation(node: ast.AST) -> tuple[str, ast.expr] | None:
    """Of 1 / (1 + exp(-z)), tanh(z) and maximum(0, z) the name, and z."""
    match node:
        case ast.BinOp(
            left=ast.Constant(value=1),
            op=ast.Div(),
            right=ast.BinOp(
                left=ast.Constant(value=1),
                op=ast.Add(),
                right=ast.Call(args=[ast.UnaryOp(op=ast.USub(), operand=z)]) as power,
            ),
        ) if is_call_of("exp", power):
            return "sigmoid", z
        case ast.Call(args=[z]) if is_call_of("tanh", node):
            return "tanh", z
        case ast.Call(args=[ast.Constant(value=0), z]) if is_call_of("maximum", node):
            return "relu", z
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
