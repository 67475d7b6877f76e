/**
 * @file The error curve: mean error over the iterations, on a logarithmic axis, exact under the pointer and at the iteration
 * on show. A click on it goes to the iteration there; by the keyboard that is the slider's. A run has at most 256 points.
 * @import { RunState } from "../../model/run.js"
 * @import { State } from "../../state/state.js"
 */
import { effect, signal } from "@preact/signals-core";
import { html, nothing, svg } from "lit-html";
import { afterPaint } from "../../browser/schedule.js";
import { iterationsOf } from "../../model/timescale.js";
import { answerText, grouped } from "../../model/words.js";
import { draw } from "../kit/draw.js";
import { markerTemplate } from "./curve-marker.js";
import { linearScale, lineThrough, logScale, SIZE } from "./scale.js";

const USUAL_WIDTH = 240; // pixels, until it is measured
const LABEL_WIDTH = 44; // pixels that the label of an iteration takes, with what is between two
const MOST_ERRORS = 3; // gaps between the labels of the errors
const ROOM = 1.1; // of the axis, above the largest error
const SMALLEST = 1e-300; // error that can be drawn as larger than none

/** @typedef {ReturnType<typeof chartOf>} Chart */

/**
 * @param {HTMLElement} root
 * @param {State} state
 * @param {ReturnType<typeof import("../../train/seek.js").createSeek>} time
 */
export function showCurve(root, state, { isOff, go }) {
  const width = signal(USUAL_WIDTH);
  const chart = signal(chartOf(state.run.peek()));
  const pointed = signal(/** @type {number | null} */ (null)); // which point is under the pointer
  let isPending = false;

  effect(() => {
    state.run.value.curve;
    if (isPending) return;
    isPending = true;
    afterPaint(() => {
      isPending = false;
      chart.value = chartOf(state.run.peek());
    });
  });

  const point = (/** @type {PointerEvent} */ event) => {
    pointed.value = nearest(chart.peek(), shareAcross(event));
  };
  const leave = () => {
    pointed.value = null;
  };
  const goThere = (/** @type {MouseEvent} */ event) => {
    const at = pointed.peek() ?? nearest(chart.peek(), shareAcross(event)); // nothing points before it touches
    const iteration = chart.peek().iterations[at ?? -1];
    if (iteration !== undefined && !isOff()) go(iteration);
  };

  draw(root, () => {
    const run = state.run.value;
    const { iterations, errors, ofHeldOut, x, y, line, heldOutLine } = chart.value;
    const at = pointed.value ?? -1;
    const iteration = iterations[at] ?? run.frame?.iteration;
    const error = errors[at] ?? run.frame?.error;
    const heldOutError = ofHeldOut[at] ?? run.frame?.held_out_error;
    const labels = logScale(x.last, Math.max(1, Math.floor(width.value / LABEL_WIDTH))).ticks;
    const isStale = state.stale.value && run.problem !== state.problem.value;
    return html`<div class=${isStale ? "chart stale" : "chart"} role="img" aria-label=${`${isStale ? "Before the last change: " : ""}${inWords(run)}`}>
      <div class="errors">
        ${y.ticks.map((tick) => html`<span .style=${`top:${percent(1 - y.shareOf(tick))}`}>${amount(tick)}</span>`)}
      </div>
      <div class="plot" @pointermove=${point} @pointerleave=${leave} @click=${goThere}>
        <svg viewBox="0 0 ${SIZE} ${SIZE}" preserveAspectRatio="none">
          ${svg`<path class="rules" d=${y.ticks.map((tick) => `M0 ${SIZE * (1 - y.shareOf(tick))}H${SIZE}`).join("")} />
            <path class="held-out" d=${heldOutLine} /><path class="trained" d=${line} />`}
        </svg>
        ${at in iterations ? pointedTemplate(x.shareOf(iterations[at]), y.shareOf(errors[at])) : nothing}
        ${markerTemplate(run.frame, x, y, width.value)}
      </div>
      <div class="iterations">
        ${labels.map((tick) => html`<span .style=${`left:${percent(x.shareOf(tick))}`}>${short(tick)}</span>`)}
      </div>
      <p class="legend">
        <span><b>iteration:</b> <span class="value">${said(iteration, grouped)}</span></span>
        <span><b>mean error:</b> <span class="value">${said(error, answerText)}</span></span>
        ${
          heldOutError === undefined
            ? nothing
            : html`<span class="of-held-out"><b>held out:</b> <span class="value">${said(heldOutError, answerText)}</span></span>`
        }
      </p>
    </div>`;
  });

  const plot = root.querySelector(".plot");
  if (plot)
    new ResizeObserver(([entry]) => {
      if (entry) width.value = entry.contentRect.width;
    }).observe(plot);
}

