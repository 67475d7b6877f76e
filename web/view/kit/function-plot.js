/**
 * @file The graph of a function that Python has worked out: its line, points on it, and how steep it is at them.
 */
import { html, nothing, svg } from "lit-html";

const TANGENT = 0.1; // of the width, to each side of a point

/**
 * slope: where it is to be drawn. isNow: whether it is the one that is looked at. said: its numbers, in words.
 * @typedef {{ x: number, y: number, slope?: number, isNow?: boolean, said?: string }} Point
 */

/**
 * line: the values for x from left to right, evenly. name: of the whole, for who does not see it. ends: what stands at the
 * ends of the axes. edge: pixels around it.
 * @param {{ className: string, width: number, height: number, left: number, right: number, low: number, high: number,
 *   line: ArrayLike<number>, points: Point[], name: string, ends: { low: string, high: string, right: string },
 *   radius?: number }} plot
 */
export function functionPlot(plot) {
  const { className, width, height, left, right, low, high, line, points, name, ends, radius = 4 } = plot;
  const edge = 8;
  const foot = 16; // for what stands under the lower end
  const x = (/** @type {number} */ value) =>
    edge + ((within(value, left, right) - left) / (right - left || 1)) * (width - 2 * edge);
  const y = (/** @type {number} */ value) =>
    height - foot - ((within(value, low, high) - low) / (high - low || 1)) * (height - edge - foot);
  const path = Array.from(
    line,
    (value, at) => `${x(left + ((right - left) * at) / (line.length - 1))},${y(value)}`,
  );
  // In pixels a slope of 1 is as steep as the box is high to wide.
  const steepness = ((height - edge - foot) / (high - low || 1)) * ((right - left) / (width - 2 * edge));
  const tangents = points.filter(({ slope }) => slope !== undefined && Number.isFinite(slope));
  return html`<svg class=${className} viewBox="0 0 ${width} ${height}" role="img" aria-label=${name}>
    ${svg`<path class="axis" d="M${edge} ${y(low)}H${width - edge}M${edge} ${y(high)}H${width - edge}${left < 0 && right > 0 ? `M${x(0)} ${y(low)}V${y(high)}` : ""}"/>
      <polyline points=${path.join(" ")} />
      ${tangents.map((point) => tangentTemplate(point, x(point.x), y(point.y), -Number(point.slope) * steepness, width * TANGENT))}
      ${[...points].sort(nowLast).map((point) => svg`<circle class=${point.isNow ? "now" : nothing} cx=${x(point.x)} cy=${y(point.y)} r=${point.isNow ? radius + 1 : radius}>${point.said ? svg`<title>${point.said}</title>` : nothing}</circle>`)}
      <text x=${edge} y=${y(high) + 12}>${ends.high}</text><text x=${edge} y=${height - 3}>${ends.low}</text>
      <text class="end" x=${width - edge} y=${height - 3}>${ends.right}</text>`}
  </svg>`;
}

/** @param {number} value @param {number} low @param {number} high */
const within = (value, low, high) => Math.max(low, Math.min(high, value));

/** Over the others. @param {Point} one @param {Point} other */
const nowLast = (one, other) => Number(one.isNow ?? false) - Number(other.isNow ?? false);

/** @param {Point} point @param {number} x @param {number} y @param {number} slope  of pixels @param {number} half */
function tangentTemplate({ isNow }, x, y, slope, half) {
  const length = half / Math.hypot(1, slope);
  return svg`<path class=${isNow ? "tangent now" : "tangent"} d="M${x - length} ${y - slope * length}L${x + length} ${y + slope * length}" />`;
}
