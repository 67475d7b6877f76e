/**
 * @file The curve: mean error over the iterations, exact under the pointer and at the iteration on show. A click on it goes
 * to the iteration there; by the keyboard that is the slider's. A run has at most 256 points. What else it can show comes
 * with the second script (curve-parts.js).
 * @import { Frame } from "../../model/protocol.js"
 * @import { RunState } from "../../model/run.js"
 * @import { State } from "../../state/state.js"
 * @import { Scale } from "./scale.js"
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
const USUAL_TEXT = 11; // pixels: what is measured is in pixels of that size of text
const LABEL_WIDTH = 44; // pixels that the label of an iteration takes, with what is between two
const MOST_ERRORS = 3; // gaps between the labels of the errors
const ROOM = 1.1; // of the axis, above the largest error
const MOST_BEFORE = 4; // times the largest error: what the run before had above that is cut off
const SMALLEST = 1e-300; // error that can be drawn as larger than none

/** @typedef {ReturnType<typeof chartOf>} Chart */
/** @typedef {{ across: number, up: number }} Pointed  shares of the plot */
/**
 * What is drawn over the iterations. heights: of the points under the pointer.
 * @typedef {{ y: Scale, lines: unknown, height: number | undefined, legend: unknown, label: string,
 *   marked: { iteration: number, value: number, words: string } | null }} View
 */

/** What the learner has chosen to see; it stays while the page lives. */
const createLook = () => ({
  isOfWeights: signal(false),
  isLinear: signal(false),
  isListed: signal(false),
  weight: signal(/** @type {number | null} */ (null)), // the place of the one that was clicked
});
/** @typedef {ReturnType<typeof createLook>} Look */

/**
 * @param {HTMLElement} root
 * @param {State} state
 * @param {ReturnType<typeof import("../../train/seek.js").createSeek>} time
 * @param {import("../../load-later.js").LoadLater} later
 */
export function showCurve(root, state, { isOff, go }, later) {
  const width = signal(USUAL_WIDTH);
  const look = createLook();
  const chartNow = () => chartOf(state.run.peek(), look.isLinear.peek(), later.curve.before?.peek() ?? null);
  const chart = signal(chartNow());
  const pointed = signal(/** @type {Pointed | null} */ (null));
  let isPending = false;

  effect(() => {
    state.run.value.curve;
    look.isLinear.value;
    later.curve.before?.value;
    if (isPending) return;
    isPending = true;
    afterPaint(() => {
      isPending = false;
      chart.value = chartNow();
    });
  });

  const point = (/** @type {PointerEvent} */ event) => {
    pointed.value = placeOf(event);
  };
  const leave = () => {
    pointed.value = null;
  };
  const goThere = (/** @type {MouseEvent} */ event) => {
    const place = pointed.peek() ?? placeOf(event); // nothing points before it touches
    if (look.isOfWeights.peek()) look.weight.value = later.curve.weightAt?.(chart.peek(), place) ?? null;
    const iteration = chart.peek().iterations[nearest(chart.peek(), place) ?? -1];
    if (iteration !== undefined && !isOff()) go(iteration);
  };

  draw(root, () => {
    const run = state.run.value;
    const { x } = chart.value;
    const at = nearest(chart.value, pointed.value);
    const { curve } = later;
    const draws = look.isOfWeights.value ? (curve.weights ?? errorsView) : errorsView;
    const { y, lines, height, legend, label, marked } = draws(run, chart.value, at, pointed.value, look);
    const ticks = x.ticksFor(Math.max(1, Math.floor(width.value / LABEL_WIDTH)));
    const isStale = state.stale.value && run.problem !== state.problem.value;
    return html`<div class="acts curve-acts" translate="yes">${curve.acts?.(look)}</div>
      <div class=${isStale ? "chart stale" : "chart"} role="img" aria-label=${`${isStale ? "Before the last change: " : ""}${label}`}>
        <div class="errors">
          ${y.ticks.map((tick) => html`<span .style=${`top:${percent(1 - y.shareOf(tick))}`}>${amount(tick)}</span>`)}
        </div>
        <div class="plot" @pointermove=${point} @pointerleave=${leave} @click=${goThere}>
          <svg viewBox="0 0 ${SIZE} ${SIZE}" preserveAspectRatio="none">
            ${svg`<path class="rules" d=${y.ticks.map((tick) => `M0 ${SIZE * (1 - y.shareOf(tick))}H${SIZE}`).join("")} />${lines}`}
          </svg>
          ${at !== null && height !== undefined ? pointedTemplate(x.shareOf(chart.value.iterations[at]), height) : nothing}
          ${markerTemplate(marked, x, y, width.value)}
        </div>
        <div class="iterations">
          ${ticks.map((tick) => html`<span .style=${`left:${percent(x.shareOf(tick))}`}>${short(tick)}</span>`)}
        </div>
        <p class="legend" .style=${`--iterations:${grouped(x.last).length}ch`}>
          ${said("iteration", chart.value.iterations[at ?? -1] ?? run.frame?.iteration, grouped)} ${legend}
        </p>
      </div>
      ${curve.list?.(look, run, chart.value)}`;
  });

  const plot = root.querySelector(".plot");
  if (plot)
    new ResizeObserver(([entry]) => {
      const text = Number.parseFloat(getComputedStyle(plot).fontSize) || USUAL_TEXT;
      if (entry) width.value = (entry.contentRect.width * USUAL_TEXT) / text;
    }).observe(plot);
}

