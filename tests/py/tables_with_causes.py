"""Tables that cannot be learned, or cannot be trusted, each with its first cause; and healthy ones, which have none.

CAUSES is the order in which causes are named. What each table is here for is its name.
"""

from math import sin
from random import Random
from typing import Any, NamedTuple

from tenlines.examples import examples, problem_of

CAUSES = [
    "contradiction", "one-class", "zero-row-without-bias", "output-range", "rate-too-high", "saturated",
    "not-separable", "dead-units", "stuck-start", "rate-too-low", "constant-column", "undetermined", "overfit",
]  # fmt: skip
WITHOUT_WRONG_ROWS = {"contradiction", "one-class", "undetermined", "overfit"}  # what can be found where all is right


class Case(NamedTuple):
    name: str
    cause: str  # the first one, of a table that has one; "" of a healthy table
    data: dict[str, Any]  # of a problem
    starts: int = 0  # other starts that its cause needs


def problem(text, outputs=1, *, hidden=(), output="sigmoid", bias=False, **training):
    """text: "a,b,y / 0,0,1 / 1,1,?"; the last columns are the outputs. hidden: (units, activation) each."""
    names, *rows = ([cell.strip() for cell in line.split(",")] for line in text.split("/"))
    first = len(names) - outputs
    return {
        "table": {
            "inputs": names[:first],
            "outputs": names[first:],
            "rows": [[None if cell == "?" else float(cell) for cell in row] for row in rows],
        },
        "network": {
            "hidden": [{"units": units, "activation": activation} for units, activation in hidden],
            "output": output,
            "bias": bias,
        },
        "training": training,
    }


def written(names, rows):
    """As `problem` takes it."""
    return " / ".join([names, *(",".join("?" if cell is None else repr(cell) for cell in row) for row in rows)])


AND = "a,b,and / 0,0,0 / 0,1,0 / 1,0,0 / 1,1,1 / 1,0.5,?"
XOR = "x1,x2,y / 0,0,0 / 0,1,1 / 1,0,1 / 1,1,0 / 0.5,0.5,?"
POST = "x1,x2,x3,y / 0,0,1,0 / 1,1,1,1 / 1,0,1,1 / 0,1,1,0 / 1,0,0,?"
PARITY = "a,b,c,odd / 0,0,0,0 / 0,0,1,1 / 0,1,0,1 / 0,1,1,0 / 1,0,0,1 / 1,0,1,0 / 1,1,0,0 / 1,1,1,1"
LINE = "x,y / -1,-1 / -0.5,0 / 0,1 / 0.5,2 / 1,3 / 0.25,?"  # y = 2x + 1
CURVE = written("x,sine", [[n / 4, round(sin(n / 4), 3)] for n in range(-8, 9)])
WAVES_BESIDE_0 = written("x,idle,waves", [[n / 8, 0, round(sin(n), 3)] for n in range(-10, 11)])

RING = written(
    "x,y,inside",
    [[0, 0, 1], [0.2, 0.1, 1], [-0.2, 0.2, 1], [0.1, -0.3, 1], [1, 0, 0], [0, 1, 0], [-1, 0, 0], [0, -1, 0],
     [0.8, 0.8, 0], [-0.8, 0.8, 0], [0.8, -0.8, 0], [-0.8, -0.8, 0], [0.1, 0.1, None]],
)  # fmt: skip


def coin_flips(rows, seed):
    """Inputs that say nothing of the output."""
    random = Random(seed)
    numbers = [[round(random.uniform(-1, 1), 2) for _ in range(3)] for _ in range(rows)]
    return written("u,v,w,coin", [[*row, random.randrange(2)] for row in numbers])


def noise(rows, seed):
    random = Random(seed)
    return written("x,y", [[round(n / rows * 2 - 1, 3), round(random.gauss(0, 1), 2)] for n in range(rows)])


