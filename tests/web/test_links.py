"""Links as the page's own code writes them, read by another reader (harness/links.py); in Node, for many of them."""

import json
import subprocess
from pathlib import Path

from harness.links import problem_of, said_in, trained_of
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from strategies import problems, tables

WRITE = Path(__file__).parent / "harness" / "write_links.mjs"
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
numbers = st.floats(allow_nan=False, allow_infinity=False)
more = st.fixed_dictionaries(
    {"name": words, "code": words},
    optional={"trained": st.tuples(st.integers(0, 10**9), st.lists(numbers, min_size=1, max_size=20))},
)
other_tables = st.builds(lambda problem, table: {**problem, "table": table}, problems(), tables())
drawn = st.tuples(problems() | other_tables, more)


def written(problems_and_more: list) -> list[str]:
    done = subprocess.run(
        ["node", WRITE], input=json.dumps(problems_and_more), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


# A few examples of many links each: every one starts Node.
@settings(max_examples=20, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.lists(drawn, min_size=15, max_size=25))
def test_a_link_says_the_problem_its_name_its_code_and_its_weights(cases):
    for (problem, given_more), link in zip(cases, written(cases), strict=True):
        assert problem_of(link) == json.loads(json.dumps(problem))
        assert {"name": "", "code": "", **said_in(link)}["name"] == given_more["name"]
        assert {"name": "", "code": "", **said_in(link)}["code"] == given_more["code"]
        if "trained" in given_more:
            iteration, weights = given_more["trained"]
            assert trained_of(link) == (iteration, weights)
        assert link[-1].isalnum(), "programs that make links of text leave off a mark at the end"
        assert link[-1].isascii()
