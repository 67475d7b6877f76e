/**
 * @file Where the drawn network stands: a box for each input, unit and output, a line for each weight, and a matrix in the
 * place of a layer that has too many of them.
 * @import { Shape, Column, Layer } from "../../model/network-shape.js"
 */
import { rowsOf } from "../../model/network-shape.js";

export const MOST_LINES = 64; // of a layer; beyond, it is a matrix
const MOST_BOXES = 12; // of a column that stands beside matrices only
const EDGE = 10; // above and below the whole
const PLUS = 11; // radius of the bias's place
const ROOMY = { edge: 10, gap: 40, matrix: 84, spared: 0 }; // gaps, and what a box is narrower
const TIGHT = { edge: 3, gap: 26, matrix: 52, spared: 10 };
const MOST_GAP = 190;
const LEAST_HEIGHT = 168;
const MANY_COLUMNS = 5;
const WIDEST = 3; // of its usual gap, where a column has room to spread

/** @typedef {{ x: number, y: number, width: number, height: number }} Box */

/**
 * boxes: of the units that are drawn. more: how many are not. look: how much of a unit there is room for. plus: where the
 * bias of the next layer comes from.
 * @typedef {{ x: number, left: number, right: number, boxes: Box[], more: number, moreAt: number,
 *   look: "full" | "small" | "line", plus: { x: number, y: number } | null }} Place
 */

/** matrix: where it stands, if the layer is drawn as one. @typedef {{ matrix: Box | null }} Between */

/** @typedef {{ width: number, height: number, places: Place[], between: Between[] }} Layout */

/** @type {Record<string, Record<string, [number, number, number]>>} width, height and gap of a box */
const SIZES = {
  input: { full: [56, 44, 12], small: [56, 38, 6], line: [76, 18, 3] },
  hidden: { full: [56, 56, 10], small: [50, 42, 6], line: [60, 18, 3] },
  output: { full: [92, 62, 14], small: [84, 38, 6], line: [96, 18, 3] },
};

/** @param {Layer} layer */
export const isMatrix = (layer) => rowsOf(layer) * layer.units > MOST_LINES;

/**
 * @param {Shape} shape
 * @param {number} wanted  pixels from left to right; where that is too little it is wider
 * @returns {Layout}
 */
export function layoutOf(shape, wanted) {
  const roomy = laidOut(shape, wanted, ROOMY);
  return roomy.width > wanted ? laidOut(shape, wanted, TIGHT) : roomy;
}

/**
 * @param {Shape} shape
 * @param {number} wanted
 * @param {typeof ROOMY} measure
 * @returns {Layout}
 */
function laidOut({ columns, layers }, wanted, measure) {
  const areMatrices = layers.map(isMatrix);
  const sizes = columns.map((column, at) =>
    sizeOf(column, columns.length, measure.spared, areMatrices[at - 1], areMatrices[at]),
  );
  const height = Math.max(
    LEAST_HEIGHT,
    ...layers.map((layer, at) =>
      areMatrices[at] && sizes[at].more === 0 ? rowsOf(layer) * (sizes[at].boxHeight + 2) : 0,
    ),
    ...sizes.map(({ height }, at) => height + plusHeight(layers[at], areMatrices[at])),
  );
  const least = areMatrices.map((is) => (is ? measure.matrix : measure.gap));
  const boxes = sizes.reduce((sum, { width }) => sum + width, 0);
  const room =
    Math.max(0, wanted - 2 * measure.edge - boxes - least.reduce((sum, gap) => sum + gap, 0)) / layers.length;
  const gaps = least.map((gap) => Math.min(MOST_GAP, gap + room));
  const used = 2 * measure.edge + boxes + gaps.reduce((sum, gap) => sum + gap, 0);
  const width = Math.max(wanted, used);
  let left = measure.edge + (width - used) / 2;
  const places = sizes.map((size, at) => {
    const place = placeOf(size, left, height + 2 * EDGE, layers[at], areMatrices[at]);
    left = place.right + (gaps[at] ?? 0);
    return place;
  });
  const between = areMatrices.map((is, at) => ({
    matrix: is ? matrixBetween(places[at], places[at + 1], height) : null,
  }));
  return { width, height: height + 2 * EDGE, places, between };
}

/** @param {Layer | undefined} layer @param {boolean | undefined} isMatrix */
const plusHeight = (layer, isMatrix) => (layer?.hasBias && !isMatrix ? 2 * PLUS + 10 : 0);

/**
 * @param {Column} column
 * @param {number} many  columns
 * @param {number} spared  of its width
 * @param {boolean | undefined} isBefore  whether a matrix leads to it
 * @param {boolean | undefined} isAfter
 */
function sizeOf({ kind, names }, many, spared, isBefore, isAfter) {
  const all = names.length;
  const isAlone = isBefore !== false && isAfter !== false; // beside lines, every unit has a place
  const drawn = isAlone && all > MOST_BOXES ? MOST_BOXES - 1 : all;
  const look = /** @type {Place["look"]} */ (
    drawn > 12 ? "line" : drawn > 6 || (kind === "hidden" && many > MANY_COLUMNS) ? "small" : "full"
  );
  const [width, boxHeight, gap] = SIZES[kind]?.[look] ?? [0, 0, 0];
  const rows = drawn + (drawn < all ? 0.5 : 0);
  return {
    drawn,
    look,
    width: width - spared,
    boxHeight,
    gap,
    more: all - drawn,
    height: rows * (boxHeight + gap) - gap,
  };
}

