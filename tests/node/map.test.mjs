/** @file What the map, every case and the curve are drawn by: axes, cases, the line where a decision turns, colours, rows. */
import assert from "node:assert/strict";
import test from "node:test";
import { POST } from "../../web/model/post.js";
import {
  answersAxis,
  axisOf,
  isBeyondDrawing,
  numberText,
  placeAt,
  shareOf,
  ticksOf,
  tickTexts,
} from "../../web/view/map/axes.js";
import { casesOf, hasCases } from "../../web/view/map/cases.js";
import { contour } from "../../web/view/map/contour.js";
import { targetsOf, withRowAt, withRowMoved } from "../../web/view/map/move-rows.js";
import { axesOf, domainOf, planOf } from "../../web/view/map/plan.js";
import { colour, colourOf } from "../../web/view/map/shades.js";
import { fc } from "./tools/fast-check.mjs";
import { anyProblem, postWith } from "./tools/problems.mjs";

const CHOICES = { across: 0, up: 1, output: 0, view: "map", isOpen: false, held: null };
const NONE = new Set();
const planFor = (problem, choices = {}, row = 0, weights = 20) =>
  planOf(problem, { ...CHOICES, ...choices }, row, NONE, weights, null).plan;
const tableOf = (inputs, rows) => ({ inputs, outputs: ["y"], rows });
const two = (...rows) => ({ ...POST, table: tableOf(["a", "b"], rows) });

test("an axis has room around its numbers", () => {
  const low = (rows) => axisOf(tableOf(["a"], rows), 0);
  assert.deepEqual([low([[0], [1]]).low, low([[0], [1]]).high], [-0.3, 1.3]);
  const many = low(Array.from({ length: 101 }, (_, at) => [at]));
  assert.deepEqual([many.low, many.high, many.step], [-10, 110, 1]);
  const same = low([[4], [4]]);
  assert.deepEqual([same.low, same.high], [2, 6]);
  assert.deepEqual([low([[0]]).low, low([[0]]).high], [-0.3, 1.3]);
  assert.deepEqual([low([["x"]]).low, low([["x"]]).high], [0, 1]);
});

test("all numbers of any table are on its axes, and its places stay on them", () => {
  fc.assert(
    fc.property(anyProblem, fc.double({ min: 0, max: 1, noNaN: true }), ({ table }, share) => {
      for (const [column] of table.inputs.entries()) {
        const axis = axisOf(table, column);
        if (isBeyondDrawing(axis)) continue;
        assert.ok(axis.low < axis.high && axis.step > 0);
        for (const row of table.rows) {
          const at = shareOf(axis, row[column]);
          assert.ok(at >= 0 && at <= 1, `${row[column]} of ${axis.low} to ${axis.high}`);
        }
        const place = placeAt(axis, share);
        assert.ok(Math.abs(shareOf(axis, place) - share) <= 0.02, `${place}`);
        const ticks = ticksOf(axis, 5);
        assert.ok(
          ticks.length <= 6 && new Set(tickTexts(ticks)).size === ticks.length,
          tickTexts(ticks).join(),
        );
      }
    }),
  );
});

test("what doubles cannot tell apart is not drawn", () => {
  const beyond = (low, high) => isBeyondDrawing({ low, high });
  assert.ok(beyond(-1e308, 1e308));
  assert.ok(beyond(1e17, 1e17 + 64));
  assert.ok(beyond(0, 1e-310));
  assert.ok(!beyond(1e9, 1e9 + 1));
  assert.ok(!beyond(-1e-9, 1e-9));
});

test("a place beside one of few numbers is that number", () => {
  const axis = axisOf(tableOf(["a"], [[0], [1]]), 0);
  assert.equal(placeAt(axis, shareOf(axis, 0.97), 200), 1);
  assert.equal(placeAt(axis, shareOf(axis, 0.9), 200), 0.9);
  assert.equal(placeAt(axis, shareOf(axis, 0.97)), 0.97);
});

