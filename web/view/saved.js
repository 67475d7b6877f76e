/**
 * @file Saved tables: the list of those kept in this browser, and the way back to what a table began as.
 * @import { State } from "../state.js"
 * @import { Entry } from "../saved.js"
 */
import { signal } from "@preact/signals-core";
import { html } from "lit-html";
import { openSaved } from "../opening.js";
import { remove, rename, savedTables } from "../saved.js";
import { when } from "../words.js";
import { createDialog } from "./dialog.js";
import { byId, draw } from "./dom.js";

/** @param {State} state */
export function showSaved(state) {
  const entries = signal(/** @type {Entry[]} */ ([]));

  /** @param {Entry} entry */
  const entryTemplate = (entry) => {
    const { inputs, outputs, rows } = entry.problem.table;
    return html`<li>
      <input
        aria-label="Name of ${entry.name}"
        .value=${entry.name}
        @change=${(/** @type {Event} */ event) => {
          rename(entry, /** @type {HTMLInputElement} */ (event.target).value);
          look();
        }}
      />
      <p class="soft">${when(entry.changed)} · ${rows.length} rows · ${inputs.join(", ")} → ${outputs.join(", ")}</p>
      <div class="acts">
        <button
          type="button"
          aria-label="Open ${entry.name}"
          @click=${() => {
            openSaved(state, entry);
            dialog.close();
          }}
        >
          Open
        </button>
        <button
          type="button"
          aria-label="Delete ${entry.name}"
          @click=${() => {
            remove(entry);
            look();
          }}
        >
          Delete
        </button>
      </div>
    </li>`;
  };

  const dialog = createDialog("saved", "Saved tables", () =>
    entries.value.length > 0
      ? html`<p class="soft">Every table that you edit is kept in this browser, and nowhere else.</p>
          <ul class="entries">${entries.value.map(entryTemplate)}</ul>`
      : html`<p class="soft">Nothing yet. Every table that you edit is kept here, in this browser and nowhere else.</p>`,
  );
  function look() {
    entries.value = savedTables();
  }
  const open = () => {
    look();
    dialog.open();
  };

  draw(byId("keeping"), () => {
    const { original, title } = state.work.value;
    const isOriginal = state.problem.value === original;
    return html`<button
        type="button"
        aria-disabled=${isOriginal}
        aria-label="Back to the original"
        title="Back to what this table began as; what you made of it stays saved"
        @click=${() => {
          if (!isOriginal) state.begin(original, { title, original });
        }}
      >
        Original
      </button>
      <button type="button" @click=${open}>Saved</button>`;
  });
  return { open };
}
