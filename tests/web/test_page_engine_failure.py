"""An engine that fails to load, or takes its time: the table stays editable, the page says what happened."""

import pytest
from harness.browsers import ALL_ENGINES, CHROMIUM, FIREFOX
from harness.oracle import post, terminal
from harness.page import DEFAULT_ANSWERS, POST_ANSWER, START_TIMEOUT

in_all_engines = pytest.mark.engines(*ALL_ENGINES)
MODULE = "pyodide.asm.wasm.bin"
EDITED = [*post()["table"]["rows"][:1], [1, 1, 1, 0], *post()["table"]["rows"][2:]]


def wait_failed(page) -> None:
    page.wait_until(lambda: page.engine_state() == "failed", "the failure", START_TIMEOUT)


def check_failure_and_recovery(page, site, tmp_path, named="") -> None:
    wait_failed(page)
    assert page.button("Retry").exists()
    said = page.alerts() or page.status()
    assert len(said.split()) > 3, f"no sentence but {said!r}"
    assert "undefined" not in said
    assert "Retry" in said
    assert named in said
    # The answer of the HTML is still right, and the table can be edited.
    page.enter("Row 2 y", "0")
    assert page.cell("Row 2 y").value() == "0"
    site.heal()
    page.button("Retry").focus()
    page.press("Enter")
    page.wait_ready()
    assert page.focused() != "", "the keyboard still has a place"
    _, expected = terminal(tmp_path, problem=post(EDITED))
    page.wait_answers(expected)
    assert not page.button("Retry").exists()


@in_all_engines
def test_a_file_that_is_not_found_is_said_and_retry_gets_it(engine, open_page, own_light_site, tmp_path):
    """tests/web/test_page_parts.py has every file, and what else can happen to it."""
    own_light_site.block(MODULE)
    page = open_page(own_light_site, ready=False)
    check_failure_and_recovery(page, own_light_site, tmp_path, named=MODULE)


@pytest.mark.engines(CHROMIUM, FIREFOX)
def test_a_line_that_breaks_is_said_and_retry_gets_the_engine(engine, open_page, own_light_site, tmp_path):
    own_light_site.delay(MODULE, 2)
    page = open_page(own_light_site, ready=False)
    own_light_site.cut()
    own_light_site.go_on()
    check_failure_and_recovery(page, own_light_site, tmp_path)


def test_a_failed_retry_says_so_again(engine, open_page, own_light_site):
    own_light_site.block(MODULE)
    page = open_page(own_light_site, ready=False)
    wait_failed(page)
    page.button("Retry").click()
    page.wait_until(lambda: sum(url.endswith(MODULE) for url in own_light_site.requests) == 2, "another try")
    wait_failed(page)
    assert page.button("Retry").exists()


@in_all_engines
def test_while_python_loads_the_page_is_there_and_an_edit_survives(engine, open_page, own_light_site, tmp_path):
    own_light_site.delay(MODULE, 40)
    page = open_page(own_light_site, ready=False)
    assert page.engine_state() == "loading"
    assert page.answer("row-5-y") == POST_ANSWER
    page.wait_until(page.progress("Loading").exists, "a progress bar")
    page.enter("Row 2 y", "0")
    page.button("Train").click()
    assert page.engine_state() == "loading"
    assert page.cell("Row 2 y").value() == "0"
    own_light_site.go_on()
    page.wait_ready()
    _, expected = terminal(tmp_path, problem=post(EDITED))
    page.wait_answers(expected)
    page.wait_until(lambda: "Training starts" not in page.status(), "what was waited for to be over")
    assert page.cell("Row 2 y").value() == "0"
    page.button("Undo").click()
    page.wait_default()


def test_loading_names_its_steps_and_counts_its_bytes(engine, open_page, own_light_site):
    own_light_site.delay(MODULE, 2)
    page = open_page(own_light_site, ready=False)
    bar = page.progress("Loading")
    page.wait_until(bar.exists, "a progress bar")
    read = "e => Number(e.value ?? e.getAttribute('aria-valuenow'))"
    seen: list[float] = []

    def moved() -> bool:
        if bar.exists():
            value = bar.evaluate(read)
            if not seen or value != seen[-1]:
                seen.append(value)
        return len(seen) >= 4

    page.wait_until(moved, "real progress")
    assert seen == sorted(seen), "progress never goes back"
    assert "MB" in page.evaluate("() => document.body.textContent")
    own_light_site.go_on()
    page.wait_ready()
    page.wait_until(lambda: not bar.exists(), "the bar to go")


def test_train_before_python_is_there_is_queued(engine, open_page, own_light_site):
    own_light_site.delay(MODULE, 2)
    page = open_page(own_light_site, ready=False)
    page.button("Train").click()
    page.wait_ready()
    page.wait_answers(DEFAULT_ANSWERS, 1e-12)
    page.wait_status("trained 10,000 iterations")