test("ticks differ from one another, and a number is as short as it can be", () => {
  assert.deepEqual(tickTexts([-0.5, 0, 0.5]), ["−0.5", "0", "0.5"]);
  assert.deepEqual(tickTexts([1e9, 1e9 + 1, 1e9 + 2]), ["1e9", "1.000000001e9", "1.000000002e9"]);
  assert.deepEqual(tickTexts([1e-9, 2e-9]), ["1e−9", "2e−9"]);
  assert.deepEqual([0.1 + 0.2, -1e-9, 1e9, 0, 1234567].map(numberText), [
    "0.3",
    "−1e−9",
    "1e9",
    "0",
    "1234570",
  ]);
});

test("the axis of answers holds targets and answers, and 0 to 1 where they are between", () => {
  const table = tableOf(
    ["a"],
    [
      [0, 5],
      [1, null],
    ],
  );
  const axis = answersAxis(table, 1, [-3, Number.NaN, Number.POSITIVE_INFINITY, 2], false);
  assert.ok(axis.low <= -3 && axis.high >= 5 && axis.high < 9);
  const share = answersAxis(tableOf(["a"], []), 1, [0.5], true);
  assert.ok(share.low < 0 && share.high > 1);
});

test("every case is there where the known rows are of 0 and 1, up to six inputs", () => {
  assert.ok(hasCases(POST.table));
  assert.ok(
    hasCases(
      tableOf(
        ["a", "b"],
        [
          [0, 1, 1],
          [0.5, 0.5, null],
        ],
      ),
    ),
  );
  assert.ok(!hasCases(tableOf(["a", "b"], [[0, 0.5, 1]])));
  assert.ok(!hasCases(tableOf(["a", "b"], [[0, 0.5, null]])));
  assert.ok(!hasCases(tableOf(["a", "b"], [])));
  assert.ok(!hasCases(tableOf(["a"], [["1", 1]])));
  const names = (many) => Array.from({ length: many }, (_, at) => `x${at}`);
  const zeros = (many) => [[...names(many).map(() => 0), 1]];
  assert.ok(hasCases(tableOf(names(6), zeros(6))));
  assert.ok(!hasCases(tableOf(names(7), zeros(7))));
});

test("a case knows its targets, the row that has it, and whether it was ever seen", () => {
  const cases = casesOf(POST.table, NONE);
  assert.deepEqual(
    cases.map(({ inputs, targets, row, isKnown }) => [inputs.join(""), targets[0].join(), row, isKnown]),
    [
      ["000", "", null, false],
      ["001", "0", 0, true],
      ["010", "", null, false],
      ["011", "0", 3, true],
      ["100", "", 4, false],
      ["101", "1", 2, true],
      ["110", "", null, false],
      ["111", "1", 1, true],
    ],
  );
  const both = casesOf(
    tableOf(
      ["a"],
      [
        [1, null],
        [1, 0],
        [1, 1],
        [0, 1],
      ],
    ),
    new Set([3]),
  );
  assert.deepEqual(both[1], { inputs: [1], targets: [[0, 1]], row: 1, isKnown: true, isHeldOut: false });
  assert.equal(both[0].isHeldOut, true);
});

/** The points of a path of lines. */
const pointsOf = (path) =>
  path
    .split(/[ML]/)
    .slice(1)
    .map((pair) => pair.split(" ").map(Number));

test("the line where a decision turns is where the samples say so", () => {
  const side = 40;
  const at = (share) => (share + 0.5) / side;
  const samples = Array.from({ length: side * side }, (_, place) =>
    Math.hypot(at(place % side) - 0.5, at(Math.floor(place / side)) - 0.5),
  );
  const points = pointsOf(contour(samples, side, 0.3, 1, 0, 1000));
  assert.ok(points.length > 100);
  for (const [x, y] of points) assert.ok(Math.abs(Math.hypot(x / 1000 - 0.5, y / 1000 - 0.5) - 0.3) < 1e-3);
  assert.equal(contour(samples, side, 2), "");
  // The second output of two, with a gap
  const pairs = samples.flatMap((sample, place) => [Number.NaN, place === 0 ? Number.NaN : sample]);
  assert.deepEqual(pointsOf(contour(pairs, side, 0.3, 2, 1, 1000)), points);
});

