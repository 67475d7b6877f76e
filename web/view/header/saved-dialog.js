/**
 * @file The dialog of saved tables, to open, rename and delete them.
 * @import { Documents } from "../../documents/documents.js"
 * @import { Entry } from "../../model/document.js"
 * @import { State } from "../../state/state.js"
 */
import { signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { repeat } from "lit-html/directives/repeat.js";
import { MOST_NAME } from "../../model/schema.js";
import { counted, dateText, shortenedText } from "../../model/words.js";
import { createDialog } from "../kit/dialog.js";
import { byId } from "../kit/draw.js";

const NOT_WHOLE =
  "This browser does not let the page look at them: its storage is switched off, or does not work just now.";

/**
 * @param {State} state
 * @param {Documents} documents
 */
export function createSaved(state, { tables, openSaved }) {
  const entries = signal(/** @type {Entry[] | null} */ (null)); // null: not looked yet
  const isWhole = signal(true);
  const removed = signal(/** @type {Entry | null} */ (null));
  const said = signal("");

  async function look() {
    const found = await tables.list();
    entries.value = found.entries;
    isWhole.value = found.isWhole;
  }

  /**
   * Do something with the list, look again, and put the keyboard where it goes on.
   * @param {() => Promise<string | undefined>} act  gives the selector of that
   */
  async function change(act) {
    said.value = "";
    let focused;
    try {
      focused = await act();
    } catch (error) {
      said.value =
        error instanceof DOMException && error.name === "QuotaExceededError"
          ? "This browser has no room left to keep that. Delete another table first."
          : "That was not done: this browser’s storage does not work just now. Try again.";
    }
    await look();
    if (focused) /** @type {HTMLElement | null} */ (byId("saved").querySelector(focused))?.focus();
  }

  /** @param {Entry} entry @param {string} name */
  async function rename(entry, name) {
    if (!name) return undefined;
    await tables.rename(entry, name);
    const { saved } = state.work.value;
    if (saved?.id === entry.id) {
      Object.assign(saved, { name, isNamed: true });
      state.work.value = { ...state.work.value };
    }
    return undefined;
  }

  /** @param {Entry} entry */
  async function remove(entry) {
    await tables.remove(entry);
    removed.value = entry;
    return "[data-back]";
  }

  /** @param {Entry} entry */
  async function bringBack(entry) {
    const back = await tables.bringBack(entry);
    removed.value = null;
    if (back.id !== entry.id)
      said.value = `“${entry.name}” has been kept again since, by another tab. What you deleted is beside it, as “${back.name}”.`;
    return `[data-open="${back.id}"]`;
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
          change(() => rename(entry, name));
        }}
      />
      <p class="soft">${dateText(entry.changed)} · ${counted(rows.length, "row")} · ${inputs.map(shortenedText).join(", ")} → ${outputs.map(shortenedText).join(", ")}</p>
      <div class="acts">
        <button
          type="button"
          aria-label="Open ${entry.name}"
          data-open=${entry.id}
          @click=${() => {
            openSaved(entry);
            dialog.close();
          }}
        >
          Open
        </button>
        <button
          type="button"
          aria-label="Delete ${entry.name}"
          @click=${() => change(() => remove(entry))}
        >
          Delete
        </button>
      </div>
    </li>`;
  };

  const removedTemplate = () => {
    const entry = removed.value;
    if (!entry) return nothing;
    return html`<div class="line">
      <p role="status">Deleted “${entry.name}”.</p>
      <button type="button" data-back @click=${() => change(() => bringBack(entry))}>Bring it back</button>
    </div>`;
  };

  const dialog = createDialog(
    "saved",
    "Saved tables",
    () => html`<p class="soft">
        ${entries.value?.length === 0 && isWhole.value ? "Nothing yet. " : nothing}Every table that you edit or import is kept
        in this browser, and nowhere else.
      </p>
      ${isWhole.value ? nothing : html`<p role="alert" class="problem">${NOT_WHOLE}</p>`}
      ${said.value ? html`<p role="alert" class="problem">${said.value}</p>` : nothing}
      ${entries.value ? nothing : html`<p class="soft">Looking…</p>`}
      ${removedTemplate()}
      <ul class="entries">${repeat(entries.value ?? [], ({ id }) => id, entryTemplate)}</ul>`,
  );
  return () => {
    removed.value = null;
    said.value = "";
    look();
    dialog.open();
  };
}
