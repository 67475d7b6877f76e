"""Which stage of a pass each part of a program belongs to, told from its syntax.

A stage is named with the layer that it is of, from 1 at the inputs: "sum 1", "squeeze 1", "compare 1", "slope 1",
"blame 1", "adjust 1", as in the report of a pass (stages/report.py). Where more than the sum over the rows adjusts the
weights, that sum is "descent 1"; what an optimizer keeps has its own name, such as "velocity 1"; a loss that is a mean
has "share 1"; what chooses the rows of a batch is "batch", and what is none of these is "".
"""

import ast
from collections.abc import Iterable, Iterator

from tenlines.syntax.patterns import factors, is_call_of, matches
from tenlines.syntax.roles import (
    Roles,
    adjusted_by,
    error_formula,
    first_of,
    holds,
    kept_number,
    loss_in,
    miss,
    name_of,
    namings,
    penalties_in,
    product_back,
    product_with,
    turned,
    without_rate,
)

INNER = (ast.expr, ast.keyword, ast.comprehension)  # parts of an expression that have expressions in them


class CodeStages:
    """Those of the parts of a program, by their nodes."""

    def __init__(self, tree: ast.Module, roles: Roles, loop: ast.For | None) -> None:
        self._roles = roles
        self._stages: dict[ast.AST, str] = {}
        self._layers: dict[str, int] = {}  # by the names of outputs, weights and biases, and of what comes of them
        if loop is None:
            return
        statements = [node for node in ast.walk(loop) if isinstance(node, ast.stmt) and node is not loop]
        statements.sort(key=lambda node: node.lineno)
        for statement in statements:
            for name, value in namings(statement):
                self._number_layer(name, value)
        self._has_descent = bool(roles.kept) or any(penalties_in(node, roles.weights) for node in statements)
        self._last = len({number for name, number in self._layers.items() if name in roles.layers})
        for statement in statements:
            if name := adjusted_by(statement):
                self._number_kept(name, statement)
        for statement in statements:
            self._tell(statement)
        self._tell_functions(tree, statements)

    def of(self, node: ast.AST) -> str:
        return self._stages.get(node, "")

    def _number_layer(self, name: str, value: ast.expr) -> None:
        pair = product_with(value, self._roles.weights)
        if name not in self._roles.layers or not pair:
            return
        number = len({self._layers[layer] for layer in self._roles.layers if layer in self._layers}) + 1
        self._layers.setdefault(name, number)
        self._layers.setdefault(name_of(pair[1]), self._layers[name])
        if bias := first_of(self._roles.biases, value):
            self._layers.setdefault(bias, self._layers[name])

    def _number_kept(self, name: str, statement: ast.stmt) -> None:
        """What the optimizer keeps for weights is of their layer, and so is the descent that it is kept of."""
        for other in names_in(statement):
            if other in self._roles.kept and name in self._layers:
                self._layers.setdefault(other, self._layers[name])
        for descent, kept in self._roles.descents.items():
            if kept in self._layers:
                self._layers.setdefault(descent, self._layers[kept])

    def _tell(self, statement: ast.stmt) -> None:
        roles = self._roles
        name = adjusted_by(statement)
        if name in roles.weights | roles.biases and name in self._layers:
            self._tell_adjustment(statement, self._layers[name])
        elif isinstance(statement, ast.For):
            self._put("batch", [statement, statement.iter, statement.target])
        elif isinstance(statement, ast.Expr) and is_call_of("seed", statement.value):
            self._put("batch", [statement])
        for name, value in namings(statement):
            number = self._layers.get(name, 0)
            if name in roles.layers and (pair := product_with(value, roles.weights)):
                self._tell_layer(value, pair, number)
            elif name in roles.kept and number:
                self._tell_kept(name, value, f"{roles.kept[name]} {number}")
            elif name in roles.descents and number:
                self._tell_change_of_weights(value, number)
            elif below := self._changed_by(value):
                self._layers[name] = below
                self._tell_blame(value, below)
            elif is_of_batch(name, value, roles):
                self._put("batch", [value])
            if value in self._stages:
                self._stages.setdefault(statement, self._stages[value])

    def _put(self, stage: str, roots: Iterable[ast.AST]) -> None:
        """Of these and all within them that has none yet."""
        for root in roots:
            self._stages.setdefault(root, stage)
            for node in [] if isinstance(root, ast.For) else ast.walk(root):
                self._stages.setdefault(node, stage)

    def _tell_layer(self, value: ast.expr, pair: tuple[ast.expr, ast.expr], number: int) -> None:
        total = next(node for node in ast.walk(value) if factors(node) == pair)
        for node in ast.walk(value):
            if isinstance(node, ast.BinOp) and node.left is total and name_of(node.right) in self._roles.biases:
                total = node
                break
        self._put(f"sum {number}", [total])
        self._put(f"squeeze {number}", [value])

    def _tell_adjustment(self, statement: ast.stmt, number: int) -> None:
        if isinstance(statement, ast.AugAssign | ast.Assign) and not self._roles.kept:
            self._tell_change_of_weights(without_rate(statement.value, self._roles), number)
        self._put(f"adjust {number}", [statement])

    def _tell_kept(self, name: str, value: ast.expr, stage: str) -> None:
        """The new number is the optimizer's; the descent in it is told as where it stands alone."""
        found = kept_number(name, value)
        if found and not name_of(found[2]):
            self._tell_change_of_weights(found[2], self._layers[name])
        self._put(stage, [value])

    def _tell_change_of_weights(self, value: ast.expr, number: int) -> None:
        """The inputs turned on their side times the blame, or the blame added up, with all around it."""
        for node in ast.walk(value):
            pair = factors(node)
            if pair and turned(pair[0]) and not turned(pair[1]):
                self._tell_blame_within(pair[1], number)
            elif is_call_of("sum", node) and isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                self._tell_blame_within(node.func.value, number)
        self._put(f"{'descent' if self._has_descent else 'adjust'} {number}", [value])

    def _tell_blame_within(self, value: ast.expr, number: int) -> None:
        if name_of(value):
            return
        self._tell_blame(value, self._changed_by(value) or number)

    def _changed_by(self, value: ast.expr) -> int:
        """The layer whose sums it says the change of; 0 where it says none."""
        if is_call_of("abs", value):
            return 0
        if pair := product_back(value, self._roles.weights):
            return max(self._layers.get(turned(pair[1]), 1) - 1, 1)
        if any(miss(node, self._roles.output) for node in ast.walk(value)):
            return self._last
        changes = (name for name in names_in(value) if name in self._layers and self._is_change(name))
        return next((self._layers[name] for name in changes), 0)

    def _is_change(self, name: str) -> bool:
        roles = self._roles
        others = roles.weights | roles.biases | roles.layers.keys() | roles.kept.keys() | roles.descents.keys()
        return name not in others

    def _tell_blame(self, value: ast.expr, number: int) -> None:
        """error · slope: what is compared in it, what depends on the output alone, and the products of both."""
        loss, count = loss_in(value, self._roles.output)
        shared = error_formula(loss) if loss.is_mean and not loss.is_at_sum else None
        waiting: list[tuple[ast.AST, str]] = [(value, "blame")]
        while waiting:
            node, around = waiting.pop()
            if shared and matches(shared, node):
                around = "share"
            found = self._part_of_blame(node, number) if node is not count else "blame"
            stage = around if found == "blame" else found
            self._stages.setdefault(node, f"{stage} {number}")
            if found == "blame" and node is not count:
                waiting += [(part, around) for part in inner_parts(node)]
            else:
                self._put(f"{stage} {number}", [node])

    def _part_of_blame(self, node: ast.AST, number: int) -> str:
        inside = node.args[0] if isinstance(node, ast.Call) and is_call_of("nan_to_num", node) and node.args else node
        if miss(inside, self._roles.output):
            return "compare"
        pair = factors(node)
        if (pair and turned(pair[1]) in self._roles.weights) or turned(node) in self._roles.weights:
            return "compare"
        of_layer = {name for name, layer in self._layers.items() if layer == number and name in self._roles.layers}
        names = set(names_in(node))
        return "slope" if names and names <= of_layer else "blame"

    def _tell_functions(self, tree: ast.Module, statements: list[ast.stmt]) -> None:
        """The lines of a function are of the stage in which it is called first."""
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        for function in functions:
            calls = (node for line in statements for node in ast.walk(line) if is_call_of(function.name, node))
            stage = next((self._stages[call] for call in calls if call in self._stages), "")
            if stage:
                self._put(stage, function.body)


def names_in(node: ast.AST) -> Iterator[str]:
    """The names in it, but for those of the functions that it calls."""
    called = {id(inner.func) for inner in ast.walk(node) if isinstance(inner, ast.Call)}
    return (inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name) and id(inner) not in called)


def inner_parts(node: ast.AST) -> list[ast.AST]:
    """The expressions in an expression, without the name of a function that it calls."""
    function = node.func if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else None
    return [part for part in ast.iter_child_nodes(node) if isinstance(part, INNER) and part is not function]


def is_of_batch(name: str, value: ast.expr, roles: Roles) -> bool:
    if holds(value, "permutation"):
        return True
    return isinstance(value, ast.Subscript) and name in roles.inputs | roles.wanted
