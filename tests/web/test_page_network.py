"""The network's make-up on the page: examples, hidden layers, bias; and the two engines that train it."""

import re

import pytest
from harness.browsers import ALL_ENGINES, CHROMIUM, FIREFOX
from harness.links import POST, go, link_of
from harness.oracle import terminal

from tenlines.problem import Problem
from tenlines.training.run import Run

in_all_engines = pytest.mark.engines(*ALL_ENGINES)
in_two_engines = pytest.mark.engines(CHROMIUM, FIREFOX)

XOR_ROWS = [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0], [1, 1, None]]
FLAT_WEIGHTS = "() => [...document.querySelectorAll('#network td [data-value]')].map((e) => Number(e.dataset.value))"

SETTINGS = "() => document.querySelector('#settings').textContent.trim()"


def wait_weights(page, run: Run) -> None:
    expected = run.frame.weights.tolist()
    page.wait_until(lambda: page.evaluate(FLAT_WEIGHTS) == expected, f"the weights {expected}, to the last bit")


def xor(hidden=(), bias=False, **training) -> dict:
    return {
        "table": {"inputs": ["x1", "x2"], "outputs": ["y"], "rows": XOR_ROWS},
        "network": {"hidden": list(hidden), "output": "sigmoid", "bias": bias},
        "training": training,
    }


@pytest.fixture
def network_page(page):
    yield page
    page.choose("Engine", "compiled")
    page.choose("Example", "The post’s table")
    page.wait_default()


@in_two_engines
def test_xor_is_learned_with_its_hidden_layer(network_page, tmp_path):
    page = network_page
    page.choose("Example", "XOR")
    _, expected = terminal(tmp_path, problem=xor([{"units": 4, "activation": "sigmoid"}], bias=True))
    page.wait_answers(expected)
    assert page.answer("row-5-y") < 0.1
    assert "needs a hidden layer" in page.status()


def test_xor_without_a_hidden_layer_says_why_it_fails_and_a_layer_and_a_bias_mend_it(network_page, tmp_path):
    page = network_page
    page.choose("Example", "XOR without a hidden layer")
    page.wait_answers({"row-5-y": 0.5}, 1e-6)
    page.wait_status("a single neuron cannot learn it", "Row 5, y: 0.50000. It has not learned", "4 of 4 rows")
    page.button("Add hidden layer").click()
    page.find("switch", "Bias").click()
    _, expected = terminal(tmp_path, problem=xor([{"units": 4, "activation": "sigmoid"}], bias=True))
    page.wait_answers(expected)
    page.press("Control+z", "Control+z")
    page.wait_answers({"row-5-y": 0.5}, 1e-6)


def test_units_and_activation_are_those_of_the_reference_and_bad_units_are_refused(network_page, tmp_path):
    page = network_page
    page.choose("Example", "XOR")
    page.set("Hidden layer 1 units", "0")
    page.wait_status("Units of hidden layer 1 is 0.", "from 1 to 256")
    assert page.find("textbox", "Hidden layer 1 units").invalid()
    page.set("Hidden layer 1 units", "7")
    page.choose("Hidden layer 1 activation", "tanh")
    page.button("Add hidden layer").click()
    layers = [{"units": 7, "activation": "tanh"}, {"units": 4, "activation": "sigmoid"}]
    _, expected = terminal(tmp_path, problem=xor(layers, bias=True))
    page.wait_answers(expected, 1e-8)
    page.button("Remove hidden layer 1").click()
    _, expected = terminal(tmp_path, problem=xor([layers[1]], bias=True))
    page.wait_answers(expected)


def test_in_a_field_escape_takes_back_what_was_typed_and_enter_lets_it_stand(network_page):
    page = network_page
    page.choose("Example", "XOR")

    def type_over(text: str, key: str) -> None:
        page.press("Control+a")
        page.type(text)
        page.press(key)

    for name in ("Hidden layer 1 units", "Iterations"):  # every field is one of view/field.js
        field = page.box(name)
        before = field.value()
        field.click()
        type_over("33", "Escape")
        assert (field.value(), page.focused()) == (before, name)
        type_over("3x", "Escape")
        page.wait_until(lambda field=field: not field.invalid(), "the mark to go with what was typed")
        assert field.value() == before
        type_over("33", "Enter")
        type_over("034", "Enter")
        assert (field.value(), page.focused()) == ("34", name)
        for text in ["33", before]:  # each Enter ended a step of undo
            page.press("Control+z")
            assert field.value() == text


