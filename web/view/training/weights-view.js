/**
 * @file The weights over the iterations: a line for each, blue and whole where it is positive, orange and dashed where it is
 * negative. One of them is told by name: the one under the pointer, else the one that was clicked, else the largest.
 * @import { Problem } from "../../model/protocol.js"
 * @import { RunState } from "../../model/run.js"
 * @import { Chart, Look, Pointed, View } from "./error-curve.js"
 */
import { html, nothing, svg } from "lit-html";
import { MOST_KEPT } from "../../model/run.js";
import { counted, grouped, shortenedText, signed } from "../../model/words.js";
import { linearScale, lineThrough, SIZE } from "./scale.js";

const MOST_LINES = 200;
const MOST_POINTS = 20_000; // of all lines: beyond, every second point of each, or fewer
const GAPS = 4; // between the labels of the weights
const ROOM = 0.05; // of the axis, beyond the largest and the smallest
const SPOKEN = 5; // weights that are read out

/** @typedef {ReturnType<typeof linesOf>} Lines */

/** @type {WeakMap<Chart, Lines>} */
const made = new WeakMap();

/** @param {Chart} chart */
function drawnOf(chart) {
  const known = made.get(chart) ?? linesOf(chart);
  made.set(chart, known);
  return known;
}

/**
 * The lines, worked out once for each chart. past: the weights of the points that are drawn.
 * @param {Chart} chart
 */
function linesOf({ run, from, iterations, x }) {
  const past = run.past.slice(from);
  const last = run.past.at(-1) ?? run.frame?.weights ?? new Float64Array();
  const places = largestFirst(last).slice(0, MOST_LINES);
  const values = [...past, last].flatMap((weights) => places.map((place) => weights[place]));
  const finite = values.filter(Number.isFinite);
  const [low, high] = finite.reduce(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [0, 0],
  );
  const room = (high - low) * ROOM || 1;
  const y = linearScale(high + room, GAPS, low < 0 ? low - room : 0);
  const step = Math.max(1, Math.ceil((places.length * past.length) / MOST_POINTS));
  const isDrawn = (/** @type {unknown} */ _, /** @type {number} */ at) =>
    at % step === 0 || at === past.length - 1;
  const [across, drawn] = [iterations.filter(isDrawn), past.filter(isDrawn)];
  const lineOf = (/** @type {number} */ place) =>
    lineThrough(
      across,
      drawn.map((weights) => weights[place]),
      x,
      y,
    );
  return { past, places, y, lineOf, all: places.map(lineOf).join("") };
}

/** @param {Float64Array} weights @returns {number[]} their places */
const largestFirst = (weights) =>
  Array.from(weights, (weight, place) => ({ place, size: Math.abs(weight) || 0 }))
    .sort((one, other) => other.size - one.size)
    .map(({ place }) => place);

/**
 * The weight whose line is nearest to a place.
 * @param {Chart} chart
 * @param {Pointed} place
 * @param {number | null} [at]  which point is under the pointer
 */
export function weightAt(chart, { across, up }, at = nearestPoint(chart, across)) {
  const { past, places, y } = drawnOf(chart);
  const weights = past[at ?? -1];
  if (!weights) return null;
  const distance = (/** @type {number} */ each) => {
    const away = Math.abs(y.shareOf(weights[each]) - up);
    return Number.isNaN(away) ? Number.POSITIVE_INFINITY : away;
  };
  return places.reduce((best, each) => (distance(each) < distance(best) ? each : best), places[0]);
}

/** @param {Chart} chart  @param {number} across */
function nearestPoint({ iterations, x }, across) {
  const distances = iterations.map((iteration) => Math.abs(x.shareOf(iteration) - across));
  return distances.indexOf(Math.min(...distances));
}

/**
 * @param {RunState} run
 * @param {Chart} chart
 * @param {number | null} at  which point is under the pointer
 * @param {Pointed | null} pointed
 * @param {Look} look
 * @returns {View}
 */
