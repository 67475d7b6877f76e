/**
 * @file What is drawn, all of one frame: its weights, the values that one row of the table gives each unit, those of the
 * other rows, the maps of what the hidden units say, and, where all inputs are 0 or 1, what they say of every case.
 * @import { Answers, Frame, Problem } from "../../model/protocol.js"
 * @import { RunState } from "../../model/run.js"
 * @import { Column, Shape } from "../../model/network-shape.js"
 */
import { shapeOf } from "../../model/network-shape.js";

export const MOST_MAPS = 24; // hidden units that have one
const MOST_ROWS = 240; // of the table, that are dots on an activation
const MOST_NUMBERS = 40_000; // that are asked and answered for them
const SIDE = 16; // places of a map along each axis
const STRIP = 64; // places of a map that has one axis
const MOST_CASES_OF = 6; // inputs
const WIDER = 0.1; // than the column's numbers, a map's axis

/** A part of the rows that are asked about. @typedef {{ from: number, count: number }} Part */

/**
 * What one question asks. rows: the inputs of one row after another. taught: the rows of the table; grid: the places of
 * the maps, `across` of them in a line; cases: of inputs that are 0 or 1.
 * @typedef {{ rows: Float64Array, count: number, taught: Part, grid: Part & { across: number }, cases: Part }} Plan
 */

/**
 * why: why nothing flows, where that is so. cells: the inputs of the row. answers: null where nothing was asked for yet.
 * unsettled: the places whose answer the table does not settle, as far as that is known by now.
 * @typedef {{ run: RunState, problem: Problem, frame: Frame, shape: Shape, row: number, cells: number[], why: string,
 *   plan: Plan, answers: Answers | null, unsettled: import("@preact/signals-core").ReadonlySignal<Set<number>> }} Seen
 */

/** @param {Problem} problem @param {number} row @returns {number[] | null}  null where one of them is no number */
export function cellsOf({ table }, row) {
  const cells = table.rows[row]?.slice(0, table.inputs.length) ?? [];
  const isWhole = cells.length > 0 && cells.every((cell) => typeof cell === "number");
  return isWhole ? /** @type {number[]} */ (cells) : null;
}

/** @type {WeakMap<Problem, { low: number, high: number }[]>} */
const axes = new WeakMap();

/** The axes of the maps: what the first two inputs range over. @param {Problem} problem */
export function axesOf(problem) {
  const known =
    axes.get(problem) ?? [0, 1].slice(0, problem.table.inputs.length).map((at) => axis(problem, at));
  axes.set(problem, known);
  return known;
}

/** @param {Problem} problem @param {number} input */
function axis({ table }, input) {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const row of table.rows) {
    const cell = row[input];
    if (typeof cell !== "number") continue;
    low = Math.min(low, cell);
    high = Math.max(high, cell);
  }
  const room = (high - low) * WIDER || 1; // an input that never changes has a map all the same
  const isDrawn = Number.isFinite(low - room) && Number.isFinite(high + room);
  return isDrawn ? { low: low - room, high: high + room } : { low: -1, high: 1 };
}

/** @type {WeakMap<Problem, number>} */
const cases = new WeakMap();

/** How many cases there are, 0 where an input is not 0 or 1 or there are too many. @param {Problem} problem */
export function casesOf(problem) {
  const { inputs, rows } = problem.table;
  const isBinary = () =>
    inputs.length <= MOST_CASES_OF &&
    rows.every((row) => inputs.every((_, input) => row[input] === 0 || row[input] === 1));
  const known = cases.get(problem) ?? (isBinary() ? 2 ** inputs.length : 0);
  cases.set(problem, known);
  return known;
}

/**
 * @param {Problem} problem
 * @param {number[]} cells  of the row that flows through
 * @returns {Plan}
 */
export function planOf(problem, cells) {
  const { table } = problem;
  const shape = shapeOf(problem);
  const width = table.inputs.length;
  const hasMaps = shape.hidden > 0 && shape.hidden <= MOST_MAPS;
  const across = width > 1 ? SIDE : STRIP;
  const most = Math.min(MOST_ROWS, Math.floor(MOST_NUMBERS / (shape.hidden + width)));
  const numbers = table.rows.slice(0, most).filter((_, row) => cellsOf(problem, row));
  const taught = { from: 1, count: numbers.length };
  const grid = { from: 1 + taught.count, count: !hasMaps ? 0 : width > 1 ? SIDE * SIDE : STRIP, across };
  const every = { from: grid.from + grid.count, count: casesOf(problem) };
  const count = every.from + every.count;
  const rows = new Float64Array(count * width);
  const put = (/** @type {number} */ at, /** @type {ArrayLike<any>} */ inputs) => {
    for (let input = 0; input < width; input++) rows[at * width + input] = inputs[input];
  };
  put(0, cells);
  for (const [at, row] of numbers.entries()) put(taught.from + at, row);
  const [x, y] = axesOf(problem);
  for (let at = 0; at < grid.count; at++) {
    const [right, down] = [at % across, Math.floor(at / across)];
    const inputs = [...cells];
    inputs[0] = between(x, right / (across - 1));
    if (y) inputs[1] = between(y, 1 - down / (across - 1));
    put(grid.from + at, inputs);
  }
  for (let at = 0; at < every.count; at++)
    put(
      every.from + at,
      table.inputs.map((_, input) => (at >> (width - 1 - input)) & 1),
    );
  return { rows, count, taught, grid, cases: every };
}

/** @param {{ low: number, high: number }} axis @param {number} share */
const between = ({ low, high }, share) => low + share * (high - low);

/** Where the values of a frame itself are the picture's: without hidden layers nothing has to be asked. @param {Shape} shape */
export const isPlain = ({ hidden }) => hidden === 0;

/**
 * What a unit says of some of the rows that were asked about.
 * @param {Seen} seen
 * @param {Column} column
 * @param {number} unit
 * @param {Part} part
 * @returns {ArrayLike<number> | null}  null where it is not known
 */
export function saidOf({ answers, plan, shape }, column, unit, { from, count }) {
  if (!answers) return null;
  if (column.kind === "hidden") {
    const start = (column.first + unit) * plan.count + from;
    return answers.hidden.subarray(start, start + count);
  }
  const width = shape.columns.at(-1)?.names.length ?? 0;
  return Float64Array.from(
    { length: count },
    (_, at) => answers.outputs[(from + at) * width + unit] ?? Number.NaN,
  );
}

/**
 * The value of a unit, or of an input, for the row that flows through.
 * @param {Seen} seen
 * @param {Column} column
 * @param {number} unit
 * @returns {number | null}
 */
export function valueIn(seen, column, unit) {
  if (column.kind === "input") return seen.cells[unit] ?? null;
  if (seen.why) return null;
  if (column.kind === "output")
    return seen.frame.outputs[seen.row * seen.problem.table.outputs.length + unit] ?? null;
  return saidOf(seen, column, unit, { from: 0, count: 1 })?.[0] ?? null;
}

/**
 * All the values of a column.
 * @param {Seen} seen
 * @param {Column} column
 * @returns {number[]}  not a number where it is not known
 */
export const valuesOf = (seen, column) =>
  column.names.map((_, unit) => valueIn(seen, column, unit) ?? Number.NaN);
