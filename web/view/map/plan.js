/**
 * @file What is to be drawn of a table, and the rows that the network is asked about for it.
 * @typedef {import("../../model/protocol.js").Problem} Problem
 * @typedef {import("../../model/protocol.js").Table} Table
 * @typedef {import("./axes.js").Axis} Axis
 * @typedef {import("./cases.js").Case} Case
 */
import { isBinary } from "../../model/fit.js";
import { axisOf, isBeyondDrawing, ticksOf, valueAt } from "./axes.js";
import { casesOf, hasCases } from "./cases.js";

/**
 * What the learner has chosen. across, up: inputs by their place. view: of every case and map, where there are both and only
 * one is shown. isOpen: whether the picture is told as numbers too. held: what stays while a
 * row is dragged: the axes, and whether every case is shown, of a table with these columns.
 * @typedef {{ axes: Axis[], isCased: boolean, columns: string }} Held
 * @typedef {{ across: number, up: number, output: number, view: "cases" | "map", isOpen: boolean,
 *   held: Held | null }} Choices
 *
 * Where the answers about a part of the picture are among all.
 * @typedef {{ from: number, count: number }} Part
 *
 * kind: of the picture. y: of a curve it is the axis of answers, which is not known before they are; heldY: unless it is held. base: the row whose other
 * inputs the picture is drawn at, and these inputs. side: the samples in each direction. cases: null where they are not
 * shown. xs, ys: the places that are told as numbers. trouble: why nothing can be drawn.
 * @typedef {{ problem: Problem, kind: "map" | "curve" | "none", x: Axis, y: Axis | null, heldY: Axis | null, output: number, side: number,
 *   row: number, isCased: boolean, base: number[], isSwitched: boolean, cases: Case[] | null, xs: number[], ys: number[],
 *   rows: Float64Array, plane: Part, ofCases: Part, numbers: Part, trouble: string }} Plan
 */

const SIDE = 100; // samples of a map in each direction
const LEAST_SIDE = 16;
const SAMPLES = 200; // of a curve
const MOST_DOUBLES = 250_000; // in the rows of a question: each crosses to the other thread at every iteration on show
const MOST_PRODUCTS = 2e7; // of a weight and a number, for a question
const NUMBERS_ALONG = 10;

/** @typedef {{ key: string, rows: Float64Array }} Built */

/**
 * @param {Problem} problem
 * @param {Choices} choices
 * @param {number} row  the chosen one
 * @param {Set<number>} heldOut
 * @param {number} weights  how many the network has
 * @param {Built | null} built  the rows before, used once more where they are the same
 * @returns {{ plan: Plan, built: Built }}
 */
export function planOf(problem, choices, row, heldOut, weights, built) {
  const { table } = problem;
  const width = table.inputs.length;
  const { across, up } = axesOf(choices, width);
  const held = choices.held?.columns === columnsText(table) ? choices.held : null;
  const [x, second] = held?.axes ?? [axisOf(table, across), axisOf(table, up)];
  const isCurve = width === 1;
  const y = isCurve ? null : second;
  const isCased = held?.isCased ?? hasCases(table);
  const isSwitched = isCased && width > 2;
  const withPlane = !isSwitched || choices.view === "map";
  const beyond = [x, ...(y ? [y] : [])].find(isBeyondDrawing);
  const cases = isCased && (!isSwitched || choices.view === "cases") ? casesOf(table, heldOut) : null;
  const side = isCurve ? SAMPLES : sideFor(width, weights);
  const xs = withPlane && !beyond && choices.isOpen ? ticksOf(x, NUMBERS_ALONG) : [];
  const ys = y && xs.length > 0 ? ticksOf(y, NUMBERS_ALONG).reverse() : [];
  const base = baseOf(table, row);
  const kind = withPlane && !beyond ? (isCurve ? "curve" : "map") : "none";
  const parts = partsOf(kind, side, cases, xs, ys);
  const ofAxes = [x, y].map((axis) => axis && [axis.column, axis.low, axis.high]);
  const others = base.map((value, column) => (column === x.column || column === y?.column ? 0 : value));
  const key = JSON.stringify([
    kind,
    ofAxes,
    side,
    width,
    kind === "map" ? others : 0,
    cases?.length ?? 0,
    xs,
    ys,
  ]);
  const rows = built?.key === key ? built.rows : rowsOf({ kind, x, y, side, base, cases, xs, ys, width });
  const output = Math.min(choices.output, table.outputs.length - 1);
  const trouble =
    beyond && withPlane ? `The numbers of ${beyond.name} are too far apart, or too close, to be drawn.` : "";
  return {
    plan: {
      problem,
      kind,
      x,
      y,
      heldY: (isCurve && held?.axes[1]) || null,
      output,
      side,
      row,
      base,
      isCased,
      isSwitched,
      cases,
      xs,
      ys,
      rows,
      trouble,
      ...parts,
    },
    built: { key, rows },
  };
}

