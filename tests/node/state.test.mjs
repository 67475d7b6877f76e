/** The one state: edits, and the steps of undo that they are. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { addRow, removeRow, setCell } from "../../web/model/edits.js";
import { POST } from "../../web/model/post.js";
import { withSetting } from "../../web/model/settings.js";
import { createState } from "../../web/state/state.js";
import { fc, hold } from "./tools/fast-check.mjs";
import { frameOf } from "./tools/problems.mjs";

const open = (readOnly = false) => createState(frameOf(), "print(1)\n", readOnly);
const set = (problem, value) => setCell(problem, 0, 0, value);

test("an edit is undone and redone, and a new edit ends what could be redone", () => {
  const state = open();
  assert.deepEqual([state.canUndo.value, state.canRedo.value], [false, false]);
  const edited = set(POST, 5);
  state.edit(edited);
  state.undo();
  assert.equal(state.problem.value, POST);
  state.redo();
  assert.equal(state.problem.value, edited);
  state.undo();
  state.edit(set(POST, 6));
  assert.equal(state.canRedo.value, false);
  state.redo();
  assert.equal(state.problem.value.table.rows[0][0], 6);
});

test("two hundred steps can be undone", () => {
  const state = open();
  for (let at = 0; at < 250; at++) state.edit(set(POST, at));
  let steps = 0;
  for (; state.canUndo.value; steps++) state.undo();
  assert.equal(steps, 200);
});

test("however often one goes back and forth, each step is as it was left", () => {
  const act = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom("undo", "redo"));
  hold(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      const state = open();
      let steps = [POST];
      let at = 0;
      for (const one of acts) {
        if (one === "undo") {
          state.undo();
          at = Math.max(0, at - 1);
        } else if (one === "redo") {
          state.redo();
          at = Math.min(steps.length - 1, at + 1);
        } else {
          const next = set(state.problem.value, one);
          state.edit(next);
          steps = [...steps.slice(0, at + 1), next];
          at += 1;
        }
        assert.equal(state.problem.value, steps[at]);
        assert.deepEqual([state.canUndo.value, state.canRedo.value], [at > 0, at < steps.length - 1]);
      }
    }),
  );
});

test("what an edit takes away is said, and the next edit takes that away", () => {
  const state = open();
  state.edit(removeRow(POST, 1));
  assert.deepEqual(state.notice.value, { text: "Row 2 removed. Undo brings it back.", isError: false });
  state.edit(addRow(state.problem.value));
  assert.equal(state.notice.value, null);
  state.notice.value = { text: "x", isError: true };
  state.undo();
  assert.equal(state.notice.value, null);
});

test("a page that is read only is not edited", () => {
  const state = open(true);
  state.edit(set(POST, 5));
  state.begin(set(POST, 5), { title: "Another", original: POST });
  state.editCode("x = 1\n");
  assert.equal(state.problem.value, POST);
  assert.equal(state.work.value.original, POST);
  assert.equal(state.code.value, null);
  assert.equal(state.canUndo.value, false);
});

test("another work begins with its own code, which is not run, and Undo brings back the work before", () => {
  const state = open();
  const problem = set(POST, 5);
  state.begin(problem, { title: "mine", original: problem }, "print(2)\n");
  assert.equal(state.work.value.title, "mine");
  assert.deepEqual(state.code.value, { source: "print(2)\n", isDetached: null });
  state.undo();
  assert.equal(state.problem.value, POST);
  assert.equal(state.code.value, null);
});

test("what a page opens with is no step of undo", () => {
  const state = open();
  const problem = withSetting(POST, "training.seed", 7);
  state.open(problem, { title: "mine", original: problem });
  assert.equal(state.problem.value, problem);
  assert.equal(state.run.value.phase, "before");
  assert.equal(state.canUndo.value, false);
});

test("code of the learner's own stays whatever is edited; the table's own gives way", () => {
  const state = open();
  state.editCode("x = 1\n");
  state.follow("x = 1\n", null);
  state.edit(set(POST, 5));
  assert.deepEqual([state.code.value?.source, state.code.value?.isDetached], ["x = 1\n", true]);
  state.dropCode();
  assert.equal(state.code.value, null);
  state.undo();
  assert.equal(state.code.value?.source, "x = 1\n");
});

test("a program that is a table's changes the table, in the same step of undo", () => {
  const state = open();
  const read = set(POST, 5);
  state.editCode("x = 5\n");
  state.follow("x = 4\n", set(POST, 4));
  assert.equal(state.problem.value, POST, "of a text that has changed since, nothing is taken");
  state.follow("x = 5\n", read);
  assert.equal(state.problem.value, read);
  assert.equal(state.code.value?.isDetached, false);
  state.edit(set(POST, 6));
  assert.equal(state.code.value, null, "the table has another program now");
  state.undo();
  state.undo();
  assert.equal(state.problem.value, POST);
  assert.equal(state.code.value, null);
});

test("an offer takes the place of an earlier one of its id, and goes when it is withdrawn", () => {
  const state = open();
  state.offer({ id: "saved", text: "one" });
  state.offer({ id: "other", text: "two" });
  state.offer({ id: "saved", text: "three" });
  assert.deepEqual(
    state.offers.value.map(({ text }) => text),
    ["two", "three"],
  );
  state.withdraw("other");
  assert.deepEqual(
    state.offers.value.map(({ text }) => text),
    ["three"],
  );
});

test("numbers of another problem are marked as stale after a moment, a refusal is told when typing pauses", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const state = open();
  state.edit(set(POST, 5));
  context.mock.timers.tick(249);
  assert.equal(state.stale.value, false);
  context.mock.timers.tick(1);
  assert.equal(state.stale.value, true);
  state.run.value = { ...state.run.value, problem: state.problem.value };
  assert.equal(state.stale.value, false);
  const refusal = { message: "“-” is not a number." };
  state.run.value = { ...state.run.value, phase: "refused", refusal };
  context.mock.timers.tick(400);
  state.run.value = { ...state.run.value, phase: "done" };
  context.mock.timers.tick(600);
  assert.equal(state.refusal.value, null, "it was gone before typing paused");
  state.run.value = { ...state.run.value, phase: "refused", refusal };
  context.mock.timers.tick(500);
  assert.equal(state.refusal.value, refusal);
  state.run.value = { ...state.run.value, phase: "done" };
  assert.equal(state.refusal.value, null, "at once");
});

test("the iteration that was gone to is stale when it does not come at once", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const state = open();
  state.sought.value = { problem: POST, iteration: 100 };
  context.mock.timers.tick(100);
  assert.equal(state.stale.value, true);
  state.run.value = { ...state.run.value, frame: frameOf({ iteration: 100 }) };
  assert.equal(state.stale.value, false);
});

/** The weights that the run on show would begin with. */
const weightsOf = ({ hand }) => hand.value && [...hand.value.state];

