"""What hypothesis draws: tables and problems, as the plain data of a problem object."""

from hypothesis import strategies as st

ODD_NAMES = [
    'say "hi"', '"', '""', "a,b", "a;b", "a\tb", "1", "-1.5e3", "0,5", "nan", "inf", "∞", "?", "a>b", "x 1",
    "größe", "身長", "🙂", "=SUM(A1)", "'=1", "@x", "+cmd|x", "-2+3", "'", "a\nb", "#", "e\u0301", "−1", "1e999",
    "null", "x\u00a0y",
]  # fmt: skip
ACTIVATIONS = ["sigmoid", "tanh", "relu", "leaky_relu", "softplus", "linear"]


def tidy(name):
    """A name as a table keeps it: no NUL, no byte order mark, single spaces."""
    return " ".join(name.replace("\0", "").replace("\ufeff", "").split())


def column_names(least=2, most=6):
    anything = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
    name = st.one_of(st.sampled_from(ODD_NAMES), anything).map(tidy)
    usable = name.filter(lambda text: text and not text.startswith(">"))
    return st.lists(usable, min_size=least, max_size=most, unique=True)


finite = st.floats(allow_nan=False, allow_infinity=False)


@st.composite
def tables(draw, cells=finite, names=None, most_rows=6):
    """A table with at least one input, one output and one known output cell."""
    columns = draw(column_names() if names is None else names)
    inputs = draw(st.integers(1, len(columns) - 1))
    row = st.tuples(*[cells] * inputs, *[st.none() | cells] * (len(columns) - inputs)).map(list)
    rows = draw(st.lists(row, min_size=1, max_size=most_rows))
    known = draw(cells)
    if all(cell is None for row in rows for cell in row[inputs:]):
        rows[-1][-1] = known
    return {"inputs": columns[:inputs], "outputs": columns[inputs:], "rows": rows}


@st.composite
def problems(draw, most_hidden=2, most_iterations=20):
    """A problem that is small and tame enough to follow by hand."""
    activations = st.sampled_from(ACTIVATIONS)
    hidden = st.fixed_dictionaries({"units": st.integers(1, 4), "activation": activations})
    cells = st.floats(-2, 2) | st.sampled_from([0.0, 1.0])
    columns = st.integers(2, 5).map(lambda count: [f"c{n}" for n in range(count)])
    table = draw(tables(cells, columns))
    loss = draw(st.sampled_from(["squared", "squared", "mean_squared", "cross_entropy"]))
    of_rows = ["softmax"] if can_be_shares(table) else []
    data = {
        "table": table,
        "network": {
            "hidden": draw(st.lists(hidden, max_size=most_hidden)),
            "output": draw(st.sampled_from(["sigmoid", *of_rows]) if loss == "cross_entropy" else activations),
            "bias": draw(st.booleans()),
        },
        "training": {
            "iterations": draw(st.integers(0, most_iterations)),
            "learning_rate": draw(st.sampled_from([0.0, 0.01, 0.1, 0.3, 1.0])),
            "optimizer": draw(st.sampled_from(["gd", "gd", "momentum", "adam"])),
            "batch_size": draw(st.none() | st.integers(1, 7)),
            "loss": loss,
            "l2": draw(st.sampled_from([0.0, 0.0, 0.01, 0.5])),
            "test_fraction": 0.0,
            "seed": draw(st.sampled_from([0, 1, 2, 42, 2**32 - 1]) | st.integers(0, 2**32 - 1)),
            "l1": draw(st.sampled_from([0.0, 0.0, 0.0, 0.03])),
            "initial": draw(st.sampled_from(["post", "post", "glorot", "he"])),
            "shuffle": draw(st.booleans()),
            "split_seed": draw(st.sampled_from([1, 1, 7])),
        },
    }
    return with_targets_of_its_loss(data)


def with_targets_of_its_loss(data):
    """The problem with the outputs that are known brought to between 0 and 1 where its loss is for these alone.

    With softmax those of a row that has them all add up to 1; where no row can, the output is a sigmoid.
    """
    if data["training"]["loss"] != "cross_entropy":
        return data
    table, network = data["table"], data["network"]
    first = len(table["inputs"])
    rows = [[*row[:first], *(cell and min(1.0, abs(cell)) for cell in row[first:])] for row in table["rows"]]
    if network["output"] == "softmax" and not can_be_shares(table):
        network = {**network, "output": "sigmoid"}
    if network["output"] == "softmax":
        rows = [[*row[:first], *shares(row[first:])] for row in rows]
    return {**data, "table": {**table, "rows": rows}, "network": network}


def can_be_shares(table):
    """Whether a row has all its outputs, and there are several."""
    first = len(table["inputs"])
    return len(table["outputs"]) > 1 and any(None not in row[first:] for row in table["rows"])


def shares(cells):
    if None in cells:
        return cells
    total = sum(cells)
    return [cell / total for cell in cells] if total > 1e-300 else [1.0, *[0.0] * (len(cells) - 1)]
