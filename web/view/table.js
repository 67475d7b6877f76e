/**
 * @file The table: names, cells, and what the network says about each row.
 * @import { Refusal, Table } from "../protocol.js"
 * @import { RunState } from "../run.js"
 * @import { State } from "../state.js"
 */
import { computed } from "@preact/signals-core";
import { html, nothing, svg } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { repeat } from "lit-html/directives/repeat.js";
import { columnsOf } from "../problem.js";
import { refusalOf } from "../run.js";
import { MOST_NAME } from "../shape.js";
import { answered, fits, hasLearned, isBinary, wordFor } from "../words.js";

export const NAMES = -1; // the row of column names
export const REMOVE_COLUMN = -2; // the row of the buttons that remove a column
export const REMOVE_ROW = -1; // the column of those that remove a row

/**
 * @typedef {object} Hands  what the keyboard, pointer and clipboard have to say about what is drawn
 * @property {(into: string, otherwise: string) => string} shown
 * @property {(row: number, column: number) => boolean} isEditing
 */

const MOST_WIDTH = 14; // of a name, in characters; a longer one scrolls in its place

/** @param {number} row @param {number} column  the name of a place, for drafts and undo */
export const placeOf = (row, column) => `${row}:${column}`;

/**
 * @param {State} state
 * @param {Hands} hands
 * @param {ReturnType<typeof import("./rows.js").createRows>} rows
 */
export function tableTemplate(state, hands, rows) {
  const binary = computed(() =>
    state.problem.value.table.outputs.map((_, at) => isBinary(state.problem.value.table, at)),
  );

  const learned = computed(() => {
    const { frame, problem } = state.run.value;
    return problem.table.outputs.map(
      (_, at) => frame === null || hasLearned(problem.table, frame.outputs, at),
    );
  });

  return () => {
    const { table } = state.problem.value;
    const run = state.run.value;
    const context = {
      table,
      run,
      hands,
      refusal: refusalOf(run),
      binary: binary.value,
      learned: learned.value,
      readOnly: state.readOnly,
    };
    const { first, last, above, below } = rows.inSight(table);
    const drawn = Array.from({ length: last - first }, (_, at) => first + at);
    return html`<table
      class="data${table.outputs.length > 1 ? " several" : ""}${rows.isLong(table) ? " long" : ""}${state.stale.value ? " stale" : ""}"
      aria-rowcount=${table.rows.length + 1}
    >
      <caption class="visually-hidden">Data</caption>
      ${headTemplate(context)}
      <tbody>
        ${spacer(above)}
        ${repeat(
          drawn,
          (row) => row,
          (row) => rowTemplate(row, context),
        )}
        ${spacer(below)}
      </tbody>
    </table>`;
  };
}

/** @param {number} height */
const spacer = (height) =>
  height > 0 ? html`<tr aria-hidden="true"><td .style=${`height:${height}px`}></td></tr>` : nothing;

/**
 * @typedef {{ table: Table, run: RunState, hands: Hands, refusal: Refusal | null, binary: boolean[],
 *   learned: boolean[], readOnly: boolean }} Context
 * @param {Context} context
 */
function headTemplate({ table, hands, refusal, readOnly }) {
  const columns = columnsOf(table);
  const cell = (/** @type {string} */ name, /** @type {number} */ column) => {
    const isOutput = column >= table.inputs.length;
    const kind = isOutput ? "output" : "input";
    const number = isOutput ? column - table.inputs.length + 1 : column + 1;
    const invalid = refusal?.position === column + 1;
    return html`<th scope="col" class=${kind}>
        <input
          class="name"
          maxlength=${MOST_NAME}
          aria-label="Name of ${kind} ${number}"
          aria-invalid=${invalid ? "true" : nothing}
          aria-describedby=${invalid ? "status" : nothing}
          data-row=${NAMES}
          data-column=${column}
          data-editing=${hands.isEditing(NAMES, column) || nothing}
          ?readonly=${readOnly}
          .style=${`min-width:max(44px,${Math.min(MOST_WIDTH, name.length) + 1}ch)`}
          autocomplete="off"
          spellcheck="false"
          .value=${live(hands.shown(placeOf(NAMES, column), name))}
        />
        <button
          type="button"
          class="remove"
          aria-label="Remove column ${name}"
          title="Remove column ${name}"
          data-remove="column"
          data-row=${REMOVE_COLUMN}
          data-column=${column}
        >
          ×
        </button>
      </th>
      ${isOutput ? html`<th scope="col" class="says">network says</th>` : nothing}`;
  };
  return html`<thead>
    <tr>
      <th scope="col" class="number"><span class="visually-hidden">Row</span></th>
      ${columns.map(cell)}
    </tr>
  </thead>`;
}

