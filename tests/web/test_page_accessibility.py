"""axe finds nothing to complain of, in any state, light or dark, wide or narrow."""

import json
from pathlib import Path

import pytest
from harness.browsers import CHROMIUM, FIREFOX
from harness.offline import COME_BACK, wait_offer, wait_offline
from harness.page import START_TIMEOUT

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
RUN = """() => axe.run().then(result => result.violations.map(v =>
  `${v.id}: ${v.help}: ${v.nodes.map(n => n.html).join(' | ')}`))"""


def violations(page) -> list[str]:
    if not AXE.is_file():
        pytest.fail("axe-core is missing: run `npm ci` in web/.", pytrace=False)
    # As the drivers' own script, the page's policy does not hold it back.
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(f"() => {{ {AXE.read_text('utf-8')}; window.axe ??= axe }}")
    page.evaluate("() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished))")
    return page.evaluate(RUN)


@pytest.mark.engines(CHROMIUM, FIREFOX)
def test_the_trained_page(page):
    assert violations(page) == []


def test_a_page_with_an_error_shown(page):
    page.enter("Row 2 x3", "abc")
    page.wait_status("Row 2", "x3")
    assert violations(page) == []


def test_a_page_with_a_cell_being_edited(page):
    page.cell("Row 2 x3").click()
    page.press("F2")
    assert violations(page) == []


def test_a_page_in_training(page):
    page.set("Iterations", "1000000000")
    page.wait_until(page.button("Stop").exists, "a long run")
    found = violations(page)
    page.button("Stop").click()
    assert found == []


def test_a_table_that_is_drawn_in_part(page):
    rows = ["\t".join(str(row * n % 2) for n in range(60)) for row in range(40)]
    page.upload("\n".join(["\t".join(f"c{n}" for n in range(1, 61)), *rows]).encode())
    page.wait_until(lambda: page.cell("Row 1 c1").exists(), "the table")
    page.cell("Row 1 c1").click()
    page.press("PageDown", "PageDown", "End")  # into the midst of both ways
    page.press(*["ArrowLeft"] * 20)
    assert page.focused() == "Row 21 c40"
    assert violations(page) == []


LOOKS = [(width, scheme) for width in (1280, 390, 320) for scheme in ("light", "dark")]


def test_every_state_in_light_and_dark_wide_and_narrow(page):
    found = {}

    def look_at(state: str) -> None:
        for width, scheme in LOOKS:
            page.look(width, 844, scheme)
            if said := violations(page):
                found[state, width, scheme] = said
        page.look(1280, 844, "light")

    look_at("trained")
    page.button("Add output").click()
    page.enter("Row 2 x3", "abc")
    page.wait_status("Row 2", "x3")
    look_at("an error")
    page.button("Undo").click()
    page.button("Reset").click()
    page.wait_status("iteration 0")
    page.button("Step").click()
    page.wait_status("at iteration 1 of")
    look_at("one step from the start")
    assert found == {}


def test_a_page_ready_offline_with_an_offer_in_light_and_dark_wide_and_narrow(engine, open_page, offline_site):
    page = open_page(offline_site)
    wait_offline(page)
    offline_site.change("sw.js", lambda code: code + b"//\n")
    page.evaluate(COME_BACK)
    wait_offer(page)
    sideways = "() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
    for width, scheme in LOOKS:
        page.look(width, 844, scheme)
        assert violations(page) == [], (width, scheme)
        assert page.evaluate(sideways) <= 0, (width, scheme)


def test_the_page_while_python_loads_and_after_it_failed(engine, open_page, own_light_site):
    own_light_site.delay("pyodide.asm.wasm.bin", 3)
    own_light_site.block("snapshot.bin")
    own_light_site.block("pack.bin")
    page = open_page(own_light_site, ready=False)
    page.wait_until(page.progress("Loading").exists, "a progress bar")
    assert violations(page) == []
    own_light_site.go_on()
    page.wait_until(lambda: page.engine_state() == "failed", "the failure", START_TIMEOUT)
    for scheme in ("light", "dark"):
        page.look(1280, 844, scheme)
        assert violations(page) == [], scheme


def test_the_status_is_a_polite_live_region_that_stays_in_place(page):
    keep = "() => { window.statusBefore = document.querySelector('#status') }"
    page.evaluate(keep)
    page.enter("Row 2 y", "0")
    page.wait_other_answer()
    same = """() => { const now = document.querySelector('#status')
      return now === window.statusBefore && now.getAttribute('role') === 'status' &&
        (now.getAttribute('aria-live') ?? 'polite') === 'polite' }"""
    assert page.evaluate(same)


def test_a_long_run_does_not_talk_without_end(page):
    """The live region may change now and then during a run, not with every frame."""
    page.set("Iterations", "1000000000")
    page.wait_until(page.button("Stop").exists, "a long run")
    count = """() => new Promise(resolve => {
      let changes = 0
      const observer = new MutationObserver(() => changes++)
      const status = document.querySelector('#status')
      observer.observe(status, { childList: true, characterData: true, subtree: true })
      setTimeout(() => { observer.disconnect(); resolve(changes) }, 1500)
    })"""
    before = page.iteration()
    changes = page.evaluate(count)
    assert page.iteration() > before, "it ran"
    page.button("Stop").click()
    assert changes <= 3


def test_reduced_motion_is_honoured(page):
    page.page.emulate_media(reduced_motion="reduce")
    moving = """() => [...document.querySelectorAll('*')].filter(e => {
      const s = getComputedStyle(e)
      const second = text => parseFloat(text) * (text.includes('ms') ? 0.001 : 1)
      const seconds = text => Math.max(...text.split(',').map(second))
      return (s.animationName !== 'none' && seconds(s.animationDuration) > 0.01) ||
        seconds(s.transitionDuration) > 0.01
    }).map(e => e.outerHTML.slice(0, 80))"""
    page.wait_until(lambda: page.evaluate(moving) == [], "nothing to move")
    page.page.emulate_media(reduced_motion="no-preference")


def test_dark_is_dark_and_light_is_light(page):
    brightness = """() => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 })
      const context = canvas.getContext('2d')
      const paper = [document.body, document.documentElement].map(e => getComputedStyle(e).backgroundColor)
        .find(color => color !== 'rgba(0, 0, 0, 0)') ?? 'white'
      context.fillStyle = paper
      context.fillRect(0, 0, 1, 1)
      return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3).reduce((a, b) => a + b) / 3
    }"""
    page.look(1280, 720, "dark")
    page.wait_until(lambda: page.evaluate(brightness) < 60, "a dark page")
    page.look(1280, 720, "light")
    page.wait_until(lambda: page.evaluate(brightness) > 200, "a light page")


def test_names_are_told_apart(page):
    """No two controls of the table have the same name."""
    names = page.evaluate("""() => [...document.querySelectorAll('table input, table button')]
      .map(e => e.getAttribute('aria-label') || e.textContent.trim())""")
    assert json.dumps(sorted(names)) == json.dumps(sorted(set(names)))
