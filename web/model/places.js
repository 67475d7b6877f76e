/**
 * @file Places in a program's text: the line or expression at a place, its text and its explanation.
 * @import { Outline, Place } from "./protocol.js"
 */

const MOST_LINES = 2000; // that are shown
const MOST_TEXT = 1000; // characters of a part that is looked at

/** @param {string} source */
export const linesOf = (source) => source.trimEnd().split(/\r\n|\r|\n/);

/** @param {string} source */
export const shownLines = (source) => linesOf(source).slice(0, MOST_LINES);

/** @param {number} line @returns {Place} */
export const wholeLine = (line) => [line, 0, line, 0];

/** @param {Place} one @param {Place} other */
export const isSamePlace = (one, other) => one.every((number, at) => number === other[at]);

/**
 * The number of the expression at a place or, for a line as a whole, of the one that gives it its value.
 * @param {Outline} outline
 * @param {Place} place
 * @returns {number | undefined}
 */
export function expressionAt({ expressions }, place) {
  const at = expressions.findIndex(({ span, depth }) =>
    isLine(place) ? depth === 0 && span[0] === place[0] : isSamePlace(span, place),
  );
  return at < 0 ? undefined : at;
}

/**
 * The stage of a pass that a line or expression belongs to; "" where it has none.
 * @param {Outline | null} outline
 * @param {Place} place
 */
export function stageAt(outline, place) {
  const one = isLine(place)
    ? outline?.lines.find(({ line }) => line === place[0])
    : outline?.expressions.find(({ span }) => isSamePlace(span, place));
  return one?.stage ?? "";
}

/**
 * What stands at a place, what it does and why, and where its value goes.
 * @param {string} source
 * @param {Outline} outline
 * @param {Place} place  in it
 */
export function aboutPlace(source, { lines, expressions }, place) {
  const text = textAt(source, place);
  if (!isLine(place)) {
    const own = expressions.find(({ span }) => isSamePlace(span, place));
    return { text, about: own?.about || `Part of line ${place[0]}.`, formula: "", goes: own?.goes ?? "" };
  }
  const line = lineAt({ lines, expressions }, place[0]);
  return { text, about: line?.about ?? "", formula: line?.formula ?? "", goes: "" };
}

/**
 * What is known of the statement that a line belongs to.
 * @param {Outline | null} outline
 * @param {number} number
 */
export const lineAt = (outline, number) => outline?.lines.findLast(({ line }) => line <= number);

/** @param {Place} place */
export const isLine = ([line, from, last, to]) => line === last && from === to;

/** @param {string} source @param {Place} place */
export function textAt(source, place) {
  const [line, from, last, to] = place;
  const lines = linesOf(source).slice(line - 1, last);
  if (isLine(place)) return cut(lines[0]?.trim() ?? "");
  lines[lines.length - 1] = lines[lines.length - 1].slice(0, to);
  lines[0] = lines[0].slice(from);
  return cut(lines.map((text) => text.trim()).join(" "));
}

/** @param {string} text */
const cut = (text) => (text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text);
