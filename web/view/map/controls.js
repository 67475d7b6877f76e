/**
 * @file What is chosen of a picture: its axes, the output, map or every case; and what a click on it adds.
 * @typedef {import("../../model/protocol.js").Cell} Cell
 * @typedef {import("../../state/state.js").State} State
 * @typedef {import("./plan.js").Choices} Choices
 * @typedef {import("./plan.js").Plan} Plan
 */
import { signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { isBinary } from "../../model/fit.js";
import { readCell } from "../../model/typed-numbers.js";
import { segments } from "../kit/segments.js";
import { numberText } from "./axes.js";
import { axesOf } from "./plan.js";

const MOST_OTHERS = 3; // told one by one

/**
 * The axes that are chosen from, and the two views where there are both.
 * @param {Plan} plan
 * @param {Choices} chosen
 * @param {(change: Partial<Choices>) => void} choose
 */
export function pickersTemplate(plan, chosen, choose) {
  const { inputs, outputs } = plan.problem.table;
  const { across, up } = axesOf(chosen, inputs.length);
  const isMap = plan.kind !== "none" || plan.trouble !== "";
  const withAxes = inputs.length > 2 && isMap;
  return html`${plan.isSwitched ? viewsTemplate(chosen.view, choose) : nothing}
    ${
      withAxes
        ? html`${select("Across", inputs, across, (at) => choose({ across: at, up: at === up ? across : up }))}
          ${select("Up", inputs, up, (at) => choose({ up: at, across: at === across ? up : across }))}`
        : nothing
    }
    ${outputs.length > 1 && isMap ? select("Output", outputs, plan.output, (at) => choose({ output: at })) : nothing}`;
}

/** @param {Choices["view"]} view @param {(change: Partial<Choices>) => void} choose */
const viewsTemplate = (view, choose) =>
  segments(
    "What it has learned, as",
    /** @type {[string, Choices["view"]][]} */ ([
      ["Every case", "cases"],
      ["Map", "map"],
    ]),
    view,
    (next) => choose({ view: next }),
  );

/**
 * @param {string} name
 * @param {string[]} offered
 * @param {number} now
 * @param {(at: number) => void} choose
 */
const select = (name, offered, now, choose) => {
  const id = `map-${name.toLowerCase()}`;
  return html`<div class="pick"><label for=${id}>${name}</label>
    <select
      id=${id}
      @change=${(/** @type {Event} */ event) => choose(/** @type {HTMLSelectElement} */ (event.target).selectedIndex)}
    >
      ${offered.map((text, at) => html`<option .selected=${live(at === now)}>${text}</option>`)}
    </select></div>`;
};

/**
 * What a click adds as the target of the shown output.
 * @param {State} state
 * @param {import("@preact/signals-core").ReadonlySignal<Plan>} plan
 */
export function createAdds(state, plan) {
  const text = signal("?");
  /** @returns {Cell | undefined} undefined where what is typed is no target */
  const target = () => {
    const cell = readCell(text.peek(), true);
    const { table } = state.problem.peek();
    const isOfTwo = isTwoSided(plan.peek().problem, plan.peek().output);
    if (isOfTwo && isBinary(table, plan.peek().output) && cell !== 0 && cell !== 1) return null;
    return typeof cell === "string" ? undefined : cell;
  };
  return { text, target };
}

/** Whether a column's targets are 0 and 1, or can only be that. @param {Plan["problem"]} problem @param {number} output */
const isTwoSided = ({ table, network }, output) =>
  isBinary(table, output) &&
  (network.output === "sigmoid" ||
    network.output === "softmax" ||
    table.rows.some((row) => row[table.inputs.length + output] !== null));

/**
 * @param {Plan} plan
 * @param {State} state
 * @param {ReturnType<typeof createAdds>} adds
 */
export function addsTemplate(plan, state, { text }) {
  if (state.readOnly) return nothing;
  if (!plan.y) return html`<p class="soft">A click adds a point, drag moves one.</p>`;
  const { problem, output } = plan;
  const name = problem.table.outputs[output];
  const say = html`<span class="soft">Drag a row to move it. Click an empty place to add one with ${name}</span>`;
  /** @param {string} next */
  const put = (next) => {
    text.value = next;
  };
  if (isTwoSided(problem, output)) {
    const isShared = problem.network.output === "softmax" && problem.table.outputs.length > 1;
    /** @type {[string, string][]} */
    const offered = [
      ["?", "?"],
      ...(isShared ? [] : [/** @type {[string, string]} */ (["0", "0"])]),
      ["1", "1"],
    ];
    const now = offered.some(([, value]) => value === text.value) ? text.value : "?";
    return html`<div class="adding">${say} ${segments(`A click adds a row with ${name}`, offered, now, put)}</div>`;
  }
  const isWrong = typeof readCell(text.value, true) === "string";
  return html`<label class="adding">${say}
    <input inputmode="decimal" autocomplete="off" aria-invalid=${isWrong ? "true" : nothing} .value=${live(text.value)}
      @input=${(/** @type {Event} */ event) => put(/** @type {HTMLInputElement} */ (event.target).value)} /></label>
    ${isWrong ? html`<p class="soft">Type a number, or ? to ask.</p>` : nothing}`;
}

/** At which values the other inputs are: "x3 at row 5’s 0". @param {Plan} plan */
export function othersText({ problem: { table }, x, y, base, row }) {
  const others = base.flatMap((value, column) =>
    column === x.column || column === y?.column ? [] : [[table.inputs[column], numberText(value)]],
  );
  if (others.length === 0) return "";
  if (others.length > MOST_OTHERS) return `The other ${others.length} inputs are those of row ${row + 1}.`;
  const said = others.map(
    ([name, value], at) => `${name} at ${at === 0 ? `row ${row + 1}’s` : "its"} ${value}`,
  );
  return `Drawn with ${said.join(", ")}.`;
}
