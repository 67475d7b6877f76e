/**
 * @file What is looked at in the program: what it does and why, its formula, and its value at the iteration on show.
 * @import { Value } from "../../model/protocol.js"
 * @import { State } from "../../state/state.js"
 */
import { html, nothing } from "lit-html";
import { aboutPlace, isSamePlace } from "../../model/places.js";
import { isTooLarge } from "../../program/live-values.js";
import { draw } from "../kit/draw.js";
import { activationTemplate } from "./activation-plot.js";

/**
 * @param {HTMLElement} root
 * @param {State} state
 */
export function showPart(root, state) {
  draw(root, () => {
    const listing = state.shown.value;
    const seen = state.seen.value?.listing === listing ? state.seen.value : null;
    if (!listing.outline)
      return html`<p class="soft">Its values are there as soon as Python and NumPy are.</p>`;
    const place = state.place.value;
    const value = seen && isSamePlace(seen.place, place) ? seen.selected : null; // else it is still to come
    const { text, about, formula } = aboutPlace(listing.source, listing.outline, place);
    return html`<h3><code translate="no">${text}</code></h3>
      <div id="about">
        <p>${about}</p>
        ${formula ? html`<p class="formula" translate="no">${formula}</p>` : nothing}
        ${value?.note ? html`<p>${value.note}</p>` : nothing}
        ${value ? html`<p class="visually-hidden">${inShort(value)}</p>` : nothing}
      </div>
      ${value ? valueTemplate(value) : nothing}
      ${seen ? nothing : html`<p class="soft">${whyNoValues(listing, state)}</p>`}`;
  });
}

const FEW = 6; // numbers that are read out

/** @param {Value} value */
function inShort({ shape, cells }) {
  const texts = cells.flat();
  if (texts.length === 0) return "";
  return texts.length > FEW ? `Value: ${shape} numbers.` : `Value: ${texts.join(", ")}.`;
}

/**
 * @param {import("../../program/live-values.js").Listing} listing
 * @param {State} state
 */
function whyNoValues({ problem }, state) {
  if (!problem && state.readOnly) return "Open in Tenlines to run it: then its values are here.";
  if (!problem) return "Press Edit code, then Run, to see its values.";
  if (isTooLarge(problem, state.run.value.frame))
    return "This table is too large for its values to be shown here. Download has the code.";
  return "";
}

/** @param {Value} value */
const valueTemplate = (value) => html`${value.curve ? activationTemplate(value.curve) : nothing}
  ${value.sums.length > 0 ? sumsTemplate(value.sums) : cellsTemplate(value)}`;

/** @param {Value["sums"]} sums */
const sumsTemplate = (sums) => html`<div class="cells sums" role="group" aria-label="Worked out" tabindex="0">
  <table>
    <tbody>
      ${sums.map(
        ({ label, terms, sum }) =>
          html`<tr>${label ? html`<th scope="row">${label}</th>` : nothing}<td translate="no">${terms} = ${sum}</td></tr>`,
      )}
    </tbody>
  </table>
</div>`;

/** @param {Value} value */
const cellsTemplate = ({ shape, kind, cells, exact }) =>
  cells.length === 0
    ? nothing
    : html`<div class="cells" role="group" aria-label="Value" tabindex="0">
        <table>
          <caption>${[shape, kind].filter(Boolean).join(" ")}</caption>
          <tbody translate="no">
            ${cells.map((row, at) => html`<tr>${row.map((text, column) => html`<td title=${exact[at][column]} data-value=${exact[at][column]}>${text}</td>`)}</tr>`)}
          </tbody>
        </table>
      </div>`;
