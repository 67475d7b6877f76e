/** What is known of the run on show, and how an answer of Python's moves it on. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { POST } from "../../web/model/post.js";
import { appendOutput, MOST_OUTPUT, NOTHING_RUN } from "../../web/model/program-run.js";
import { frameAt } from "../../web/model/protocol.js";
import { largestOf, MOST_KEPT, phaseOf, refusalOf, runAfter, runOf } from "../../web/model/run.js";
import { frameOf } from "./tools/problems.mjs";

/** An answer with frames of one weight, one output and the error, the last of them the one come to. */
const answer = (due, frames, more = {}) => ({
  due,
  iterations: Float64Array.from(frames, ([iteration]) => iteration),
  numbers: Float64Array.from(frames.flatMap(([, ...numbers]) => numbers)),
  outputs: 1,
  parameters: 1,
  state_size: 1,
  trained: frames.at(-1)[0],
  done: false,
  diverged: null,
  seconds: 0.5,
  engine: "compiled",
  ...more,
});

test("a frame is the state, the outputs and the error at its place, counted from either end", () => {
  const progress = answer(1, [
    [0, 1, 2, 3],
    [7, 4, 5, 6],
  ]);
  assert.deepEqual(frameAt(progress, 0), {
    iteration: 0,
    state: Float64Array.of(1),
    weights: Float64Array.of(1),
    outputs: Float64Array.of(2),
    error: 3,
  });
  assert.deepEqual(frameAt(progress, -1), {
    iteration: 7,
    state: Float64Array.of(4),
    weights: Float64Array.of(4),
    outputs: Float64Array.of(5),
    error: 6,
  });
});

test("the weights are the first numbers of a state, whatever else training needs to go on", () => {
  const { state, weights, outputs, error } = frameAt(answer(1, [[7, 4, 0.9, 5, 6]], { state_size: 2 }), 0);
  assert.deepEqual([[...state], [...weights], [...outputs], error], [[4, 0.9], [4], [5], 6]);
});

test("a frame of a table with rows held out has their error, too", () => {
  const { outputs, error, held_out_error } = frameAt(answer(1, [[7, 4, 5, 6, 0.8, 0.9]], { outputs: 2 }), 0);
  assert.deepEqual([[...outputs], error, held_out_error], [[5, 6], 0.8, 0.9]);
});

test("the curve and the largest weight grow by the frames that fell due, and the last is on show", () => {
  const first = runAfter(
    runOf(POST),
    answer(2, [
      [0, 1, 0, 0.5],
      [1, -3, 0, 0.4],
      [2, 2, 0, 0.3],
    ]),
  );
  assert.deepEqual(first.curve, [
    [0, 1],
    [0.5, 0.4],
    [Number.NaN, Number.NaN],
  ]);
  assert.equal(first.frame?.iteration, 2);
  assert.deepEqual([first.trained, first.largest, first.seconds, first.engine], [2, 3, 0.5, "compiled"]);
  const second = runAfter(
    first,
    answer(1, [
      [4, 9, 0, 0.2],
      [5, 1, 0, 0.1],
    ]),
  );
  assert.deepEqual(second.curve, [
    [0, 1, 4],
    [0.5, 0.4, 0.2],
    [Number.NaN, Number.NaN, Number.NaN],
  ]);
  assert.equal(second.largest, 9);
  assert.equal(runAfter(second, answer(0, [[6, 1, 0, 0.1]])).curve, second.curve);
});

test("the weights of each point of the curve are kept, in memory of their own, unless they are too many", () => {
  const of = (due, frames, more) => answer(due, frames, { parameters: 2, state_size: 2, ...more });
  const came = of(2, [
    [0, 1, 2, 0, 0.5],
    [1, -3, 4, 0, 0.4],
    [2, 5, 6, 0, 0.3],
  ]);
  const first = runAfter(runOf(POST), came);
  came.numbers.fill(7);
  assert.deepEqual(first.past, [Float64Array.of(1, 2), Float64Array.of(-3, 4)]);
  const second = runAfter(first, of(1, [[4, 8, 9, 0, 0.2]]));
  assert.deepEqual(second.past, [...first.past, Float64Array.of(8, 9)]);
  assert.deepEqual(second.past.length, second.curve[0].length);
  assert.equal(runAfter(second, of(0, [[6, 1, 1, 0, 0.1]])).past, second.past);
  assert.deepEqual(runAfter(second, of(1, [[0, 3, 3, 0, 0.5]])).past, [Float64Array.of(3, 3)]);

  const many = (parameters) => {
    const frame = [0, ...Array(parameters).fill(1), 0, 0.5];
    return runAfter(runOf(POST), answer(1, [frame], { parameters, state_size: parameters })).past.length;
  };
  assert.deepEqual([many(MOST_KEPT), many(MOST_KEPT + 1)], [1, 0]);
});

test("where NumPy begins the run anew, so does the curve; why it had to stays known", () => {
  const first = runAfter(
    runOf(POST),
    answer(2, [
      [0, 1, 0, 0.5],
      [1, 1, 0, 0.4],
    ]),
  );
  const anew = runAfter(first, answer(1, [[0, 1, 0, 0.5]], { engine: "numpy", fallback: "no vectors here" }));
  assert.deepEqual(anew.curve, [[0], [0.5], [Number.NaN]]);
  assert.equal(runAfter(anew, answer(0, [[1, 1, 0, 0.4]])).fallback, "no vectors here");
});

test("a weight that is no finite number is not the largest", () => {
  assert.equal(
    largestOf(frameOf({ weights: Float64Array.of(-2, Number.POSITIVE_INFINITY, Number.NaN, 1) })),
    2,
  );
});

test("at an end of its own a run is done or diverged, else what it was said to be", () => {
  const run = runOf(POST, frameOf());
  assert.equal(phaseOf(run, "sought"), "done");
  assert.equal(phaseOf(run, "stopped"), "stopped");
  assert.equal(phaseOf({ ...run, frame: frameOf({ iteration: 5 }) }, "sought"), "sought");
  assert.equal(phaseOf({ ...run, diverged: 10_001 }, "sought"), "diverged");
});

test("a refusal stands while the run is refused", () => {
  const refusal = { message: "no" };
  assert.equal(refusalOf({ ...runOf(POST), phase: "refused", refusal }), refusal);
  assert.equal(refusalOf({ ...runOf(POST), phase: "running", refusal }), null);
});

test("what a program prints is joined by its stream, up to the most that is shown", () => {
  const text = (text, isError = false) => ({ text, isError });
  const before = { ...NOTHING_RUN, printed: [text("a")] };
  const after = appendOutput(before, { printed: [text("b"), text("c", true)], more: 0 });
  assert.deepEqual(after, { printed: [text("ab"), text("c", true)], more: 0 });
  const full = { ...NOTHING_RUN, printed: [text("x".repeat(MOST_OUTPUT - 1))] };
  const flooded = appendOutput(full, { printed: [text("yz"), text("!", true)], more: 7 });
  assert.deepEqual(
    [flooded.printed.length, flooded.printed[0].text.length, flooded.more],
    [1, MOST_OUTPUT, 7],
  );
});
