/**
 * @file The bar at the bottom: Train and Reset, the status sentence, Play, Step and the slider.
 * @import { State } from "../../state/state.js"
 * @import { Trainer } from "../../train/trainer.js"
 */
import { html, svg } from "lit-html";
import { newRandomStart } from "../../model/edits.js";
import { createPlayer } from "../../train/player.js";
import { createSeek } from "../../train/seek.js";
import { byId, draw } from "../kit/draw.js";
import { showSlider } from "./slider.js";
import { showStatus } from "./status.js";

/**
 * @param {State} state
 * @param {Trainer} trainer
 * @param {import("../../load-later.js").LoadLater} later
 */
export function showTime(state, trainer, later) {
  draw(byId("train-acts"), () => {
    const running = state.run.value.phase === "running";
    return html`
      <button type="button" id="train" title="Train to the last iteration" @click=${() => {
        state.leaveWalk();
        trainer.train();
      }}>Train</button>
      <button type="button" id="stop" ?hidden=${!running} @click=${trainer.stop}>Stop</button>
      <button type="button" id="new-start" title="New random start" @click=${() => state.edit(newRandomStart(state.problem.value))}>
        ${icon("M13 8A5 5 0 1 1 11 4M8 4H11V1")}<span>New random start</span>
      </button>
    `;
  });

  const player = createPlayer(state, trainer);
  const { isOff, isOver, here, go } = createSeek(state, trainer);

  function step() {
    if (!isOff() && !isOver()) go(here() + 1);
  }

  draw(byId("time-acts"), () => {
    const isPlaying = state.isPlaying.value;
    return html`
      <button
        type="button"
        id="play"
        class="primary"
        title=${isPlaying ? "Stay at this iteration" : "Let the iterations pass by"}
        aria-disabled=${isOff()}
        @click=${() => {
          state.leaveWalk();
          if (isPlaying) player.pause();
          else if (!isOff()) player.play();
        }}
      >
        ${isPlaying ? icon("M5 3V13M11 3V13") : icon("M4 2V14L14 8Z")}${isPlaying ? "Pause" : "Play"}
      </button>
      <button type="button" title="One iteration" aria-disabled=${isOff() || isOver()} @click=${step}>Step</button>
      <button type="button" id="step-into" title="The next thing that Python computes in this iteration (F10 or ])" aria-disabled=${isOff()} @click=${() => !isOff() && state.stepInto(1)}>
        ${icon("M8 1V9M4 6L8 10L12 6M7 14H9")}<span>Step into</span>
      </button>
      ${later.walkTemplate()}
      <button type="button" title="Back to iteration 0, with the same random start" @click=${() => {
        state.leaveWalk();
        trainer.reset();
      }}>Reset</button>
    `;
  });
  showSlider(byId("slider"), state, { isOff, go });
  const bar = /** @type {HTMLElement} */ (document.querySelector("footer"));
  new ResizeObserver(() => {
    document.documentElement.style.setProperty("--bar", `${bar.offsetHeight}px`); // style.css scrolls by it
  }).observe(bar);
  showStatus(state, later);
}

/** @param {string} path */
const icon = (path) => html`<svg viewBox="0 0 16 16" aria-hidden="true">${svg`<path d=${path} />`}</svg>`;
