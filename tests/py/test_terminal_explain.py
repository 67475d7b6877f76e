"""python -m tenlines --explain ITERATION: one pass, stage by stage, as text and as data."""

import json

import pytest
from test_terminal import folder as folder  # fixtures
from test_terminal import tell as tell

from tenlines.examples import problem_of
from tenlines.explain.stages.report import Look, stages_of
from tenlines.training.run import Run

POST_AT_700 = """\
6. Adjust: synaptic_weights += dot(training_set_inputs.T, …)
   Each weight moves by what came in through it times the blame, added up over the rows. .T turns
   the table of what came in on its side: so the sum goes over the rows, weight by weight. A row
   that had 0 there has no part in it.
   x1     6.87503 + 0.0015637 = 6.87659
   x2      −0.21765 + 5.6e−6 = −0.21764
   x3  −3.22143 − 0.00078876 = −3.22222
   x1 to y: 0·−0.00142 + 1·0.000943 + 1·0.000621 + 0·−0.000937 = 0.00156; 6.8750 + 0.00156 = 6.8766

Before and after this pass:
row 1  0.038367 → 0.038338
row 2  0.96881 → 0.96883
row 3  0.97476 → 0.97477
row 4  0.031096 → 0.031073
row 5  0.99897 → 0.99897
mean error  0.0314745 → 0.0314507
"""


def test_it_prints_the_six_stages_with_every_rows_numbers(tell):
    code, out, err = tell("--explain", "700")
    assert (code, err) == (0, "")
    stages, questions = out.split("mean error ", 1)
    heads = [line for line in stages.splitlines() if line[:1].isdigit()]
    assert [head.split(":")[0] for head in heads] == [
        *("1. Multiply and add", "2. Squeeze", "3. Compare", "4. Slope", "5. Blame", "6. Adjust"),
    ]
    assert "   row 3               3.65360\n" in out
    assert POST_AT_700 in out
    assert "\nWhat is the slope for?\nThe slope of the curve says" in questions


def test_as_json_it_is_what_the_page_is_given(tell):
    code, out, _ = tell("--example", "xor", "--explain", "700", "--json")
    assert code == 0
    told = json.loads(out)
    problem = problem_of("xor")
    _, frame = Run(problem).seek(700, 9)
    wanted = stages_of(json.dumps(problem.to_dict()), *frame.state, Look())
    assert [stage["stage"] for stage in told["stages"]] == [stage["stage"] for stage in wanted["stages"]]
    blame = next(stage for stage in told["stages"] if stage["stage"] == "blame")
    assert blame["values"][-1] is None, "of the row that is asked for"
    assert told["stages"][0]["values"] == list(wanted["stages"][0]["values"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--explain", "x"), "x is no whole number. Write 0 or more."),
        (("--explain", "-1"), "-1 is no whole number"),
        (("--explain", "1.5"), "1.5 is no whole number"),
        (("--explain", "10001"), "Iteration 10,001 is beyond the last, 10,000. Explain one up to that."),
        (
            ("--output-activation", "linear", "--explain", "9000"),
            "the numbers were no longer finite. Explain one up to ",
        ),
    ],
)
def test_an_iteration_that_the_run_does_not_have_is_refused(tell, arguments, said):
    code, out, err = tell(*arguments)
    assert code == 2
    assert said in err
    assert out == ""


def test_the_last_iteration_shows_the_pass_that_would_follow(tell):
    code, out, _ = tell("--explain", "10,000")
    assert code == 0
    assert "from 10,000 to 10,001" in out
    assert "row 1: hardly teaches: blame −0.0000925" in out
