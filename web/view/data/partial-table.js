/**
 * @file Renders a large table in part: the visible cells, and empty space for the rows and columns that are scrolled
 * out of visible.
 * @import { Table } from "../../model/protocol.js"
 * @import { Part } from "./visible-part.js"
 */
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { CELL_WIDTH, isWide, NUMBER_WIDTH, SAYS_WIDTH } from "./visible-part.js";

/** @param {Part} part */
const countedFrom = ({ first, last }) => Array.from({ length: last - first }, (_, at) => first + at);

/**
 * The cells of a row that are drawn.
 * @param {Part} columns
 * @param {(column: number) => unknown} cell
 */
export const cellsTemplate = (columns, cell) =>
  html`${gap(columns.before)}${repeat(countedFrom(columns), (column) => column, cell)}${gap(columns.after)}`;

/** @param {number} width */
const gap = (width) => (width > 0 ? html`<td aria-hidden="true"></td>` : nothing);

/**
 * The rows that are drawn.
 * @param {Part} rows
 * @param {(row: number) => unknown} row
 */
export const rowsTemplate = (rows, row) =>
  html`${spacer(rows.before)}${repeat(countedFrom(rows), (at) => at, row)}${spacer(rows.after)}`;

/** @param {number} height */
const spacer = (height) =>
  height > 0 ? html`<tr aria-hidden="true"><td .style=${`height:${height}px`}></td></tr>` : nothing;

/**
 * One `col` for each cell that a row of a wide table has.
 * @param {Part} columns
 * @param {Table} table
 */
export function widthsTemplate(columns, table) {
  const { before, after } = columns;
  const widths = [
    NUMBER_WIDTH,
    ...(before > 0 ? [before] : []),
    ...countedFrom(columns).flatMap((column) =>
      column < table.inputs.length ? [CELL_WIDTH] : [CELL_WIDTH, SAYS_WIDTH],
    ),
    ...(after > 0 ? [after] : []),
  ];
  return html`<colgroup>${widths.map((width) => html`<col .style=${`width:${width}px`} />`)}</colgroup>`;
}

/**
 * Its number among all that a row has, for a screen reader that sees only some of them.
 * @param {number} column
 * @param {Table} table
 * @param {number} [beside]  1 for what the network says
 */
export const indexOf = (column, table, beside = 0) =>
  isWide(table) ? column + 2 + Math.max(0, column - table.inputs.length) + beside : nothing;
