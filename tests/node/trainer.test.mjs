/** Training, seeking and weights set by hand, as the page asks Python for them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import "./tools/window.mjs";
import { POST } from "../../web/model/post.js";
import { withSetting } from "../../web/model/settings.js";
import { effect, untracked } from "../../web/node_modules/@preact/signals-core/dist/signals-core.mjs";
import { createState } from "../../web/state/state.js";
import { createPlayer } from "../../web/train/player.js";
import { createSeek } from "../../web/train/seek.js";
import { createTrainer } from "../../web/train/trainer.js";
import { frameOf } from "./tools/problems.mjs";

const RANDOM_START = 0.5;
const LARGEST = 1e100; // a weight beyond makes numbers that are too large

/** What Python is to the page: a network of one weight, to which each iteration adds 1. */
function session() {
  let run = null;
  const calls = [];
  const answer = (iteration, more = {}) => ({
    due: 1,
    iterations: Float64Array.of(iteration),
    numbers: Float64Array.of(run.weight + iteration - run.first, 0, 0, 0, 0, 0, 0.1),
    outputs: 5,
    parameters: 1,
    state_size: 1,
    trained: run.trained,
    done: run.trained === run.last,
    diverged: null,
    seconds: 0.001,
    engine: "compiled",
    ...more,
  });
  const door = {
    async start(json, _engine, seconds, iteration = 0, state = Float64Array.of(RANDOM_START)) {
      calls.push("start");
      if (state[0] > LARGEST) return { error: { message: "Before any training the numbers are too large." } };
      const last = JSON.parse(json).training.iterations;
      run = { weight: state[0], first: iteration, trained: seconds > 0 ? last : iteration, last };
      return answer(run.trained);
    },
    async check() {
      return { done: true, apart: 0, seconds: 0.001 };
    },
    async advance() {
      run.trained = run.last;
      return answer(run.last);
    },
    async seek(iteration) {
      run.trained = Math.max(run.trained, iteration);
      return answer(iteration, { reached: true });
    },
  };
  return { door, calls };
}

