/**
 * @file What stands under the columns of the drawing: what they are, and buttons that add and remove units and layers where
 * there is room. The fields below the drawing do the same.
 * @import { State } from "../../state/state.js"
 * @import { Layout } from "./geometry.js"
 * @import { Shape } from "../../model/network-shape.js"
 */
import { html, nothing } from "lit-html";
import { canAddLayer, insertLayer, withUnits } from "../../model/layer-edits.js";
import { counted } from "../../model/words.js";

const HALF_CAPTION = 36; // pixels: what stands under the inputs begins at the edge where its middle cannot be there

/** @typedef {{ state: State, shape: Shape, layout: Layout, target: number }} Under */

/** @param {Under} under */
export function underTemplate(under) {
  const { shape, state, layout } = under;
  const isEdited = !state.readOnly && shape.hidden === hiddenIn(state);
  return html`<div class=${shape.hidden > 0 ? "under two" : "under"}>
    ${shape.columns.map((_, at) => captionTemplate(under, at))}
    ${isEdited ? shape.layers.map((_, at) => addTemplate(under, at)) : nothing}
    ${isEdited ? shape.columns.map(({ kind }, at) => (kind === "hidden" && hasRoom(layout, at, under.target) ? unitsTemplate(under, at) : nothing)) : nothing}
  </div>`;
}

/** What is drawn may still be the network of before. @param {State} state */
const hiddenIn = (state) =>
  state.problem.value.network.hidden.reduce((sum, { units }) => sum + Number(units), 0);

/** @param {Layout} layout @param {number} x */
const left = ({ width }, x) => `left:${Math.round((1e4 * x) / width) / 100}%`;

/** @param {Under} under @param {number} at */
function captionTemplate({ shape, layout }, at) {
  const { kind, names, activation } = shape.columns[at];
  const words =
    kind === "input"
      ? counted(names.length, "input")
      : kind === "hidden"
        ? `${names.length} ${activation}`
        : activation;
  return html`<span class="caption" .style=${at === 0 && layout.places[0].x < HALF_CAPTION ? "left:0;transform:none" : left(layout, layout.places[at].x)}>${words}</span>`;
}

/** @param {Under} under @param {number} at  of the column before */
function addTemplate({ state, shape, layout, target }, at) {
  const [before, after] = [layout.places[at], layout.places[at + 1]];
  if (after.left - before.right < target) return nothing;
  const name = at === 0 ? "the inputs" : `hidden layer ${at}`;
  const label = `Insert a hidden layer after ${name}`;
  const canAdd = canAddLayer(state.problem.value);
  return html`<button type="button" class="round" aria-label=${label} title=${label} aria-disabled=${!canAdd} .style=${left(layout, (before.right + after.left) / 2)} @click=${() => {
    const { problem } = state;
    if (canAddLayer(problem.value) && shape.hidden === hiddenIn(state))
      state.edit(insertLayer(problem.value, at));
  }}><span>+</span></button>`;
}

/** @param {Layout} layout @param {number} at @param {number} target */
const hasRoom = ({ places }, at, target) => {
  const beside = [at - 1, at + 1].map((other) => Math.abs(places[other].x - places[at].x));
  return Math.min(...beside) >= (at > 1 || places.length > 3 ? 2 * target + 4 : target + 4);
};

/** @param {Under} under @param {number} at */
function unitsTemplate({ state, layout }, at) {
  const button = (/** @type {number} */ more, /** @type {string} */ label, /** @type {string} */ sign) => {
    const next = withUnits(state.problem.value, at - 1, more);
    return html`<button type="button" aria-label=${label} title=${label} aria-disabled=${next === null} @click=${() => {
      const edited = withUnits(state.problem.value, at - 1, more);
      if (edited) state.edit(edited);
    }}>${sign}</button>`;
  };
  return html`<span class="units" .style=${left(layout, layout.places[at].x)}>
    ${button(-1, `Remove a unit from hidden layer ${at}`, "−")}${button(1, `Add a unit to hidden layer ${at}`, "+")}
  </span>`;
}
