"""A browser that refuses the kernel, or breaks it off: NumPy trains, the answer is the same, and the page says so."""

import pytest
from harness.browsers import ALL_ENGINES
from harness.oracle import post, terminal
from harness.page import DEFAULT_ANSWERS

SETTINGS = "() => document.querySelector('#settings').textContent"

# Put before worker.js. The kernel is the module that imports nothing and exports `advance`.
WATCH = """
const { Module, Instance } = WebAssembly
const isKernel = module =>
  Module.imports(module).length === 0 && Module.exports(module).some(({ name }) => name === 'advance')
const onKernel = (Made, change) => new Proxy(Made, {
  construct(Made, given) {
    const made = new Made(...given)
    return isKernel(made instanceof Module ? made : given[0]) ? change(made) : made
  },
})
"""

FAILURES = {
    "refused": """
WebAssembly.Module = onKernel(Module, () => { throw new WebAssembly.CompileError('no vectors here') })
""",
    "broken off at its first call": """
const record = () => { throw new WebAssembly.RuntimeError('no vectors here') }
WebAssembly.Instance = onKernel(Instance, ({ exports }) => ({ exports: { ...exports, record } }))
""",
    "broken off in a later slice": """
WebAssembly.Instance = onKernel(Instance, ({ exports }) => {
  let called = false
  const run = count => {
    if (called) throw new WebAssembly.RuntimeError('no vectors here')
    called = true
    exports.run(count)
    for (const end = performance.now() + 50; performance.now() < end;) {} // longer than a slice
  }
  return { exports: { ...exports, run } }
})
""",
}


@pytest.mark.engines(*ALL_ENGINES)
@pytest.mark.sample("refused")
@pytest.mark.parametrize("kind", FAILURES)
def test_numpy_trains_where_the_kernel_is(engine, open_page, own_site, tmp_path, kind):
    own_site.change("worker.js", lambda script: (WATCH + FAILURES[kind]).encode() + script)
    page = open_page(own_site)
    page.wait_status("row 5, y: 0.99994, likely 1", "trained 10,000 iterations", "by NumPy: the compiled engine failed")
    page.wait_answers(DEFAULT_ANSWERS, 0)
    assert "so NumPy did" in page.evaluate(SETTINGS)
    assert "no vectors here" in page.evaluate(SETTINGS)
    # The engine can still be chosen, and the table edited.
    page.choose("Engine", "NumPy")
    page.wait_until(lambda: "failed" not in page.status(), "NumPy by choice")
    page.wait_status("trained 10,000 iterations")
    page.wait_answers(DEFAULT_ANSWERS, 0)
    page.choose("Engine", "compiled")
    page.enter("Row 2 y", "0")
    rows = post()["table"]["rows"]
    _, expected = terminal(tmp_path, problem=post([rows[0], [1, 1, 1, 0], *rows[2:]]))
    page.wait_answers(expected)
    page.wait_status("the compiled engine failed")
