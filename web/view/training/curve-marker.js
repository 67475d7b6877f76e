/**
 * @file The iteration on show, on the error curve: a line, a dot and the exact error.
 * @import { Frame } from "../../model/protocol.js"
 */
import { html } from "lit-html";
import { decimals } from "../../model/words.js";
import { renderInto } from "../kit/draw.js";

const [DIGIT, BESIDE] = [7.3, 10]; // pixels that a digit of the error takes, and what is beside it

/** @param {import("uplot")} plot  drawn over */
export function createMarker(plot) {
  const marker = document.createElement("div");
  marker.className = "marker";
  plot.over.append(marker);

  /** @param {Frame | null} frame */
  return (frame) => {
    marker.hidden = frame === null || !Number.isFinite(frame.error);
    if (!frame || marker.hidden) return;
    // Iteration 0 has no place on a logarithmic axis; there it is the edge.
    const left = plot.valToPos(Math.max(1, frame.iteration), "x");
    const top = plot.valToPos(frame.error, "y");
    const words = decimals(frame.error);
    marker.classList.toggle("late", left > plot.over.clientWidth - words.length * DIGIT - BESIDE);
    marker.style.transform = `translateX(${left}px)`;
    renderInto(
      marker,
      html`<span class="dot" .style=${`top:${top}px`}></span
        ><span class="error" .style=${`top:${top}px`} data-value=${frame.error}>${words}</span>`,
    );
  };
}
