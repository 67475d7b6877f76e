// Numbers of a pass as people read them: as many digits as tell them apart, and never rounded to a certainty.
import assert from "node:assert/strict";
import { test } from "node:test";
import { figureText, outputText, signedText, signOf } from "../../web/view/pass/figures.js";

const READ = [
  [0, "0"],
  [-0, "0"],
  [1, "1"],
  [-2, "−2"],
  [0.99994, "1.000"],
  [-4.6296, "−4.630"],
  [0.0384, "0.0384"],
  [0.00014156, "0.000142"],
  [-0.000092, "−0.0000920"],
  [-0.00000092, "−9.2e−7"],
  [3e-310, "3.0e−310"],
  [1234.56, "1234.6"],
  [2.5e9, "2.5e9"],
  [1e300, "1.0e300"],
  [Number.POSITIVE_INFINITY, "∞"],
  [Number.NEGATIVE_INFINITY, "−∞"],
  [Number.NaN, "–"],
];

for (const [value, text] of READ)
  test(`${value} reads ${text}`, () => {
    assert.equal(figureText(value), text);
  });

for (const [value, text] of [
  [1, "1"],
  [0.9984, "0.998"],
  [0.9994, "0.99940"],
  [0.99994, "0.99994"],
  [0.99999, "0.99999"],
  [0.999999999, "> 0.99999"],
  [1.000000001, "< 1.00001"],
  [-0.999999999, "> −1"],
  [0.0384, "0.0384"],
])
  test(`the output ${value} reads ${text}: never as sure as it is not`, () => {
    assert.equal(outputText(value), text);
  });

test("what pushes up has a plus, what pushes down a minus, and both have a kind of their own", () => {
  assert.deepEqual([2.5, -2.5, 0].map(signedText), ["+2.500", "−2.500", "0"]);
  assert.deepEqual([2.5, -2.5, 0].map(signOf), ["up", "down", ""]);
});
