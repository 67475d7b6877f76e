/**
 * @file Revisions of saved tables: which page saved a table last, and which of two tables with the same id is newer.
 *
 * A revision is an id of the page that saved, a dot, and the count of its saves. Earlier versions wrote revisions without a
 * dot.
 * @import { Stored } from "./table-record.js"
 */

/** Letters and digits that nothing else has. */
export const randomId = () => Math.random().toString(36).slice(2, 12);

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
export const isUnchangedByOthers = ({ revision }, known, page) =>
  revision === known || parts(revision)[0] === page;

/**
 * @param {Stored} waiting  in localStorage
 * @param {Stored | undefined} kept  under the same id in the database
 * @returns {"over" | "beside" | "drop"}  where it goes: over what is kept, beside it, or nowhere, for it is older
 */
export function whereToPut(waiting, kept) {
  if (!kept) return "over";
  if (waiting.revision === kept.revision) return "drop";
  const [page, count] = parts(waiting.revision);
  const [keptPage, keptCount] = parts(kept.revision);
  if (page && page === keptPage) return count > keptCount ? "over" : "drop";
  const isFromBefore = waiting.base === undefined && page === "";
  return (isFromBefore ? kept.isTaken : waiting.base === kept.revision) ? "over" : "beside";
}
