"""Time: the slider through every iteration, Play, Step, Reset; everything on the page shows the same iteration."""

import math

import pytest
from harness.browsers import ALL_ENGINES, CHROMIUM, FIREFOX
from harness.links import shared_weights
from harness.oracle import initial_weights, post, post_error, post_program
from harness.page import DEFAULT_ANSWERS

in_all_engines = pytest.mark.engines(*ALL_ENGINES)
in_two_engines = pytest.mark.engines(CHROMIUM, FIREFOX)
LAST = 10_000
FOREVER = "1000000000"
THUMB = 20  # pixels: the ends of the track are half of it from the ends of the slider


def place_of(page, iteration: int) -> float:
    """Where it stands on the slider, of its width: on a logarithmic track, iteration 0 included."""
    width = page.slider().evaluate("e => e.getBoundingClientRect().width")
    return (THUMB / 2 + math.log1p(iteration) / math.log1p(LAST) * (width - THUMB)) / width


def assert_shows(page, iteration: int) -> None:
    """Answers, weights, error, slider and words are those of the post's program stopped there."""
    page.wait_iteration(iteration)
    problem = post(iterations=iteration)
    weights, answers = post_program(problem)
    assert page.answers() == pytest.approx(answers, rel=0, abs=1e-9)
    assert page.weights() == pytest.approx(weights, rel=0, abs=1e-9)
    assert page.error() == pytest.approx(post_error(problem, weights), rel=0, abs=1e-9)
    assert page.slider().attribute("aria-valuetext") == f"iteration {iteration:,}"
    assert f"{post_error(problem, weights):.5f} at iteration {iteration:,}" in page.curve()
    if iteration < LAST:
        page.wait_status("row 5, y: ", f"at iteration {iteration:,} of ")


@in_two_engines
def test_the_slider_shows_the_run_as_it_was_at_any_iteration(page):
    for iteration in (1024, 12, 0, 9_999, 1, LAST):
        page.seek(iteration)
        assert_shows(page, iteration)
    page.wait_status("trained 10,000 iterations")


@in_all_engines
def test_the_slider_goes_by_the_keyboard(page):
    page.slider().focus()
    for key, iteration in [
        ("End", LAST),
        ("ArrowLeft", 9_999),
        ("PageDown", round(math.expm1(0.9 * math.log1p(LAST)))),
        ("PageDown", round(math.expm1(0.8 * math.log1p(LAST)))),
        ("ArrowRight", round(math.expm1(0.8 * math.log1p(LAST))) + 1),
        ("PageUp", round(math.expm1(0.9 * math.log1p(LAST)))),
        ("Home", 0),
        ("ArrowLeft", 0),
        ("ArrowUp", 1),
        ("PageUp", 2),
        ("PageDown", 0),
        ("ArrowRight", 1),
    ]:
        page.press(key)
        page.wait_iteration(iteration)
        assert page.slider().attribute("aria-valuetext") == f"iteration {iteration:,}", key
    assert_shows(page, 1)


@in_all_engines
def test_the_slider_is_dragged_and_letting_go_trains_nothing(page):
    slider = page.slider()
    took = page.evaluate("() => document.querySelector('.measured').textContent")
    page.hold(slider, place_of(page, LAST) + 0.002)
    page.wait_iteration(LAST)  # held by its thumb it stays where it is
    page.draw(slider, 0.5)
    page.wait_until(lambda: 90 < page.iteration() < 110, "the middle of the track, which is about 100")
    page.draw(slider, -0.2)
    page.wait_iteration(0)
    page.draw(slider, place_of(page, 20))
    page.wait_until(lambda: 15 <= page.iteration() <= 25, "early iterations")
    reached = page.iteration()
    page.let_go()
    page.evaluate("() => new Promise(resolve => setTimeout(resolve, 300))")  # time in which it might train
    assert_shows(page, reached)
    assert page.evaluate("() => document.querySelector('.measured').textContent") == took
    page.draw(slider, 0.9)
    assert page.iteration() == reached, "what is let go does not follow"


@in_two_engines
def test_play_goes_from_the_iteration_on_show_to_the_end_and_pause_keeps_the_place(page):
    page.seek(0)
    page.button("Play").click()
    page.wait_until(lambda: page.iteration() > 2, "some iterations")
    page.button("Pause").click()
    page.wait_status("at iteration")
    paused = page.iteration()
    assert 2 < paused < LAST
    assert_shows(page, paused)
    page.seek(6_000)
    page.button("Play").focus()
    page.press("Space")
    page.wait_until(lambda: page.button("Pause").exists(), "Pause to be there")
    page.wait_status("trained 10,000 iterations")
    assert page.button("Play").exists()
    assert_shows(page, LAST)


def test_play_at_the_end_begins_at_the_start(page):
    page.button("Play").click()
    page.wait_until(lambda: page.iteration() < 100, "the start")
    page.enter("Row 2 y", "0")  # an edit ends it
    page.wait_until(lambda: page.button("Play").exists() and page.iteration() == LAST, "a run to its end")
    page.button("Play").click()
    page.wait_until(lambda: page.iteration() < 100, "the start")
    page.button("Train").click()
    page.wait_until(lambda: page.button("Play").exists() and page.iteration() == LAST, "a run to its end")


