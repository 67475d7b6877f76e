/**
 * @file The Example select in the heading, which also says what the table is called. Choosing one is an edit: it can be
 * undone.
 * @import { State } from "../../state/state.js"
 */
import { effect } from "@preact/signals-core";
import { html } from "lit-html";
import { nameOf } from "../../model/document.js";
import { EXAMPLES, exampleOf } from "../../model/examples.js";
import { byId, draw } from "../kit/draw.js";

/** @param {State} state */
export function showExamples(state) {
  const choose = (/** @type {Event} */ event) => {
    const { selectedIndex } = /** @type {HTMLSelectElement} */ (event.target);
    const example = EXAMPLES[selectedIndex];
    if (!example) return;
    state.begin(example.problem, { title: example.name, original: example.problem });
    if (example.about) state.notice.value = { text: example.about, isError: false };
  };
  draw(byId("examples"), () => {
    const name = nameOf(state.work.value);
    const chosen = name ? undefined : exampleOf(state.problem.value);
    return html`<label for="example">Example</label>
      <select id="example" @change=${choose}>
        ${EXAMPLES.map((example) => html`<option .selected=${example === chosen}>${example.name}</option>`)}
        <option .selected=${!chosen} ?hidden=${Boolean(chosen)} disabled>${name || "Your own"}</option>
      </select>`;
  });
  const { title } = document;
  effect(() => {
    const name = nameOf(state.work.value);
    document.title = name ? `${name} – Tenlines` : title;
  });
}
