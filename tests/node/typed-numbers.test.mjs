/** What is typed into a cell or a field. tests/web/test_typed_numbers.py holds the page to Python for all characters. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readCell, readSetting } from "../../web/model/typed-numbers.js";

test("a number is read as people of any place and keyboard write it", () => {
  const written = {
    0.5: ["0,5", "０．５", ".5"],
    1234.5: ["1,234.5", "1.234,5", "1 234,5"],
    "-1": ["–1", "−1"],
    3: ["٣"],
  };
  for (const [value, texts] of Object.entries(written))
    for (const text of texts) assert.equal(readCell(text, false), Number(value), text);
});

test("what is no number, or could be two, stays as it was typed", () => {
  for (const text of [
    "abc",
    "1,5,",
    "nan",
    "inf",
    "-Infinity",
    "1e999",
    "1e",
    "0x10",
    "--1",
    "1 2",
    "1,234",
    "-12,500",
  ])
    assert.equal(readCell(text, false), text);
  assert.equal(readCell(" x ", false), "x");
});

test("nothing is nothing, and ? asks in an output alone", () => {
  assert.equal(readCell(" ", false), null);
  assert.equal(readCell("？", true), null);
  assert.equal(readCell("?", false), "?");
});

test("a field for whole numbers takes thousands however they are grouped", () => {
  for (const text of ["20,000", "20.000", "20 000", "20\u202f000", "20'000", "20_000", "２００００"])
    assert.equal(readSetting(text, true), 20_000, text);
  assert.equal(readSetting("1,5", true), 1.5, "which Python refuses");
  assert.equal(readSetting("1.000", false), 1);
  assert.equal(readSetting("", true), "");
  for (const text of ["abc", "inf", "1e999", "1,00,0"]) assert.equal(readSetting(text, true), text);
});
