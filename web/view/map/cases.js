/**
 * @file Every case of inputs that are 0 or 1, and what the table knows of each.
 * @typedef {import("../../model/protocol.js").Table} Table
 */

export const MOST_INPUTS = 6;

/**
 * targets: for each output those that the table's rows have, in order; more than one where rows contradict one another.
 * row: the first of these rows, else one that asks. isKnown: whether a row with a target has it; isHeldOut: whether all of
 * these are held out.
 * @typedef {{ inputs: number[], targets: number[][], row: number | null, isKnown: boolean, isHeldOut: boolean }} Case
 */

/** @param {Table} table @param {number} row */
export const isKnownRow = ({ inputs, rows }, row) =>
  rows[row].some((cell, column) => column >= inputs.length && cell !== null);

/**
 * Whether the inputs are so few, and 0 or 1 in every known row (where none is known, in every row), that all cases can be
 * shown.
 * @param {Table} table
 */
export function hasCases(table) {
  const { inputs, rows } = table;
  if (inputs.length === 0 || inputs.length > MOST_INPUTS || rows.length === 0) return false;
  const isPlain = (/** @type {import("../../model/protocol.js").Cell[]} */ row) =>
    inputs.every((_, column) => row[column] === 0 || row[column] === 1);
  const known = rows.filter((_, row) => isKnownRow(table, row));
  return (known.length > 0 ? known : rows).every(isPlain);
}

/**
 * In the order of the binary numbers.
 * @param {Table} table
 * @param {Set<number>} heldOut
 * @returns {Case[]}
 */
export function casesOf(table, heldOut) {
  const width = table.inputs.length;
  const cases = Array.from({ length: 2 ** width }, (_, number) => ({
    inputs: table.inputs.map((_, column) => (number >> (width - 1 - column)) & 1),
    targets: table.outputs.map(() => /** @type {number[]} */ ([])),
    row: /** @type {number | null} */ (null),
    isKnown: false,
    isHeldOut: false,
  }));
  for (const [at, row] of table.rows.entries()) {
    const inputs = row.slice(0, width);
    if (!inputs.every((cell) => cell === 0 || cell === 1)) continue;
    const found = cases[inputs.reduce((/** @type {number} */ number, cell) => 2 * number + Number(cell), 0)];
    const isKnown = isKnownRow(table, at);
    if (isKnown ? !found.isKnown : found.row === null) found.row = at;
    if (!isKnown) continue;
    found.isHeldOut = heldOut.has(at) && (!found.isKnown || found.isHeldOut);
    found.isKnown = true;
    for (const [output, targets] of found.targets.entries()) {
      const cell = row[width + output];
      if (typeof cell === "number" && !targets.includes(cell)) targets.push(cell);
    }
  }
  return cases;
}
