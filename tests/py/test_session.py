"""The door of the page: plain data in, plain data out, a sentence for everything that is refused."""

import json
import math
from array import array
from itertools import count

import numpy as np
import pytest
import wasmtime
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import problems, tables

from tenlines.page.api import Session
from tenlines.page.limits import MOST_CELLS
from tenlines.problem import Problem
from tenlines.training import engine as engine_module
from tenlines.training.kernel.host import Native
from tenlines.training.run import Run, frame_marks

POST = Problem().to_dict()


def assert_plain(value):
    """What a page can take over: no object of Python's, arrays flat and of doubles."""
    if isinstance(value, dict):
        assert type(value) is dict
        assert all(type(key) is str for key in value)
        for inner in value.values():
            assert_plain(inner)
    elif isinstance(value, list):
        for inner in value:
            assert_plain(inner)
    elif isinstance(value, array):
        assert value.typecode == "d"
    else:
        assert value is None or type(value) in (str, int, float, bool), type(value)


def assert_refused(answer, *words):
    assert set(answer) == {"error"}
    assert_plain(answer)
    assert set(answer["error"]) <= {"message", "row", "column", "cells", "position", "field"}
    assert answer["error"]["message"].endswith((".", "more."))
    missing = [word for word in words if word not in answer["error"]["message"]]
    assert not missing, answer["error"]["message"]


def started(**training):
    session = Session()
    return session, session.start(json.dumps({"training": training}))


def frames(state):
    """The frames that fell due: (iteration, weights, outputs, error) each."""
    return all_frames(state)[: state["due"]]


def reached(state):
    return all_frames(state)[-1]


def all_frames(state):
    weights, size = state["parameters"], state["state_size"]
    rows = np.reshape(state["numbers"], (len(state["iterations"]), -1))
    return [(int(n), row[:weights], row[size:-1], row[-1]) for n, row in zip(state["iterations"], rows, strict=True)]


ENGINES = ["numpy", "compiled"]


@pytest.mark.parametrize("engine", ENGINES)
def test_start_answers_with_the_initial_weights(engine):
    session = Session()
    state = session.start(json.dumps({"training": {"iterations": 300}}), engine)
    assert_plain(state)
    assert state["engine"] == engine
    assert state["done"] is False
    assert state["diverged"] is None
    assert [frame[0] for frame in frames(state)] == [0]
    _, weights, outputs, error = reached(state)
    assert weights.tolist() == Run(Problem()).frame.weights.tolist()
    assert len(outputs) == 5
    assert error == pytest.approx(Run(Problem()).frame.error, rel=1e-15)
    assert reached(session.advance(0))[0] >= 1


def test_start_can_train_at_once():
    state = Session().start(json.dumps({"training": {"iterations": 5}}), "compiled", 1.0)
    assert state["done"] is True
    assert [frame[0] for frame in frames(state)] == [0, 1, 2, 3, 4, 5]


def test_where_the_kernel_is_refused_numpy_trains_and_the_reason_is_told(monkeypatch):
    def refuse(problem, nudged):
        raise RuntimeError("WebAssembly refused the kernel: no SIMD")

    monkeypatch.setitem(engine_module.ENGINES, "compiled", refuse)
    state = Session().start(json.dumps(POST), "compiled", 5.0)
    assert state["engine"] == "numpy"
    assert "no SIMD" in state["fallback"]
    assert reached(state)[2][4] == 0.9999370428352157


@pytest.mark.parametrize("trapped", [1, 2, 5], ids=["at iteration 0", "in the first slice", "in a later slice"])
def test_where_the_kernel_breaks_off_numpy_trains_from_the_start(monkeypatch, trapped):
    calls, call = count(1), Native.call

    def trap(self, *arguments):
        if next(calls) == trapped:
            raise wasmtime.Trap("wasm trap: unreachable")
        call(self, *arguments)

    monkeypatch.setattr(Native, "call", trap)
    session = Session()
    state = session.start(json.dumps(POST))
    while "fallback" not in state:
        assert state["engine"] == "compiled"
        state = session.advance(0)
    assert "unreachable" in state["fallback"]
    iterations = []
    while True:
        assert_plain(state)
        iterations += [frame[0] for frame in frames(state)]
        if state["done"]:
            break
        state = session.advance(0.05)
    assert state["engine"] == "numpy"
    assert iterations == list(frame_marks(10_000))
    assert reached(state)[2][4] == 0.9999370428352157


