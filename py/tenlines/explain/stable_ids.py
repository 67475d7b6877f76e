"""Ids of lines and expressions that stay the same while names change and other lines come and go.

By these the page finds what was selected again when an edit of the table has changed the program.
"""

import ast

from tenlines.syntax.patterns import activation, factors
from tenlines.syntax.roles import (
    Roles,
    adjusted_by,
    first_of,
    miss,
    name_of,
    namings,
    product_back,
    product_with,
    turned,
)


class Identities:
    """Layers are counted from the last, so that a new one below leaves the others what they are."""

    def __init__(self, tree: ast.Module, roles: Roles) -> None:
        self._output = roles.output
        self._roles = dict.fromkeys(roles.inputs, "inputs") | dict.fromkeys(roles.wanted, "wanted")
        assigned = [pair for node in ast.walk(tree) for pair in namings(node)]
        values = {
            name: value for name, value in assigned if name in roles.layers and product_with(value, roles.weights)
        }
        for number, (name, value) in enumerate(reversed(values.items())):
            weights = product_with(value, roles.weights)
            of_layer = {name: "layer", name_of(weights[1]) if weights else "": "weights"}
            of_layer[first_of(roles.biases, value)] = "bias"
            self._roles |= {of: f"{kind} {number}" for of, kind in of_layer.items() if of}
        for name, value in assigned:
            if name in roles.deltas and (pair := product_back(value, roles.weights)):
                self._roles[name] = f"change below {self._roles.get(turned(pair[1]), '')}"
            elif name in roles.deltas and any(miss(node, roles.output) for node in ast.walk(value)):
                self._roles[name] = "change"

        adjusted = [(name, node) for node in ast.walk(tree) if (name := adjusted_by(node))]
        for name, node in adjusted:
            kept = [inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name) and inner.id in roles.kept]
            self._roles |= {each: f"{roles.kept[each]} for {self.of_name(name)}" for each in kept}
        for name, kept in roles.descents.items():
            self._roles[name] = f"change of {self.of_name(kept)}"

    def of_name(self, name: str) -> str:
        return self._roles.get(name, name)

    def of_line(self, node: ast.stmt, is_loop: bool, is_inside: bool) -> str:
        where = "in the loop" if is_inside else ""
        match node:
            case ast.Import() | ast.ImportFrom():
                return "import"
            case ast.For():
                return "loop" if is_loop else f"for {where}"
            case ast.Expr(value=ast.Call(func=function)):
                return called(function)
            case ast.AugAssign(target=target):
                return f"adjust {self.of_name(ast.unparse(target))}"
            case ast.Assign(targets=[ast.Tuple(elts=targets)]) | ast.Assign(targets=targets):
                return f"set {', '.join(self.of_name(ast.unparse(target)) for target in targets)} {where}"
        return type(node).__name__

    def of_expression(self, node: ast.expr) -> str:
        """Empty where its kind says nothing, as of a sum of two."""
        if pair := factors(node):
            weights = self.of_name(turned(pair[1]) or name_of(pair[1]))
            if weights.startswith("weights"):
                return f"product {'back through' if turned(pair[1]) else 'with'} {weights}"
            return "product turned" if turned(pair[0]) else "product"
        if activation(node):
            return "activation"
        if miss(node, self._output):
            return "miss"
        if name := turned(node):
            return f"turned {self.of_name(name)}"
        if name := name_of(node):
            return self.of_name(name)
        if isinstance(node, ast.Call):
            return called(node.func)
        return "minus" if isinstance(node, ast.UnaryOp) else ""


def called(function: ast.expr) -> str:
    return f"call {getattr(function, 'attr', getattr(function, 'id', ''))}"
