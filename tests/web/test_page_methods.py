"""Every method of training gives in each engine the numbers that it gives natively."""

import re

import pytest
from harness.browsers import ALL_ENGINES
from harness.links import go, link_of
from harness.oracle import post, terminal

from tenlines.examples import examples

SETTINGS = "() => document.querySelector('#settings').textContent"
BY_NUMPY = re.compile(r"NumPy [\d.]+ m?s\.")
ROWS = [[0, 0, 1, 0], [1, 1, 1, 1], [1, 0, 1, 1], [0, 1, 1, 0], [0.5, 1, 0, 1], [0.25, 0, 1, 0], [1, 0, 0, None]]
ALL_AT_ONCE = {
    **post(
        ROWS,
        iterations=300,
        learning_rate=0.05,
        optimizer="adam",
        loss="cross_entropy",
        batch_size=2,
        shuffle=True,
        l2=0.001,
        l1=0.001,
        initial="glorot",
        test_fraction=0.2,
        split_seed=2,
    ),
    "network": {
        "hidden": [{"units": 3, "activation": "softplus"}, {"units": 3, "activation": "leaky_relu"}],
        "output": "sigmoid",
        "bias": True,
    },
}


@pytest.mark.engines(*ALL_ENGINES)
def test_every_method_trains_to_the_same_answers(page, tmp_path):
    for name in ("sine", "seven-segment"):  # momentum and a linear output; softmax
        example = examples()[name]
        page.choose("Example", example.title)
        page.wait_answers(terminal(tmp_path, problem=example.problem)[1])
    go(page, link_of(ALL_AT_ONCE))
    page.wait_answers(terminal(tmp_path, problem=ALL_AT_ONCE)[1])
    page.choose("Engine", "NumPy")
    page.wait_until(lambda: BY_NUMPY.search(page.evaluate(SETTINGS)), "NumPy to have trained it")
    page.wait_answers(terminal(tmp_path, problem=ALL_AT_ONCE)[1])
    page.choose("Engine", "compiled")
    page.choose("Example", "The post’s table")