test("each square's line parts the corners above from those below", () => {
  for (let kind = 0; kind < 16; kind++) {
    const corners = [0, 1, 2, 3].map((corner) => (kind >> corner) & 1);
    const [a, b, c, d] = corners;
    const path = contour([a, b, d, c], 2, 0.5);
    const changes = corners.filter((corner, at) => corner !== corners[(at + 1) % 4]).length;
    assert.equal(pointsOf(path).length, changes, `${corners}`);
  }
});

test("colours go from one end over the middle to the other, and nothing has none", () => {
  const table = Uint32Array.from({ length: 256 }, (_, at) => at + 1);
  const pixels = new Uint32Array(6);
  colour(pixels, [0, -1, 9, 9, 0.5, 9, 1, 9, 7, 9, Number.NaN, 9], 0, 2, { low: 0, high: 1 }, table);
  assert.deepEqual([...pixels], [1, 256, 129, 256, 256, 0]);
  assert.deepEqual(
    [colourOf(" #1f6fd6"), colourOf("#fff")],
    [
      [31, 111, 214],
      [255, 255, 255],
    ],
  );
});

test("the rows that are asked about: the grid from the top, then the cases, at the chosen row's other inputs", () => {
  const plan = planFor(postWith([0, 0, 1, 0], [1, 1, 0.25, 1]), {}, 1);
  const { rows, side, plane, x, y } = plan;
  assert.deepEqual([plan.kind, side, plane.count, plan.cases], ["map", 100, 10_000, null]);
  const row = (at) => [...rows.subarray(at * 3, at * 3 + 3)];
  const near = (found, wanted) =>
    found.forEach((value, at) => {
      assert.ok(Math.abs(value - wanted[at]) < 1e-12);
    });
  const step = (x.high - x.low) / 100;
  near(row(0), [x.low + step / 2, y.high - step / 2, 0.25]);
  near(row(99), [x.high - step / 2, y.high - step / 2, 0.25]);
  near(row(9_999), [x.high - step / 2, y.low + step / 2, 0.25]);
  const both = planFor(two([0, 0, 0], [1, 1, 1]), { isOpen: true });
  assert.deepEqual([both.ofCases.from, both.ofCases.count], [10_000, 4]);
  assert.deepEqual([...both.rows.subarray(20_000, 20_008)], [0, 0, 0, 1, 1, 0, 1, 1]);
  assert.equal(both.numbers.count, both.xs.length * both.ys.length);
  assert.deepEqual([...both.rows.subarray(20_008, 20_010)], [both.xs[0], both.ys[0]]);
});

test("the same places are the same rows, whatever else has changed", () => {
  const first = planOf(POST, CHOICES, 0, NONE, 3, null);
  const other = postWith(...POST.table.rows.map((row) => [...row.slice(0, 3), 1]));
  assert.equal(planOf(other, CHOICES, 0, NONE, 3, first.built).plan.rows, first.plan.rows);
  assert.notEqual(
    planOf(other, { ...CHOICES, across: 2 }, 0, NONE, 3, first.built).plan.rows,
    first.plan.rows,
  );
});

test("a large network and a wide table are drawn from fewer places", () => {
  const inputs = Array.from({ length: 200 }, (_, at) => `x${at}`);
  const wide = { ...POST, table: tableOf(inputs, [[...inputs.map((_, at) => at), 1]]) };
  assert.ok(planFor(wide).rows.length <= 250_000);
  assert.ok(planFor(wide).side >= 30);
  assert.equal(planFor(two([0, 0, 0]), {}, 0, 500_000).side, 16);
});

test("any problem of a page has a plan", () => {
  const small = planFor(two([0, 0, 0], [-1e-323, 0, 1]), { isOpen: true });
  assert.deepEqual([small.kind, small.trouble !== ""], ["none", true]);
  fc.assert(
    fc.property(anyProblem, fc.nat(9), fc.nat(9), fc.boolean(), (problem, across, up, isOpen) => {
      if (problem.table.rows.length === 0) return;
      const plan = planFor(problem, { across, up, isOpen, output: 3 });
      const { inputs, outputs } = problem.table;
      assert.ok(plan.output < outputs.length);
      assert.equal(
        plan.rows.length,
        (plan.plane.count + plan.ofCases.count + plan.numbers.count) * inputs.length,
      );
      if (plan.trouble) assert.equal(plan.kind, "none");
      else assert.ok(plan.rows.every(Number.isFinite));
      assert.ok(plan.kind !== "map" || plan.x.column !== plan.y?.column);
    }),
  );
});

