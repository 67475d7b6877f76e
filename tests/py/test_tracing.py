"""A program that has gone its own way runs as it is, and shows its values at any iteration afterwards."""

import ast
import contextlib
import io
import re
import traceback
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from plain_python import is_sensitive
from strategies import problems
from test_program import POSTS_PROGRAM
from test_values import state_at, texts

from tenlines.errors import ProgramError
from tenlines.problem import Problem
from tenlines.program.write import write
from tenlines.syntax.source import FILE, Places
from tenlines.trace import learner_program
from tenlines.trace.generated_program import GeneratedProgram, beside
from tenlines.trace.learner_program import Trace


def run(code, names):
    """What it prints, and the traceback of its error without the frames of this test."""
    printed = io.StringIO()
    error = ""
    with contextlib.redirect_stdout(printed):
        try:
            exec(code, names)
        except BaseException as raised:
            told = traceback.TracebackException.from_exception(raised)
            del told.stack[0]
            error = "".join(told.format())
    return printed.getvalue(), error


def traced(source):
    trace, names = Trace(source), {"__name__": "__main__"}
    trace.prepare(names)
    printed, error = run(trace.code, names)
    return trace, printed, error


PREDICTING = """\
from numpy import exp, array, random, dot
import numpy as np
X = array([[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]])
y = array([[0, 1, 1, 0]]).T
random.seed(1)
w = 2 * random.random((3, 1)) - 1
errors = []
def think(rows):
    return 1 / (1 + exp(-dot(rows, w)))
for i in range(2000):
    k = random.randint(4)
    out = think(X[[k]])
    miss = y[[k]] - out
    w += X[[k]].T @ (miss * out * (1 - out))
    errors.append(float(abs(y - think(X)).mean()))
print(think(array([1, 0, 0])), len(errors))
"""


@given(problems(most_iterations=20), st.sampled_from([1, 1, 8]), st.data())
@settings(max_examples=40)
def test_the_pages_own_program_traced_shows_what_the_page_shows(data, times, draw):
    data["table"]["rows"] *= times
    assume(not is_sensitive(data, data["training"]["iterations"]))
    checked = Problem.from_dict(data)
    program = write(checked)
    with beside(program.files), np.errstate(all="ignore"):
        trace, _, error = traced(program.source)
    assert error == ""
    assert trace.passes == checked.training.iterations
    own = GeneratedProgram(checked)
    for iteration in draw.draw(st.lists(st.integers(0, trace.passes), min_size=1, max_size=3)):
        assert trace.report(iteration) == own.report(iteration, state_at(checked, iteration), None)


def stopped(source, count):
    """The program with fewer passes, run by Python: what it prints, and its names."""
    names = {}
    printed, error = run(source.replace("range(2000)", f"range({count})"), names)
    assert error == ""
    return printed, names


@pytest.mark.parametrize("order", [[0, 1, 2, 700, 1999, 2000], [2000, 3, 1234, 3]])
def test_any_iteration_of_any_program_is_that_of_the_program_stopped_there(order):
    """With random numbers in the loop, a function that reads what is trained, and a list that grows."""
    trace, printed, _ = traced(PREDICTING)
    assert printed == stopped(PREDICTING, 2000)[0]
    assert trace.passes == 2000
    for iteration in order:
        printed, names = stopped(PREDICTING, iteration)
        answer, count = texts(trace.report(iteration))[16].split(", ")
        assert float(answer) == pytest.approx(float(printed.split("]")[0].strip("[")), abs=6e-6)
        assert int(count.replace(",", "")) == iteration
        next_pass = stopped(PREDICTING, iteration + 1)[1]
        assert texts(trace.report(iteration))[11] == str(next_pass["k"])
        place = next(at for at in range(len(trace.parts.expressions)) if trace.parts.text(at) == "w")
        assert trace.values(iteration)[place].cells == pytest.approx(names["w"])


def test_iterations_at_hand_are_dense_in_the_beginning_and_not_too_many(monkeypatch):
    monkeypatch.setattr(learner_program, "FREE_SECONDS", 60)  # however long copying takes here
    trace, _, _ = traced(PREDICTING)
    assert trace.iterations()[:10] == list(range(10))
    assert trace.iterations()[-1] == 2000
    assert len(trace.iterations()) <= 256


