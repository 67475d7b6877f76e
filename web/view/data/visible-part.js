/**
 * @file Which rows and columns of a large table are rendered: those in sight and a few around them.
 * @import { Table } from "../../model/protocol.js"
 */
import { signal } from "@preact/signals-core";

const FEW_ROWS = 120; // a table of up to so many rows and cells is drawn whole
const FEW_CELLS = 1500;
const FEW = 24; // rows or columns, which are all drawn in a larger one, too
const ROWS_AROUND = 10;
const COLUMNS_AROUND = 4;
const MOST_PRINTED = 1000; // rows; on paper nothing scrolls

// Pixels, in what is drawn in part; table.css has the same.
const ROW_HEIGHT = 44;
export const NUMBER_WIDTH = 44;
export const CELL_WIDTH = 96;
export const SAYS_WIDTH = 160;

/** @param {Table} table */
const widthOf = ({ inputs, outputs }) => inputs.length + outputs.length;

/** @param {Table} table */
const isLarge = (table) => table.rows.length > FEW_ROWS || table.rows.length * widthOf(table) > FEW_CELLS;

/** Whether its rows are of one height, and drawn in part. @param {Table} table */
export const isLong = (table) => isLarge(table) && table.rows.length > FEW;

/** Whether its columns are of one width, and drawn in part. @param {Table} table */
export const isWide = (table) => isLarge(table) && widthOf(table) > FEW;

/**
 * Where a column of a wide table begins. Beside an output stands what the network says.
 * @param {number} column
 * @param {Table} table
 */
const leftOf = (column, { inputs }) =>
  NUMBER_WIDTH + column * CELL_WIDTH + Math.max(0, column - inputs.length) * SAYS_WIDTH;

/**
 * The column at a place, counted from the left edge of the table.
 * @param {number} left
 * @param {Table} table
 */
function columnAt(left, { inputs }) {
  const inInputs = (left - NUMBER_WIDTH) / CELL_WIDTH;
  const beyond = (inInputs - inputs.length) * CELL_WIDTH;
  return Math.floor(beyond < 0 ? inInputs : inputs.length + beyond / (CELL_WIDTH + SAYS_WIDTH));
}

/**
 * What is drawn along one axis: first to last (not included), and the empty space before and after.
 * @typedef {{ first: number, last: number, before: number, after: number }} Part
 */

/**
 * @param {HTMLElement} scroller  the element that scrolls
 */
export function createVisiblePart(scroller) {
  const place = signal({ top: 0, left: 0, height: 0, width: 0 });
  const look = () => {
    const { scrollTop: top, scrollLeft: left, clientHeight: height, clientWidth: width } = scroller;
    const now = place.value;
    if (top !== now.top || left !== now.left || height !== now.height || width !== now.width)
      place.value = { top, left, height, width };
    scroller.classList.toggle("covers", left + width < scroller.scrollWidth - 1);
  };
  scroller.addEventListener("scroll", look, { passive: true });
  const sizes = new ResizeObserver(look);
  sizes.observe(scroller);
  queueMicrotask(() => scroller.firstElementChild && sizes.observe(scroller.firstElementChild)); // the table, once drawn
  const isPrinted = signal(false);
  addEventListener("beforeprint", () => {
    isPrinted.value = true;
  });
  addEventListener("afterprint", () => {
    isPrinted.value = false;
  });

  return {
    /**
     * @param {Table} table
     * @returns {Part}
     */
    rows(table) {
      const count = table.rows.length;
      if (!isLong(table)) return { first: 0, last: count, before: 0, after: 0 };
      if (isPrinted.value) return { first: 0, last: Math.min(count, MOST_PRINTED), before: 0, after: 0 };
      const { top, height } = place.value;
      const first = Math.max(0, Math.min(count, Math.floor(top / ROW_HEIGHT)) - ROWS_AROUND);
      const last = Math.min(count, first + Math.ceil(height / ROW_HEIGHT) + 2 * ROWS_AROUND);
      return { first, last, before: first * ROW_HEIGHT, after: (count - last) * ROW_HEIGHT };
    },
    /**
     * @param {Table} table
     * @returns {Part}
     */
    columns(table) {
      const count = widthOf(table);
      if (!isWide(table)) return { first: 0, last: count, before: 0, after: 0 };
      const { left, width } = place.value;
      const first = Math.max(0, Math.min(count, columnAt(left, table)) - COLUMNS_AROUND);
      const last = Math.min(count, columnAt(left + width, table) + 1 + COLUMNS_AROUND);
      const before = leftOf(first, table) - NUMBER_WIDTH;
      return { first, last, before, after: leftOf(count, table) - leftOf(last, table) };
    },
    /**
     * Scroll so that a cell is drawn and in visible.
     * @param {number} row  below 0 what is above the rows
     * @param {number} column  below 0 what is left of the columns
     * @param {Table} table
     */
    reveal(row, column, table) {
      if (isLong(table) && row >= 0) {
        const top = row * ROW_HEIGHT;
        if (top < scroller.scrollTop) scroller.scrollTop = top;
        const bottom = top + 3 * ROW_HEIGHT; // below the heading, above the edge
        if (bottom > scroller.scrollTop + scroller.clientHeight)
          scroller.scrollTop = bottom - scroller.clientHeight;
      }
      if (isWide(table) && column >= 0) {
        const [left, right] = [leftOf(column, table), leftOf(column + 1, table)];
        if (left < scroller.scrollLeft) scroller.scrollLeft = left;
        if (right > scroller.scrollLeft + scroller.clientWidth)
          scroller.scrollLeft = right - scroller.clientWidth;
      }
      look();
    },
  };
}