export function weightsView(run, chart, at, pointed, { weight: clicked }) {
  const { past, places, y, lineOf, all } = drawnOf(chart);
  const names = namesOfWeights(run.problem);
  const underPointer = pointed && weightAt(chart, pointed, at);
  const kept = clicked.value !== null && places.includes(clicked.value) ? clicked.value : places[0];
  const place = underPointer ?? kept ?? -1;
  const shown = run.frame?.weights[place];
  const value = past[at ?? -1]?.[place] ?? shown;
  const zero = SIZE * (1 - y.shareOf(0));
  return {
    y,
    lines: svg`<svg class="weights-lines positive" height=${zero}><path d=${all} /><path class="told" d=${lineOf(place)} /></svg>
      <svg class="weights-lines negative" y=${zero} height=${SIZE - zero} viewBox=${`0 ${zero} ${SIZE} ${SIZE - zero}`}><path d=${all} /><path class="told" d=${lineOf(place)} /></svg>
      <path class="zero" d=${`M0 ${zero}H${SIZE}`} />`,
    height: value === undefined || at === null ? undefined : y.shareOf(value),
    legend: [
      value === undefined
        ? nothing
        : html`<span class="told"><b>${names(place)}:</b> <span class="value ${value < 0 ? "negative" : "positive"}">${weightText(value)}</span></span>`,
      noteOf(run, places.length),
    ],
    label: inWords(run, names, places),
    marked: run.frame && shown !== undefined ? markOf(run.frame.iteration, shown) : null,
  };
}

/** @param {number} iteration @param {number} value */
const markOf = (iteration, value) => ({ iteration, value, words: weightText(value) });

/**
 * What is not drawn, and why.
 * @param {RunState} run
 * @param {number} drawn
 */
function noteOf({ frame }, drawn) {
  const all = frame?.weights.length ?? 0;
  if (all > MOST_KEPT)
    return html`<span class="note" translate="yes">The weights of earlier iterations are kept for up to ${grouped(MOST_KEPT)} weights. This network has ${grouped(all)}: no lines.</span>`;
  if (all > drawn)
    return html`<span class="note" translate="yes">The ${drawn} largest of ${grouped(all)} weights are drawn.</span>`;
  return nothing;
}

/**
 * @param {RunState} run
 * @param {(place: number) => string} names
 * @param {number[]} places
 */
function inWords({ frame }, names, places) {
  if (!frame) return "Weights: nothing is trained yet";
  const spoken = places
    .slice(0, SPOKEN)
    .map((place) => `${names(place)} ${weightText(frame.weights[place] ?? Number.NaN)}`);
  const more = frame.weights.length - spoken.length;
  const rest = more > 0 ? `, and ${counted(more, "other")}` : "";
  return `Weights: ${spoken.join(", ")}${rest} at iteration ${grouped(frame.iteration)}`;
}

/** @param {number} value */
export const weightText = (value) => (Number.isNaN(value) ? "–" : signed(value, 5));

/**
 * What each weight leads from and to, by its place among a frame's weights: layer after layer, row by row, then the bias.
 * @param {Problem} problem
 */
export function namesOfWeights({ table, network }) {
  const hidden = network.hidden.map(({ units }, layer) => ({
    size: Number(units),
    name: (/** @type {number} */ unit) => `h${layer + 1}.${unit + 1}`,
  }));
  const named = (/** @type {string[]} */ names) => ({
    size: names.length,
    name: (/** @type {number} */ at) => shortenedText(names[at] ?? ""),
  });
  const layers = [named(table.inputs), ...hidden, named(table.outputs)];
  return (/** @type {number} */ place) => {
    let left = place;
    for (const [at, to] of layers.slice(1).entries()) {
      const from = layers[at];
      const rows = from.size + (network.bias ? 1 : 0);
      if (left < rows * to.size) {
        const row = Math.floor(left / to.size);
        return `${row < from.size ? from.name(row) : "bias"} → ${to.name(left % to.size)}`;
      }
      left -= rows * to.size;
    }
    return "";
  };
}
