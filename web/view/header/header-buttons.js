/**
 * @file The buttons of the heading that open a dialog, and the way back to what a table began as.
 * @import { State } from "../../state/state.js"
 */
import { html } from "lit-html";
import { codeToKeep, isAsOpened } from "../../model/document.js";
import { byId, draw } from "../kit/draw.js";

/** @param {() => void} open */
export const showDownload = (open) =>
  draw(byId("download-acts"), () => html`<button type="button" @click=${open}>Download</button>`);

/** @param {() => void} open */
export const showShare = (open) =>
  draw(byId("sharing"), () => html`<button type="button" class="primary" @click=${open}>Share</button>`);

/**
 * @param {State} state
 * @param {() => void} open
 */
export const showKeeping = (state, open) =>
  draw(byId("keeping"), () => {
    const { original, code = "", title, isNamed, given } = state.work.value;
    const isOriginal = isAsOpened(state.work.value, state.problem.value, codeToKeep(state.code.value));
    return html`<button
        type="button"
        aria-disabled=${isOriginal}
        aria-label="Back to the original"
        title="Back to what this table began as; what you made of it stays saved"
        @click=${() => {
          if (!isOriginal) state.begin(original, { title, isNamed, original, given }, code);
        }}
      >
        Original
      </button>
      <button type="button" @click=${open}>Saved</button>`;
  });
