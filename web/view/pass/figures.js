/** @file Numbers of a pass as people read them: as many digits as tell them apart, whatever their size. */

const DIGITS = 3;

/** @param {number} value @param {number} [digits] */
export function figureText(value, digits = DIGITS) {
  if (Number.isNaN(value)) return "–";
  const size = Math.abs(value);
  if (size === Number.POSITIVE_INFINITY) return value < 0 ? "−∞" : "∞";
  if (Number.isInteger(size) && size < 1000) return (value < 0 ? "−" : "") + String(size);
  const text = size >= 0.1 && size < 1e6 ? fixed(size, digits) : small(size, digits);
  return (value < 0 ? "−" : "") + text;
}

const MOST_DIGITS = 5;

/** What is not 1 is not rounded to 1: an answer is never quite sure. @param {number} size @param {number} digits */
function fixed(size, digits) {
  if (size >= 1000) return size.toFixed(1);
  for (let places = digits; places <= MOST_DIGITS; places++) {
    const text = size.toFixed(places);
    if (Number(text) !== 1 || size === 1) return text;
  }
  return size < 1 ? "> 0.99999" : "< 1.00001";
}

/** @param {number} size @param {number} digits */
const small = (size, digits) =>
  size >= 1e-4 && size < 1
    ? size.toPrecision(digits)
    : size.toExponential(1).replace(/e\+?(-?)(\d+)/, (_, sign, power) => `e${sign ? "−" : ""}${power}`);

/** With its sign, for what pushes up or down. @param {number} value */
export const signedText = (value) => (value > 0 ? "+" : "") + figureText(value);

/** Blue and up, or orange and down. @param {number} value */
export const signOf = (value) => (value > 0 ? "up" : value < 0 ? "down" : "");
