/**
 * @file A run of the learner's program: its phase, its output and how it ended.
 * @import { Ending, FromProgram, Printed } from "./protocol.js"
 */

export const MOST_OUTPUT = 100_000; // characters that are shown of what a program prints

/**
 * phase: "none" yet, "waiting" for a fresh Python, "running", "ended" by
 * itself, "stopped" by the learner, "broken" off by something that `message` names. more: characters printed and not kept.
 * @typedef {{ phase: "none" | "waiting" | "running" | "ended" | "stopped" | "broken", source: string,
 *   printed: Printed[], more: number, ending: Ending | null,
 *   message: string }} ProgramState
 */

/** @type {ProgramState} */
export const NOTHING_RUN = { phase: "none", source: "", printed: [], more: 0, ending: null, message: "" };

/**
 * What was printed before and now, up to the most that is shown.
 * @param {ProgramState} before
 * @param {Extract<FromProgram, { printed: unknown }>} now
 */
export function appendOutput(before, now) {
  const printed = [...before.printed];
  let room = MOST_OUTPUT - printed.reduce((sum, { text }) => sum + text.length, 0);
  for (const { text, isError } of now.printed) {
    const fits = text.slice(0, room);
    room -= fits.length;
    const last = printed.at(-1);
    if (last?.isError === isError) printed[printed.length - 1] = { text: last.text + fits, isError };
    else if (fits) printed.push({ text: fits, isError });
  }
  return { printed, more: now.more };
}
