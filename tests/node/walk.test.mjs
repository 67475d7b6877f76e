/** The walk through one pass: its steps and stages in the state, and what of the page belongs to a stage. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { addRow } from "../../web/model/edits.js";
import { NO_PARTS, partsOf, stageTitle } from "../../web/model/stage-parts.js";
import { createState } from "../../web/state/state.js";
import { frameOf } from "./tools/problems.mjs";

const expression = (span, stage) => ({ span, depth: 0, about: "", role: "", stage, goes: "" });
const OUTLINE = {
  lines: [{ line: 2, about: "", formula: "", role: "", stage: "adjust 1" }],
  expressions: [expression([1, 4, 1, 9], "sum 1"), expression([2, 5, 2, 9], "compare 1")],
};
const WALK = [
  [1, 4, 1, 9],
  [2, 5, 2, 9],
  [2, 0, 2, 0],
];

function open() {
  const state = createState(frameOf(), "a = dot(x)\nw += y - o\n");
  const listing = { ...state.listing.value, outline: OUTLINE };
  state.listing.value = listing;
  state.seen.value = {
    listing,
    of: frameOf(),
    iteration: 0,
    place: WALK[0],
    lines: [],
    walk: WALK,
    selected: null,
  };
  return state;
}

test("each step has its number and its stage, which belongs to parts of the table and the drawing", () => {
  const state = open();
  const told = WALK.map((step) => {
    state.walk.go(step);
    return [state.walk.at.value, state.walk.stage.value, state.walk.lit.value];
  });
  assert.deepEqual(told, [
    [0, "sum 1", { ...NO_PARTS, inputs: true, lines: 1 }],
    [1, "compare 1", { ...NO_PARTS, wanted: true, says: true, units: 1 }],
    [2, "adjust 1", { ...NO_PARTS, lines: 1 }],
  ]);
});

test("the walk rests while something else is looked at, and is left by an edit, by undo, and by leaving it", () => {
  const state = open();
  state.walk.go(WALK[1]);
  state.look([1, 0, 1, 0]);
  assert.deepEqual([state.walk.at.value, state.walk.stage.value, state.walk.isOn.value], [null, null, true]);
  state.look(WALK[1]);
  assert.equal(state.walk.at.value, 1);
  for (const leave of [state.leaveWalk, () => state.edit(addRow(state.problem.value)), state.undo]) {
    state.walk.go(WALK[0]);
    assert.equal(state.walk.isOn.value, true);
    leave();
    assert.deepEqual([state.walk.at.value, state.walk.isOn.value], [null, false]);
  }
});

test("in a program that has gone its own way the steps have no stage, and another program has no walk yet", () => {
  const state = open();
  const own = { ...state.listing.value, problem: null };
  state.listing.value = own;
  state.walk.go(WALK[0]);
  assert.deepEqual([state.walk.steps.value, state.walk.at.value], [[], null]);
  state.seen.value = { ...state.seen.value, listing: own };
  assert.deepEqual([state.walk.at.value, state.walk.stage.value, state.walk.lit.value], [0, null, NO_PARTS]);
});

for (const [stage, last, parts] of [
  ["sum 1", 3, { inputs: true, lines: 1 }],
  ["sum 2", 3, { lines: 2 }],
  ["squeeze 2", 3, { units: 2 }],
  ["squeeze 3", 3, { units: 3, says: true }],
  ["compare 3", 3, { units: 3, wanted: true, says: true }],
  ["compare 1", 3, { lines: 2 }],
  ["slope 1", 3, { units: 1 }],
  ["blame 3", 3, { units: 3 }],
  ["adjust 2", 3, { lines: 2 }],
  ["velocity 1", 1, { lines: 1 }],
  ["square 2", 2, { lines: 2 }],
  ["batch", 2, { inputs: true, wanted: true }],
  ["sum 4", 3, {}],
  ["", 1, {}],
  [null, 1, {}],
])
  test(`of ${last} layers the stage ${stage} is made of ${JSON.stringify(parts)}`, () => {
    assert.deepEqual(partsOf(stage, last), { ...NO_PARTS, ...parts });
  });

test("a stage has its title, with its layer where there are several", () => {
  const deep = { ...OUTLINE, expressions: [...OUTLINE.expressions, expression([3, 0, 3, 1], "sum 2")] };
  assert.equal(stageTitle("sum 1", OUTLINE), "Multiply and add");
  assert.equal(stageTitle("sum 1", deep), "Multiply and add, hidden layer 1");
  assert.equal(stageTitle("compare 2", deep), "Compare, outputs");
  assert.equal(stageTitle("compare 1", deep), "Hand back, hidden layer 1");
  assert.equal(stageTitle("velocity 1", OUTLINE), "Velocity");
  assert.equal(stageTitle("batch", deep), "Take a batch");
  assert.equal(stageTitle("", null), "");
});
