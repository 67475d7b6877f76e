/**
 * @file Who wrote a table last, and what becomes of a table that waits in localStorage where another is kept under its id.
 *
 * A revision is the page that wrote it, a dot, and a number that counts what that page wrote. The version before wrote
 * other ones, without a dot.
 * @import { Stored } from "./table-record.js"
 */

/** Letters and digits that nothing else has. */
export const fresh = () => Math.random().toString(36).slice(2, 12);

/** @param {unknown} revision @returns {[string, number]} */
function parts(revision) {
  const [page, count] = String(revision).split(".");
  return count === undefined ? ["", 0] : [page, Number(count)];
}

/**
 * Whether nobody but this page has changed a table since this page has read or written it.
 * @param {Stored} stored  as it is kept now
 * @param {string | undefined} known  the revision that this page has seen last
 * @param {string} page
 */
export const isOwn = ({ revision }, known, page) => revision === known || parts(revision)[0] === page;

/**
 * @param {Stored} waiting  in localStorage
 * @param {Stored | undefined} kept  under the same id in the database
 * @returns {"over" | "beside" | "drop"}  where it goes: over what is kept, beside it, or nowhere, for it is older
 */
export function placeOf(waiting, kept) {
  if (!kept) return "over";
  if (waiting.revision === kept.revision) return "drop";
  const [page, count] = parts(waiting.revision);
  const [keptPage, keptCount] = parts(kept.revision);
  if (page && page === keptPage) return count > keptCount ? "over" : "drop";
  const isFromBefore = waiting.base === undefined && page === "";
  return (isFromBefore ? kept.isTaken : waiting.base === kept.revision) ? "over" : "beside";
}
