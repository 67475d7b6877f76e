/** @file Where the error curve puts its numbers, and how it labels its axes. */
import assert from "node:assert/strict";
import test from "node:test";
import { linearScale, lineThrough, logScale, SIZE } from "../../web/view/training/scale.js";

test("the labels of an axis from 0 are round numbers, as many as there is room for", () => {
  const labels = {
    0.55: [0, 0.2, 0.4],
    1: [0, 0.5, 1],
    0.33: [0, 0.2],
    2.2e-5: [0, 1e-5, 2e-5],
    495000: [0, 200000, 400000],
    3e12: [0, 1e12, 2e12, 3e12],
    1e-300: [0, 5e-301, 1e-300],
  };
  for (const [last, ticks] of Object.entries(labels))
    assert.deepEqual(linearScale(Number(last), 3).ticks, ticks, last);
});

test("an axis on both sides of 0 has 0 among its labels, and each number its place", () => {
  const { ticks, shareOf } = linearScale(9.5, 4, -12);
  assert.deepEqual(ticks, [-10, 0]);
  assert.deepEqual(linearScale(0.4, 4, -0.4).ticks, [-0.4, -0.2, 0, 0.2, 0.4]);
  assert.deepEqual([shareOf(-12), shareOf(9.5), shareOf(-12 + 21.5 / 4)], [0, 1, 0.25]);
});

test("three tenths are not 0.30000000000000004", () => {
  assert.deepEqual(linearScale(0.3, 3).ticks, [0, 0.1, 0.2, 0.3]);
});

test("the labels of iterations are powers of ten, fewer where there is little room", () => {
  assert.deepEqual(logScale(10_000, 5).ticks, [1, 10, 100, 1000, 10_000]);
  assert.deepEqual(logScale(1_000_000, 5).ticks, [1, 100, 10_000, 1_000_000]);
  assert.deepEqual(logScale(1000, 9).ticks, [1, 10, 100, 1000]);
  assert.deepEqual(logScale(2, 9).ticks, [1]);
  assert.deepEqual(logScale(9999, 1).ticks, [1, 1000]);
});

test("each iteration has its place, and what has none stands at the edge", () => {
  const { shareOf } = logScale(10_000, 5);
  assert.equal(shareOf(100), 0.5);
  assert.equal(shareOf(10_000), 1);
  assert.equal(shareOf(0), 0);
  assert.equal(linearScale(4, 3).shareOf(1), 0.25);
});

test("a line goes through all of its points, peaks too, and breaks where a number is not finite", () => {
  const [x, y] = [linearScale(4, 3), linearScale(10, 3)];
  assert.equal(lineThrough([0, 1, 2, 4], [0, 10, 5, 0], x, y), `M0 ${SIZE}L250 0L500 500L1000 ${SIZE}`);
  assert.equal(
    lineThrough([0, 1, 2, 4], [0, Number.NaN, 5, Number.POSITIVE_INFINITY], x, y),
    `M0 ${SIZE}M500 500`,
  );
  assert.equal(lineThrough([], [], x, y), "");
});
