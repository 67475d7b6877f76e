"""The worker answers rows that are not in the table, from the weights of the iteration on show."""

import json

import pytest
from harness.oracle import post

KEEP_WORKERS = """
window.workers = []
window.Worker = class extends Worker {
  constructor(...given) { super(...given); window.workers.push(this) }
}"""
# As Comlink asks; the worker that trains is the one that has this method.
ASK = """(problem, weights, rows) => Promise.any(window.workers.map(worker => new Promise((resolve, reject) => {
  const id = `test ${Math.random()}`
  worker.addEventListener("message", ({ data }) => {
    if (data?.id === id && data.type === "RAW") resolve(data.value)
    else if (data?.id === id) reject(new Error("not this one"))
  })
  const given = [problem, Float64Array.from(weights), Float64Array.from(rows)]
  const argumentList = given.map(value => ({ type: "RAW", value }))
  worker.postMessage({ id, type: "APPLY", path: ["answers"], argumentList })
}))).then(answer => answer.outputs
  ? { outputs: Array.from(answer.outputs), isArray: answer.outputs instanceof Float64Array }
  : answer)"""


def test_rows_beside_the_table_are_answered_at_any_iteration(engine, open_page, own_light_site):
    page = open_page(own_light_site, ready=False)
    page.page.add_init_script(KEEP_WORKERS)
    page.open(own_light_site.url)
    page.wait_ready()

    def ask(weights, rows):
        return page.evaluate(ASK, json.dumps(post()), weights, [cell for row in rows for cell in row])

    for iteration in (10_000, 3, 0):
        page.seek(iteration)
        weights = [weight for row in page.weights() for weight in row]
        answer = ask(weights, [[1, 0, 0]] * 5000)
        assert answer["isArray"]
        assert answer["outputs"] == pytest.approx([page.answer("row-5-y")] * 5000, rel=1e-12)
    assert ask(weights, []) == {"outputs": [], "isArray": True}
    assert ask(weights, [[1, 0, 0], [1, 2]])["error"]["message"].startswith("These rows are 5 numbers.")