/**
 * @param {number} row
 * @param {Context} context
 */
function rowTemplate(row, context) {
  const { table, hands, refusal, readOnly } = context;
  const cells = table.rows[row] ?? [];
  const first = table.inputs.length;
  const asks = cells.slice(first).every((cell) => cell === null);
  return html`<tr class=${asks ? "asks" : ""} aria-rowindex=${row + 2}>
    <th scope="row" class="number">
      <span>${row + 1}</span>
      <button
        type="button"
        class="remove"
        aria-label="Remove row ${row + 1}"
        title="Remove row ${row + 1}"
        data-remove="row"
        data-row=${row}
        data-column=${REMOVE_ROW}
      >
        ×
      </button>
    </th>
    ${columnsOf(table).map((name, column) => {
      const value = cells[column] ?? null;
      const isOutput = column >= first;
      const invalid = refusal?.cells?.some((cell) => cell[0] === row + 1 && cell[1] === name.trim());
      return html`<td class=${isOutput ? (value === null ? "output asked" : "output") : "input"}>
          <input
            aria-label="Row ${row + 1} ${name}"
            aria-invalid=${invalid ? "true" : nothing}
            aria-describedby=${invalid ? "status" : nothing}
            data-row=${row}
            data-column=${column}
            data-editing=${hands.isEditing(row, column) || nothing}
            ?readonly=${readOnly}
            autocomplete="off"
            spellcheck="false"
            enterkeyhint="next"
            .value=${live(hands.shown(placeOf(row, column), cellText(value, isOutput)))}
          />
        </td>
        ${isOutput ? saysTemplate(row, column - first, context) : nothing}`;
    })}
  </tr>`;
}

/** @param {import("../protocol.js").Cell} value @param {boolean} isOutput */
const cellText = (value, isOutput) =>
  value === null ? (isOutput ? "?" : "") : Object.is(value, -0) ? "-0" : String(value);

/**
 * What the network says: large where it was asked, beside a bar where the answer is known.
 * @param {number} row
 * @param {number} output
 * @param {Context} context
 */
function saysTemplate(row, output, { table, run, binary, learned }) {
  const asked = (table.rows[row]?.[table.inputs.length + output] ?? null) === null;
  const value = fits(run, table) ? run.frame?.outputs[row * table.outputs.length + output] : undefined;
  if (value === undefined) return html`<td class=${asked ? "says asked" : "says"}>…</td>`;
  if (asked) {
    const word = wordFor(value, binary[output] ?? false, learned[output] ?? true);
    return html`<td class="says asked">
      <output class="answer" aria-live="off" name="row-${row + 1}-${table.outputs[output]}" data-value=${value}>${answered(value)}</output>
      ${word ? html`<span class="word">${word}</span>` : nothing}
    </td>`;
  }
  const bar = binary[output] && value >= 0 && value <= 1;
  return html`<td class="says">
    ${bar ? barTemplate(value) : nothing}<span class="fit" data-value=${value}>${answered(value, 3)}</span>
  </td>`;
}

/** @param {number} value  0 to 1 */
const barTemplate = (value) =>
  html`<svg class="bar" viewBox="0 0 56 8" aria-hidden="true">
    ${svg`<rect class="track" width="56" height="8" rx="4"/><rect class="fill" width=${56 * value} height="8" rx="4"/><path class="half" d="M28 0V8"/>`}
  </svg>`;
