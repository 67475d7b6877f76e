"""Each question, declared once: what it is, where it arises, when it applies, and what answers it."""

from collections.abc import Callable
from typing import Any, NamedTuple

from tenlines.errors import SettingError
from tenlines.explain.questions.about_answers import has_an_end, how_sure, wants_an_end, why_never_one, why_not_one
from tenlines.explain.questions.about_map import has_two_sides, why_not_xor
from tenlines.explain.questions.about_network import (
    what_does_a_hidden_layer_do,
    what_does_the_bias_do,
    what_is_a_weight,
)
from tenlines.explain.questions.about_training import (
    what_happens_in_one_iteration,
    what_is_the_error,
    what_is_the_slope_for,
)
from tenlines.explain.questions.scene import Scene
from tenlines.problem import Problem
from tenlines.training.answers import read

TOO_LARGE = "At this iteration numbers are too large to compute with, so there is nothing to tell."

Plain = dict[str, Any]
Told = list[str] | tuple[list[str], Plain | None]  # paragraphs, and a picture or a table beside them


class Question(NamedTuple):
    name: str
    card: str  # where it arises: "data", "network", "map", "training" or "pass"
    question: str  # as a learner asks it
    applies: Callable[[Problem], bool]
    tell: Callable[[Scene], Told]


class Answer(NamedTuple):
    question: str
    answer: list[str]  # paragraphs
    picture: Plain | None  # as page/messages.py declares them


def always(problem: Problem) -> bool:
    return True


QUESTIONS = (
    Question("not-one", "data", "Why 0.99 and not 1?", wants_an_end, why_not_one),
    Question("never-one", "data", "Why can it never be exactly 1?", has_an_end, why_never_one),
    Question("sure", "data", "How sure is it?", always, how_sure),
    Question("weight", "network", "What is a weight?", always, what_is_a_weight),
    Question("hidden", "network", "What does a hidden layer do?", always, what_does_a_hidden_layer_do),
    Question("bias", "network", "What does the bias do?", always, what_does_the_bias_do),
    Question("xor", "map", "Why can one neuron not learn XOR?", has_two_sides, why_not_xor),
    Question("error", "training", "What is the error, and why does it fall?", always, what_is_the_error),
    Question("iteration", "pass", "What happens in one iteration?", always, what_happens_in_one_iteration),
    Question("slope", "pass", "What is the slope for?", always, what_is_the_slope_for),
)


def questions_of(problem: str) -> list[Question]:
    """Those that apply. problem: as JSON. Raises TableError or SettingError."""
    return [question for question in QUESTIONS if question.applies(read(problem))]


def answer(name: str, problem: str, iteration: int, state: bytes, row: int) -> Answer:
    """state: of an engine at this iteration. row: from 0. Raises TableError or SettingError."""
    found = next((question for question in questions_of(problem) if question.name == name), None)
    if found is None:
        raise SettingError(f"There is no question {name} about this table.")
    return told(found, Scene(problem, iteration, state, row))


def answers(problem: str, iteration: int, state: bytes, row: int) -> list[tuple[str, list[str]]]:
    """All questions that apply, each with the paragraphs of its answer; arguments are as for `answer`."""
    return [(each.question, told(each, Scene(problem, iteration, state, row)).answer) for each in questions_of(problem)]


def told(question: Question, scene: Scene) -> Answer:
    if not scene.is_finite:
        return Answer(question.question, [TOO_LARGE], None)
    found = question.tell(scene)
    paragraphs, picture = found if isinstance(found, tuple) else (found, None)
    return Answer(question.question, paragraphs, picture)
