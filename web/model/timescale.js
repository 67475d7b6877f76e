/**
 * @file Maps iterations to positions on the slider's track, from 0 to 1. The scale is logarithmic: most changes happen
 * early.
 * @import { RunState } from "./run.js"
 */

/** @param {Pick<RunState, "problem">} run  its problem may not have been checked yet */
export const iterationsOf = (run) => Number(run.problem.training.iterations) || 0;

/** @param {RunState} run  0, unless it began with given weights */
export const firstIterationOf = (run) => run.curve[0][0] ?? 0;

/** @param {RunState} run */
export const isAtEnd = (run) =>
  run.frame?.iteration === (run.diverged === null ? iterationsOf(run) : run.trained);

/**
 * Whether weights set by hand are of the last iteration: nothing comes after it, so what goes on from them starts anew.
 * @param {Pick<RunState, "problem" | "hand">} run
 */
export const isByHandAtEnd = (run) => run.hand !== null && run.hand.iteration === iterationsOf(run);

/**
 * @param {number} iteration
 * @param {number} iterations  of the whole run
 */
export const positionOf = (iteration, iterations) =>
  iterations > 0 ? Math.log1p(iteration) / Math.log1p(iterations) : 1;

/**
 * @param {number} position
 * @param {number} iterations
 */
export const iterationAt = (position, iterations) =>
  Math.round(Math.expm1(Math.min(Math.max(position, 0), 1) * Math.log1p(iterations)));

/**
 * The iteration at the next tenth of the track that is another one.
 * @param {number} iteration
 * @param {number} iterations
 * @param {1 | -1} way
 */
export function nextTenth(iteration, iterations, way) {
  const here = positionOf(iteration, iterations) * 10;
  let tenth = way > 0 ? Math.ceil(here) : Math.floor(here);
  const isFurther = () => (iterationAt(tenth / 10, iterations) - iteration) * way > 0;
  while (!isFurther() && tenth + way >= 0 && tenth + way <= 10) tenth += way;
  return iterationAt(tenth / 10, iterations);
}