def test_a_kernel_broken_off_before_numpy_is_here_is_not_gone_on_with(monkeypatch):
    calls, call = count(1), Native.call
    numpy_engine = engine_module.ENGINES["numpy"]

    def trap_once(self, *arguments):
        if next(calls) == 3:
            raise wasmtime.Trap("wasm trap: unreachable")
        call(self, *arguments)

    def not_here(problem, nudged):
        raise ModuleNotFoundError("No module named 'numpy'")

    monkeypatch.setattr(Native, "call", trap_once)
    monkeypatch.setitem(engine_module.ENGINES, "numpy", not_here)
    session, _ = started(iterations=5000)
    session.advance(0)
    for _ in range(2):
        with pytest.raises(ModuleNotFoundError):
            session.advance(0)
    monkeypatch.setitem(engine_module.ENGINES, "numpy", numpy_engine)
    state = session.advance(0)
    assert (state["engine"], frames(state)[0][0]) == ("numpy", 0)
    assert "unreachable" in state["fallback"]


def test_a_kernel_that_breaks_off_while_a_run_is_checked_leaves_the_run(monkeypatch):
    session = Session()
    assert session.start(json.dumps(POST), "compiled", 60)["done"]

    def trap(self, *arguments):
        raise wasmtime.Trap("wasm trap: unreachable")

    with monkeypatch.context() as patch:
        patch.setattr(Native, "call", trap)
        assert_refused(session.check("nudged", 60), "compiled engine failed", "unreachable")
    assert session.check("numpy", 60)["apart"] < 1e-15


@pytest.mark.parametrize("engine", ENGINES)
def test_advance_reaches_the_posts_answer(engine):
    session = Session()
    state = session.start(json.dumps(POST), engine)
    iterations = [frame[0] for frame in frames(state)]
    while not state["done"]:
        state = session.advance(0.02)
        assert_plain(state)
        iterations += [frame[0] for frame in frames(state)]
    assert reached(state)[2][4] == 0.9999370428352157
    assert reached(state)[0] == 10_000 == iterations[-1]
    assert iterations == sorted(set(iterations))


def test_outputs_are_flat_row_by_row():
    rows = [[1, 0, None], [2, None, 1]]
    table = {"inputs": ["a"], "outputs": ["p", "q"], "rows": rows}
    answer = Session().start(json.dumps({"table": table, "training": {"iterations": 0}}))
    expected = Run(Problem.from_dict({"table": table})).frame.outputs
    assert answer["done"] is True
    assert reached(answer)[2] == pytest.approx([value for row in expected.tolist() for value in row], rel=1e-15)


def test_a_diverged_run_says_at_which_iteration_and_keeps_the_last_good_state():
    session = Session()
    data = {
        "table": {"inputs": ["a"], "outputs": ["y"], "rows": [[1, 1], [2, 0]]},
        "network": {"output": "linear"},
        "training": {"learning_rate": 10},
    }
    state = session.start(json.dumps(data))
    while not state["done"]:
        state = session.advance(0.01)
        assert_plain(state)
    assert type(state["diverged"]) is int
    iteration, weights, _, _ = reached(state)
    assert iteration == state["diverged"] - 1
    assert all(math.isfinite(weight) for weight in weights)


def test_a_refused_start_ends_the_run_before_it():
    session, _ = started(iterations=1000)
    assert_refused(session.start(json.dumps({"training": {"iterations": -1}})), "Iterations")
    assert_refused(session.advance(0.01), "Press Train")


def test_advance_before_start_is_refused():
    assert_refused(Session().advance(0.01), "Nothing is being trained")


def test_a_new_start_replaces_the_run():
    session, _ = started(iterations=1000)
    session.advance(0.001)
    session.start(json.dumps({"training": {"iterations": 7}}))
    while not (state := session.advance(0.01))["done"]:
        pass
    assert reached(state)[0] == 7


