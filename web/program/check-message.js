/**
 * @file What a program's worker says, checked: a program can send anything in its worker's place.
 * @import { Ending, FromProgram, Hint, Spot, Printed, ProgramError } from "../model/protocol.js"
 */
import { MOST_OUTPUT } from "../model/program-run.js";
import { isCount, isText, isValues } from "./check-values.js";

// Characters, twice as many as py/tenlines/learner/run.py leaves: there an emoji is one, here two.
const MOST_ERROR = 220_000;
const MOST_SENTENCE = 4000;
const MOST_HINTS = 10;

/**
 * @param {unknown} said
 * @returns {FromProgram | null}  null where it is nothing that a worker of ours says: that is on the console
 */
export function heard(said) {
  const known = understood(said);
  if (!known) console.error("The page does not understand what the program’s Python says:", said);
  return known;
}

/**
 * @param {any} said
 * @returns {FromProgram | null}
 */
function understood(said) {
  if (said === null || typeof said !== "object") return null;
  if (isText(said.broken, MOST_ERROR)) return { broken: said.broken };
  if (Array.isArray(said.printed) && isCount(said.more) && said.printed.every(isPrinted)) {
    return { printed: said.printed, more: said.more };
  }
  if (said.closed === true) return { closed: true };
  if (said.lacks === "before" || said.lacks === "amid") return { lacks: said.lacks };
  if (said.values === null || isValues(said.values)) return { values: said.values };
  return isEnding(said.ended) ? { ended: said.ended } : null;
}

/**
 * @param {any} value
 * @returns {value is Printed}
 */
const isPrinted = (value) => isText(value?.text, MOST_OUTPUT) && typeof value.isError === "boolean";

/**
 * @param {any} value
 * @returns {value is Ending}
 */
const isEnding = (value) =>
  Number.isFinite(value?.status) &&
  Number.isFinite(value.seconds) &&
  (value.passes === null || isCount(value.passes)) &&
  (value.error === null || isError(value.error)) &&
  Array.isArray(value.hints) &&
  value.hints.length <= MOST_HINTS &&
  value.hints.every(isHint);

/**
 * @param {any} value
 * @returns {value is ProgramError}
 */
const isError = (value) =>
  isText(value?.text, MOST_ERROR) &&
  isText(value.summary, MOST_SENTENCE) &&
  (value.place === null || isPlace(value.place));

/**
 * @param {any} value
 * @returns {value is Spot}
 */
const isPlace = (value) =>
  [value?.line, value.end_line].every(isCount) &&
  [value.column, value.end_column].every((column) => column === null || isCount(column));

/**
 * @param {any} value
 * @returns {value is Hint}
 */
const isHint = (value) => isText(value?.text, MOST_SENTENCE) && (value.line === null || isCount(value.line));
