/**
 * @file One stage of a pass: what it does and why, every row's numbers, and how one of them is worked out.
 * @import { Stage, Stages } from "../../model/protocol.js"
 */
import { html, nothing } from "lit-html";
import { grouped, shortenedText } from "../../model/words.js";
import { figureText, outputText, signedText, signOf } from "./figures.js";
import { slopePlots } from "./slope-plots.js";

const PLAIN = ["squeeze", "slope", "square"]; // never below 0, or no push in any direction: without a sign
const MARKS = /** @type {Record<string, string>} */ ({
  "asked for": "?",
  "in another batch": "other",
  "held out": "held",
});

/**
 * isLit: whether Step into is at it. choose: tells what number is to be worked out, by the places of its row and column.
 * placeIn: where that is now.
 * @typedef {{ pass: Stages, isLit: (name: string) => boolean, choose: (stage: Stage, row: number, column: number) => void,
 *   placeIn: (stage: Stage) => { row: number, column: number }, begin: (name: string) => void }} View
 */

/** The name by which Step into knows a stage. @param {Stage} stage */
export const nameOf = ({ stage, layer }) => (layer ? `${stage} ${layer}` : stage);

/** @param {Stage} stage @param {number} at  its place among the stages @param {View} view */
export function stageTemplate(stage, at, view) {
  const { pass, isLit, begin } = view;
  const name = nameOf(stage);
  const [lit, wide] = [isLit(name), Math.min(8, Math.max(1, stage.columns.length))];
  return html`<li class=${`pass-stage wide-${wide}${lit ? " lit" : ""}`}>
    <h3>
      <button type="button" aria-current=${lit ? "step" : nothing} title="Step into from here" @click=${() => begin(name)}>
        <span class="figure" aria-hidden="true">${at + 1}</span>${stage.title}
      </button>
      ${stage.of ? html`<span class="soft">${stage.of}</span>` : nothing}
    </h3>
    <p class="what">${stage.what}</p>
    ${stage.froms.length > 0 ? weightsTemplate(stage, view) : rowsTemplate(stage, view)}
    ${stage.worked ? workedTemplate(stage, pass) : nothing}
    ${stage.columns.length > 1 && stage.froms.length === 0 && stage.notes.length > 0 ? html`<p class="soft">Dotted: so flat there that the row hardly teaches this unit.</p>` : nothing}
    ${stage.froms.length > 0 ? stage.notes.map(({ text }) => html`<p class="told">${text}</p>`) : nothing}
    ${stage.stage === "slope" ? plotsOf(stage, pass) : nothing}
    <p class="why soft">${stage.why}</p>
    <code translate="no">${breakable(stage.code)}</code>
  </li>`;
}

const LONG = 400; // characters of a sum that scrolls in its place

/** @param {Stage} stage @param {Stages} pass */
function workedTemplate(stage, pass) {
  const [name, isLong] = [workedFor(stage, pass), stage.worked.length > LONG];
  return html`<div class=${isLong ? "worked long" : "worked"} translate="no" role="group" aria-label="Worked out: ${name}" tabindex=${isLong ? 0 : nothing}>${whole(stage.worked)}</div>`;
}

/** Each sum has a line of its own, which breaks between its terms only. @param {string} text */
const whole = (text) =>
  text
    .split("; ")
    .map(
      (sum) => html`<span class="sum">${sum.split(" ").map((term) => html`<span>${term}</span> `)}</span> `,
    );

/** A line of code breaks within a long name, too. @param {string} text */
const breakable = (text) => text.split(/(?<=[_(])/).map((part) => html`${part}<wbr />`);

/** @param {Stage} slope @param {Stages} pass */
function plotsOf(slope, { stages, rows }) {
  const of = (/** @type {string} */ kind) =>
    stages.find(({ stage, layer }) => stage === kind && layer === slope.layer);
  const [sums, outputs] = [of("sum"), of("squeeze")];
  return sums && outputs ? slopePlots(slope, { sums, outputs, rows }) : nothing;
}

/** Which number is worked out. @param {Stage} stage @param {Stages} pass */
export function workedFor({ froms, columns, row, column }, pass) {
  const unit = columns[column] ?? "";
  if (froms.length > 0) return `${froms[row]} to ${unit}`;
  return `row ${pass.row}${columns.length > 1 ? `, ${unit}` : ""}`;
}

/** @param {Stage} stage @param {View} view @param {unknown} rows */
const tableTemplate = (stage, view, rows) => html`<div class="numbers"><table
    role="grid"
    tabindex="0"
    aria-label="${stage.title}${stage.of ? `, ${stage.of}` : ""}: arrow keys choose the number that is worked out"
    aria-activedescendant=${cellId(stage, stage.row, stage.column)}
    @keydown=${(/** @type {KeyboardEvent} */ event) => move(event, stage, view)}
  >
    ${stage.columns.length > 1 ? headTemplate(stage) : stage.old.length > 0 ? OLD_AND_CHANGE : nothing}
    <tbody>${rows}</tbody>
  </table></div>
  ${stage.more > 0 ? html`<p class="soft">… and ${grouped(stage.more)} more units. The drawing has them all.</p>` : nothing}`;

const OLD_AND_CHANGE = html`<thead><tr><td></td><th scope="col">weight</th><th scope="col">change</th></tr></thead>`;

/** @param {Stage} stage @param {number} row @param {number} column */
const cellId = ({ stage, layer }, row, column) => `number-${stage}-${layer}-${row}-${column}`;

/** @type {Record<string, [number, number]>} by how many rows and columns */
const WAYS = {
  ...{ ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] },
  ...{ Home: [Number.NEGATIVE_INFINITY, 0], End: [Number.POSITIVE_INFINITY, 0] },
};

