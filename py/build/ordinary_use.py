"""What the page asks of Python in ordinary use. modules.mjs runs it: the modules that takes are the site's packs.

`starting` needs no NumPy; what else `with_numpy` imports can arrive later.
"""

import json
import sys

from tenlines.page.api import Session

TABLE = {"inputs": ["a"], "outputs": ["b"], "rows": [[0, 1], [1, None]]}
LAYERS = {"hidden": [{"units": 2, "activation": "tanh"}], "output": "linear", "bias": True}
PROBLEM = json.dumps({"table": TABLE, "network": LAYERS}).encode()
LONG = json.dumps({"table": {**TABLE, "rows": [[0, 1], [1, None]] * 15}})  # its program reads a file
XOR = json.dumps(
    {"table": {"inputs": ["a", "b"], "outputs": ["c"], "rows": [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]]}}
)
FILE = b"a,>b\n1,2\n3,?\n"


def files() -> list[str]:
    """The files of all modules so far, without those that are frozen into the interpreter."""
    modules = list(sys.modules.values())
    # os is frozen too, but Python finds its library by that file.
    kept = [m for m in modules if getattr(m.__spec__, "origin", None) != "frozen" or m.__name__ == "os"]
    return sorted({file for m in kept if (file := getattr(m, "__file__", None))})


def starting() -> None:
    session = Session()
    for problem in ({}, {"table": TABLE, "network": LAYERS}):
        answer = session.start(json.dumps(problem), "compiled", 0.0)
        while not answer["done"]:
            answer = session.advance(0.5)
        assert answer["engine"] == "compiled" and not answer.get("fallback"), answer
        assert session.seek(0, 60.0)["reached"]
        assert session.check("nudged", 60.0)["done"]
    session.read_table(FILE)
    session.read_problem(PROBLEM)
    session.read_paste("1\t2\n3\t4")
    assert session.questions("{}")["questions"]
    session.write_table(json.dumps(TABLE))
    assert session.write_program("{}")["source"] and session.write_program(LONG)["files"]
    for refused in (
        session.start("{"),
        session.start(json.dumps({"training": {"iterations": "many", "learning_rate": 1e400}})),
        session.start(json.dumps({"table": {**TABLE, "rows": [[0, 1], ["x", 1e308]]}})),
        session.read_table(b"\xff\xfe\x00\n"),
        session.read_table(b"a,a\n1;2,3"),
        session.read_problem(b"{"),
        session.read_problem(b"\xff"),
        session.read_paste('"'),
    ):
        assert "error" in refused, refused


def without_numpy() -> None:
    """Raises ModuleNotFoundError, as in a page that NumPy is still on its way to."""
    Session().start("{}", "numpy", 0.1)


def with_numpy() -> None:
    session = Session()
    assert session.start("{}", "numpy", 60.0)["done"]
    assert session.start(json.dumps({"table": TABLE, "network": LAYERS}), "numpy", 60.0)["done"]
    session.start("{}", "compiled", 60.0)
    assert session.check("numpy", 60.0)["done"]
    assert session.assess(2, 60.0)["done"]
    for unlearned in (XOR, json.dumps({"training": {"learning_rate": 1000}})):
        session.start(unlearned, "compiled", 60.0)
        assert session.assess(2, 60.0)["diagnosis"]
    for problem in ("{}", PROBLEM.decode(), LONG, XOR):
        source = session.write_program(problem)["source"]
        state = session.start(problem, "compiled", 0.0)
        reached = state["numbers"][: state["state_size"]].tobytes()
        assert "outputs" in session.answers(problem, reached, b"")
        assert session.stages(problem, 1, reached, "{}")["stages"]
        for asked in session.questions(problem)["questions"]:
            assert session.question(asked["name"], problem, 0, reached, 0)["answer"], asked
        for place in range(len(session.outline(source)["expressions"])):
            assert session.values(problem, 1, reached, place)["selected"], place
    assert session.read_program("x = 1", "{}") == {"detached": True}
    assert "problem" in session.read_program(session.write_program("{}")["source"], "{}")
    run_programs()


def run_programs() -> None:
    """A learner's, with mistakes too: hints import more. None prints, as modules.mjs does."""
    from tenlines.learner.run import Program

    main = sys.modules["__main__"]
    for source, error in (
        ("print(1", "SyntaxError"),
        ("exq = 1\nprint(exp(1))", "NameError"),
        ("1 / 0", "ZeroDivision"),
    ):
        told = Program(source, {}).run()["error"]
        assert told["summary"].startswith(error) and told["place"], told
    own = Program("from numpy import random\nfor step in range(3):\n    random.random((2, 1))", {})
    assert own.run()["passes"] == 3
    assert (own.values(1, 0) or {})["lines"]
    sys.modules["__main__"] = main
