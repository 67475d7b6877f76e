/**
 * @file The activation of a unit, drawn: its curve, every row as a point, and how steep it is at the row on show. The curve
 * is what Python says of a network of one input and one weight of 1: its formula is nowhere else.
 * @import { Problem } from "../../model/protocol.js"
 * @import { Seen } from "./seen.js"
 */
import { signal } from "@preact/signals-core";
import { html, nothing, svg } from "lit-html";
import { sumInto } from "../../model/network-shape.js";
import { POST, REACH } from "../../model/settings.generated.js";
import { plainText, valueText } from "./labels.js";
import { saidOf, valueIn, valuesOf } from "./seen.js";

const [WIDTH, HEIGHT, EDGE] = [176, 104, 8];
const POINTS = 97; // of the curve
const NUDGE = 1e-4; // by which the sum is moved to see how steep the curve is
const MOST_SUM = 1e6; // that is drawn
const TANGENT = 26; // pixels to each side

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

/** @param {number} value @param {number} low @param {number} high */
const within = (value, low, high) => Math.max(low, Math.min(high, value));

/**
 * @param {Curve} curve
 * @param {Point[]} points
 * @param {{ low: number | null, high: number | null }} reach
 */
function curveTemplate({ most, line, steep, z: at }, points, reach) {
  const low = reach.low ?? Math.min(0, ...line);
  const high = reach.high ?? Math.max(0, ...line);
  const x = (/** @type {number} */ z) => WIDTH / 2 + (within(z, -most, most) / most) * (WIDTH / 2 - EDGE);
  const y = (/** @type {number} */ value) =>
    HEIGHT - EDGE - ((within(value, low, high) - low) / (high - low || 1)) * (HEIGHT - 2 * EDGE);
  const [now, ...others] = points;
  const isSteepOfIt = at === now.z && Number.isFinite(steep);
  const path = Array.from(line, (value, at) => `${x((2 * at * most) / (POINTS - 1) - most)},${y(value)}`);
  const slope = isSteepOfIt ? `, slope ${plainText(Number(steep.toPrecision(3)))}` : "";
  const words = `sum ${plainText(Number(now.z.toPrecision(4)))} gives ${valueText(now.value)}${slope}`;
  return html`<figure class="curve-of">
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${`The activation: ${words}`}>
      ${svg`<path class="axis" d="M${EDGE} ${y(low)}H${WIDTH - EDGE}M${EDGE} ${y(high)}H${WIDTH - EDGE}M${x(0)} ${y(low)}V${y(high)}" />
        <polyline points=${path.join(" ")} />
        ${others.map(({ z, value }) => svg`<circle cx=${x(z)} cy=${y(value)} r="3" />`)}
        ${isSteepOfIt ? tangentTemplate(x(now.z), y(now.value), ((-steep * (y(low) - y(high))) / (high - low || 1)) * ((2 * most) / (WIDTH - 2 * EDGE))) : nothing}
        <circle class="now" cx=${x(now.z)} cy=${y(now.value)} r="4.5" />
        <text x=${EDGE} y=${y(high) + 12}>${plainText(high)}</text><text x=${EDGE} y=${y(low) - 4}>${plainText(low)}</text>
        <text class="end" x=${WIDTH - EDGE} y=${y(low) - 4}>sum ${plainText(most)}</text>`}
    </svg>
    <figcaption class="soft">${words}</figcaption>
  </figure>`;
}

/** @param {number} x @param {number} y @param {number} slope  of pixels */
function tangentTemplate(x, y, slope) {
  const length = TANGENT / Math.hypot(1, slope);
  return svg`<path class="tangent" d="M${x - length} ${y - slope * length}L${x + length} ${y + slope * length}" />`;
}

const emptyTemplate = html`<figure class="curve-of"></figure>`;
