/** What a program can send in its worker's place. tests/web/test_heard.py has what our own Python says. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { MisfitError } from "../../web/model/shapes.js";
import { parseWorkerMessage } from "../../web/program/check-message.js";
import { fc, hold } from "./tools/fast-check.mjs";

/** Whether a message is understood; what is not is a MisfitError. */
function isUnderstood(message) {
  try {
    parseWorkerMessage(message);
    return true;
  } catch (error) {
    assert.ok(error instanceof MisfitError, String(error));
    return false;
  }
}

const place = { line: 1, column: 0, end_line: 1, end_column: null };
const error = { text: "Traceback", summary: "NameError: x", place };
const ending = { status: 0, error: null, hints: [], seconds: 1, passes: 1 };
const line = { line: 1, text: "1", shape: "2 × 1", kind: "value" };
const curve = {
  title: "tanh",
  most: 4,
  low: -1,
  high: 1,
  line: [-1, 0, 1],
  before: [0, 1],
  after: [0, 0.76],
};
const value = {
  shape: "",
  kind: "array",
  cells: [["1", "2"]],
  exact: [["1.0", "2.0"]],
  note: "",
  sums: [],
  curve,
};
const values = {
  lines: [line],
  walk: [
    [7, 4, 7, 9],
    [8, 0, 8, 0],
  ],
  selected: value,
};

const KNOWN = [
  { broken: "Python could not be started" },
  { printed: [{ text: "a\n", isError: false }], more: 0 },
  { closed: true },
  { lacks: "before" },
  { lacks: "amid" },
  { values: null },
  { values },
  {
    values: {
      ...values,
      selected: { ...value, curve: null, sums: [{ label: "x1", terms: "1·2", sum: "2" }] },
    },
  },
  { ended: ending },
  { ended: { ...ending, passes: null, error, hints: [{ text: "Is it here?", line: null }] } },
  { ended: { ...ending, error: { ...error, place: null } } },
];

const STRANGE = {
  "no object": "hello",
  nothing: null,
  "an empty one": {},
  "a count of lines that is none": { printed: [], more: -1 },
  "a print that is no text": { printed: [{ text: {}, isError: 7 }], more: 0 },
  "a print without its stream": { printed: [{ text: "a" }], more: 0 },
  "too much printed": { printed: [{ text: "x".repeat(100_001), isError: false }], more: 0 },
  "another thing that is missing": { lacks: "time" },
  "closed, perhaps": { closed: 1 },
  "a status that is a text": { ended: { ...ending, status: "0" } },
  "half a pass": { ended: { ...ending, passes: 0.5 } },
  "too many hints": { ended: { ...ending, hints: Array(11).fill({ text: "x", line: 1 }) } },
  "a hint that is too long": { ended: { ...ending, hints: [{ text: "x".repeat(10 ** 5), line: 1 }] } },
  "a hint on line −1": { ended: { ...ending, hints: [{ text: "x", line: -1 }] } },
  "an error without words": { ended: { ...ending, error: { ...error, summary: undefined } } },
  "an error at no place": { ended: { ...ending, error: { ...error, place: { ...place, end_line: null } } } },
  "an error that is too long": { ended: { ...ending, error: { ...error, text: "x".repeat(220_001) } } },
  "values that are a number": { values: 7 },
  "lines that are a text": { values: { lines: "none", selected: null } },
  "a line that is a text": { values: { ...values, lines: [{ ...line, line: "1" }] } },
  "a step without its end": { values: { ...values, walk: [[7, 4, 7]] } },
  "a step at no number": { values: { ...values, walk: [[7, 4, 7, "9"]] } },
  "too many steps": { values: { ...values, walk: Array(501).fill([7, 4, 7, 9]) } },
  "a value that is a number": { values: { ...values, lines: [{ ...line, text: 1 }] } },
  "an empty value": { values: { ...values, selected: {} } },
  "cells and their digits of other numbers": { values: { ...values, selected: { ...value, exact: [] } } },
  "too many rows": {
    values: { ...values, selected: { ...value, cells: Array(21).fill([]), exact: Array(21).fill([]) } },
  },
  "too many columns": {
    values: { ...values, selected: { ...value, cells: [Array(13).fill("")], exact: [[]] } },
  },
  "too many sums": {
    values: { ...values, selected: { ...value, sums: Array(25).fill({ label: "", terms: "", sum: "" }) } },
  },
  "a sum without its terms": {
    values: { ...values, selected: { ...value, sums: [{ label: "x1", sum: "2" }] } },
  },
  "a curve whose title is no text": {
    values: { ...values, selected: { ...value, curve: { ...curve, title: 3 } } },
  },
  "a curve of more points than are drawn": {
    values: { ...values, selected: { ...value, curve: { ...curve, line: Array(1000).fill(0) } } },
  },
  "a curve that ends before it began": {
    values: { ...values, selected: { ...value, curve: { ...curve, after: [0] } } },
  },
  "a curve of no numbers": {
    values: { ...values, selected: { ...value, curve: { ...curve, before: [0, Number.NaN] } } },
  },
};

for (const [at, message] of KNOWN.entries())
  test(`what a worker of ours says is understood as it was said: ${at + 1}, ${Object.keys(message)[0]}`, () => {
    assert.deepEqual(parseWorkerMessage(message), message);
  });

for (const [kind, message] of Object.entries(STRANGE))
  test(`what no worker of ours says is not understood: ${kind}`, () => {
    assert.ok(!isUnderstood(message));
  });

test("whatever is said, it is understood or refused by its place, and never breaks the page", () => {
  const parts = [
    "broken",
    "printed",
    "more",
    "closed",
    "lacks",
    "values",
    "ended",
    "lines",
    "selected",
    "status",
  ];
  const any = fc.oneof(fc.anything(), fc.dictionary(fc.constantFrom(...parts), fc.anything()));
  hold(
    fc.property(any, (message) => void isUnderstood(message)),
    2000,
  );
});
