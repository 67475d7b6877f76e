/**
 * @file Reads from index.html what the page shows before any script has run: the post's table and answer, and what was
 * typed meanwhile.
 * @import { Frame } from "../../model/protocol.js"
 * @import { State } from "../../state/state.js"
 */

import { setCell } from "../../model/edits.js";
import { POST } from "../../model/post.js";
import { readCell } from "../../model/typed-numbers.js";
import { byId } from "./draw.js";

/** @returns {Frame} the numbers that stand in the HTML */
export function frameOnPage() {
  const numbers = (/** @type {string} */ selector) =>
    Float64Array.from(document.querySelectorAll(selector), (element) =>
      Number(/** @type {HTMLElement} */ (element).dataset.value),
    );
  const weights = numbers("#network td [data-value]");
  return {
    iteration: Number(POST.training.iterations),
    state: weights,
    weights,
    outputs: numbers("#data td [data-value]"),
    error: Number.NaN,
  };
}

/** The program that stands in the HTML. */
export const sourceOnPage = () =>
  Array.from(document.querySelectorAll("#listing code"), ({ textContent }) => `${textContent}\n`).join("");

/**
 * Cells that were typed into before the script was there.
 * @returns {{ row: number, column: number, text: string }[]}
 */
export function typedOnPage() {
  const cells = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("#data tbody input"));
  return Array.from(cells)
    .filter((cell) => cell.value !== cell.defaultValue)
    .map((cell) => ({
      row: Number(cell.dataset.row),
      column: Number(cell.dataset.column),
      text: cell.value,
    }));
}

/**
 * @param {State} state
 * @param {ReturnType<typeof typedOnPage>} typed
 */
export function applyTyped(state, typed) {
  for (const { row, column, text } of typed) {
    const isOutput = column >= state.problem.value.table.inputs.length;
    state.edit(setCell(state.problem.value, row, column, readCell(text, isOutput)));
  }
}

/**
 * The page is drawn, so web/inline.js has no more to say of its script. What it says of the style stays.
 * @param {State} state
 */
export function markBegun(state) {
  const { dataset } = document.documentElement;
  const stuck = byId("stuck");
  if (getComputedStyle(stuck).display === "flex") stuck.remove();
  else if (!stuck.className) /** @type {any} */ (globalThis).stuck?.("style.css has not come whole.");
  dataset.engine = state.engine.value.phase;
  dataset.begun = "";
}
