"""Python that ends by itself: the page notices, starts another one, goes on with the same table and says so."""

import functools

import pytest
from harness.browsers import ALL_ENGINES
from harness.deadly import CLOSE, CLOSES, ENDS, LONG, NO_LOCKS, make_deadly
from harness.links import go, packed
from harness.oracle import post, terminal
from harness.page import DEFAULT_ANSWERS, PATIENCE, START_TIMEOUT

in_all_engines = pytest.mark.engines(*ALL_ENGINES)

SAID = ("python had stopped and has been started again", "row 5, y: 0.99994, likely 1")
LISTING = "() => [...document.querySelectorAll('#listing li code')].map(line => line.textContent.trim())"
SHOW_CODE = "() => document.querySelector('#listing').scrollIntoView()"
SOON = 10 * PATIENCE  # seconds; one that is at work may be silent for a minute
STARTS = "() => performance.getEntriesByName('tenlines:engine-ready').length"
TURN = """state => {
  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
  document.dispatchEvent(new Event('visibilitychange'))
}"""
EDITED = [*post()["table"]["rows"][:1], [1, 1, 1, 0], *post()["table"]["rows"][2:]]


@pytest.fixture(scope="module")
def closing_site(serve):
    """Its worker closes when it is told to. (Its NumPy, which a test of that does not need, stays on its way.)"""
    site = serve()
    site.change("worker.js", lambda code: CLOSES + code)
    site.hang("numpy.bin")
    return site


@pytest.fixture(scope="module")
def deadly_site(serve):
    """`deadly_site(how)`: one whose Python ends over a word, without its NumPy where that is not asked for."""

    @functools.cache
    def deadly_site(how: str = "a trap", has_numpy: bool = False):
        site = serve()
        make_deadly(site, how)
        if not has_numpy:
            site.hang("numpy.bin")
        return site

    return deadly_site


def wait_starts(page, count: int) -> None:
    page.wait_until(
        lambda: page.evaluate(STARTS) == count and page.engine_state() == "ready", f"start {count}", START_TIMEOUT
    )


def check_goes_on(page, tmp_path) -> None:
    """An edit is answered, and so is the one that takes it back."""
    page.enter("Row 2 y", "0")
    _, expected = terminal(tmp_path, problem=post(EDITED))
    page.wait_answers(expected)
    page.enter("Row 2 y", "1")
    page.wait_answers(DEFAULT_ANSWERS, 1e-12)


@in_all_engines
def test_a_worker_that_is_gone_while_nothing_is_asked_is_noticed_and_said(engine, open_page, closing_site, tmp_path):
    page = open_page(closing_site)
    page.evaluate(CLOSE)
    wait_starts(page, 2)
    page.wait_status(*SAID)
    check_goes_on(page, tmp_path)


@in_all_engines
def test_a_worker_that_is_gone_in_the_midst_of_training_is_noticed_and_the_training_goes_on(
    engine, open_page, closing_site
):
    page = open_page(closing_site)
    page.set("Iterations", "1000000000")
    page.wait_until(lambda: page.button("Stop").exists() and page.iteration() > 0, "training")
    page.evaluate(CLOSE)
    wait_starts(page, 2)
    page.wait_until(lambda: page.iteration() > 0 and page.button("Stop").exists(), "training again")
    page.button("Stop").click()
    page.wait_status("stopped at iteration")


def test_where_there_are_no_locks_a_worker_that_is_gone_is_noticed_too(engine, open_page, own_light_site):
    own_light_site.change("worker.js", lambda code: CLOSES + NO_LOCKS + code)
    own_light_site.change("main.js", lambda code: NO_LOCKS + code)
    page = open_page(own_light_site)
    page.evaluate(CLOSE)
    wait_starts(page, 2)
    page.wait_status(*SAID)


def test_without_locks_a_worker_that_is_gone_while_a_question_waits_in_it_is_noticed_soon(engine, open_page, own_site):
    own_site.change("worker.js", lambda code: CLOSES + NO_LOCKS + code)
    own_site.change("main.js", lambda code: NO_LOCKS + code)
    own_site.hang("numpy.bin")
    page = open_page(own_site)
    page.choose("Engine", "NumPy")
    page.evaluate(CLOSE)
    page.wait_until(lambda: page.engine_state() == "loading" or page.evaluate(STARTS) == 2, "the page to notice", SOON)


def test_without_locks_a_python_that_is_long_at_work_is_not_taken_for_gone(engine, open_page, own_site):
    own_site.change("worker.js", lambda code: NO_LOCKS + code)
    own_site.change("main.js", lambda code: NO_LOCKS + code)
    make_deadly(own_site, LONG)
    page = open_page(own_site)
    page.upload(b"a,deadly read_table\n0,1\n1,?\n", "mine.csv")
    page.wait_until(lambda: page.names() == ["a", "deadly read_table"], "the table", START_TIMEOUT)
    assert page.evaluate(STARTS) == 1


def test_a_worker_that_is_gone_out_of_sight_is_started_again_when_the_page_is_looked_at(
    engine, open_page, closing_site
):
    page = open_page(closing_site)
    page.evaluate(TURN, "hidden")
    page.evaluate(CLOSE)
    page.wait_until(lambda: page.engine_state() == "loading", "the page to notice")
    page.evaluate(TURN, "visible")
    wait_starts(page, 2)
    page.wait_status(*SAID)


