"""What the bench runs beside Tenlines does the same work, so that its times can be compared."""

import pytest
from native import COMPILER, InPlaceNumpy, PlainC
from training import compare
from workloads import GROWING, WORKLOADS, family

from tenlines.problem import Problem


def brief(data):
    """The same workload, but so short that no arithmetic can drift."""
    return {**data, "training": {**data.get("training", {}), "iterations": 5}}


@pytest.mark.parametrize("kind", [InPlaceNumpy, PlainC])
@pytest.mark.parametrize("name", WORKLOADS)
def test_native_contenders_reach_the_reference_s_weights(kind, name):
    if kind is PlainC and not COMPILER:
        pytest.skip("there is no C compiler")
    data = brief(WORKLOADS[name][1])
    contender = kind(data)
    for _ in range(2):  # every training begins at the same start
        contender.train()
        assert compare(data, contender.weights)[1] < 1e-12


def test_every_step_of_the_cost_curves_is_a_problem_that_the_page_takes():
    for grows, sizes in GROWING.items():
        for size in sizes:
            Problem.from_dict(family(**{grows: size}))