/** @param {Table} table */
export const columnsText = (table) => JSON.stringify([table.inputs, table.outputs]);

/**
 * The two inputs, which differ where there are two.
 * @param {Choices} choices
 * @param {number} width
 */
export function axesOf(choices, width) {
  const across = choices.across < width ? choices.across : 0;
  const up = choices.up < width && choices.up !== across ? choices.up : across === 0 ? 1 : 0;
  return { across, up: width > 1 ? up : 0 };
}

/** @param {number} width @param {number} weights */
function sideFor(width, weights) {
  const most = Math.min(MOST_DOUBLES / width, MOST_PRODUCTS / Math.max(1, weights));
  return Math.max(LEAST_SIDE, Math.min(SIDE, Math.floor(Math.sqrt(most))));
}

/** @param {Table} table @param {number} row @returns {number[]} */
const baseOf = ({ inputs, rows }, row) =>
  inputs.map((_, column) => {
    const cell = rows[row]?.[column];
    return typeof cell === "number" ? cell : 0;
  });

/** @param {Plan["kind"]} kind @param {number} side @param {Case[] | null} cases @param {number[]} xs @param {number[]} ys */
function partsOf(kind, side, cases, xs, ys) {
  const plane = { from: 0, count: kind === "none" ? 0 : kind === "map" ? side * side : side };
  const ofCases = { from: plane.count, count: cases?.length ?? 0 };
  const numbers = { from: ofCases.from + ofCases.count, count: xs.length * (kind === "map" ? ys.length : 1) };
  return { plane, ofCases, numbers };
}

/** @param {Axis} axis @param {number} side @param {boolean} isCurve */
export const samplesOf = (axis, side, isCurve) =>
  Array.from({ length: side }, (_, at) => valueAt(axis, isCurve ? at / (side - 1) : (at + 0.5) / side));

/**
 * @param {Pick<Plan, "kind" | "x" | "y" | "side" | "base" | "cases" | "xs" | "ys"> & { width: number }} plan
 */
function rowsOf({ kind, x, y, side, base, cases, xs, ys, width }) {
  const { plane, ofCases, numbers } = partsOf(kind, side, cases, xs, ys);
  const rows = new Float64Array((plane.count + ofCases.count + numbers.count) * width);
  let at = 0;
  const put = (/** @type {number} */ across, /** @type {number | null} */ up) => {
    rows.set(base, at);
    rows[at + x.column] = across;
    if (y && up !== null) rows[at + y.column] = up;
    at += width;
  };
  const grid = (/** @type {number[]} */ along, /** @type {number[]} */ upwards) => {
    if (!y) for (const across of along) put(across, null);
    else for (const up of upwards) for (const across of along) put(across, up);
  };
  if (kind !== "none") grid(samplesOf(x, side, !y), y ? samplesOf(y, side, false).reverse() : []);
  for (const { inputs } of cases ?? []) {
    rows.set(inputs, at);
    at += width;
  }
  if (numbers.count > 0) grid(xs, ys);
  return rows;
}

const BOUNDED = { sigmoid: [0, 1], softmax: [0, 1], tanh: [-1, 1] };

/**
 * What the colours stand for: 0 to 1 where answers are, or targets are 0 and 1; what a bounded activation can say; else from
 * the least of the answers and targets on show to the largest.
 * @param {Problem} problem
 * @param {number} output
 * @param {() => Iterable<number>} answers
 */
export function domainOf({ table, network }, output, answers) {
  const activation = network.output;
  const bounds = BOUNDED[/** @type {keyof typeof BOUNDED} */ (activation)];
  const ofCells =
    isBinary(table, output) && table.rows.some((row) => row[table.inputs.length + output] !== null);
  const isShare = ofCells || activation === "sigmoid" || activation === "softmax";
  if (isShare || bounds) {
    const [low, high] = isShare ? [0, 1] : bounds;
    return {
      low,
      high,
      isOpenBelow: !bounds || bounds[0] < low,
      isOpenAbove: !bounds || bounds[1] > high,
      isShare,
    };
  }
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const take = (/** @type {unknown} */ value) => {
    if (typeof value !== "number" || !Number.isFinite(value)) return;
    if (value < low) low = value;
    if (value > high) high = value;
  };
  for (const value of answers()) take(value);
  for (const row of table.rows) take(row[table.inputs.length + output]);
  if (low > high) [low, high] = [0, 1];
  if (low === high) [low, high] = [low - (Math.abs(low) / 2 || 1), high + (Math.abs(high) / 2 || 1)];
  return { low, high, isOpenBelow: false, isOpenAbove: false, isShare };
}
