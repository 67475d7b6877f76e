"""Rows in another order at each pass: the same in NumPy, the kernel, a program and plain Python."""

import json
import struct
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kernel_tools import bits, compiled, reference, trained_to
from plain_python import flat, order_of_pass, trained
from test_methods import told
from test_program import alone as alone  # a fixture
from test_values import state_at

from tenlines.page.api import Session
from tenlines.problem import Problem
from tenlines.program.read import read
from tenlines.program.write import write
from tenlines.training.run import Run

NAMES = ["post", "with rows that ask", "partly known", "softmax"]


def problem(kind="post", batch_size=2, **training):
    rows = {
        "post": [[0, 0, 1, 0], [1, 1, 1, 1], [1, 0, 1, 1], [0, 1, 1, 0], [1, 0, 0, None]],
        "with rows that ask": [[1, 2, None], [0, 1, 0.5], [3, 1, None], [2, 1, 0], [1, 1, 1], [0, 0, 0.25], [0, 2, 1]],
        "partly known": [[1, None, 1], [2, 1, 0], [3, None, None], [0, 1, 1], [1, 0.5, None], [0.5, 1, None]],
        "softmax": [[1, 0, 1], [2, 1, 0], [3, None, None], [0, 0.5, 0.5], [1, 1, None], [0.5, 1, 0]],
    }[kind]
    outputs = {"partly known": 2, "softmax": 2}.get(kind, 1)
    names = [f"c{n}" for n in range(len(rows[0]))]
    losses = {"partly known": "mean_squared", "softmax": "cross_entropy"}
    return {
        "table": {"inputs": names[:-outputs], "outputs": names[-outputs:], "rows": rows},
        "network": {
            "hidden": [{"units": 3, "activation": "tanh"}],
            "output": "softmax" if kind == "softmax" else "sigmoid",
            "bias": True,
        },
        "training": {
            **{"iterations": 50, "learning_rate": 0.5, "batch_size": batch_size, "seed": 1, "shuffle": True},
            "loss": losses.get(kind, "squared"),
            **training,
        },
    }


