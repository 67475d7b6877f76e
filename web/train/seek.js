/**
 * @file Goes to an iteration: by the slider, by Step, or by a click on the error curve.
 * @import { State } from "../state/state.js"
 * @import { Trainer } from "./trainer.js"
 */
import { firstIterationOf, isAtEnd, isByHandAtEnd, iterationsOf } from "../model/timescale.js";

/**
 * @param {State} state
 * @param {Trainer} trainer
 */
export const createSeek = (state, trainer) => ({
  /** Numbers that are refused or cannot be computed have no time to move through, nor has a run of no iterations. */
  isOff: () =>
    state.run.value.phase === "refused" ||
    state.engine.value.phase === "failed" ||
    (firstIterationOf(state.run.value) === iterationsOf(state.run.value) && !isByHandAtEnd(state.run.value)),
  /** Whether there is no next iteration. */
  isOver: () => isAtEnd(state.run.value) && !isByHandAtEnd(state.run.value),
  /** The iteration that the next one comes after. Weights set by hand at the last become those of iteration 0. */
  here() {
    const run = state.run.peek();
    if (isByHandAtEnd(run)) trainer.startFromHand();
    return isByHandAtEnd(run) ? 0 : (state.sought.peek()?.iteration ?? run.frame?.iteration ?? 0);
  },
  /** @param {number} iteration */
  go(iteration) {
    state.isPlaying.value = false;
    trainer.seek(iteration);
  },
});
