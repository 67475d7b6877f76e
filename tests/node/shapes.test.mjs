/** Messages of a program's Python: the page takes what fits and names the place of what does not. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { MisfitError } from "../../web/model/shapes.js";
import { parseFrameMessage, parseWorkerMessage } from "../../web/program/check-message.js";

const value = {
  shape: "4 × 1",
  kind: "array",
  note: "",
  cells: [["0.5", "1.0"]],
  exact: [["0.5", "1.0"]],
  sums: [{ label: "row 1", terms: "1·2", sum: "2" }],
  curve: { title: "tanh", most: 4, low: -1, high: 1, line: [-1, 0, 1], before: [0, 1], after: [0, 0.76] },
};
const place = { line: 1, column: 0, end_line: 1, end_column: 3 };
const ending = {
  status: 1,
  seconds: 0.5,
  passes: 10,
  error: { text: "Traceback", summary: "NameError: x", place },
  hints: [{ text: "Is it here?", line: 1 }],
};
const MESSAGES = [
  { broken: "out of memory" },
  { printed: [{ text: "a", isError: false }], more: 0 },
  { closed: true },
  { lacks: "amid" },
  {
    values: {
      lines: [{ line: 1, text: "1", shape: "", kind: "value" }],
      walk: [[1, 0, 1, 0]],
      selected: value,
    },
  },
  { ended: ending },
];

/** Every part of a message that is no object or list, as a path. */
function* leaves(part, path = []) {
  if (typeof part !== "object" || part === null) yield path;
  else for (const key of Object.keys(part)) yield* leaves(part[key], [...path, key]);
}

/** A copy of a message with another value at one place. */
function withOther(part, [key, ...rest], other) {
  if (key === undefined) return other;
  const copy = Array.isArray(part) ? [...part] : { ...part };
  copy[key] = withOther(part[key], rest, other);
  return copy;
}

const named = (path) => path.map((key) => (/^\d+$/.test(key) ? `[${key}]` : `.${key}`)).join("");

test("What fits comes through as it is", () => {
  for (const message of MESSAGES) assert.deepEqual(parseWorkerMessage(message), message);
  assert.deepEqual(parseWorkerMessage({ values: null }), { values: null });
});

test("Fields that are not known do not come through", () => {
  assert.deepEqual(parseWorkerMessage({ broken: "no", more: 5 }), { broken: "no" });
});

test("Wherever a message does not fit, the error names that place", () => {
  let places = 0;
  for (const message of MESSAGES) {
    for (const path of leaves(message)) {
      const damaged = withOther(message, path, Symbol("no message has it"));
      assert.throws(
        () => parseWorkerMessage(damaged),
        (error) =>
          error instanceof MisfitError && error.message.startsWith(`message${named(path)} has to be`),
        named(path),
      );
      places++;
    }
  }
  assert.ok(places > 30, `${places} places`);
});

test("Cells without their exact numbers and points without their outputs do not fit", () => {
  const selected = (more) => ({ values: { lines: [], walk: [], selected: { ...value, ...more } } });
  assert.throws(() => parseWorkerMessage(selected({ exact: [] })), /selected\.exact has to be a list of 1/);
  const curve = { ...value.curve, after: [1] };
  assert.throws(
    () => parseWorkerMessage(selected({ curve })),
    /selected\.curve\.after has to be a list of 2/,
  );
});

test("What is too long does not fit, and the error does not repeat it", () => {
  const message = { ended: { ...ending, hints: [{ text: "x".repeat(10_000), line: 1 }] } };
  assert.throws(
    () => parseWorkerMessage(message),
    /^MisfitError: message\.ended\.hints\[0\]\.text has to be text of at most 4000 characters and is text of 10000 characters\.$/,
  );
});

test("The frame says that it is there, or of a worker what has become of it", () => {
  for (const message of ["here", { turn: 1, broken: "gone" }, { turn: 2, strange: true }])
    assert.deepEqual(parseFrameMessage(message), message);
  for (const message of ["hello", { turn: "1", broken: "gone" }, { turn: 1 }, { turn: 1, strange: 1 }])
    assert.throws(() => parseFrameMessage(message), MisfitError);
});
