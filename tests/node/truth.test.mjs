/** @file A truth table in as few terms as can be, and in words. */
import assert from "node:assert/strict";
import test from "node:test";
import { minimised, truthWords } from "../../web/model/truth.js";

/** @param {string} digits  one for each case */
const table = (digits) => [...digits].map((digit) => digit === "1");

/** @param {number} number @param {number} inputs */
const tableOf = (number, inputs) =>
  Array.from({ length: 2 ** inputs }, (_, at) => ((number >> at) & 1) === 1);

/** @param {{ mask: number, value: number }[]} terms @param {number} at */
const holds = (terms, at) => terms.some(({ mask, value }) => (at & mask) === value);

test("the words of all sixteen tables of two inputs", () => {
  const words = {
    "0000": "never 1",
    "0001": "1 only where both are 1",
    "0010": "1 only where x1 is 1 and x2 is 0",
    "0011": "1 where x1 is 1",
    "0100": "1 only where x1 is 0 and x2 is 1",
    "0101": "1 where x2 is 1",
    "0110": "1 where x1 and x2 differ",
    "0111": "1 where x1 or x2 is 1",
    1000: "1 only where both are 0",
    1001: "1 where x1 and x2 are equal",
    1010: "1 where x2 is 0",
    1011: "1 where x1 is 1 or x2 is 0",
    1100: "1 where x1 is 0",
    1101: "1 where x1 is 0 or x2 is 1",
    1110: "1 where x1 or x2 is 0",
    1111: "always 1",
  };
  for (const [digits, said] of Object.entries(words))
    assert.equal(truthWords(table(digits), ["x1", "x2"]), said, digits);
});

test("the words of tables of more inputs", () => {
  const words = {
    "01101001": "1 where an odd number of inputs is 1",
    10010110: "1 where an even number of inputs is 1",
    "00010111": "1 where at least 2 of 3 are 1",
    11101000: "1 where at most 1 of 3 is 1",
    "01101000": "1 where exactly 1 of 3 is 1",
    "00010110": "1 where exactly 2 of 3 are 1",
    "01111110": "1 where 1 or 2 of 3 are 1",
    "00000001": "1 only where all are 1",
    10000000: "1 only where all are 0",
    "01111111": "1 unless all are 0",
    "00111100": "1 where a and b differ",
    "00000011": "1 only where a and b are 1",
    "00001000": "1 only where a is 1 and b and c are 0",
    "00000111": "1 where a and b are 1, or where a and c are 1",
    11110111: "1 unless a is 1 and b and c are 0",
    "01011011": "1 in 5 of 8 cases",
  };
  for (const [digits, said] of Object.entries(words))
    assert.equal(truthWords(table(digits), ["a", "b", "c"]), said, digits);
});

test("another word for 1, where a unit is not between 0 and 1", () => {
  assert.equal(truthWords(table("0011"), ["x1", "x2"], "above 0"), "above 0 where x1 is 1");
  assert.equal(truthWords(table("11"), ["x1"], "above 0"), "always above 0");
});

test("the terms hold of just the cases that are 1, for every table of three inputs", () => {
  for (let number = 0; number < 256; number++) {
    const wanted = tableOf(number, 3);
    const terms = minimised(wanted);
    for (const [at, is] of wanted.entries()) assert.equal(holds(terms, at), is, `${number}, case ${at}`);
  }
});

test("where one or two terms are enough no more are taken, and none can lose an input", () => {
  const all = Array.from({ length: 8 }, (_, mask) => mask).flatMap((mask) =>
    Array.from({ length: 8 }, (_, value) => value & mask).map((value) => ({ mask, value })),
  );
  for (let number = 1; number < 256; number++) {
    const wanted = tableOf(number, 3);
    const isRight = (/** @type {typeof all} */ terms) => wanted.every((is, at) => holds(terms, at) === is);
    const few = all.some((a) => isRight([a])) ? 1 : all.some((a) => all.some((b) => isRight([a, b]))) ? 2 : 3;
    const found = minimised(wanted);
    assert.ok(few < 3 ? found.length === few : found.length >= 3, `${number}: ${found.length} for ${few}`);
    for (const [at, { mask, value }] of found.entries())
      for (const bit of [1, 2, 4].filter((each) => mask & each)) {
        const shorter = found.with(at, { mask: mask & ~bit, value: value & ~bit });
        assert.ok(!isRight(shorter), `${number}: an input too many`);
      }
  }
});
