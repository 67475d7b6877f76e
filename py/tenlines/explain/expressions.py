"""What an expression of a program means, in a learner's words, told from its syntax."""

import ast

from tenlines.methods.activations import ACTIVATIONS
from tenlines.syntax.patterns import activation, factors, is_call_of
from tenlines.syntax.roles import Roles, miss, name_of, turned

NAMED = {
    "weights": "The weights: how much each input counts, and in which direction.",
    "biases": "The bias, which is added to every sum.",
    "inputs": "The inputs: one row for each example, one column for each input.",
    "wanted": "The outputs that are wanted, one row for each example.",
    "deltas": "How each sum should change, for each example.",
    "layers": "What the layer says, one row for each example.",
    "kept": "What is kept of the steps so far: one number for each weight.",
}


def about_expression(node: ast.expr, roles: Roles) -> str:
    if pair := factors(node):
        if name_of(pair[1]) in roles.weights:
            last = roles.layers.get(roles.output) == "sigmoid" and len(roles.weights) == 1
            push = ": how strongly the row pushes towards 1" if last else ""
            return f"Each row times the weights, added up{push}."
        if turned(pair[1]) in roles.weights:
            return "For each unit its share of what is wrong, by the weights that lead on from it."
        if turned(pair[0]):
            return "For each weight: what came in through it, times how its sum should change, added up over all rows."
        return "Each row of the first times each column of the second, added up."
    if function := activation(node):
        return f"The sum{ACTIVATIONS[function[0]].effect}."
    if is_call_of("exp", node):
        return "e to this power: close to 0 far below 0, 1 at 0, and huge far above."
    if is_call_of("isnan", node):
        return "True where there is no number: where the output is not known."
    if is_call_of("nan_to_num", node):
        return "0 where there is no number: where the output is not known, there is nothing to change."
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return "The same with its sign turned."
    if is_call_of("random", node):
        return "Random numbers from 0 to 1."
    if miss(node, roles.output):
        return "How far off each output is: above 0 where it is too small, below 0 where it is too large."
    if turned(node):
        return "Turned on its side: rows become columns."
    if name := name_of(node):
        return next((text for kind, text in NAMED.items() if name in getattr(roles, kind)), "")
    return ""
