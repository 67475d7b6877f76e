/** Numbers and answers as people read them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { reason } from "../../web/model/reason.js";
import { runOf } from "../../web/model/run.js";
import {
  answerText,
  counted,
  dateText,
  decimals,
  duration,
  grouped,
  hasPlaceFor,
  isBinary,
  learnedIn,
  NOT_LEARNED,
  retryHint,
  shortenedText,
  signed,
  wordFor,
} from "../../web/model/words.js";
import { fc, hold } from "./tools/fast-check.mjs";
import { frameOf, postWith } from "./tools/problems.mjs";

const table = (...rows) => ({ inputs: ["x"], outputs: ["y"], rows });
const answers = (...outputs) => ({
  iteration: 1,
  weights: new Float64Array(1),
  outputs: Float64Array.from(outputs),
  error: 0,
});

test("a number has five decimals, and a power of ten where they mean nothing", () => {
  assert.equal(decimals(0.123456), "0.12346");
  assert.equal(decimals(999_999), "999999.00000");
  assert.equal(decimals(12_345_678), "1.2346e+7");
  assert.equal(decimals(Number.POSITIVE_INFINITY), "too large");
  assert.equal(signed(7.288), "+7.29");
  assert.equal(signed(-0.22), "−0.22");
});

test("thousands are grouped, and one of a kind is named in the singular", () => {
  assert.equal(grouped(1_024), "1,024");
  assert.equal(counted(1, "row"), "1 row");
  assert.equal(counted(0, "row"), "0 rows");
  assert.equal(counted(1_024, "iteration"), "1,024 iterations");
});

test("an answer is not rounded to a certainty that it has not", () => {
  const written = {
    1: "1.00000",
    0: "0.00000",
    0.999999: "> 0.99999",
    1.000001: "< 1.00001",
    0.000001: "< 0.00001",
  };
  for (const [value, text] of Object.entries(written)) assert.equal(answerText(Number(value)), text);
  assert.equal(answerText(-0.000001), "> −0.00001");
  assert.equal(answerText(0.5), "0.50000");
});

test("whatever the answer, what is read of it as 0 or 1 is 0 or 1", () => {
  hold(
    fc.property(fc.double({ min: -2, max: 2, noNaN: true }), (value) => {
      const text = answerText(value);
      if (text === "0.00000" || text === "1.00000") assert.equal(value + 0, Number(text));
      else if (!/^[<>]/.test(text))
        assert.ok(Math.abs(Number(text) - value) <= 0.5e-5 * (1 + 1e-9), `${value}: ${text}`);
    }),
    1000,
  );
});

test("an answer between 0 and 1 has a word, once its column is learned", () => {
  const words = {
    "likely 1": [0.9, 0.95, 1],
    "leans to 1": [0.61, 0.89],
    "not sure": [0.4, 0.5, 0.6],
    "leans to 0": [0.11, 0.39],
    "likely 0": [0, 0.1],
    "": [Number.NaN],
  };
  for (const [word, values] of Object.entries(words))
    for (const value of values) assert.equal(wordFor(value, true, true), word, String(value));
});

test("no answer is likely where the table is not learned, and none of other numbers has a word", () => {
  assert.equal(wordFor(0.95, true, false), NOT_LEARNED);
  assert.equal(wordFor(0.05, true, false), NOT_LEARNED);
  assert.equal(wordFor(0.5, true, false), "not sure");
  assert.equal(wordFor(31_000, false, true), "");
  assert.equal(wordFor(31_000, false, false), NOT_LEARNED);
});

test("rows held out do not count in what is learned, whichever side they are on", () => {
  const problem = { table: table([0, 0], [1, 1], [2, 1], [3, 1]) };
  const learned = (outputs, ...heldOut) =>
    learnedIn({ problem, frame: answers(...outputs), heldOut: new Set(heldOut) })(0);
  const half = [0.1, 0.9, 0.2, 0.1];
  assert.equal(learned(half), false, "two of four");
  assert.equal(learned(half, 2, 3), true, "two of two");
  assert.equal(learned([0.9, 0.1, 0.9, 0.9]), false);
  assert.equal(
    learned([0.9, 0.1, 0.9, 0.9], 2, 3),
    false,
    "the rows held out are right, and those it was taught are not",
  );
});

test("a column of 0s and 1s is learned when more than half are on their side and its mean is beaten", () => {
  const learned = (rows, ...outputs) =>
    learnedIn({ problem: { table: table(...rows) }, frame: answers(...outputs), heldOut: new Set() })(0);
  assert.equal(
    learned(
      [
        [0, 0],
        [1, 1],
      ],
      0.1,
      0.9,
    ),
    true,
  );
  assert.equal(
    learned(
      [
        [0, 0],
        [1, 1],
      ],
      0.5,
      0.6,
    ),
    false,
    "exactly half is no side",
  );
  assert.equal(
    learned(
      [
        [0, 0],
        [1, 1],
      ],
      0.9,
      0.1,
    ),
    false,
  );
  assert.equal(
    learned(
      [
        [0, 20_000],
        [1, 30_000],
      ],
      1,
      1,
    ),
    false,
    "no better than their mean",
  );
  assert.equal(
    learned(
      [
        [0, 0.2],
        [1, 0.6],
        [2, 0.8],
      ],
      0.3,
      0.5,
      0.7,
    ),
    true,
  );
  assert.equal(
    learned(
      [
        [0, 1],
        [1, 1],
      ],
      0.9,
      0.9,
    ),
    true,
    "one value alone has no mean to beat",
  );
  assert.equal(learned([[0, null]], 0.9), true, "nothing known speaks against it");
  assert.equal(
    learned(
      [
        [0, 0],
        [1, 1],
      ],
      Number.NaN,
      0.9,
    ),
    false,
  );
  assert.equal(
    learnedIn({ problem: { table: table([0, 0]) }, frame: null, heldOut: new Set() })(0),
    true,
    "before a frame is there",
  );
});

test("a column is of 0s and 1s whatever is unknown in it", () => {
  assert.equal(isBinary(table([5, 0], [6, 1], [7, null]), 0), true);
  assert.equal(isBinary(table([0, 0.5]), 0), false);
  assert.equal(isBinary(table([0, "yes"]), 0), false);
});

test("times are as long as they need be", () => {
  const written = {
    0.0006: "0.6 ms",
    0.0104: "10 ms",
    0.9994: "999 ms",
    1.25: "1.3 s",
    99.94: "99.9 s",
    250.4: "250 s",
  };
  for (const [seconds, text] of Object.entries(written)) assert.equal(duration(Number(seconds)), text);
});

test("what is quoted is cut at forty characters, of which an emoji is one", () => {
  assert.equal(shortenedText("x".repeat(40)), "x".repeat(40));
  assert.equal(shortenedText("y".repeat(204)), `${"y".repeat(39)}…`);
  assert.equal(shortenedText("😀".repeat(41)), `${"😀".repeat(39)}…`);
});

test("a date says its year unless it is this one, and an unknown one is said to be", () => {
  assert.equal(dateText(Number.NaN), "at an unknown time");
  assert.match(dateText(Date.UTC(2001, 5, 15, 12)), /2001/);
  assert.doesNotMatch(dateText(Date.now()), new RegExp(`${new Date().getFullYear()}`));
});

test("numbers of a table of another size have no place in this one", () => {
  const run = runOf(postWith([0, 0, 1, 0], [1, 1, 1, null]), frameOf());
  assert.equal(hasPlaceFor(run, postWith([1, 1, 1, 1], [0, 0, 0, null]).table), true);
  assert.equal(hasPlaceFor(run, postWith([1, 1, 1, 1]).table), false);
  assert.equal(hasPlaceFor(run, { ...run.problem.table, outputs: ["y", "z"] }), false);
});

test("the reason of an error is its last line", () => {
  assert.equal(reason(new Error("Traceback:\n  line 1\nValueError: no number\n")), "ValueError: no number");
  assert.equal(reason("broken"), "broken");
  assert.match(retryHint("press Retry"), /^Check the connection, then press Retry\. .*reload the page\.$/);
});
