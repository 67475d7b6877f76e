"""The types of what Python answers to the page: web/model/protocol.js declares the same, and a test compares them."""

from array import array
from typing import Literal, NotRequired, TypedDict


class Refusal(TypedDict):
    """A sentence with the remedy, and the place of what is wrong, as in tenlines/errors.py."""

    message: str
    row: NotRequired[int]
    column: NotRequired[str | int]
    cells: NotRequired[list[tuple[int, str]]]
    position: NotRequired[int]
    line: NotRequired[int]
    field: NotRequired[str]


class Refused(TypedDict):
    error: Refusal


class Progress(TypedDict):
    """The frames that fell due and, last, the one reached; of each in turn the state, the outputs and the error.

    Where rows are held out, their error follows. outputs: how many of these a frame has. held_out: the places of those
    rows in the table. advice: a sentence for people, where a run begins that is hardly what was meant.
    """

    due: int
    iterations: array[float]
    numbers: array[float]
    outputs: int
    parameters: int
    state_size: int
    trained: int
    done: bool
    diverged: int | None
    seconds: float
    engine: Literal["compiled", "numpy"]
    fallback: NotRequired[str]
    held_out: NotRequired[array[float]]
    advice: NotRequired[str]


class Sought(Progress):
    reached: bool


class Checked(TypedDict):
    done: bool
    apart: float | None
    seconds: float


class Answers(TypedDict):
    """Of rows that need not be in the table. outputs: row after row. hidden: all rows of one unit after another."""

    outputs: array[float]
    hidden: array[float]


class QuestionName(TypedDict):
    name: str
    question: str
    card: str


class Questions(TypedDict):
    questions: list[QuestionName]


class Dot(TypedDict):
    """A row as a point of a plane, and what its output is known to be."""

    x: float
    y: float
    kind: Literal["0", "1", "?"]


class Border(TypedDict):
    """A straight line across a plane. ends: x, y, x, y."""

    name: str
    ends: list[float]


class Lines(TypedDict):
    """Points and lines of a plane.

    box: what is shown, from x to x and from y to y. caption: what a line is. label: all of it in words.
    """

    kind: Literal["lines"]
    label: str
    caption: str
    across: str
    up: str
    box: list[float]
    points: list[Dot]
    lines: list[Border]


class Numbers(TypedDict):
    """A small table. The first cell of a row is its name."""

    kind: Literal["table"]
    caption: str
    head: list[str]
    rows: list[list[str]]


class Told(TypedDict):
    """The answer to a question: its paragraphs, and what stands beside them."""

    question: str
    answer: list[str]
    picture: Lines | Numbers | None


class Program(TypedDict):
    source: str
    files: dict[str, str]


class LineNote(TypedDict):
    line: int
    about: str
    formula: str
    role: str


class ExpressionNote(TypedDict):
    span: tuple[int, int, int, int]
    depth: int
    about: str
    role: str


class Outline(TypedDict):
    lines: list[LineNote]
    expressions: list[ExpressionNote]


class LineValue(TypedDict):
    line: int
    text: str
    shape: str
    kind: str


class Sum(TypedDict):
    label: str
    terms: str
    sum: str


class Curve(TypedDict):
    """An activation's curve from -most to most, and the points on it."""

    title: str
    most: float
    low: float
    high: float
    line: list[float]
    before: list[float]
    after: list[float]


class Value(TypedDict):
    shape: str
    kind: str
    cells: list[list[str]]
    exact: list[list[str]]
    note: str
    sums: list[Sum]
    curve: Curve | None


class Values(TypedDict):
    lines: list[LineValue]
    selected: Value | None


class Spot(TypedDict):
    line: int
    column: int | None
    end_line: int
    end_column: int | None


class ProgramError(TypedDict):
    text: str
    summary: str
    place: Spot | None


class Hint(TypedDict):
    text: str
    line: int | None


class Ending(TypedDict):
    """How a learner's program ended."""

    status: int
    error: ProgramError | None
    hints: list[Hint]
    seconds: float
    passes: int | None
