/** How well a network fits its table: which rows are known, and which of these are wrong. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fitOf, isBinary, isRight, targetsOf } from "../../web/model/fit.js";
import { summaryText } from "../../web/view/data/summary.js";
import { worstOf } from "../../web/view/data/worst.js";
import { fc, hold } from "./tools/fast-check.mjs";

/** rows: a list of targets each, behind one input. */
const run = (rows, answers, { heldOut = [], output = "sigmoid" } = {}) => ({
  problem: {
    table: {
      inputs: ["x"],
      outputs: rows[0].map((_, at) => `y${at + 1}`),
      rows: rows.map((row, at) => [at, ...row]),
    },
    network: { output },
  },
  frame: answers && { outputs: Float64Array.from(answers.flat()) },
  heldOut: new Set(heldOut),
});
const column = (...targets) => targets.map((target) => [target]);
const wrongIn = (rows, answers, more) => {
  const fit = fitOf(run(rows, answers, more));
  return rows.flatMap((_, row) => (fit.isWrong(row) ? [row] : []));
};

const [inf, nan] = [Number.POSITIVE_INFINITY, Number.NaN];
const CASES = [
  ["each on its side", column(0, 1), [0.499, 0.501], []],
  ["at the middle, on no side", column(0, 1), [0.5, 0.5], [0, 1]],
  ["within a millionth of the middle", column(0, 1), [0.5 - 1e-6, 0.5 + 1e-6], [0, 1]],
  ["a little more than that", column(0, 1), [0.5 - 1.1e-6, 0.5 + 1.1e-6], []],
  ["beyond its target is still its side", column(0, 1), [-7, 12], []],
  ["no number", column(0, 1), [nan, nan], [0, 1]],
  ["too large", column(0, 1), [-inf, inf], [0, 1]],
  ["a `?` says nothing", column(0, null), [0.1, 0.9], []],
  ["nothing is known", column(null, null), [0.1, nan], []],
  ["one class is of 0 and 1, too", column(1, 1), [0.6, 0.4], [1]],
  ["other numbers miss by a tenth of their range", column(10, 20, 30), [12, 18, 32], []],
  ["or by more", column(10, 20, 30), [12.01, 17.99, 32.01], [0, 1, 2]],
  ["of a range of all rows, held out ones too", column(10, 20, 110), [19, 11, 0], [], { heldOut: [2] }],
  ["of one value the size counts", column(-50, -50, null), [-45.1, -44.9, 0], [1]],
  ["of 0 alone, 1 would", column(0, 0.5), [0.04, 0.56], [1]],
  ["other numbers that are too large", column(10, 20), [inf, nan], [0, 1]],
  ["0 and 1 beside another number are numbers", column(0, 1, 0.5), [0.11, 0.89, 0.5], [0, 1]],
  ["rows held out do not count", column(0, 1, 1), [0.9, 0.1, 0.9], [1], { heldOut: [0] }],
  ["a row is wrong if any output is", [[0, 1], [1, 0]], [[0.1, 0.9], [0.9, 0.9]], [1]],
  ["of a row known in part the rest is held to it", [[0, null], [null, null]], [[0.9, 0.5], [0.5, 0.5]], [0]],
  ["with softmax only rows known as a whole teach", [[0, null], [1, 0]], [[0.9, 0.1], [0.2, 0.8]], [1], { output: "softmax" }],
]; // biome-ignore format: a table

for (const [name, rows, answers, expected, more] of CASES)
  test(name, () => assert.deepEqual(wrongIn(rows, answers, more), expected));

test("rows are counted, those held out apart", () => {
  const fit = fitOf(run(column(0, 1, 1, 0, null), [0.1, 0.2, 0.9, 0.8, 0.5], { heldOut: [2, 3] }));
  assert.deepEqual([fit.known, fit.wrong, fit.apart], [2, 1, { known: 2, wrong: 1 }]);
  assert.deepEqual(
    [0, 1, 2, 3, 4].map((row) => [fit.isKnown(row), fit.isOff(row, 0)]),
    [[true, false], [true, true], [false, false], [false, true], [false, false]],
  ); // biome-ignore format: pairs
});

