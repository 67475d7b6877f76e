/** What links, saved tables and files keep of a problem, and in which shape it may come back. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { codeToKeep, isAsOpened, linkExtras, nameOf, titleOf } from "../../web/model/document.js";
import { EXAMPLES, exampleOf, whole } from "../../web/model/examples.js";
import { LARGE } from "../../web/model/large-examples.generated.js";
import { POST, POSTS_WORK } from "../../web/model/post.js";
import { isSame, isSameProblem, openedFrom, problemFrom, withoutDefaults } from "../../web/model/schema.js";
import { fc, hold } from "./tools/fast-check.mjs";
import { anyProblem } from "./tools/problems.mjs";

test("what is left out is as in the post", () => {
  assert.deepEqual(problemFrom({}), POST);
  assert.deepEqual(problemFrom({ training: { seed: 7 } }).training, { ...POST.training, seed: 7 });
  assert.deepEqual(withoutDefaults(POST), {});
});

test("any problem comes back from what is kept of it", () => {
  hold(
    fc.property(anyProblem, (problem) =>
      assert.deepEqual(problemFrom(JSON.parse(JSON.stringify(withoutDefaults(problem)))), problem),
    ),
  );
});

const AB = { inputs: ["a"], outputs: ["b"] };
const NONE = {
  "no object": [[], /^a problem is not what it should be/],
  nothing: [null, /^a problem is not/],
  "an unknown part": [{ tabel: {} }, /^tabel is not known here/],
  "an unknown part of a long name": [{ ["x".repeat(999)]: 1 }, /^x{40} is not known here/],
  "an unknown field": [{ network: { depth: 3 } }, /^depth is not known here/],
  "a table that is a text": [{ table: "none" }, /^table is not what it should be/],
  "another optimizer": [{ training: { optimizer: "lbfgs" } }, /^training.optimizer is not/],
  "rows that are a text": [{ table: { ...AB, rows: "abc" } }, /^table.rows is not/],
  "a ragged row": [{ table: { ...AB, rows: [[1, 2], [1]] } }, /^not every row of the table has 2 cells/],
  "a row that is too long": [
    { table: { ...AB, rows: [[1, 2, 3]] } },
    /^not every row of the table has 2 cells/,
  ],
  "a cell that is an object": [{ table: { ...AB, rows: [[{}, 1]] } }, /^table.rows is not/],
  "a cell that is no number": [{ table: { ...AB, rows: [[Number.NaN, 1]] } }, /^table.rows is not/],
  "a name that is no text": [{ table: { ...AB, inputs: [5] } }, /^table.inputs is not/],
  "a name that is too long": [{ table: { ...AB, inputs: ["a".repeat(501)] } }, /^table.inputs is not/],
  "too many columns": [{ table: { ...AB, inputs: Array(1001).fill("a") } }, /^table.inputs is not/],
  "too many columns in all": [
    { table: { inputs: Array(600).fill("a"), outputs: Array(600).fill("b"), rows: [] } },
    /^its table is larger than 1,000,000 cells or 1,000 columns/,
  ],
  "too many cells": [
    { table: { inputs: Array(999).fill("a"), outputs: ["y"], rows: Array(1001).fill(Array(1000).fill(0)) } },
    /^its table is larger than/,
  ],
  "seven layers": [
    { network: { hidden: Array(7).fill({ units: 1, activation: "tanh" }) } },
    /^network.hidden is not/,
  ],
  "a layer of nothing": [{ network: { hidden: [null] } }, /^network.hidden is not/],
  "a layer with more": [
    { network: { hidden: [{ units: 1, activation: "tanh", rate: 1 }] } },
    /^network.hidden is not/,
  ],
  "a bias that is 1": [{ network: { bias: 1 } }, /^network.bias is not/],
  "an endless rate": [
    { training: { learning_rate: Number.POSITIVE_INFINITY } },
    /^training.learning_rate is not/,
  ],
  "a prototype": [JSON.parse('{"__proto__": {"polluted": 1}}'), /^__proto__ is not known here/],
  "a constructor": [{ constructor: {} }, /^constructor is not known here/],
};
for (const [kind, [data, words]] of Object.entries(NONE))
  test(`what is no problem is refused by what is wrong with it: ${kind}`, () => {
    assert.throws(() => problemFrom(data), { message: words });
  });

test("what was typed and is no number is kept: Python names it", () => {
  const typed = { table: { ...AB, rows: [["abc", 1]] }, training: { iterations: "many" } };
  assert.equal(problemFrom(typed).table.rows[0][0], "abc");
  assert.equal(problemFrom(typed).training.iterations, "many");
});

test("a program and a name come with it, and nothing else", () => {
  assert.deepEqual(openedFrom({ code: "x = 1\n", name: "Lesson" }), {
    problem: POST,
    code: "x = 1\n",
    name: "Lesson",
  });
  assert.deepEqual(openedFrom({}), { problem: POST, code: "", name: "" });
  for (const [data, words] of [
    [{ code: 1 }, /^code is not/],
    [{ name: "x".repeat(501) }, /^name is not/],
    [{ title: "x" }, /^title is not known/],
    [[], /^a problem is not/],
  ])
    assert.throws(() => openedFrom(data), { message: words });
});

test("two problems are the same when all they say is", () => {
  const copy = JSON.parse(JSON.stringify(POST));
  assert.equal(isSame(POST, copy), true);
  assert.equal(isSameProblem(POST, copy), true);
  copy.table.rows.pop();
  assert.equal(isSameProblem(POST, copy), false);
});

test("an example is known by its problem, however that came", () => {
  const large = whole(LARGE);
  for (const { name, problem = large[name] } of EXAMPLES) {
    assert.equal(exampleOf(JSON.parse(JSON.stringify(problem)), large)?.name, name);
    assert.deepEqual(problemFrom(withoutDefaults(problem)), problem);
  }
  assert.equal(exampleOf({ ...POST, training: { ...POST.training, seed: 2 } }, large), undefined);
  assert.equal(exampleOf(POST)?.title, POSTS_WORK.title);
});

test("those that there were at first are known as they were, by links and tables that people have", () => {
  const rows = [
    [0, 0, 0],
    [0, 1, 1],
    [1, 0, 1],
    [1, 1, 0],
    [1, 1, null],
  ];
  const table = { inputs: ["x1", "x2"], outputs: ["y"], rows };
  const hidden = [{ units: 4, activation: "sigmoid" }];
  assert.equal(exampleOf(problemFrom({}))?.title, "The post’s table");
  assert.equal(exampleOf(problemFrom({ table, network: { hidden, bias: true } }))?.title, "XOR");
  assert.equal(exampleOf(problemFrom({ table }))?.title, "XOR without a hidden layer");
});

test("a large example is known once it is there", () => {
  const given = { circle: { table: { inputs: ["x"], outputs: ["y"], rows: Array(60).fill([1, 0]) } } };
  const { circle } = whole(given);
  assert.deepEqual(circle.training, POST.training);
  assert.equal(exampleOf(circle), undefined);
});

test("a work has the name it was given, or kept under, and its weights as long as it is as it came", () => {
  const work = { title: "Lesson", original: POST, given: { iteration: 5, state: new Float64Array(3) } };
  assert.equal(nameOf(work), "", "a title is no name that travels");
  assert.equal(nameOf({ ...work, isNamed: true }), "Lesson");
  const saved = { ...work, saved: { name: "Mine", isNamed: true } };
  assert.deepEqual([nameOf(saved), titleOf(saved), titleOf(work)], ["Mine", "Mine", "Lesson"]);
  assert.equal(isAsOpened(work, POST, ""), true);
  assert.equal(linkExtras(work, POST, "").trained, work.given);
  assert.equal(linkExtras(work, { ...POST }, "").trained, undefined);
  assert.equal(linkExtras(work, POST, "x = 1").trained, undefined);
  assert.equal(codeToKeep(null), "");
  assert.equal(codeToKeep({ source: "x = 1", isDetached: true }), "x = 1");
});
