/**
 * @file Saved tables: the list of those kept in this browser, and the way back to what a table began as.
 * @import { State } from "../state.js"
 * @import { Entry } from "../saved.js"
 */
import { signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { openSaved } from "../opening.js";
import { remove, rename, savedTables, write } from "../saved.js";
import { when } from "../words.js";
import { createDialog } from "./dialog.js";
import { byId, draw } from "./dom.js";

/** @param {State} state */
export function showSaved(state) {
  const entries = signal(/** @type {Entry[]} */ ([]));
  const removed = signal(/** @type {Entry | null} */ (null));

  /** @param {Entry} entry */
  const entryTemplate = (entry) => {
    const { inputs, outputs, rows } = entry.problem.table;
    return html`<li>
      <input
        aria-label="Name of ${entry.name}"
        .value=${entry.name}
        @change=${(/** @type {Event} */ event) => {
          const name = /** @type {HTMLInputElement} */ (event.target).value.trim();
          const { saved } = state.work.value;
          if (name) rename(entry, name);
          if (name && saved?.id === entry.id) saved.name = name;
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
            removed.value = entry;
            look();
          }}
        >
          Delete
        </button>
      </div>
    </li>`;
  };

  const removedTemplate = () => {
    const entry = removed.value;
    if (!entry) return nothing;
    const bringBack = () => {
      write(entry);
      removed.value = null;
      look();
    };
    return html`<div class="line">
      <p role="status">Deleted “${entry.name}”.</p>
      <button type="button" @click=${bringBack}>Bring it back</button>
    </div>`;
  };

  const dialog = createDialog(
    "saved",
    "Saved tables",
    () => html`<p class="soft">
        ${entries.value.length > 0 ? nothing : "Nothing yet. "}Every table that you edit is kept in this browser, and nowhere
        else.
      </p>
      ${removedTemplate()}
      <ul class="entries">${repeat(entries.value, ({ id }) => id, entryTemplate)}</ul>`,
  );
  function look() {
    entries.value = savedTables();
  }
  const open = () => {
    removed.value = null;
    look();
    dialog.open();
  };

  draw(byId("keeping"), () => {
    const { original, title, given } = state.work.value;
    const isOriginal = state.problem.value === original;
    return html`<button
        type="button"
        aria-disabled=${isOriginal}
        aria-label="Back to the original"
        title="Back to what this table began as; what you made of it stays saved"
        @click=${() => {
          if (!isOriginal) state.begin(original, { title, original, ...(given && { given }) });
        }}
      >
        Original
      </button>
      <button type="button" @click=${open}>Saved</button>`;
  });
  return { open };
}