LEAVING = {
    "break": "for i in range(100):\n    x = i * 2\n    if i == 7:\n        break\nelse:\n    print('all')\nprint(x)\n",
    "continue": "x = 0\nfor i in range(8):\n    if i % 2:\n        continue\n    x += 14\nprint(x)\n",
    "else": "for i in range(8):\n    x = 14\nelse:\n    print('all', x)\n",
    "nothing": "x = 14\nfor i in range(0):\n    x = 2\nprint(x)\n",
    "a step": "x = 1\nfor i in range(10, 2, -1):\n    x = i\nprint(x)\n",
    "an error": "for i in range(8):\n    x = 14 / (7 - i)\n",
    "an end": "x = 3\nfor i in range(8):\n    x = i\n    if i == 5: raise SystemExit\n",
}
PASSES = {"break": 8, "continue": 8, "else": 8, "nothing": 0, "a step": 8, "an error": 8, "an end": 6}


@pytest.mark.parametrize("name", LEAVING)
def test_a_loop_may_be_left_in_every_way(name):
    names = {}
    trace, printed, _ = traced(LEAVING[name])
    assert printed == run(LEAVING[name], names)[0]
    assert trace.passes == PASSES[name]
    for iteration in range(trace.passes + 1):
        trace.report(iteration)
    if printed:
        assert texts(trace.report(trace.passes))[LEAVING[name].count("\n")].split(", ")[-1] == str(names["x"])


def test_lines_that_did_not_run_show_nothing():
    trace, _, _ = traced(LEAVING["break"])
    assert texts(trace.report(8)) == {1: "over, ended at 7", 2: "16", 3: "False", 7: "14"}
    assert texts(trace.report(7)) == {1: "7", 2: "14", 3: "True", 7: "12"}


def test_of_a_loop_that_is_over_the_last_item_is_told():
    def said(source):
        trace, _, _ = traced(source)
        shown = trace.report(trace.passes, 0)
        return next(iter(texts(shown).values())), shown["selected"]["note"]

    assert said("for i in range(10, 2, -1):\n    x = i\n") == (
        "over, ended at 3",
        "The loop is over: i has ended at 3. Line 2 shows what one more pass would compute.",
    )
    assert said("for i in range(0):\n    x = i\n    y = i\n") == (
        "no pass",
        "The loop makes no pass. Lines 2 and 3 show what one more pass would compute.",
    )
    assert said("for k in range(9):\n    if k == 4: break\n")[0] == "over, ended at 4"


def test_a_line_that_changes_a_name_says_how():
    source = "from numpy import ones\na = b = 8 * 1\na += b\na -= 3 * b\na *= b\na //= b\nx = ones((3, 4))\nx += x\n"
    trace, _, _ = traced(source)
    says = {3: "adds 8", 4: "subtracts 24", 5: "multiplies by 8", 6: "changes by 8", 8: "adds 3 × 4 numbers"}
    assert texts(trace.report(0)) == {2: "8", 7: "3 × 4", **says}


def test_the_sums_of_an_own_program_are_told_by_weights_where_it_adjusts_them():
    trace, _, _ = traced(POSTS_PROGRAM.replace("synaptic_weights += dot", "synaptic_weights = synaptic_weights + dot"))
    adjustments = [
        [one["label"] for one in trace.report(3, place)["selected"]["sums"]]
        for place, part in enumerate(trace.parts.expressions)
        if part.factors
    ]
    assert adjustments == [[f"row {n}" for n in range(1, 5)], [f"weight {n}" for n in range(1, 4)], [""]]
    trace, _, _ = traced("from numpy import array, dot\na = array([[1, 2], [3, 4]])\nb = dot(a.T, a)\n")
    product = next(place for place, part in enumerate(trace.parts.expressions) if part.factors)
    said = [one["label"] for one in trace.report(0, product)["selected"]["sums"]]
    assert said == ["row 1, column 1", "row 1, column 2", "row 2, column 1", "row 2, column 2"]


def test_a_program_without_a_loop_has_the_values_of_its_only_run():
    trace, printed, _ = traced("from numpy import arange\na = arange(3)\nb = a * 2\nprint(b.sum())\n")
    assert printed == "6\n"
    assert (trace.passes, trace.iterations()) == (0, [])
    assert texts(trace.report(0)) == {2: "0  1  2", 3: "0  2  4", 4: "6"}


def test_values_up_to_an_error_are_shown():
    trace, _, error = traced("a = 1 + 1\nb = a / 0\nc = a\n")
    assert "ZeroDivisionError" in error
    assert texts(trace.report(0)) == {1: "2"}


