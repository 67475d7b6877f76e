/**
 * @file The structure of the network: hidden layers and bias.
 * @import { State } from "../../state/state.js"
 */
import { html } from "lit-html";
import { addLayer, removeLayer } from "../../model/edits.js";
import { settingAt } from "../../model/settings.js";
import { byId, draw } from "../kit/draw.js";
import { createControls } from "../kit/setting-control.js";

const HIDDEN = "network.hidden";
const { most = 0 } = settingAt(HIDDEN);

/** @param {State} state */
export function showLayers(state) {
  const controls = createControls(state);
  const root = byId("layers");

  /** @param {unknown} _ @param {number} index */
  const layerTemplate = (_, index) => {
    const number = index + 1;
    const path = `${HIDDEN}.${number}`;
    const label = html`Hidden layer ${number}<span class="visually-hidden"> units</span>`;
    return html`<div class="setting">
      ${controls.labelled(`${path}.units`, label)}
      ${controls.list(`${path}.activation`, `Hidden layer ${number} activation`)}
      <button
        type="button"
        class="remove"
        aria-label="Remove hidden layer ${number}"
        title="Remove hidden layer ${number}"
        @click=${() => {
          state.edit(removeLayer(state.problem.value, index));
          /** @type {HTMLElement | null} */ (root.querySelector("#add-layer"))?.focus();
        }}
      >
        ×
      </button>
    </div>`;
  };

  draw(root, () => {
    const { hidden } = state.problem.value.network;
    return html`${hidden.map(layerTemplate)}
      <div class="setting">
        <button
          type="button"
          id="add-layer"
          aria-disabled=${hidden.length >= most}
          @click=${() => {
            if (hidden.length < most) state.edit(addLayer(state.problem.value));
          }}
        >
          Add hidden layer
        </button>
        ${controls.labelled("network.bias")}
      </div>`;
  });
}
