/**
 * @file Which rows of a long table are drawn: those in sight and a few around them.
 * @import { Table } from "../protocol.js"
 */
import { signal } from "@preact/signals-core";

const FEW = 120; // up to here all rows are drawn, unless they are wide
const FEW_CELLS = 3000;
const AROUND = 10;
const ROW_HEIGHT = 44; // of every row of a long table; table.css has the same

/** @param {Table} table */
const isLong = ({ rows, inputs, outputs }) =>
  rows.length > FEW || rows.length * (inputs.length + outputs.length) > FEW_CELLS;

/**
 * @param {HTMLElement} scroller  the element that scrolls
 */
export function createRows(scroller) {
  const place = signal({ top: 0, height: 0 });
  const look = () => {
    const { scrollTop: top, clientHeight: height } = scroller;
    if (top !== place.value.top || height !== place.value.height) place.value = { top, height };
  };
  scroller.addEventListener("scroll", look, { passive: true });
  new ResizeObserver(look).observe(scroller);

  return {
    isLong,
    /**
     * The rows to draw, first to last (not included), and the empty height above and below them.
     * @param {Table} table
     */
    inSight(table) {
      const count = table.rows.length;
      if (!isLong(table)) return { first: 0, last: count, above: 0, below: 0 };
      const first = Math.max(0, Math.min(count, Math.floor(place.value.top / ROW_HEIGHT)) - AROUND);
      const last = Math.min(count, first + Math.ceil(place.value.height / ROW_HEIGHT) + 2 * AROUND);
      return { first, last, above: first * ROW_HEIGHT, below: (count - last) * ROW_HEIGHT };
    },
    /**
     * Scroll so that a row is drawn and in sight.
     * @param {number} row
     * @param {Table} table
     */
    reveal(row, table) {
      if (!isLong(table) || row < 0) return;
      const top = row * ROW_HEIGHT;
      if (top < scroller.scrollTop) scroller.scrollTop = top;
      const bottom = top + 3 * ROW_HEIGHT; // below the heading, above the edge
      if (bottom > scroller.scrollTop + scroller.clientHeight)
        scroller.scrollTop = bottom - scroller.clientHeight;
      look();
    },
  };
}
