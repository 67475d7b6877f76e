/** @file The columns and layers of a network, where each weight stands, and what goes into a unit. */
import assert from "node:assert/strict";
import test from "node:test";
import { canAddLayer, insertLayer, withUnits } from "../../web/model/layer-edits.js";
import {
  endsOf,
  inProgram,
  placeOf,
  rowsOf,
  shapeOf,
  sumInto,
  weightId,
} from "../../web/model/network-shape.js";
import { POST } from "../../web/model/post.js";
import { settingAt } from "../../web/model/settings.js";

const TWO_LAYERS = {
  ...POST,
  table: { inputs: ["a:b", "ä b"], outputs: ["y", "z"], rows: [[0, 1, 1, 0]] },
  network: {
    hidden: [
      { units: 3, activation: "tanh" },
      { units: "2", activation: "relu" },
    ],
    output: "sigmoid",
    bias: true,
  },
};

test("the post's network is one layer, whose weights the program calls synaptic_weights", () => {
  const shape = shapeOf(POST);
  const [layer] = shape.layers;
  assert.deepEqual([shape.hidden, shape.parameters, rowsOf(layer)], [0, 3, 3]);
  assert.equal(inProgram(layer, 2, 0), "synaptic_weights[2, 0]");
  assert.equal(weightId(shape, layer, 2, 0), "1:x3:y");
  assert.equal(shapeOf(POST), shape, "made once");
});

test("layers follow one another in a frame, each with its biases last", () => {
  const { layers, hidden, parameters, columns } = shapeOf(TWO_LAYERS);
  assert.deepEqual([hidden, parameters], [5, 3 * 3 + 4 * 2 + 3 * 2]);
  const places = layers.flatMap((layer) =>
    Array.from({ length: rowsOf(layer) }, (_, from) =>
      Array.from({ length: layer.units }, (_, to) => placeOf(layer, from, to)),
    ).flat(),
  );
  assert.deepEqual(
    places,
    Array.from({ length: parameters }, (_, at) => at),
  );
  assert.deepEqual(columns[2].names, ["h2.1", "h2.2"]);
  assert.deepEqual([columns[1].first, columns[2].first], [0, 3]);
});

test("a weight's name in the program, for people and for programs that read the page", () => {
  const shape = shapeOf(TWO_LAYERS);
  const [first, second, third] = shape.layers;
  assert.deepEqual([inProgram(second, 2, 1), inProgram(second, 3, 1)], ["weights2[2, 1]", "bias2[1]"]);
  assert.deepEqual(endsOf(shape, first, 1, 2), ["ä b", "h1.3"]);
  assert.deepEqual(endsOf(shape, third, 2, 1), ["+1", "z"]);
  assert.equal(weightId(shape, first, 0, 2), "1:a%3Ab:3");
  assert.equal(weightId(shape, second, 3, 1), "2:+1:2");
  assert.equal(weightId(shape, third, 1, 0), "3:2:y");
});

test("what goes into a unit is the weighted sum and its bias", () => {
  const [layer] = shapeOf(TWO_LAYERS).layers;
  const weights = Float64Array.of(1, 2, 3, 4, 5, 6, 0.5, 0.25, 0.125);
  assert.equal(sumInto(layer, 1, weights, [10, 100]), 2 * 10 + 5 * 100 + 0.25);
  assert.ok(Number.isNaN(sumInto(layer, 1, weights, [Number.NaN, 1])));
});

test("a layer is put in at its place, and units come and go within their limits", () => {
  const grown = insertLayer(TWO_LAYERS, 1);
  assert.deepEqual(
    grown.network.hidden.map(({ units }) => units),
    [3, 4, "2"],
  );
  assert.equal(grown.table, TWO_LAYERS.table);
  assert.equal(insertLayer(POST, 0).network.hidden.length, 1);
  assert.equal(withUnits(TWO_LAYERS, 0, 1)?.network.hidden[0].units, 4);
  assert.equal(withUnits(TWO_LAYERS, 1, 1), null, "text is no number");
  const one = withUnits(withUnits(TWO_LAYERS, 0, -1) ?? POST, 0, -1) ?? POST;
  assert.equal(one.network.hidden[0].units, 1);
  assert.equal(withUnits(one, 0, -1), null);
  let full = TWO_LAYERS;
  while (canAddLayer(full)) full = insertLayer(full, 0);
  assert.equal(full.network.hidden.length, settingAt("network.hidden").most);
});
