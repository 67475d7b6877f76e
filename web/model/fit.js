/**
 * @file How well a network fits its table: which of the known rows it answers rightly. py/tenlines/fit.py has the same.
 * @import { Table, Frame } from "./protocol.js"
 * @import { RunState } from "./run.js"
 */

const EDGE = 1e-6; // an answer so near to 0.5 is on no side of it
const SHARE = 0.1; // of a column's range, which a miss may have

/**
 * What a table says of its outputs. targets: row by row, NaN where a cell says nothing. Of each column: isBinary, whether
 * its known cells are all 0 or 1, so that "likely 1" means something; their least and their largest; range, by which a miss is measured.
 * @typedef {{ targets: Float64Array, isBinary: boolean[], low: number[], high: number[], range: number[] }} Targets
 */

/** @type {WeakMap<Table, Targets>} worked out once for each table, not for each iteration */
const known = new WeakMap();

/** @param {Table} table */
export function targetsOf(table) {
  const targets = known.get(table) ?? readTargets(table);
  known.set(table, targets);
  return targets;
}

/** @param {Table} table @returns {Targets} */
function readTargets({ inputs, outputs, rows }) {
  const [first, width] = [inputs.length, outputs.length];
  const targets = new Float64Array(rows.length * width).fill(Number.NaN);
  const isBinary = outputs.map(() => true);
  const low = outputs.map(() => Number.POSITIVE_INFINITY);
  const high = outputs.map(() => Number.NEGATIVE_INFINITY);
  for (let row = 0; row < rows.length; row++) {
    const cells = rows[row];
    for (let output = 0; output < width; output++) {
      const cell = cells[first + output];
      if (cell !== 0 && cell !== 1 && cell !== null) isBinary[output] = false;
      if (typeof cell !== "number") continue;
      targets[row * width + output] = cell;
      if (cell < low[output]) low[output] = cell;
      if (cell > high[output]) high[output] = cell;
    }
  }
  const range = low.map((least, output) => high[output] - least || Math.abs(least) || 1);
  return { targets, isBinary, low, high, range };
}

/** @param {Table} table @param {number} output */
export const isBinary = (table, output) => targetsOf(table).isBinary[output];

/** Whether an answer is wrong. @param {number} target @param {number} answer @param {boolean} binary @param {number} range */
function isOff(target, answer, binary, range) {
  if (!(Math.abs(answer) < Number.POSITIVE_INFINITY)) return true;
  if (!binary) return Math.abs(answer - target) > SHARE * range;
  return target === 1 ? answer <= 0.5 + EDGE : answer >= 0.5 - EDGE;
}

/** Whether a target that a column may have is answered rightly. @param {Table} table @param {number} output @param {number} target @param {number} answer */
export const isRight = (table, output, target, answer) =>
  !isOff(target, answer, targetsOf(table).isBinary[output], targetsOf(table).range[output]);

const [SAYS_NOTHING, RIGHT, WRONG] = [0, 1, 2];

/** @typedef {ReturnType<typeof workOut>} Fit */

/** @type {WeakMap<Frame, Fit>} a frame is of one run */
const ofFrames = new WeakMap();

/**
 * @param {Pick<RunState, "problem" | "frame" | "heldOut">} run
 * @returns {Fit}
 */
export function fitOf(run) {
  const { frame } = run;
  if (!frame) return workOut(run);
  const fit = ofFrames.get(frame) ?? workOut(run);
  ofFrames.set(frame, fit);
  return fit;
}

/**
 * A row is known where it teaches: an output of it is known, with softmax each, and it is not held out. It is wrong if
 * any known output of it is. Rows that are held out are counted apart.
 * @param {Pick<RunState, "problem" | "frame" | "heldOut">} run
 */
function workOut({ problem: { table, network }, frame, heldOut }) {
  const { targets, isBinary: binary, range } = targetsOf(table);
  const width = table.outputs.length;
  const count = table.rows.length;
  const answers = frame?.outputs ?? targets; // before there is one nothing is wrong
  const areShares = network?.output === "softmax";
  const marks = new Uint8Array(count);
  for (let row = 0; row < count; row++) {
    let many = 0;
    let mark = RIGHT;
    for (let output = 0; output < width; output++) {
      const at = row * width + output;
      const target = targets[at];
      if (Number.isNaN(target)) continue;
      many++;
      if (isOff(target, answers[at], binary[output], range[output])) mark = WRONG;
    }
    if (areShares ? many === width : many > 0) marks[row] = mark;
  }
  const all = [0, 0, 0];
  const apart = [0, 0, 0];
  for (let row = 0; row < count; row++) (heldOut.size > 0 && heldOut.has(row) ? apart : all)[marks[row]]++;
  const isKnown = (/** @type {number} */ row) => marks[row] !== SAYS_NOTHING && !heldOut.has(row);
  return {
    known: all[RIGHT] + all[WRONG],
    wrong: all[WRONG],
    apart: { known: apart[RIGHT] + apart[WRONG], wrong: apart[WRONG] },
    isKnown,
    isWrong: (/** @type {number} */ row) => isKnown(row) && marks[row] === WRONG,
    /** Whether an answer is wrong, also in a row that is held out. @param {number} row @param {number} output */
    isOff(row, output) {
      const at = row * width + output;
      const isTarget = marks[row] !== SAYS_NOTHING && !Number.isNaN(targets[at]);
      return isTarget && isOff(targets[at], answers[at], binary[output], range[output]);
    },
    /** How far an answer is from its target, as a share of the column's range. @param {number} row @param {number} output */
    missOf(row, output) {
      const at = row * width + output;
      const miss = Math.abs(answers[at] - targets[at]) / range[output];
      return Number.isFinite(miss) ? miss : Number.isNaN(targets[at]) ? 0 : Number.POSITIVE_INFINITY;
    },
  };
}
