/** The weights over the iterations: what each is called, and which line is the nearest. */
import assert from "node:assert/strict";
import test from "node:test";
import { POST } from "../../web/model/post.js";
import { runOf } from "../../web/model/run.js";
import { linearScale } from "../../web/view/training/scale.js";
import { namesOfWeights, weightAt, weightText } from "../../web/view/training/weights-view.js";
import { frameOf } from "./tools/problems.mjs";

const named = (hidden, bias, count) => {
  const names = namesOfWeights({
    table: { inputs: ["a", "b"], outputs: ["y", "z"], rows: [] },
    network: { ...POST.network, hidden: hidden.map((units) => ({ units, activation: "sigmoid" })), bias },
  });
  return Array.from({ length: count }, (_, place) => names(place));
};

test("each weight is called by what it leads from and to, in the order of a frame", () => {
  assert.deepEqual(named([], false, 4), ["a → y", "a → z", "b → y", "b → z"]);
  assert.deepEqual(named([1, 2], true, 12).slice(0, 7), [
    "a → h1.1",
    "b → h1.1",
    "bias → h1.1",
    "h1.1 → h2.1",
    "h1.1 → h2.2",
    "bias → h2.1",
    "bias → h2.2",
  ]);
  assert.deepEqual(named([1, 2], true, 14).slice(-2), ["bias → z", ""]);
  assert.deepEqual(named([1, 2], true, 13).slice(7, 9), ["h2.1 → y", "h2.1 → z"]);
});

/** Three weights at the iterations 0 and 10. */
const chart = (...past) => ({
  run: {
    ...runOf(POST, frameOf({ weights: Float64Array.from(past[1]) })),
    past: past.map((weights) => Float64Array.from(weights)),
  },
  from: 0,
  iterations: [0, 10],
  x: { ...linearScale(10, 5), last: 10 },
});

test("the weight whose line is nearest is the one that is pointed at", () => {
  const lines = chart([0, 0, 0], [4, -4, 1]);
  const at = (up, across = 1) => weightAt(lines, { across, up });
  assert.deepEqual([at(1), at(0), at(0.6)], [0, 1, 2]);
  assert.equal(at(1, 0.4), 0, "all at one place: the largest");
});

test("a weight that is no number is never the nearest, and is not drawn as one", () => {
  const lines = chart([0, 0, 0], [Number.NaN, -4, 1]);
  assert.deepEqual(
    [0, 0.4, 0.6].map((up) => weightAt(lines, { across: 1, up })),
    [1, 1, 2],
  );
  assert.equal(weightText(Number.NaN), "–");
  assert.equal(weightText(-4), "−4.00000");
});
