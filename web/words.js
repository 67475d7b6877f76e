/**
 * @file Numbers and answers as people read them.
 * @import { Table } from "./protocol.js"
 * @import { RunState } from "./run.js"
 */

/**
 * Five decimals, unless the number is too large for them to mean anything.
 * @param {number} value
 */
export function decimals(value, places = 5) {
  if (!Number.isFinite(value)) return "too large";
  return Math.abs(value) < 1e6 ? value.toFixed(places) : value.toExponential(places - 1);
}

/** @param {number} value  +7.29 or −0.22 */
export const signed = (value, places = 2) => (value < 0 ? "−" : "+") + decimals(Math.abs(value), places);

/** @param {number} value */
export const grouped = (value) => value.toLocaleString("en");

/**
 * Words for an answer between 0 and 1, as in py/tenlines/words.py.
 * @param {number} value
 */
export function inWords(value) {
  if (Number.isNaN(value)) return "";
  if (value >= 0.9) return "likely 1";
  if (value <= 0.1) return "likely 0";
  if (value >= 0.4 && value <= 0.6) return "not sure";
  return value > 0.5 ? "leans to 1" : "leans to 0";
}

/**
 * Whether a column's known cells are all 0 or 1, so that "likely 1" means something.
 * @param {Table} table
 * @param {number} output
 */
export const isBinary = (table, output) =>
  table.rows.every((row) => {
    const cell = row[table.inputs.length + output];
    return cell === 0 || cell === 1 || cell === null;
  });

/** @param {number} seconds */
export function duration(seconds) {
  if (seconds < 0.01) return `${(seconds * 1000).toFixed(1)} ms`;
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  return seconds < 100 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`;
}

const LONGEST_QUOTE = 40; // characters, as in py/tenlines/numbers.py

/** @param {string} text  as a sentence shows it that quotes what was brought */
export function shortened(text) {
  const characters = [...text];
  return characters.length > LONGEST_QUOTE ? `${characters.slice(0, LONGEST_QUOTE - 1).join("")}…` : text;
}

/**
 * What to do about a file that did not come. After a deployment, a reload gets the new version's.
 * @param {string} act  that asks for it again
 */
export const tryAgain = (act) => `Check the connection, then ${act}. If that does not help, reload the page.`;

/**
 * @param {number} time  milliseconds since 1970, NaN where that is not known
 */
export function when(time) {
  if (Number.isNaN(time)) return "at an unknown time";
  const date = new Date(time);
  const isOfThisYear = date.getFullYear() === new Date().getFullYear();
  return date.toLocaleString("en", {
    ...(!isOfThisYear && { year: "numeric" }),
    day: "numeric",
    month: "short",
    hour: "numeric",
    minute: "2-digit",
  });
}

/**
 * Whether the run's numbers have a place in the table as it is now (they may still be stale).
 * @param {RunState} run
 * @param {Table} table
 */
export const fits = (run, table) =>
  run.problem.table.rows.length === table.rows.length &&
  run.problem.table.outputs.length === table.outputs.length;
