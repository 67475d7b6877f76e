"""What the names of a program stand for, told from what is done with them, whatever they are called."""

import ast
from collections.abc import Container
from functools import cache
from typing import Any, NamedTuple

from tenlines.methods.formula import PROGRAM, Text
from tenlines.methods.losses import LOSSES, Loss
from tenlines.methods.optimizers import OPTIMIZERS, Kept, Optimizer
from tenlines.methods.penalties import PENALTIES
from tenlines.methods.starts import STARTS
from tenlines.syntax.patterns import activation, factors, formula, is_call_of, is_over_range, matches


class Roles(NamedTuple):
    weights: set[str]  # what is added to, and multiplies something as a matrix
    biases: set[str]  # what is added to, and to such a product
    layers: dict[str, str]  # what comes of such products: their names, and their activation functions
    output: str  # the last of them
    inputs: set[str]  # what goes into them, and is none of them
    wanted: set[str]  # that from which the output is subtracted
    deltas: set[str]  # what comes of that
    descents: dict[str, str]  # how weights and biases should change: names, and the first that is kept of each
    kept: dict[str, str]  # what the optimizer keeps for weights and biases: names, and what they are: "velocity"


def roles_of(tree: ast.Module) -> Roles:
    nodes = list(ast.walk(tree))
    products = [pair for node in nodes if (pair := factors(node))]
    adjusted = {name for node in nodes if (name := adjusted_by(node))}
    weights = {name for _, right in products if (name := name_of(right)) in adjusted}
    assigned = [pair for node in nodes for pair in namings(node)]
    biases = {name for _, value in assigned for node in ast.walk(value) if (name := added(node, weights)) in adjusted}
    layers = {name: kind_of(value) for name, value in assigned if product_with(value, weights)}
    output = [*layers][-1] if layers else ""
    inputs = {name for left, right in products if name_of(right) in weights and (name := name_of(left)) not in layers}
    wanted = {pair[0] for node in nodes if (pair := miss(node, output))}
    for name, value in reversed(assigned):  # what some of the rows were taken from
        if isinstance(value, ast.Subscript):
            inputs |= {name_of(value.value)} if name in inputs else set()
            wanted |= {name_of(value.value)} if name in wanted else set()
    back = {
        name
        for name, value in assigned
        if any(miss(node, output) for node in ast.walk(value)) and not is_call_of("abs", value)
    }
    back |= {name for name, value in assigned if product_back(value, weights)}
    numbers = {name: found for name, value in assigned if (found := kept_number(name, value))}
    descents = {name_of(descent): name for name, (_, _, descent) in reversed(numbers.items()) if name_of(descent)}
    kept = {name: kind for name, (kind, _, _) in numbers.items()}
    back -= descents.keys() | kept.keys()
    return Roles(weights, biases - {""}, layers, output, inputs - {""}, wanted - inputs, back, descents, kept)


def kept_number(name: str, value: ast.AST) -> tuple[str, Kept, ast.expr] | None:
    """Of velocity = 0.9 * velocity + descent, and the like of other optimizers: what it is, and the descent."""
    for text, kind, number in kept_numbers():
        found = matches(formula(text), value)
        if found and name_of(found[kind]) == name:
            return kind, number, found["descent"]
    return None


@cache
def kept_numbers() -> list[tuple[str, str, Kept]]:
    """The line that updates each, what it is called, and itself: the longest first, which are the least like others."""
    numbers = [pair for optimizer in OPTIMIZERS.values() for pair in optimizer.kept.items()]
    lines = [(str(number.update(PROGRAM, Text("descent"), Text(kind))), kind, number) for kind, number in numbers]
    return sorted(lines, key=lambda line: -len(line[0]))


def kept_step(step: ast.expr, roles: Roles) -> tuple[Optimizer, dict[str, ast.expr]] | None:
    """Of what adjusts weights by what is kept: the optimizer, and what stands for each name in its step."""
    for optimizer in OPTIMIZERS.values():
        text = optimizer.written(PROGRAM, Text("descent"), map(Text, optimizer.kept), Text("updates"))
        found = matches(formula(str(text)), step) if optimizer.kept else None
        if found and all(roles.kept.get(name_of(found[kind])) == kind for kind in optimizer.kept):
            return optimizer, found
    return None


def penalties_in(node: ast.AST, weights: Container[str]) -> dict[str, tuple[ast.expr, ast.expr]]:
    """The penalties whose gradient is subtracted in it, each with its strength and the weights."""
    taken = [inner.right for inner in ast.walk(node) if isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Sub)]
    found = {}
    for name, penalty in PENALTIES.items():
        pattern = formula(str(Text("strength") * penalty.gradient(PROGRAM, Text("weight"))))
        for pair in filter(None, (matches(pattern, part) for part in taken)):
            if name_of(pair["weight"]) in weights:
                found[name] = pair["strength"], pair["weight"]
    return found


