/** @file Where the drawn network stands, what can be pointed at in it, and what is asked for it. */
import assert from "node:assert/strict";
import test from "node:test";
import { shapeOf } from "../../web/model/network-shape.js";
import { POST } from "../../web/model/post.js";
import {
  curveOf,
  distanceTo,
  endsOfLine,
  isMatrix,
  layoutOf,
  pointOn,
} from "../../web/view/network/geometry.js";
import { keysOf, thingAt, unitKey, weightKey } from "../../web/view/network/keys.js";
import { axesOf, casesOf, planOf } from "../../web/view/network/seen.js";

/** @param {number} inputs @param {number[]} units @param {number} outputs */
function networkOf(inputs, units, outputs, bias = true) {
  const named = (/** @type {string} */ stem, /** @type {number} */ many) =>
    Array.from({ length: many }, (_, at) => `${stem}${at + 1}`);
  const row = [...named("", inputs).map((_, at) => at % 2), ...named("", outputs).map(() => 0)];
  return {
    ...POST,
    table: {
      inputs: named("x", inputs),
      outputs: named("y", outputs),
      rows: [row, row.map((cell) => 1 - cell)],
    },
    network: { hidden: units.map((many) => ({ units: many, activation: "tanh" })), output: "sigmoid", bias },
  };
}

const NETWORKS = [
  POST,
  networkOf(2, [4], 1),
  networkOf(2, [8, 8], 1),
  networkOf(64, [], 1, false),
  networkOf(200, [256, 4], 3),
];

test("nothing that is drawn stands over another, outside, or in a matrix", () => {
  for (const problem of NETWORKS)
    for (const width of [270, 440, 900]) {
      const layout = layoutOf(shapeOf(problem), width);
      assert.ok(layout.width >= width);
      for (const { boxes, left, right } of layout.places) {
        assert.ok(left >= 0 && right <= layout.width + 0.01);
        for (const [at, box] of boxes.entries()) {
          assert.ok(box.y >= 0 && box.y + box.height <= layout.height, `${box.y} of ${layout.height}`);
          const next = boxes[at + 1];
          if (next) assert.ok(next.y >= box.y + box.height, "one below the other");
        }
      }
      for (const [at, { matrix }] of layout.between.entries()) {
        assert.ok(layout.places[at].right < layout.places[at + 1].left);
        if (matrix)
          assert.ok(
            matrix.x > layout.places[at].right && matrix.x + matrix.width < layout.places[at + 1].left,
          );
      }
    }
});

test("networks of the examples fit a phone of 320 pixels or scroll by themselves", () => {
  for (const problem of [POST, networkOf(2, [4], 1), networkOf(3, [6], 2)])
    assert.equal(layoutOf(shapeOf(problem), 270).width, 270);
  assert.ok(layoutOf(shapeOf(networkOf(2, [4, 4, 4, 4, 4, 4, 4, 4], 1)), 270).width > 270);
});

test("up to 64 weights of a layer are lines, and every unit at their ends is drawn; beyond they are a matrix", () => {
  const [lines] = shapeOf(networkOf(64, [], 1, false)).layers;
  const [matrix] = shapeOf(networkOf(64, [], 1, true)).layers;
  assert.deepEqual([isMatrix(lines), isMatrix(matrix)], [false, true]);
  assert.equal(layoutOf(shapeOf(networkOf(64, [], 1, false)), 400).places[0].boxes.length, 64);
  const { places } = layoutOf(shapeOf(networkOf(200, [256], 1)), 400);
  assert.deepEqual(
    places.map(({ boxes, more }) => boxes.length + more),
    [200, 256, 1],
  );
  assert.ok(places[0].boxes.length < 16);
});

test("a line goes from the right of what it comes from to the left of its unit", () => {
  const shape = shapeOf(networkOf(2, [4], 1));
  const layout = layoutOf(shape, 440);
  const ends = endsOfLine(layout, shape.layers[0], 1, 2);
  const [from, to] = [layout.places[0].boxes[1], layout.places[1].boxes[2]];
  assert.deepEqual(ends, {
    x1: from.x + from.width,
    y1: from.y + from.height / 2,
    x2: to.x,
    y2: to.y + to.height / 2,
  });
  const bias = endsOfLine(layout, shape.layers[0], 2, 0);
  assert.equal(bias.y1, layout.places[0].plus?.y);
  assert.match(curveOf(ends), /^M[\d.]+ [\d.]+C([\d.]+ ){5}[\d.]+$/);
});

