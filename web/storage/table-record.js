/**
 * @file The record of a saved table, in the database and in localStorage, its check, and the order of the list.
 * @import { Entry } from "../model/document.js"
 */
import { isPlain, problemFrom, withoutDefaults } from "../model/schema.js";

const DAY = 24 * 60 * 60 * 1000; // milliseconds
const LAST_DATE = 8.64e15; // milliseconds since 1970, the last that a Date can be

/**
 * A record as it is stored, by this or another version; `entryFrom` checks it. isTaken: an earlier version wrote it to
 * localStorage, and nothing has changed it since. base: in localStorage, the revision that it is an edit of.
 * @typedef {Record<string, unknown> & { id: string, revision?: unknown, isTaken?: boolean, base?: unknown }} Stored
 */

/**
 * @param {unknown} data
 * @param {string} id
 * @returns {Entry | null}  null for what is none
 */
export function entryFrom(data, id) {
  if (!isPlain(data)) return null;
  const { isNamed, changed, revision, problem, original, code, from, originalCode } = data;
  const name = text(data.name) || "A table without a name";
  const { title, isNamed: isTitleGiven, code: itsCode } = isPlain(from) ? from : {};
  try {
    return {
      id,
      name,
      isNamed: isNamed === true,
      changed: isDate(changed) ? changed : Number.NaN,
      revision: String(revision),
      problem: problemFrom(problem),
      original: problemFrom(original),
      code: text(code),
      from: {
        title: text(title) || name,
        isNamed: isTitleGiven === true,
        code: text(itsCode ?? originalCode), // it stood there in an early version
      },
    };
  } catch {
    return null;
  }
}

/** @param {unknown} value */
const text = (value) => (typeof value === "string" ? value : "");

/**
 * @param {unknown} value
 * @returns {value is number}
 */
const isDate = (value) => typeof value === "number" && value > 0 && value <= LAST_DATE;

/**
 * The inverse of `entryFrom`.
 * @param {Entry} entry
 * @returns {Stored}
 */
export const storedFrom = ({ problem, original, ...rest }) => ({
  ...rest,
  problem: withoutDefaults(problem),
  original: withoutDefaults(original),
});

/**
 * Sorted by date, the latest first. Tables whose date is unknown or in the future (a clock was wrong) come last.
 * @param {Entry[]} entries
 * @param {number} now
 */
export function latestFirst(entries, now = Date.now()) {
  const isSound = (/** @type {Entry} */ { changed }) => changed <= now + DAY; // clocks differ a little
  return [...entries].sort(
    (one, other) =>
      Number(isSound(other)) - Number(isSound(one)) || (other.changed || 0) - (one.changed || 0),
  );
}
