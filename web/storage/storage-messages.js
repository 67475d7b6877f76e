/** @file The sentences about tables that are saved otherwise than expected, or not at all. */

import { MOST_NAME } from "../model/schema.js";

export const FROM_TAB = " (from another tab)";
export const BROUGHT_BACK = " (brought back)";

/**
 * A name with a suffix, which is never added twice.
 * @param {string} name
 * @param {string} more
 */
export const nameWith = (name, more) => name.replace(more, "").slice(0, MOST_NAME - more.length) + more;

/** @param {string} name */
export const keptBesideText = (name) =>
  `Another tab has changed this table too. What you do here is kept beside that, as “${name}”.`;

/** @param {string} name */
export const keptAgainText = (name) =>
  `“${name}” had been deleted from this browser. It is kept there again, as it is here.`;

/**
 * @param {unknown} error  of the database
 * @param {boolean} isAtOnce  whether localStorage has it
 * @param {boolean} others  whether other tables are kept
 */
export function notKeptText(error, isAtOnce, others) {
  const name = error instanceof DOMException ? error.name : "SecurityError";
  const isFull = name === "QuotaExceededError";
  const why = isFull
    ? "There is no room in this browser for your table."
    : name === "VersionError"
      ? "A newer Tenlines has kept tables in this browser, and this page is an older one: reload it."
      : ["SecurityError", "InvalidStateError"].includes(name)
        ? "This browser keeps no tables for you: its storage is switched off."
        : "This browser’s storage does not work just now.";
  const meanwhile = isAtOnce ? " Yours is kept for now, where a crash of the browser may lose it." : "";
  const remedy = isFull && others ? "Delete others under Saved, or take it along" : "Take it along";
  return `${why}${meanwhile} ${remedy} with Share or Download.`;
}
