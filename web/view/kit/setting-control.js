/**
 * @file The control of a setting, by its kind. A number is typed: it trains at once, Enter accepts it and Escape takes it
 * back. A choice is a list, a switch is on or off.
 * @import { State } from "../../state/state.js"
 * @import { Setting } from "../../model/settings.js"
 */
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { settingAt, valueAt, withSetting } from "../../model/settings.js";
import { readSetting } from "../../model/typed-numbers.js";
import { isComposing } from "./draw.js";

/**
 * A setting as it is now. hintId: of what says in sight what it does, where that is there.
 * @typedef {{ path: string, setting: Setting, value: any, isRefused: boolean, hintId: unknown }} Shown
 */

/** @param {string} path */
export const hintIdOf = (path) => `${path}-hint`;

/** @param {State} state */
export function createControls(state) {
  /** @param {string} path @param {unknown} value */
  const edit = (path, value) => state.edit(withSetting(state.problem.value, path, value));

  /** @param {Shown} shown */
  const number = ({ path, setting: { kind, hint, isOptional }, value, isRefused, hintId }) => {
    /** @param {string} text */
    const read = (text) => (isOptional && text.trim() === "" ? null : readSetting(text, kind === "whole"));
    return html`<input
      id=${path}
      inputmode="decimal"
      autocomplete="off"
      ?readonly=${state.readOnly}
      title=${hint ?? nothing}
      aria-describedby=${hintId}
      aria-invalid=${isRefused ? "true" : nothing}
      .value=${live(state.typing.textIn(path, String(value ?? "")))}
      @input=${(/** @type {Event} */ event) => {
        const { value: text } = /** @type {HTMLInputElement} */ (event.target);
        state.edit(withSetting(state.problem.value, path, read(text)), { into: path, text });
      }}
      @keydown=${(/** @type {KeyboardEvent} */ event) => {
        const { key } = event;
        if (isComposing(event)) return;
        if (key === "Escape") state.cancel(path);
        if (key === "Escape" || key === "Enter") state.commit();
      }}
      @blur=${state.commit}
    />`;
  };

  /** @param {Shown} shown @param {string} [name]  where no label names it */
  const choice = ({ path, setting: { hint, choices = [] }, value, isRefused, hintId }, name) => {
    const offered = choices.filter(([each, words]) => words !== "" || each === value);
    return html`<select
    id=${path}
    aria-label=${name ?? nothing}
    title=${hint || nothing}
    aria-describedby=${hintId}
    ?disabled=${state.readOnly}
    aria-invalid=${isRefused ? "true" : nothing}
    @change=${(/** @type {Event} */ event) => {
      const { selectedIndex } = /** @type {HTMLSelectElement} */ (event.target);
      edit(path, offered[selectedIndex][0]);
    }}
  >
    ${offered.map(([each, words]) => html`<option .selected=${each === value}>${words || each}</option>`)}
  </select>`;
  };

  /** @param {Shown} shown */
  const toggle = ({ path, value, hintId }) => html`<input
    type="checkbox"
    role="switch"
    aria-describedby=${hintId}
    ?disabled=${state.readOnly}
    .checked=${live(value)}
    @change=${() => edit(path, !value)}
  />`;

  /** @param {string} path @returns {Shown} */
  const shownAt = (path) => ({
    path,
    setting: settingAt(path),
    value: valueAt(state.problem.value, path),
    isRefused: state.refusal.value?.field === path,
    hintId: settingAt(path).isMore ? hintIdOf(path) : nothing,
  });

  return {
    edit,
    /**
     * A setting's label and its control.
     * @param {string} path
     * @param {unknown} [label]  in the place of its own
     */
    labelled(path, label) {
      const shown = shownAt(path);
      const { kind, hint, label: own } = shown.setting;
      if (kind === "switch") return html`<label title=${hint ?? nothing}>${toggle(shown)}${own}</label>`;
      return html`<label for=${path} title=${hint ?? nothing}>${label ?? own}</label>
        ${kind === "choice" ? choice(shown) : number(shown)}`;
    },
    /**
     * The list of a choice alone.
     * @param {string} path
     * @param {string} name  for those who cannot see where it stands
     */
    list: (path, name) => choice(shownAt(path), name),
  };
}
