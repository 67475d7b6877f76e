/**
 * @file A training run: the frame on show, the error curve so far, and how each answer of Python's changes them.
 * @import { Frame, Problem, Progress, Refusal } from "./protocol.js"
 */
import { frameAt } from "./protocol.js";
import { iterationsOf } from "./timescale.js";

/**
 * The run on show and the problem it belongs to; numbers of another problem are stale.
 * phase: "before" any run, "running", "done", "stopped", "reset" (back at iteration 0), "given" (the weights of a link),
 * "hand" (a weight has just been set by hand), "sought" (at an iteration that the learner went to), "diverged", "refused" (the numbers are the last good ones).
 * @typedef {object} RunState
 * @property {"before" | "running" | "done" | "stopped" | "reset" | "given" | "hand" | "sought" | "diverged" | "refused"} phase
 * @property {Problem} problem
 * @property {Frame | null} frame  the one on show
 * @property {number} trained  the iteration that training has reached: it goes on from there
 * @property {number} largest  absolute weight of all its frames so far
 * @property {[number[], number[], number[]]} curve  iterations, errors and, where rows are held out, the errors of these,
 *   of the frames so far
 * @property {Float64Array[]} past  the weights of each of these frames; none of a network that has too many
 * @property {Set<number>} heldOut  the places of the rows that are held out
 * @property {string} advice  a sentence, where it is hardly what was meant
 * @property {number} seconds
 * @property {number | null} diverged
 * @property {Refusal | null} refusal
 * @property {import("./protocol.js").EngineName | null} engine  that trained it; null before Python did
 * @property {string | null} fallback  why the compiled engine could not train, so that NumPy did
 * @property {boolean | null} sensitive  to rounding; null until the run has been checked
 * @property {number} shifts  the largest change of an answer by rounding, as far as that has been checked
 * @property {boolean} isGiven  whether it began with given weights instead of the random start
 * @property {Hand | null} hand  those weights, where the learner set some of them by hand
 * @property {{ seconds: number, apart: number } | null} reference  the same run on NumPy, once it has been compared
 */

/**
 * The state of an iteration of a problem's run, in which the learner has set some weights by hand. setAt: that iteration;
 * another one where the state is trained as of iteration 0, as nothing comes after the last.
 * @typedef {{ problem: Problem, iteration: number, setAt: number, state: Float64Array }} Hand
 */

export const MOST_KEPT = 2000; // weights of a frame: of 256 frames they take 4 MB

/**
 * @param {Problem} problem
 * @param {Frame | null} frame
 * @returns {RunState}
 */
export const runOf = (problem, frame = null) => ({
  phase: "before",
  problem,
  frame,
  trained: frame?.iteration ?? 0,
  largest: frame ? largestOf(frame) : 0,
  curve: [[], [], []],
  past: [],
  heldOut: new Set(),
  advice: "",
  seconds: 0,
  diverged: null,
  refusal: null,
  engine: null,
  fallback: null,
  sensitive: null,
  shifts: 0,
  isGiven: false,
  hand: null,
  reference: null,
});

/**
 * The largest absolute weight; what is not finite does not count.
 * @param {Frame} frame
 */
export function largestOf({ weights }) {
  let largest = 0;
  for (const weight of weights) {
    const size = Math.abs(weight);
    if (size > largest && size < Number.POSITIVE_INFINITY) largest = size;
  }
  return largest;
}

/**
 * The current refusal, or null.
 * @param {RunState} run
 */
export const refusalOf = ({ phase, refusal }) => (phase === "refused" ? refusal : null);

/**
 * @param {RunState} run  its frame and what was trained are known
 * @param {RunState["phase"]} phase  where it is not at an end of its own
 * @returns {RunState["phase"]}
 */
export function phaseOf(run, phase) {
  if (run.frame?.iteration !== run.trained) return phase;
  if (run.diverged !== null) return "diverged";
  return phase === "sought" && run.trained === iterationsOf(run) ? "done" : phase;
}

/**
 * The run after the next answer of Python's.
 * @param {RunState} run
 * @param {Progress} answer
 * @returns {RunState}
 */
export function runAfter(run, answer) {
  const due = Array.from({ length: answer.due }, (_, index) => frameAt(answer, index));
  const isAnew = due[0]?.iteration === 0; // NumPy may have started from iteration 0 again
  const [iterations, errors, ofHeldOut] = isAnew ? [[], [], []] : run.curve;
  const frame = frameAt(answer, -1);
  return {
    ...run,
    frame,
    trained: answer.trained,
    largest: [...due, frame].map(largestOf).reduce((most, size) => Math.max(most, size), run.largest),
    curve:
      due.length === 0
        ? run.curve
        : [
            [...iterations, ...due.map((frame) => frame.iteration)],
            [...errors, ...due.map((frame) => frame.error)],
            [...ofHeldOut, ...due.map((frame) => frame.held_out_error ?? Number.NaN)],
          ],
    past:
      due.length === 0 || answer.parameters > MOST_KEPT
        ? run.past
        : [...(isAnew ? [] : run.past), ...due.map(({ weights }) => weights.slice())], // the answer's own memory is let go
    heldOut: new Set(answer.held_out),
    advice: answer.advice ?? run.advice,
    seconds: answer.seconds,
    diverged: answer.diverged,
    engine: answer.engine,
    fallback: answer.fallback ?? run.fallback,
  };
}
