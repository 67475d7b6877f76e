"""What each line of a program, and each part of it, does and why, in a learner's words, with its formula.

Told from the syntax, whatever things are called. So it holds for programs that a learner has changed, and of what it
does not know it says little.
"""

import ast
from typing import Any, NamedTuple

from tenlines.explain.code_stages import CodeStages
from tenlines.explain.destinations import Destinations
from tenlines.explain.expressions import NAMED, about_expression
from tenlines.explain.spoken import PEOPLE, Spoken
from tenlines.explain.stable_ids import Identities
from tenlines.methods.activations import ACTIVATIONS, Activation, powers_of
from tenlines.methods.formula import Text
from tenlines.methods.penalties import PENALTIES, penalised
from tenlines.methods.starts import STARTS
from tenlines.syntax.patterns import factors, formula, is_call_of
from tenlines.syntax.roles import (
    Roles,
    first_of,
    holds,
    kept_number,
    kept_step,
    loss_in,
    miss,
    penalties_in,
    product_back,
    product_with,
    rate_of,
    roles_of,
    start_in,
    training_loop,
    turned,
    without_rate,
)
from tenlines.syntax.source import Places, parse
from tenlines.trace.instrumented import InstrumentedProgram

MOST_EXPRESSIONS = 5_000

Plain = dict[str, Any]
Told = tuple[str, str]  # what it does and why, and its formula


def outline(source: str) -> Plain:
    """All that can be said of a program without running it. Raises ProgramError.

    {"lines": [{"line", "about", "formula", "role", "stage"}, …], "expressions": [{"span": [line, column, end line,
    end column], "depth", "about", "role", "stage", "goes"}, …]}; an expression's number is its place in that. Roles are
    those of stable_ids.py, stages those of code_stages.py, and "goes" is of destinations.py. Of a very long program no
    expressions are told.
    """
    tree, places = parse(source), Places(source)
    roles, loop = roles_of(tree), training_loop(tree)
    identities = Identities(tree, roles)
    inside = set() if loop is None else set(ast.walk(loop))
    stages, destinations = CodeStages(tree, roles, loop), Destinations(tree, places, loop)
    parts = InstrumentedProgram(source).expressions
    parts = parts if len(parts) <= MOST_EXPRESSIONS else []
    lines, about, kinds, nodes = [], {}, {}, {}
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt):
            try:
                text, formula = about_line(node, roles, node is loop, node in inside)
            except (ValueError, RecursionError):  # a number of thousands of digits, or a deep part, has no text
                text, formula = "", ""
            role = identities.of_line(node, node is loop, node in inside)
            told = {"about": text, "formula": formula, "role": role, "stage": stages.of(node)}
            lines.append({"line": node.lineno, **told})
        elif isinstance(node, ast.expr):
            span = places.span(node)
            about[span] = about_expression(node, roles) or about.get(span, "")
            kinds[span] = identities.of_expression(node) or kinds.get(span, "")
            nodes.setdefault(span, node)
    expressions = [
        {
            **{"span": list(span), "depth": depth, "about": about.get(span, ""), "role": kinds.get(span, "")},
            **{"stage": stages.of(nodes[span]), "goes": destinations.of(nodes[span])},
        }
        for span, depth, *_ in parts
    ]
    lines.sort(key=lambda line: line["line"])
    return {"lines": lines, "expressions": expressions}


