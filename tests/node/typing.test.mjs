/** What is typed into: one record of it, for undo, for what a field shows and for the caret in a cell. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setCell } from "../../web/model/edits.js";
import { withSetting } from "../../web/model/settings.js";
import { createState } from "../../web/state/state.js";
import { frameOf } from "./tools/problems.mjs";

const CELL = "0:0";

function open(readOnly = false) {
  const state = createState(frameOf(), "", readOnly);
  const cell = () => state.problem.value.table.rows[0][0];
  return {
    ...state,
    cell,
    /** One keystroke after another, each with all that has been typed so far. */
    type(...texts) {
      for (const text of texts)
        state.edit(setCell(state.problem.value, 0, 0, Number(text)), { into: CELL, text });
    },
    undone() {
      let count = 0;
      for (; state.canUndo.value; count++) state.undo();
      return count;
    },
  };
}

test("The keystrokes into a cell are one step of undo, and those after Enter another", () => {
  const page = open();
  page.type("0", "0.", "0.5");
  page.commit();
  page.type("7");
  page.undo();
  assert.equal(page.cell(), 0.5);
  page.undo();
  assert.equal(page.cell(), 0);
  assert.equal(page.canUndo.value, false);
});

test("A cell shows what was typed, not the number that it is, until that stands", () => {
  const page = open();
  page.type("1", "1.");
  assert.equal(page.typing.textIn(CELL, "1"), "1.");
  assert.equal(page.typing.textIn("0:1", "0"), "0");
  page.commit();
  assert.equal(page.typing.textIn(CELL, "1"), "1");
});

test("Escape takes back all that was typed into the cell, and nothing of another", () => {
  const page = open();
  page.edit(withSetting(page.problem.value, "training.seed", 2), { into: "training.seed", text: "2" });
  page.commit();
  page.type("1", "12");
  page.cancel("0:1");
  assert.equal(page.cell(), 12);
  page.cancel(CELL);
  assert.equal(page.cell(), 0);
  assert.equal(page.problem.value.training.seed, 2);
  page.cancel(CELL);
  assert.equal(page.undone(), 1, "an Escape more takes nothing back");
});

test("A cell in editing mode that nothing was typed into adds no step of undo, and Escape takes nothing back", () => {
  const page = open();
  page.type("3");
  page.commit();
  page.typing.putCaret(CELL);
  assert.equal(page.typing.hasCaret(CELL), true);
  page.cancel(CELL);
  assert.equal(page.cell(), 3);
  page.typing.putCaret(CELL);
  page.type("34");
  assert.equal(page.typing.hasCaret(CELL), true, "arrow keys still move the caret");
  page.undo();
  assert.equal(page.cell(), 3);
});

test("After Undo a cell shows what it is, in editing mode too, and the next keystroke is a new step", () => {
  const page = open();
  page.typing.putCaret(CELL);
  page.type("4", "4.");
  page.undo();
  assert.equal(page.typing.textIn(CELL, "0"), "0");
  assert.equal(page.typing.hasCaret(CELL), true);
  page.type("5");
  page.undo();
  assert.equal(page.cell(), 0);
});

test("An edit elsewhere ends what was typed: the next keystroke is a step of its own", () => {
  const page = open();
  page.type("1");
  page.edit(withSetting(page.problem.value, "training.seed", 2));
  page.type("12");
  assert.equal(page.undone(), 3);
});

test("The code is typed into as a cell is", () => {
  const page = open();
  page.editCode("a = 1");
  page.editCode("a = 12");
  page.undo();
  assert.equal(page.code.value, null);
});

test("Nothing can be typed into a page that is only to be read", () => {
  const page = open(true);
  page.type("9");
  assert.equal(page.cell(), 0);
  assert.equal(page.typing.isInto(CELL), false);
});
