"""What Python answers to the page is declared twice, in Python and in JavaScript: both say the same, and it is so."""

import json
import re
import subprocess
import sys
import types
from array import array
from pathlib import Path
from typing import Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

import pytest

from tenlines.page import messages
from tenlines.page.api import Session

ROOT = Path(__file__).resolve().parents[1]
WEB = ROOT / "web"
TYPES = {name: kind for name, kind in vars(messages).items() if is_typeddict(kind)}
ROOTS = (
    *("Progress", "Sought", "Checked", "Refused", "Program", "Outline", "Values", "Value", "Curve", "Stages", "Stage"),
    *("Questions", "Told", "Ending", "Assessed", "Finding", "Starts"),
)


# As TypeScript, to be compared with web/model/protocol.js


def in_typescript(kind: Any) -> str:
    if is_typeddict(kind):
        return kind.__name__
    plain = {str: "string", bool: "boolean", int: "number", float: "number", type(None): "null"}
    if kind in plain:
        return plain[kind]
    origin, args = get_origin(kind), get_args(kind)
    if origin is array:
        return "Float64Array"
    if origin is Literal:
        return " | ".join(json.dumps(each) for each in args)
    if origin is list:
        return f"({in_typescript(args[0])})[]"
    if origin is tuple:
        return f"[{', '.join(map(in_typescript, args))}]"
    if origin is dict:
        return f"Record<{in_typescript(args[0])}, {in_typescript(args[1])}>"
    if origin in (Union, types.UnionType):
        return " | ".join(map(in_typescript, args))
    raise TypeError(kind)


def declared(kind: Any) -> str:
    fields = []
    for name, field in get_type_hints(kind, include_extras=True).items():
        optional = get_origin(field) is NotRequired
        fields.append(f"{name}{'?' if optional else ''}: {in_typescript(get_args(field)[0] if optional else field)}")
    return f"type {kind.__name__} = {{ {'; '.join(fields)} }};"


def complaints(tmp_path: Path, declarations: list[str]) -> str:
    """What the compiler says where these and the types of protocol.js are not the same."""
    includes = "type Includes<A, B> = [A, keyof A] extends [B, keyof B] ? true : false;"
    same = "type Same<A, B> = Includes<A, B> & Includes<B, A>;"
    checks = [f"export const {name.lower()}: Same<{name}, Page.{name}> = true;" for name in ROOTS]
    importing = f'import type * as Page from "{WEB / "model" / "protocol.js"}";'
    (tmp_path / "same.ts").write_text("\n".join([importing, includes, same, *declarations, *checks]))
    config = {"extends": str(WEB / "tsconfig.json"), "include": ["same.ts"], "exclude": []}
    (tmp_path / "tsconfig.json").write_text(json.dumps(config))
    tsc = ["node", str(WEB / "node_modules" / "typescript" / "bin" / "tsc"), "--noEmit", "--pretty", "false"]
    return subprocess.run([*tsc, "--project", str(tmp_path)], capture_output=True, text=True).stdout


def test_both_sides_declare_the_same(tmp_path):
    assert complaints(tmp_path, [declared(kind) for kind in TYPES.values()]) == ""


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [("passes: number | null", "passes: number", "ending"), ("seconds: number;", "", "progress")],
    ids=["another type", "a field less"],
)
def test_where_they_do_not_the_compiler_says_so(tmp_path, old, new, where):
    changed = [declared(kind).replace(old, new) for kind in TYPES.values()]
    assert f"same.ts({len(TYPES) + 4 + ROOTS.index(where.capitalize())}," in complaints(tmp_path, changed)


def test_the_page_calls_each_method_of_a_session_and_no_other():
    worker = (WEB / "worker" / "worker.js").read_text("utf-8")
    methods = {name for name, kind in vars(Session).items() if callable(kind) and not name.startswith("_")}
    assert set(re.findall(r'\b(?:ask|train)\("(\w+)"', worker)) == methods


# What is answered, against what is declared


def misfit(found: Any, kind: Any, place: str) -> str:
    """The first place where plain data are not of a type; "" for none."""
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        told = [misfit(found, each, place) for each in args]
        return "" if "" in told else told[0]
    if is_typeddict(kind):
        if not isinstance(found, dict):
            return f"{place}: {found!r}"
        fields = get_type_hints(kind, include_extras=True)
        needed = {name for name, field in fields.items() if get_origin(field) is not NotRequired}
        if not needed <= found.keys() <= fields.keys():
            return f"{place} has the fields {sorted(found)}"
        hints = get_type_hints(kind)
        return next(filter(None, (misfit(found[name], hints[name], f"{place}.{name}") for name in found)), "")
    if origin is Literal:
        return "" if found in args else f"{place}: {found!r}"
    if origin in (list, tuple):
        if not isinstance(found, list | tuple) or (origin is tuple and len(found) != len(args)):
            return f"{place}: {found!r}"
        kinds = args if origin is tuple else [args[0]] * len(found)
        parts = (misfit(part, each, f"{place}[{at}]") for at, (part, each) in enumerate(zip(found, kinds, strict=True)))
        return next(filter(None, parts), "")
    if origin is dict:
        parts = (misfit(part, args[1], f"{place}.{key}") for key, part in found.items())
        return next(filter(None, parts), "")
    wanted = (int, float) if kind is float else (origin or kind)
    return "" if isinstance(found, wanted) and (kind is bool or not isinstance(found, bool)) else f"{place}: {found!r}"