ANYTHING = '''\
"""What a program may do."""
from __future__ import annotations
import contextlib, dataclasses, functools, itertools, sys
from typing import Any

@dataclasses.dataclass
class Layer:
    """Units."""
    size: int = 3
    names: list[str] = dataclasses.field(default_factory=list)

    @property
    def double(self): return self.size * 2
    @staticmethod
    def of(*sizes, **rest): return [Layer(size, **rest) for size in sizes]
    def __call__(self, x): return super().__repr__() and x + self.size

class Deep(Layer):
    def __init__(self, size): super().__init__(size)

def counting(limit, *, step=1):
    at = 0
    while True:
        if (at := at + step) > limit: return
        got = yield at
        if got: print("got", got)

def outer():
    count = 0
    def inner():
        nonlocal count
        count += 1
        return count
    return inner

@functools.lru_cache
def fib(n: int) -> int:
    return n if n < 2 else fib(n - 1) + fib(n - 2)

total: int = 0
tick = outer()
for step in range(50):
    total += step if step % 2 else -step
    (first, *others), last = [step, 1, 2], {"a": step}["a"]
    cells = [[row * column for column in range(3)] for row in range(2) if row]
    lookup = {key: value for key, value in zip("ab", itertools.count(step))}
    gen = counting(step); next(gen, None)
    with contextlib.suppress(ValueError), contextlib.suppress(StopIteration):
        gen.send(step)
        int("x")
    try:
        assert step < 48, f"too far: {step!r:>4} {total=}"
    except AssertionError as error:
        print(error, error.args)
    else:
        tick()
    finally:
        last -= 1
    match others:
        case [1, x] if x > 1: kind = "pair"
        case _: kind = "other"
    del lookup["a"], gen
    cells[0][1] += 5; cells[0][0:2] = cells[0][1:3]
    global unseen
    unseen = not (step and kind) or step < total <= 100
print(total, first, others, last, cells, lookup, kind, tick(), fib(30), unseen)
print(*map(lambda layer: layer(1), Layer.of(1, 2, names=["n"])), Deep(4).double, sep="; ", end="!\\n")
print([*counting(3)], sys._getframe().f_lineno, sorted(name for name in globals() if not name.startswith("_")))
print(__doc__, Layer.__doc__, fib.__wrapped__.__annotations__, __name__, 1 if total else 2, -3, +total, ~total)
async def later(): return await other()
async def other(): return [x async for x in soon()]
async def soon():
    yield total
try: later().send(None)
except StopIteration as done: print(done.value)
'''


def test_whatever_a_program_does_it_does_the_same_when_traced():
    trace, printed, error = traced(ANYTHING)
    assert (printed, error) == run(compile(ANYTHING, FILE, "exec", dont_inherit=True), {"__name__": "__main__"})
    assert error == ""
    assert printed.count("\n") > 5
    for iteration in (0, 7, 50):
        assert texts(trace.report(iteration))[ANYTHING[: ANYTHING.index("total += step")].count("\n") + 1]


WRONG = {
    "a name": "x = 1\nprint(x + y)\n",
    "shapes": "from numpy import *\na = array([[1, 2]])\nfor i in range(3):\n    b = (a * 2) + dot(a, a)\n",
    "in a function": "def f(x):\n    return (1 + x) / (x - x)\ndef g(x): return f(x) + 1\nfor i in range(2): g(g(i))\n",
    "an attribute": "import numpy\nx = numpy.array([1, 2])\nx.T.nothing(3)\n",
    "an item": "a = [[1], [2]]\nb = a[0][0] + a[1][1]\n",
    "a cause": "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    raise ValueError('no ' + str(e)) from e\n",
    "too deep": "def f(n): return f(n + 1) + 1\nf(0)\n",
    "nothing to call": "for i in range(3):\n    (i + 1)(2)\n",
    "what is unpacked": "for i in range(3):\n    a, b = [i] * 3\n",
    "what is iterated": "for i in range('3'):\n    pass\n",
}


@pytest.mark.parametrize("source", WRONG.values(), ids=WRONG)
def test_errors_are_told_as_python_tells_them(source, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / FILE).write_text(source)
    _, _, error = traced(source)
    plain = run(compile(source, FILE, "exec", dont_inherit=True), {"__name__": "__main__"})[1]
    more = re.compile(r"\d+ more times")  # a note taken is one call deeper
    assert more.sub("", error) == more.sub("", plain) != ""


