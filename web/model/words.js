/**
 * @file Formats numbers, answers, dates and durations for people.
 * @import { Table } from "./protocol.js"
 * @import { RunState } from "./run.js"
 */

const MOST_DIGITS = 7; // of a number above 1000

/**
 * Five decimals, unless the number is too large for them to mean anything.
 * @param {number} value
 */
export function decimals(value, places = 5) {
  if (!Number.isFinite(value)) return "too large";
  const size = Math.abs(value);
  if (size >= 1e6) return value.toExponential(places - 1);
  return value.toFixed(
    size < 1000 ? places : Math.min(places, MOST_DIGITS - Math.trunc(size).toString().length),
  );
}

/** What reads as 0 has no minus. @param {number} value  +7.29 or −0.22 */
export function signed(value, places = 2) {
  const text = decimals(Math.abs(value), places);
  return (value < 0 && Number(text) !== 0 ? "−" : "+") + text;
}

/** @param {number} value  a whole number: 1,024. (The first toLocaleString loads tables that take as long as drawing the page.) */
export const grouped = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, ",");

/**
 * "1 row", "1,024 rows".
 * @param {number} many
 * @param {string} thing  in the singular
 */
export const counted = (many, thing) => `${grouped(many)} ${thing}${many === 1 ? "" : "s"}`;

/**
 * An answer as people read it: what is not 0 or 1 is not rounded to 0 or 1.
 * @param {number} value
 */
export function answerText(value, places = 5) {
  const text = decimals(value, places);
  const rounded = Number(text);
  if ((rounded !== 0 && rounded !== 1) || rounded === value) return text;
  const [sign, least] = value > rounded ? ["<", rounded + 10 ** -places] : [">", rounded - 10 ** -places];
  return `${sign} ${decimals(least, places).replace("-", "−")}`;
}

const NOT_LEARNED = "it has not learned this table";
const NOT_SETTLED = "the table does not settle this";

/** @param {{ known: number, wrong: number }} fit  in which rows are wrong */
export const notLearned = ({ known, wrong }) =>
  `${NOT_LEARNED}: ${grouped(wrong)} of ${counted(known, "row")} ${wrong === 1 ? "is" : "are"} wrong`;

/**
 * What an answer is worth, in words; "" where there is no word for it.
 * @param {number} value
 * @param {boolean} isBinary  whether the known cells of its column are all 0 or 1
 * @param {{ known: number, wrong: number }} fit  of the network to its table (fit.js)
 * @param {boolean} [isSettled]  whether other random starts that fit the table say the same
 */
export function wordFor(value, isBinary, fit, isSettled = true) {
  if (fit.wrong > 0) return notLearned(fit);
  if (!isSettled) return NOT_SETTLED;
  return isBinary ? leaning(value) : "";
}

/** The same where there is little room. @param {string} word */
export const shortWord = (word) =>
  word.startsWith(NOT_LEARNED) ? "not learned" : word === NOT_SETTLED ? "not settled" : word;

/**
 * Words for an answer between 0 and 1, as in py/tenlines/words.py.
 * @param {number} value
 */
export function leaning(value) {
  if (Number.isNaN(value)) return "";
  if (value >= 0.9) return "likely 1";
  if (value <= 0.1) return "likely 0";
  if (value >= 0.4 && value <= 0.6) return "not sure";
  return value > 0.5 ? "leans to 1" : "leans to 0";
}

/** @param {number} seconds */
export function duration(seconds) {
  if (seconds < 0.01) return `${(seconds * 1000).toFixed(1)} ms`;
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  return seconds < 100 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`;
}

const TIMES = [5, 10, 15, 20, 30, 45, 60, 120, 180, 300, 600, 900, 1200, 1800, 2700, 3600];

/**
 * A time that is still to pass, rounded up so coarsely that its words seldom change: "about 20 s", "about 3 hours".
 * @param {number} seconds
 */
export function timeLeft(seconds) {
  const time = TIMES.find((each) => seconds <= each);
  if (time) return time < 60 ? `about ${time} s` : `about ${time / 60} min`;
  const hours = Math.ceil(seconds / 3600);
  return hours > 48 ? `about ${grouped(Math.ceil(hours / 24))} days` : `about ${hours} hours`;
}

const LONGEST_QUOTE = 40; // characters, as in py/tenlines/errors.py

/** @param {string} text  as a sentence shows it that quotes what was brought */
export function shortenedText(text) {
  const characters = [...text];
  return characters.length > LONGEST_QUOTE ? `${characters.slice(0, LONGEST_QUOTE - 1).join("")}…` : text;
}

/**
 * What to do about a file that did not come. After a deployment, a reload gets the new version's.
 * @param {string} act  that asks for it again
 */
export const retryHint = (act) =>
  `Check the connection, then ${act}. If that does not help, reload the page.`;

/**
 * @param {number} time  milliseconds since 1970, NaN where that is not known
 */
export function dateText(time) {
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
export const hasPlaceFor = (run, table) =>
  run.problem.table.rows.length === table.rows.length &&
  run.problem.table.outputs.length === table.outputs.length;

const FEW = 6; // numbers that are read out

/** A value in the program, as it is read out. @param {import("./protocol.js").Value} value */
export function valueInShort({ shape, cells }) {
  const texts = cells.flat();
  if (texts.length === 0) return "";
  return texts.length > FEW ? `Value: ${shape} numbers.` : `Value: ${texts.join(", ")}.`;
}