def test_a_refusal_names_the_cell_for_the_page_to_mark():
    data = json.loads(json.dumps(POST))
    data["table"]["rows"][1][0] = "abc"
    answer = Session().start(json.dumps(data))
    assert_refused(answer, "Row 2, x1", "“abc”")
    assert (answer["error"]["row"], answer["error"]["column"]) == (2, "x1")
    answer = Session().start(json.dumps({"training": {"seed": -1}}))
    assert answer["error"]["field"] == "training.seed"


def test_numbers_too_large_to_compute_with_are_refused():
    data = {
        "table": {"inputs": ["a"], "outputs": ["y"], "rows": [[1.79e308, -1.79e308]]},
        "network": {"output": "linear"},
        "training": {"seed": 3},
    }
    assert_refused(Session().start(json.dumps(data)), "smaller numbers")


def test_a_file_is_read_as_a_table():
    table = {"inputs": ["a"], "outputs": ["b"], "rows": [[1.0, None], [2.0, 3.0]]}
    for data in ("a,b\n1,?\n2,3\n", b"a,b\n1,?\n2,3\n", b"\xef\xbb\xbfa;b\r\n1;\r\n2;3"):
        answer = Session().read_table(data)
        assert_plain(answer)
        assert answer == {"table": table, "note": ""}
    assert_refused(Session().read_table("a,b\n1,x\n"), "Line 2", "“x”")
    assert_refused(Session().read_table(b"\x89PNG\0"), "binary")


def test_pasted_text_is_a_table_or_a_block():
    assert Session().read_paste("1\t?\n3\tx\n") == {"block": [[1.0, None], [3.0, "x"]], "note": ""}
    table = {"inputs": ["a"], "outputs": ["b"], "rows": [[1.0, 2.0]]}
    assert Session().read_paste("a\tb\n1\t2\n") == {"table": table, "note": ""}
    assert_refused(Session().read_paste("a\tb\n1\tx\n"), "Line 2")
    assert_refused(Session().read_paste('1\t"2\n'), "quote")


@given(tables())
@settings(max_examples=50)
def test_export_and_import_give_the_same_table(data):
    session = Session()
    text = session.write_table(json.dumps(data))["text"]
    assert session.read_table(text)["table"] == data


def test_what_cannot_be_exported_is_refused():
    table = {"inputs": ["a"], "outputs": ["b"], "rows": [["abc", 1]]}
    assert_refused(Session().write_table(json.dumps(table)), "Row 1, a")


