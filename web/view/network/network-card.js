/**
 * @file The Network card: the weights as numbers, and one answer computed from them step by step.
 * @import { Frame, Problem } from "../../model/protocol.js"
 * @import { State } from "../../state/state.js"
 */
import { html, nothing, svg } from "lit-html";
import { POST } from "../../model/post.js";
import { answerText, decimals, grouped, shortenedText, signed } from "../../model/words.js";
import { byId, draw } from "../kit/draw.js";

const SMALLEST = 0.1; // weight that has the longest bar: what reads 0.00 has none to see
const MOST_BARS = 2; // outputs; beyond, the numbers alone fit
const MOST_WEIGHTS = 1500; // that are drawn of all layers: beyond, nobody reads them, and they take long to draw
const MOST_ACROSS = 64; // units of a layer

/** @param {State} state */
export function showNetwork(state) {
  draw(byId("network"), () => {
    const { frame, problem, largest } = state.run.value;
    // The drawing that stands in the HTML is of the post's last iteration; the numbers stand there until it is drawn anew.
    if (problem !== POST || frame?.iteration !== POST.training.iterations)
      document.querySelector("#drawing[data-first]")?.replaceChildren();
    if (!frame) return html`<p class="soft">The weights stand here once the network has trained.</p>`;
    return html`<div class="numbers${state.stale.value ? " stale" : ""}" role="group" aria-label="Weights and answer" tabindex="0" .style=${`--digits:${signed(largest).length}ch`}>
      ${weightsTemplate(problem, frame, Math.max(largest, SMALLEST))} ${formulaTemplate(problem, frame)}
    </div>`;
  });
}

/**
 * A table of weights for each layer.
 * @param {Problem} problem
 * @param {Frame} frame
 * @param {number} largest  weight of the whole run: its bar is the longest
 */
function weightsTemplate({ table, network }, { weights }, largest) {
  const hidden = network.hidden.map(({ units }, layer) =>
    Array.from({ length: Number(units) }, (_, unit) => `h${layer + 1}.${unit + 1}`),
  );
  const layers = [table.inputs, ...hidden, table.outputs];
  const share = Math.floor(MOST_WEIGHTS / (layers.length - 1));
  let at = 0;
  return layers.slice(1).map((outputs, layer) => {
    const inputs = layers[layer] ?? [];
    const names = network.bias ? [...inputs, "bias"] : inputs;
    const part = weights.subarray(at, at + names.length * outputs.length);
    at += part.length;
    const to = outputs === table.outputs ? "the output" : `hidden layer ${layer + 1}`;
    const caption = layers.length === 2 ? "Weights" : `Weights to ${to}`;
    return layerTemplate({ caption, names, outputs, weights: part, largest }, share);
  });
}

/**
 * @param {{ caption: string, names: string[], outputs: string[], weights: Float64Array, largest: number }} layer
 * @param {number} most  weights that are drawn
 */
function layerTemplate({ caption, names, outputs, weights, largest }, most) {
  const readable = Math.max(Math.sqrt(most), most / names.length);
  const across = outputs.slice(0, Math.min(MOST_ACROSS, Math.floor(readable)));
  const down = names.slice(0, Math.max(1, Math.floor(most / across.length)));
  return html`<table class="weights" aria-label=${caption} translate="no">
    <caption translate="yes" class=${caption === "Weights" ? "visually-hidden" : ""}>${caption}</caption>
    <thead>
      <tr>
        <td></td>
        ${across.map((name) => html`<th scope="col" title=${name}>${name}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${down.map(
        (name, row) => html`<tr>
          <th scope="row" title=${name}>${name}</th>
          ${across.map((_, column) => {
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
  </table>
  ${across.length * down.length < weights.length ? partTemplate(down, across, weights.length) : nothing}`;
}

/** @param {string[]} down @param {string[]} across @param {number} all */
const partTemplate = ({ length: down }, { length: across }, all) =>
  html`<p class="soft">${grouped(down * across)} of ${grouped(all)} weights are shown.</p>`;

/**
 * From the middle, to the right where positive, to the left and dashed where negative.
 * @param {number} share  −1 to 1 of the largest weight
 */
function barTemplate(share) {
  const length = 48 * Math.max(-1, Math.min(share, 1)) || 0;
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
  // An output of softmax depends on the sums of all the others, too.
  if (table.inputs.length > 6 || network.hidden.length > 0 || network.output === "softmax") return nothing;
  const width = table.outputs.length;
  const row = table.rows.findIndex((cells) => cells.indexOf(null, table.inputs.length) >= 0);
  const column = (table.rows[row]?.indexOf(null, table.inputs.length) ?? 0) - table.inputs.length;
  const answer = outputs[row * width + column];
  if (answer === undefined) return nothing;
  const terms = table.inputs.map((_, input) => {
    const weight = weights[input * width + column] ?? 0;
    const sign = weight < 0 ? "− " : input > 0 ? "+ " : "";
    return html`${sign}${decimals(Math.abs(weight), 2)}·<b>${table.rows[row]?.[input]}</b> `;
  });
  const bias = network.bias ? html` ${signed(weights[table.inputs.length * width + column] ?? 0)}` : nothing;
  return html`<p class="formula" translate="no">
    <span class="answer-of">${answerText(answer)}</span> = ${network.output}( ${terms}${bias})
    <span class="soft" translate="yes">row ${row + 1}, ${shortenedText(table.outputs[column] ?? "")}</span>
  </p>`;
}
