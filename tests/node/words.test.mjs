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
  notLearned,
  retryHint,
  shortenedText,
  shortWord,
  signed,
  wordFor,
} from "../../web/model/words.js";
import { fc, hold } from "./tools/fast-check.mjs";
import { frameOf, postWith } from "./tools/problems.mjs";

test("a number has five decimals, and a power of ten where they mean nothing", () => {
  assert.equal(decimals(0.123456), "0.12346");
  assert.equal(decimals(999_999), "999999.0");
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
    for (const value of values)
      assert.equal(wordFor(value, true, { known: 4, wrong: 0 }), word, String(value));
});

test("no answer has a word of certainty where rows are wrong, or where other starts say otherwise", () => {
  const fits = (known, wrong) => ({ known, wrong });
  const two = "it has not learned this table: 2 of 4 rows are wrong";
  for (const value of [0, 0.05, 0.5, 0.95, 31_000, Number.NaN])
    for (const isBinary of [true, false]) {
      assert.equal(wordFor(value, isBinary, fits(4, 2)), two, String(value));
      assert.equal(wordFor(value, isBinary, fits(4, 2), false), two, "what is wrong comes first");
      assert.equal(wordFor(value, isBinary, fits(4, 0), false), "the table does not settle this");
    }
  assert.equal(
    wordFor(1, true, fits(4, 1)),
    "it has not learned this table: 1 of 4 rows is wrong",
    "one row alone",
  );
  assert.equal(wordFor(1, true, fits(1, 1)), "it has not learned this table: 1 of 1 row is wrong");
  assert.equal(
    notLearned(fits(9_896, 1_204)),
    "it has not learned this table: 1,204 of 9,896 rows are wrong",
  );
  assert.equal(wordFor(31_000, false, fits(4, 0)), "", "none of other numbers has a word");
});

test("where there is little room, words are short", () => {
  const short = {
    "it has not learned this table: 2 of 4 rows are wrong": "not learned",
    "the table does not settle this": "not settled",
    "likely 1": "likely 1",
    "": "",
  };
  for (const [word, expected] of Object.entries(short)) assert.equal(shortWord(word), expected);
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
