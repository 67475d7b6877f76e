/** What is done with a finished run when nothing else is asked for: its diagnosis, other starts, how exact it is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import "./tools/window.mjs";
import { POST } from "../../web/model/post.js";
import { runOf } from "../../web/model/run.js";
import { createState } from "../../web/state/state.js";
import { createAfterwards } from "../../web/train/afterwards.js";
import { frameOf } from "./tools/problems.mjs";

const FOUND = [
  { cause: "rate-too-low", text: "So.", mend: "Do it", change: '{"training":{"learning_rate":1}}' },
];
const OTHER = { ...POST, training: { ...POST.training, seed: 7 } };

/** Python with one start a slice: what it was asked, and what it says to so many cells. */
function python(cells) {
  const asked = [];
  let ran = -1;
  const door = {
    async assess(starts, _seconds, first) {
      asked.push(["assess", starts, first]);
      await new Promise((resolve) => setTimeout(resolve, 5));
      ran += 1;
      const numbers = Float64Array.from(
        { length: Math.max(0, Math.min(ran, starts) - first) },
        (_, at) => first + at,
      );
      const of = {
        of: starts,
        ran,
        fit: ran,
        asked: new Float64Array(cells),
        seeds: numbers,
        says: new Float64Array(cells * numbers.length),
        kinds: new Float64Array(cells * numbers.length),
      };
      return { done: ran >= starts, diagnosis: FOUND, starts: starts === 0 || ran === 0 ? null : of };
    },
    async check(kind) {
      asked.push([kind]);
      return { done: true, apart: 1e-16, shifts: 1e-16, seconds: 0.001 };
    },
  };
  return { door, asked };
}

/** A page whose run of the post's table has just ended; `more` of that run. */
function page(more = {}, numpy = async () => {}, cells = 1) {
  const { door, asked } = python(cells);
  const state = createState(frameOf(), "print(1)\n");
  state.run.value = { ...runOf(POST, frameOf()), phase: "done", engine: "compiled", seconds: 0.001, ...more };
  let turn = 0;
  async function pull(ask, take) {
    const mine = ++turn;
    for (;;) {
      const came = await ask(door, false);
      if (mine !== turn || !take(came)) return;
    }
  }
  const afterwards = createAfterwards(state, pull, numpy);
  const seen = [];
  state.assessment.subscribe((now) => now && seen.push(now));
  afterwards.soon();
  const rest = async () => {
    for (let before = -1; before !== asked.length; ) {
      before = asked.length;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  };
  return { state, afterwards, asked, seen, rest, stop: () => turn++ };
}

test("first comes the diagnosis, then one start after another, then how exact it is", async () => {
  const { asked, seen, state, rest } = page();
  await rest();
  assert.deepEqual(
    asked.filter(([what]) => what === "assess"),
    Array.from({ length: 21 }, (_, slice) => ["assess", 20, Math.max(0, slice - 1)]),
  );
  assert.deepEqual(asked.slice(-2), [["nudged"], ["numpy"]]);
  assert.deepEqual(seen[0].diagnosis, [{ ...FOUND[0], change: { training: { learning_rate: 1 } } }]);
  assert.deepEqual([seen[0].starts, seen[0].done], [null, false]);
  const { starts, done, problem } = state.assessment.value;
  assert.deepEqual([done, problem, starts.ran], [true, POST, 20]);
  assert.deepEqual(
    [...starts.seeds],
    Array.from({ length: 20 }, (_, at) => at),
    "all of them, each once",
  );
});

test("an edit ends it, and nothing of it is shown of the table that is there then", async () => {
  const { state, seen, asked, rest } = page();
  while (asked.length < 3) await new Promise((resolve) => setTimeout(resolve, 1));
  state.edit(OTHER);
  const shown = seen.length;
  await rest();
  assert.equal(seen.length, shown);
  assert.equal(asked.at(-1)[0], "assess");
});

test("the slider interrupts it, and it goes on when that rests", async () => {
  const { state, afterwards, asked, seen, stop, rest } = page();
  while (asked.length < 3) await new Promise((resolve) => setTimeout(resolve, 1));
  afterwards.cancel();
  stop();
  const shown = seen.length;
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.equal(seen.length, shown);
  afterwards.soon();
  await rest();
  assert.equal(state.assessment.value.done, true);
});

test("where the starts would take long they are tried only when they are asked for", async () => {
  const { state, asked, rest } = page({ seconds: 2 });
  await rest();
  assert.deepEqual(asked[0], ["assess", 0, 0]);
  assert.equal(state.assessment.value.mayTry, 40);
  assert.equal(state.assessment.value.starts, null);
  state.tryStarts.value = POST;
  await rest();
  assert.ok(asked.some(([what, starts]) => what === "assess" && starts === 20));
  assert.equal(state.assessment.value.starts.ran, 20);
  assert.equal(state.tryStarts.value, null);
});

test("without NumPy there is no diagnosis, and the run is checked all the same", async () => {
  const { asked, seen, rest } = page({}, () => Promise.reject(new Error("It does not come.")));
  await rest();
  assert.deepEqual([seen, asked], [[], [["nudged"]]]);
});

for (const [what, more] of [
  ["with weights that were given", { isGiven: true }],
  ["that has not ended", { trained: 5 }],
  ["that was refused", { phase: "refused", refusal: { message: "No." } }],
])
  test(`a run ${what} is not judged`, async () => {
    const { asked, rest } = page(more);
    await rest();
    assert.deepEqual(asked, []);
  });

test("a run that grew too large to compute with is judged, but not checked", async () => {
  const { asked, state, rest } = page({ phase: "diverged", diverged: 12, trained: 11 });
  await rest();
  assert.equal(state.assessment.value.done, true);
  assert.ok(asked.every(([what]) => what === "assess"));
});

test("a table may ask in many cells", async () => {
  const cells = 50_000;
  const { state, rest } = page({}, undefined, cells);
  await rest();
  assert.equal(state.assessment.value.starts.says.length, 20 * cells);
});
