"""A program's text back to the problem that it is the program of.

The text is parsed, never run. Its literals are read as a problem; where that problem's program is this text, formatting
and comments aside, that is the answer. Every other text is a program of the learner's own.
"""

import ast
import re
from collections.abc import Sequence
from typing import Any

from tenlines.data.genfromtxt import BESIDE
from tenlines.data.table import Cell, Table
from tenlines.errors import TenlinesError
from tenlines.methods.losses import LOSSES
from tenlines.methods.optimizers import OPTIMIZERS
from tenlines.methods.penalties import PENALTIES
from tenlines.problem import Problem, held_out_of, teaches
from tenlines.program.write import OVERFLOWS, write
from tenlines.syntax.patterns import activation, is_call_of
from tenlines.syntax.roles import penalties_in, roles_of, start_in
from tenlines.syntax.source import parse

Rows = list[list[Cell]]
SILENCED = ast.dump(ast.parse(OVERFLOWS).body[0])
KEPT = {kind for optimizer in OPTIMIZERS.values() for kind in optimizer.kept}


class Unlike(Exception):
    """The text does not even look like one of our programs."""


def read(source: str, problem: Problem) -> Problem | None:
    """The problem of which this is the program, or None.

    What a program does not hold is taken from the problem given: names of columns, where the `?` rows stand, and the
    rows that are in a file. Raises ProgramError where the text is no Python.
    """
    tree = parse(source)
    try:
        found = claim(tree, problem)
        file = BESIDE if calls(tree, "genfromtxt") else None
        text = ast.dump(Plain().visit(tree))
        for loss, optimizer in methods(tree, problem):
            try:
                claimed = Problem.from_dict(
                    {**found, "training": {**found["training"], "loss": loss, "optimizer": optimizer}}
                )
            except TenlinesError:  # this loss is not for this network
                continue
            if ast.dump(Plain().visit(parse(write(claimed, file).source))) == text:
                return claimed
    except (Unlike, ValueError, OverflowError, RecursionError):  # numbers of thousands of digits, too
        pass
    return None


def methods(tree: ast.Module, problem: Problem) -> list[tuple[str, str]]:
    """The losses and optimizers that a program may have, the problem's own first."""
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    said = {found[1] for name in names if (found := re.fullmatch(r"(?:bias_)?([a-z_]+?)\d*", name))}
    likely = [name for name, optimizer in OPTIMIZERS.items() if set(optimizer.kept) == said & KEPT]
    losses = sorted(LOSSES, key=lambda name: name != problem.training.loss)
    return [(loss, optimizer) for loss in losses for optimizer in likely]


class Plain(ast.NodeTransformer):
    """One spelling for what is the same: 1 and 1.0 in an array, a learning rate of 1 or none, a warning or none."""

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.AST:
        node.names = [name for name in node.names if name.name != "seterr"]
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        return None if ast.dump(node) == SILENCED else self.generic_visit(node)

    def visit_List(self, node: ast.List) -> ast.AST:
        try:
            return ast.Constant(repr(cells(node)))
        except Unlike:
            return node

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        match node.value:
            case ast.BinOp(left=ast.Constant(), op=ast.Mult(), right=product):
                rate = rate_of(node)
                node.value = product if rate == 1 else ast.BinOp(ast.Constant(rate), ast.Mult(), product)
        return self.generic_visit(node)


def claim(tree: ast.Module, problem: Problem) -> dict[str, Any]:
    """What the literals say, as the plain data of a problem. Raises Unlike."""
    loop = next((line for line in tree.body if isinstance(line, ast.For)), None)
    if loop is None:
        raise Unlike
    batches = next((line for line in loop.body if isinstance(line, ast.For)), None)
    lines = batches.body if batches else loop.body
    starts = {start_in(line) for line in tree.body if calls(line, "random")}
    units = [literal(argument(call, 0, 1)) for call in calls(tree, "random")]
    forward = [line for line in lines if isinstance(line, ast.Assign) and calls(line, "dot")][: len(units)]
    activations = [found[0] if (found := activation(line.value)) else "linear" for line in forward]
    rates = [rate for line in lines if (rate := rate_of(line)) is not None]
    if not units or len(activations) < len(units):
        raise Unlike
    hidden = zip(units[:-1], activations, strict=False)
    table = table_of(tree, tree.body.index(loop), problem.table)
    held_out = held_out_by(tree)
    known = sum(teaches(row[len(table["inputs"]) :], activations[-1]) for row in table["rows"])
    *split, seed = [call for line in tree.body[: tree.body.index(loop)] for call in calls(line, "seed")] or [None]
    roles = roles_of(tree)
    penalties = penalties_in(loop, roles.weights)
    return {
        "table": table,
        "network": {
            "hidden": [{"units": count, "activation": kind} for count, kind in hidden],
            "output": activations[-1],
            "bias": bool(roles.biases),
        },
        "training": {
            **problem.to_dict()["training"],
            "iterations": literal(argument(loop.iter, 0)),
            "learning_rate": rates[0] if rates else 1.0,
            "batch_size": literal(argument(batches.iter, 2)) if batches else whole_table(problem, known - held_out),
            "seed": literal(argument(seed, 0)),
            "test_fraction": fraction_of(held_out, known, problem),
            **({"split_seed": literal(argument(split[0], 0))} if split else {}),
            "initial": starts.pop() if len(starts) == 1 else "post",
            **{name: literal(penalties[name][0]) if name in penalties else 0.0 for name in PENALTIES},
            "shuffle": bool(calls(loop, "permutation")) if batches else problem.training.shuffle,
        },
    }


