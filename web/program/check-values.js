/**
 * @file The values that a program's worker gives, checked as all that it says: see web/program/check-message.js.
 * @import { Curve, Value, Values } from "../model/protocol.js"
 */

const MOST_LINES = 10_000;
const [MOST_ROWS, MOST_COLUMNS] = [20, 12]; // as py/tenlines/trace/record.py keeps them
const MOST_SUMS = 24;
const MOST_TEXT = 1000; // characters: a sum of six products of whole numbers has some 350

/**
 * @param {any} values
 * @returns {values is Values}
 */
export const isValues = (values) =>
  isList(values?.lines, MOST_LINES, isBeside) && (values.selected === null || isValue(values.selected));

/** @param {any} line */
const isBeside = (line) => isCount(line?.line) && [line.text, line.shape, line.kind].every(isShort);

/**
 * @param {any} value
 * @returns {value is Value}
 */
const isValue = (value) =>
  [value?.shape, value.kind, value.note].every(isShort) &&
  [value.cells, value.exact].every((rows) => isList(rows, MOST_ROWS, isRow)) &&
  value.cells.length === value.exact.length &&
  isList(value.sums, MOST_SUMS, isSum) &&
  (value.curve === null || isCurve(value.curve));

/** @param {any} row */
const isRow = (row) => isList(row, MOST_COLUMNS, isShort);

/** @param {any} sum */
const isSum = (sum) => [sum?.label, sum?.terms, sum?.sum].every(isShort);

/**
 * @param {any} curve
 * @returns {curve is Curve}
 */
const isCurve = (curve) =>
  ["sigmoid", "tanh", "relu"].includes(curve?.activation) &&
  [curve.before, curve.after].every((numbers) =>
    isList(numbers, MOST_ROWS * MOST_COLUMNS, Number.isFinite),
  ) &&
  curve.before.length === curve.after.length;

/** @param {unknown} value */
const isShort = (value) => isText(value, MOST_TEXT);

/** @param {any} list  @param {number} most  @param {(item: any) => boolean} isItem */
const isList = (list, most, isItem) => Array.isArray(list) && list.length <= most && list.every(isItem);

/** @param {unknown} value  @param {number} most */
export const isText = (value, most) => typeof value === "string" && value.length <= most;

/** @param {unknown} value */
export const isCount = (value) => Number.isSafeInteger(value) && /** @type {number} */ (value) >= 0;
