/**
 * @file The activation of a unit, drawn: its curve, every row as a point, and how steep it is at the row on show. The curve
 * is what Python says of a network of one input and one weight of 1: its formula is nowhere else.
 * @import { Problem } from "../../model/protocol.js"
 * @import { Seen } from "./seen.js"
 */
import { signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { sumInto } from "../../model/network-shape.js";
import { POST, REACH } from "../../model/settings.generated.js";
import { functionPlot } from "../kit/function-plot.js";
import { plainText, valueText } from "./labels.js";
import { saidOf, valueIn, valuesOf } from "./seen.js";

const [WIDTH, HEIGHT] = [176, 104];
const POINTS = 97; // of the curve
const NUDGE = 1e-4; // by which the sum is moved to see how steep the curve is
const MOST_SUM = 1e6; // that is drawn

/** @typedef {{ activation: string, most: number, z: number, line: Float64Array, steep: number }} Curve */

/** @typedef {(question: import("../../train/ask-answers.js").Question, take: (answers: { outputs: Float64Array }) => void,
 *   refuse: () => void) => void} Ask */

/** @param {Ask} ask */
export function createCurves(ask) {
  const found = signal(/** @type {Curve | null} */ (null));
  let asked = "";

  /** @param {string} activation @param {number} most @param {number} z */
  function want(activation, most, z) {
    const what = `${activation} ${most} ${z}`;
    if (what === asked) return;
    asked = what;
    const nudge = NUDGE * Math.max(1, Math.abs(z));
    const rows = new Float64Array(POINTS + 2);
    for (let at = 0; at < POINTS; at++) rows[at] = (2 * most * at) / (POINTS - 1) - most;
    rows.set([z - nudge, z + nudge], POINTS);
    ask(
      { problem: problemOf(activation), weights: Float64Array.of(1), rows, withHidden: false },
      ({ outputs }) => {
        const steep = (outputs[POINTS + 1] - outputs[POINTS]) / (2 * nudge);
        found.value = { activation, most, z, line: outputs.subarray(0, POINTS), steep };
      },
      () => {
        asked = "";
      },
    );
  }

  return {
    /**
     * @param {Seen} seen
     * @param {number} column
     * @param {number} unit
     */
    template(seen, column, unit) {
      const place = seen.shape.columns[column];
      const reach = REACH[place.activation];
      const points = pointsOf(seen, column, unit);
      const now = points?.[0];
      if (!reach?.most || !points || !now || !Number.isFinite(now.z)) return nothing;
      const most = mostOf(reach, points);
      if (most > MOST_SUM) return nothing;
      want(place.activation, most, now.z);
      const curve = found.value;
      const isIts = curve?.activation === place.activation && curve.most === most;
      return isIts ? curveTemplate(curve, points, reach) : emptyTemplate;
    },
  };
}

/** @type {Map<string, Problem>} */
const problems = new Map();

/** @param {string} activation @returns {Problem} */
function problemOf(activation) {
  const known = problems.get(activation) ?? {
    table: { inputs: ["sum"], outputs: ["value"], rows: [[0, 0]] },
    network: { hidden: [], output: activation, bias: false },
    training: POST.training,
  };
  problems.set(activation, known);
  return known;
}

/** @typedef {{ z: number, value: number }} Point */

/**
 * What goes into a unit and comes out: first for the row on show, then for the others.
 * @param {Seen} seen
 * @param {number} column
 * @param {number} unit
 * @returns {Point[] | null}
 */
export function pointsOf(seen, column, unit) {
  const { shape, frame, plan } = seen;
  const place = shape.columns[column];
  const value = valueIn(seen, place, unit);
  if (column === 0 || value === null) return null;
  const [before, layer] = [shape.columns[column - 1], shape.layers[column - 1]];
  const points = [{ z: sumInto(layer, unit, frame.weights, valuesOf(seen, before)), value }];
  const said = saidOf(seen, place, unit, plan.taught);
  if (!said) return points;
  const width = seen.problem.table.inputs.length;
  const inputs = before.names.map((_, at) =>
    before.kind === "input"
      ? Float64Array.from(said, (_, row) => plan.rows[(plan.taught.from + row) * width + at])
      : saidOf(seen, before, at, plan.taught),
  );
  for (let row = 0; row < plan.taught.count; row++) {
    const values = inputs.map((each) => each?.[row] ?? Number.NaN);
    points.push({ z: sumInto(layer, unit, frame.weights, values), value: said[row] });
  }
  return points;
}

/** @param {{ low: number | null, high: number | null, most: number }} reach @param {Point[]} points */
function mostOf({ low, high, most }, points) {
  const largest = Math.max(...points.map(({ z }) => (Number.isFinite(z) ? Math.abs(z) : 0)));
  const needed = 2 ** Math.ceil(Math.log2(Math.max(largest, most)));
  return low !== null && high !== null ? Math.min(needed, 2 * most) : needed; // further out it is flat
}

/**
 * @param {Curve} curve
 * @param {Point[]} points
 * @param {{ low: number | null, high: number | null }} reach
 */
function curveTemplate({ most, line, steep, z: at }, points, reach) {
  const low = reach.low ?? Math.min(0, ...line);
  const high = reach.high ?? Math.max(0, ...line);
  const [now, ...others] = points;
  if (!now) return nothing;
  const isSteepOfIt = at === now.z && Number.isFinite(steep);
  const slope = isSteepOfIt ? `, slope ${plainText(Number(steep.toPrecision(3)))}` : "";
  const words = `sum ${plainText(Number(now.z.toPrecision(4)))} gives ${valueText(now.value)}${slope}`;
  return html`<figure class="curve-of">
    ${functionPlot({
      ...{
        className: "function-plot",
        width: WIDTH,
        height: HEIGHT,
        left: -most,
        right: most,
        low,
        high,
        line,
      },
      points: [
        { x: now.z, y: now.value, isNow: true, slope: isSteepOfIt ? steep : undefined },
        ...others.map(({ z, value }) => ({ x: z, y: value })),
      ],
      name: `The activation: ${words}`,
      ends: { low: plainText(low), high: plainText(high), right: `sum ${plainText(most)}` },
      radius: 3,
    })}
    <figcaption class="soft">${words}</figcaption>
  </figure>`;
}

const emptyTemplate = html`<figure class="curve-of"></figure>`;