@pytest.mark.parametrize("method", ["read_table", "read_paste"])
@pytest.mark.parametrize("as_bytes", [False, True])
def test_the_page_holds_so_many_cells_and_says_so(method, as_bytes):
    if method == "read_paste" and as_bytes:
        pytest.skip("a paste is text")
    encode = str.encode if as_bytes else str
    read = getattr(Session(), method)
    fits = read(encode("a,b\n" + "1,0\n" * (MOST_CELLS // 2 - 2)))
    assert "table" in fits
    too_many = read(encode("a,b\n" + "1,0\n" * (MOST_CELLS // 2 + 1)))
    assert_refused(too_many, f"{MOST_CELLS:,}", "terminal")


@pytest.mark.parametrize(
    "text", ["", "nonsense", '{"table": }', "[" * 100_000 + "]" * 100_000, "9" * 5_000], ids=lambda t: t[:9]
)
def test_what_is_not_json_is_refused_too(text):
    for method in (Session().start, Session().write_table):
        assert_refused(method(text))


@given(problems(most_iterations=300))
@settings(max_examples=40)
def test_every_valid_problem_starts_and_ends(data):
    session = Session()
    state = session.start(json.dumps(data))
    while not state.get("done", True):
        assert_plain(state)
        state = session.advance(0.001)
    assert_plain(state)
    assert "error" not in state


fields = st.sampled_from(
    ["table", "network", "training", "rows", "inputs", "iterations", "hidden", "units", "seed", "x"]
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 2**70) | st.floats() | st.text(max_size=6) | st.just("?"),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(fields, inner, max_size=4),
    max_leaves=12,
)


@st.composite
def damaged_problems(draw):
    """A valid problem with something else at one place."""
    data = draw(problems())
    place, key = {"": data}, ""
    while isinstance(place[key], dict | list) and len(place[key]) and (key == "" or draw(st.booleans())):
        place = place[key]
        key = draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
    place[key] = draw(anything)
    return data


@given(anything | damaged_problems())
@settings(max_examples=300)
def test_whatever_json_is_sent_the_answer_is_plain_data(data):
    session = Session()
    text = json.dumps(data)
    state = session.start(text)
    assert_plain(state)
    if "error" in state:
        assert_refused(state)
        assert_refused(session.advance(0))
    else:
        assert_plain(session.advance(0))
    written = session.write_table(text)
    assert_plain(written)
    assert set(written) <= {"text", "error"}
    assert_plain(session.read_table(text))
    assert_plain(session.read_paste(text))


def finished(data):
    session = Session()
    state = session.start(json.dumps(data))
    while not state["done"]:
        state = session.advance(0.05)
    return session


def checked(session, kind="nudged"):
    while not (answer := session.check(kind, 0.05))["done"]:
        assert_plain(answer)
    assert_plain(answer)
    return answer["apart"]


def test_the_compiled_run_is_that_of_the_reference():
    assert checked(finished({}), "numpy") < 1e-14


def test_the_posts_run_is_the_same_on_every_machine():
    assert checked(finished({})) < 1e-11
    assert 0 < checked(finished({"training": {"iterations": 0}})) < 1e-15, "one ulp, where nothing evens it out"


def test_a_chaotic_run_is_sensitive_to_rounding():
    """Twenty rows of three large numbers, trained with a learning rate far too high for them."""
    rows = [[(7 * n) % 21 - 10, (5 * n) % 19 - 9, (3 * n) % 17 - 8, n % 2] for n in range(20)]
    table = {"inputs": ["a", "b", "c"], "outputs": ["y"], "rows": rows}
    network = {"hidden": [{"units": 4, "activation": "tanh"}]}
    training = {"learning_rate": 3, "iterations": 2000}
    assert checked(finished({"table": table, "network": network, "training": training})) > 1e-6


def test_a_check_changes_nothing_of_the_run():
    session = finished({"training": {"iterations": 300}})
    before = reached(session.advance(0))[1].tolist()
    checked(session)
    checked(session, "numpy")
    assert reached(session.advance(0))[1].tolist() == before


def test_only_a_finished_run_is_checked():
    assert_refused(Session().check("nudged", 0.01), "no finished run")
    session, _ = started(iterations=1000)
    assert_refused(session.check("nudged", 0.01), "no finished run")
    session = finished({"training": {"iterations": 10}})
    checked(session)
    session.start(json.dumps({"training": {"iterations": 20}}))
    assert_refused(session.check("nudged", 0.01), "no finished run")


def test_a_large_answer_is_not_sensitive_for_being_large():
    """An ulp in a weight is a thousand million times that in the answer to a large input, which is as large itself."""
    table = {"inputs": ["a"], "outputs": ["y"], "rows": [[1, 1], [1e9, None]]}
    data = {"table": table, "network": {"output": "linear"}, "training": {"iterations": 0}}
    assert 0 < checked(finished(data)) < 1e-15


def test_a_new_run_is_checked_anew():
    session = finished({"training": {"iterations": 0}})
    assert checked(session) > 0
    session.start(json.dumps({"training": {"iterations": 0, "seed": 2}}))
    assert 0 < checked(session) < 1e-15


@pytest.mark.parametrize("engine", ["numpy", "compiled"])
def test_a_session_goes_on_from_given_weights(engine):
    weights = array("d", [1.0, 2.0, 3.0]).tobytes()
    answer = Session().start("{}", engine, 0.0, 7, weights)
    assert list(answer["iterations"]) == [7]
    assert list(answer["numbers"][:3]) == [1, 2, 3]
    assert_refused(Session().start("{}", engine, 0.0, 7, weights[:-8]), "These weights are 2, and this network has 3")
