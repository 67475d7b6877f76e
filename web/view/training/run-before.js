/**
 * @file The run before: the last one that had come to its end when the table, a setting or a weight was changed. Of what is
 * typed key by key it is the run before the first key.
 * @import { RunState } from "../../model/run.js"
 * @import { State } from "../../state/state.js"
 */
import { effect, signal } from "@preact/signals-core";
import { iterationsOf } from "../../model/timescale.js";

/** @param {State} state */
export function keepRunBefore(state) {
  const before = signal(/** @type {RunState | null} */ (null));
  /** @type {RunState | null} the last that has come to its end */
  let ended = null;
  /** @type {unknown} what the document began as: another document has no run before */
  let original = state.work.peek().original;

  effect(() => {
    const run = state.run.value;
    if (hasEnded(run) && run.problem === state.problem.peek()) ended = run;
  });
  effect(() => {
    state.past.value; // with each step of undo; a key that goes on with one is none
    const work = state.work.value;
    if (work.original !== original) {
      original = work.original;
      ended = null;
      before.value = null;
    }
    const isOther = ended?.problem !== state.problem.peek() || ended?.hand !== state.hand.peek();
    if (ended && isOther) before.value = ended;
  });
  return before;
}

/** @param {RunState} run */
const hasEnded = (run) =>
  run.curve[0].length > 0 &&
  run.phase !== "refused" &&
  run.phase !== "hand" && // nothing has been trained from a weight that has just been set
  (run.trained === iterationsOf(run) || run.diverged !== null);
