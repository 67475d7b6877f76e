/**
 * @file A picture as a table of numbers: what the network says at round places of its axes.
 * @typedef {import("./picture.js").Seen} Seen
 */
import { html } from "lit-html";
import { answerText } from "../../model/words.js";
import { numberText } from "./axes.js";

const PLACES = 3;

/** @param {Seen} seen */
export function numbersTemplate({ plan, outputs }) {
  const { xs, ys, numbers, x, y, problem, output } = plan;
  const { outputs: names } = problem.table;
  const at = (/** @type {number} */ place) => outputs[(numbers.from + place) * names.length + output];
  const cell = (/** @type {number} */ value, /** @type {number[]} */ place) =>
    html`<td data-place=${place.join()} data-value=${value}>${answerText(value, PLACES)}</td>`;
  const head = y
    ? html`<tr><th scope="col">${y.name} ↑ ${x.name} →</th>${xs.map((value) => html`<th scope="col">${numberText(value)}</th>`)}</tr>`
    : html`<tr><th scope="col">${x.name}</th><th scope="col">${names[output]}</th></tr>`;
  const body = y
    ? ys.map(
        (up, line) =>
          html`<tr><th scope="row">${numberText(up)}</th>${xs.map((value, place) => cell(at(line * xs.length + place), [value, up]))}</tr>`,
      )
    : xs.map(
        (value, place) => html`<tr><th scope="row">${numberText(value)}</th>${cell(at(place), [value])}</tr>`,
      );
  const what = y ? "Map" : "Answers";
  return html`<div class="case-scroller" role="group" aria-label="${what} as numbers" tabindex="0">
    <table class="as-numbers"><caption class="visually-hidden">${what} as numbers: what the network says for ${names[output]}</caption>
      <thead>${head}</thead><tbody>${body}</tbody></table>
  </div>`;
}