test("before there is an answer, nothing is wrong", () => {
  const fit = fitOf(run(column(0, 1, null), null));
  assert.deepEqual([fit.known, fit.wrong], [2, 0]);
});

test("it is worked out once for a frame, and what a table says once for a table", () => {
  const once = run(column(0, 1), [0.1, 0.9]);
  assert.equal(fitOf(once), fitOf({ ...once }));
  assert.equal(targetsOf(once.problem.table), targetsOf(once.problem.table));
});

test("a column is of 0s and 1s whatever is unknown in it", () => {
  const table = (...cells) => ({ inputs: [], outputs: ["y"], rows: cells.map((cell) => [cell]) });
  assert.equal(isBinary(table(0, 1, null), 0), true);
  assert.equal(isBinary(table(0.5), 0), false);
  assert.equal(isBinary(table("yes"), 0), false);
});

test("the summary counts, in the singular and in the plural", () => {
  const said = (known, wrong, apart = { known: 0, wrong: 0 }) => summaryText({ known, wrong, apart });
  assert.equal(said(4, 2), "2 of 4 rows wrong");
  assert.equal(said(1, 1), "1 of 1 row wrong");
  assert.equal(said(4, 0), "All 4 rows right");
  assert.equal(said(1, 0), "The one known row is right");
  assert.equal(said(9_896, 1_204), "1,204 of 9,896 rows wrong");
  assert.equal(said(7, 0, { known: 3, wrong: 1 }), "All 7 rows right, and 1 of 3 held out wrong");
  assert.equal(said(7, 2, { known: 3, wrong: 1 }), "2 of 7 rows wrong, and 1 of 3 held out");
});

test("the worst row comes first, what is wrong before what is right, by its worst output", () => {
  const rows = [[0, 100], [1, 0], [1, null], [null, null], [0, 50], [0, 60]]; // biome-ignore format: rows
  const answers = [[0.4, 98], [0.9, 15], [nan, 0], [0.5, 7], [0.1, 50], [0.9, 60]]; // biome-ignore format: rows
  assert.deepEqual(
    worstOf(run(rows, answers, { heldOut: [5] })).map(({ row, output, isOff }) => [row, output, isOff]),
    [[2, 0, true], [1, 1, true], [0, 0, false], [4, 0, false]],
  ); // biome-ignore format: rows
});

test("of many rows the fifty worst are told, in order", () => {
  const answer = fc.oneof(fc.double({ min: -1, max: 2, noNaN: true }), fc.constant(nan));
  hold(
    fc.property(fc.array(fc.tuple(fc.constantFrom(0, 1, null), answer), { maxLength: 120 }), (cells) => {
      if (cells.length === 0) return;
      const shown = run(
        column(...cells.map(([target]) => target)),
        cells.map(([, says]) => says),
      );
      const fit = fitOf(shown);
      const told = worstOf(shown);
      assert.equal(told.length, Math.min(50, fit.known));
      assert.equal(new Set(told.map(({ row }) => row)).size, told.length);
      const misses = told.map(({ row }) => fit.missOf(row, 0));
      const least = misses.at(-1) ?? 0;
      for (const [at, miss] of misses.entries()) assert.ok(at === 0 || misses[at - 1] >= miss);
      const others = cells.flatMap((_, row) =>
        fit.isKnown(row) && !told.some((one) => one.row === row) ? [fit.missOf(row, 0)] : [],
      );
      assert.ok(others.every((miss) => miss <= least));
    }),
  );
});

test("a target that a column may have is judged as those that it has", () => {
  const table = {
    inputs: ["a"],
    outputs: ["bit", "price"],
    rows: [
      [0, 0, 10],
      [1, 1, 30],
    ],
  };
  for (const [output, target, answer, expected] of [
    [0, 1, 0.51, true],
    [0, 1, 0.5, false],
    [0, 0, 0.49, true],
    [1, 20, 21.9, true],
    [1, 20, 22.1, false],
    [1, 20, Number.NaN, false],
  ])
    assert.equal(isRight(table, output, target, answer), expected, `${target} by ${answer}`);
});
