/**
 * @file Goes to an iteration: by the slider, by Step, or by a click on the error curve.
 * @import { State } from "../state/state.js"
 * @import { Trainer } from "./trainer.js"
 */
import { firstIterationOf, iterationsOf } from "../model/timescale.js";

/**
 * @param {State} state
 * @param {Trainer} trainer
 */
export const createSeek = (state, trainer) => ({
  /** Numbers that are refused or cannot be computed have no time to move through, nor has a run of no iterations. */
  isOff: () =>
    state.run.value.phase === "refused" ||
    state.engine.value.phase === "failed" ||
    firstIterationOf(state.run.value) === iterationsOf(state.run.value),
  /** @param {number} iteration */
  go(iteration) {
    state.isPlaying.value = false;
    trainer.seek(iteration);
  },
});
