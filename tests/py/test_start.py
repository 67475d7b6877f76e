"""The random start is numpy.random's to the last bit, and neither it nor a compiled run needs NumPy."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenlines.problem import Problem
from tenlines.randomness import WORDS, generator, permutation
from tenlines.settings.registry import LARGEST_SEED
from tenlines.training.initial_weights import initial_parameters
from tenlines.training.run import Run

ONE_RUN = """
import json, sys
from tenlines.page.api import Session
session = Session()
answer = session.start(json.dumps({}), "compiled", 60.0)
session.check("nudged", 60.0)
print(answer["numbers"][-2], sorted(name for name in sys.modules if name.startswith("numpy")))
"""


@given(seed=st.integers(0, LARGEST_SEED), count=st.integers(1, 2 * WORDS))
def test_the_stream_is_that_of_numpy_random_seed(seed, count):
    random = np.random.RandomState(seed)
    draw = generator(seed).random
    assert [draw() for _ in range(count)] == random.random_sample(count).tolist()


@pytest.mark.parametrize("seed", [0, 1, 2**31, LARGEST_SEED])
def test_layer_after_layer_is_drawn_and_biases_are_0(seed):
    random = np.random.RandomState(seed)
    first, second = 2 * random.random_sample((3, 2)) - 1, 2 * random.random_sample((2, 1)) - 1
    assert initial_parameters([3, 2, 1], False, seed).tolist() == [*first.ravel(), *second.ravel()]
    assert initial_parameters([3, 2, 1], True, seed).tolist() == [*first.ravel(), 0, 0, *second.ravel(), 0]


def test_nudged_each_weight_is_one_ulp_larger_and_a_bias_is_still_0():
    usual, nudged = (np.array(initial_parameters([3, 2], True, 1, by)) for by in (False, True))
    assert nudged[:6].tolist() == np.nextafter(usual[:6], np.inf).tolist()
    assert nudged[6:].tolist() == [0, 0]


def test_a_compiled_run_is_checked_and_answered_without_numpy():
    done = subprocess.run([sys.executable, "-c", ONE_RUN], capture_output=True, text=True, check=True)
    assert done.stdout.split(maxsplit=1) == ["0.9999370428352157", "[]\n"]


@given(seed=st.integers(0, LARGEST_SEED), count=st.integers(0, 300) | st.just(70_000))
def test_a_permutation_is_numpys(seed, count):
    assert list(permutation(seed, count)) == np.random.RandomState(seed).permutation(count).tolist()


@pytest.mark.parametrize(("start", "scales"), [("glorot", [(6 / 5) ** 0.5, (6 / 3) ** 0.5]), ("he", [2**0.5, 3**0.5])])
@pytest.mark.parametrize("engine", ["numpy", "compiled"])
def test_glorots_and_hes_starts_are_the_posts_numbers_made_smaller_or_larger(engine, start, scales):
    network = {"hidden": [{"units": 2}], "bias": True}
    usual, scaled = (
        list(Run(Problem.from_dict({"network": network, "training": {"initial": kind}}), engine).frame.weights)
        for kind in ("post", start)
    )
    expected = [scales[0] * weight for weight in usual[:8]] + [scales[1] * weight for weight in usual[8:]]
    assert scaled == pytest.approx(expected, rel=1e-15)
