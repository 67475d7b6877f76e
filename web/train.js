/**
 * @file What Train, Stop and Reset do: joins the state to the engine.
 * @import { Problem, Progress, Refused } from "./protocol.js"
 * @import { RunState, State } from "./state.js"
 */
import { effect } from "@preact/signals-core";
import { reason, SLICE_SECONDS } from "./engine.js";
import { runOf } from "./state.js";

const CALM_SECONDS = 0.2; // a run shorter than this is shown once, at its end, so that answers do not flicker
const MOST_CHECK_SECONDS = 2;
const SENSITIVE = 1e-11; // moved this far by one ulp at the start, a run may differ between machines

/** @typedef {ReturnType<typeof createTrainer>} Trainer */

/**
 * @param {State} state
 * @param {ReturnType<typeof import("./engine.js").createEngine>} engine
 */
export function createTrainer(state, engine) {
  /** @type {RunState | null} the worker's run as far as its answers have come, shown or not */
  let underWay = null;

  /**
   * @param {RunState} run
   * @param {Problem | null} problem  to start with; null goes on with the worker's run
   * @param {"done" | "reset"} [end]  "reset" ends at iteration 0
   */
  function follow(run, problem, end = "done") {
    underWay = null;
    if (state.notice.value?.isError) state.notice.value = null; // it is about what was asked for before
    const take = (/** @type {Progress | Refused} */ answer) => {
      if ("error" in answer) {
        state.run.value = { ...state.run.value, phase: "refused", refusal: answer.error };
        return false;
      }
      const ended = answer.done || end === "reset";
      run = moved(run, answer, ended ? end : "running");
      underWay = run;
      if (ended || run.seconds > CALM_SECONDS) state.run.value = run;
      if (ended) check();
      return !ended;
    };
    pull((door, first) => {
      return first && problem ? door.start(JSON.stringify(problem)) : door.advance(SLICE_SECONDS);
    }, take);
  }

  /** Whether the run on show would be the same on every machine; a long one is not trained twice to know. */
  function check() {
    const run = state.run.value;
    if (run.phase !== "done" || run.seconds > MOST_CHECK_SECONDS) return;
    pull(
      (door) => door.check(SLICE_SECONDS),
      (answer) => {
        if ("error" in answer) return false;
        if (answer.done) state.run.value = { ...run, sensitive: answer.moved >= SENSITIVE };
        return !answer.done;
      },
    );
  }

  /** @type {typeof engine.pull} */
  const pull = (ask, take) =>
    engine.pull(ask, take).catch((error) => engine.fail(`Training failed: ${reason(error)}`));

  effect(() => {
    if (state.engine.value.phase !== "failed" || state.run.peek().phase !== "running") return;
    state.run.value = { ...state.run.peek(), phase: "stopped" };
  });

  const retrain = () => follow(runOf(state.problem.value), state.problem.value);

  return {
    /** From the start, whatever ran before. */
    retrain,
    /** Go on after Stop or Reset; else from the start. A failed engine is started again first. */
    train() {
      const { phase } = state.engine.value;
      if (phase === "failed") {
        engine.load();
      } else if (phase === "loading") {
        state.notice.value = { text: "Training starts as soon as Python has loaded.", isError: false };
      } else if (
        underWay?.problem === state.problem.value &&
        underWay.frame?.iteration !== iterationsOf(underWay)
      ) {
        follow(underWay, null);
      } else {
        retrain();
      }
    },
    /** The numbers reached stay, and Train goes on from them. */
    stop() {
      engine.stop();
      state.run.value = { ...(underWay ?? state.run.value), phase: "stopped" };
    },
    /** Back to iteration 0, with the same random start. */
    reset: () => follow(runOf(state.problem.value), state.problem.value, "reset"),
  };
}

/** @param {RunState} run */
const iterationsOf = (run) => Number(run.problem.training.iterations);

/**
 * The run after one more answer.
 * @param {RunState} run
 * @param {Progress} answer
 * @param {RunState["phase"]} phase
 * @returns {RunState}
 */
function moved(run, { frames, current, diverged, seconds }, phase) {
  const [iterations, errors] = run.curve;
  return {
    ...run,
    phase: diverged === null ? phase : "diverged",
    frame: current,
    curve: [
      [...iterations, ...frames.map((frame) => frame.iteration)],
      [...errors, ...frames.map((frame) => frame.error)],
    ],
    seconds,
    diverged,
  };
}
