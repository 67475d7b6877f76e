/**
 * @file What the network says at one place of a picture, in words: under the pointer, at the keyboard's cross, else of the
 * chosen row.
 * @typedef {import("./picture.js").Seen} Seen
 * @typedef {import("./picture.js").Told} Told
 */
import { html, nothing } from "lit-html";
import { answerText, shortWord, wordFor } from "../../model/words.js";
import { numberText } from "./axes.js";
import { rowWords } from "./dots.js";

const PLACES = 3;
const MOST_INPUTS = 3; // of a row, told one by one

/** @typedef {{ where: string, value: number, word: string, row: number | null }} Said */

/**
 * @param {Seen} seen
 * @param {Told | null} told
 * @param {number} row  told of where no place is
 * @param {Set<number>} unsettled  places that the table does not settle
 * @returns {Said | null}
 */
export function saidOf({ plan, frame, heldOut, isBinary, fit }, told, row, unsettled) {
  const { table } = plan.problem;
  const output = plan.output;
  if (told) {
    const { x, y } = plan;
    const where = [
      `${x.name} ${numberText(told.place.x)}`,
      ...(y ? [`${y.name} ${numberText(told.place.y)}`] : []),
    ];
    const value = told.outputs[output];
    return { where: where.join(", "), value, word: wordFor(value, isBinary, fit), row: null };
  }
  if (!table.rows[row]) return null;
  const cell = row * table.outputs.length + output;
  const value = frame.outputs[cell];
  const all = table.inputs.map((_, column) => column);
  const axes = plan.y ? [plan.x.column, plan.y.column] : [plan.x.column];
  const { place, target } = rowWords(table, row, all.length > MOST_INPUTS ? axes : all, output);
  const asks = target === "asks";
  const known = asks ? "" : `, ${target}`;
  const word = asks ? wordFor(value, isBinary, fit, !unsettled.has(cell)) : "";
  const apart = heldOut.has(row) ? ", held out: not trained on" : "";
  return { where: `Row ${row + 1}: ${place}${known}${apart}`, value, word, row };
}

/** @param {Said} said @param {string} name  of the output, where there are several */
export const saidText = ({ where, value, word }, name) =>
  `${where}: ${name}${answerText(value, PLACES)}${word ? `, ${word}` : ""}`;

/** @param {Said} said @param {string} name  of the output, where there are several */
export const saidTemplate = ({ where, value, word }, name) =>
  html`${where}: ${name}<b class="told" data-value=${value}>${answerText(value, PLACES)}</b>${word ? `, ${shortWord(word)}` : nothing}`;
