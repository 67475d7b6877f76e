/**
 * @file The iteration on show, on the error curve: a line, a dot and the exact error.
 * @import { Frame } from "../../model/protocol.js"
 * @import { Scale } from "./scale.js"
 */
import { html, nothing } from "lit-html";
import { answerText } from "../../model/words.js";

const [DIGIT, BESIDE] = [7.3, 10]; // pixels that a digit of the error takes, and what is beside it

/**
 * @param {Frame | null} frame
 * @param {Scale} x
 * @param {Scale} y
 * @param {number} width  of the plot in pixels; where the error has no room to the right, it stands to the left
 */
export function markerTemplate(frame, x, y, width) {
  if (frame === null || !Number.isFinite(frame.error)) return nothing;
  const words = answerText(frame.error);
  const across = x.shareOf(frame.iteration);
  const isLate = across * width > width - words.length * DIGIT - BESIDE;
  return html`<div
    class="marker${isLate ? " late" : ""}"
    .style=${`--across:${across};--down:${1 - y.shareOf(frame.error)}`}
  >
    <span class="dot"></span><span class="error" data-value=${frame.error}>${words}</span>
  </div>`;
}
