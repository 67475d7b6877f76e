/**
 * @file What is said below the heading until it is answered or closed: saved work, a new version, a broken link.
 * @import { State } from "../state.js"
 */
import { html } from "lit-html";
import { byId, draw } from "./dom.js";

/** @param {State} state */
export function showOffers(state) {
  draw(byId("offers"), () =>
    state.offers.value.map(
      ({ id, text, acts = [] }) => html`<div class="offer">
        <p>${text}</p>
        ${acts.map(({ label, act }) => html`<button type="button" @click=${act}>${label}</button>`)}
        <button
          type="button"
          class="close"
          aria-label="Close: ${text}"
          title="Close"
          @click=${() => {
            state.withdraw(id);
            // What had the keyboard is gone.
            /** @type {HTMLElement} */ (document.querySelector("#offers .close") ?? byId("example")).focus();
          }}
        >
          ×
        </button>
      </div>`,
    ),
  );
}
