/**
 * @file The iteration on show, on the curve: a line, a dot and the exact number.
 * @import { Scale } from "./scale.js"
 */
import { html, nothing } from "lit-html";

const [DIGIT, BESIDE] = [7.3, 10]; // pixels that a digit of the number takes, and what is beside it

/**
 * @param {{ iteration: number, value: number, words: string } | null} marked
 * @param {Scale} x
 * @param {Scale} y
 * @param {number} width  of the plot in pixels; where the number has no room to the right, it stands to the left
 */
export function markerTemplate(marked, x, y, width) {
  if (marked === null || !Number.isFinite(marked.value)) return nothing;
  const { iteration, value, words } = marked;
  const across = x.shareOf(iteration);
  const isLate = across * width > width - words.length * DIGIT - BESIDE;
  return html`<div
    class="marker${isLate ? " late" : ""}"
    .style=${`--across:${across};--down:${1 - y.shareOf(value)}`}
  >
    <span class="dot"></span><span class="error" data-value=${value}>${words}</span>
  </div>`;
}