test("a weight set by hand begins a run at the iteration on show, and undo takes each one back", () => {
  const state = open();
  state.setWeight(1, 2.5);
  assert.equal(state.hand.value.iteration, 10_000);
  assert.deepEqual(weightsOf(state), [9.67, 2.5, -4.63]);
  state.commit();
  state.setWeight(0, -1); // before Python has answered with the first one
  assert.deepEqual(weightsOf(state), [-1, 2.5, -4.63]);
  state.commit();
  state.undo();
  assert.deepEqual(weightsOf(state), [9.67, 2.5, -4.63]);
  state.undo();
  assert.equal(weightsOf(state), null);
  assert.deepEqual(state.sought.value, { problem: POST, iteration: 10_000 }, "it stays where it stood");
  state.redo();
  assert.deepEqual(weightsOf(state), [9.67, 2.5, -4.63]);
  assert.equal(state.problem.value, POST, "the table is as it was");
});

test("a weight is dragged as one step of undo, and Escape takes it back", () => {
  const state = open();
  for (const value of [1, 2, 3]) state.setWeight(0, value);
  state.commit();
  for (const value of [4, 5]) state.setWeight(0, value);
  state.cancel("weight 0");
  assert.deepEqual(weightsOf(state), [3, -0.21, -4.63]);
  state.undo();
  assert.equal(weightsOf(state), null);
});

test("once the run has gone on from weights set by hand, the next is set among those on show", () => {
  const state = open();
  state.setWeight(0, 1);
  const trained = frameOf({ iteration: 10_000, state: Float64Array.of(7, 8, 9) });
  state.run.value = { ...state.run.value, hand: state.hand.value, frame: trained };
  state.setWeight(1, 0);
  assert.deepEqual(weightsOf(state), [7, 0, 9]);
});

test("an edit of table or settings returns to the table’s own run, and so does what Reset does", () => {
  const state = open();
  const set = () => {
    state.setWeight(0, 1);
    state.commit();
  };
  set();
  state.edit(withSetting(POST, "training.seed", 2));
  assert.equal(state.hand.value, null);
  state.undo();
  assert.deepEqual(weightsOf(state), [1, -0.21, -4.63], "undo brings back what was set");
  state.dropHand();
  assert.equal(state.hand.value, null);
  state.undo();
  assert.deepEqual(weightsOf(state), [1, -0.21, -4.63]);
});

test("weights of another table, or of a page that is read only, are not set", () => {
  const state = open();
  state.edit(set(POST, 5));
  state.setWeight(0, 1); // what is on show is still of the table before
  assert.equal(state.hand.value, null);
  const readOnly = open(true);
  readOnly.setWeight(0, 1);
  assert.equal(readOnly.hand.value, null);
});

test("the row that flows through the network is the first that asks, until one is chosen", () => {
  const state = open();
  assert.equal(state.row.value, 4);
  state.chooseRow(1);
  assert.equal(state.row.value, 1);
  state.chooseRow(99);
  assert.equal(state.row.value, 4, "a row that is not there");
  state.chooseRow(1);
  state.begin(set(POST, 5), { title: "Another", original: POST });
  assert.equal(state.row.value, 4, "another table has its own");
});
