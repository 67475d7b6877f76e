"""Questions that learners ask, each where it arises on the page, and their answers with the numbers of an iteration."""

from tenlines.explain.questions.declared import QUESTIONS, Answer, Question, answer, answers, questions_of

__all__ = ["QUESTIONS", "Answer", "Question", "answer", "answers", "questions_of"]
