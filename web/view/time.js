/**
 * @file The bar at the bottom, always in reach: train, stop, start again, how far it is, and what happened, in words.
 * @import { State } from "../state.js"
 * @import { Trainer } from "../train.js"
 */
import { effect } from "@preact/signals-core";
import { html } from "lit-html";
import { newRandomStart } from "../problem.js";
import { grouped } from "../words.js";
import { byId, draw } from "./dom.js";
import { isProblem, sentence } from "./sentence.js";

/**
 * @param {State} state
 * @param {Trainer} trainer
 */
export function showTime(state, trainer) {
  const acts = byId("time-acts");
  draw(acts, () => {
    const running = state.run.value.phase === "running";
    return html`
      <button type="button" id="train" class="primary" @click=${trainer.train}>Train</button>
      <button type="button" id="stop" ?hidden=${!running} @click=${trainer.stop}>Stop</button>
      <button type="button" @click=${trainer.reset}>Reset</button>
      <button type="button" id="new-start" @click=${() => state.edit(newRandomStart(state.problem.value))}>New random start</button>
    `;
  });
  effect(() => {
    // Stop goes when the run ends: whoever stood on it stands on Train.
    if (state.run.value.phase !== "running" && document.activeElement?.id === "stop") byId("train").focus();
  });

  draw(byId("progress"), () => {
    const { phase, frame, problem } = state.run.value;
    const iterations = Number(problem.training.iterations);
    const iteration = frame?.iteration ?? 0;
    return html`<progress
        aria-label="Training progress"
        class=${phase}
        max=${Math.max(iterations, 1)}
        .value=${iterations === 0 ? 1 : iteration}
      ></progress>
      <span class="iteration">iteration ${grouped(iteration)} of ${grouped(iterations)}</span>`;
  });

  const status = byId("status");
  effect(() => {
    const text = sentence(state);
    status.classList.toggle("problem", isProblem(state));
    if (status.textContent !== text) status.textContent = text;
  });
}
