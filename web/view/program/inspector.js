/**
 * @file The panel beside or under the program that explains the selected part: what it does and why, its formula, where its
 * value goes, and what that is at the iteration on show.
 * @import { State } from "../../state/state.js"
 */
import { html, nothing } from "lit-html";
import { aboutPlace, isSamePlace } from "../../model/places.js";
import { valueInShort } from "../../model/words.js";
import { whyNoValues } from "../../program/why-no-values.js";
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
    const { text, about, formula, goes } = aboutPlace(listing.source, listing.outline, place);
    return html`<div class="words">
        <h3><code translate="no">${text}</code></h3>
        <div id="about">
          <p>${about}</p>
          ${formula ? html`<p class="formula" translate="no">${formula}</p>` : nothing}
          ${goes ? html`<p>${goes}</p>` : nothing}
          ${value?.note ? html`<p>${value.note}</p>` : nothing}
          ${value ? html`<p class="visually-hidden">${valueInShort(value)}</p>` : nothing}
        </div>
        ${seen ? nothing : html`<p class="soft">${whyNoValues(state)}</p>`}
      </div>
      ${value ? html`<div class="worth">${later.valueTemplate(value)}</div>` : nothing}`;
  });
}