test("how far a point is from a line", () => {
  const ends = { x1: 0, y1: 0, x2: 100, y2: 80 };
  assert.deepEqual(
    [pointOn(ends, 0), pointOn(ends, 0.5), pointOn(ends, 1)].map(({ x, y }) => [x, y]),
    [
      [0, 0],
      [50, 40],
      [100, 80],
    ],
  );
  const { x, y } = pointOn(ends, 0.3);
  assert.ok(distanceTo(ends, x, y) < 0.5);
  assert.ok(Math.abs(distanceTo({ ...ends, y2: 0 }, 40, 7) - 7) < 0.01);
  assert.ok(distanceTo(ends, 130, 80) >= 30);
  assert.ok(distanceTo({ x1: 0, y1: 0, x2: 0, y2: 0 }, 0, 3) < 4);
});

test("the arrow keys go through all that is drawn, each thing once", () => {
  const shape = shapeOf(networkOf(2, [8, 8], 1));
  const keys = keysOf(shape, layoutOf(shape, 440));
  assert.equal(new Set(keys).size, keys.length);
  assert.equal(keys.length, 2 + (8 + 24) + (1 + 8) + (1 + 9));
  assert.ok(keys.every((key) => thingAt(shape, key)));
  assert.ok(keys.includes("m:2"));
  assert.equal(keys.at(-1), unitKey(3, 0));
});

test("what the network no longer has is not found", () => {
  const shape = shapeOf(networkOf(2, [4], 1));
  for (const key of [null, unitKey(1, 4), unitKey(3, 0), "w:1:3:0", "w:1:0:4", "w:3:0:0", "m:3"])
    assert.equal(thingAt(shape, key), null, String(key));
  assert.deepEqual(thingAt(shape, weightKey(shape.layers[1], 4, 0)), {
    kind: "weight",
    layer: shape.layers[1],
    from: 4,
    to: 0,
  });
});

test("one question has the row, the table, the places of the maps and every case", () => {
  const problem = networkOf(3, [4], 1);
  const { rows, taught, grid, cases, count } = planOf(problem, [5, 6, 7]);
  assert.deepEqual([...rows.subarray(0, 3)], [5, 6, 7]);
  assert.deepEqual([...rows.subarray(3, 6)], [0, 1, 0]);
  assert.deepEqual([taught.count, cases.count, count], [2, 8, 1 + 2 + grid.count + 8]);
  assert.equal(rows.length, 3 * count);
  const corner = [...rows.subarray(3 * grid.from, 3 * grid.from + 3)];
  const [x, y] = axesOf(problem);
  assert.deepEqual(corner, [x.low, y.high, 7], "left above, the third input as in the row");
  const at = 3 * (cases.from + 4);
  assert.deepEqual([...rows.subarray(at, at + 3)], [1, 0, 0]);
});

test("without hidden units, or with many, there are no maps; with one input they are strips", () => {
  assert.equal(planOf(POST, [1, 0, 0]).grid.count, 0);
  assert.equal(planOf(networkOf(2, [25], 1), [0, 1]).grid.count, 0);
  const { grid } = planOf(networkOf(1, [3], 1), [0]);
  assert.equal(grid.count, grid.across);
});

test("an input that never changes has an axis, and numbers too large for one do no harm", () => {
  const flat = { ...POST, table: { ...POST.table, rows: [[3, 0, 1, 0]] } };
  assert.deepEqual(axesOf(flat)[0], { low: 2, high: 4 });
  const large = {
    ...POST,
    table: {
      ...POST.table,
      rows: [
        [-1.7e308, 0, 1, 0],
        [1.7e308, 0, 1, 0],
      ],
    },
  };
  assert.deepEqual(axesOf(large)[0], { low: -1, high: 1 });
});

test("cases are asked of inputs that are 0 or 1, up to six", () => {
  assert.equal(casesOf(POST), 8);
  assert.equal(casesOf({ ...POST, table: { ...POST.table, rows: [[0.5, 0, 1, 0]] } }), 0);
  assert.equal(casesOf(networkOf(6, [], 1)), 64);
  assert.equal(casesOf(networkOf(7, [], 1)), 0);
});

test("a large network is asked about few rows", () => {
  const problem = networkOf(
    200,
    Array.from({ length: 8 }, () => 256),
    1,
  );
  const many = {
    ...problem,
    table: { ...problem.table, rows: Array.from({ length: 500 }, () => problem.table.rows[0]) },
  };
  const { count } = planOf(many, problem.table.rows[0].slice(0, 200));
  assert.ok(count * (shapeOf(many).hidden + 200) < 100_000, String(count));
});
