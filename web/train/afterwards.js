/**
 * @file What is done with a finished run when nothing else is asked for: what it is worth, then how exact it is.
 * @import { State } from "../state/state.js"
 * @import { Afterwards, Pull } from "./trainer.js"
 */
import { effect } from "@preact/signals-core";
import { iterationsOf } from "../model/timescale.js";
import { createAssess } from "./assess.js";
import { createCrossCheck } from "./cross-check.js";

const PAUSE_MILLISECONDS = 150; // without a key press or a move of the slider

/**
 * @param {State} state
 * @param {Pull} pull
 * @param {() => Promise<void>} numpy
 * @returns {Afterwards}
 */
export function createAfterwards(state, pull, numpy) {
  const { check, cancel } = createCrossCheck(state, pull, numpy);
  const { assess, give } = createAssess(state, pull, numpy);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;

  function begin() {
    const run = state.run.value;
    const isFinished = run.diverged !== null || run.trained === iterationsOf(run);
    if (isFinished && run.engine && !run.isGiven && run.phase !== "refused") assess(run, check);
  }

  const afterwards = {
    /** Begin, unless something else is asked for within moments. */
    soon() {
      clearTimeout(pause);
      pause = setTimeout(begin, PAUSE_MILLISECONDS);
    },
    cancel() {
      clearTimeout(pause);
      give();
      cancel();
    },
  };
  effect(() => {
    if (state.tryStarts.value === state.problem.value) afterwards.soon();
  });
  return afterwards;
}
