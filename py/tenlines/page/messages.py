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
    """apart, shifts: None until it is done; see distance and shift in training/frames.py."""

    done: bool
    apart: float | None
    shifts: float | None
    seconds: float


class Finding(TypedDict):
    """Why the network does not learn its table, and what a button is called that mends it.

    change: what that button changes: parts of the problem, as JSON.
    """

    cause: str
    text: str
    mend: str | None
    change: str | None


class Starts(TypedDict):
    """Trainings from other random starts.

    of: how many are tried; ran: how many have been; fit: how many of them have no known row wrong. asked: the `?`
    cells, row · outputs + output. seeds, says, kinds: of the starts that were asked for; of each, cell by cell, what it
    says, and whether it does not fit the table (0), does and says the same as the run (1), or otherwise (2).
    """

    of: int
    ran: int
    fit: int
    asked: array[float]
    seeds: array[float]
    says: array[float]
    kinds: array[float]


class Assessed(TypedDict):
    """What a finished run is worth. diagnosis: None until it is known."""

    done: bool
    diagnosis: list[Finding] | None
    starts: Starts | None


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
    stage: str


class ExpressionNote(TypedDict):
    span: tuple[int, int, int, int]
    depth: int
    about: str
    role: str
    stage: str
    goes: str


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
    walk: list[tuple[int, int, int, int]]
    selected: Value | None


class Spot(TypedDict):
    line: int
    column: int | None
    end_line: int
    end_column: int | None


class StageCurve(TypedDict):
    """An activation's curve for sums from -most to most, and its slopes for outputs from low to high, or none."""

    title: str
    most: float
    low: float
    high: float
    line: array[float]
    slopes: array[float]


class StageNote(TypedDict):
    """row, column: places among the numbers of a stage."""

    row: int
    column: int
    text: str


class Stage(TypedDict):
    """A stage of a pass, for one layer, with a table of numbers.

    Its rows are rows of the table or, where there are `froms`, what weights lead from; its columns are units. row,
    column: the number that is worked out. units: ids of the columns; of weights, of each number. places: of the columns
    among the units of the layer; inputs: of the rows among what leads to it. more: units that are not told of. totals:
    of the columns, added up over all rows of the batch. old, new: weights before and after.
    """

    stage: str
    layer: int
    of: str
    title: str
    what: str
    why: str
    code: str
    worked: str
    columns: list[str]
    froms: list[str]
    units: list[str]
    places: list[int]
    inputs: list[int]
    more: int
    row: int
    column: int
    values: array[float]
    totals: array[float]
    old: array[float]
    new: array[float]
    notes: list[StageNote]
    curve: StageCurve | None


class Stages(TypedDict):
    """One update of the pass that follows an iteration.

    rows: the numbers in the table of the rows told of; row: that of the one looked at. are: of each, why it does not
    teach now, or "". count: the rows of the batch. before, after: what the network says of the rows before and after
    the pass, row by row; errors: the mean error before and after it.
    """

    iteration: int
    rows: list[int]
    row: int
    are: list[str]
    count: int
    batch: int
    batches: int
    stages: list[Stage]
    outputs: list[str]
    before: array[float]
    after: array[float]
    errors: array[float]


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