def about_line(node: ast.stmt, roles: Roles, is_training: bool, is_inside: bool) -> Told:
    match node:
        case ast.ImportFrom(module="numpy") | ast.Import(names=[ast.alias(name="numpy")]):
            return "Takes what is needed from NumPy, which computes with whole tables of numbers at once.", ""
        case ast.Import() | ast.ImportFrom():
            return "Takes what is needed from another module.", ""
        case ast.For(iter=iterable, target=target):
            return about_loop(iterable, ast.unparse(target), is_training and bool(roles.weights), is_inside), ""
        case ast.Expr(value=call) if is_inside and is_call_of("seed", call):
            return "Makes the order below another one in each pass, and the same in each run.", ""
        case ast.Expr(value=call) if is_call_of("seed", call):
            return "Makes the random numbers below the same in each run. Another number is another random start.", ""
        case ast.Expr(value=call) if is_call_of("seterr", call):
            return "Keeps NumPy from warning where exp(−z) is too large for a number: the sigmoid is 0 there.", ""
        case ast.Expr(value=call) if is_call_of("print", call):
            return about_print(call, roles), ""
        case ast.AugAssign(target=ast.Name(id=name)):
            return about_adjustment(node, name, roles)
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return about_name(name, value, roles, is_inside)
        case ast.Assign(targets=[ast.Tuple(elts=targets)], value=value):
            return about_names([ast.unparse(target) for target in targets], value), ""
        case ast.FunctionDef(name=name):
            return f"Makes {name}: its lines run whenever it is called.", ""
        case ast.Return():
            return "Gives this back to where the function was called.", ""
        case ast.If():
            return "Goes on with the lines that are indented below if this is true.", ""
        case ast.While():
            return "Repeats the lines that are indented below as long as this is true.", ""
        case ast.Break():
            return "Leaves the loop.", ""
        case ast.Continue():
            return "Goes on with the next pass of the loop.", ""
    return "", ""


def about_loop(iterable: ast.expr, target: str, is_training: bool, is_inside: bool) -> str:
    match iterable:
        case ast.Call(args=[ast.Constant(value=int() as count)]) if is_training:
            return (
                f"Repeats the lines that are indented below {count:,} times: each pass makes the weights a bit better."
            )
        case ast.Call(args=[_, _, _]) if is_inside and not is_training:
            return "Takes the examples a few at a time, and adjusts the weights after each of these batches."
    return f"Repeats the lines that are indented below, with another {target} each time."


def about_print(call: ast.AST, roles: Roles) -> str:
    if holds(call, "nanmean") and holds(call, "delete"):
        return "Prints the mean error of the rows that it has learned from, and that of the rows held out."
    if holds(call, roles.output) and holds(call, "isnan"):
        return "Prints what the trained network says where the output is not known."
    if not product_with(call, roles.weights):
        return "Prints this."
    if holds(call, "isnan"):
        return "Asks the trained network about the whole table, and prints what it says where the output is not known."
    if any(holds(call, name) for name in roles.inputs):
        return "Prints what the trained network says of the rows that it has learned from."
    return "Asks the trained network, with the same sum and the same curve, and prints what it says."


def about_adjustment(node: ast.AugAssign, name: str, roles: Roles) -> Told:
    value = node.value
    rate, sign = rate_of(value, roles), "−" if isinstance(node.op, ast.Sub) else "+"
    step = f" {rate} is the learning rate: how large a step is." if rate else ""
    change = f"{name} = {name} {sign} {rate} · " if rate else f"{name} = {name} {sign} "
    if name in roles.weights | roles.biases and (kept := first_of(roles.kept, value)):
        about, moved = about_kept_step(without_rate(value, roles), kept, roles)
        return f"Moves {'each weight' if name in roles.weights else 'the bias'} by {about}{step}", f"{change}{moved}"
    if name in roles.weights and (told := about_descent(value, roles)):
        return f"Adjusts each weight: by {told[0]}{step}", f"{change}{told[1]}"
    if name in roles.biases:
        total = sum_of_deltas(value, roles)
        text = "Adjusts the bias: by how the sums should change, added up over all rows."
        return text + step, f"{change}{total}" if total else ""
    if sign == "+" and isinstance(value, ast.Constant) and value.value == 1:
        return f"Counts {name} on by 1.", ""
    return (f"Takes this from {name}." if sign == "−" else f"Adds this to {name}."), ""


