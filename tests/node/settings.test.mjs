/** Settings of a problem by their paths, and what is known of each. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { POST } from "../../web/model/post.js";
import { FIELDS, MORE, settingAt, settingText, valueAt, withSetting } from "../../web/model/settings.js";

const LAYERS = [
  { units: 2, activation: "tanh" },
  { units: 3, activation: "relu" },
];
const deep = { ...POST, network: { ...POST.network, hidden: LAYERS } };

test("the Training card shows these settings, in this order", () => {
  assert.deepEqual(FIELDS, ["training.iterations", "training.learning_rate", "training.seed"]);
});

test("what stands under More settings has a sentence that says what it does", () => {
  assert.ok(MORE.includes("training.loss"));
  for (const path of MORE) {
    assert.ok(!FIELDS.includes(path));
    assert.match(settingAt(path).hint, /^[A-Z].{20}/);
  }
});

test("a value is told in words", () => {
  assert.equal(settingText("training.loss", "mean_squared"), "mean squared error");
  assert.equal(settingText("training.batch_size", null), "empty");
  assert.equal(settingText("training.learning_rate", 0.5), "0.5");
  assert.equal(settingText("network.bias", true), "on");
});

test("a setting is known by its path, one of a layer by the layer's number", () => {
  assert.equal(settingAt("training.seed").label, "Random start");
  assert.equal(settingAt("network.bias").kind, "switch");
  assert.equal(settingAt("network.hidden").kind, "layers");
  assert.equal(settingAt("network.hidden.2.units").kind, "whole");
  assert.equal(settingAt("network.hidden.2.activation").kind, "choice");
});

test("its value is read by the same path", () => {
  assert.equal(valueAt(deep, "training.iterations"), 10_000);
  assert.equal(valueAt(deep, "network.hidden"), LAYERS);
  assert.equal(valueAt(deep, "network.hidden.1.activation"), "tanh");
});

test("a setting of one layer is changed in place of the old one, and all else is shared", () => {
  const changed = withSetting(deep, "network.hidden.2.units", 5);
  assert.deepEqual(changed.network.hidden, [LAYERS[0], { units: 5, activation: "relu" }]);
  assert.equal(changed.network.hidden[0], LAYERS[0]);
  assert.equal(changed.table, deep.table);
  assert.equal(changed.training, deep.training);
  assert.equal(LAYERS[1].units, 3);
});

test("a way to a value and back is the same problem", () => {
  for (const path of [...FIELDS, "network.bias", "network.hidden.1.units"])
    assert.deepEqual(withSetting(withSetting(deep, path, "x"), path, valueAt(deep, path)), deep);
});
