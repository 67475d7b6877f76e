"""Each question, declared once: where it arises, how a learner asks it, and when it applies. told.py answers them.

The page lists them before NumPy is there.
"""

from collections.abc import Callable
from math import isfinite
from typing import NamedTuple

from tenlines.methods.activations import ACTIVATIONS
from tenlines.problem import Problem
from tenlines.training.answers import read


class Question(NamedTuple):
    name: str
    card: str  # where it arises: "data", "network", "map", "training" or "pass"
    question: str  # as a learner asks it
    applies: Callable[[Problem], bool]


def always(problem: Problem) -> bool:
    return True


def has_an_end(problem: Problem) -> bool:
    """Whether the answers come near to a number that they never are."""
    return all(map(isfinite, ACTIVATIONS[problem.network.output].reach))


def wants_an_end(problem: Problem) -> bool:
    """Whether a known cell is such a number."""
    reach = ACTIVATIONS[problem.network.output].reach
    return has_an_end(problem) and any(cell in reach for _, _, cell in problem.targets())


def has_two_sides(problem: Problem) -> bool:
    """Whether the rows are points of a plane, and some output parts them into 0 and 1."""
    return len(problem.table.inputs) == 2 and yes_or_no(problem) is not None


def yes_or_no(problem: Problem) -> int | None:
    """The first output that is known to be 0 somewhere and 1 elsewhere, and is never anything else."""
    for place in range(len(problem.table.outputs)):
        if {row[len(problem.table.inputs) + place] for row in problem.table.rows} - {None} == {0.0, 1.0}:
            return place
    return None


QUESTIONS = (
    Question("not-one", "data", "Why 0.99 and not 1?", wants_an_end),
    Question("never-one", "data", "Why can it never be exactly 1?", has_an_end),
    Question("sure", "data", "How sure is it?", always),
    Question("weight", "network", "What is a weight?", always),
    Question("hidden", "network", "What does a hidden layer do?", always),
    Question("bias", "network", "What does the bias do?", always),
    Question("xor", "map", "Why can one neuron not learn XOR?", has_two_sides),
    Question("error", "training", "What is the error, and why does it fall?", always),
    Question("iteration", "pass", "What happens in one iteration?", always),
    Question("slope", "pass", "What is the slope for?", always),
)


def questions_of(problem: str) -> list[Question]:
    """Those that apply. problem: as JSON. Raises TableError or SettingError."""
    return [question for question in QUESTIONS if question.applies(read(problem))]