def about_descent(value: ast.expr, roles: Roles) -> tuple[str, Text] | None:
    """What adjusts weights, what came in times how the sums should change: in words and as a formula."""
    pair = next((found for inner in ast.walk(value) if (found := factors(inner))), None)
    if not pair:
        return None
    below = Spoken(f"{turned(pair[0]) or ast.unparse(pair[0])}ᵀ")
    error = output_error(value, roles)
    if error:
        text = (
            f"its input, times how far off the output is{error.slope}, added up over all rows. "
            f"An input of 0 changes nothing.{error.about}"
        )
        formula = below * error.formula
    else:
        text = "what came in through it, times how its sum should change, over all rows."
        formula = below * Spoken(ast.unparse(pair[1]))
    for name, (strength, weights) in penalties_in(value, roles.weights).items():
        text += PENALTIES[name].about
        formula = penalised(PEOPLE, formula, Spoken(ast.unparse(weights)), {name: Spoken(ast.unparse(strength))})
    return text, formula


def sum_of_deltas(value: ast.expr, roles: Roles) -> str:
    delta = first_of(roles.deltas, value)
    return f"Σ {delta}" if delta else ""


class OutputError(NamedTuple):
    """The error at the sum of an output: wanted - output, with what the loss and the activation make of it."""

    slope: str  # in words, "" where there is none
    about: str
    formula: Text


def output_error(value: ast.expr, roles: Roles) -> OutputError | None:
    """None where nothing is subtracted from what is wanted."""
    off = next((found for inner in ast.walk(value) if (found := miss(inner, roles.output))), None)
    if not off:
        return None
    kind = roles.layers.get(roles.output, "linear")
    loss, count = loss_in(value, roles.output)
    error = loss.error(PEOPLE, Spoken(f"({off[0]} − {off[1]})"), Spoken(ast.unparse(count) if count else ""))
    if loss.is_at_sum:
        return OutputError("", loss.about, error)
    activation = ACTIVATIONS[kind]
    slope = "" if kind == "linear" else ", times the slope of the curve there"
    return OutputError(slope, activation.flat + loss.about, activation.backward(PEOPLE, error, Spoken(roles.output)))


def about_kept(name: str, value: ast.expr, roles: Roles) -> Told:
    """Of what the optimizer keeps: its first value, and the line that updates it."""
    found = kept_number(name, value)
    if not found:
        return f"The {name} starts at 0. It is kept from pass to pass.", ""
    _, number, descent = found
    told = about_descent(descent, roles)
    total = told[1] if told else Spoken(sum_of_deltas(descent, roles) or ast.unparse(descent))
    text = f" What it asks for: {told[0]}" if told else ""
    return f"{number.about} {number.why}{text}", f"{name} = {number.update(PEOPLE, total, Spoken(name))}"


def about_kept_step(step: ast.expr, kept: str, roles: Roles) -> tuple[str, Text]:
    """By what a weight is moved, where that is made of what is kept: in words and as a formula."""
    found = kept_step(step, roles)
    if not found:
        return f"its {kept}.", Spoken(kept)
    optimizer, parts = found
    names = {kind: Spoken(ast.unparse(parts[kind])) for kind in optimizer.kept}
    updates = Spoken(ast.unparse(parts["updates"]) if "updates" in parts else "")
    return optimizer.about.format(**names), optimizer.written(PEOPLE, Spoken(""), names.values(), updates)


