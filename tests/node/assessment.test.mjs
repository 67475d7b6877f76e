/** What has been found out of a problem: the votes of other starts, mends, and for how long it stays on the page. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { mended, unsettledIn, votesOn } from "../../web/model/assessment.js";
import { setCell } from "../../web/model/edits.js";
import { POST } from "../../web/model/post.js";
import { createState } from "../../web/state/state.js";
import { frameOf } from "./tools/problems.mjs";

/** kinds: of each start, cell by cell: 0 does not fit, 1 says the same, 2 says otherwise. */
const startsOf = (asked, kinds, of = kinds.length) => ({
  of,
  ran: kinds.length,
  fit: kinds.filter(([kind]) => kind > 0).length,
  asked: Float64Array.from(asked),
  seeds: Float64Array.from(kinds, (_, at) => 2 + at),
  says: Float64Array.from(kinds.flat(), () => 0.5),
  kinds: Float64Array.from(kinds.flat()),
});

test("the starts vote on each cell that is asked for", () => {
  const starts = startsOf(
    [4, 9],
    [
      [1, 1],
      [1, 2],
      [0, 0],
    ],
  );
  assert.deepEqual(votesOn(starts, 0), { same: 2, otherwise: 0, unfit: 1 });
  assert.deepEqual(votesOn(starts, 1), { same: 1, otherwise: 1, unfit: 1 });
});

test("a cell is not settled where more than one in ten of the starts that fit says otherwise", () => {
  const of = (otherwise, same, unfit) =>
    startsOf([7], [
      ...Array.from({ length: otherwise }, () => [2]),
      ...Array.from({ length: same }, () => [1]),
      ...Array.from({ length: unfit }, () => [0]),
    ]); // biome-ignore format: a list
  for (const [votes, isUnsettled] of [
    [[0, 20, 0], false],
    [[2, 18, 0], false],
    [[3, 17, 0], true],
    [[1, 9, 10], false],
    [[1, 8, 11], true],
    [[0, 0, 20], false],
  ])
    assert.equal(unsettledIn(of(...votes)).has(7), isUnsettled, String(votes));
  assert.deepEqual(unsettledIn({ ...of(3, 7, 0), of: 20 }), new Set(), "before all have run it is not known");
  assert.deepEqual(unsettledIn(null), new Set());
});

test("a mend changes what it names, and leaves the rest", () => {
  const after = mended(POST, { network: { bias: true }, training: { learning_rate: 0.1 } });
  assert.deepEqual(after, {
    table: POST.table,
    network: { ...POST.network, bias: true },
    training: { ...POST.training, learning_rate: 0.1 },
  });
});

const FINDING = { cause: "one-class", text: "All are 0.", mend: null, change: null };
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test("what was found of the table before stays until the next is known, or for a moment", async () => {
  const state = createState(frameOf(), "print(1)\n");
  const shown = () => (state.diagnosed.value?.diagnosis ?? []).map(({ cause }) => cause);
  const tell = (diagnosis, done = false) => {
    state.assessment.value = { problem: state.problem.value, done, diagnosis, starts: null };
  };
  assert.deepEqual(shown(), []);
  tell([FINDING]);
  assert.deepEqual(shown(), ["one-class"]);
  state.edit(setCell(POST, 0, 0, 5));
  assert.deepEqual(shown(), ["one-class"], "nothing flickers");
  tell(null);
  assert.deepEqual(shown(), ["one-class"], "nor while it is looked for");
  tell([]);
  assert.deepEqual(shown(), []);
  tell([FINDING]);
  state.edit(setCell(POST, 0, 0, 6));
  await wait(600);
  assert.deepEqual(shown(), [], "of another table it does not stay");
  state.undo();
  assert.deepEqual(shown(), ["one-class"]);
});

test("starts that are under way are shown where nothing before them is", async () => {
  const state = createState(frameOf(), "print(1)\n");
  const tell = (ran) => {
    const kinds = Array.from({ length: ran }, () => [2]);
    const starts = startsOf([4], kinds, 3);
    state.assessment.value = { problem: state.problem.value, done: ran === 3, diagnosis: [], starts };
  };
  tell(1);
  assert.equal(state.ofStarts.value.starts.ran, 1);
  assert.equal(state.unsettled.value.size, 0);
  tell(3);
  assert.equal(state.ofStarts.value.starts.ran, 3);
  assert.deepEqual(state.unsettled.value, new Set([4]));
  state.problem.value = { ...POST };
  tell(2);
  assert.equal(state.ofStarts.value.starts.ran, 3, "those of before, which are whole");
  assert.equal(state.unsettled.value.size, 0, "but nothing is said by them");
  await wait(600);
  assert.equal(state.ofStarts.value.starts.ran, 2);
});
