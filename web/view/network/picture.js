/**
 * @file The drawn network as SVG. Maps and matrices are painted behind it (paint.js).
 * @import { Layer } from "../../model/network-shape.js"
 * @import { Layout, Box } from "./geometry.js"
 * @import { Seen } from "./seen.js"
 * @import { Parts } from "../../model/stage-parts.js"
 */
import { html, nothing, svg } from "lit-html";
import { rowsOf, weightId } from "../../model/network-shape.js";
import { shortenedText, shortWord } from "../../model/words.js";
import { curveOf, endsOfLine, pointOn } from "./geometry.js";
import { matrixKey, unitKey, weightKey } from "./keys.js";
import {
  cut,
  fitIn,
  lineLabel,
  lineOf,
  plainText,
  unitLabel,
  valueText,
  weightText,
  wordOf,
} from "./labels.js";
import { MOST_MAPS, valueIn } from "./seen.js";

const THICKEST = 8; // pixels, of the largest weight of the run
const THINNEST = 1.25;
const MOST_LABELLED = 8; // lines: of few, each has its weight beside it
const LABEL_AT = 0.3; // of the way
const SHORT_NAME = 5; // characters that every box has room for

/**
 * chosen: the key of what is told about below; roving: of what Tab comes to. dragged: the weight that is being dragged.
 * lit: what the step of the walk has to do with.
 * @typedef {{ seen: Seen, layout: Layout, chosen: string | null, roving: string, canSet: boolean,
 *   dragged: { key: string, value: number } | null, grip: string | null, lit: Parts }} View
 */

/** @param {View} view */
export function pictureTemplate(view) {
  const { seen, layout } = view;
  const { layers, columns } = seen.shape;
  const drawn = layers.filter((_, at) => !layout.between[at].matrix);
  const lines = drawn.reduce((sum, layer) => sum + rowsOf(layer) * layer.units, 0);
  const areLabelled = drawn.length === layers.length && lines <= MOST_LABELLED;
  return html`<svg
    class=${view.lit.lines > 0 ? "net dims" : "net"}
    viewBox="0 0 ${layout.width} ${layout.height}"
    height=${layout.height}
    role="group"
    aria-label="The network, drawn"
    aria-describedby="drawing-keys"
    translate="no"
  >
    ${drawn.map((layer) => linesTemplate(view, layer))}
    ${areLabelled ? drawn.map((layer) => weightsTemplate(view, layer)) : nothing}
    ${layers.map((layer) => matrixTemplate(view, layer))}
    ${layout.places.map(({ plus }) => (plus ? plusTemplate(plus) : nothing))}
    ${columns.map((_, at) => columnTemplate(view, at))}
    ${markTemplate(view, lines)}
  </svg>`;
}

/** @param {View} view @param {Layer} layer */
function linesTemplate(view, layer) {
  const { seen, layout, chosen, roving, grip } = view;
  const scale = scaleOf(seen);
  const lines = [];
  for (let from = 0; from < rowsOf(layer); from++)
    for (let to = 0; to < layer.units; to++) {
      const line = lineOf(seen, layer, from, to);
      const key = weightKey(layer, from, to);
      const kinds = ["line", signOf(line.weight)];
      if (line.value === 0) kinds.push("idle");
      if (key === chosen) kinds.push("at");
      if (key === grip) kinds.push("grip");
      lines.push(svg`<path
        class=${kinds.join(" ")}
        d=${curveOf(endsOfLine(layout, layer, from, to))}
        stroke-width=${thickness(line.weight, scale)}
        role="button"
        tabindex=${key === roving ? 0 : -1}
        aria-label=${lineLabel(line)}
        data-key=${key}
        data-weight=${weightId(seen.shape, layer, from, to)}
        data-value=${line.weight}
      />`);
    }
  return svg`<g class=${view.lit.lines === layer.number ? "lines lit" : "lines"}>${lines}</g>`;
}

/** The weight that has the thickest line: one for the whole run. @param {Seen} seen */
const scaleOf = ({ run }) => Math.max(run.largest, Number.MIN_VALUE);

/** @param {number} weight @param {number} scale */
const thickness = (weight, scale) =>
  Number.isFinite(weight)
    ? Math.round(100 * (THINNEST + (THICKEST - THINNEST) * Math.min(1, Math.abs(weight) / scale))) / 100
    : THINNEST;

/** @param {number} weight */
const signOf = (weight) => (Number.isFinite(weight) ? (weight < 0 ? "negative" : "positive") : "unknown");

