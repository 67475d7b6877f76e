/** Where the iterations of a run stand on the slider's track. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { runOf } from "../../web/model/run.js";
import {
  firstIterationOf,
  isAtEnd,
  iterationAt,
  iterationsOf,
  nextTenth,
  positionOf,
} from "../../web/model/timescale.js";
import { fc, hold } from "./tools/fast-check.mjs";
import { frameOf, postWith } from "./tools/problems.mjs";

const LAST = 10_000;
const run = (more) => ({ ...runOf(postWith([0, 0, 1, 0]), frameOf()), ...more });

test("the track goes from 0 to the last iteration, and about 100 is the middle of 10,000", () => {
  assert.equal(positionOf(0, LAST), 0);
  assert.equal(positionOf(LAST, LAST), 1);
  assert.equal(positionOf(0, 0), 1, "a run of no iterations is at its end");
  assert.equal(iterationAt(0.5, LAST), 99);
  assert.equal(iterationAt(-1, LAST), 0);
  assert.equal(iterationAt(2, LAST), LAST);
});

test("every iteration has its place, and its place has that iteration", () => {
  const any = fc.integer({ min: 1, max: 1e9 }).chain((all) => fc.tuple(fc.constant(all), fc.nat(all)));
  hold(
    fc.property(any, ([all, at]) => assert.equal(iterationAt(positionOf(at, all), all), at)),
    1000,
  );
});

test("a tenth of the track is always another iteration, until there is none", () => {
  const any = fc.integer({ min: 1, max: 1e9 }).chain((all) => fc.tuple(fc.constant(all), fc.nat(all)));
  hold(
    fc.property(any, fc.constantFrom(1, -1), ([all, at], way) => {
      const next = nextTenth(at, all, /** @type {1 | -1} */ (way));
      assert.ok(next >= 0 && next <= all);
      if (at !== (way > 0 ? all : 0)) assert.ok((next - at) * way > 0, `${at} of ${all}: ${next}`);
    }),
    500,
  );
});

test("tenths lead from one end of the track to the other in ten steps at most", () => {
  for (const [from, to, way] of [
    [0, LAST, 1],
    [LAST, 0, -1],
  ]) {
    let at = from;
    let steps = 0;
    for (; at !== to; steps++) at = nextTenth(at, LAST, way);
    assert.ok(steps <= 10, `${steps} steps`);
  }
});

test("a run is at its end when its last iteration is on show, or the last before it diverged", () => {
  assert.equal(isAtEnd(run()), true);
  assert.equal(isAtEnd(run({ frame: frameOf({ iteration: 5 }) })), false);
  assert.equal(isAtEnd(run({ frame: frameOf({ iteration: 5 }), trained: 5, diverged: 6 })), true);
  assert.equal(isAtEnd(run({ frame: null })), false);
});

test("it begins at 0, or at the weights that were given, and iterations not yet checked count as none", () => {
  assert.equal(firstIterationOf(run()), 0);
  assert.equal(
    firstIterationOf(
      run({
        curve: [
          [500, 600],
          [0.1, 0.05],
        ],
      }),
    ),
    500,
  );
  const problem = postWith([0, 0, 1, 0]);
  assert.equal(
    iterationsOf(run({ problem: { ...problem, training: { ...problem.training, iterations: "many" } } })),
    0,
  );
});
