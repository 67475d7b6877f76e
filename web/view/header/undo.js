/**
 * @file Undo and Redo, and the keys that work anywhere on the page.
 * @import { State } from "../../state/state.js"
 * @import { Trainer } from "../../train/trainer.js"
 */
import { html } from "lit-html";
import { byId, draw, isComposing } from "../kit/draw.js";

/**
 * @param {State} state
 * @param {Trainer} trainer
 */
export function showHistory(state, trainer) {
  // aria-disabled and not disabled: a button that has just done its last step keeps the focus.
  draw(
    byId("history"),
    () => html`
      <button type="button" aria-disabled=${!state.canUndo.value} title="Undo (Ctrl+Z)" @click=${state.undo}>Undo</button>
      <button type="button" aria-disabled=${!state.canRedo.value} title="Redo (Ctrl+Y)" @click=${state.redo}>Redo</button>
    `,
  );

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || isComposing(event)) return; // the editor has its own
    if (!(event.ctrlKey || event.metaKey) || event.altKey || document.querySelector("dialog[open]")) return;
    const key = shortcutOf(event);
    const act =
      key === "z" ? (event.shiftKey ? state.redo : state.undo) : { y: state.redo, Enter: trainer.train }[key];
    if (!act) return;
    event.preventDefault();
    act();
    if (document.activeElement instanceof HTMLInputElement) document.activeElement.select();
  });
}

/**
 * The letter of a shortcut; on a layout without Latin letters, that of the key's place.
 * @param {KeyboardEvent} event
 */
const shortcutOf = ({ key, code }) =>
  key === "Enter" ? key : (/^[a-z]$/i.test(key) ? key : code.replace(/^Key/, "")).toLowerCase();
