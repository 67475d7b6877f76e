/** @file The axes of a picture: from where to where a column is drawn, its round numbers, and the steps that a place has. */
import { columnsOf } from "../../model/edits.js";

/**
 * A column of the table as an axis. step: what places on it are rounded to. stops: where it has few numbers, those; what is
 * put down beside one of them stands on it.
 * @typedef {{ column: number, name: string, low: number, high: number, step: number, stops: number[] }} Axis
 * @typedef {import("../../model/protocol.js").Table} Table
 */

const FEW = 8; // different numbers of a column, around which there is room to look
const MARGINS = { few: 0.3, many: 0.1 }; // of what the numbers span, on each side
const STEPS_ALONG = 50; // at least
const DIGITS = 14; // of a tick or a place: three times 0.1 is 0.3
const ROUND = [1, 2, 2.5, 5, 10]; // times a power of ten
const STOP_PIXELS = 5;

/** @param {Table} table @param {number} column @param {number} low @param {number} high @param {number[]} stops @returns {Axis} */
const axisBetween = (table, column, low, high, stops) => ({
  column,
  name: columnsOf(table)[column] ?? "",
  low,
  high,
  step: 10 ** Math.floor(Math.log10((high - low) / STEPS_ALONG)),
  stops,
});

/**
 * The axis of an input: all its numbers with some room around them.
 * @param {Table} table
 * @param {number} column
 * @returns {Axis}
 */
export function axisOf(table, column) {
  const { low, high, few } = extentOf(table, column);
  const span = high - low;
  const isOfCases = few.length > 0 && few.every((value) => value === 0 || value === 1);
  if (isOfCases) return axisBetween(table, column, -MARGINS.few, 1 + MARGINS.few, [0, 1]);
  if (low > high) return axisBetween(table, column, 0, 1, []);
  const margin = span === 0 ? Math.abs(low) / 2 || 1 : span * (few.length > 0 ? MARGINS.few : MARGINS.many);
  return axisBetween(table, column, low - margin, high + margin, few);
}

/**
 * The axis of answers: from the least to the largest of targets and answers, and on to the next round number.
 * @param {Table} table
 * @param {number} column
 * @param {Iterable<number>} answers
 * @param {boolean} isShare  whether they are between 0 and 1
 * @returns {Axis}
 */
export function answersAxis(table, column, answers, isShare) {
  let { low, high, few } = extentOf(table, column);
  if (isShare) [low, high] = [Math.min(low, 0), Math.max(high, 1)];
  for (const answer of answers) {
    if (!Number.isFinite(answer)) continue;
    if (answer < low) low = answer;
    if (answer > high) high = answer;
  }
  if (low > high) [low, high] = [0, 1];
  if (low === high) [low, high] = [low - (Math.abs(low) / 2 || 1), high + (Math.abs(high) / 2 || 1)];
  const step = roundStep((high - low) / 4);
  const margin = (high - low) / 20; // so that a point at the edge is whole
  const [from, to] = [Math.floor((low - margin) / step) * step, Math.ceil((high + margin) / step) * step];
  return axisBetween(
    table,
    column,
    isShare ? low - (high - low) / 12 : from,
    isShare ? high + (high - low) / 12 : to,
    few,
  );
}

/**
 * What the numbers of a column span; few: all of them where they are few, in order, else none.
 * @param {Table} table
 * @param {number} column
 */
function extentOf({ rows }, column) {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const different = /** @type {Set<number>} */ (new Set());
  for (const row of rows) {
    const value = row[column];
    if (typeof value !== "number" || !Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
    if (different.size <= FEW) different.add(value + 0); // −0 is 0
  }
  return { low, high, few: different.size <= FEW ? [...different].sort((a, b) => a - b) : [] };
}

const SMALLEST = 1e-300; // span: steps of a smaller one are no doubles any more
const FINEST = 2 ** -50; // of the larger end, which is a few of the steps that doubles have there

/**
 * Whether an axis cannot be drawn: its numbers are so far apart, or so close, that doubles cannot tell its places.
 * @param {{ low: number, high: number }} axis
 */
export function isBeyondDrawing({ low, high }) {
  const span = high - low;
  return (
    !(span >= SMALLEST && Number.isFinite(span)) ||
    span / 1000 <= Math.max(Math.abs(low), Math.abs(high)) * FINEST
  );
}

/** @param {Axis} axis @param {number} value @returns {number} 0 at its low end, 1 at the high one */
export const shareOf = ({ low, high }, value) => (value - low) / (high - low);

/** @param {Axis} axis @param {number} share */
export const valueAt = ({ low, high }, share) => low + share * (high - low);

/**
 * The number that a place stands for: rounded, within the axis, and on one of its stops where it is beside it.
 * @param {Axis} axis
 * @param {number} share
 * @param {number} [pixels]  that the axis is long; 0: no stop draws it near
 */
export function placeAt(axis, share, pixels = 0) {
  const value = valueAt(axis, Math.max(0, Math.min(1, share)));
  const near = (STOP_PIXELS / pixels) * (axis.high - axis.low);
  const stop = pixels > 0 ? axis.stops.find((each) => Math.abs(each - value) <= near) : undefined;
  return stop ?? rounded(value, axis.step);
}

/** @param {number} value @param {number} step */
export const rounded = (value, step) => Number((Math.round(value / step) * step).toPrecision(DIGITS)) + 0;

/** @param {number} least @returns {number} the next round number */
function roundStep(least) {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * (ROUND.find((each) => each * power >= least * (1 - 1e-9)) ?? 10);
}

/**
 * Round numbers along an axis; of 0 and 1 these, and the middle.
 * @param {{ low: number, high: number, stops?: number[] }} axis
 * @param {number} most  gaps between them
 */
export function ticksOf({ low, high, stops = [] }, most) {
  if (stops.join() === "0,1" && low < 0 && high > 1 && most < 9) return most > 1 ? [0, 0.5, 1] : [0, 1];
  const step = roundStep((high - low) / Math.max(1, most));
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.min(last - first, 100) + 1 }, (_, at) =>
    rounded((first + at) * step, step),
  );
}

/**
 * Numbers as an axis has them, so that those beside one another differ.
 * @param {number[]} ticks  in order
 */
export function tickTexts(ticks) {
  const largest = Math.max(...ticks.map(Math.abs));
  const gap = ticks.length > 1 ? ticks[1] - ticks[0] : largest;
  const isPlain = largest < 1e6 && (gap >= 1e-4 || largest === 0);
  const places = Math.max(0, Math.ceil(Math.log10(largest / gap) - 1e-9)) + 1;
  return ticks.map((tick) => {
    if (tick === 0) return "0";
    const text = isPlain ? String(tick) : Number(tick.toPrecision(Math.min(places, 17))).toExponential();
    return text.replace("e+", "e").replaceAll("-", "−");
  });
}

/** A number of a row or a place, for people: not so long as it may be. @param {number} value */
export function numberText(value) {
  const short = Number(value.toPrecision(6));
  const size = Math.abs(short);
  const text = size !== 0 && (size >= 1e7 || size < 1e-4) ? short.toExponential() : String(short);
  return text.replace("e+", "e").replaceAll("-", "−");
}
