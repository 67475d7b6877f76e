/**
 * @file The graph of an activation function, with a point for each row: the sum that goes in and the output.
 */
import { html, svg } from "lit-html";
import { decimals } from "../../model/words.js";

const [WIDTH, HEIGHT, EDGE] = [280, 96, 8];

/** @param {number} value  @param {number} low  @param {number} high */
const within = (value, low, high) => Math.max(low, Math.min(high, value));

/** @param {import("../../model/protocol.js").Curve} points */
export function activationTemplate({ title, most, low, high, line, before, after }) {
  const x = (/** @type {number} */ z) => WIDTH / 2 + (within(z, -most, most) / most) * (WIDTH / 2 - EDGE);
  const y = (/** @type {number} */ output) =>
    HEIGHT - EDGE - ((within(output, low, high) - low) / (high - low)) * (HEIGHT - 2 * EDGE);
  const points = before.map((z, row) => `sum ${decimals(z, 2)} gives ${decimals(after[row], 3)}`);
  return html`<svg class="activation" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}: ${points.join(", ")}">
    ${svg`<path class="axis" d="M${EDGE} ${y(low)}H${WIDTH - EDGE}M${EDGE} ${y(high)}H${WIDTH - EDGE}M${x(0)} ${y(low)}V${y(high)}"/>
      <polyline points=${line.map((output, at) => `${x((2 * at * most) / (line.length - 1) - most)},${y(output)}`).join(" ")} />
      ${before.map((z, row) => svg`<circle cx=${x(z)} cy=${y(after[row])} r="4"><title>${points[row]}</title></circle>`)}
      <text x=${EDGE} y=${y(high) + 14}>${high}</text><text x=${EDGE} y=${y(low) - 4}>${String(low).replace("-", "−")}</text>
      <text x=${WIDTH - EDGE} y=${y(low) - 4} text-anchor="end">sum</text>`}
  </svg>`;
}