SICK = [
    # Equal inputs, other targets
    Case("the one row there is twice, as a 0 and as a 1", "contradiction",
         problem("a,b,y / 1,5,0 / 1,5,1 / 1,5,?")),
    Case("AND, with its last row again as a 0", "contradiction",
         problem("a,b,and / 0,0,0 / 0,1,0 / 1,0,0 / 1,1,1 / 1,1,0", bias=True)),
    Case("a house of the same size, sold twice", "contradiction",
         problem("size,price / 0.5,1 / 0.8,2 / 0.8,3.1 / 1,3 / 0.7,?", output="linear", bias=True,
                 learning_rate=0.1)),
    Case("the second of two outputs disagrees", "contradiction",
         problem("a,b,or,and / 0,0,0,0 / 0,1,1,0 / 0,1,1,1 / 1,0,1,0 / 1,1,1,1", 2, bias=True)),
    Case("two animals of one kind, in a network with a hidden layer", "contradiction",
         problem("legs,wings,bird,fish / 1,0,0,0 / 0.5,1,1,0 / 0.5,1,0,1 / 0,0,0,1", 2,
                 hidden=[(4, "tanh")], bias=True, optimizer="adam", learning_rate=0.05, iterations=2000)),
    Case("one of three rows with 0 and with -0, by cross-entropy", "contradiction",
         problem("x,y / -0.0,0 / 0,1 / 2,1", bias=True, loss="cross_entropy")),
    # Nothing to tell apart
    Case("only 1s", "one-class", problem("a,b,y / 1,0,1 / 0,1,1 / 1,1,1 / 0.5,0,?")),
    Case("only 0s, with a bias and a hidden layer", "one-class",
         problem("height,weight,ill / 1.7,0.7,0 / 1.6,0.5,0 / 1.9,0.9,0 / 1.8,1.2,?",
                 hidden=[(3, "sigmoid")], bias=True)),
    Case("one known row", "one-class", problem("a,b,y / 1,1,1 / 0,1,? / 1,0,?")),
    Case("one of two outputs is always 0", "one-class",
         problem("a,b,or,never / 0,0,0,0 / 0,1,1,0 / 1,0,1,0 / 1,1,1,0 / 0.5,0.5,?,?", 2, bias=True)),
    Case("a price that is always 5", "one-class",
         problem("a,price / 0.1,5 / 0.2,5 / 0.9,5 / 0.5,?", output="linear", bias=True, learning_rate=0.1)),
    # A row of zeros, at which the network can say one thing only
    Case("AND typed by hand", "zero-row-without-bias", problem(AND)),
    Case("NAND", "zero-row-without-bias", problem("p,q,nand / 0,0,1 / 0,1,1 / 1,0,1 / 1,1,0")),
    Case("a majority of three", "zero-row-without-bias",
         problem("a,b,c,most / 0,0,0,0 / 0,0,1,0 / 0,1,0,0 / 0,1,1,1 / 1,0,0,0 / 1,0,1,1 / 1,1,0,1 / 1,1,1,1",
                 loss="cross_entropy", learning_rate=2)),
    Case("a line that does not go through 0", "zero-row-without-bias",
         problem(LINE, output="linear", learning_rate=0.05)),
    Case("XOR in a hidden layer of tanh", "zero-row-without-bias",
         problem(XOR, hidden=[(6, "tanh")], learning_rate=0.3)),
    Case("one of three kinds by softmax", "zero-row-without-bias",
         problem("hot,wet,desert,sea,ice / 1,0,1,0,0 / 0,1,0,1,0 / 0,0,0,0,1 / 0.1,0.9,?,?,?", 3,
                 output="softmax", loss="cross_entropy", iterations=2000)),
    # Targets that the output cannot give
    Case("house prices with a sigmoid", "output-range", problem("area,price / 50,125000 / 80,200000 / 70,?")),
    Case("1, 2, 3 as outputs", "output-range", problem("a,y / 1,1 / 2,2 / 3,3 / 4,?")),
    Case("-1 and 1 with a sigmoid", "output-range",
         problem("a,b,y / 1,1,1 / 1,-1,1 / -1,1,-1 / -1,-1,-1", bias=True, learning_rate=0.1)),
    Case("the second output is a percentage", "output-range",
         problem("hours,ill,passed,percent / 0.1,0,0,20 / 0.4,0,0,45 / 0.7,1,1,60 / 0.9,0,1,90 / 0.8,0,?,?", 2,
                 bias=True, learning_rate=0.1)),
    Case("temperatures with tanh", "output-range",
         problem("north,celsius / 0,26 / 0.3,21 / 0.6,9 / 0.9,-8", output="tanh", bias=True, learning_rate=0.1)),
    Case("a curve down to -1 with a sigmoid, in batches", "output-range",
         problem(CURVE, hidden=[(6, "tanh")], bias=True, learning_rate=0.1, batch_size=4, shuffle=True,
                 loss="mean_squared", iterations=5000)),
    # Steps that are too large
    Case("the post's table at a rate of 1000", "rate-too-high", problem(POST, learning_rate=1000)),
    Case("a line at a rate of 1 diverges", "rate-too-high",
         problem(LINE, output="linear", bias=True, learning_rate=1.0)),
    Case("Adam at a rate of 20", "rate-too-high",
         problem("a,b,or / 0,0,0 / 0,1,1 / 1,0,1 / 1,1,1", hidden=[(4, "tanh")], bias=True, optimizer="adam",
                 learning_rate=20.0, iterations=3000)),
    Case("XOR with four hidden units at a rate of 300", "rate-too-high",
         problem(XOR, hidden=[(4, "sigmoid")], bias=True, learning_rate=300)),
    Case("momentum on a plane", "rate-too-high",
         problem("u,v,y / 0,0,1 / 0,1,3 / 1,0,0 / 1,1,2 / 2,1,1 / 1,2,4", output="linear", bias=True,
                 optimizer="momentum", learning_rate=0.5, iterations=500)),
    Case("a curve in batches", "rate-too-high",
         problem(CURVE, hidden=[(8, "tanh")], output="linear", bias=True, batch_size=4, learning_rate=2.0,
                 iterations=4000)),
    # Inputs that are too large, or of very different size
    Case("income and rate", "saturated", problem("income,rate,y / 5000,.001,0 / 2000,.01,1 / 3000,.015,?")),
    Case("years and shares", "saturated",
         problem("year,share,y / 1990,0.2,0 / 1995,0.7,1 / 2005,0.3,0 / 2010,0.8,1 / 2015,0.1,0 / 2020,0.9,1",
                 bias=True)),
    Case("salaries in a hidden layer", "saturated",
         problem("salary,age,buys / 20000,25,0 / 30000,60,0 / 52000,30,1 / 48000,45,1 / 39000,28,0 / 61000,50,1 "
                 "/ 45000,33,?", hidden=[(4, "sigmoid")], bias=True)),
    Case("pressure in pascal with tanh", "saturated",
         problem("pascal,wind,rain / 101300,0.2,0 / 99800,0.9,1 / 102100,0.4,0 / 99100,0.5,1 / 98700,0.7,1",
                 hidden=[(3, "tanh")], bias=True, learning_rate=0.1)),
    Case("three sizes at once, by Adam", "saturated",
         problem("big,small,tiny,y / 90000,1,.0002,0 / 20000,2,.0009,1 / 70000,1.5,.0001,0 / 80000,1,.0008,1 "
                 "/ 30000,1,.0003,0", bias=True, optimizer="adam", learning_rate=0.01, iterations=3000)),
    # What no single neuron can
    Case("XOR typed by hand", "not-separable", problem(XOR)),
    Case("XNOR with a bias", "not-separable",
         problem("a,b,same / 0,0,1 / 0,1,0 / 1,0,0 / 1,1,1", bias=True, learning_rate=0.5)),
    Case("parity of three", "not-separable", problem(PARITY, bias=True)),
    Case("XOR with linear hidden units", "not-separable",
         problem(XOR, hidden=[(4, "linear")], bias=True, learning_rate=0.1)),
    Case("XOR with one hidden unit alone", "not-separable", problem(XOR, hidden=[(1, "sigmoid")], bias=True)),
    Case("AND in −1 and 1 with a sigmoid", "output-range",
         problem("a,b,y / -1,-1,-1 / -1,1,-1 / 1,-1,-1 / 1,1,1 / 1,1,?", bias=True, learning_rate=0.1)),
    Case("warm is between cold and hot", "not-separable",
         problem("degrees,warm / 0,0 / 0.2,0 / 0.4,1 / 0.6,1 / 0.8,0 / 1,0 / 0.5,?", bias=True)),
    Case("the sum of a half adder", "not-separable",
         problem("a,b,sum,carry / 0,0,0,0 / 0,1,1,0 / 1,0,1,0 / 1,1,0,1 / 1,1,?,?", 2, bias=True,
                 loss="cross_entropy")),
    Case("a threshold between two positive numbers, without a bias", "not-separable",
         problem("hours,passed / 1,0 / 2,0 / 3,1 / 4,1 / 2.5,?")),
    Case("a ring", "not-separable", problem(RING, bias=True, learning_rate=0.3, iterations=3000)),
    # ReLU that no row wakes
    Case("one ReLU unit", "dead-units",
         problem("a,b,y / 1,1,0 / 1,2,1 / 2,1,0 / 2,3,1", hidden=[(1, "relu")], bias=True, learning_rate=0.1, seed=1)),
    Case("two ReLU units of XOR", "dead-units",
         problem(XOR, hidden=[(2, "relu")], bias=True, learning_rate=0.1, seed=2)),
    Case("two layers of ReLU, by mini-batches", "dead-units",
         problem("a,b,c,y / 1,1,0,0 / 0,1,1,1 / 1,0,0,0 / 0,0,1,1 / 1,1,1,?", hidden=[(3, "relu"), (3, "relu")],
                 bias=True, learning_rate=0.1, seed=11, batch_size=2, iterations=4000)),
    Case("ReLU before a linear output", "dead-units",
         problem("x,y / 0.5,1 / 1,2 / 1.5,3 / 2,4 / 3,?", hidden=[(2, "relu")], output="linear", bias=True,
                 learning_rate=0.02, seed=1)),
    # A start from which it does not get there
    Case("XOR with two hidden units, seed 3", "stuck-start",
         problem(XOR, hidden=[(2, "sigmoid")], bias=True, seed=3), 20),
    Case("XOR with two hidden units, seed 7", "stuck-start",
         problem(XOR, hidden=[(2, "sigmoid")], bias=True, seed=7), 20),
    Case("XOR with two hidden units, seed 8", "stuck-start",
         problem(XOR, hidden=[(2, "sigmoid")], bias=True, seed=8), 20),
    Case("parity with three units", "stuck-start",
         problem(PARITY, hidden=[(3, "sigmoid")], bias=True, seed=12), 20),
    Case("warm is between cold and hot, with two units of tanh", "stuck-start",
         problem("degrees,warm / 0,0 / 0.2,0 / 0.4,1 / 0.6,1 / 0.8,0 / 1,0 / 0.5,?", hidden=[(2, "tanh")], bias=True,
                 learning_rate=0.3, seed=1), 20),
    Case("XOR with a linear output", "stuck-start",
         problem(XOR, hidden=[(3, "tanh")], output="linear", bias=True, learning_rate=0.05, seed=15), 20),
    # Steps that are too small, or too few
    Case("the post's table at a rate of 0.00001", "rate-too-low", problem(POST, learning_rate=0.00001, seed=1)),
    Case("XOR after 200 iterations", "rate-too-low",
         problem(XOR, hidden=[(4, "sigmoid")], bias=True, iterations=200)),
    Case("a line in small steps", "rate-too-low",
         problem(LINE, output="linear", bias=True, learning_rate=0.00002)),
    Case("Adam in small steps", "rate-too-low",
         problem("a,b,c,y / 0,1,1,1 / 1,0,1,0 / 1,1,0,0 / 0,0,1,1 / 0,1,0,0", bias=True, optimizer="adam",
                 learning_rate=0.0001, iterations=1000)),
    Case("a curve in too few iterations", "rate-too-low",
         problem(CURVE, hidden=[(6, "tanh")], output="linear", bias=True, learning_rate=0.05, loss="mean_squared",
                 iterations=6)),
    # A column that says nothing
    Case("XOR that is stuck, beside a column of 0", "constant-column",
         problem("x1,x2,idle,y / 0,0,0,0 / 0,1,0,1 / 1,0,0,1 / 1,1,0,0", hidden=[(2, "sigmoid")], bias=True, seed=15)),
    Case("waves that one unit cannot follow, beside a column of 0", "constant-column",
         problem(WAVES_BESIDE_0, hidden=[(1, "tanh")], output="linear", bias=True, learning_rate=0.05,
                 loss="mean_squared")),
    # Starts that fit and disagree
    Case("ten students", "undetermined",
         problem("hours,sleep,passed / 4,9,0 / 2,8,0 / 10,9,1 / 9,9,1 / 7,7,1 / 4,7,1 / 8,8,1 / 10,5,1 / 5,7,1 "
                 "/ 5,4,0 / 11,8,?", hidden=[(6, "sigmoid")], bias=True, learning_rate=0.3), 20),
    Case("two known rows, and a hidden layer", "undetermined",
         problem("a,b,y / 1,0,1 / 0,1,0 / 1,1,? / -1,-1,?", hidden=[(3, "tanh")], bias=True, learning_rate=0.3), 20),
    Case("a curve far beyond its points", "undetermined",
         problem("x,y / -1,1 / -0.5,0.25 / 0,0 / 0.5,0.25 / 1,1 / 4,?", hidden=[(6, "tanh")], output="linear",
                 bias=True, learning_rate=0.05, iterations=5000), 20),
    Case("the sine beyond its points", "undetermined", problem_of("sine").to_dict(), 20),
    Case("the parity of halves", "undetermined", problem_of("parity").to_dict(), 20),
    # Rows that were learned by heart
    Case("coin flips learned by heart", "overfit",
         problem(coin_flips(40, 1), hidden=[(16, "tanh")], bias=True, optimizer="adam", learning_rate=0.02,
                 test_fraction=0.3, iterations=2000)),
    Case("noise", "overfit",
         problem(noise(24, 2), hidden=[(24, "tanh"), (16, "tanh")], output="linear", bias=True, optimizer="adam",
                 learning_rate=0.02, loss="mean_squared", test_fraction=0.25, iterations=5000)),
]  # fmt: skip


