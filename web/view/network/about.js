/**
 * @file What is told below the drawing of what is pointed at: of a line its weight, what flows through it and where it
 * stands in the code, with a field to type another; of a unit its formula with the numbers in it, and what it has become.
 * Where nothing is, the formula of the first answer.
 * @import { Layer } from "../../model/network-shape.js"
 * @import { State } from "../../state/state.js"
 * @import { Seen } from "./seen.js"
 * @import { Thing } from "./keys.js"
 */
import { signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { inProgram, placeOf, rowsOf, sumInto } from "../../model/network-shape.js";
import { readSetting } from "../../model/typed-numbers.js";
import { decimals, grouped, shortenedText, shortWord, signed } from "../../model/words.js";
import { isComposing } from "../kit/draw.js";
import { becomeWords, lineOf, plainText, productText, valueText, wordOf } from "./labels.js";
import { isAskedFor } from "./picture.js";
import { valueIn, valuesOf } from "./seen.js";

const MOST_PARTS = 8; // of a formula
const HINT = "Point at a line or a unit for its numbers; drag a line up or down to change its weight.";
const HINT_READ_ONLY = "Point at a line or a unit for its numbers.";

/** @param {number} place  of a weight, for drafts and undo; state.setWeight has the same */
export const intoOf = (place) => `weight ${place}`;

/**
 * @param {State} state
 * @param {ReturnType<typeof import("./unit-curve.js").createCurves>} curves
 */
export function createAbout(state, curves) {
  /** What is typed and no number. */
  const draft = signal(/** @type {{ place: number, text: string } | null} */ (null));

  /** @param {Seen} seen @param {Layer} layer @param {number} from @param {number} to */
  function fieldTemplate(seen, layer, from, to) {
    const place = placeOf(layer, from, to);
    const { weight, ends } = lineOf(seen, layer, from, to);
    const into = intoOf(place);
    const isWrong = draft.value?.place === place;
    // What is no number in the end takes back what it began as, too.
    const end = () => {
      if (draft.value?.place === place) state.cancel(into);
      draft.value = null;
      state.commit();
    };
    return html`<label class="weight-field">Weight<span class="visually-hidden"> ${ends.join(" to ")}</span>
      <input
        id="drawn-weight"
        inputmode="decimal"
        autocomplete="off"
        ?readonly=${!state.canSetWeights.value}
        aria-invalid=${isWrong ? "true" : nothing}
        .value=${live(isWrong ? (draft.value?.text ?? "") : state.typing.textIn(into, String(weight)))}
        @input=${(/** @type {Event} */ event) => {
          const { value: text } = /** @type {HTMLInputElement} */ (event.target);
          const number = readSetting(text, false);
          draft.value = typeof number === "number" ? null : { place, text };
          if (typeof number === "number" && state.canSetWeights.value) state.setWeight(place, number, text);
        }}
        @keydown=${(/** @type {KeyboardEvent} */ event) => {
          if (isComposing(event)) return;
          if (event.key === "Escape") state.cancel(into);
          if (event.key === "Escape" || event.key === "Enter") end();
        }}
        @blur=${end}
      /></label>`;
  }

  /** @param {Seen} seen @param {Layer} layer @param {number} from @param {number} to */
  function weightTemplate(seen, layer, from, to) {
    const line = lineOf(seen, layer, from, to);
    const [start, end] = line.ends;
    const isBias = from >= layer.inputs;
    return html`<p class="formula" translate="no">
        <span class="from">${isBias ? "bias" : shortenedText(start)} → ${shortenedText(end)}</span> ${productText(line)}
      </p>
      <p class="about-row">${fieldTemplate(seen, layer, from, to)}
        <span class="soft">${draft.value ? "That is no number: type one such as −2.5." : html`In the code <code translate="no">${inProgram(layer, from, to)}</code>${state.canSetWeights.value ? ". Type another, or drag its line up or down." : ""}`}</span>
      </p>`;
  }

  /** @param {Seen} seen @param {number} column @param {number} unit @param {boolean} isChosen */
  function unitTemplate(seen, column, unit, isChosen) {
    const place = seen.shape.columns[column];
    if (place.kind === "input") return inputTemplate(seen, unit);
    const words = isChosen ? becomeWords(seen, column, unit) : "";
    const known = place.kind === "output" ? shortWord(wordOf(seen, unit)) : "";
    return html`<div class="of-unit">
      <div>
        ${words ? html`<p class="soft">${shortenedText(place.names[unit])} in words: <b class="become">${words}</b>.</p>` : nothing}
        ${formulaTemplate(seen, column, unit)}
        <p class="soft">
          ${place.activation === "softmax" ? "A share: it depends on the sums of the other outputs, too." : nothing}
          ${isChosen ? nothing : `${[`Row ${seen.row + 1}`, shortenedText(place.names[unit]), known].filter(Boolean).join(", ")}. ${state.readOnly ? HINT_READ_ONLY : HINT}`}
        </p>
      </div>
      ${isChosen ? curves.template(seen, column, unit) : nothing}
    </div>`;
  }

  return {
    /**
     * @param {Seen} seen
     * @param {Thing | null} thing
     */
    template(seen, thing) {
      if (seen.why) return html`<p>${seen.why}</p>`;
      if (thing?.kind === "weight") return weightTemplate(seen, thing.layer, thing.from, thing.to);
      if (thing?.kind === "matrix") return matrixTemplate(thing.layer);
      if (thing?.kind === "unit") return unitTemplate(seen, thing.column, thing.unit, true);
      return unitTemplate(seen, seen.shape.columns.length - 1, firstAsked(seen), false);
    },
  };
}

/** @param {Seen} seen */
const firstAsked = (seen) =>
  Math.max(
    0,
    seen.problem.table.outputs.findIndex((_, output) => isAskedFor(seen, output)),
  );

/** @param {Layer} layer */
const matrixTemplate = (layer) =>
  html`<p class="formula" translate="no">${rowsOf(layer)} × ${layer.units} = ${grouped(rowsOf(layer) * layer.units)} weights</p>
    <p class="soft">A row for each of what it comes from, a column for each unit it leads to. Point at one, or press Enter and then the arrow keys.</p>`;

/** @param {Seen} seen @param {number} input */
function inputTemplate({ problem, row, cells }, input) {
  return html`<p class="formula" translate="no">${shortenedText(problem.table.inputs[input])} = ${plainText(cells[input])}</p>
    <p class="soft">What stands in row ${row + 1} of the table.</p>`;
}

/**
 * h1.3 = sigmoid(−5.56·1 − 5.96·1 + 2.13) = sigmoid(−9.39) = 0.00008
 * @param {Seen} seen
 * @param {number} column
 * @param {number} unit
 */
function formulaTemplate(seen, column, unit) {
  const place = seen.shape.columns[column];
  const layer = seen.shape.layers[column - 1];
  const values = valuesOf(seen, seen.shape.columns[column - 1]);
  const all = rowsOf(layer);
  const shown = all > MOST_PARTS ? MOST_PARTS - 1 : all;
  const parts = Array.from({ length: shown }, (_, from) => {
    const { weight } = lineOf(seen, layer, from, unit);
    const sign = weight < 0 ? (from ? "− " : "−") : from ? "+ " : "";
    const number = decimals(Math.abs(weight), 2);
    return html`${sign}${number}${from < layer.inputs ? html`·<b>${plainText(Number(values[from].toPrecision(3)))}</b>` : nothing} `;
  });
  const sum = sumInto(layer, unit, seen.frame.weights, values);
  const isAsked = place.kind === "output" && isAskedFor(seen, unit);
  return html`<p class="formula" translate="no">
    ${shortenedText(place.names[unit])} = ${place.activation}( ${parts}${all > shown ? `… ${all - shown} more ` : ""}) =
    ${place.activation}(${Number.isFinite(sum) ? signed(sum).replace("+", "") : "too large"}) =
    <span class=${isAsked ? "answer-of" : "value-of"}>${valueText(valueIn(seen, place, unit))}</span>
  </p>`;
}
