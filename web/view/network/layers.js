/**
 * @file The network's make-up: hidden layers and bias.
 * @import { State } from "../../state/state.js"
 */
import { html } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { addLayer, removeLayer, setBias, setLayer } from "../../model/edits.js";
import { ACTIVATIONS, MOST_LAYERS } from "../../model/schema.js";
import { byId, draw } from "../kit/draw.js";
import { createField } from "../kit/number-field.js";

/** @param {State} state */
export function showLayers(state) {
  const field = createField(state);
  const root = byId("layers");

  /** @param {{ units: number | string, activation: string }} layer @param {number} index */
  const layerTemplate = ({ units, activation }, index) => {
    const number = index + 1;
    const label = html`Hidden layer ${number}<span class="visually-hidden"> units</span>`;
    return html`<div class="setting">
      ${field(`network.hidden.${number}.units`, label, "Units, 1 to 64", units, (typed) =>
        setLayer(state.problem.value, index, { units: typed }),
      )}
      <select
        aria-label="Hidden layer ${number} activation"
        ?disabled=${state.readOnly}
        @change=${(/** @type {Event} */ event) => {
          const { value } = /** @type {HTMLSelectElement} */ (event.target);
          state.edit(setLayer(state.problem.value, index, { activation: value }));
        }}
      >
        ${ACTIVATIONS.map((name) => html`<option .selected=${name === activation}>${name}</option>`)}
      </select>
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
    const { hidden, bias } = state.problem.value.network;
    return html`${hidden.map(layerTemplate)}
      <div class="setting">
        <button
          type="button"
          id="add-layer"
          aria-disabled=${hidden.length >= MOST_LAYERS}
          @click=${() => {
            if (hidden.length < MOST_LAYERS) state.edit(addLayer(state.problem.value));
          }}
        >
          Add hidden layer
        </button>
        <label title="A weight that every unit adds whatever its inputs are">
          <input
            type="checkbox"
            role="switch"
            ?disabled=${state.readOnly}
            .checked=${live(bias)}
            @change=${() => state.edit(setBias(state.problem.value, !bias))}
          />
          Bias
        </label>
      </div>`;
  });
}
