/**
 * @file Play: shows one iteration after another at an even speed along the slider's track.
 * @import { State } from "../state/state.js"
 * @import { Trainer } from "./trainer.js"
 */
import { markActivity } from "../browser/activity.js";
import {
  firstIterationOf,
  isAtEnd,
  isByHandAtEnd,
  iterationAt,
  iterationsOf,
  positionOf,
} from "../model/timescale.js";

const WHOLE = 6000; // milliseconds for the whole track
const LONGEST = 50; // milliseconds that one step may cover, however long a frame or training took
const FEW = 500; // milliseconds between steps for people who prefer reduced motion

/**
 * @param {State} state
 * @param {Trainer} trainer
 */
export function createPlayer(state, trainer) {
  const wantsStill = matchMedia("(prefers-reduced-motion: reduce)");
  let position = 0;
  let last = 0;
  let frame = 0; // id of the requested animation frame

  /** @param {number} now */
  function pass(now) {
    if (!state.isPlaying.peek()) return;
    markActivity();
    const run = state.run.peek();
    const passed = Math.max(0, now - last);
    if (state.sought.peek() === null && isAtEnd(run)) {
      state.isPlaying.value = false;
      return;
    }
    frame = requestAnimationFrame(pass);
    if (state.sought.peek() !== null || (wantsStill.matches && passed < FEW)) return;
    position += (wantsStill.matches ? FEW : Math.min(passed, LONGEST)) / WHOLE;
    last = now;
    const iteration = iterationAt(position, iterationsOf(run));
    if (iteration !== run.frame?.iteration) trainer.seek(iteration);
  }

  return {
    /** From the iteration on show, or from the start where that is the end. */
    play() {
      const run = state.run.peek();
      if (isByHandAtEnd(run)) trainer.startFromHand();
      const first = isByHandAtEnd(run) ? 0 : firstIterationOf(run);
      const from = isAtEnd(run) ? first : (run.frame?.iteration ?? 0);
      if (from !== run.frame?.iteration) trainer.seek(from);
      position = positionOf(from, iterationsOf(run));
      last = performance.now();
      state.isPlaying.value = true;
      frame = requestAnimationFrame(pass);
    },
    /** The iteration on show stays. */
    pause() {
      cancelAnimationFrame(frame);
      state.isPlaying.value = false;
      if (state.sought.peek()) trainer.seek(state.run.peek().frame?.iteration ?? 0);
    },
  };
}
