/**
 * @file Edits: each takes a problem and gives a new one that shares all it did not change.
 * @import { Cell, Network, Problem, Table } from "./protocol.js"
 */
import { settingAt, valueAt, withSetting } from "./settings.js";

const SEED = "training.seed";

/** @param {Table} table */
export const columnsOf = (table) => [...table.inputs, ...table.outputs];

/**
 * @param {Problem} problem
 * @param {Partial<Table>} change
 * @returns {Problem}
 */
const withTable = (problem, change) => ({ ...problem, table: { ...problem.table, ...change } });

/**
 * @template T
 * @param {T[]} list
 * @param {number} index
 * @param {T} item
 */
const replaced = (list, index, item) => list.map((old, at) => (at === index ? item : old));

/**
 * @template T
 * @param {T[]} list
 * @param {number} index
 */
const without = (list, index) => list.filter((_, at) => at !== index);

/**
 * @param {Problem} problem
 * @param {number} row
 * @param {number} column
 * @param {Cell} value
 */
export function setCell(problem, row, column, value) {
  const { rows } = problem.table;
  return withTable(problem, { rows: replaced(rows, row, replaced(rows[row], column, value)) });
}

/**
 * @param {Problem} problem
 * @param {number} column
 * @param {string} name
 */
export function setName(problem, column, name) {
  const { inputs, outputs } = problem.table;
  return column < inputs.length
    ? withTable(problem, { inputs: replaced(inputs, column, name) })
    : withTable(problem, { outputs: replaced(outputs, column - inputs.length, name) });
}

/**
 * Rows that ask: inputs 0, outputs `?`.
 * @param {Problem} problem
 */
export function addRow(problem, count = 1) {
  const { inputs, outputs, rows } = problem.table;
  const asks = [...inputs.map(() => 0), ...outputs.map(() => null)];
  return withTable(problem, { rows: [...rows, ...Array.from({ length: count }, () => asks)] });
}

/** @param {Problem} problem */
export function addInput(problem) {
  const { table } = problem;
  const at = table.inputs.length;
  return withTable(problem, {
    inputs: [...table.inputs, freshName(table, "x", at + 1)],
    rows: table.rows.map((row) => [...row.slice(0, at), 0, ...row.slice(at)]),
  });
}

/** @param {Problem} problem */
export function addOutput(problem) {
  const { table } = problem;
  return withTable(problem, {
    outputs: [...table.outputs, freshName(table, "y", table.outputs.length + 1)],
    rows: table.rows.map((row) => [...row, null]),
  });
}

/**
 * @param {Table} table
 * @param {string} stem
 * @param {number} number
 * @returns {string}
 */
function freshName(table, stem, number) {
  const name = `${stem}${number}`;
  return columnsOf(table).includes(name) ? freshName(table, stem, number + 1) : name;
}

/**
 * @param {Problem} problem
 * @param {number} row
 */
export const removeRow = (problem, row) => withTable(problem, { rows: without(problem.table.rows, row) });

/**
 * @param {Problem} problem
 * @param {number} column
 */
export function removeColumn(problem, column) {
  const { inputs, outputs, rows } = problem.table;
  return withTable(problem, {
    inputs: without(inputs, column),
    outputs: without(outputs, column - inputs.length),
    rows: rows.map((row) => without(row, column)),
  });
}

/** @param {Cell[][]} block */
export const widthOf = (block) => block.reduce((most, cells) => Math.max(most, cells.length), 0);

/**
 * Lay a block of cells over the table from a cell on; the table grows by the rows and outputs it lacks.
 * @param {Problem} problem
 * @param {number} row
 * @param {number} column
 * @param {Cell[][]} block
 */
export function layBlock(problem, row, column, block) {
  const width = column + widthOf(block);
  let grown = problem;
  while (columnsOf(grown.table).length < width) grown = addOutput(grown);
  grown = addRow(grown, Math.max(0, row + block.length - grown.table.rows.length));
  const rows = grown.table.rows.map((cells, at) => {
    const laid = block[at - row] ?? [];
    return cells.map((cell, c) => (c >= column && c - column < laid.length ? laid[c - column] : cell));
  });
  return withTable(grown, { rows });
}

/**
 * @param {Problem} problem
 * @param {Table} table
 * @returns {Problem}
 */
export const setTable = (problem, table) => ({ ...problem, table });

/**
 * A problem as a file, which people may read too: a row of the table is a line.
 * @param {Problem & { code?: string }} problem
 */
export function asFile(problem) {
  const lists = /\[\n(?:"(?:[^"\\]|\\.)*"|[^[\]{}"])*\]/g; // of no lists; no text holds a line break
  const json = JSON.stringify(problem, null, 2);
  return `${json.replace(lists, (list) => list.replace(/\n */g, " ").replace("[ ", "[").replace(/ \]$/, "]"))}\n`;
}

/** @param {Problem} problem */
export function newRandomStart(problem) {
  const seed = Number(valueAt(problem, SEED));
  const { high = 0 } = settingAt(SEED);
  return withSetting(problem, SEED, Number.isInteger(seed) && seed >= 0 && seed < high ? seed + 1 : 0);
}

/**
 * @param {Problem} problem
 * @param {Partial<Network>} change
 * @returns {Problem}
 */
const withNetwork = (problem, change) => ({ ...problem, network: { ...problem.network, ...change } });

/** @param {Problem} problem */
export const addLayer = (problem) =>
  withNetwork(problem, { hidden: [...problem.network.hidden, { units: 4, activation: "sigmoid" }] });

/**
 * @param {Problem} problem
 * @param {number} index
 */
export const removeLayer = (problem, index) =>
  withNetwork(problem, { hidden: without(problem.network.hidden, index) });
