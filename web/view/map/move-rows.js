/**
 * @file The edits that a picture makes: a row is added at a place, or moved to another.
 * @typedef {import("../../model/protocol.js").Cell} Cell
 * @typedef {import("../../model/protocol.js").Problem} Problem
 * @typedef {import("./axes.js").Axis} Axis
 * @typedef {import("./picture.js").Place} Place
 * @typedef {import("./plan.js").Plan} Plan
 */
import { setCell, setTable } from "../../model/edits.js";
import { isBinary } from "../../model/fit.js";

/**
 * The targets of a new row, of which one output is given. Softmax shares 1 among its outputs: where one has it all, the
 * others have none, and all are needed to train.
 * @param {Problem} problem
 * @param {number} output
 * @param {Cell} target
 * @returns {Cell[]}
 */
export function targetsOf({ table: { outputs }, network }, output, target) {
  const isShared = network.output === "softmax" && outputs.length > 1;
  if (isShared && target !== 1) return outputs.map(() => null);
  return outputs.map((_, at) => (at === output ? target : isShared ? 0 : null));
}

/**
 * @param {Problem} problem
 * @param {Plan} plan  of this table's columns
 * @param {Place} place
 * @param {Cell} target  of a map's row; a curve's has the height of the place
 */
export function withRowAt(problem, plan, place, target) {
  const { table } = problem;
  const inputs = plan.base.map((value, column) =>
    column === plan.x.column ? place.x : column === plan.y?.column ? place.y : value,
  );
  const targets = targetsOf(problem, plan.output, plan.y ? target : heightOf(problem, plan.output, place.y));
  return setTable(problem, { ...table, rows: [...table.rows, [...inputs, ...targets]] });
}

/**
 * @param {Problem} problem
 * @param {Plan} plan  of this table's columns
 * @param {number} row
 * @param {Place} place
 */
export function withRowMoved(problem, plan, row, place) {
  const { inputs, rows } = problem.table;
  const moved = setCell(problem, row, plan.x.column, place.x);
  const up = plan.y?.column ?? inputs.length + plan.output;
  if (plan.y) return setCell(moved, row, up, place.y);
  return rows[row][up] === null ? moved : setCell(moved, row, up, heightOf(problem, plan.output, place.y));
}

/** A column of 0 and 1 stays one. @param {Problem} problem @param {number} output @param {number} height */
const heightOf = ({ table }, output, height) =>
  isBinary(table, output) && table.rows.some((row) => row[table.inputs.length + output] !== null)
    ? Number(height > 0.5)
    : height;

/** Whether a plan is of the columns that a table has now. @param {Plan} plan @param {Problem} problem */
export const isOfColumns = ({ problem: { table } }, { table: now }) =>
  table.inputs.length === now.inputs.length && table.outputs.length === now.outputs.length;
