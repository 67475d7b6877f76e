/**
 * @file The sentence that says what an edit has removed, for those who do not see the table.
 * @import { Problem } from "./protocol.js"
 */
import { columnsOf } from "./edits.js";
import { shortenedText } from "./words.js";

/**
 * @param {Problem} before
 * @param {Problem} after
 * @returns {string}  "" where nothing but values has changed, or more than one row, column or layer
 */
export function removalNotice(before, after) {
  const names = columnsOf(before.table);
  const row = missingIn(before.table.rows, after.table.rows);
  const column = missingIn(names, columnsOf(after.table));
  const layer = missingIn(before.network.hidden, after.network.hidden);
  if (row >= 0) return `Row ${row + 1} removed. Undo brings it back.`;
  if (column >= 0) return `Column ${shortenedText(names[column])} removed. Undo brings it back.`;
  if (layer >= 0) return `Hidden layer ${layer + 1} removed. Undo brings it back.`;
  return "";
}

/**
 * @template T
 * @param {T[]} before
 * @param {T[]} after
 * @returns {number}  the index of the only item that is gone; −1 where anything else has changed, too
 */
function missingIn(before, after) {
  if (after.length !== before.length - 1) return -1;
  const first = after.findIndex((item, at) => item !== before[at]);
  const gone = first < 0 ? after.length : first;
  return after.every((item, at) => item === before[at < gone ? at : at + 1]) ? gone : -1;
}
