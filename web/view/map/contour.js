/** @file The lines along which a picture has a certain number: marching squares over its samples. */

/**
 * The two ends of a line through a square lie on these sides of it, by which of its corners are at or above the level:
 * 1 the upper left, 2 the upper right, 4 the lower right, 8 the lower left one. Sides: 0 above, 1 right, 2 below, 3 left.
 * @type {[number, number][][]}
 */
const LINES = [
  [],
  [[3, 0]],
  [[0, 1]],
  [[3, 1]],
  [[1, 2]],
  [],
  [[0, 2]],
  [[3, 2]],
  [[2, 3]],
  [[0, 2]],
  [],
  [[1, 2]],
  [[1, 3]],
  [[0, 1]],
  [[0, 3]],
  [],
];
/** Of two corners that face each other across the square: by whether its middle is not, or is, with them. */
const SADDLE = /** @type {[number, number][][]} */ ([
  [
    [3, 0],
    [1, 2],
  ],
  [
    [0, 1],
    [2, 3],
  ],
]);

/**
 * Path data of SVG in a square of 1 by 1 whose samples stand in the middle of their cells. What is beside a number that is
 * not finite has no line, nor have samples that differ only by rounding.
 * @param {{ [at: number]: number }} samples  row by row, from the top
 * @param {number} side  how many there are in a row
 * @param {number} level
 * @param {number} [stride]  between two of them
 * @param {number} [from]  where the first one stands
 * @param {number} [scale]  the length of a side of the square
 */
export function contour(samples, side, level, stride = 1, from = 0, scale = 1) {
  let path = "";
  if (isLevel(samples, side * side, stride, from)) return path;
  const text = (/** @type {number} */ place) =>
    String(Math.round(((place + 0.5) / side) * scale * 100) / 100);
  const down = side * stride;
  for (let y = 0; y < side - 1; y++) {
    let at = from + y * down;
    for (let x = 0; x < side - 1; x++, at += stride) {
      const [a, b, c, d] = [
        samples[at],
        samples[at + stride],
        samples[at + down + stride],
        samples[at + down],
      ];
      const kind = (a >= level ? 1 : 0) + (b >= level ? 2 : 0) + (c >= level ? 4 : 0) + (d >= level ? 8 : 0);
      if (kind === 0 || kind === 15 || !Number.isFinite(a + b + c + d)) continue;
      const corners = [a, b, c, d];
      for (const [start, end] of linesOf(kind, (a + b + c + d) / 4 >= level)) {
        const [[ax, ay], [bx, by]] = [crossing(corners, start, level), crossing(corners, end, level)];
        path += `M${text(x + ax)} ${text(y + ay)}L${text(x + bx)} ${text(y + by)}`;
      }
    }
  }
  return path;
}

const ROUNDING = 1e-9; // by which samples differ that are all the same

/** @param {{ [at: number]: number }} samples @param {number} count @param {number} stride @param {number} from */
function isLevel(samples, count, stride, from) {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = from; at < from + count * stride; at += stride) {
    least = Math.min(least, samples[at]);
    most = Math.max(most, samples[at]);
  }
  return most - least <= ROUNDING * Math.max(1, Math.abs(most));
}

/** @param {number} kind @param {boolean} isMiddle  whether the middle is at or above the level */
function linesOf(kind, isMiddle) {
  if (kind === 5) return SADDLE[isMiddle ? 1 : 0];
  return kind === 10 ? SADDLE[isMiddle ? 0 : 1] : LINES[kind];
}

/** @param {number[]} corners @param {number} side @param {number} level @returns {[number, number]} within the square */
function crossing(corners, side, level) {
  const [first, second] = [corners[side], corners[(side + 1) % 4]];
  const share = first === second ? 0.5 : (level - first) / (second - first);
  if (side === 0) return [share, 0];
  if (side === 1) return [1, share];
  return side === 2 ? [1 - share, 1] : [0, 1 - share];
}
