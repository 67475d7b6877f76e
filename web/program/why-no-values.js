/**
 * @file Why the program on show has no values to be looked at, with what to do about it.
 * @import { Frame, Problem } from "../model/protocol.js"
 * @import { State } from "../state/state.js"
 */

const MOST_ROWS = 10_000; // whose values are looked at: more would keep the training waiting
const MOST_WORK = 2e7; // rows times weights

/** @param {Problem} problem @param {Frame | null} frame */
export const isTooLarge = ({ table: { rows } }, frame) =>
  rows.length > MOST_ROWS || rows.length * (frame?.weights.length ?? 0) > MOST_WORK;

/** "" where they are only still to come. @param {State} state */
export function whyNoValues(state) {
  const { problem, source } = state.shown.value;
  if (problem)
    return isTooLarge(problem, state.run.value.frame)
      ? "This table is too large for its values to be shown here. Download has the code."
      : "";
  const { phase, source: run, ending } = state.program.value;
  if (phase === "ended" && run === source && ending?.passes != null) return "";
  return state.readOnly
    ? "Open in Tenlines to run it: then its values are here."
    : "Press Edit code, then Run, to see its values.";
}