def test_every_weight_of_every_layer_is_shown_as_a_number(network_page):
    page = network_page
    page.choose("Example", "XOR")
    page.button("Reset").click()
    run = Run(Problem.from_dict(xor([{"units": 4, "activation": "sigmoid"}], bias=True)))
    wait_weights(page, run)


@in_all_engines
def test_the_compiled_weights_are_the_same_bits_in_every_browser_and_natively(network_page):
    run = Run(Problem(), "compiled")
    while not run.done:
        run.advance(1)
    wait_weights(network_page, run)


@in_two_engines
def test_both_engines_and_their_times_are_shown_and_agree(network_page, tmp_path):
    page = network_page
    page.choose("Example", "XOR")
    _, expected = terminal(tmp_path, problem=xor([{"units": 4, "activation": "sigmoid"}], bias=True))
    page.wait_answers(expected)
    agreed = r"NumPy .*s, compiled .*s, same weights to (1e-1\d|the last bit)"
    page.wait_until(lambda: re.search(agreed, page.evaluate(SETTINGS)), "the agreement of both engines")
    page.choose("Engine", "NumPy")
    page.wait_until(lambda: re.search(r"NumPy [\d.]+ m?s\.", page.evaluate(SETTINGS)), "NumPy's time alone")
    page.wait_answers(expected)


BARS = """() => [...document.querySelectorAll('svg.weight')].map(bar => {
  const [, length] = /H(.*)/.exec(bar.querySelector('path:not(.axis)').getAttribute('d'))
  const axis = bar.querySelector('.axis').getBoundingClientRect()
  return [Number(bar.closest('td').querySelector('[data-value]').dataset.value), Number(length) - 50, axis.left]
})"""


def assert_one_scale(page, pixels_of_one: float) -> None:
    bars = page.evaluate(BARS)
    assert [length for _, length, _ in bars] == pytest.approx([weight * pixels_of_one for weight, _, _ in bars])
    assert len({round(left, 1) for _, _, left in bars}) == 1, "one zero line"


@pytest.fixture
def numbers_page(page):
    """The weights as numbers, with their bars, which fold away under the drawing."""
    page.button("Numbers").click()
    assert page.evaluate("() => document.querySelector('svg.weight').checkVisibility()")
    yield page
    page.button("Numbers").click()


def test_the_bars_of_a_run_have_one_scale_and_one_zero_line(numbers_page):
    page = numbers_page
    largest = max(abs(weight) for weight, _, _ in page.evaluate(BARS))
    for iteration in (10_000, 0, 1, 100):
        page.seek(iteration)
        assert_one_scale(page, 48 / largest)
    page.button("Reset").click()
    page.wait_iteration(0)
    assert_one_scale(page, 48 / largest)
    page.button("Train").click()
    page.wait_default()


def test_the_zero_line_is_one_whatever_room_the_numbers_take(numbers_page):
    page = numbers_page
    page.set("Learning rate", "1000")
    page.wait_until(lambda: max(abs(weight) for weight, *_ in page.evaluate(BARS)) > 100, "large weights")
    bars = page.evaluate(BARS)
    assert len({len(f"{weight:+.2f}") for weight, *_ in bars}) > 1, "numbers of other lengths"
    assert len({round(left, 1) for *_, left in bars}) == 1
    page.button("Undo").click()


def test_weights_that_read_zero_have_no_long_bars(page):
    go(page, link_of(POST, (500, [0.001, -0.002, -0.0001])))
    page.wait_until(lambda: page.evaluate(BARS)[0][0] == 0.001, "the weights of the link")
    assert max(abs(length) for _, length, _ in page.evaluate(BARS)) < 2
