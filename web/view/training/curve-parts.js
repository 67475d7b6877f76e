/**
 * @file What the curve has beside the line of the errors: the choice of what is drawn and how, the run before, the weights
 * over the iterations, and all of it as a table of numbers.
 * @import { RunState } from "../../model/run.js"
 * @import { State } from "../../state/state.js"
 * @import { Chart, Look } from "./error-curve.js"
 */
import { html, nothing } from "lit-html";
import { answerText, grouped } from "../../model/words.js";
import { segments } from "../kit/segments.js";
import { keepRunBefore } from "./run-before.js";
import { namesOfWeights, weightAt, weightsView, weightText } from "./weights-view.js";

const LIST_TICKS = 6; // iterations in the table, about
const MOST_LISTED = 200; // weights

/** @param {State} state */
export const createCurveParts = (state) => ({
  before: keepRunBefore(state),
  acts: actsTemplate,
  list: listTemplate,
  weights: weightsView,
  weightAt,
});

/** @param {Look} look */
const actsTemplate = ({
  isOfWeights,
  isLinear,
}) => html`${choiceTemplate("What the curve shows", isOfWeights, ["Error", "Weights"])}
  ${choiceTemplate("Axis of the iterations", isLinear, ["Log", "Linear"])}`;

/**
 * @param {string} name
 * @param {import("@preact/signals-core").Signal<boolean>} signal  false for the first
 * @param {[string, string]} words
 */
const choiceTemplate = (name, signal, [first, second]) => {
  const offered = /** @type {[string, boolean][]} */ ([
    [first, false],
    [second, true],
  ]);
  return segments(name, offered, signal.value, (value) => {
    signal.value = value;
  });
};

/**
 * @param {Look} look
 * @param {RunState} run
 * @param {Chart} chart
 */
function listTemplate({ isListed, isOfWeights }, run, chart) {
  const isOpen = isListed.value;
  return html`<div class="fold" translate="yes">
    <button type="button" class="disclose" aria-expanded=${isOpen} @click=${() => {
      isListed.value = !isOpen;
    }}>Curve as numbers</button>
    ${isOpen ? (isOfWeights.value ? weightsTable(run, chart) : errorsTable(run, chart)) : nothing}
  </div>`;
}

/**
 * The points nearest to the labels of the axis, the first and the last, and the iteration on show, in order.
 * @param {RunState} run
 * @param {Chart} chart
 * @returns {{ iteration: number, at: number, isOnShow: boolean }[]}  at: which point of the curve; −1 where it has none there
 */
function rowsOf({ curve: [iterations], frame }, { x }) {
  const wanted = [0, ...x.ticksFor(LIST_TICKS), x.last];
  const nearest = wanted.map((tick) =>
    iterations.reduce(
      (best, each) => (Math.abs(each - tick) < Math.abs(best - tick) ? each : best),
      Number.POSITIVE_INFINITY,
    ),
  );
  const shown = frame ? [frame.iteration] : [];
  return [...new Set([...nearest.filter(Number.isFinite), ...shown])]
    .sort((one, other) => one - other)
    .map((iteration) => ({
      iteration,
      at: iterations.indexOf(iteration),
      isOnShow: iteration === frame?.iteration,
    }));
}

/** @param {RunState} run  @param {Chart} chart */
function errorsTable(run, chart) {
  const { curve, frame } = run;
  const { before } = chart;
  const hasHeldOut = frame?.held_out_error !== undefined;
  const cell = (/** @type {number | undefined} */ value) =>
    html`<td data-value=${value ?? nothing}>${value === undefined || Number.isNaN(value) ? "–" : answerText(value)}</td>`;
  return tableTemplate(
    "Mean error by iteration",
    html`<th scope="col">iteration</th><th scope="col">error</th>
      ${hasHeldOut ? html`<th scope="col">held out</th>` : nothing}${before ? html`<th scope="col">before</th>` : nothing}`,
    rowsOf(run, chart).map(
      ({ iteration, at, isOnShow }) => html`<tr aria-current=${isOnShow || nothing}>
        <th scope="row">${grouped(iteration)}</th>
        ${cell(isOnShow ? frame?.error : curve[1][at])}
        ${hasHeldOut ? cell(isOnShow ? frame?.held_out_error : curve[2][at]) : nothing}
        ${before ? cell(before.curve[1][before.curve[0].indexOf(iteration)]) : nothing}
      </tr>`,
    ),
  );
}

/** @param {RunState} run  @param {Chart} chart */
function weightsTable(run, chart) {
  const { frame, past, problem } = run;
  const columns = rowsOf(run, chart).filter(({ at, isOnShow }) => isOnShow || past[at]);
  const names = namesOfWeights(problem);
  const all = frame?.weights.length ?? 0;
  return [
    tableTemplate(
      "Weights by iteration",
      html`<th scope="col">weight</th>
        ${columns.map(({ iteration, isOnShow }) => html`<th scope="col" aria-current=${isOnShow || nothing}>${grouped(iteration)}</th>`)}`,
      Array.from(
        { length: Math.min(all, MOST_LISTED) },
        (_, place) => html`<tr>
          <th scope="row">${names(place)}</th>
          ${columns.map(({ at, isOnShow }) => {
            const value = (isOnShow ? frame?.weights : past[at])?.[place] ?? Number.NaN;
            return html`<td class=${value < 0 ? "negative" : "positive"} data-value=${value}>${weightText(value)}</td>`;
          })}
        </tr>`,
      ),
    ),
    all > MOST_LISTED
      ? html`<p class="soft">The first ${MOST_LISTED} of ${grouped(all)} weights are listed.</p>`
      : nothing,
  ];
}

/** @param {string} caption @param {unknown} head @param {unknown} rows */
const tableTemplate = (
  caption,
  head,
  rows,
) => html`<div class="listed" role="group" aria-label=${caption} tabindex="0" translate="no">
  <table>
    <caption class="visually-hidden">${caption}</caption>
    <thead><tr>${head}</tr></thead>
    <tbody>${rows}</tbody>
  </table>
</div>`;
