/**
 * @file Every case of inputs that are 0 or 1, as a table: the network's answers, and which cases it was never shown.
 * @typedef {import("../../state/state.js").State} State
 * @typedef {import("./cases.js").Case} Case
 * @typedef {import("./picture.js").Seen} Seen
 */
import { batch } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { setTable } from "../../model/edits.js";
import { isRight } from "../../model/fit.js";
import { answerText, shortenedText } from "../../model/words.js";
import { isOfColumns } from "./move-rows.js";
import { shadeAt } from "./shades.js";

const PLACES = 3;

/** @param {Seen} seen @param {State} state */
export function casesTemplate(seen, state) {
  const { plan } = seen;
  const { inputs, outputs } = plan.problem.table;
  const cases = plan.cases ?? [];
  const unseen = cases.filter(({ isKnown }) => !isKnown).length;
  const narrow = inputs.length > 4 ? " narrow" : "";
  return html`<div class="case-scroller" role="group" aria-label="Every case" tabindex="0">
    <table class="every-case${narrow}">
      <caption>Every case <span class="soft">${unseenWords(unseen, cases.length)}</span></caption>
      <thead>
        <tr>
          ${inputs.map((name) => html`<th scope="col" class="of-input" title=${name}><span>${shortenedText(name)}</span></th>`)}
          ${outputs.map((name) => html`<th scope="col" title=${name}><span>${shortenedText(name)}</span></th>`)}
          <th scope="col" class="of-table">table</th>
        </tr>
      </thead>
      <tbody>
        ${cases.map((each, at) => caseTemplate(each, at, seen, state))}
      </tbody>
    </table>
  </div>`;
}

/** @param {number} unseen @param {number} all */
function unseenWords(unseen, all) {
  if (unseen === 0) return "all of them in the table";
  return unseen === all ? "none of them in the table" : `${unseen} of ${all} never seen`;
}

/**
 * @param {Case} each
 * @param {number} at
 * @param {Seen} seen
 * @param {State} state
 */
function caseTemplate(each, at, seen, state) {
  const { plan, outputs } = seen;
  const width = plan.problem.table.outputs.length;
  const first = (plan.ofCases.from + at) * width;
  const answers = outputs.slice(first, first + width);
  const isChosen = each.row !== null && each.row === state.row.value;
  const choose = () => each.row !== null && state.chooseRow(each.row);
  return html`<tr
    class=${each.isKnown ? "" : "unseen"}
    data-case=${each.inputs.join()}
    data-value=${answers[0]}
    ?data-chosen=${isChosen}
    @click=${choose}
  >
    ${each.inputs.map((cell) => html`<td class="of-input">${cell}</td>`)}
    ${Array.from(answers, (answer, output) => answerTemplate(each, output, answer, seen))}
    <td class="of-table">${whereTemplate(each, plan, state)}</td>
  </tr>`;
}

/** @param {Case} each @param {number} output @param {number} answer @param {Seen} seen */
function answerTemplate({ targets, isKnown }, output, answer, { domain, plan }) {
  const known = targets[output];
  const isFit = known.length === 1 ? isRight(plan.problem.table, output, known[0], answer) : null;
  const shade = output === plan.output || domain.isShare ? shadeAt(domain, answer) : 0.5;
  const style = Number.isFinite(shade)
    ? `--hue:var(${shade < 0.5 ? "--negative" : "--positive"});--much:${Math.round(Math.abs(shade - 0.5) * 56)}%`
    : "";
  return html`<td class="answer-cell" data-value=${answer} .style=${style}>
    <span class="number">${answerText(answer, PLACES)}</span>
    ${
      known.length === 0
        ? html`<span class="target sign" aria-hidden="true">${isKnown ? "" : "◇"}</span>`
        : html`<span class="target ${isFit === false ? "wrong" : ""}" title=${markWords(known, isFit)}
          ><span aria-hidden="true">${isFit === null ? "" : isFit ? "✓" : "✗"}</span><span class="visually-hidden">${markWords(known, isFit)}</span>${
            isFit === null ? html`<span aria-hidden="true">${known.join("|")}</span>` : nothing
          }</span>`
    }
  </td>`;
}

/** @param {number[]} targets @param {boolean | null} isFit */
function markWords(targets, isFit) {
  if (isFit === null) return `The table says ${targets.join(" and ")}`;
  return `The table says ${targets[0]}: ${isFit ? "right" : "wrong"}`;
}

/** Where the table has a case, or that it has not. @param {Case} each @param {Seen["plan"]} plan @param {State} state */
function whereTemplate({ inputs, row, isKnown, isHeldOut }, plan, state) {
  const name = inputs.join(" ");
  const choose = (/** @type {Event} */ event) => {
    event.stopPropagation();
    if (row !== null) state.chooseRow(row);
  };
  const ask = (/** @type {Event} */ event) => {
    event.stopPropagation();
    addCase(inputs, plan, state);
  };
  const seenWords = isKnown ? (isHeldOut ? "held out" : "") : "never seen";
  const button =
    row !== null
      ? html`<button type="button" class="to-row" aria-label="Choose row ${row + 1}, ${name}" @click=${choose}>row ${row + 1}</button>`
      : state.readOnly
        ? nothing
        : html`<button type="button" class="to-row" aria-label="Ask ${name}: add it to the table" @click=${ask}>Ask</button>`;
  return html`${seenWords ? html`<span class="seldom">${seenWords}</span>` : nothing} ${button}`;
}

/** @param {number[]} inputs @param {Seen["plan"]} plan @param {State} state */
function addCase(inputs, plan, state) {
  const problem = state.problem.peek();
  if (!isOfColumns(plan, problem)) return;
  const { table } = problem;
  const row = [...inputs, ...table.outputs.map(() => null)];
  batch(() => {
    state.edit(setTable(problem, { ...table, rows: [...table.rows, row] }));
    state.chooseRow(table.rows.length);
  });
}
