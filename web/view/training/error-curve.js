/**
 * @file The error curve: mean error over the iterations, on a logarithmic axis, exact under the pointer and at the iteration
 * on show. A click on it goes to the iteration there; by the keyboard that is the slider's.
 * @import uPlot from "uplot"
 * @import { RunState } from "../../model/run.js"
 * @import { State } from "../../state/state.js"
 */
import { computed, effect } from "@preact/signals-core";
import { afterPaint } from "../../browser/schedule.js";
import { iterationsOf } from "../../model/timescale.js";
import { decimals, grouped } from "../../model/words.js";
import { createMarker } from "./curve-marker.js";

const HEIGHT = 156;
const GAP = 14; // pixels beside the labels of the errors
const HALF_A_LABEL = 24; // of the last label of the iterations, which stands half beside the curve

/**
 * @param {HTMLElement} root
 * @param {State} state
 * @param {ReturnType<typeof import("../../train/seek.js").createTime>} time
 */
export async function showCurve(root, state, { isOff, go }) {
  const figure = document.createElement("div");
  figure.setAttribute("role", "img");
  root.replaceChildren(figure);
  effect(() => figure.setAttribute("aria-label", inWords(state.run.value)));

  // uPlot asks for the browser's language as it loads and throws where that is none, such as "C".
  const UPlot = await import("uplot").then(({ default: loaded }) => loaded).catch(() => null);
  if (!UPlot) {
    effect(() => figure.replaceChildren(inWords(state.run.value)));
    return;
  }
  /** @type {uPlot | undefined} */
  let plot;
  /** @type {ReturnType<typeof createMarker> | undefined} */
  let mark;
  let isPending = false;
  const markNow = () => mark?.(state.run.peek().frame);
  const draw = () => {
    isPending = false;
    plot?.setData(pointsOf(state.run.peek().curve));
  };
  const redraw = () => {
    plot?.destroy();
    const options = { ...optionsFor(root, state), hooks: { draw: [markNow] } };
    plot = new UPlot(options, pointsOf(state.run.peek().curve), figure);
    plot.over.addEventListener("click", goThere);
    mark = createMarker(plot);
    markNow();
  };
  const goThere = (/** @type {MouseEvent} */ { clientX }) => {
    if (!plot || isOff() || curve.peek()[0].length === 0) return;
    const point = plot.posToIdx(clientX - plot.over.getBoundingClientRect().left); // whose numbers the legend shows
    go(plot.data[0][point] ?? 0);
  };
  const curve = computed(() => state.run.value.curve);
  effect(() => {
    curve.value;
    if (!isPending) afterPaint(draw);
    isPending = true;
  });
  effect(() => {
    state.run.value.frame;
    markNow();
    plot?.setLegend({}); // what it says of no point is what is on show
  });
  new ResizeObserver(([entry]) => {
    if (!plot) redraw();
    else if (entry) plot.setSize({ width: entry.contentRect.width, height: HEIGHT });
  }).observe(root);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
}

/**
 * Iteration 0 has no place on a logarithmic axis: the curve starts after the first pass.
 * @param {RunState["curve"]} curve
 * @returns {uPlot.AlignedData}  iterations and errors
 */
const pointsOf = ([iterations, errors]) => {
  const from = iterations[0] === 0 ? 1 : 0;
  return iterations.length > from ? [iterations.slice(from), errors.slice(from)] : [[1], [null]];
};

/** @param {RunState} run */
function inWords({ curve: [iterations, errors], frame }) {
  const [start, last] = [errors[0], iterations.at(-1)];
  if (start === undefined || last === undefined || !frame) return "Error curve: nothing is trained yet";
  const points = [
    `${decimals(start)} at the start`,
    `${decimals(frame.error)} at iteration ${grouped(frame.iteration)}`,
  ];
  if (last > frame.iteration) points.push(`${decimals(errors.at(-1) ?? 0)} at iteration ${grouped(last)}`);
  return `Error: ${points.join(", ")}`;
}

/**
 * @param {HTMLElement} root
 * @param {State} state
 * @returns {uPlot.Options}
 */
function optionsFor(root, state) {
  const style = getComputedStyle(root);
  const colour = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  const axis = { stroke: colour("--soft"), font: `11px ${style.fontFamily}`, ticks: { show: false } };
  const frame = () => state.run.peek().frame;
  return {
    width: root.clientWidth,
    height: HEIGHT,
    cursor: { y: false, points: { size: 8 }, drag: { x: false, click: () => {} } }, // uPlot keeps some clicks for itself
    padding: [null, HALF_A_LABEL, null, null],
    legend: { live: true },
    scales: {
      x: { time: false, distr: 3, range: () => [1, Math.max(2, iterationsOf(state.run.peek()))] },
      y: { range: () => [0, most(state.run.peek().curve[1]) * 1.1 || 1] },
    },
    axes: [
      {
        ...axis,
        size: 26,
        grid: { show: false },
        values: (_, ticks) => ticks.map((tick) => (Number.isInteger(Math.log10(tick)) ? short(tick) : "")),
      },
      {
        ...axis,
        size: (plot, labels) => widest(plot, labels ?? [], axis.font) + GAP,
        grid: { stroke: colour("--line"), width: 1 },
        values: (_, ticks) => ticks.map(amount),
      },
    ],
    series: [
      { label: "iteration", value: (_, value) => said(value ?? frame()?.iteration, grouped) },
      {
        label: "mean error",
        stroke: colour("--ink"),
        width: 2,
        points: { show: false },
        value: (_, value) => said(value ?? frame()?.error, decimals),
      },
    ],
  };
}

/** @param {number[]} errors */
const most = (errors) => errors.reduce((largest, error) => Math.max(largest, error), 0);

/**
 * @param {number | null | undefined} value
 * @param {(value: number) => string} words
 */
const said = (value, words) => (typeof value === "number" && Number.isFinite(value) ? words(value) : "–");

/** @param {number} tick */
const amount = (tick) => (Math.abs(tick) < 1000 ? `${tick}` : short(tick));

/**
 * In pixels, the width of the widest of these.
 * @param {uPlot} plot
 * @param {string[]} labels
 * @param {string} font
 */
function widest({ ctx }, labels, font) {
  const { font: before } = ctx; // uPlot goes by what it has set itself
  ctx.font = font;
  const width = Math.max(...labels.map((label) => ctx.measureText(label).width), 0);
  ctx.font = before;
  return Math.ceil(width);
}

/** @param {number} tick */
const short = (tick) => (tick < 1e6 ? grouped(tick) : tick.toExponential().replace("e+", "e"));