/** The weights beside their lines. @param {View} view @param {Layer} layer */
function weightsTemplate({ seen, layout, chosen, dragged }, layer) {
  const scale = scaleOf(seen);
  const texts = [];
  for (let from = 0; from < rowsOf(layer); from++)
    for (let to = 0; to < layer.units; to++) {
      const { x, y } = pointOn(endsOfLine(layout, layer, from, to), LABEL_AT);
      const { weight } = lineOf(seen, layer, from, to);
      const isMarked = weightKey(layer, from, to) === (dragged?.key ?? chosen);
      texts.push(
        svg`<text class="weight-of ${signOf(weight)}" x=${x} y=${y - 6 - thickness(weight, scale) / 2} visibility=${isMarked ? "hidden" : nothing}>${weightText(weight)}</text>`,
      );
    }
  return svg`<g aria-hidden="true">${texts}</g>`;
}

/** Around a painted matrix, for keyboard and pointer. @param {View} view @param {Layer} layer */
function matrixTemplate({ layout, roving, chosen, seen, lit }, layer) {
  const { matrix } = layout.between[layer.number - 1];
  if (!matrix) return nothing;
  const key = matrixKey(layer);
  const rows = rowsOf(layer);
  const isAt = chosen === key || chosen?.startsWith(`w:${layer.number}:`);
  const label = `Weights to ${layer.number === seen.shape.layers.length ? "the outputs" : `hidden layer ${layer.number}`}: ${rows} rows, ${layer.units} columns. Arrow keys go from weight to weight after Enter.`;
  const kinds = ["matrix", isAt ? "at" : "", lit.lines === layer.number ? "lit" : ""];
  return svg`<g class=${kinds.join(" ")} role="button" tabindex=${key === roving ? 0 : -1} aria-label=${label} data-key=${key}>
    <rect x=${matrix.x} y=${matrix.y} width=${matrix.width} height=${matrix.height} />
    ${cellTemplate(matrix, rows, layer, chosen)}
  </g>`;
}

/** @param {Box} matrix @param {number} rows @param {Layer} layer @param {string | null} chosen */
function cellTemplate(matrix, rows, layer, chosen) {
  const [kind, number, from, to] = chosen?.split(":") ?? [];
  if (kind !== "w" || Number(number) !== layer.number) return nothing;
  const [width, height] = [matrix.width / layer.units, matrix.height / rows];
  return svg`<rect class="cell" x=${matrix.x + Number(to) * width - 1} y=${matrix.y + Number(from) * height - 1} width=${width + 2} height=${height + 2} />`;
}

/** @param {{ x: number, y: number }} plus */
const plusTemplate = ({ x, y }) => svg`<g class="plus" aria-hidden="true">
  <circle cx=${x} cy=${y} r="11" /><text x=${x} y=${y + 4}>+1</text>
</g>`;

/** @param {View} view @param {number} at */
function columnTemplate(view, at) {
  const place = view.layout.places[at];
  return svg`<g>${place.boxes.map((_, unit) => unitTemplate(view, at, unit))}
    ${place.more > 0 ? svg`<text class="more" x=${place.x} y=${place.moreAt}>… ${place.more}${place.right - place.left < 56 ? "" : " more"}</text>` : nothing}</g>`;
}

/** @param {View} view @param {number} at @param {number} unit */
function unitTemplate(view, at, unit) {
  const { seen, layout, chosen, roving } = view;
  const column = seen.shape.columns[at];
  const place = layout.places[at];
  const { x, y, width, height } = place.boxes[unit];
  const key = unitKey(at, unit);
  const value = valueIn(seen, column, unit);
  const isAsked = column.kind === "output" && isAskedFor(seen, unit);
  const kinds = ["unit", column.kind, place.look];
  if (isAsked) kinds.push("asked");
  if (isAsked && fitIn(seen).wrong > 0) kinds.push("unlearned");
  if (key === chosen) kinds.push("at");
  if (view.lit.units === column.number) kinds.push("lit");
  const figure = column.kind === "input" ? nothing : `${column.number}:${unit + 1}`;
  const name = column.names[unit];
  // What is written in the box is shorter than what the box is called, and no part of its name.
  return svg`<g class=${kinds.join(" ")}>
    <rect class="box" x=${x} y=${y} width=${width} height=${height} rx=${place.look === "line" ? 5 : 9}
      role="button" tabindex=${key === roving ? 0 : -1} aria-label=${unitLabel(seen, at, unit)}
      data-key=${key} data-unit=${figure} data-value=${value ?? nothing}>
      ${name.length > SHORT_NAME ? svg`<title>${shortenedText(name)}</title>` : nothing}
    </rect>
    <g aria-hidden="true">${TEXTS[column.kind](view, at, unit)}</g>
  </g>`;
}

