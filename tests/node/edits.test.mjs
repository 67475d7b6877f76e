/** Edits of a problem, and what is said of what they take away. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  addInput,
  addLayer,
  addOutput,
  addRow,
  asFile,
  columnsOf,
  layBlock,
  newRandomStart,
  removeColumn,
  removeLayer,
  removeRow,
  setCell,
  setName,
  setTable,
} from "../../web/model/edits.js";
import { POST } from "../../web/model/post.js";
import { removalNotice } from "../../web/model/removals.js";
import { settingAt, valueAt, withSetting } from "../../web/model/settings.js";
import { fc, hold } from "./tools/fast-check.mjs";
import { anyProblem, postWith } from "./tools/problems.mjs";

const before = JSON.stringify(POST);
const rows = (problem) => problem.table.rows;

test("a cell, a name, a setting: what is not changed is shared, and nothing is changed in place", () => {
  const edited = setCell(POST, 1, 3, 0);
  assert.deepEqual(rows(edited)[1], [1, 1, 1, 0]);
  assert.equal(rows(edited)[0], rows(POST)[0]);
  assert.equal(edited.training, POST.training);
  assert.deepEqual(setName(POST, 0, "wet").table.inputs, ["wet", "x2", "x3"]);
  assert.deepEqual(setName(POST, 3, "rains").table.outputs, ["rains"]);
  assert.equal(withSetting(POST, "training.learning_rate", 0.5).training.learning_rate, 0.5);
  assert.equal(withSetting(POST, "network.bias", true).network.bias, true);
  assert.equal(setTable(POST, rows).table, rows);
  assert.equal(JSON.stringify(POST), before);
});

test("a new row asks, a new input is 0, a new output asks, each with a name of its own", () => {
  assert.deepEqual(rows(addRow(POST)).at(-1), [0, 0, 0, null]);
  assert.equal(rows(addRow(POST, 3)).length, 8);
  const wider = addInput(POST);
  assert.deepEqual(wider.table.inputs, ["x1", "x2", "x3", "x4"]);
  assert.deepEqual(rows(wider)[1], [1, 1, 1, 0, 1]);
  const asked = addOutput(POST);
  assert.deepEqual(asked.table.outputs, ["y", "y2"]);
  assert.deepEqual(rows(asked)[1], [1, 1, 1, 1, null]);
  const taken = setName(setName(POST, 0, "x4"), 1, "x5");
  assert.deepEqual(addInput(taken).table.inputs, ["x4", "x5", "x3", "x6"]);
});

test("a column or a row taken away takes its cells, and is named with the way back", () => {
  const narrower = removeColumn(POST, 1);
  assert.deepEqual(columnsOf(narrower.table), ["x1", "x3", "y"]);
  assert.deepEqual(rows(narrower)[3], [0, 1, 0]);
  assert.equal(removalNotice(POST, narrower), "Column x2 removed. Undo brings it back.");
  assert.equal(removalNotice(POST, removeColumn(POST, 3)), "Column y removed. Undo brings it back.");
  for (const row of [0, 4])
    assert.equal(removalNotice(POST, removeRow(POST, row)), `Row ${row + 1} removed. Undo brings it back.`);
  const layered = addLayer(addLayer(POST));
  assert.equal(
    removalNotice(layered, removeLayer(layered, 1)),
    "Hidden layer 2 removed. Undo brings it back.",
  );
  const long = setName(POST, 0, "n".repeat(100));
  assert.match(removalNotice(long, removeColumn(long, 0)), /^Column n{39}… removed/);
});

test("what removes nothing, or more than one thing, is not said to remove", () => {
  for (const after of [POST, addRow(POST), setCell(POST, 0, 0, 5), postWith(rows(POST)[0])])
    assert.equal(removalNotice(POST, after), "");
  assert.equal(
    removalNotice(POST, removeRow(setCell(POST, 0, 0, 5), 4)),
    "",
    "another change at the same time",
  );
});

test("a block is laid over the cells from a place on, and the table grows by what it lacks", () => {
  const laid = layBlock(POST, 4, 2, [[7, 1, 0.5], [8]]);
  assert.deepEqual(columnsOf(laid.table), ["x1", "x2", "x3", "y", "y2"]);
  assert.deepEqual(rows(laid).slice(3), [
    [0, 1, 1, 0, null],
    [1, 0, 7, 1, 0.5],
    [0, 0, 8, null, null],
  ]);
  assert.deepEqual(rows(layBlock(POST, 0, 0, [["abc"], [null]])).slice(0, 2), [
    ["abc", 0, 1, 0],
    [null, 1, 1, 1],
  ]);
});

test("layers are added, changed and taken away", () => {
  const one = addLayer(POST);
  assert.deepEqual(one.network.hidden, [{ units: 4, activation: "sigmoid" }]);
  const two = withSetting(
    withSetting(addLayer(one), "network.hidden.2.units", 7),
    "network.hidden.2.activation",
    "tanh",
  );
  assert.deepEqual(two.network.hidden[1], { units: 7, activation: "tanh" });
  assert.equal(valueAt(two, "network.hidden.2.units"), 7);
  assert.equal(settingAt("network.hidden.2.units").high, 256);
  assert.deepEqual(removeLayer(two, 0).network.hidden, [{ units: 7, activation: "tanh" }]);
});

test("a new random start is the next, and the first after the last or after what is none", () => {
  const next = (seed) => newRandomStart(withSetting(POST, "training.seed", seed)).training.seed;
  assert.equal(next(1), 2);
  assert.equal(next("7"), 8);
  for (const seed of [settingAt("training.seed").high, -1, 0.5, "abc"]) assert.equal(next(seed), 0);
});

test("a saved file is JSON that has each row in a line and every name as it is", () => {
  assert.match(asFile(POST), /\n {6}\[0, 0, 1, 0\],\n/);
  hold(fc.property(anyProblem, (problem) => assert.deepEqual(JSON.parse(asFile(problem)), problem)));
  for (const name of ["a ]", '" ], [', "[ a", "a\\", "{ }"]) {
    const named = setName(POST, 0, name);
    assert.deepEqual(JSON.parse(asFile(named)), named);
  }
});

test("whatever is added is there, whatever is taken away is gone, and each row is as wide as the table", () => {
  const isWhole = ({ table }) => rows({ table }).every((row) => row.length === columnsOf(table).length);
  hold(
    fc.property(anyProblem, (problem) => {
      for (const act of [addRow, addInput, addOutput]) {
        const grown = act(problem);
        assert.ok(isWhole(grown));
        assert.equal(new Set(columnsOf(grown.table)).size, columnsOf(grown.table).length);
      }
      assert.deepEqual(removeColumn(addInput(problem), problem.table.inputs.length), problem);
      assert.deepEqual(removeRow(addRow(problem), rows(problem).length), problem);
    }),
  );
});
