/** @file What is asked about the network on show: one question at a time, and of those that come meanwhile the last. */
import assert from "node:assert/strict";
import test from "node:test";
import { POST } from "../../web/model/post.js";
import { createAsker, createInquirer } from "../../web/train/ask-answers.js";

/** A Python that answers when it is told to. */
function slowPython() {
  const calls = [];
  const call =
    (method) =>
    (...args) =>
      new Promise((resolve, reject) => calls.push({ method, args, resolve, reject }));
  const door = Object.fromEntries(
    ["numpy", "answers", "question", "questions"].map((name) => [name, call(name)]),
  );
  return { calls, engine: { door: Promise.resolve(door) } };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));
const at = (iteration) => ({
  name: "error",
  problem: POST,
  iteration,
  state: Float64Array.of(1, 2, 3),
  row: 4,
});

test("of the questions that come while one is under way only the newest is asked", async () => {
  const { calls, engine } = slowPython();
  const inquirer = createInquirer(/** @type {any} */ (engine));
  const told = [];
  for (const iteration of [1, 2, 3])
    inquirer.answer(
      at(iteration),
      ({ answer }) => told.push(answer),
      (why) => told.push(why),
    );
  await settle();
  for (const answer of ["first", "third"]) {
    const [{ method, resolve }] = calls.slice(-1);
    assert.equal(method, "numpy", "which comes without a question that could be blamed for Python’s end");
    resolve();
    await settle();
    calls.at(-1).resolve({ answer });
    await settle();
  }
  const asked = calls.filter(({ method }) => method === "question");
  assert.deepEqual(
    asked.map(({ args: [name, problem, iteration, , row] }) => [name, problem, iteration, row]),
    [1, 3].map((iteration) => ["error", JSON.stringify(POST), iteration, 4]),
  );
  assert.deepEqual(told, ["first", "third"]);
});

test("one that comes later waits for the one under way, and a refusal does not stop it", async () => {
  const { calls, engine } = slowPython();
  const ask = createAsker(/** @type {any} */ (engine));
  const told = [];
  const question = (name) => ({
    name,
    problem: POST,
    weights: new Float64Array(3),
    rows: new Float64Array(3),
    withHidden: false,
  });
  const take = (_, { name }) => told.push(name);
  const refuse = (why, { name }) => told.push(`${name}: ${why}`);
  ask(question("first"), take, refuse);
  await settle();
  ask(question("second"), take, refuse);
  ask(question("third"), take, refuse);
  await settle();
  assert.equal(calls.length, 1);
  calls[0].resolve({ error: { message: "No." } });
  await settle();
  calls[1].reject(new Error("Gone."));
  await settle();
  assert.deepEqual(told, ["first: No.", "third: Gone."]);
});

test("what applies is asked for without NumPy", async () => {
  const { calls, engine } = slowPython();
  let found = null;
  createInquirer(/** @type {any} */ (engine)).list(POST, ({ questions }) => {
    found = questions;
  });
  await settle();
  calls[0].resolve({ questions: [] });
  await settle();
  assert.deepEqual([calls.map(({ method }) => method), found], [["questions"], []]);
});
