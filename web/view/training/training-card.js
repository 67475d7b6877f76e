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

const SENSITIVE =
  "Sensitive to rounding: the last bit of the first weights changes the result, so that another machine may get " +
  "another one. A smaller learning rate helps.";

const EQUAL = 1e-9; // what two engines may be apart where rounding decides nothing

/**
 * @param {State} state
 * @param {Trainer} trainer
 * @param {import("../../load-later.js").LoadLater} later
 */
export function showTraining(state, trainer, later) {
  showCurve(byId("curve"), state, createSeek(state, trainer), later);
  const isOpen = signal(false); // what is for engineers

  const controls = createControls(state);
  const moreSettings = createMoreSettings(state, controls);

  const choose = (/** @type {Event} */ event) => {
    const { value } = /** @type {HTMLSelectElement} */ (event.target);
    state.choice.value = value === "numpy" ? "numpy" : "compiled";
  };

  draw(byId("settings"), () => {
    const run = state.run.value;
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
          For engineers
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
          <p class="soft">${enginesSentence(run)}</p>
        </div>
      </div>
      ${run.sensitive ? html`<p class="sensitive">${SENSITIVE}</p>` : nothing}`;
  });
}

/**
 * Both engines and their times, and whether they agree.
 * @param {import("../../model/run.js").RunState} run
 */
function enginesSentence({ engine, seconds, reference, fallback, sensitive }) {
  if (fallback) return `The compiled engine could not train this, so NumPy did. ${fallback}`;
  if (!engine) return "";
  if (engine === "numpy") return `NumPy ${duration(seconds)}.`;
  if (!reference) return `Compiled ${duration(seconds)}.`;
  const times = `NumPy ${duration(reference.seconds)}, compiled ${duration(seconds)}`;
  if (reference.apart <= EQUAL) return `${times}, same weights to ${power(reference.apart)}.`;
  return sensitive
    ? `${times}; they differ by ${power(reference.apart)}, as rounding may.`
    : `${times}; they differ by ${power(reference.apart)}. Rounding can grow so where units are saturated, near 0 or 1.`;
}

/** @param {number} apart */
const power = (apart) => (apart === 0 ? "the last bit" : `1e${Math.ceil(Math.log10(apart))}`);
