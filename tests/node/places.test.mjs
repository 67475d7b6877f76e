/** Places in a program: what stands there, what is said of it, and where it is in another program. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  aboutPlace,
  expressionAt,
  isLine,
  linesOf,
  shownLines,
  stageAt,
  textAt,
  wholeLine,
} from "../../web/model/places.js";
import { INITIAL_SELECTION, placeOfSelection, selectionAt } from "../../web/model/selection.js";

/** The listing of a program; each expression as [line, from, to, role, about, depth]. */
function listing(source, roles, ...expressions) {
  return {
    source,
    problem: null,
    files: {},
    outline: {
      lines: roles.map((role, at) => ({
        line: at + 1,
        about: `does ${role}`,
        formula: role,
        role,
        stage: `stage of ${role}`,
      })),
      expressions: expressions.map(([line, from, to, role = "", about = "", depth = 0]) => ({
        span: [line, from, line, to],
        depth,
        about,
        role,
        stage: `stage of ${role}`,
        goes: `Goes into ${line}.`,
      })),
    },
  };
}

const PROGRAM = listing(
  "a = 1\nb = a + a\n",
  ["first", "sum"],
  [1, 4, 5, "one", "The number 1."],
  [2, 4, 9, "whole sum", "Adds."],
  [2, 4, 5, "operand", "", 1],
  [2, 8, 9, "operand", "", 1],
);
const { source, outline } = PROGRAM;

test("a program's lines are those of any system, without the empty ones at its end, and two thousand are shown", () => {
  assert.deepEqual(linesOf("a\r\nb\rc\n\n"), ["a", "b", "c"]);
  assert.equal(shownLines("x\n".repeat(3000)).length, 2000);
});

test("the text of a place is the part of its lines, and that of a line is without its indentation", () => {
  assert.equal(textAt("if 1:\n    x = 2\n", wholeLine(2)), "x = 2");
  assert.equal(textAt(source, [2, 4, 2, 9]), "a + a");
  assert.equal(textAt("x = (1 +\n     2)\n", [1, 4, 2, 7]), "(1 + 2)");
  assert.equal(textAt(`x = ${"1".repeat(2000)}`, wholeLine(1)).length, 1001);
  assert.equal(textAt(source, wholeLine(9)), "");
  assert.equal(isLine(wholeLine(3)), true);
  assert.equal(isLine([3, 0, 3, 1]), false);
});

test("a place has its expression, and a line the one that gives it its value", () => {
  assert.equal(expressionAt(outline, [2, 8, 2, 9]), 3);
  assert.equal(expressionAt(outline, wholeLine(2)), 1);
  const inner = listing("f(a)\n", ["call"], [1, 2, 3, "operand", "", 1], [1, 0, 4, "call"]);
  assert.equal(expressionAt(inner.outline, wholeLine(1)), 1);
  assert.equal(expressionAt(outline, [1, 0, 1, 1]), undefined);
});

test("a line is told with its formula, a part by what it is, or by its line where nothing is known of it", () => {
  assert.deepEqual(aboutPlace(source, outline, wholeLine(2)), {
    text: "b = a + a",
    about: "does sum",
    formula: "sum",
    goes: "",
  });
  assert.deepEqual(aboutPlace(source, outline, [1, 4, 1, 5]), {
    text: "1",
    about: "The number 1.",
    formula: "",
    goes: "Goes into 1.",
  });
  assert.equal(stageAt(outline, wholeLine(2)), "stage of sum");
  assert.equal(stageAt(outline, [1, 4, 1, 5]), "stage of one");
  assert.equal(stageAt(outline, [1, 0, 1, 1]), "");
  assert.equal(stageAt(null, wholeLine(1)), "");
  assert.equal(aboutPlace(source, outline, [2, 8, 2, 9]).about, "Part of line 2.");
  assert.equal(aboutPlace(source, { lines: [], expressions: [] }, wholeLine(1)).about, "");
});

test("in the same program, what is looked at stays where it is as long as it is there", () => {
  const chosen = selectionAt(PROGRAM, [2, 8, 2, 9]);
  assert.deepEqual(placeOfSelection(PROGRAM, chosen), [2, 8, 2, 9]);
  assert.deepEqual(
    placeOfSelection({ ...PROGRAM, outline: null }, chosen),
    wholeLine(2),
    "its line, until it has been read",
  );
});

test("in another program, it is the same of its kind in the line of its kind", () => {
  const second = selectionAt(PROGRAM, [2, 8, 2, 9]);
  const other = listing(
    "b = 1\n\nc = b + b\n",
    ["first", "", "sum"],
    [3, 4, 9, "whole sum"],
    [3, 4, 5, "operand", "", 1],
    [3, 8, 9, "operand", "", 1],
  );
  assert.deepEqual(
    placeOfSelection(other, second),
    [3, 8, 3, 9],
    "the second operand, though it reads otherwise",
  );
  assert.deepEqual(placeOfSelection(other, selectionAt(PROGRAM, wholeLine(2))), wholeLine(3));
  const moved = listing("c = 3\nb = a + a\n", ["other", "other"], [2, 4, 9, "another sum"]);
  assert.deepEqual(
    placeOfSelection(moved, selectionAt(PROGRAM, wholeLine(2))),
    wholeLine(2),
    "a line that reads as before",
  );
});

test("where its line is gone, it is found elsewhere by its role", () => {
  const other = listing("print(1)\n", ["print"], [1, 6, 7, "one"]);
  assert.deepEqual(placeOfSelection(other, selectionAt(PROGRAM, [1, 4, 1, 5])), [1, 6, 1, 7]);
});

test("where nothing is left of it, the line is looked at that says what the network says, or the nearest", () => {
  const network = listing("x = 1\noutput = 1\n", ["", INITIAL_SELECTION.line.role]);
  assert.deepEqual(placeOfSelection(network, selectionAt(PROGRAM, wholeLine(1))), wholeLine(2));
  assert.deepEqual(
    placeOfSelection(listing("x = 1\n", [""]), selectionAt(PROGRAM, wholeLine(2))),
    wholeLine(1),
  );
  assert.deepEqual(placeOfSelection(network, INITIAL_SELECTION), wholeLine(2));
});

test("what is looked at before a program has been read is kept by its line", () => {
  const chosen = selectionAt({ ...PROGRAM, outline: null }, [2, 8, 2, 9]);
  assert.equal(chosen.expression, null);
  assert.deepEqual(placeOfSelection(listing("b = a + a\n", ["sum"]), chosen), wholeLine(1));
});
