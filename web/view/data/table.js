/**
 * @file The table: names, cells, and what the network says about each row.
 * @import { Table } from "../../model/protocol.js"
 * @import { RunState } from "../../model/run.js"
 * @import { State } from "../../state/state.js"
 * @import { Part } from "./visible-part.js"
 */
import { computed } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { columnsOf } from "../../model/edits.js";
import { fitOf, isBinary } from "../../model/fit.js";
import { MOST_NAME } from "../../model/schema.js";
import { answerText, decimals, hasPlaceFor, shortenedText, shortWord, wordFor } from "../../model/words.js";
import { gaugeTemplate } from "./gauge.js";
import { cellsTemplate, indexOf, rowsTemplate, widthsTemplate } from "./partial-table.js";
import { isLong, isWide } from "./visible-part.js";

export const NAMES = -1; // the row of column names
export const REMOVE_COLUMN = -2; // the row of the buttons that remove a column
export const REMOVE_ROW = -1; // the column of those that remove a row

/**
 * @typedef {object} GridInput  what the keyboard, pointer and clipboard have to say about what is drawn
 * @property {(into: string, otherwise: string) => string} shown
 * @property {(row: number, column: number) => boolean} isEditing
 */

const MOST_WIDTH = 14; // of a name or a number, in characters; a longer one scrolls in its place

/** @param {number} row @param {number | string} column  the name of a place, for drafts and undo */
export const placeOf = (row, column) => `${row}:${column}`;

/**
 * @param {State} state
 * @param {GridInput} gridInput
 * @param {ReturnType<typeof import("./visible-part.js").createVisiblePart>} visible
 * @param {import("../../load-later.js").LoadLater} later
 */
export function tableTemplate(state, gridInput, visible, later) {
  const { refusal } = state;
  const wrong = computed(() => new Set(refusal.value?.cells?.map(([row, name]) => placeOf(row, name))));

  return () => {
    const { table } = state.problem.value;
    const rows = visible.rows(table);
    const columns = visible.columns(table);
    /** @type {Context} */
    const context = {
      table,
      columns,
      gridInput,
      run: state.run.value,
      chosen: hasPlaceFor(state.run.value, table) ? state.row.value : null,
      wrong: wrong.value,
      position: refusal.value?.position,
      fit: fitOf(state.run.value),
      unsettled: state.unsettled.value,
      startsFor: later.startsTemplate,
      readOnly: state.readOnly,
    };
    const wide = isWide(table);
    const { inputs, wanted, says } = state.walk.lit.value;
    const lit = {
      "lit-inputs": inputs,
      "lit-wanted": wanted,
      "lit-says": says,
      walked: state.walk.stage.value,
    };
    const several = table.outputs.length > 1;
    const kinds = { several, long: isLong(table), wide, stale: state.stale.value, ...lit };
    const classes = Object.entries(kinds).filter(([, holds]) => holds);
    return html`<table
      class=${["data", ...classes.map(([name]) => name)].join(" ")}
      aria-rowcount=${table.rows.length + 1}
      aria-colcount=${wide ? 1 + table.inputs.length + 2 * table.outputs.length : nothing}
    >
      <caption class="visually-hidden">Data</caption>
      ${wide ? widthsTemplate(columns, table) : nothing}
      ${headTemplate(context)}
      <tbody>
        ${rowsTemplate(rows, (row) => rowTemplate(row, context))}
      </tbody>
    </table>`;
  };
}

/**
 * @typedef {{ table: Table, columns: Part, run: RunState, chosen: number | null, gridInput: GridInput,
 *   wrong: Set<string>, position: number | undefined, fit: import("../../model/fit.js").Fit, unsettled: Set<number>,
 *   startsFor: (row: number, output: number) => unknown, readOnly: boolean }} Context
 */

/** @param {Context} context */
function headTemplate(context) {
  const { table, columns, gridInput, position, readOnly } = context;
  const names = columnsOf(table);
  const cell = (/** @type {number} */ column) => {
    const name = names[column] ?? "";
    const isOutput = column >= table.inputs.length;
    const kind = isOutput ? "output" : "input";
    const number = isOutput ? column - table.inputs.length + 1 : column + 1;
    const invalid = position === column + 1;
    return html`<th scope="col" class=${kind} aria-label=${name || `${kind} ${number}`} aria-colindex=${indexOf(column, table)}>
        <input
          class="name"
          maxlength=${MOST_NAME}
          aria-label="Name of ${kind} ${number}"
          aria-invalid=${invalid ? "true" : nothing}
          data-row=${NAMES}
          data-column=${column}
          data-editing=${gridInput.isEditing(NAMES, column) || nothing}
          ?readonly=${readOnly}
          .style=${widthFor(name, table)}
          autocomplete="off"
          spellcheck="false"
          .value=${live(gridInput.shown(placeOf(NAMES, column), name))}
        />
        ${removeTemplate("column", name, REMOVE_COLUMN, column)}
      </th>
      ${isOutput ? html`<th scope="col" class="says" aria-label="network says for ${name}" aria-colindex=${indexOf(column, table, 1)}>network says${table.outputs.length > 1 ? ` for ${shortenedText(name)}` : ""}</th>` : nothing}`;
  };
  return html`<thead>
    <tr>
      <th scope="col" class="number"><span class="visually-hidden">Row</span></th>
      ${cellsTemplate(columns, cell)}
    </tr>
  </thead>`;
}

