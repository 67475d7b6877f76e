/**
 * @file The panel beside or under the program that explains the selected part: what it does and why, its formula, and its value
 * at the iteration on show.
 * @import { Value } from "../../model/protocol.js"
 * @import { State } from "../../state/state.js"
 */
import { html, nothing } from "lit-html";
import { aboutPlace, isSamePlace } from "../../model/places.js";
import { isTooLarge } from "../../program/live-values.js";
import { draw } from "../kit/draw.js";

/**
 * @param {HTMLElement} root
 * @param {State} state
 * @param {import("../../load-later.js").LoadLater} later
 */
export function showInspector(root, state, later) {
  draw(root, () => {
    const listing = state.shown.value;
    const seen = state.seen.value?.listing === listing ? state.seen.value : null;
    if (!listing.outline) return html`<p class="soft">Values appear as soon as NumPy is here, too.</p>`;
    const place = state.place.value;
    const value = seen && isSamePlace(seen.place, place) ? seen.selected : null; // else it is still to come
    const { text, about, formula } = aboutPlace(listing.source, listing.outline, place);
    return html`<div class="words">
        <h3><code translate="no">${text}</code></h3>
        <div id="about">
          <p>${about}</p>
          ${formula ? html`<p class="formula" translate="no">${formula}</p>` : nothing}
          ${value?.note ? html`<p>${value.note}</p>` : nothing}
          ${value ? html`<p class="visually-hidden">${inShort(value)}</p>` : nothing}
        </div>
        ${seen ? nothing : html`<p class="soft">${whyNoValues(listing, state)}</p>`}
      </div>
      ${value ? html`<div class="worth">${later.valueTemplate(value)}</div>` : nothing}`;
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
 * @param {import("../../model/selection.js").Listing} listing
 * @param {State} state
 */
function whyNoValues({ problem }, state) {
  if (!problem && state.readOnly) return "Open in Tenlines to run it: then its values are here.";
  if (!problem) return "Press Edit code, then Run, to see its values.";
  if (isTooLarge(problem, state.run.value.frame))
    return "This table is too large for its values to be shown here. Download has the code.";
  return "";
}
