/**
 * @file One iteration: the pass that follows the iteration on show, stage by stage, with the numbers of this table.
 * @import { Frame, Problem, Stage, Stages } from "../../model/protocol.js"
 * @import { State } from "../../state/state.js"
 */
import { batch, computed, effect, signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { firstIterationOf, isAtEnd } from "../../model/timescale.js";
import { grouped } from "../../model/words.js";
import { isTooLarge } from "../../program/why-no-values.js";
import { draw } from "../kit/draw.js";
import { beforeAfterTemplate } from "./before-after.js";
import { nameOf, stageTemplate, workedFor } from "./stage.js";

const PAUSE_MILLISECONDS = 300; // in which nothing changes, before what is out of sight is brought up to date

const TOO_LARGE =
  "This table is too large for its stages to be shown here. In a terminal, python -m tenlines FILE --explain ITERATION prints them.";
const OWN_CODE =
  "Your own code has no stages that the page knows. Step into goes through its expressions, in the order in which Python works them out.";

/** @typedef {{ stages: Stages, frame: Frame, problem: Problem }} Told */

/**
 * @param {HTMLElement} root
 * @param {State} state
 * @param {ReturnType<typeof import("../../train/ask-stages.js").createStagesAsker>} ask
 * @param {(iteration: number) => void} go  to an iteration
 */
export function showPass(root, state, ask, go) {
  const told = signal(/** @type {Told | null} */ (null));
  const trouble = signal("");
  const look = signal({
    batch: 1,
    units: /** @type {number[]} */ ([]),
    inputs: /** @type {number[]} */ ([]),
  });
  const isInSight = signal(false);
  const heard = signal(""); // what the keyboard has chosen
  /** @type {Problem | null} whose number that is */
  let heardOf = null;
  /** @type {{ name: string, row: number, column: number } | null} the number just chosen, until it is worked out */
  let choosing = null;
  const isOld = state.isOld(() => told.value?.frame);
  const hasStages = computed(() => state.shown.value.problem !== null);

  new IntersectionObserver((entries) => {
    isInSight.value = entries.at(-1)?.isIntersecting ?? false;
  }).observe(root);

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;
  effect(() => {
    const { frame, problem } = state.run.value;
    const row = state.isRowChosen.value ? state.row.value : null;
    const question = frame && { problem, frame, look: { row, ...look.value } };
    clearTimeout(pause);
    if (!question || !hasStages.value || isTooLarge(problem, frame)) return;
    const take = (/** @type {Stages} */ stages) => {
      trouble.value = "";
      told.value = { stages, frame: question.frame, problem };
      if (heard.peek() && problem !== heardOf) heard.value = "";
      if (!choosing || question.look.units !== look.peek().units) return;
      heard.value = saidOf(stages, choosing.name);
      heardOf = problem;
      choosing = null;
    };
    const refuse = (/** @type {string} */ why) => {
      trouble.value = why;
    };
    if (isInSight.value || !told.peek()) ask(question, take, refuse);
    else pause = setTimeout(() => ask(question, take, refuse), PAUSE_MILLISECONDS);
  });

  // What Step into goes through is one row's: that which is worked out flows through the drawing, too.
  effect(() => {
    const now = told.value;
    if (!state.walk.isOn.value || !now) return;
    if (!state.isRowChosen.peek()) state.chooseRow(now.stages.row - 1);
    if (look.peek().batch !== 1) look.value = { ...look.peek(), batch: 1 }; // the program shows its first one
  });

  effect(() => {
    if (state.walk.at.value === null || !isInSight.peek() || state.isCodeInSight.peek()) return;
    queueMicrotask(() => root.querySelector(".lit")?.scrollIntoView({ block: "nearest" }));
  });

  /** @type {import("./stage.js").View["choose"]} */
  function choose(stage, row, column) {
    const now = told.peek();
    if (!now) return;
    const layer = stage.layer - 1;
    const { units, inputs, ...others } = look.peek();
    const unit = stage.places[column] ?? 0;
    const isOfWeights = stage.froms.length > 0;
    choosing = { name: nameOf(stage), row, column };
    batch(() => {
      look.value = {
        ...others,
        units: withPlace(units, layer, unit),
        inputs: isOfWeights ? withPlace(inputs, layer, stage.inputs[row] ?? 0) : inputs,
      };
      if (!isOfWeights) state.chooseRow((now.stages.rows[row] ?? 1) - 1);
    });
  }

  draw(root, () => {
    const now = told.value;
    const { frame, problem } = state.run.value;
    root.toggleAttribute("data-current", now !== null && now.frame === frame);
    root.dataset.iteration = String(now?.stages.iteration ?? "");
    if (!hasStages.value) return html`<p class="soft">${OWN_CODE}</p>`;
    if (isTooLarge(problem, frame)) return html`<p class="soft">${TOO_LARGE}</p>`;
    if (trouble.value) return html`<p>${trouble.value}</p>`;
    if (!now) return html`<p class="soft">The stages appear as soon as NumPy is here, too.</p>`;
    const { stages } = now;
    const view = {
      pass: stages,
      isLit: (/** @type {string} */ name) => state.walk.stage.value === name,
      choose,
      /** @param {Stage} stage */
      placeIn: (stage) => (choosing?.name === nameOf(stage) ? choosing : stage),
      begin: (/** @type {string} */ name) => state.walkTo(name),
    };
    const isOver = isAtEnd({ ...state.run.value, frame: now.frame });
    const { diverged } = state.run.value;
    return html`<div class=${isOld.value ? "pass stale" : "pass"}>
      <p class="soft">${isOver && diverged ? "This is the pass after which the numbers were too large to compute with" : isOver ? "The run is over: this is what one more pass would do" : html`What happens between iteration <b>${grouped(stages.iteration)}</b> and <b>${grouped(stages.iteration + 1)}</b>`}, with the numbers of this table. ${rowText(stages)}${state.walk.at.value === null ? nothing : " Step into goes as Python does, which works some parts out of turn."}</p>
      ${isOver ? beginningTemplate() : nothing}
      ${stages.batches > 1 ? batchTemplate(stages) : nothing}
      <ol class="stages">${stages.stages.map((stage, at) => stageTemplate(stage, at, view))}</ol>
      ${beforeAfterTemplate(stages)}
      <p class="visually-hidden" aria-live="polite">${heard.value}</p>
    </div>`;
  });

  /** At the end of a run little changes any more; at its beginning much does. */
  const beginningTemplate = () => html`<div class="acts">
    <button type="button" @click=${() => go(firstIterationOf(state.run.peek()))}>See the first iteration</button>
  </div>`;

  /** @param {Stages} pass */
  function batchTemplate({ batch, batches }) {
    const button = (/** @type {number} */ to, /** @type {string} */ name, /** @type {string} */ sign) =>
      html`<button type="button" aria-label=${name} title=${name} aria-disabled=${to < 1 || to > batches} @click=${() => {
        if (to >= 1 && to <= batches) look.value = { ...look.peek(), batch: to };
      }}>${sign}</button>`;
    return html`<div class="batches">
      ${button(batch - 1, "Previous batch", "‹")} Batch ${grouped(batch)} of ${grouped(batches)} ${button(batch + 1, "Next batch", "›")}
      <span class="soft">${state.walk.isOn.value ? "Step into goes through the first; the others go likewise." : batch > 1 ? "With the weights as the batches before it have left them." : ""}</span>
    </div>`;
  }
}

/** @param {number[]} places @param {number} at @param {number} place */
const withPlace = (places, at, place) =>
  Array.from({ length: Math.max(places.length, at + 1) }, (_, layer) =>
    layer === at ? place : (places[layer] ?? 0),
  );

/** @param {Stages} pass */
function rowText({ row, rows, are }) {
  const why = are[rows.indexOf(row)];
  const teaches = why ? ` It is ${why}, so that it has no error and teaches nothing now.` : "";
  return html`Row <b>${grouped(row)}</b> is worked out.${teaches}`;
}

/** @param {Stages} pass @param {string} name */
function saidOf(pass, name) {
  const stage = pass.stages.find((each) => nameOf(each) === name);
  return stage?.worked ? `${workedFor(stage, pass)}: ${stage.worked}` : "";
}
