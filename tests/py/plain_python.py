"""An oracle: the network trained with lists, floats and math.exp, sharing nothing with the product.

Layers are (weights, bias, activation): weights[i][j] leads from input i to unit j; bias is a list or None.
`None` in a row's outputs is a `?`.
"""

import math
import random

SIGMOID, TANH, RELU, LINEAR = "sigmoid", "tanh", "relu", "linear"
LEAKY_RELU, SOFTPLUS, SOFTMAX = "leaky_relu", "softplus", "softmax"
MEAN_SQUARED, CROSS_ENTROPY, MOMENTUM, ADAM = "mean_squared", "cross_entropy", "momentum", "adam"


def numpys_random(seed):
    """The stream of numpy.random.seed(seed), from the published recurrence of the Mersenne Twister."""
    state = [seed]
    for i in range(1, 624):
        state.append((1812433253 * (state[-1] ^ (state[-1] >> 30)) + i) % 2**32)
    stream = random.Random()
    stream.setstate((3, (*state, 624), None))
    return stream.random


def initial(sizes, activations, bias, seed, start="post"):
    draw = numpys_random(seed)
    scales = {
        "post": lambda fan_in, fan_out: 1.0,
        "glorot": lambda fan_in, fan_out: math.sqrt(6 / (fan_in + fan_out)),
        "he": lambda fan_in, fan_out: math.sqrt(6 / fan_in),
    }
    return [
        (
            [[(2 * draw() - 1) * scales[start](fan_in, fan_out) for _ in range(fan_out)] for _ in range(fan_in)],
            [0.0] * fan_out if bias else None,
            activation,
        )
        for fan_in, fan_out, activation in zip(sizes, sizes[1:], activations, strict=False)
    ]


def exp(value):
    try:
        return math.exp(value)
    except OverflowError:
        return math.inf


def activate(name, z):
    if name == SIGMOID:
        return 1 / (1 + exp(-z))
    if name == TANH:
        return math.tanh(z)
    if name == RELU:
        return z if z > 0 or math.isnan(z) else 0.0
    if name == LEAKY_RELU:
        return z if z > 0 or math.isnan(z) else z / 100
    if name == SOFTPLUS:
        return z + math.log1p(exp(-z)) if z > 0 else math.log1p(exp(z))
    return z


def slope(name, output):
    """The derivative of the activation, by its own output."""
    if name == SIGMOID:
        return output * (1 - output)
    if name == TANH:
        return 1 - output * output
    if name == RELU:
        return 1.0 if output > 0 else 0.0
    if name == LEAKY_RELU:
        return 1.0 if output > 0 else 0.01
    if name == SOFTPLUS:
        return -math.expm1(-output)
    return 1.0


def outputs_of(layers, inputs):
    """The inputs, then what every layer makes of them."""
    values = [inputs]
    for weights, bias, activation in layers:
        before = values[-1]
        sums = [
            sum(before[i] * weights[i][j] for i in range(len(before))) + (bias[j] if bias else 0.0)
            for j in range(len(weights[0]))
        ]
        values.append(shares(sums) if activation == SOFTMAX else [activate(activation, z) for z in sums])
    return values


def shares(sums):
    """softmax: each 1 / Σ e^(other - own), which no other way of it overflows by."""
    return [1 / sum(exp(other - own) for other in sums) for own in sums]


def gradient_of_row(layers, inputs, wanted, loss, cells):
    """-∂E/∂z of every unit for one row; and all values.

    E is half the squared error of its known outputs; or the mean of that, doubled, or of the cross-entropy, over the
    `cells` of the batch that are known, or its rows.
    """
    values = outputs_of(layers, inputs)
    share = {MEAN_SQUARED: 2 / cells, CROSS_ENTROPY: 1 / cells}.get(loss, 1.0)
    back = [0.0 if y is None else (y - out) * share for y, out in zip(wanted, values[-1], strict=True)]
    deltas = []
    for (weights, _, activation), output in zip(reversed(layers), reversed(values), strict=False):
        is_done = loss == CROSS_ENTROPY and output is values[-1]
        delta = back if is_done else [e * slope(activation, o) for e, o in zip(back, output, strict=True)]
        deltas.insert(0, delta)
        back = [sum(w * d for w, d in zip(row, delta, strict=True)) for row in weights]
    return values, deltas


def sign(value):
    return (value > 0) - (value < 0)