def test_a_worker_that_is_gone_again_and_again_is_left_to_the_reader(engine, open_page, closing_site):
    page = open_page(closing_site)
    for count in (2, 3, 4):
        page.evaluate(CLOSE)
        wait_starts(page, count)
    page.evaluate(CLOSE)
    page.wait_until(lambda: "four times, each within a minute" in page.alerts(), "a sentence")
    page.button("Retry").click()
    wait_starts(page, 5)
    page.wait_answers(DEFAULT_ANSWERS, 1e-12)


@pytest.mark.parametrize("how", ENDS)
def test_a_file_that_ends_python_is_refused_with_a_sentence(engine, open_page, deadly_site, tmp_path, how):
    page = open_page(deadly_site(how))
    page.upload(b"a,deadly read_table\n0,1\n1,?\n", "mine.csv")
    wait_starts(page, 2)
    page.wait_status("mine.csv was not imported.", "python has been started again")
    page.wait_answers(DEFAULT_ANSWERS, 1e-12)
    page.upload(b'{"deadly read_problem": 1}', "mine.tenlines.json")
    wait_starts(page, 3)
    page.wait_status("mine.tenlines.json was not imported.", "python has been started again")
    check_goes_on(page, tmp_path)


def test_a_paste_and_an_export_that_end_python_are_refused_with_a_sentence(engine, open_page, deadly_site):
    page = open_page(deadly_site())
    page.paste("Row 1 x1", "deadly read_paste\t1\n2\t3\n")
    wait_starts(page, 2)
    page.wait_status("nothing was pasted.", "python has been started again")
    page.set("Name of input 1", "deadly write_table")
    page.button("Export CSV").click()
    wait_starts(page, 3)
    page.wait_status("the table was not exported.", "python has been started again")
    page.wait_answers(DEFAULT_ANSWERS, 1e-12)


@pytest.mark.parametrize("question", ["read_program", "outline"])
def test_code_of_a_link_that_ends_its_reader_is_left_as_it_is(engine, open_page, deadly_site, tmp_path, question):
    page = open_page(deadly_site(has_numpy=True))
    source = f"print('deadly {question}')\n"
    go(page, packed({"code": source}))
    wait_starts(page, 2)
    page.wait_status("reading this program has ended python", "without its values")
    page.wait_until(lambda: page.evaluate(LISTING) == source.splitlines(), "the code as it came")
    check_goes_on(page, tmp_path)
    assert page.evaluate(STARTS) == 2, "it was not read again"


def test_values_that_end_python_are_not_asked_for_again(engine, open_page, deadly_site, tmp_path):
    page = open_page(deadly_site(has_numpy=True))
    page.set("Name of input 1", "deadly values")
    page.evaluate(SHOW_CODE)
    wait_starts(page, 2)
    page.wait_answers(DEFAULT_ANSWERS, 1e-12)
    page.seek(100)
    page.seek(10_000)
    assert page.evaluate(STARTS) == 2


def test_a_program_that_cannot_be_written_leaves_the_one_before(engine, open_page, deadly_site):
    page = open_page(deadly_site())
    before = page.evaluate(LISTING)
    page.set("Name of input 1", "deadly write_program")
    wait_starts(page, 2)
    page.wait_answers(DEFAULT_ANSWERS, 1e-12)
    assert page.evaluate(LISTING) == before


def test_a_table_whose_training_ends_python_twice_is_left_until_it_is_changed(engine, open_page, deadly_site, tmp_path):
    page = open_page(deadly_site())
    page.set("Name of input 1", "deadly start")
    page.wait_until(lambda: "has ended it twice" in page.alerts(), "a sentence", START_TIMEOUT)
    assert page.evaluate(STARTS) == 2
    page.button("Retry").click()
    page.wait_until(lambda: page.evaluate(STARTS) == 3 and "has ended it twice" in page.alerts(), "another try")
    page.set("Name of input 1", "x1")  # no button is needed: this table can be trained
    wait_starts(page, 4)
    check_goes_on(page, tmp_path)


def test_a_slice_of_a_long_training_that_ends_python_twice_is_left(engine, open_page, deadly_site):
    page = open_page(deadly_site())
    page.set("Name of input 1", "deadly advance")
    page.wait_answers(DEFAULT_ANSWERS, 1e-12)
    page.set("Iterations", "1000000000")
    page.wait_until(lambda: "has ended it twice" in page.alerts(), "a sentence", START_TIMEOUT)
    page.press("Control+z")
    page.wait_answers(DEFAULT_ANSWERS, 1e-12)


def test_a_comparison_that_ends_python_is_not_made_again(engine, open_page, deadly_site):
    page = open_page(deadly_site())
    page.set("Name of input 1", "deadly check")
    wait_starts(page, 2)
    page.wait_status(*SAID)
    page.button("Train").click()
    page.wait_answers(DEFAULT_ANSWERS, 1e-12)
    page.seek(100)
    page.seek(10_000)
    assert page.evaluate(STARTS) == 2