def test_step_by_step_from_the_start(page):
    page.button("Reset").click()
    page.wait_until(lambda: page.weights() == initial_weights(post()).tolist(), "iteration 0")
    for iteration in (1, 2, 3):
        page.button("Step").click()
        assert_shows(page, iteration)
    page.button("Play").click()  # what is yet to come is trained as it passes
    page.wait_until(lambda: page.iteration() > 10, "more")
    page.button("Pause").click()
    page.button("Train").click()
    page.wait_answers(DEFAULT_ANSWERS, 1e-12)
    assert page.button("Step").disabled()
    page.button("Step").focus()
    page.press("Enter")
    assert page.iteration() == LAST


def test_what_is_yet_to_come_is_trained_up_to_there(page):
    page.button("Reset").click()
    page.wait_iteration(0)
    page.seek(5_000)
    assert_shows(page, 5_000)
    page.seek(7)
    assert_shows(page, 7)
    page.button("Train").click()
    page.wait_answers(DEFAULT_ANSWERS, 1e-12)
    assert_shows(page, LAST)


def test_a_long_run_stops_where_the_reader_looks_back_and_train_goes_on(page):
    page.set("Iterations", FOREVER)
    page.wait_until(lambda: page.iteration() > 1_000 and page.button("Stop").exists(), "a long run")
    reached = page.iteration()
    page.seek(1_000)
    assert_shows(page, 1_000)
    assert not page.button("Stop").exists()
    page.button("Train").click()
    page.wait_until(lambda: page.iteration() > reached, "training to go on from where it was")
    page.button("Stop").click()
    page.wait_status("stopped")


def test_a_long_way_can_be_stopped_and_shows_how_far_it_is(page):
    page.set("Iterations", FOREVER)
    page.wait_until(page.button("Stop").exists, "a long run")
    page.button("Stop").click()
    page.slider().focus()
    page.press("End")
    page.wait_until(page.button("Stop").exists, "the way to the end to be long")
    assert page.slider().attribute("aria-valuetext") == "iteration 1,000,000,000"
    page.button("Stop").click()
    page.wait_status("stopped")
    assert 0 < page.iteration() < int(FOREVER)


def test_a_screen_reader_is_told_when_the_numbers_rest_and_not_before(page):
    page.seek(0)
    page.wait_status("at iteration 0")
    page.evaluate("""() => {
      window.said = []
      const status = document.querySelector('#status')
      window.listening = new MutationObserver(() => said.push(status.textContent))
      listening.observe(status, { childList: true, characterData: true, subtree: true })
    }""")
    page.slider().focus()
    page.press(*["ArrowRight"] * 10)
    page.wait_status("at iteration 10 of")
    assert page.evaluate("() => said.length") <= 3, "a pause between two keys may be a rest"
    page.button("Play").click()
    page.wait_until(lambda: page.iteration() > 20, "more iterations")
    before = page.evaluate("() => said.length")
    page.wait_until(lambda: page.iteration() > 40, "more iterations")
    assert page.evaluate("() => said.length") == before
    page.button("Pause").click()
    page.wait_until(lambda: f"at iteration {page.iteration()} of" in page.status().lower(), "the place in words")
    page.evaluate("() => listening.disconnect()")


def test_who_wants_no_motion_gets_few_iterations(page):
    page.page.emulate_media(reduced_motion="reduce")
    page.button("Play").click()
    passed = page.evaluate("""() => new Promise(resolve => {
      const slider = document.querySelector('[aria-label=Iteration]'), seen = new Set()
      const end = performance.now() + 1300
      const look = () => {
        seen.add(slider.value)
        if (performance.now() < end) requestAnimationFrame(look)
        else resolve(seen.size)
      }
      look()
    })""")
    page.button("Pause").click()
    page.page.emulate_media(reduced_motion="no-preference")
    assert 2 <= passed <= 5


def test_the_weights_that_a_link_takes_along_are_those_on_show(page):
    for at in (1024, LAST):
        page.seek(at)
        iteration, weights = shared_weights(page)
        assert iteration == at
        assert [[weight] for weight in weights] == page.weights()
        page.press("Escape")


def test_a_refused_table_has_no_time_and_a_mended_one_has(page):
    page.enter("Row 2 x3", "abc")
    page.wait_status("Row 2", "x3")
    assert page.button("Play").disabled()
    assert page.button("Step").disabled()
    page.slider().focus()
    page.press("Home")
    assert page.iteration() == LAST
    page.enter("Row 2 x3", "1")
    page.wait_default()
    page.seek(3)
    assert_shows(page, 3)


def test_where_the_reader_went_while_python_was_loading_is_shown_when_it_is_there(engine, open_page, own_light_site):
    own_light_site.delay("pyodide.asm.wasm.bin", 2)
    page = open_page(own_light_site, ready=False)
    page.wait_until(lambda: page.slider().attribute("aria-disabled") == "false", "the page's script")
    page.slider().focus()
    page.press("Home", "ArrowRight", "ArrowRight")
    assert page.slider().attribute("aria-valuetext") == "iteration 2"
    own_light_site.go_on()
    page.wait_ready()
    assert_shows(page, 2)
