/**
 * @file The error curve: mean error over the iterations, on a logarithmic axis, exact under the pointer.
 * @import uPlot from "uplot"
 * @import { State } from "../state.js"
 */
import { effect } from "@preact/signals-core";
import { decimals, grouped } from "../words.js";
import { afterPaint } from "./dom.js";

const HEIGHT = 172;

/**
 * @param {HTMLElement} root
 * @param {State} state
 */
export async function showCurve(root, state) {
  const figure = document.createElement("div");
  figure.setAttribute("role", "img");
  root.replaceChildren(figure);
  effect(() => {
    const { curve, frame } = state.run.value;
    figure.setAttribute("aria-label", inWords(curve, frame?.error));
  });

  // uPlot asks for the browser's language as it loads and throws where that is none, such as "C".
  const UPlot = await import("uplot").then(({ default: loaded }) => loaded).catch(() => null);
  if (!UPlot) {
    effect(() => figure.replaceChildren(inWords(state.run.value.curve, state.run.value.frame?.error)));
    return;
  }
  /** @type {uPlot | undefined} */
  let plot;
  let isPending = false;
  const draw = () => {
    isPending = false;
    plot?.setData(pointsOf(state.run.peek().curve));
  };
  const redraw = () => {
    plot?.destroy();
    plot = new UPlot(optionsFor(root), pointsOf(state.run.value.curve), figure);
  };
  effect(() => {
    state.run.value.curve;
    if (!isPending) afterPaint(draw);
    isPending = true;
  });
  new ResizeObserver(([entry]) => {
    if (!plot) redraw();
    else if (entry) plot.setSize({ width: entry.contentRect.width, height: HEIGHT });
  }).observe(root);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
}

/**
 * Iteration 0 has no place on a logarithmic axis: the curve starts after the first pass.
 * @param {[number[], number[]]} curve
 * @returns {uPlot.AlignedData}  iterations, errors, and the point reached
 */
const pointsOf = ([iterations, errors]) => {
  const from = iterations[0] === 0 ? 1 : 0;
  const reached = errors.map((error, at) => (at === errors.length - 1 ? error : null));
  return [iterations.slice(from), errors.slice(from), reached.slice(from)];
};

/**
 * @param {[number[], number[]]} curve
 * @param {number | undefined} error
 */
function inWords([iterations, errors], error) {
  const last = iterations.at(-1);
  if (last === undefined || error === undefined) return "Error curve: nothing is trained yet";
  return `Error: ${decimals(errors[0] ?? 0)} at the start, ${decimals(error)} after ${grouped(last)} iterations`;
}

/**
 * @param {HTMLElement} root
 * @returns {uPlot.Options}
 */
function optionsFor(root) {
  const style = getComputedStyle(root);
  const colour = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  const axis = { stroke: colour("--soft"), font: `11px ${style.fontFamily}`, ticks: { show: false } };
  return {
    width: root.clientWidth,
    height: HEIGHT,
    cursor: { y: false, points: { size: 8 } },
    legend: { live: true },
    scales: {
      x: { time: false, distr: 3 },
      y: { range: (_, __, most) => [0, most > 0 ? most * 1.1 : 1] },
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
        size: 44,
        grid: { stroke: colour("--line"), width: 1 },
        values: (_, ticks) => ticks.map((tick) => `${tick}`),
      },
    ],
    series: [
      { label: "iteration", value: (plot, value) => said(value ?? plot.data[0].at(-1), grouped) },
      {
        label: "mean error",
        stroke: colour("--ink"),
        width: 2,
        points: { show: false },
        value: (plot, value) => said(value ?? plot.data[1]?.at(-1), decimals),
      },
      { points: { show: true, size: 9, fill: colour("--ask"), stroke: colour("--card") }, value: () => "" },
    ],
  };
}

/**
 * @param {number | null | undefined} value
 * @param {(value: number) => string} words
 */
const said = (value, words) => (typeof value === "number" ? words(value) : "–");

/** @param {number} tick  a power of ten */
const short = (tick) => (tick < 1e6 ? grouped(tick) : `1e${Math.log10(tick)}`);
