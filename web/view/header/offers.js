/**
 * @file Messages below the heading that stay until they are answered or closed: a saved table, a new version, a broken
 * link.
 * @import { State } from "../../state/state.js"
 */
import { html } from "lit-html";
import { byId, draw } from "../kit/draw.js";

/** @param {State} state */
export function showOffers(state) {
  /** @param {() => void} act  after which the keyboard may be left without a place */
  function take(act) {
    act();
    if (document.activeElement !== document.body) return;
    /** @type {HTMLElement} */ (document.querySelector("#offers .close") ?? byId("example")).focus();
  }

  draw(byId("offers"), () =>
    state.offers.value.map(
      ({ id, text, acts = [] }) => html`<div class="offer">
        <p>${text}</p>
        ${acts.map(({ label, act }) => html`<button type="button" @click=${() => take(act)}>${label}</button>`)}
        <button
          type="button"
          class="close"
          aria-label="Close: ${text}"
          title="Close"
          @click=${() => take(() => state.withdraw(id))}
        >
          ×
        </button>
      </div>`,
    ),
  );
}