/** Whether the table asks for this output of the row. @param {Seen} seen @param {number} output */
export const isAskedFor = ({ problem: { table }, row }, output) =>
  (table.rows[row]?.[table.inputs.length + output] ?? null) === null;

/** @type {Record<string, (view: View, at: number, unit: number) => unknown>} */
const TEXTS = {
  input({ seen, layout }, at, unit) {
    const { x, y, width, height } = layout.places[at].boxes[unit];
    const name = seen.shape.columns[at].names[unit];
    const value = valueIn(seen, seen.shape.columns[at], unit);
    const text = value === null ? "–" : cut(plainText(value), 7);
    if (layout.places[at].look === "line") return inLine(layout.places[at].boxes[unit], cut(name, 5), text);
    return svg`<text class="name" x=${x + width / 2} y=${y + height / 2 - 4}>${cut(name, 7)}</text>
      <text class="number" x=${x + width / 2} y=${y + height / 2 + 13}>${text}</text>`;
  },
  hidden({ seen, layout }, at, unit) {
    const { x, y, width, height } = layout.places[at].boxes[unit];
    const value = valueIn(seen, seen.shape.columns[at], unit);
    const hasMap = seen.shape.hidden <= MOST_MAPS && layout.places[at].look !== "line";
    const text = valueText(value, width >= 56 ? 3 : 2);
    const middle = hasMap ? y + height - 10 : y + height / 2;
    return svg`<rect class=${hasMap ? "pill" : "none"} x=${x + 3} y=${middle - 7.5} width=${width - 6} height="15" rx="5" />
      <text class="number" x=${x + width / 2} y=${middle + 4}>${text}</text>`;
  },
  output({ seen, layout }, at, unit) {
    const place = layout.places[at];
    const { x, y, width, height } = place.boxes[unit];
    const name = seen.shape.columns[at].names[unit];
    const value = valueIn(seen, seen.shape.columns[at], unit);
    if (place.look === "line") return inLine(place.boxes[unit], cut(name, 5), valueText(value, 3));
    const middle = x + width / 2;
    if (place.look === "small")
      return svg`<text class="name" x=${middle} y=${y + height / 2 - 4}>${cut(name, 10)}</text>
        <text class="number" x=${middle} y=${y + height / 2 + 12}>${valueText(value, 3)}</text>`;
    return svg`<text class="name" x=${middle} y=${y + 17}>${cut(name, 11)}</text>
      <text class="answer" x=${middle} y=${y + 37}>${valueText(value)}</text>
      <text class="word" x=${middle} y=${y + 53} translate="yes">${shortWord(wordOf(seen, unit))}</text>`;
  },
};

/** Name and value beside each other. @param {Box} box @param {string} name @param {string} text */
const inLine = ({ x, y, width, height }, name, text) =>
  svg`<text class="name left" x=${x + 5} y=${y + height / 2 + 4}>${name}</text>
    <text class="number right" x=${x + width - 5} y=${y + height / 2 + 4}>${text}</text>`;

/** What flows through the line that is pointed at, on it. @param {View} view @param {number} lines */
function markTemplate({ seen, layout, chosen, dragged }, lines) {
  const key = dragged?.key ?? chosen;
  const [kind, number, from, to] = key?.split(":") ?? [];
  const layer = seen.shape.layers[Number(number) - 1];
  if (kind !== "w" || lines === 0 || !layer || layout.between[layer.number - 1].matrix) return nothing;
  const line = lineOf(seen, layer, Number(from), Number(to));
  const weight = dragged ? dragged.value : line.weight;
  const value = line.value === null ? "" : ` × ${plainText(Number(line.value.toPrecision(3)))}`;
  const text = `${weightText(weight)}${value}`;
  const { x, y } = pointOn(endsOfLine(layout, layer, line.from, line.to), 0.5);
  const width = text.length * 7.3 + 14;
  const left = Math.max(2, Math.min(layout.width - width - 2, x - width / 2));
  return svg`<g class="mark ${signOf(weight)}" aria-hidden="true">
    <rect x=${left} y=${y - 11} width=${width} height="22" rx="5" /><text x=${left + width / 2} y=${y + 4}>${text}</text>
  </g>`;
}
