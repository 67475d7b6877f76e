/** @file A few buttons of which one is on: a choice that is seen whole. */
import { html } from "lit-html";

/**
 * @template Value
 * @param {string} name  of the choice
 * @param {[string, Value][]} offered  what each button says, and what it stands for
 * @param {Value} now
 * @param {(value: Value) => void} choose
 */
export const segments = (name, offered, now, choose) =>
  html`<div class="segments" role="group" aria-label=${name}>
    ${offered.map(
      ([text, value]) =>
        html`<button type="button" aria-pressed=${value === now} @click=${() => choose(value)}>${text}</button>`,
    )}
  </div>`;
