/**
 * @file The Data card: the table and the buttons below it.
 * @import { State } from "../../state/state.js"
 * @import { LoadLater } from "../../load-later.js"
 */
import { effect } from "@preact/signals-core";
import { html } from "lit-html";
import { addInput, addOutput, addRow, columnsOf } from "../../model/edits.js";
import { MOST_COLUMNS } from "../../model/schema.js";
import { grouped } from "../../model/words.js";
import { byId, draw } from "../kit/draw.js";
import { createGridInput } from "./grid-input.js";
import { roomFor } from "./room.js";
import { showSummary } from "./summary.js";
import { NAMES, tableTemplate } from "./table.js";
import { createVisiblePart } from "./visible-part.js";

/**
 * @param {State} state
 * @param {LoadLater} later
 */
export function showData(state, later) {
  const { files } = later;
  const root = byId("data");
  const visible = createVisiblePart(root);
  const gridInput = createGridInput(root, state, files, visible);
  draw(root, tableTemplate(state, gridInput, visible, later), gridInput.refocus);
  showSummary(state, later, gridInput.go);

  const main = /** @type {HTMLElement} */ (root.closest("main"));
  effect(() => {
    main.dataset.room = roomFor(state.problem.value.table);
  });

  const picker = /** @type {HTMLInputElement} */ (byId("file"));
  picker.addEventListener("change", () => {
    const [file] = picker.files ?? [];
    if (file) files.importFile(file);
    picker.value = ""; // so that the same file can be chosen again
  });

  /** @param {(problem: typeof state.problem.value) => typeof state.problem.value} change */
  const edit = (change) => state.edit(change(state.problem.value));
  /** @param {(problem: typeof state.problem.value) => typeof state.problem.value} change */
  function widen(change) {
    const isFull = columnsOf(state.problem.value.table).length >= MOST_COLUMNS;
    if (isFull)
      state.notice.value = { text: `A table has up to ${grouped(MOST_COLUMNS)} columns.`, isError: true };
    else edit(change);
    return !isFull;
  }
  draw(
    byId("data-acts"),
    () => html`
      <div class="acts">
        <button type="button" @click=${() => {
          edit(addRow);
          gridInput.go(state.problem.value.table.rows.length - 1, 0);
        }}>Add row</button>
        <button type="button" @click=${() => {
          if (!widen(addInput)) return;
          gridInput.go(NAMES, state.problem.value.table.inputs.length - 1);
        }}>Add input</button>
        <button type="button" @click=${() => {
          if (!widen(addOutput)) return;
          gridInput.go(NAMES, columnsOf(state.problem.value.table).length - 1);
        }}>Add output</button>
      </div>
      <div class="acts">
        <button type="button" @click=${() => picker.click()}>Import CSV</button>
        <button type="button" @click=${() => files.exportFile()}>Export CSV</button>
      </div>
    `,
  );
}