/**
 * What is drawn of a run. Iteration 0 has no place on a logarithmic axis: the curve starts after the first pass.
 * @param {RunState} run
 */
function chartOf(run) {
  const from = run.curve[0][0] === 0 ? 1 : 0;
  const [iterations, errors, ofHeldOut] = run.curve.map((numbers) => numbers.slice(from));
  const last = Math.max(2, iterationsOf(run));
  const x = { ...logScale(last, 1), last };
  const largest = Math.max(0, ...run.curve.slice(1).flat().filter(Number.isFinite)) * ROOM;
  const y = linearScale(largest > SMALLEST && Number.isFinite(largest) ? largest : 1, MOST_ERRORS);
  const [line, heldOutLine] = [errors, ofHeldOut].map((each) => lineThrough(iterations, each, x, y));
  return { iterations, errors, ofHeldOut, x, y, line, heldOutLine };
}

/** @param {MouseEvent} event  on the plot @returns {number} how far from its left, 0 to 1 */
function shareAcross({ currentTarget, clientX }) {
  const { left, width } = /** @type {Element} */ (currentTarget).getBoundingClientRect();
  return (clientX - left) / width;
}

/** @param {Chart} chart  @param {number} share  @returns {number | null} which point is nearest, if there is any */
function nearest({ iterations, x }, share) {
  let best = null;
  let least = Number.POSITIVE_INFINITY;
  for (const [at, iteration] of iterations.entries()) {
    const distance = Math.abs(x.shareOf(iteration) - share);
    if (distance < least) [best, least] = [at, distance];
  }
  return best;
}

/** @param {number} across  @param {number} up */
const pointedTemplate = (across, up) =>
  html`<div class="pointed" .style=${`left:${percent(across)}`}><span class="dot" .style=${`bottom:${percent(up)}`}></span></div>`;

/** @param {RunState} run */
function inWords({ curve: [iterations, errors], frame }) {
  const [start, last] = [errors[0], iterations.at(-1)];
  if (start === undefined || last === undefined || !frame) return "Error curve: nothing is trained yet";
  const points = [
    `${answerText(start)} at the start`,
    `${answerText(frame.error)} at iteration ${grouped(frame.iteration)}`,
  ];
  if (last > frame.iteration) points.push(`${answerText(errors.at(-1) ?? 0)} at iteration ${grouped(last)}`);
  const { held_out_error: heldOut } = frame;
  const tested = heldOut === undefined ? "" : `; of the rows held out ${answerText(heldOut)}`;
  return `Error: ${points.join(", ")}${tested}`;
}

/** @param {number} share */
const percent = (share) => `${Math.round(share * 1e4) / 100}%`;

/**
 * @param {number | undefined} value
 * @param {(value: number) => string} words
 */
const said = (value, words) => (value !== undefined && Number.isFinite(value) ? words(value) : "–");

/** @param {number} tick  of the errors */
const amount = (tick) => (tick < 1000 ? `${tick}` : short(tick));

/** @param {number} tick */
const short = (tick) => (tick < 1e6 ? grouped(tick) : tick.toExponential().replace("e+", "e"));
