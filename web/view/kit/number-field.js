/**
 * @file A number to set, and its label: typing trains at once, Enter lets what was typed stand, Escape takes it back.
 * @import { Problem } from "../../model/protocol.js"
 * @import { State } from "../../state/state.js"
 */
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { readSetting } from "../../model/typed-numbers.js";
import { createDraft } from "./draft.js";
import { isComposing } from "./draw.js";

/** @param {State} state */
export function createField(state) {
  const draft = createDraft(state);
  /**
   * @param {string} path  of the number in the problem, as a refusal names it
   * @param {unknown} label
   * @param {string} hint
   * @param {number | string} value
   * @param {(typed: number | string) => Problem} change
   */
  return (path, label, hint, value, change) => {
    const isWhole = path !== "training.learning_rate"; // all others are counts, or the number of a random start
    const invalid = state.refusal.value?.field === path;
    return html`<label for=${path} title=${hint}>${label}</label>
      <input
        id=${path}
        inputmode="decimal"
        autocomplete="off"
        ?readonly=${state.readOnly}
        title=${hint}
        aria-invalid=${invalid ? "true" : nothing}
        .value=${live(draft.shown(path, String(value)))}
        @input=${(/** @type {Event} */ event) => {
          const { value: text } = /** @type {HTMLInputElement} */ (event.target);
          draft.type(path, text, change(readSetting(text, isWhole)));
        }}
        @keydown=${(/** @type {KeyboardEvent} */ event) => {
          const { key } = event;
          if (isComposing(event)) return;
          if (key === "Escape") state.cancel(path);
          if (key === "Escape" || key === "Enter") draft.commit();
        }}
        @blur=${draft.commit}
      />`;
  };
}