def about_name(name: str, value: ast.expr, roles: Roles, is_inside: bool) -> Told:
    """Of name = value."""
    if name in roles.kept:
        return about_kept(name, value, roles)
    if name in roles.descents and (told := about_descent(value, roles)):
        return f"For each weight how it should change: {told[0]}", f"{name} = {told[1]}"
    if name in roles.descents and (total := sum_of_deltas(value, roles)):
        return "How the bias should change: by how the sums should, added up over all rows.", f"{name} = {total}"
    if name in roles.layers and (pair := product_with(value, roles.weights)):
        return about_layer(name, value, pair, roles, is_inside)
    if name in roles.deltas and (told := about_delta(name, value, roles)):
        return told
    if name in roles.weights and holds(value, "random"):
        scale = STARTS[start_in(value)].about
        text = f"The weights start at random, between −1 and 1{', times a root' if scale else ''}."
        return f"{text}{scale} A weight is how much an input counts, and which way.", ""
    if name in roles.biases:
        return "The bias starts at 0. It is added to every sum, so that a row of zeros can have any output, too.", ""
    if isinstance(value, ast.Constant) and value.value == 0:
        return f"{name} starts at 0.", ""
    if any(ast.dump(value) == ast.dump(formula(powers)) for kind in ACTIVATIONS if (powers := powers_of(kind))):
        return "e to the power of each sum, less the largest of its row: so none is too large for a number.", ""
    if is_inside and is_call_of("permutation", value):
        return "Puts the numbers of the rows in a random order, in which this pass takes them.", ""
    if is_inside and isinstance(value, ast.Subscript):
        return "Takes the rows of this batch.", ""
    if is_call_of("permutation", value):
        return "Puts the numbers of these rows in a random order.", ""
    if is_call_of("abs", value) and any(miss(inner, roles.output) for inner in ast.walk(value)):
        return "How far off each output is, whether too small or too large.", ""
    if holds(value, "genfromtxt"):
        return "Reads the table from its file. What is no number there, such as ?, becomes nan: not a number.", ""
    if holds(value, "isnan"):
        return "Finds the rows with a known output: those that there is something to learn from.", ""
    kind = next((kind for kind in ("inputs", "wanted") if name in getattr(roles, kind)), None)
    text = NAMED[kind] if kind else f"Works this out, and calls it {name}."
    text += " .T turns the row into a column." if kind and isinstance(value, ast.Attribute) else ""
    return text + (" nan, not a number, is what is not known." if holds(value, "nan") else ""), ""


def about_layer(name: str, value: ast.expr, pair: tuple[ast.expr, ast.expr], roles: Roles, is_inside: bool) -> Told:
    kind = roles.layers[name]
    bias = first_of(roles.biases, value)
    total = f"{ast.unparse(pair[0])} · {ast.unparse(pair[1])}" + (f" + {bias}" if bias else "")
    of_sum = formula_for_people(ACTIVATIONS[kind])
    formula = f"{name} = {total}" if of_sum == "z" else f"{name} = {of_sum}, with z = {total}"
    if not is_inside:
        return "The same as in the loop, for the rows that are asked about.", formula
    worked = f"Each row times the weights, added up{', plus the bias' if bias else ''}{ACTIVATIONS[kind].effect}"
    role = "what the network says of each row now" if name == roles.output else "what this layer tells the next"
    return f"{worked}: {role}.", formula


def formula_for_people(activation: Activation) -> str:
    """What the activation makes of z."""
    if not activation.power:
        return str(activation.forward(PEOPLE, Spoken("z")))
    power = activation.power(PEOPLE, Spoken("z"), Spoken("max(z)"))
    return str(activation.forward(PEOPLE, power, Spoken(f"Σ {power}")))


def about_delta(name: str, value: ast.expr, roles: Roles) -> Told | None:
    """None where the name is only given a first value."""
    if pair := product_back(value, roles.weights):
        layer = first_of(roles.layers, value)
        activation = ACTIVATIONS[roles.layers.get(layer, "linear")]
        text = "Hands what is wrong back through the weights: each unit gets its share, by how much it counted."
        error = Spoken(f"({ast.unparse(pair[0])} · {turned(pair[1])}ᵀ)")
        return text + activation.flat, f"{name} = {activation.backward(PEOPLE, error, Spoken(layer))}"
    error = output_error(value, roles)
    if not error:
        return None
    unknown = " Where the output is not known (nan), nothing is to change." if holds(value, "nan_to_num") else ""
    return (
        f"How far off each output is{error.slope}: how its sum should change.{error.about}{unknown}",
        f"{name} = {error.formula}",
    )


def about_names(names: list[str], value: ast.expr) -> str:
    match value:
        case ast.Tuple(elts=[ast.Subscript(slice=ast.Tuple()), *_]):
            return "Takes the table apart: the columns of the inputs, and those of the outputs."
        case ast.Tuple(elts=[ast.Subscript(slice=ast.Slice()), ast.Call()]):
            return "Holds the first of them out, to see what the network makes of rows that it has not learned from."
        case ast.Tuple(elts=[ast.Subscript(slice=ast.Name()), *_]):
            return "Keeps the rows with a known output, to learn from."
    return f"Works these out, and calls them {' and '.join(names)}."
