/**
 * @file What Train, Stop and Reset do: joins the state to the engine.
 * @import { Problem, Progress, Refused } from "./protocol.js"
 * @import { RunState, State } from "./state.js"
 */
import { effect } from "@preact/signals-core";
import { reason, SLICE_SECONDS } from "./engine.js";
import { frameAt } from "./protocol.js";
import { runOf } from "./state.js";

const CALM_SECONDS = 0.2; // a run shorter than this is shown once, at its end, so that answers do not flicker
const PAUSE_MILLISECONDS = 400; // without an edit, before a run is checked
const MOST_CHECK_SECONDS = 3;
const CHECK_SECONDS = 0.005; // a slice of that, short beside a key press, which has to wait for its end
const SENSITIVE = 1e-11; // moved this far by one ulp at the start, a run may differ between machines

/** @typedef {ReturnType<typeof createTrainer>} Trainer */

/**
 * @param {State} state
 * @param {ReturnType<typeof import("./engine.js").createEngine>} engine
 */
export function createTrainer(state, engine) {
  /** @type {RunState | null} the worker's run as far as its answers have come, shown or not */
  let underWay = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;

  /**
   * @param {RunState} run
   * @param {Problem | null} problem  to start with; null goes on with the worker's run
   * @param {"done" | "reset" | "given"} [end]  "reset" ends at iteration 0, "given" at the weights of a link
   */
  function follow(run, problem, end = "done") {
    underWay = null;
    clearTimeout(pause);
    if (state.notice.value?.isError) state.notice.value = null; // it is about what was asked for before
    const take = (/** @type {Progress | Refused} */ answer) => {
      if ("error" in answer) {
        if (end === "given") {
          state.offer({ id: "link", text: `${answer.error.message} So the link’s weights were left out.` });
          retrain();
          return false;
        }
        state.run.value = { ...state.run.value, phase: "refused", refusal: answer.error };
        return false;
      }
      const ended = answer.done || end !== "done";
      run = moved(run, answer, ended ? end : "running");
      underWay = run;
      if (ended || run.seconds > CALM_SECONDS) state.run.value = run;
      if (ended && !run.isGiven) pause = setTimeout(check, PAUSE_MILLISECONDS);
      return !ended;
    };
    const json = JSON.stringify(problem);
    const slice = end === "done" ? SLICE_SECONDS : 0;
    const { iteration, weights } = (end === "given" && state.work.value.given) || {};
    pull((door, first) => {
      if (!first || !problem) return door.advance(SLICE_SECONDS);
      return door.start(json, state.choice.value, slice, iteration, weights);
    }, take);
  }

  /**
   * When typing pauses: whether the run on show would be the same on every machine, and the same by the reference.
   * A long one is not trained again to know.
   */
  function check() {
    const run = state.run.value;
    if (run.phase !== "done" || run.seconds > MOST_CHECK_SECONDS) return;
    compare("nudged", run, (nudged) => {
      const checked = { ...run, sensitive: nudged !== null && nudged.apart >= SENSITIVE };
      state.run.value = checked;
      if (run.engine !== "numpy") {
        // It may still be on its way; where it cannot be had, there is no comparison.
        engine.numpy().then(
          () => compareWithReference(checked),
          () => {},
        );
      }
    });
  }

  /** @param {RunState} checked */
  function compareWithReference(checked) {
    if (state.run.value !== checked) return;
    compare("numpy", checked, (reference) => {
      if (reference) state.run.value = { ...checked, reference };
    });
  }

  /**
   * @param {"nudged" | "numpy"} kind
   * @param {RunState} run  gives up when another one is on show
   * @param {(checked: { apart: number, seconds: number } | null) => void} done  gets null where that cannot be had
   */
  function compare(kind, run, done) {
    pull(
      (door) => door.check(kind, CHECK_SECONDS),
      (answer) => {
        if (state.run.value !== run) return false;
        if ("error" in answer) done(null);
        else if (answer.apart !== null) done({ apart: answer.apart, seconds: answer.seconds });
        else return answer.seconds <= MOST_CHECK_SECONDS;
        return false;
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
    /** Answer for the table as it is now: with the weights that came with it, else from the start. */
    answer() {
      const { given, original } = state.work.value;
      const problem = state.problem.value;
      if (given && problem === original) follow({ ...runOf(problem), isGiven: true }, problem, "given");
      else retrain();
    },
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
function moved(run, answer, phase) {
  const due = Array.from({ length: answer.due }, (_, index) => frameAt(answer, index));
  const [iterations, errors] = due[0]?.iteration === 0 ? [[], []] : run.curve; // NumPy may have begun it anew
  return {
    ...run,
    phase: answer.diverged === null ? phase : "diverged",
    frame: frameAt(answer, -1),
    curve: [
      [...iterations, ...due.map((frame) => frame.iteration)],
      [...errors, ...due.map((frame) => frame.error)],
    ],
    seconds: answer.seconds,
    diverged: answer.diverged,
    engine: answer.engine,
    refused: answer.refused ?? run.refused,
  };
}
