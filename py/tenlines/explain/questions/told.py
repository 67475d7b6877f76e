"""The answers to the questions of declared.py."""

from collections.abc import Callable
from typing import Any, NamedTuple

from tenlines.errors import SettingError
from tenlines.explain.questions.about_answers import how_sure, why_never_one, why_not_one
from tenlines.explain.questions.about_map import why_not_xor
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
from tenlines.explain.questions.declared import Question, questions_of
from tenlines.explain.questions.scene import Scene

TOO_LARGE = "At this iteration what row {} makes of the weights is too large to compute with. Choose another row."

Plain = dict[str, Any]
Told = list[str] | tuple[list[str], Plain | None]  # paragraphs, and a picture or a table beside them

TELLERS: dict[str, Callable[[Scene], Told]] = {
    "not-one": why_not_one,
    "never-one": why_never_one,
    "sure": how_sure,
    "weight": what_is_a_weight,
    "hidden": what_does_a_hidden_layer_do,
    "bias": what_does_the_bias_do,
    "xor": why_not_xor,
    "error": what_is_the_error,
    "iteration": what_happens_in_one_iteration,
    "slope": what_is_the_slope_for,
}


class Answer(NamedTuple):
    question: str
    answer: list[str]  # paragraphs
    picture: Plain | None  # as page/messages.py declares them


def answer(name: str, problem: str, iteration: int, state: bytes, row: int) -> Answer:
    """problem: as JSON. state: of an engine at this iteration. row: from 0. Raises TableError or SettingError."""
    found = next((question for question in questions_of(problem) if question.name == name), None)
    if found is None:
        raise SettingError(f"There is no question {name} about this table.")
    return told(found, Scene(problem, iteration, state, row))


def answers(problem: str, iteration: int, state: bytes, row: int) -> list[tuple[str, list[str]]]:
    """All questions that apply, each with the paragraphs of its answer; arguments are as for `answer`."""
    return [(each.question, told(each, Scene(problem, iteration, state, row)).answer) for each in questions_of(problem)]


def told(question: Question, scene: Scene) -> Answer:
    if not scene.is_finite:
        return Answer(question.question, [TOO_LARGE.format(scene.row + 1)], None)
    found = TELLERS[question.name](scene)
    paragraphs, picture = found if isinstance(found, tuple) else (found, None)
    return Answer(question.question, paragraphs, picture)
