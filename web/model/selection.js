/**
 * @file The selected part of the program. It is remembered by its role and text, not by its position, so that it can
 * be found again in another program.
 * @import { Ending, Frame, Outline, Place, Problem, Program, Values } from "./protocol.js"
 */
import { isLine, isSamePlace, lineAt, shownLines, textAt, wholeLine } from "./places.js";

/**
 * A program. problem: whose it is; null where it has gone its own way. outline: null while NumPy is on its way, whose pack
 * has what takes a program apart.
 * @typedef {Program & { problem: Problem | null, outline: Outline | null }} Listing
 */

/**
 * What to look at, and when. of: what has the values, a frame of the run or the learner's program that has ended.
 * @typedef {{ listing: Listing, of: Frame | Ending, iteration: number, place: Place }} Question
 * @typedef {Values & Question} Seen
 */

/**
 * The selected line or expression: its place, role (py/tenlines/explain/stable_ids.py) and text. expression: null where the
 * whole line is selected. nth: how many expressions of the same role are before it in the line.
 * @typedef {{ source: string, place: Place, line: { role: string, text: string },
 *   expression: { role: string, text: string, nth: number } | null }} Selection
 */

/** @type {Selection} what a program is shown with at first: the line that says what the network says */
export const INITIAL_SELECTION = {
  source: "",
  place: wholeLine(7),
  line: { role: "set layer 0 in the loop", text: "" },
  expression: null,
};

/**
 * @param {Listing} listing
 * @param {Place} place  in it
 * @returns {Selection}
 */
export function selectionAt({ source, outline }, place) {
  const line = { role: lineAt(outline, place[0])?.role ?? "", text: textAt(source, wholeLine(place[0])) };
  const role = outline?.expressions.find(({ span }) => isSamePlace(span, place))?.role;
  if (isLine(place) || role === undefined) return { source, place, line, expression: null };
  const alike = expressionsOn(outline, place[0]).filter((one) => one.role === role);
  const nth = alike.findIndex(({ span }) => isSamePlace(span, place));
  return { source, place, line, expression: { role, text: textAt(source, place), nth } };
}

/**
 * The place of the selection in a program. Something is always selected.
 * @param {Listing} listing
 * @param {Selection} chosen
 * @returns {Place}
 */
export function placeOfSelection({ source, outline }, { source: before, place, line, expression }) {
  const texts = shownLines(source).map((text) => text.trim());
  const nearest = wholeLine(Math.min(place[0], texts.length));
  if (source === before) {
    const isThere = outline?.expressions.some(({ span }) => isSamePlace(span, place));
    return isThere ? place : nearest;
  }
  const lines = outline?.lines ?? [];
  const same =
    (line.text && texts.indexOf(line.text) + 1) || lines.find(({ role }) => role === line.role)?.line;
  const inIt = expression && same ? alikeOn(source, outline, same, expression) : undefined;
  const elsewhere = expression?.role && outline?.expressions.find(({ role }) => role === expression.role);
  if (inIt || elsewhere) return (inIt || elsewhere || { span: nearest }).span;
  const says = lines.find(({ role }) => role === INITIAL_SELECTION.line.role)?.line;
  return same || says ? wholeLine(same || says || 1) : nearest;
}

/**
 * The expression of this line that matches the one selected before, if there is one.
 * @param {string} source
 * @param {Outline | null} outline
 * @param {number} line
 * @param {NonNullable<Selection["expression"]>} before
 */
function alikeOn(source, outline, line, { role, text, nth }) {
  const alike = expressionsOn(outline, line).filter((one) => one.role === role);
  const equal = alike.filter(({ span }) => textAt(source, span) === text);
  if (alike[nth] && equal.includes(alike[nth])) return alike[nth];
  return equal[0] ?? (role ? (alike[nth] ?? alike[0]) : undefined);
}

/** @param {Outline | null} outline @param {number} line */
const expressionsOn = (outline, line) => (outline?.expressions ?? []).filter(({ span }) => span[0] === line);
