/** @file Numbers of a pass as people read them: as many digits as tell them apart, whatever their size. */

import { answerText } from "../../model/words.js";

const DIGITS = 3;

/** @param {number} value @param {number} [digits]  behind the point, or of a number below 0.1 in all */
export function figureText(value, digits = DIGITS) {
  if (Number.isNaN(value)) return "–";
  const size = Math.abs(value);
  if (size === Number.POSITIVE_INFINITY) return value < 0 ? "−∞" : "∞";
  if (Number.isInteger(size) && size < 1000) return (value < 0 ? "−" : "") + String(size);
  const text = size >= 0.1 && size < 1e6 ? size.toFixed(size < 1000 ? digits : 1) : small(size, digits);
  return (value < 0 ? "−" : "") + text;
}

const MOST_DIGITS = 5;
const NEAR_ONE = 0.999; // from where on an answer has all these digits, as in the table

/** What a unit says: what is not 1 or −1 is not rounded to that, for an answer is never quite sure. @param {number} value */
export function outputText(value) {
  const size = Math.abs(value);
  for (let digits = size >= NEAR_ONE && size < 1 ? MOST_DIGITS : DIGITS; digits <= MOST_DIGITS; digits++) {
    const text = figureText(value, digits);
    if (!/^−?1\.0+$/.test(text)) return text;
  }
  if (value < 0) return value > -1 ? "> −1" : "< −1";
  return answerText(value);
}

/** @param {number} size @param {number} digits */
const small = (size, digits) =>
  size >= 1e-6 && size < 1
    ? size.toFixed(digits - 1 - Math.floor(Math.log10(size)))
    : size.toExponential(1).replace(/e\+?(-?)(\d+)/, (_, sign, power) => `e${sign ? "−" : ""}${power}`);

/** With its sign, for what pushes up or down. @param {number} value */
export const signedText = (value) => (value > 0 ? "+" : "") + figureText(value);

/** Blue and up, or orange and down. @param {number} value */
export const signOf = (value) => (value > 0 ? "up" : value < 0 ? "down" : "");
