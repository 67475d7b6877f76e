/** @file Where numbers stand along an axis, as a share of its length from 0 to 1, and the round ones that label it. */

/** @typedef {{ shareOf: (value: number) => number, ticks: number[] }} Scale */

const STEPS = [1, 2, 2.5, 5, 10]; // times a power of ten
const DIGITS = 12; // of a tick: three times 0.1 is 0.3

/**
 * From `first` to `last`, where between them or at one of them is 0.
 * @param {number} last  above `first`
 * @param {number} most  gaps between ticks, give or take one
 * @returns {Scale}
 */
export function linearScale(last, most, first = 0) {
  const least = (last - first) / most;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = power * (STEPS.find((each) => each * power >= least) ?? 10);
  const from = Math.ceil(first / step - 1e-9);
  const ticks = Array.from({ length: Math.floor(last / step + 1e-9) - from + 1 }, (_, at) =>
    Number(((from + at) * step).toPrecision(DIGITS)),
  );
  return { shareOf: (value) => (value - first) / (last - first), ticks };
}

/**
 * From 1 to `last`; what is below 1 stands at the edge. The ticks are powers of ten.
 * @param {number} last  above 1
 * @param {number} most  gaps between ticks
 * @returns {Scale}
 */
export function logScale(last, most) {
  const powers = Math.floor(Math.log10(last) + 1e-9); // the logarithm of 1,000 is a bit less than 3
  const step = Math.max(1, Math.ceil(powers / most));
  const ticks = Array.from({ length: Math.floor(powers / step) + 1 }, (_, at) => 10 ** (at * step));
  return { shareOf: (value) => Math.log(Math.max(1, value)) / Math.log(last), ticks };
}

/**
 * The line through some points, where both axes are SIZE long and the second one goes up. What is no finite number is a gap.
 * @param {number[]} values  along the first axis
 * @param {number[]} heights
 * @param {Scale} x
 * @param {Scale} y
 * @returns {string} path data of SVG
 */
export function lineThrough(values, heights, x, y) {
  let path = "";
  let isDrawing = false;
  for (const [at, value] of values.entries()) {
    const height = heights[at] ?? Number.NaN;
    const isPoint = Number.isFinite(height);
    if (isPoint)
      path += `${isDrawing ? "L" : "M"}${placed(x.shareOf(value))} ${placed(1 - y.shareOf(height))}`;
    isDrawing = isPoint;
  }
  return path;
}

export const SIZE = 1000;
const FAR = 1000; // sizes of the picture: browsers draw no line to what is much further

/** @param {number} share */
const placed = (share) => Math.round(Math.max(-FAR, Math.min(FAR, share)) * SIZE * 10) / 10;
