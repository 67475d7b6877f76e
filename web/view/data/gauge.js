/** @file Target and answer of a cell on one track: the target as a tick, the answer as a dot, the gap between them as a line. */
import { html, nothing, svg } from "lit-html";
import { targetsOf } from "../../model/fit.js";

const [WIDTH, HEIGHT, EDGE] = [64, 14, 6]; // of the picture, and of what is beyond the track at each end
const MIDDLE = HEIGHT / 2;
const LENGTH = WIDTH - 2 * EDGE;

/**
 * The ends of a column's track: 0 and 1, or the range of its known cells.
 * @param {import("../../model/fit.js").Targets} targets
 * @param {number} output
 */
function endsOf({ isBinary, low, high, range }, output) {
  if (isBinary[output]) return { from: 0, over: 1 };
  const isOne = high[output] === low[output];
  return { from: isOne ? low[output] - range[output] / 2 : low[output], over: range[output] };
}

/**
 * @param {import("../../model/protocol.js").Table} table
 * @param {number} output
 * @param {number} target
 * @param {number} answer
 * @param {boolean} isOff
 */
export function gaugeTemplate(table, output, target, answer, isOff) {
  const targets = targetsOf(table);
  const { from, over } = endsOf(targets, output);
  const at = (/** @type {number} */ value) => Math.round(10 * (EDGE + LENGTH * ((value - from) / over))) / 10;
  const [there, here] = [at(target) || EDGE, at(answer)];
  const shown = Math.max(EDGE, Math.min(WIDTH - EDGE, here));
  const isUp = targets.isBinary[output] ? (answer > 0.5 ? " up" : " down") : "";
  const isBeyond = here < EDGE - 1 || here > WIDTH - EDGE + 1;
  const tip = here < EDGE ? -5 : 5;
  return html`<svg class=${isOff ? "gauge off" : `gauge${isUp}`} viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">${svg`
    <path class="rail" d="M${EDGE} ${MIDDLE}H${WIDTH - EDGE}" />
    ${Number.isNaN(here) ? nothing : svg`<path class="gap" d="M${there} ${MIDDLE}H${shown}" />`}
    <path class="target" d="M${there} 1V${HEIGHT - 1}" />
    ${Number.isNaN(here) ? nothing : svg`<path class="answer-at" d=${isBeyond ? `M${shown} 2L${shown + tip} ${MIDDLE}L${shown} 12Z` : `M${shown - 4} ${MIDDLE}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0`} />`}`}</svg>`;
}