@pytest.mark.parametrize("source", ["x = (1", "return 1", "x = " + "-" * 900 + "1", "f(" * 300])
def test_what_cannot_be_traced_says_so_before_it_runs(source):
    with pytest.raises(ProgramError):
        Trace(source)


def test_copies_take_a_bounded_memory(monkeypatch):
    source = (
        "import numpy\na = numpy.zeros(1000)\nb = numpy.ones(1000)\nfor i in range(1000):\n    a += b\nprint(a[0])\n"
    )
    usual, _, _ = traced(source)
    monkeypatch.setattr(learner_program, "MOST_BYTES", 100_000)
    thin, printed, _ = traced(source)
    assert printed == "1000.0\n"
    assert 2 <= len(thin.iterations()) <= 12 < len(usual.iterations())
    for iteration in (0, 1, 500, 999, 1000):
        assert texts(thin.report(iteration))[6] == f"{iteration:,}"
        assert texts(usual.report(iteration))[6] == f"{iteration:,}"


def test_copying_takes_a_part_of_the_time_only(monkeypatch):
    clock = iter(range(10**9))
    monkeypatch.setattr(learner_program, "perf_counter", lambda: next(clock))
    monkeypatch.setattr(learner_program, "FREE_SECONDS", 0)
    trace, _, _ = traced("for i in range(200):\n    x = i\nprint(x)\n")
    assert 2 <= len(trace.iterations()) < 100
    assert [texts(trace.report(iteration)).get(3) for iteration in (0, 1, 150, 200)] == [None, "0", "149", "199"]


def test_two_names_of_one_array_stay_one():
    source = "import numpy\na = numpy.zeros(2)\nb = a\nfor i in range(9):\n    a += 1\nprint(b)\n"
    trace, _, _ = traced(source)
    assert texts(trace.report(4))[6] == "4  4"


def test_two_views_of_one_array_stay_that():
    source = (
        "import numpy\nboth = numpy.zeros((2, 3), order='F')\nfirst = both[:1].T\nback = both[::-1]\n"
        "for i in range(3000):\n    seen = first[0, 0] + back[1, 0]\n    both += 1\n"
    )
    trace, _, _ = traced(source)
    for iteration in (3, 2_999, 255, 2_000):
        assert texts(trace.report(iteration))[6] == f"{2 * iteration:,}"


def test_arrays_that_are_not_named_any_more_are_let_go(monkeypatch):
    monkeypatch.setattr(learner_program, "MOST_BYTES", 100_000)
    trace, _, _ = traced("import numpy\nfor i in range(1000):\n    a = numpy.full(1000, i)\n")
    assert len(trace._twins) <= 1
    assert texts(trace.report(700))[3] == "1,000"


def test_of_several_loops_the_one_that_adjusts_weights_is_the_training():
    source = POSTS_PROGRAM.replace("random.seed(1)\n", "random.seed(1)\nfor i in range(5):\n    pass\n")
    trace, _, _ = traced(source)
    assert trace.passes == 10_000


def test_whole_numbers_of_any_size_are_shown():
    trace, _, _ = traced("x = 2 ** 100_000\ny = -x\nz = 10 ** 9\n")
    assert texts(trace.report(0)) == {1: "about 10^30103", 2: "about −10^30103", 3: "1,000,000,000"}
    assert trace.report(0, 0)["selected"]["exact"] == [["about 10^30103"]]


def test_the_posts_program_is_traced_in_a_fraction_of_a_second_more():
    trace, printed, _ = traced(POSTS_PROGRAM)
    assert printed == "[0.99993704]\n"
    assert trace.passes == 10_000
    assert texts(trace.report(1024))[9] == "0.99932"


def steps(trace, source, iteration=0):
    """The walk through one pass, each step as its text: of a line as a whole, after ≡."""
    lines, places = source.splitlines(), Places(source)
    told = []
    for line, column, last, end in trace.report(iteration)["walk"]:
        is_line = (line, column) == (last, end) and end == 0
        told.append(f"≡ {lines[line - 1].strip()}" if is_line else places.text((line, column, last, end)))
    return told


IN_ANY_ORDER = """\
from numpy import array, dot, random
x = array([[0, 1], [1, 1]])
w = array([[1.0], [2.0]])
rate = 0.1
class Box: pass
box = Box()
box.rate = 3
def double(z):
    return 2 * z
for i in range(3):
    out = double(dot(x, w)) + double(dot(x, w) + i)
    miss = 1 - out if i < 1 else out * 0
    w += miss[:1] * box.rate
    i -= rate
    w -= miss[1:]
"""