/**
 * @param {ReturnType<typeof sizeOf>} size
 * @param {number} left
 * @param {number} height  of the whole
 * @param {Layer | undefined} layer  that begins here
 * @param {boolean | undefined} isMatrix
 * @returns {Place}
 */
function placeOf({ drawn, look, width, boxHeight, gap, more, height: own }, left, height, layer, isMatrix) {
  const plus = plusHeight(layer, isMatrix);
  // Beside a matrix a unit stands at its row; elsewhere a column spreads as far as it can be seen as one.
  const rows = layer && isMatrix && more === 0 ? rowsOf(layer) : 0;
  const pitch =
    rows > 0 ? (height - 2 * EDGE) / rows : pitchOf(drawn, boxHeight, gap, own, height - 2 * EDGE - plus);
  const spread = pitch * (drawn - 1) + boxHeight;
  const top =
    rows > 0
      ? EDGE + (pitch - boxHeight) / 2
      : (height - spread - (own - usual(drawn, boxHeight, gap)) - plus) / 2;
  const boxes = Array.from({ length: drawn }, (_, at) => ({
    x: left,
    y: top + at * pitch,
    width,
    height: boxHeight,
  }));
  const x = left + width / 2;
  const bottom = top + spread;
  const isInRow = rows > drawn; // the bias is the last row of the matrix
  const plusAt = isInRow ? top + drawn * pitch + boxHeight / 2 : bottom + plus - PLUS;
  return {
    x,
    left,
    right: left + width,
    boxes,
    more,
    moreAt: bottom + 4,
    look,
    plus: plus || isInRow ? { x, y: plusAt } : null,
  };
}

/** @param {number} drawn @param {number} boxHeight @param {number} gap */
const usual = (drawn, boxHeight, gap) => drawn * (boxHeight + gap) - gap;

/**
 * From one box to the next.
 * @param {number} drawn
 * @param {number} boxHeight
 * @param {number} gap
 * @param {number} own  height of the column, with what is said of those not drawn
 * @param {number} room
 */
function pitchOf(drawn, boxHeight, gap, own, room) {
  if (drawn < 2) return boxHeight + gap;
  const spare = Math.max(0, room - own) / (drawn - 1) / 2;
  return boxHeight + Math.min(WIDEST * gap, gap + spare);
}

/** @param {Place} before @param {Place} after @param {number} height @returns {Box} */
const matrixBetween = ({ right }, { left }, height) => ({
  x: right + 8,
  y: EDGE,
  width: left - right - 16,
  height,
});

/** The two ends of a line. @typedef {{ x1: number, y1: number, x2: number, y2: number }} Ends */

/**
 * @param {Layout} layout
 * @param {Layer} layer
 * @param {number} from
 * @param {number} to
 * @returns {Ends}
 */
export function endsOfLine({ places }, { number, inputs }, from, to) {
  const [before, after] = [places[number - 1], places[number]];
  const end = after?.boxes[to];
  const [x2, y2] = end ? [end.x, end.y + end.height / 2] : [0, 0];
  const start = before?.boxes[from];
  if (from >= inputs || !start) {
    const { x, y } = before?.plus ?? { x: 0, y: 0 };
    return { x1: x + PLUS, y1: y, x2, y2 };
  }
  return { x1: start.x + start.width, y1: start.y + start.height / 2, x2, y2 };
}

/** @param {Ends} ends  as the curve that an SVG path draws */
export function curveOf({ x1, y1, x2, y2 }) {
  const middle = (x1 + x2) / 2;
  return `M${short(x1)} ${short(y1)}C${short(middle)} ${short(y1)} ${short(middle)} ${short(y2)} ${short(x2)} ${short(y2)}`;
}

/** @param {number} pixels */
const short = (pixels) => Math.round(pixels * 10) / 10;

/** A point of that curve. @param {Ends} ends @param {number} t  0 to 1 */
export function pointOn({ x1, y1, x2, y2 }, t) {
  const rest = 1 - t;
  const near = rest ** 3 + 3 * rest * rest * t;
  const middle = (x1 + x2) / 2;
  return {
    x: rest ** 3 * x1 + 3 * rest * t * middle + t ** 3 * x2,
    y: near * y1 + (1 - near) * y2,
  };
}

/**
 * How far a point is from the curve, nearly: the curve goes from left to right.
 * @param {Ends} ends
 * @param {number} x
 * @param {number} y
 */
export function distanceTo(ends, x, y) {
  let [low, high] = [0, 1];
  for (let step = 0; step < 12; step++) {
    const middle = (low + high) / 2;
    if (pointOn(ends, middle).x < x) low = middle;
    else high = middle;
  }
  const at = pointOn(ends, low);
  const beside = pointOn(ends, Math.min(1, low + 0.02));
  const back = pointOn(ends, Math.max(0, low - 0.02));
  const [dx, dy] = [beside.x - back.x, beside.y - back.y];
  const slope = Math.hypot(dx, dy) > 0 ? Math.abs(dx) / Math.hypot(dx, dy) : 1;
  return Math.hypot(Math.abs(at.y - y) * slope, at.x - x > 2 || x - at.x > 2 ? at.x - x : 0);
}
