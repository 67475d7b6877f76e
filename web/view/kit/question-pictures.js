/**
 * @file What stands beside the answer to a question: points and lines of a plane, or a small table. Colour is never the only
 * sign: points have a shape, lines a dash and a name.
 * @import { Lines, Numbers } from "../../model/protocol.js"
 */
import { html, svg } from "lit-html";

const SIDE = 220;
const FEW = 12; // points; of more each is smaller
const [LARGE, SMALL] = [7, 3]; // of a point, from its middle
const BESIDE = 7; // of a ?, which often stands where a known row is
const FIRST_NAME = 0.16; // of the length of a line, where its name stands; those of several lines stand apart
const LAST_NAME = 0.84;

/** @param {Lines} picture */
export function linesTemplate({ label, caption, across, up, box, points, lines }) {
  const [left = 0, right = 1, low = 0, high = 1] = box;
  const x = (/** @type {number} */ value) => ((value - left) / (right - left)) * SIDE;
  const y = (/** @type {number} */ value) => (1 - (value - low) / (high - low)) * SIDE;
  const size = points.length > FEW ? SMALL : LARGE;
  const kinds = new Set(points.map(({ kind }) => kind));
  return html`<figure class="parted">
    <svg viewBox="0 0 ${SIDE} ${SIDE}" width=${SIDE} height=${SIDE} role="img" aria-label=${label}>
      <rect class="box" width=${SIDE} height=${SIDE}></rect>
      ${points.map((point) => {
        const aside = point.kind === "?" ? size + BESIDE : 0;
        return dotTemplate(point.kind, x(point.x) + aside, y(point.y) - aside, size);
      })}
      ${lines.map(
        ({ ends: [x1 = 0, y1 = 0, x2 = 0, y2 = 0] }, at) => svg`<line class=${`dash${at % 4}`}
        x1=${x(x1)} y1=${y(y1)} x2=${x(x2)} y2=${y(y2)}></line>`,
      )}
      ${lines.map(({ name, ends: [x1 = 0, y1 = 0, x2 = 0, y2 = 0] }, at) => {
        const share = FIRST_NAME + ((LAST_NAME - FIRST_NAME) * (at + 0.5)) / lines.length;
        return svg`<text x=${x(x1 + share * (x2 - x1))} y=${y(y1 + share * (y2 - y1))}>${name}</text>`;
      })}
    </svg>
    <figcaption class="soft">
      ${across} →, ${up} ↑
      ${[...kinds].sort().map((kind) => html`<span class="kind"><svg viewBox="0 0 18 18" width="18" height="18" aria-hidden="true">${dotTemplate(kind, 9, 9, LARGE)}</svg>${kind === "?" ? "asked for" : `is ${kind}`}</span>`)}
      <span>${caption}</span>
    </figcaption>
  </figure>`;
}

/**
 * @param {"0" | "1" | "?"} kind
 * @param {number} x
 * @param {number} y
 * @param {number} size
 */
function dotTemplate(kind, x, y, size) {
  if (kind === "1") return svg`<circle class="one" cx=${x} cy=${y} r=${size}></circle>`;
  if (kind === "0")
    return svg`<rect class="zero" x=${x - size} y=${y - size} width=${2 * size} height=${2 * size}></rect>`;
  return svg`<text class="asking" x=${x} y=${y}>?</text>`;
}

/** @param {Numbers} picture */
export const tableTemplate = ({ caption, head, rows }) => html`<div
  class="small-table"
  role="region"
  tabindex="0"
  aria-label=${caption}
>
  <table>
    <caption>${caption}</caption>
    <thead><tr>${head.map((name) => (name ? html`<th scope="col">${name}</th>` : html`<td></td>`))}</tr></thead>
    <tbody>
      ${rows.map(([name, ...cells]) => html`<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}
    </tbody>
  </table>
</div>`;