/**
 * What is drawn of a run. Iteration 0 has no place on a logarithmic axis: the curve starts after the first pass.
 * @param {RunState} run
 * @param {boolean} isLinear
 * @param {RunState | null} other  the run before
 */
function chartOf(run, isLinear, other) {
  const before = other && (other.problem !== run.problem || other.hand !== run.hand) ? other : null;
  const from = !isLinear && run.curve[0][0] === 0 ? 1 : 0;
  const [iterations, errors, ofHeldOut] = run.curve.map((numbers) => numbers.slice(from));
  const last = Math.max(2, iterationsOf(run));
  const scale = isLinear ? linearScale : logScale;
  const x = {
    ...scale(last, 1),
    last,
    ticksFor: (/** @type {number} */ most) => scale(last, most).ticks.filter(Number.isInteger),
  };
  const own = largestOf(run.curve.slice(1));
  const largest = Math.max(own, Math.min(largestOf([before?.curve[1] ?? []]), own * MOST_BEFORE)) * ROOM;
  const y = linearScale(largest > SMALLEST && Number.isFinite(largest) ? largest : 1, MOST_ERRORS);
  const [line, heldOutLine] = [errors, ofHeldOut].map((each) => lineThrough(iterations, each, x, y));
  const lineBefore = before ? lineThrough(before.curve[0], before.curve[1], x, y) : "";
  return { run, from, before, iterations, errors, ofHeldOut, x, y, line, heldOutLine, lineBefore };
}

/** @param {number[][]} errors */
const largestOf = (errors) => Math.max(0, ...errors.flat().filter(Number.isFinite));

/**
 * @param {RunState} run
 * @param {Chart} chart
 * @param {number | null} at  which point is under the pointer
 * @returns {View}
 */
function errorsView({ frame, curve }, { iterations, errors, ofHeldOut, before, y, ...chart }, at) {
  const iteration = iterations[at ?? -1] ?? frame?.iteration;
  const heldOut =
    frame?.held_out_error === undefined ? undefined : (ofHeldOut[at ?? -1] ?? frame.held_out_error);
  const then = before && (before.curve[1][before.curve[0].indexOf(iteration ?? -1)] ?? Number.NaN);
  return {
    y,
    lines: svg`<svg class="before"><path d=${chart.lineBefore} /></svg>
      <path class="held-out" d=${chart.heldOutLine} /><path class="trained" d=${chart.line} />`,
    height: at === null ? undefined : y.shareOf(errors[at]),
    legend: [
      said("mean error", errors[at ?? -1] ?? frame?.error, answerText),
      heldOut === undefined ? nothing : said("held out", heldOut, answerText, "of-held-out"),
      then === null ? nothing : said("before", then, answerText, "of-before"),
    ],
    label: inWords(curve, frame, before),
    marked: frame && { iteration: frame.iteration, value: frame.error, words: answerText(frame.error) },
  };
}

/** @param {MouseEvent} event  on the plot @returns {Pointed} */
function placeOf({ currentTarget, clientX, clientY }) {
  const { left, width, bottom, height } = /** @type {Element} */ (currentTarget).getBoundingClientRect();
  return { across: (clientX - left) / width, up: (bottom - clientY) / height };
}

/** @param {Chart} chart  @param {Pointed | null} place  @returns {number | null} which point is nearest, if there is any */
export function nearest({ iterations, x }, place) {
  if (!place) return null;
  let best = null;
  let least = Number.POSITIVE_INFINITY;
  for (const [at, iteration] of iterations.entries()) {
    const distance = Math.abs(x.shareOf(iteration) - place.across);
    if (distance < least) [best, least] = [at, distance];
  }
  return best;
}

/** @param {number} across  @param {number} up */
const pointedTemplate = (across, up) =>
  html`<div class="pointed" .style=${`left:${percent(across)}`}><span class="dot" .style=${`bottom:${percent(up)}`}></span></div>`;

/**
 * @param {RunState["curve"]} curve
 * @param {Frame | null} frame
 * @param {RunState | null} before
 */
function inWords([iterations, errors], frame, before) {
  const [start, last] = [errors[0], iterations.at(-1)];
  if (start === undefined || last === undefined || !frame) return "Error curve: nothing is trained yet";
  const points = [
    `${answerText(start)} at the start`,
    `${answerText(frame.error)} at iteration ${grouped(frame.iteration)}`,
  ];
  if (last > frame.iteration) points.push(`${answerText(errors.at(-1) ?? 0)} at iteration ${grouped(last)}`);
  const { held_out_error: heldOut } = frame;
  const tested = heldOut === undefined ? "" : `; of the rows held out ${answerText(heldOut)}`;
  const compared = before
    ? `; the run before came to ${answerText(before.curve[1].at(-1) ?? Number.NaN)}`
    : "";
  return `Error: ${points.join(", ")}${tested}${compared}`;
}

/** @param {number} share */
const percent = (share) => `${Math.round(share * 1e4) / 100}%`;

/**
 * A part of the legend.
 * @param {string} name
 * @param {number | undefined} value
 * @param {(value: number) => string} words
 */
function said(name, value, words, kind = "") {
  const text = value !== undefined && Number.isFinite(value) ? words(value) : "–";
  return html`<span class=${kind}><b>${name}:</b> <span class="value">${text}</span></span>`;
}

/** @param {number} tick  of the errors or weights */
const amount = (tick) => (Math.abs(tick) < 1000 ? `${tick}` : short(tick)).replace("-", "−");

/** @param {number} tick */
const short = (tick) => (Math.abs(tick) < 1e6 ? grouped(tick) : tick.toExponential().replace("e+", "e"));