def plane(rows, width, seed, margin=0.1):
    """Rows on both sides of a plane through some point near 0, and none that is near to it; the last has a `?`."""
    random = Random(seed)
    slopes, shift = [random.gauss(0, 1) for _ in range(width)], random.uniform(-0.3, 0.3)
    length = sum(slope**2 for slope in slopes) ** 0.5
    found = []
    while len(found) < rows:
        row = [round(random.uniform(-1, 1), 2) for _ in range(width)]
        off = sum(a * b for a, b in zip(slopes, row, strict=True)) / length + shift
        if abs(off) > margin:
            found.append([*row, int(off > 0)])
    found[-1][-1] = None
    return written(",".join([*(f"x{n}" for n in range(1, width + 1)), "y"]), found)


UNSETTLED = {"parity", "seven-segment", "sine", "spirals"}  # examples that ask what their tables leave open
EXAMPLES = [name for name in examples() if name != "xor-flat"]

HEALTHY = [
    *(Case(f"example {name}", "", problem_of(name).to_dict(), 0 if name in UNSETTLED else 20) for name in EXAMPLES),
    Case("a line", "", problem(LINE, output="linear", bias=True, learning_rate=0.1), 20),
    Case("a line through 0, without a bias", "",
         problem("x,y / -1,-2 / 0,0 / 0.5,1 / 1,2 / 2,?", output="linear", learning_rate=0.1), 20),
    Case("two outputs, each a plane", "",
         problem("a,b,sum,difference / 0,0,0,0 / 0,1,1,-1 / 1,0,1,1 / 1,1,2,0 / 0.5,0.25,?,?", 2,
                 output="linear", bias=True, learning_rate=0.1, loss="mean_squared"), 20),
    Case("three kinds by softmax", "",
         problem("hot,wet,desert,sea,ice / 1,0,1,0,0 / 0,1,0,1,0 / 0,0,0,0,1 / 0.1,0.9,?,?,?", 3,
                 output="softmax", bias=True, loss="cross_entropy", iterations=2000), 20),
    Case("-1 and 1 with tanh", "",
         problem("a,b,y / 1,1,1 / 1,-1,-1 / -1,1,-1 / -1,-1,-1 / 2,2,?", output="tanh", bias=True,
                 learning_rate=0.1), 20),
    Case("shares with a sigmoid", "",
         problem("x,y / -1,0.2 / 0,0.4 / 1,0.65 / 2,0.85 / 0.5,?", bias=True), 20),
    Case("0 and 1 with a linear output", "",
         problem("x,y / -1,0 / -0.5,0 / 0.5,1 / 1,1 / 2,?", output="linear", bias=True, learning_rate=0.1), 20),
    Case("in batches and in a new order", "",
         problem(plane(40, 3, 1), bias=True, batch_size=8, shuffle=True, learning_rate=0.5, iterations=1000), 20),
    Case("by Adam and cross-entropy", "",
         problem(plane(30, 2, 2), bias=True, optimizer="adam", loss="cross_entropy", learning_rate=0.05,
                 iterations=2000), 20),
    Case("by momentum, with a penalty", "",
         problem(plane(24, 4, 3), bias=True, optimizer="momentum", learning_rate=0.1, l2=0.001, iterations=2000), 20),
    Case("two hundred rows of five", "", problem(plane(200, 5, 4), bias=True, learning_rate=0.1, iterations=2000), 20),
    Case("rows held out", "",
         problem(plane(60, 2, 5, 0.2), bias=True, learning_rate=0.3, test_fraction=0.25, iterations=3000), 20),
    Case("a plane with rows held out", "",
         problem(written("u,v,y", [[u / 4, v / 4, u / 2 - v / 4 + 1] for u in range(5) for v in range(5)]),
                 output="linear", bias=True, learning_rate=0.02, test_fraction=0.3, iterations=2000), 20),
    Case("a curve by momentum", "",
         problem(CURVE, hidden=[(8, "tanh")], output="linear", bias=True, learning_rate=0.03, optimizer="momentum",
                 loss="mean_squared", iterations=5000), 20),
    Case("XOR in ReLU", "", problem(XOR, hidden=[(12, "relu")], bias=True, learning_rate=0.1, initial="he")),
    Case("XOR in softplus", "", problem(XOR, hidden=[(6, "softplus")], bias=True, learning_rate=0.1)),
    Case("a ring in two layers", "",
         problem(RING, hidden=[(6, "tanh"), (4, "leaky_relu")], bias=True, learning_rate=0.05, iterations=5000,
                 seed=2), 20),
    Case("outputs of which some are not known", "",
         problem("a,b,or,and / 0,0,0,? / 0,1,1,0 / 1,0,?,0 / 1,1,1,1 / 0,0,?,0", 2, bias=True), 20),
    Case("the same row three times", "",
         problem("a,b,y / 1,0,1 / 1,0,1 / 1,0,1 / 0,1,0 / 1,1,1 / 1,0,?"), 20),
    Case("two measurements of the same that differ by little", "",
         problem("x,y / 0,0 / 0.5,4.8 / 0.5,5.2 / 1,10 / 0.7,?", output="linear", bias=True, learning_rate=0.1), 20),
    Case("a row of zeros that asks", "", problem("a,b,y / 1,0,1 / 0,1,0 / 2,1,1 / 0,0,?")),
    Case("a column that is always 1, without a bias", "",
         problem("one,x,y / 1,0.2,0 / 1,0.4,0 / 1,0.7,1 / 1,0.9,1 / 1,1.5,?"), 20),
    Case("a column that is always 3, beside a bias", "",
         problem("three,x,y / 3,-1,0 / 3,-0.5,0 / 3,0.5,1 / 3,1,1 / 3,2,?", bias=True, learning_rate=0.1), 20),
    Case("inputs of hundreds that are right all the same", "",
         problem("celsius,ice / -200,1 / -100,1 / 100,0 / 300,0 / 400,?")),
    Case("nothing is asked", "", problem("a,b,or / 0,0,0 / 0,1,1 / 1,0,1 / 1,1,1", bias=True), 20),
    Case("two rows", "", problem("a,b,y / 1,0,1 / 0,1,0 / 1,0.2,?"), 20),
    Case("a high rate that does no harm", "", problem(POST, learning_rate=5), 20),
]  # fmt: skip