def kernels_order(data, iterations):
    """The places in the table of the rows that teach, as the kernel took them in its last pass."""
    engine = compiled(data)
    engine.advance(iterations)
    layout = engine.kernel.layout
    rows = layout.shape.teaching
    doubles = engine.kernel.instance.read(layout.order, (rows + 1) // 2).tobytes()
    slots = [place // 8 for place in struct.unpack(f"<{rows}i", doubles[: 4 * rows])]
    return [[layout.shape.slot_of(row) for row in range(rows)].index(slot) for slot in slots]


def tall(rows, seed, batch_size):
    table = {"inputs": ["a"], "outputs": ["b"], "rows": [[0, 0]] * rows}
    return {"table": table, "training": {"seed": seed, "shuffle": True, "batch_size": batch_size}}


@given(
    st.integers(2, 700), st.sampled_from([0, 1, 2**32 - 1]) | st.integers(0, 2**32 - 1), st.integers(1, 30), st.data()
)
@settings(max_examples=40)
def test_an_order_is_numpys_permutation_of_seed_and_pass(rows, seed, number, data):
    expected = np.random.RandomState([seed, number]).permutation(rows).tolist()
    assert order_of_pass(seed, number, rows) == expected
    assert kernels_order(tall(rows, seed, data.draw(st.integers(1, rows - 1))), number) == expected


def test_every_pass_has_another_order_and_all_rows():
    orders = [kernels_order(tall(50, 1, 7), number) for number in range(1, 9)]
    assert all(one != other for one, other in pairwise(orders))
    assert all(sorted(order) == list(range(50)) for order in orders)


@pytest.mark.parametrize("batch_size", [1, 2, 3])
@pytest.mark.parametrize("kind", NAMES)
def test_engines_program_and_plain_python_agree(alone, kind, batch_size):
    data = problem(kind, batch_size)
    expected = flat(trained(data, 50))
    for engine in (reference(data), compiled(data)):
        assert trained_to(engine, 50).weights.tolist() == pytest.approx(expected, abs=1e-10)
    program = write(Problem.from_dict(data))
    done = alone(program)
    weights = [number for name, _ in program.state for number in done["arrays"][name]]
    assert weights == pytest.approx(expected, abs=1e-10)
    unshuffled = {**data, "training": {**data["training"], "shuffle": False}}
    assert flat(trained(unshuffled, 50)) != pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("engine", ["numpy", "compiled"])
def test_any_iteration_is_the_same_whatever_way_it_is_come_to(engine):
    data = problem(iterations=400)
    once = {n: Run(Problem.from_dict(data), engine) for n in (3, 200, 399)}
    for n, run in once.items():
        run.seek(n, 60)
    run = Run(Problem.from_dict(data), engine)
    while not run.done:
        run.advance(0)
    for n in (200, 3, 399, 3):
        assert bits(run.seek(n, 60)[1]) == bits(once[n].frame)
    goes_on = Run(Problem.from_dict(data), engine, at=once[200].frame.state)
    goes_on.seek(399, 60)
    assert bits(goes_on.frame) == bits(once[399].frame)


def test_two_problems_that_share_a_kernel_each_keep_their_order():
    from tenlines.training.kernel.engine import CompiledEngine

    one, other = (CompiledEngine(Problem.from_dict(problem(seed=seed))) for seed in (1, 2))
    assert one.kernel is other.kernel
    for _ in range(10):
        one.advance(1)
        other.advance(3)
    for engine, seed, iterations in ((one, 1, 10), (other, 2, 30)):
        assert bits(engine.frame()) == bits(trained_to(compiled(problem(seed=seed)), iterations))


@pytest.mark.parametrize("batch_size", [None, 4, 5, 10**9])
@pytest.mark.parametrize("make", [compiled, reference])
def test_of_one_batch_the_order_does_not_matter(make, batch_size):
    shuffled, plain = problem(batch_size=batch_size), problem(batch_size=batch_size, shuffle=False)
    assert bits(trained_to(make(shuffled), 50)) == bits(trained_to(make(plain), 50))
    assert write(Problem.from_dict(shuffled)).source == write(Problem.from_dict(plain)).source
    assert bits(make(shuffled).frame()) == bits(make(problem(batch_size=2)).frame()), "the same first weights"


SOURCE = write(Problem.from_dict({"training": {"batch_size": 3, "shuffle": True, "seed": 7}})).source


def test_the_program_seeds_each_pass_and_is_read_back():
    assert (
        "for iteration in range(10000):\n"
        "    random.seed([7, iteration + 1])\n"
        "    order = random.permutation(len(training_set_inputs))\n"
        "    for start in range(0, len(training_set_inputs), 3):\n"
        "        batch_inputs = training_set_inputs[order[start:start + 3]]\n"
        "        batch_outputs = training_set_outputs[order[start:start + 3]]\n"
    ) in SOURCE
    found = read(SOURCE, Problem())
    assert found is not None
    assert (found.training.shuffle, found.training.batch_size, found.training.seed) == (True, 3, 7)
    other = read(SOURCE.replace("random.seed([7,", "random.seed([8,"), Problem())
    assert other is None, "a program of its own"


def test_its_lines_are_explained():
    assert (
        told(SOURCE, "random.seed([")[0] == "Makes the order below another one in each pass, and the same in each run."
    )
    assert told(SOURCE, "order =")[0] == (
        "Puts the numbers of the rows in a random order, in which this pass takes them."
    )
    assert told(SOURCE, "batch_inputs =")[0] == "Takes the rows of this batch."


@pytest.mark.parametrize("iteration", [0, 1, 17])
def test_the_order_on_show_is_that_of_the_next_pass(iteration):
    data = {"training": {"batch_size": 3, "shuffle": True}}
    place = next(
        at
        for at, part in enumerate(Session().outline(write(Problem.from_dict(data)).source)["expressions"])
        if part["about"] == "" and part["span"][1] == len("    order = ") and part["depth"] == 0
    )
    state = state_at(Problem.from_dict(data), iteration)
    shown = Session().values(json.dumps(data), iteration, state, place)["selected"]
    assert [int(cell) for row in shown["cells"] for cell in row] == order_of_pass(1, iteration + 1, 4)
