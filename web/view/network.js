/**
 * @file The Network card: the weights as numbers, and one answer worked out with them.
 * @import { Frame, Problem } from "../protocol.js"
 * @import { State } from "../state.js"
 */
import { html, nothing, svg } from "lit-html";
import { answered, briefly, decimals, signed } from "../words.js";
import { byId, draw } from "./dom.js";

const MOST_BARS = 2; // outputs; beyond, the numbers alone fit

/** @param {State} state */
export function showNetwork(state) {
  draw(byId("network"), () => {
    const { frame, problem } = state.run.value;
    if (!frame) return html`<p class="soft">The weights stand here once the network has trained.</p>`;
    return html`<div class="numbers${state.stale.value ? " stale" : ""}" role="group" aria-label="Weights and answer" tabindex="0">
      ${weightsTemplate(problem, frame)} ${formulaTemplate(problem, frame)}
    </div>`;
  });
}

/**
 * A table of weights for each layer.
 * @param {Problem} problem
 * @param {Frame} frame
 */
function weightsTemplate({ table, network }, { weights }) {
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) || 1;
  const hidden = network.hidden.map(({ units }, layer) =>
    Array.from({ length: Number(units) }, (_, unit) => `h${layer + 1}.${unit + 1}`),
  );
  const layers = [table.inputs, ...hidden, table.outputs];
  let at = 0;
  return layers.slice(1).map((outputs, layer) => {
    const inputs = layers[layer] ?? [];
    const names = network.bias ? [...inputs, "bias"] : inputs;
    const part = weights.subarray(at, at + names.length * outputs.length);
    at += part.length;
    const to = outputs === table.outputs ? "the output" : `hidden layer ${layer + 1}`;
    const caption = layers.length === 2 ? "Weights" : `Weights to ${to}`;
    return layerTemplate({ caption, names, outputs, weights: part, largest });
  });
}

/** @param {{ caption: string, names: string[], outputs: string[], weights: Float64Array, largest: number }} layer */
function layerTemplate({ caption, names, outputs, weights, largest }) {
  return html`<table class="weights" aria-label=${caption}>
    <caption class=${caption === "Weights" ? "visually-hidden" : ""}>${caption}</caption>
    <thead>
      <tr>
        <td></td>
        ${outputs.map((name) => html`<th scope="col" title=${name}>${name}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${names.map(
        (name, row) => html`<tr>
          <th scope="row" title=${name}>${name}</th>
          ${outputs.map((_, column) => {
            const weight = weights[row * outputs.length + column] ?? 0;
            return html`<td>
              <span class=${weight < 0 ? "negative" : "positive"} data-value=${weight} title=${weight}
                >${signed(weight)}</span
              >
              ${outputs.length <= MOST_BARS ? barTemplate(weight / largest) : nothing}
            </td>`;
          })}
        </tr>`,
      )}
    </tbody>
  </table>`;
}

/**
 * From the middle, to the right where positive, to the left and dashed where negative.
 * @param {number} share  −1 to 1 of the largest weight
 */
function barTemplate(share) {
  const length = 48 * share;
  const path = svg`<path class=${share < 0 ? "negative" : "positive"} d="M50 6H${50 + length}"/>`;
  return html`<svg class="weight" viewBox="0 0 100 12" aria-hidden="true">
    ${svg`<path class="axis" d="M50 0V12"/>`}${path}
  </svg>`;
}

/**
 * The first asked answer as its formula, the numbers put in.
 * @param {Problem} problem
 * @param {Frame} frame
 */
function formulaTemplate({ table, network }, { weights, outputs }) {
  const row = table.rows.findIndex((cells) => cells.slice(table.inputs.length).includes(null));
  const width = table.outputs.length;
  const column = table.rows[row]?.slice(table.inputs.length).indexOf(null) ?? 0;
  const answer = outputs[row * width + column];
  if (answer === undefined || table.inputs.length > 6 || network.hidden.length > 0) return nothing;
  const terms = table.inputs.map((_, input) => {
    const weight = weights[input * width + column] ?? 0;
    const sign = weight < 0 ? "− " : input > 0 ? "+ " : "";
    return html`${sign}${decimals(Math.abs(weight), 2)}·<b>${table.rows[row]?.[input]}</b> `;
  });
  const bias = network.bias ? html` ${signed(weights[table.inputs.length * width + column] ?? 0)}` : nothing;
  return html`<p class="formula">
    <span class="answer-of">${answered(answer)}</span> = ${network.output}( ${terms}${bias})
    <span class="soft">row ${row + 1}, ${briefly(table.outputs[column] ?? "")}</span>
  </p>`;
}
