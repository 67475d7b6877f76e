"""One pass of a run as the terminal prints it: stage by stage, and what learners ask of it, as text and as JSON."""

import json
import textwrap
from array import array
from math import isfinite, isnan
from typing import Any

from tenlines.errors import SettingError
from tenlines.explain.questions.told import answers
from tenlines.explain.stages.report import Look, stages_of
from tenlines.problem import Problem
from tenlines.terminal.stderr import visible
from tenlines.trace.format import number
from tenlines.training.run import Run

Plain = dict[str, Any]
DECIMALS = 5
WIDTH, INDENT = 100, "   "


def explained(problem: Problem, iteration: int, engine: str) -> Plain:
    """The stages of the pass that follows an iteration. Raises SettingError where the run has no such iteration."""
    last = problem.training.iterations
    if iteration > last:
        raise SettingError(
            f"Iteration {iteration:,} is beyond the last, {last:,}. Explain one up to that.", field="run"
        )
    run = Run(problem, engine)
    _, frame = run.seek(iteration, float("inf"))
    if frame.iteration != iteration:
        raise SettingError(
            f"At iteration {run.diverged:,} the numbers were no longer finite. Explain one up to {frame.iteration:,}.",
            field="run",
        )
    data = json.dumps(problem.to_dict())
    stages = stages_of(data, *frame.state, Look())
    told = answers(data, *frame.state, stages["row"] - 1)
    return {**stages, "questions": [{"question": question, "answer": paragraphs} for question, paragraphs in told]}


def explanation_as_json(told: Plain) -> str:
    return json.dumps(plain(told), indent=1)


def plain(value: Any) -> Any:
    """As JSON has it, which has no word for what is no finite number."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | array):
        return [plain(item) for item in value]
    return None if isinstance(value, float) and not isfinite(value) else value


def explanation_as_text(told: Plain) -> str:
    after = told["iteration"] + 1
    lines = [f"One iteration: from {told['iteration']:,} to {after:,}, with the numbers of this table."]
    for place, stage in enumerate(told["stages"], start=1):
        layer = f" ({stage['of']})" if stage["of"] else ""
        lines += ["", f"{place}. {stage['title']}{layer}: {stage['code']}"]
        lines += textwrap.wrap(
            f"{stage['what']} {stage['why']}", WIDTH, initial_indent=INDENT, subsequent_indent=INDENT
        )
        lines += [f"{INDENT}{line}" for line in rows_of(stage, told)]
        if stage["worked"]:
            lines.append(f"{INDENT}{told_of(stage, told)}: {stage['worked']}")
        lines += [f"{INDENT}{line}" for line in notes_of(stage, told)]
    lines += ["", "Before and after this pass:", *before_and_after(told)]
    for asked in told["questions"]:
        lines += ["", asked["question"], *(line for each in asked["answer"] for line in textwrap.wrap(each, WIDTH))]
    return "\n".join(map(visible, lines))


def rows_of(stage: Plain, told: Plain) -> list[str]:
    """Of a stage's table: a line for each row, a column for each unit, where there are several with their names."""
    if stage["stage"] == "batch":  # its sentence names them
        return []
    columns = len(stage["columns"])
    heads = stage["froms"] or [
        f"row {row:,}{f' ({why})' if why else ''}" for row, why in zip(told["rows"], told["are"], strict=True)
    ]
    cells = [shown(value) for value in stage["values"]]
    if stage["stage"] == "adjust":
        cells = [
            f"{shown(old)} {signed(change)} = {shown(new)}"
            for old, change, new in zip(stage["old"], stage["values"], stage["new"], strict=True)
        ]
    lines = [cells[at : at + columns] for at in range(0, len(cells), columns)]
    if len(stage["totals"]):
        heads, lines = [*heads, f"all {told['count']:,}"], [*lines, [shown(total) for total in stage["totals"]]]
    if columns > 1:
        heads, lines = ["", *heads], [stage["columns"], *lines]
    width = max(map(len, heads))
    widths = [max(len(line[at]) for line in lines) for at in range(columns)]
    found = [
        f"{head:<{width}}  {'  '.join(f'{cell:>{wide}}' for cell, wide in zip(line, widths, strict=True))}"
        for head, line in zip(heads, lines, strict=True)
    ]
    return [*found, f"and {stage['more']:,} units more"] if stage["more"] else found


def told_of(stage: Plain, told: Plain) -> str:
    """Which number is worked out."""
    unit = stage["columns"][stage["column"]]
    if stage["froms"]:
        return f"{stage['froms'][stage['row']]} to {unit}"
    return f"row {told['row']:,}{f', {unit}' if len(stage['columns']) > 1 else ''}"


def notes_of(stage: Plain, told: Plain) -> list[str]:
    heads = stage["froms"] or [f"row {row:,}" for row in told["rows"]]
    columns = stage["columns"]
    return [
        f"{', '.join([heads[note['row']], *columns[note['column'] : note['column'] + 1][: len(columns) - 1]])}: "
        f"{note['text']}"
        for note in stage["notes"]
    ]


def before_and_after(told: Plain) -> list[str]:
    names = told["outputs"]
    lines = []
    for at, row in enumerate(told["rows"]):
        pairs = [
            f"{f'{name} ' if len(names) > 1 else ''}{shown(told['before'][place])} → {shown(told['after'][place])}"
            for place, name in enumerate(names, start=at * len(names))
        ]
        lines.append(f"row {row:,}  {', '.join(pairs)}")
    return [*lines, f"mean error  {told['errors'][0]:.6g} → {told['errors'][1]:.6g}"]


def shown(value: float) -> str:
    return "–" if isnan(value) else number(value, DECIMALS)


def signed(value: float) -> str:
    text = shown(value)
    return f"− {text[1:]}" if text.startswith("−") else f"+ {text}"
