/**
 * @file The Example select in the heading, which also says what the table is called. Choosing one is an edit: it can be
 * undone.
 * @import { State } from "../../state/state.js"
 * @import { Example } from "../../model/examples.js"
 * @import { Problem } from "../../model/protocol.js"
 */
import { effect } from "@preact/signals-core";
import { html } from "lit-html";
import { nameOf } from "../../model/document.js";
import { EXAMPLES, exampleOf } from "../../model/examples.js";
import { POST } from "../../model/post.js";
import { isSame } from "../../model/schema.js";
import { byId, draw } from "../kit/draw.js";

const GROUPS = [...new Set(EXAMPLES.map(({ group }) => group))];

/**
 * @param {State} state
 * @param {Pick<import("../../load-later.js").LoadLater, "largeExamples" | "withLargeExample">} later
 */
export function showExamples(state, later) {
  /** @type {Example | undefined} the one chosen last: what was waited for may no longer be wanted */
  let wanted;
  const chosenNow = () =>
    nameOf(state.work.value) ? undefined : exampleOf(state.problem.value, later.largeExamples);
  /** @param {Example} example @param {Problem} problem */
  const begin = (example, problem) => {
    if (wanted !== example) return;
    state.begin(problem, { title: example.title, original: problem });
    if (!isSame(problem, POST)) state.notice.value = { text: example.about, isError: false };
  };
  const choose = (/** @type {Event} */ event) => {
    const select = /** @type {HTMLSelectElement} */ (event.target);
    const example = EXAMPLES.find(({ title }) => title === select.value);
    if (!example) return;
    wanted = example;
    if (example.problem) return begin(example, example.problem);
    // Until its table is here, the list says what is on show.
    const shown = chosenNow()?.title;
    select.selectedIndex = [...select.options].findIndex(
      ({ value, disabled }) => shown === value || (!shown && disabled),
    );
    later.withLargeExample(example.name, (problem) => begin(example, problem));
  };
  draw(byId("examples"), () => {
    const name = nameOf(state.work.value);
    const chosen = chosenNow();
    return html`<label for="example">Example</label>
      <select id="example" @change=${choose}>
        ${GROUPS.map(
          (group) => html`<optgroup label=${group}>
            ${EXAMPLES.filter((example) => example.group === group).map(
              (example) => html`<option .selected=${example === chosen}>${example.title}</option>`,
            )}
          </optgroup>`,
        )}
        <option .selected=${!chosen} ?hidden=${Boolean(chosen)} disabled>${name || "Your own"}</option>
      </select>`;
  });
  const { title } = document;
  effect(() => {
    const name = nameOf(state.work.value);
    document.title = name ? `${name} – Tenlines` : title;
  });
}
