/**
 * @file Parses numbers while they are typed, by the same rules as py/tenlines/data/numbers.py.
 * @import { Cell } from "./protocol.js"
 */

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
const GROUPED = /^[+-]?([1-9]\d{0,2}([,' ])\d{3}(\2\d{3})*|[1-9]\d?(,\d\d)+,\d{3})(\.\d*)?$/;

/** @type {[string, RegExp][]} What counts as each plain character, as in PLAIN there. */
const SPELLINGS = [
  ["", /[\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g],
  [" ", /[\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/g],
  ["-", /[\u2010-\u2015\u2212\u30fc\ufe58\ufe63\uff0d\uff70]/g],
  ["+", /[\ufe62\uff0b]/g],
  [".", /[\u066b\u3002\ufe52\uff0e\uff61]/g],
  [",", /[\u060c\u3001\ufe50\uff0c\uff64]/g],
  ["'", /[\u02bc\u066c\u2019\uff07]/g],
  ["e", /[\uff25\uff45]/g],
  ["?", /[\u055e\u061f\u1367\ufe56\uff1f]/g],
];

/** @param {string} digit  of any script: its ten follow one another */
function plainDigit(digit) {
  const code = /** @type {number} */ (digit.codePointAt(0));
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before++;
  return String(before % 10);
}

/** @param {string} typed  in ASCII, as far as it can be a number or `?` */
const plain = (typed) =>
  SPELLINGS.reduce((text, [character, others]) => text.replace(others, character), typed)
    .replace(/\p{Nd}/gu, plainDigit)
    .trim();

/** @param {string} text  as JavaScript writes it; null where it is no number */
const withPoint = (text) =>
  NUMBER.test(text) ? text : GROUPED.test(text) ? text.replace(/[,' ]/g, "") : null;

/**
 * What a plain text says with a decimal point, and what with a decimal comma.
 * @param {string} text
 */
const readings = (text) => [text, text.replace(/[.,]/g, (sign) => (sign === "." ? "," : "."))].map(withPoint);

/**
 * What a typed text means: a number where it is one and only one, null for nothing or `?` in an output, else the text.
 * @param {string} typed
 * @param {boolean} isOutput
 * @returns {Cell}
 */
export function readCell(typed, isOutput) {
  const text = plain(typed);
  if (text === "" || (isOutput && text === "?")) return null;
  const [point, comma] = readings(text);
  const isOne = NUMBER.test(text) || !point || !comma || point === comma;
  const value = isOne ? Number(point ?? comma ?? Number.NaN) : Number.NaN;
  return Number.isFinite(value) ? value : typed.trim();
}

/**
 * What is typed into a setting: a number where it is one, else the text.
 * @param {string} typed
 * @param {boolean} isWhole  whether only whole numbers are wanted: then 1.000, 1,000 and 1_000 are a thousand
 */
export function readSetting(typed, isWhole) {
  const found =
    isWhole && readings(plain(typed).replaceAll("_", "'")).find((said) => said && !said.includes("."));
  return readCell(found || typed, false) ?? "";
}