/** The page without its views: what is on show once everything that was asked for has come. */
function page() {
  const { door, calls } = session();
  const state = createState(frameOf(), "print(1)\n");
  let turn = 0;
  const engine = {
    async pull(ask, take) {
      const mine = ++turn;
      for (let first = true; mine === turn; first = false) {
        const came = await ask(door, first);
        if (mine !== turn || !take(came)) return;
      }
    },
    stop: () => turn++,
    numpy: async () => {},
    load() {},
    fail: (why) => assert.fail(why),
  };
  state.engine.value = { phase: "ready", start: "snapshot" };
  const trainer = createTrainer(state, engine);
  effect(() => {
    state.hand.value;
    if (state.problem.value) untracked(trainer.answer);
  });
  const time = createSeek(state, trainer);
  const shown = () => {
    const { phase, frame, hand } = state.run.value;
    return { phase, iteration: frame.iteration, weight: frame.weights[0], byHand: hand !== null };
  };
  const rest = async () => {
    for (let before = ""; before !== JSON.stringify([shown(), calls.length, state.sought.value]); ) {
      before = JSON.stringify([shown(), calls.length, state.sought.value]);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return shown();
  };
  return { state, trainer, time, rest, calls, player: createPlayer(state, trainer) };
}

const LAST = 10_000;
const own = (iteration) => ({ phase: "sought", iteration, weight: RANDOM_START + iteration, byHand: false });

test("the run stands still at the slider’s iteration with a weight set by hand, and Train goes on from there", async () => {
  const { state, trainer, time, rest } = page();
  await rest();
  time.go(700);
  assert.deepEqual(await rest(), own(700));
  state.setWeight(0, 42);
  assert.deepEqual(await rest(), { phase: "hand", iteration: 700, weight: 42, byHand: true });
  trainer.train();
  assert.deepEqual(await rest(), { phase: "done", iteration: LAST, weight: 42 + LAST - 700, byHand: true });
  trainer.train(); // once more: from the same weights
  assert.deepEqual(await rest(), { phase: "done", iteration: LAST, weight: 42 + LAST - 700, byHand: true });
});

test("Step and Play go on from a weight set by hand", async () => {
  const { state, time, rest, player } = page();
  await rest();
  time.go(700);
  await rest();
  state.setWeight(0, 42);
  await rest();
  time.go(time.here() + 1);
  assert.deepEqual(await rest(), { phase: "sought", iteration: 701, weight: 43, byHand: true });
  player.play();
  while (state.run.value.frame.iteration <= 701) await new Promise((resolve) => setTimeout(resolve, 10));
  player.pause();
  const { byHand, iteration, weight } = await rest();
  assert.deepEqual([byHand, weight], [true, 42 + iteration - 700]);
});

test("a weight set by hand at the last iteration is trained as of iteration 0, for nothing comes after the last", async () => {
  const { state, trainer, time, rest } = page();
  await rest();
  state.setWeight(0, 42);
  state.commit();
  assert.deepEqual(await rest(), { phase: "hand", iteration: LAST, weight: 42, byHand: true });
  assert.deepEqual([time.isOff(), time.isOver()], [false, false]);
  time.go(time.here() + 1);
  assert.deepEqual(await rest(), { phase: "sought", iteration: 1, weight: 43, byHand: true });
  state.setWeight(0, 7);
  await rest();
  state.undo();
  await rest();
  state.undo();
  const { phase, ...there } = own(LAST);
  assert.deepEqual(await rest(), { phase: "done", ...there }, "back where it was set");
  state.setWeight(0, 42);
  await rest();
  trainer.train();
  assert.deepEqual(await rest(), { phase: "done", iteration: LAST, weight: 42 + LAST, byHand: true });
});

test("Reset and an edit return to the table’s own run; undo of a weight to where it was set", async () => {
  const { state, trainer, time, rest } = page();
  await rest();
  time.go(700);
  await rest();
  state.setWeight(0, 42);
  await rest();
  state.undo();
  assert.deepEqual(await rest(), own(700));
  state.redo();
  assert.deepEqual(await rest(), { phase: "hand", iteration: 700, weight: 42, byHand: true });
  trainer.reset();
  assert.deepEqual(await rest(), { phase: "reset", iteration: 0, weight: RANDOM_START, byHand: false });
  state.undo();
  assert.deepEqual(await rest(), { phase: "hand", iteration: 700, weight: 42, byHand: true });
  state.edit(withSetting(POST, "training.iterations", 5));
  assert.deepEqual(await rest(), { phase: "done", iteration: 5, weight: RANDOM_START + 5, byHand: false });
});

test("of a weight that is dragged the last value is what is computed, and not each on the way", async () => {
  const { state, rest, calls } = page();
  await rest();
  const before = calls.length;
  for (let value = 0; value < 100; value++) state.setWeight(0, value);
  assert.equal((await rest()).weight, 99);
  assert.ok(calls.length - before <= 3, `${calls.length - before} starts`);
});

test("what comes after an answer does not break off a training that is under way when it comes", async () => {
  const { state, trainer, rest } = page();
  await rest();
  const soon = [];
  state.edit(withSetting(POST, "training.iterations", 5)); // asked for, and not answered yet
  trainer.thenDo(() => ({ soon: () => soon.push(state.run.value.frame.iteration), cancel() {} }));
  assert.deepEqual(soon, []);
  await rest();
  assert.deepEqual(soon, [5]);
});

test("a weight that is too large to compute with is refused, and the numbers on show stay those of before", async () => {
  const { state, rest } = page();
  await rest();
  state.setWeight(0, 1e300);
  const { phase, weight } = await rest();
  assert.deepEqual([phase, weight], ["refused", RANDOM_START + LAST]);
  assert.match(state.run.value.refusal.message, /^With the weight set by hand the numbers are too large/);
  state.undo();
  assert.equal((await rest()).byHand, false);
});