/** @param {KeyboardEvent} event @param {Stage} stage @param {View} view */
function move(event, stage, { choose, placeIn }) {
  const way = WAYS[event.key];
  if (!way || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const rows = stage.values.length / Math.max(1, stage.columns.length);
  const within = (/** @type {number} */ at, /** @type {number} */ count) =>
    Math.max(0, Math.min(count - 1, at));
  const { row, column } = placeIn(stage);
  choose(stage, within(row + way[0], rows), within(column + way[1], stage.columns.length));
}

/** @param {Stage} stage */
const headTemplate = ({ columns, column, places }) => html`<thead>
  <tr><td></td>${columns.map((name, at) => html`<th scope="col" class=${at === column ? "now" : ""} title=${name}>${gap(places, at)}${shortenedText(name)}</th>`)}</tr>
</thead>`;

/** Before what does not follow what is before it. @param {number[]} places @param {number} at */
const gap = (places, at) => (at > 0 && places[at] !== (places[at - 1] ?? 0) + 1 ? "… " : "");

/** @param {Stage} stage @param {View} view */
function rowsTemplate(stage, view) {
  const { pass, choose } = view;
  const { columns, values, units, totals, notes } = stage;
  if (units.length === 0) return nothing; // the sentence on a batch names its rows
  const places = pass.rows.map((row) => row - 1);
  const rows = pass.rows.map((row, at) => {
    const why = pass.are[at] ?? "";
    return html`<tr class=${at === stage.row ? "now" : ""}>
      <th scope="row" title=${why || nothing}><span class="visually-hidden">Row </span>${gap(places, at)}${grouped(row)}${why ? html`<span class="mark"> ${MARKS[why] ?? why}</span>` : nothing}</th>
      ${columns.map((_, column) => {
        const value = values[at * columns.length + column] ?? Number.NaN;
        const note = notes.find((each) => each.row === at && each.column === column)?.text;
        return html`<td
          class=${classOf(stage, value, at === stage.row && column === stage.column) + (note ? " flat" : "")}
          id=${cellId(stage, at, column)}
          role="gridcell"
          aria-selected=${at === stage.row && column === stage.column}
          title=${Number.isNaN(value) ? why || nothing : note ? `${value}, ${note}` : value}
          data-stage=${stage.stage}
          data-layer=${stage.layer}
          data-row=${row}
          data-unit=${`${stage.layer}:${(stage.places[column] ?? 0) + 1}`}
          data-value=${value}
          @click=${() => choose(stage, at, column)}
        >${textOf(stage, value)}${note ? html`<small class=${columns.length > 1 ? "visually-hidden" : ""}>${note.split(":")[0]}</small>` : nothing}</td>`;
      })}
    </tr>`;
  });
  const total =
    totals.length > 0
      ? html`<tr class="total"><th scope="row">sum of ${grouped(pass.count)}</th>${Array.from(totals, (value) => html`<td role="gridcell" title=${value}>${signedText(value)}</td>`)}</tr>`
      : nothing;
  return tableTemplate(stage, view, [...rows, total]);
}

/** @param {Stage} stage @param {View} view */
function weightsTemplate(stage, view) {
  const { columns, values, units, old, froms, inputs } = stage;
  const hasAll = old.length > 0 && columns.length === 1; // room for old + change = new
  const rows = froms.map(
    (from, at) => html`<tr class=${at === stage.row ? "now" : ""}>
      <th scope="row" title=${from}>${gap(inputs, at)}${shortenedText(from)}</th>
      ${columns.map((_, column) => {
        const place = at * columns.length + column;
        const value = values[place] ?? Number.NaN;
        const [before, after] = [old[place], stage.new[place]];
        return html`${hasAll ? html`<td class="old" role="gridcell" title=${before ?? nothing}>${figureText(before ?? Number.NaN, 2)}</td>` : nothing}<td
            class=${classOf(stage, value, at === stage.row && column === stage.column)}
            id=${cellId(stage, at, column)}
            role="gridcell"
            aria-selected=${at === stage.row && column === stage.column}
            title=${before === undefined ? value : `${before} + ${value} = ${after}`}
            data-stage=${stage.stage}
            data-layer=${stage.layer}
            data-of=${units[place] ?? nothing}
            data-value=${value}
            data-old=${before ?? nothing}
            data-new=${after ?? nothing}
            @click=${() => view.choose(stage, at, column)}
          >${textOf(stage, value)}</td>`;
      })}
    </tr>`,
  );
  return tableTemplate(stage, view, rows);
}

/** @param {Stage} stage @param {number} value */
function textOf({ stage }, value) {
  if (stage === "squeeze") return outputText(value);
  return PLAIN.includes(stage) ? figureText(value) : signedText(value);
}

/** @param {Stage} stage @param {number} value @param {boolean} isNow */
const classOf = ({ stage }, value, isNow) =>
  [isNow ? "now" : "", PLAIN.includes(stage) ? "" : signOf(value)].filter(Boolean).join(" ");