def calls(node: ast.AST, name: str) -> list[ast.Call]:
    """The calls of name(…) and of something.name(…) in it, those that are not inside one another in order."""
    found: list[Any] = [inner for inner in ast.walk(node) if is_call_of(name, inner)]
    return found


def argument(call: ast.expr | None, *place: int) -> ast.expr:
    """An argument of a call, or a part of it. Raises Unlike."""
    try:
        node: Any = ast.Tuple(call.args)  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue]
        for index in place:
            node = node.elts[index]
    except (AttributeError, IndexError):
        raise Unlike from None
    return node


def literal(node: ast.expr) -> Any:
    """A number as it is written, nan as None. Raises Unlike."""
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant() as operand):
            return -float(literal(operand))
        case ast.UnaryOp(op=ast.UAdd(), operand=ast.Constant() as operand):
            return literal(operand)
        case ast.Name(id="nan"):
            return None
    raise Unlike


def cells(node: ast.expr) -> Any:
    """The numbers of an array's brackets. Raises Unlike."""
    if isinstance(node, ast.List):
        return [cells(item) for item in node.elts]
    value = literal(node)
    try:
        return None if value is None else float(value)
    except OverflowError:
        raise Unlike from None


def rate_of(line: ast.stmt) -> float | None:
    """The number by which an adjustment is multiplied. Raises Unlike."""
    match line:
        case ast.AugAssign(value=ast.BinOp(left=ast.Constant() as rate, op=ast.Mult())):
            return cells(rate)
    return None


def held_out_by(tree: ast.Module) -> int:
    """The 2 of held_out, taught = drawn[:2], sort(drawn[2:]); 0 where there is no such line. Raises Unlike."""
    for line in tree.body:
        match line:
            case ast.Assign(value=ast.Tuple(elts=[ast.Subscript(slice=ast.Slice(upper=ast.Constant() as count)), _])):
                return literal(count)
    return 0


def fraction_of(held_out: int, known: int, problem: Problem) -> float:
    """A fraction that holds out so many rows: the problem's own, if it does. Raises Unlike."""
    if not isinstance(held_out, int) or not 0 <= held_out < known:
        raise Unlike
    own = problem.training.test_fraction
    return own if held_out_of(known, own) == held_out else held_out / known


def whole_table(problem: Problem, teaching: int) -> int | None:
    """A batch that takes all rows is as good as none, and a program does not show it."""
    size = problem.training.batch_size
    return size if size and size >= teaching else None


def table_of(tree: ast.Module, loop: int, old: Table) -> dict[str, Any]:
    """The table that the arrays before and after the loop hold. Raises Unlike."""
    if calls(tree, "genfromtxt"):
        return old.to_dict()
    arrays = [(line, rows_of(call)) for line in tree.body[:loop] for call in calls(line, "array")]
    asked = [row for line in tree.body[loop:] for call in calls(line, "array") for row in rows_of(call)]
    if len(arrays) != 2:
        raise Unlike
    (_, X), (line, Y) = arrays
    if isinstance(getattr(line, "value", None), ast.Attribute):  # a single column is written as a row, turned: .T
        Y = [list(column) for column in zip(*Y, strict=False)]
    if not X or not Y or len(X) != len(Y):
        raise Unlike
    inputs = names(old.inputs, len(X[0]), "x", old.outputs)
    return {
        "inputs": inputs,
        "outputs": names(old.outputs, len(Y[0]), "y", inputs),
        "rows": placed([x + y for x, y in zip(X, Y, strict=True)], [row + [None] * len(Y[0]) for row in asked], old),
    }


def rows_of(call: ast.Call) -> Rows:
    """Of array([[…], …]), or of array([…]), which is one row. Raises Unlike."""
    rows = cells(argument(call, 0))
    if not isinstance(rows, list) or not rows:
        raise Unlike
    rows = rows if isinstance(rows[0], list) else [rows]
    if any(not isinstance(row, list) or any(isinstance(cell, list) for cell in row) for row in rows):
        raise Unlike
    return rows


def names(old: Sequence[str], count: int, stem: str, taken: Sequence[str]) -> list[str]:
    """The names of the columns there are; new ones are called as the page calls them."""
    result = list(old[:count])
    number = len(result)
    while len(result) < count:
        number += 1
        if (name := f"{stem}{number}") not in (*result, *taken):
            result.append(name)
    return result


def placed(known: Rows, asked: Rows, old: Table) -> Rows:
    """All rows: those asked for where the old table has them, if it has as many, and else behind the others."""
    at = len(old.inputs)
    places = [index for index, row in enumerate(old.rows) if all(cell is None for cell in row[at:])]
    if len(places) != len(asked):
        return known + asked
    rows = list(known)
    for place, row in zip(places, asked, strict=True):
        rows.insert(place, row)
    return rows
