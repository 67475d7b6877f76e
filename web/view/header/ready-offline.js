/**
 * @file Says "Ready offline" below the heading once the page works without a network.
 * @import { State } from "../../state/state.js"
 */
import { html, nothing } from "lit-html";
import { byId, draw } from "../kit/draw.js";

/** @param {State} state */
export function showOffline(state) {
  draw(byId("offline"), () =>
    state.isOffline.value
      ? html`<span title="All of Tenlines is kept in this browser. It opens and trains without a network.">
          <svg viewBox="0 0 12 12" aria-hidden="true"><path d="M2 6.5 5 9.5 10 3" /></svg>Ready offline
        </span>`
      : nothing,
  );
}
