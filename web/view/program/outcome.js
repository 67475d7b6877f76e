/**
 * @file The sentence that says how a program ended.
 * @import { ProgramState } from "../../model/program-run.js"
 */
import { counted, duration } from "../../model/words.js";

const SHORT = 80; // characters of output that are read out

/** @param {ProgramState} program */
export const isWrong = ({ phase, ending }) => phase === "broken" || Boolean(ending?.error);

/** @param {ProgramState} program */
export const placeOf = ({ phase, ending }) => (phase === "ended" ? ending?.error?.place : null) ?? undefined;

/**
 * @param {ProgramState} program
 * @param {boolean} isLong  whether it has been running for so long that this is to be said
 */
export function outcomeText({ phase, ending, printed, more, message }, isLong) {
  if (phase === "none") return "";
  if (phase === "waiting") return "Python is starting.";
  if (phase === "running") return isLong ? "Still running. Stop program ends it." : "Running.";
  if (phase === "stopped") return "Stopped. The table is untouched.";
  if (phase === "broken" || !ending) return `The program was ended. ${message}`;
  const hints = ending.hints.map(({ text, line }) =>
    ending.error || !line ? text : `Line ${line}: ${text}`,
  );
  return [ending.error ? wrong(ending.error) : right(ending, printed, more), ...hints].join(" ");
}

/** @param {import("../../model/protocol.js").ProgramError} error */
function wrong({ summary, place }) {
  const said = /[.!?]$/.test(summary) ? summary : `${summary}.`;
  return place ? `Line ${place.line}: ${said}` : said;
}

/**
 * @param {import("../../model/protocol.js").Ending} ending
 * @param {import("../../model/protocol.js").Printed[]} printed
 * @param {number} more  characters that were printed and not kept
 */
function right({ status, seconds }, printed, more) {
  const text = printed.map((piece) => piece.text).join("");
  const lines = text.trimEnd().split("\n");
  const left = status === 0 ? "" : ` with exit(${status})`;
  const done = `Ended${left} after ${duration(seconds)}`;
  if (text.trim() === "") return `${done}. It printed nothing.`;
  if (lines.length === 1 && lines[0].length <= SHORT) return `${done}. It printed ${lines[0]}`;
  return `${done}. It printed ${more > 0 ? "more than " : ""}${counted(lines.length, "line")}.`;
}
