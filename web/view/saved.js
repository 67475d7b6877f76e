/**
 * @file Saved tables: the list of those kept in this browser, and the way back to what a table began as.
 * @import { State } from "../state.js"
 * @import { Entry } from "../saved.js"
 */
import { signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { repeat } from "lit-html/directives/repeat.js";
import { openSaved } from "../opening.js";
import { remove, rename, savedTables, write } from "../saved.js";
import { MOST_NAME } from "../shape.js";
import { briefly, counted, when } from "../words.js";
import { isAsItCame, ownCode } from "../work.js";
import { createDialog } from "./dialog.js";
import { byId, draw } from "./dom.js";

/** @param {State} state */
export function showSaved(state) {
  const entries = signal(/** @type {Entry[]} */ ([]));
  const removed = signal(/** @type {Entry | null} */ (null));
  const said = signal("");

  /**
   * Do something with the list, look again, and put the keyboard where it goes on.
   * @param {() => void} act
   * @param {string} [focused]  a selector
   */
  function change(act, focused) {
    said.value = "";
    try {
      act();
    } catch {
      said.value = "This browser has no room left to keep that. Delete another table first.";
    }
    look();
    if (focused) /** @type {HTMLElement | null} */ (byId("saved").querySelector(focused))?.focus();
  }

  /** @param {Entry} entry */
  const entryTemplate = (entry) => {
    const { inputs, outputs, rows } = entry.problem.table;
    return html`<li>
      <input
        aria-label="Name of ${entry.name}"
        maxlength=${MOST_NAME}
        .value=${live(entry.name)}
        @change=${(/** @type {Event} */ event) => {
          const name = /** @type {HTMLInputElement} */ (event.target).value.trim();
          const { saved } = state.work.value;
          change(() => {
            if (!name) return;
            rename(entry, name);
            if (saved?.id !== entry.id) return;
            Object.assign(saved, { name, isNamed: true });
            state.work.value = { ...state.work.value };
          });
        }}
      />
      <p class="soft">${when(entry.changed)} · ${counted(rows.length, "row")} · ${inputs.map(briefly).join(", ")} → ${outputs.map(briefly).join(", ")}</p>
      <div class="acts">
        <button
          type="button"
          aria-label="Open ${entry.name}"
          data-open=${entry.id}
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
          @click=${() =>
            change(() => {
              remove(entry);
              removed.value = entry;
            }, "[data-back]")}
        >
          Delete
        </button>
      </div>
    </li>`;
  };

  const removedTemplate = () => {
    const entry = removed.value;
    if (!entry) return nothing;
    const bringBack = () =>
      change(() => {
        write(entry);
        removed.value = null;
      }, `[data-open="${entry.id}"]`);
    return html`<div class="line">
      <p role="status">Deleted “${entry.name}”.</p>
      <button type="button" data-back @click=${bringBack}>Bring it back</button>
    </div>`;
  };

  const dialog = createDialog(
    "saved",
    "Saved tables",
    () => html`<p class="soft">
        ${entries.value.length > 0 ? nothing : "Nothing yet. "}Every table that you edit or import is kept in this browser, and
        nowhere else.
      </p>
      ${said.value ? html`<p role="alert" class="problem">${said.value}</p>` : nothing}
      ${removedTemplate()}
      <ul class="entries">${repeat(entries.value, ({ id }) => id, entryTemplate)}</ul>`,
  );
  function look() {
    entries.value = savedTables();
  }
  const open = () => {
    change(() => {
      removed.value = null;
    });
    dialog.open();
  };

  draw(byId("keeping"), () => {
    const { original, code = "", title, isNamed, given } = state.work.value;
    const isOriginal = isAsItCame(state.work.value, state.problem.value, ownCode(state.code.value));
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
  return { open };
}