/**
 * The style of a box that shows the whole of a text. Columns of a wide table have widths of their own.
 * @param {string} text
 * @param {Table} table
 */
const widthFor = (text, table) =>
  isWide(table) || text.length < 4 ? "" : `min-width:max(44px,${Math.min(MOST_WIDTH, text.length) + 1}ch)`;

/**
 * @param {number} row
 * @param {Context} context
 */
function rowTemplate(row, context) {
  const { table, columns, gridInput, wrong, readOnly } = context;
  const cells = table.rows[row] ?? [];
  const names = columnsOf(table);
  const first = table.inputs.length;
  const asks = cells.every((cell, column) => column < first || cell === null);
  const cell = (/** @type {number} */ column) => {
    const name = names[column] ?? "";
    const value = cells[column] ?? null;
    const isOutput = column >= first;
    const text = cellText(value, isOutput);
    const invalid = wrong.has(placeOf(row + 1, name.trim()));
    return html`<td
        class=${isOutput ? (value === null ? "output asked" : "output") : "input"}
        aria-colindex=${indexOf(column, table)}
      >
        <input
          aria-label="Row ${row + 1} ${name}"
          aria-invalid=${invalid ? "true" : nothing}
          data-row=${row}
          data-column=${column}
          data-editing=${gridInput.isEditing(row, column) || nothing}
          ?readonly=${readOnly}
          autocomplete="off"
          spellcheck="false"
          enterkeyhint="next"
          .style=${widthFor(text, table)}
          .value=${live(gridInput.shown(placeOf(row, column), text))}
        />
      </td>
      ${isOutput ? saysTemplate(row, column - first, context) : nothing}`;
  };
  const isHeldOut = context.run.heldOut.has(row);
  return html`<tr class=${asks ? "asks" : ""} aria-rowindex=${row + 2} ?data-held-out=${isHeldOut} ?data-chosen=${row === context.chosen}>
    <th
      scope="row"
      class="number"
      aria-label="Row ${row + 1}${isHeldOut ? ", held out" : ""}"
      title=${isHeldOut ? "Held out: never trained on" : nothing}
    >
      <span>${row + 1}</span>
      ${removeTemplate("row", row + 1, row, REMOVE_ROW)}
    </th>
    ${cellsTemplate(columns, cell)}
  </tr>`;
}

/**
 * @param {"row" | "column"} what
 * @param {string | number} which  its name or number, for people
 * @param {number} row
 * @param {number} column
 */
const removeTemplate = (what, which, row, column) => html`<button
    type="button"
    class="remove"
    aria-label="Remove ${what} ${which}"
    title="Remove ${what} ${which}"
    data-remove=${what}
    data-row=${row}
    data-column=${column}
  >
    ×
  </button>`;

/** @param {import("../../model/protocol.js").Cell} value @param {boolean} isOutput */
const cellText = (value, isOutput) =>
  value === null ? (isOutput ? "?" : "") : Object.is(value, -0) ? "-0" : String(value);

/**
 * What the network says: large where it was asked, on a track with the target where that is known.
 * @param {number} row
 * @param {number} output
 * @param {Context} context
 */
function saysTemplate(row, output, { table, run, fit, unsettled, startsFor }) {
  const column = table.inputs.length + output;
  const index = indexOf(column, table, 1);
  const name = `Row ${row + 1} ${table.outputs[output]}`;
  const target = table.rows[row]?.[column] ?? null;
  const place = row * table.outputs.length + output;
  const value = hasPlaceFor(run, table) ? run.frame?.outputs[place] : undefined;
  if (value === undefined)
    return html`<td class=${target === null ? "says asked" : "says"} aria-label="${name}: no answer yet" aria-colindex=${index}>…</td>`;
  if (target === null) {
    const word = wordFor(value, isBinary(table, output), fit, !unsettled.has(place));
    const whole = `${name}: ${[answerText(value), word].filter(Boolean).join(", ")}`;
    return html`<td class=${fit.wrong > 0 ? "says asked unlearned" : "says asked"} aria-label=${whole} aria-colindex=${index}>
      <output class="answer" aria-live="off" aria-label=${whole} translate="no" name="row-${row + 1}-${table.outputs[output]}" data-value=${value}>${answerText(value)}</output>
      ${word ? html`<span class="word" title=${word}>${shortWord(word)}</span>` : nothing}
      ${startsFor(row, output)}
    </td>`;
  }
  const isOff = fit.isOff(row, output);
  const text = isBinary(table, output) ? answerText(value, 3) : decimals(value, 3);
  return html`<td class=${isOff ? "says off" : "says"} aria-label="${name}: ${text}${isOff ? `, wrong: the table says ${cellText(target, true)}` : ""}" aria-colindex=${index}>
    ${typeof target === "number" ? gaugeTemplate(table, output, target, value, isOff) : nothing}<span class="fitted"><span class="sign" aria-hidden="true">${isOff ? "≠" : ""}</span><span class="fit" translate="no" data-value=${value}>${text}</span></span>
  </td>`;
}