def start_in(node: ast.AST) -> str:
    """The name of the start whose scale is in it."""
    for name, start in STARTS.items():
        pattern = start.scale and formula(str(start.scale(PROGRAM, Text("fan_in"), Text("fan_out"))))
        if pattern and any(matches(pattern, inner) for inner in ast.walk(node)):
            return name
    return "post"


def loss_in(node: ast.AST, output: str) -> tuple[Loss, ast.expr | None]:
    """The loss whose derivative is in it, and what it divides by; the one without a factor where no other is seen.

    The longest formula is tried first: a shorter one can be in it.
    """
    *others, plain = sorted(LOSSES.values(), key=lambda loss: -len(ast.unparse(error_formula(loss))))
    for loss in others:
        for inner in ast.walk(node):
            found = matches(error_formula(loss), inner)
            if found and any(miss(part, output) for part in ast.walk(found["miss"])):
                return loss, found.get("count")
    return plain, None


def error_formula(loss: Loss) -> ast.expr:
    return formula(str(loss.error(PROGRAM, Text("miss"), Text("count"))))


def training_loop(tree: ast.Module) -> ast.For | None:
    """The loop over a range that adjusts weights; where none does, the first."""
    loops: list[Any] = [line for line in tree.body if is_over_range(line)]
    weights = roles_of(tree).weights if len(loops) > 1 else ()
    adjusting = (line for line in loops if any(adjusted_by(node) in weights for node in ast.walk(line)))
    return next(adjusting, loops[0] if loops else None)


def name_of(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def namings(node: ast.AST) -> list[tuple[str, ast.expr]]:
    """The names that a statement gives, each with its value: in a = 1 as in a, b = 1, 2."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return [(name, value)]
        case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)) if len(targets) == len(values):
            return [(name_of(target), value) for target, value in zip(targets, values, strict=True)]
    return []


def first_of(names: Container[str], node: ast.AST) -> str:
    """The first of these names that is in it."""
    return next((name for inner in ast.walk(node) if (name := name_of(inner)) in names), "")


def adjusted_by(node: ast.AST) -> str:
    """The name that a statement adds to or subtracts from."""
    match node:
        case ast.AugAssign(target=ast.Name(id=name), op=ast.Add() | ast.Sub()):
            return name
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.BinOp(left=left, op=ast.Add() | ast.Sub())):
            return name if name_of(left) == name else ""
    return ""


def product_with(node: ast.AST, weights: set[str]) -> tuple[ast.expr, ast.expr] | None:
    """The first product in it whose right factor is one of the weights."""
    pairs = (factors(inner) for inner in ast.walk(node))
    return next((pair for pair in pairs if pair and name_of(pair[1]) in weights), None)


def product_back(node: ast.AST, weights: set[str]) -> tuple[ast.expr, ast.expr] | None:
    """The first product in it whose right factor is weights turned on their side."""
    pairs = (factors(inner) for inner in ast.walk(node))
    return next((pair for pair in pairs if pair and turned(pair[1]) in weights), None)


def turned(node: ast.AST) -> str:
    """The name in name.T."""
    return name_of(node.value) if isinstance(node, ast.Attribute) and node.attr == "T" else ""


def added(node: ast.AST, weights: set[str]) -> str:
    """The name that is added to such a product."""
    match node:
        case ast.BinOp(left=left, op=ast.Add(), right=ast.Name(id=name)) if factors(left):
            return name if product_with(left, weights) else ""
    return ""


def miss(node: ast.AST, output: str) -> tuple[str, str] | None:
    """Of wanted - output, both names."""
    match node:
        case ast.BinOp(left=ast.Name(id=wanted), op=ast.Sub(), right=ast.Name(id=said)) if said == output:
            return wanted, said
    return None


def kind_of(value: ast.AST) -> str:
    return next((found[0] for node in ast.walk(value) if (found := activation(node))), "linear")


def rate_of(value: ast.expr, roles: Roles) -> str:
    """The number, or the name of it, that the adjustment is multiplied by."""
    match value:
        case ast.BinOp(left=ast.Constant() | ast.Name() as rate, op=ast.Mult()):
            return "" if name_of(rate) in {*roles.deltas, *roles.layers} else ast.unparse(rate)
    return ""


def without_rate(value: ast.expr, roles: Roles) -> ast.expr:
    """What an adjustment multiplies by its rate; all of it, where there is none."""
    return value.right if rate_of(value, roles) and isinstance(value, ast.BinOp) else value


def holds(node: ast.AST, name: str) -> bool:
    """Whether it calls, or has in it, what is called so."""
    return any(is_call_of(name, inner) or name_of(inner) == name for inner in ast.walk(node))