test("two axes are two inputs", () => {
  for (let across = 0; across < 4; across++)
    for (let up = 0; up < 4; up++) {
      const axes = axesOf({ ...CHOICES, across, up }, 3);
      assert.ok(axes.across !== axes.up && axes.across < 3 && axes.up < 3, JSON.stringify(axes));
    }
});

test("colours stand for 0 to 1, for what an activation can say, or for what is on show", () => {
  const withOutput = (output, ...rows) => ({ ...two(...rows), network: { ...POST.network, output } });
  const ends = (problem) => {
    const { low, high } = domainOf(problem, 0, () => [-2, Number.NaN, 3]);
    return [low, high];
  };
  assert.deepEqual(ends(withOutput("sigmoid", [0, 0, 5])), [0, 1]);
  assert.deepEqual(ends(withOutput("tanh", [0, 0, -1])), [-1, 1]);
  assert.deepEqual(ends(withOutput("tanh", [0, 0, 1])), [0, 1]);
  assert.deepEqual(ends(withOutput("linear", [0, 0, 7])), [-2, 7]);
  assert.deepEqual(ends(withOutput("linear", [0, 0, null])), [-2, 3]);
  const same = domainOf(withOutput("relu", [0, 0, 4]), 0, () => [4, 4]);
  assert.ok(same.low < 4 && same.high > 4);
});

test("a row is added with one target, or with all of them where they share 1", () => {
  const plan = planFor(postWith([0, 0, 1, 0], [1, 1, 0.25, 1]), {}, 1);
  const next = withRowAt(plan.problem, plan, { x: 0.5, y: 2 }, 1);
  assert.deepEqual(next.table.rows.at(-1), [0.5, 2, 0.25, 1]);
  const shared = {
    ...POST,
    table: { inputs: ["a"], outputs: ["p", "q", "r"], rows: [] },
    network: { ...POST.network, output: "softmax" },
  };
  assert.deepEqual(targetsOf(shared, 1, 1), [0, 1, 0]);
  assert.deepEqual(targetsOf(shared, 1, 0), [null, null, null]);
  assert.deepEqual(targetsOf({ ...shared, network: POST.network }, 1, 0), [null, 0, null]);
});

test("a point of a curve is moved with its target, and 0 and 1 stay 0 and 1", () => {
  const curve = {
    ...POST,
    table: tableOf(
      ["a"],
      [
        [0, 2.5],
        [1, null],
      ],
    ),
  };
  const plan = planFor(curve);
  assert.deepEqual(withRowMoved(curve, plan, 0, { x: 3, y: 4 }).table.rows[0], [3, 4]);
  assert.deepEqual(withRowMoved(curve, plan, 1, { x: 3, y: 4 }).table.rows[1], [3, null]);
  const sides = {
    ...POST,
    table: tableOf(
      ["a"],
      [
        [0, 0],
        [1, 1],
      ],
    ),
  };
  assert.deepEqual(withRowMoved(sides, planFor(sides), 0, { x: 0.2, y: 0.7 }).table.rows[0], [0.2, 1]);
  assert.deepEqual(withRowAt(sides, planFor(sides), { x: 0.2, y: 0.3 }, null).table.rows[2], [0.2, 0]);
});

test("samples that differ by rounding only have no line: all is the same", () => {
  const dust = Float64Array.from({ length: 9 }, (_, at) => 0.5 + (at % 2 ? 1 : -1) * 1.1e-16);
  assert.equal(contour(dust, 3, 0.5), "");
  const slope = Float64Array.from({ length: 9 }, (_, at) => (at % 3) / 2);
  assert.notEqual(contour(slope, 3, 0.5), "");
});