class Steps:
    """What an optimizer makes of the descent of each weight and bias, which are told apart by a key."""

    def __init__(self, optimizer):
        self.optimizer = optimizer
        self.kept = {}  # velocities; or the two means of Adam
        self.updates = 0

    def step(self, key, descent):
        if self.optimizer == MOMENTUM:
            self.kept[key] = descent = descent + 0.9 * self.kept.get(key, 0.0)
        elif self.optimizer == ADAM:
            first, second = self.kept.get(key, (0.0, 0.0))
            first += (descent - first) / 10
            second += (descent * descent - second) / 1000
            self.kept[key] = first, second
            of_first, of_second = (-math.expm1(self.updates * math.log(beta)) for beta in (0.9, 0.999))
            descent = first / of_first / (math.sqrt(second / of_second) + 1e-8)
        return descent


def order_of_pass(seed, number, rows):
    """The order of the rows in a pass, 1 the first, where they are shuffled: what NumPy's permutation gives after
    numpy.random.seed([seed, number]), drawn by Python's own generator, which is seeded in the same way.
    """
    draw, order = random.Random(seed | number << 32).getrandbits, list(range(rows))
    for last in range(rows - 1, 0, -1):
        bits = last.bit_length()
        place = draw(32) % (1 << bits)
        while place > last:
            place = draw(32) % (1 << bits)
        order[last], order[place] = order[place], order[last]
    return order


def one_pass(layers, rows, training, steps, number=1):
    """One iteration over the rows with a known output, in table order or shuffled, one update for every batch."""
    learning_rate, batch_size = training["learning_rate"], training["batch_size"]
    over_row = layers[-1][2] == SOFTMAX
    known = [(x, y) for x, y in rows if (all if over_row else any)(value is not None for value in y)]
    size = batch_size or len(known)
    if training.get("shuffle") and size < len(known):
        known = [known[place] for place in order_of_pass(training["seed"], number, len(known))]
    for at in range(0, len(known), size):
        batch = known[at : at + size]
        cells = len(batch) if over_row else sum(value is not None for _, y in batch for value in y)
        found = [gradient_of_row(layers, x, y, training.get("loss"), cells) for x, y in batch]
        updates = []
        for number, (weights, bias, _) in enumerate(layers):
            for i, row in enumerate(weights):
                for j in range(len(row)):
                    step = sum(values[number][i] * deltas[number][j] for values, deltas in found)
                    step -= training.get("l2", 0) * row[j] + training.get("l1", 0) * sign(row[j])
                    updates.append((row, j, step))
            for j in range(len(bias or [])):
                updates.append((bias, j, sum(deltas[number][j] for _, deltas in found)))
        steps.updates += 1
        for place, index, descent in updates:
            place[index] += learning_rate * steps.step((id(place), index), descent)


def answers(layers, rows):
    return [outputs_of(layers, x)[-1] for x, _ in rows]


def error(layers, rows):
    """The mean of |Y - output| over the known cells."""
    misses = [
        abs(y - out)
        for (_, wanted), found in zip(rows, answers(layers, rows), strict=True)
        for y, out in zip(wanted, found, strict=True)
        if y is not None
    ]
    return sum(misses) / len(misses)


def flat(layers):
    """Layer after layer: the weights row by row, then the bias."""
    return [value for weights, bias, _ in layers for row in [*weights, bias or []] for value in row]


def trained(problem, iterations, nudge=0.0):
    """The layers of a problem object (plain data) after `iterations`; `nudge` moves the start, in ulps."""
    table, network, training = problem["table"], problem["network"], problem["training"]
    sizes = [len(table["inputs"]), *(layer["units"] for layer in network["hidden"]), len(table["outputs"])]
    activations = [*(layer["activation"] for layer in network["hidden"]), network["output"]]
    layers = initial(sizes, activations, network["bias"], training["seed"], training.get("initial", "post"))
    for weights, _, _ in layers:
        for row in weights:
            row[:] = [w + nudge * math.ulp(w) for w in row]
    steps = Steps(training.get("optimizer"))
    for number in range(1, iterations + 1):
        one_pass(layers, rows_of(problem), training, steps, number)
    return layers


def is_sensitive(problem, iterations):
    """Whether rounding decides the outcome: a last bit of the first weights, up or down, moves it beyond 1e-11."""
    usual, *moved = (flat(trained(problem, iterations, nudge)) for nudge in (0, 1, -1))
    return not all(abs(a - b) < 1e-11 for other in moved for a, b in zip(usual, other, strict=True))


def rows_of(problem):
    first = len(problem["table"]["inputs"])
    return [(row[:first], row[first:]) for row in problem["table"]["rows"]]