TABLE = {"inputs": ["x1", "x2", "x3"], "outputs": ["y"], "rows": [[0, 0, 1, 0], [1, 1, 1, 1]]}
LONG = {"table": {**TABLE, "rows": TABLE["rows"] * 15}}  # whose rows are in a file beside the program


def test_what_a_session_answers_is_as_declared():
    session = Session()
    problem = json.dumps({"network": {"hidden": [{"units": 2, "activation": "relu"}], "bias": True}})
    started = session.start(problem, "numpy")
    answers = {
        "Progress": [started, session.advance(10.0)],
        "Sought": [session.seek(5, 10.0)],
        "Checked": [session.check("nudged", 0.0), session.check("nudged", 10.0)],
        "Program": [session.write_program(problem), session.write_program(json.dumps(LONG))],
        "Refused": [
            session.start(json.dumps({"table": {**TABLE, "rows": [["a", 0, 1, 0]]}})),
            session.start('{"training": {"seed": -1}}'),
            session.start(json.dumps({"table": {**TABLE, "inputs": ["a", "a", "b"]}})),
            session.read_program("x =", "{}"),
        ],
    }
    source = answers["Program"][0]["source"]
    answers["Outline"] = [session.outline(source), session.outline("print(1)")]
    start = session.start(problem, "numpy")
    state = start["numbers"][: start["state_size"]].tobytes()
    places = [None, *range(len(answers["Outline"][0]["expressions"]))]
    answers["Values"] = [session.values(problem, 0, state, place) for place in places]
    answers["Stages"] = [session.stages(problem, 0, state, "{}")]
    weights = start["numbers"][: start["parameters"]].tobytes()
    answers["Answers"] = [session.answers(problem, weights, array("d", [1, 0, 0]).tobytes())]
    xor = json.dumps({"table": {"inputs": ["a", "b"], "outputs": ["c"], "rows": [[0, 1, 1], [1, 1, 0], [1, 0, None]]}})
    other = session.start(xor, "numpy")["numbers"][:2].tobytes()
    answers["Questions"] = [session.questions(problem), session.questions(xor)]
    answers["Told"] = [
        session.question(each["name"], asked, 0, at, 0)
        for asked, at in ((problem, state), (xor, other))
        for each in session.questions(asked)["questions"]
    ]
    flat = json.dumps(
        {"table": {"inputs": ["a", "b"], "outputs": ["c"], "rows": [[0, 1, 1], [1, 0, 1], [1, 1, 0], [0, 0, None]]}}
    )
    assert session.start(flat, "compiled", 60.0)["done"]
    answers["Assessed"] = [session.assess(2, 0.0), session.assess(2, 60.0)]
    answers["Assessed"].append(session.assess(2, 60.0, 1))
    told = [misfit(one, TYPES[name], name) for name, all_of in answers.items() for one in all_of]
    assert [each for each in told if each] == []
    assert any(one["selected"] and one["selected"]["curve"] for one in answers["Values"])
    assert {one["picture"] and one["picture"]["kind"] for one in answers["Told"]} == {None, "table", "lines"}
    assert any(one["selected"] and one["selected"]["sums"] for one in answers["Values"])
    assert any(one["diagnosis"] and one["diagnosis"][0]["change"] for one in answers["Assessed"])
    assert [len(one["starts"]["seeds"]) for one in answers["Assessed"][1:]] == [2, 1]


SAY = """
import json, os, sys
from tenlines.learner.run import Program
answers = []
for source in json.load(sys.stdin):
    program = Program(source, {})
    ending = program.run()
    count = len(program._trace.parts.expressions) if ending["passes"] is not None else 0
    answers.append([ending, [program.values(ending["passes"], place) for place in [None, *range(count)]]])
os.write(2, json.dumps(answers).encode())
os._exit(0)
"""
PROGRAMS = ["x = [1, 2]\nprint(x)\n", "1 / 0\n", "import numpyy\n", "x = (\n", "raise SystemExit(3)\n"]


def test_what_a_program_of_a_learner_answers_is_as_declared(tmp_path):
    command = [sys.executable, "-c", SAY]
    done = subprocess.run(command, input=json.dumps(PROGRAMS), capture_output=True, text=True, cwd=tmp_path)
    answers = json.loads(done.stderr.splitlines()[-1])
    assert len(answers) == len(PROGRAMS)
    for ending, values in answers:
        assert misfit(ending, messages.Ending, "ending") == ""
        assert [told for told in (misfit(one, messages.Values | None, "values") for one in values) if told] == []
    assert any(ending["error"] and ending["error"]["place"] for ending, _ in answers)
