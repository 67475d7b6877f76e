/**
 * @file How much room a table wants beside the other cards, so that none of its columns is hidden where there is room.
 * @import { Table } from "../../model/protocol.js"
 */
import { columnsOf } from "../../model/edits.js";

// Pixels, as in table.css.
const CELL = 46;
const [DIGIT, LETTER] = [9, 7.5];
const MOST_DIGITS = 15;
const NUMBER = 34;
const [SAYS_OF_ONE, SAYS_OF_SEVERAL] = [130, 90];

const MOST_ROWS = 50; // that are looked at
const [NARROW, ROOMY] = [350, 500]; // style.css has columns of these, and what is around the table

/**
 * @param {Table} table
 * @returns {"narrow" | "roomy" | "broad"}
 */
export function roomFor(table) {
  const columns = columnsOf(table);
  if (NUMBER + columns.length * CELL > ROOMY) return "broad"; // whatever is in it: it need not be read at each key
  const rows = table.rows.slice(0, MOST_ROWS);
  const widths = columns.map((name, column) => {
    const longest = rows.reduce((most, row) => Math.max(most, String(row[column] ?? "").length), 0);
    const width = (Math.min(longest, MOST_DIGITS) + 1) * DIGIT;
    return Math.max(CELL, longest < 4 ? 0 : width, (Math.min(name.length, MOST_DIGITS) + 1) * LETTER);
  });
  const says = table.outputs.length === 1 ? SAYS_OF_ONE : SAYS_OF_SEVERAL * table.outputs.length;
  const wanted = widths.reduce((sum, width) => sum + width, NUMBER + says);
  return wanted <= NARROW ? "narrow" : wanted <= ROOMY ? "roomy" : "broad";
}
