/**
 * @file What is drawn on a picture as lines: where a map's decision turns, or a curve; and the numbers along both axes.
 * @typedef {import("./axes.js").Axis} Axis
 * @typedef {import("./picture.js").Seen} Seen
 * @typedef {{ width: number, height: number }} Size
 */
import { html, nothing, svg } from "lit-html";
import { shortenedText } from "../../model/words.js";
import { shareOf, ticksOf, tickTexts } from "./axes.js";
import { contour } from "./contour.js";
import { columnOf } from "./picture.js";

const DIGIT = 6.7; // pixels, of a label
const BETWEEN = 14; // pixels, two labels
const OVERHANG = 12; // pixels that a label may reach out of the picture to the right
const LINE_HEIGHT = 40; // pixels, at least, between labels of the axis upwards
const MOST_LEVELS = 4; // gaps between the lines of a map that has no decision
const FAR = 1e5; // pixels: what is farther outside is drawn there

/** @param {Seen} seen @returns {number[]} the numbers that lines of a map are drawn for */
export function levelsOf({ domain, plan, isBinary }) {
  const { low, high, isShare } = domain;
  if (isShare || isBinary || plan.problem.network.output === "tanh") return [(low + high) / 2];
  return ticksOf(domain, MOST_LEVELS).filter((level) => level > low && level < high);
}

/** @param {Seen} seen @param {Size} size */
export const drawnTemplate = (seen, size) =>
  html`<svg viewBox="0 0 ${size.width} ${size.height}" aria-hidden="true">
    ${seen.plan.y ? mapLines(seen, size) : curveLines(seen, size)}
  </svg>`;

/** @param {Seen} seen @param {Size} size */
function mapLines(seen, { width }) {
  const { plan, outputs } = seen;
  const levels = levelsOf(seen);
  const path = levels.map((level) =>
    contour(outputs, plan.side, level, plan.problem.table.outputs.length, plan.output, width),
  );
  return svg`<path class="turn-under" d=${path.join("")} /><path class=${levels.length === 1 ? "turn" : "turn level"} d=${path.join("")} />`;
}

/** @param {Seen} seen @param {Size} size */
function curveLines(seen, { width, height }) {
  const { plan, outputs, y, domain } = seen;
  const answers = columnOf(
    outputs,
    plan.problem.table.outputs.length,
    plan.output,
    plan.plane.from,
    plan.plane.count,
  );
  const placed = (/** @type {number} */ value) => {
    const down = (1 - shareOf(y, value)) * height;
    return Math.round(Math.max(-FAR, Math.min(FAR, down)) * 100) / 100;
  };
  const rules = ticksOf(y, mostUpwards(height)).map((tick) => `M0 ${placed(tick)}H${width}`);
  let path = "";
  let isDrawing = false;
  for (const [at, answer] of answers.entries()) {
    const isPoint = Number.isFinite(answer);
    const across = Math.round((at / (answers.length - 1)) * width * 100) / 100;
    if (isPoint) path += `${isDrawing ? "L" : "M"}${across} ${placed(answer)}`;
    isDrawing = isPoint;
  }
  const half = domain.isShare && seen.isBinary ? `M0 ${placed(0.5)}H${width}` : "";
  return svg`<path class="rules" d=${rules.join("")} /><path class="half" d=${half} /><path class="answers" d=${path} />`;
}

/** @param {number} height */
const mostUpwards = (height) => Math.max(1, Math.floor(height / LINE_HEIGHT));

/** The numbers beside a picture. @param {Axis} axis @param {Size} size */
export function upwardsTemplate(axis, { height }) {
  const ticks = ticksOf(axis, mostUpwards(height));
  const texts = tickTexts(ticks);
  return ticks.map((tick, at) => {
    const down = Math.max(6, Math.min(height - 6, (1 - shareOf(axis, tick)) * height));
    return html`<span .style=${`top:${down}px`}>${texts[at]}</span>`;
  });
}

/** The numbers below a picture, so many as there is room for. @param {Axis} axis @param {Size} size */
export function alongTemplate(axis, { width }) {
  let most = Math.max(1, Math.floor(width / 40));
  let ticks = ticksOf(axis, most);
  let texts = tickTexts(ticks);
  const wide = () => Math.max(0, ...texts.map(({ length }) => length)) * DIGIT;
  while (most > 1 && ticks.length > 1 && wide() + BETWEEN > width / (ticks.length - 1)) {
    most--;
    ticks = ticksOf(axis, most);
    texts = tickTexts(ticks);
  }
  return ticks.map((tick, at) => {
    const half = (texts[at].length * DIGIT) / 2;
    const across = Math.max(half - OVERHANG, Math.min(width + OVERHANG - half, shareOf(axis, tick) * width));
    return html`<span .style=${`left:${across}px`}>${texts[at]}</span>`;
  });
}

/** What the colours and the line stand for. @param {Seen} seen */
export function legendTemplate(seen) {
  const { domain, plan } = seen;
  const name = plan.problem.table.outputs[plan.output];
  const { low, high, isOpenBelow, isOpenAbove } = domain;
  const levels = levelsOf(seen);
  const [least, most] = tickTexts([low, high].map((value) => Number(value.toPrecision(3))));
  const [level] = tickTexts(levels);
  return html`<span class="name" title=${name}>${shortenedText(name)}</span>
    <span>${isOpenBelow ? "≤ " : ""}${least}</span><span class="ramp" aria-hidden="true"></span><span>${isOpenAbove ? "≥ " : ""}${most}</span>
    <span class="key">${levels.length === 1 ? `line: ${level}` : levels.length > 1 ? `lines: ${tickTexts(levels).join(", ")}` : nothing}</span>`;
}
