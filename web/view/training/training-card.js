/**
 * @file The Training card: the error curve and the settings.
 * @import { State } from "../../state/state.js"
 * @import { Trainer } from "../../train/trainer.js"
 */
import { signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { FIELDS } from "../../model/settings.js";
import { duration } from "../../model/words.js";
import { createSeek } from "../../train/seek.js";
import { byId, draw } from "../kit/draw.js";
import { createControls } from "../kit/setting-control.js";
import { showCurve } from "./error-curve.js";
import { createMoreSettings } from "./more-settings.js";

/**
 * @param {State} state
 * @param {Trainer} trainer
 * @param {import("../../load-later.js").LoadLater} later
 */
export function showTraining(state, trainer, later) {
  showCurve(byId("curve"), state, createSeek(state, trainer), later);
  const isOpen = signal(false); // how exact it is: for engineers

  const controls = createControls(state);
  const moreSettings = createMoreSettings(state, controls);

  const choose = (/** @type {Event} */ event) => {
    const { value } = /** @type {HTMLSelectElement} */ (event.target);
    state.choice.value = value === "numpy" ? "numpy" : "compiled";
  };

  draw(byId("settings"), () => {
    const run = state.run.value;
    const exactness = later.exactness(run);
    return html`${FIELDS.map((path) => html`<div class="setting field">${controls.labelled(path)}</div>`)}
      ${moreSettings()}
      <div class="fold">
        <button
          type="button"
          class="disclose"
          aria-expanded=${isOpen.value}
          @click=${() => {
            isOpen.value = !isOpen.value;
          }}
        >
          How exact is this?
        </button>
        <div class="engines" ?hidden=${!isOpen.value}>
          <div class="setting">
            <span>Trained in</span>
            <span class="measured" translate="no">${run.seconds > 0 ? duration(run.seconds) : "–"}</span>
          </div>
          <div class="setting">
            <label for="engine" title="Compiled: Python writes this network's training as WebAssembly. NumPy: the reference">Engine</label>
            <select id="engine" @change=${choose}>
              <option value="compiled" ?selected=${state.choice.value === "compiled"}>compiled</option>
              <option value="numpy" ?selected=${state.choice.value === "numpy"}>NumPy</option>
            </select>
          </div>
          <p class="soft">${exactness?.engines}</p>
          ${exactness?.quiet ? html`<p class="soft">${exactness.quiet}</p>` : nothing}
        </div>
      </div>
      ${exactness?.loud ? html`<p class="sensitive">${exactness.loud}</p>` : nothing}`;
  });
}