def test_a_walk_goes_through_one_pass_in_the_order_in_which_python_computes_it():
    trace, _, error = traced(POSTS_PROGRAM)
    assert error == ""
    assert steps(trace, POSTS_PROGRAM) == [
        "dot(training_set_inputs, synaptic_weights)",
        "-dot(training_set_inputs, synaptic_weights)",
        "exp(-dot(training_set_inputs, synaptic_weights))",
        "1 + exp(-dot(training_set_inputs, synaptic_weights))",
        "1 / (1 + exp(-dot(training_set_inputs, synaptic_weights)))",
        "training_set_inputs.T",
        "training_set_outputs - output",
        "(training_set_outputs - output) * output",
        "1 - output",
        "(training_set_outputs - output) * output * (1 - output)",
        "dot(training_set_inputs.T, (training_set_outputs - output) * output * (1 - output))",
        "≡ synaptic_weights += dot(training_set_inputs.T, (training_set_outputs - output) * output * (1 - output))",
    ]
    trace, _, error = traced(IN_ANY_ORDER)
    assert error == ""
    of_out = [
        "dot(x, w)",
        "2 * z",
        "double(dot(x, w))",
        "dot(x, w)",
        "dot(x, w) + i",
        "double(dot(x, w) + i)",
        "double(dot(x, w)) + double(dot(x, w) + i)",
    ]
    taken = [["i < 1", "1 - out"], ["i < 1", "out * 0"]]
    for iteration, way in enumerate(taken):
        assert steps(trace, IN_ANY_ORDER, iteration) == [
            *of_out,
            *way,
            "1 - out if i < 1 else out * 0",
            "miss[:1]",
            "miss[:1] * box.rate",
            "≡ w += miss[:1] * box.rate",
            "≡ i -= rate",
            "miss[1:]",
            "≡ w -= miss[1:]",
        ]


def test_a_walk_through_a_program_without_a_loop_is_its_only_run_and_a_long_one_ends():
    source = "from numpy import arange\na = arange(3)\na += 1\nprint((a * 2).sum())\n"
    assert steps(traced(source)[0], source) == ["arange(3)", "a * 2", "(a * 2).sum()"]
    source = "x = 1\nfor i in range(2):\n" + "    x = x + i\n" * 1_000
    assert len(steps(traced(source)[0], source)) == 500


@given(problems(most_iterations=3))
@settings(max_examples=60)
def test_a_walk_holds_all_that_a_pass_computes_once_what_is_inside_first(data):
    checked = Problem.from_dict(data)
    own = GeneratedProgram(checked)
    walk = [tuple(step) for step in own.report(0, state_at(checked, 0), None)["walk"]]
    assert len(set(walk)) == len(walk)
    tree = ast.parse(write(checked).source)
    loop = next(node for node in tree.body if isinstance(node, ast.For))
    called = {node.func.id for node in ast.walk(loop) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name in called]
    computed, adjusted = set(), set()
    for line in [*loop.body, *(line for function in functions for line in function.body)]:
        nodes: list[Any] = list(ast.walk(line))
        for node in nodes:
            kind = type(node).__name__
            is_written = kind == "UnaryOp" and isinstance(node.operand, ast.Constant)  # as in axis=-1
            looks_up = (kind == "Attribute" and node.attr != "T") or is_written
            of_method = {id(call.func) for call in ast.walk(line) if isinstance(call, ast.Call)}
            is_range = kind == "Call" and ast.unparse(node.func) == "range"
            has_value = kind in ("BinOp", "UnaryOp", "Compare", "Call", "Attribute", "Subscript") and not looks_up
            is_read = isinstance(getattr(node, "ctx", ast.Load()), ast.Load)
            if has_value and is_read and not is_range and id(node) not in of_method:
                computed.add((node.lineno, node.col_offset, node.end_lineno, node.end_col_offset))
            if kind == "AugAssign" and not isinstance(node.value, ast.Constant):
                adjusted.add((node.lineno, 0, node.lineno, 0))
    assert set(walk) == computed | adjusted
    for at, (line, start, _, end) in enumerate(walk):
        inside = [step for step in walk if step[0] == line and start <= step[1] and step[3] <= end and step[3]]
        assert all(walk.index(step) <= at for step in inside), "what is inside is computed first"
        if (start, end) == (0, 0):
            assert all(walk.index(step) < at for step in walk if step[0] == line and step[3])
