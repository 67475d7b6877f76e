/** @file An activation function, with each row's sum and what comes out of it as a point on it. */
import { html, svg } from "lit-html";
import { decimals } from "../../model/words.js";

const [WIDTH, HEIGHT, EDGE] = [280, 96, 8];

/** To `most` on either side and from low to high; what is further out stands at the edge. */
const FUNCTIONS = {
  sigmoid: {
    name: "The sigmoid",
    most: 8,
    low: 0,
    high: 1,
    of: (/** @type {number} */ z) => 1 / (1 + Math.exp(-z)),
  },
  tanh: { name: "tanh", most: 4, low: -1, high: 1, of: Math.tanh },
  relu: { name: "ReLU", most: 4, low: 0, high: 4, of: (/** @type {number} */ z) => Math.max(0, z) },
};
const STEPS = Array.from({ length: 65 }, (_, step) => (step - 32) / 32);

/** @param {number} value  @param {number} low  @param {number} high */
const within = (value, low, high) => Math.max(low, Math.min(high, value));

/** @param {import("../../model/protocol.js").Curve} points */
export function activationTemplate({ activation, before, after }) {
  const { name, most, low, high, of } = FUNCTIONS[activation];
  const x = (/** @type {number} */ z) => WIDTH / 2 + (within(z, -most, most) / most) * (WIDTH / 2 - EDGE);
  const y = (/** @type {number} */ output) =>
    HEIGHT - EDGE - ((within(output, low, high) - low) / (high - low)) * (HEIGHT - 2 * EDGE);
  const points = before.map((z, row) => `sum ${decimals(z, 2)} gives ${decimals(after[row], 3)}`);
  return html`<svg class="activation" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${name}: ${points.join(", ")}">
    ${svg`<path class="axis" d="M${EDGE} ${y(low)}H${WIDTH - EDGE}M${EDGE} ${y(high)}H${WIDTH - EDGE}M${x(0)} ${y(low)}V${y(high)}"/>
      <polyline points=${STEPS.map((step) => `${x(step * most)},${y(of(step * most))}`).join(" ")} />
      ${before.map((z, row) => svg`<circle cx=${x(z)} cy=${y(after[row])} r="4"><title>${points[row]}</title></circle>`)}
      <text x=${EDGE} y=${y(high) + 14}>${high}</text><text x=${EDGE} y=${y(low) - 4}>${low === -1 ? "−1" : low}</text>
      <text x=${WIDTH - EDGE} y=${y(low) - 4} text-anchor="end">sum</text>`}
  </svg>`;
}
