/**
 * @file The slider Iteration: a real range input for the keyboard and screen readers, under a track drawn to its own scale,
 * on which the pointer moves it.
 * @import { State } from "../../state/state.js"
 */
import { html } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { firstIterationOf, iterationAt, iterationsOf, nextTenth, positionOf } from "../../model/timescale.js";
import { grouped } from "../../model/words.js";
import { draw } from "../kit/draw.js";

const THUMB = 20; // pixels; bar.css has the same

/**
 * @param {HTMLElement} root
 * @param {State} state
 * @param {{ isOff: () => boolean, go: (iteration: number) => void }} time
 */
export function showSlider(root, state, { isOff, go }) {
  let grip = 0; // pixels from the middle of the thumb to where it is held

  const here = () => state.sought.value?.iteration ?? state.run.value.frame?.iteration ?? 0;

  /** @param {PointerEvent} event */
  function grasp(event) {
    const input = /** @type {HTMLInputElement} */ (event.currentTarget);
    if (isOff() || event.button !== 0) return;
    input.setPointerCapture(event.pointerId);
    input.focus({ preventScroll: true });
    const { left, width } = input.getBoundingClientRect();
    const thumb = left + THUMB / 2 + positionOf(here(), iterationsOf(state.run.value)) * (width - THUMB);
    grip = event.clientX - thumb;
    if (Math.abs(grip) <= THUMB / 2) return; // held, it stays where it is
    grip = 0;
    drag(event);
  }

  /** @param {PointerEvent} event */
  function drag(event) {
    const input = /** @type {HTMLInputElement} */ (event.currentTarget);
    if (isOff() || !input.hasPointerCapture(event.pointerId)) return;
    const { left, width } = input.getBoundingClientRect();
    const position = (event.clientX - grip - left - THUMB / 2) / (width - THUMB);
    goTo(iterationAt(position, iterationsOf(state.run.value)));
  }

  /** @param {number} iteration */
  const goTo = (iteration) => {
    const wanted = Math.max(firstIterationOf(state.run.value), iteration);
    if (wanted !== here()) go(wanted);
  };

  /** @param {Event} event  from the keyboard or a screen reader */
  function take({ currentTarget }) {
    const input = /** @type {HTMLInputElement} */ (currentTarget);
    if (isOff()) input.value = String(here());
    else goTo(Number(input.value));
  }

  /** @param {KeyboardEvent} event */
  function turnPage(event) {
    const way = { PageUp: /** @type {const} */ (1), PageDown: /** @type {const} */ (-1) }[event.key];
    if (!way) return;
    event.preventDefault();
    if (!isOff()) goTo(nextTenth(here(), iterationsOf(state.run.value), way));
  }

  // The browser's own way to move it by pointer goes by a linear scale.
  const refuse = { handleEvent: (/** @type {Event} */ event) => event.preventDefault(), passive: false };

  draw(root, () => {
    const run = state.run.value;
    const iterations = iterationsOf(run);
    const at = here();
    const place = `--at:${positionOf(at, iterations)};--trained:${positionOf(run.trained, iterations)}`;
    const [now, all] = [grouped(at), grouped(iterations)];
    return html`<div class="track" .style=${place}>
        <input
          type="range"
          aria-label="Iteration"
          aria-valuetext="iteration ${now}"
          aria-disabled=${isOff()}
          min=${firstIterationOf(run)}
          max=${iterations}
          step="1"
          .value=${live(String(at))}
          @input=${take}
          @keydown=${turnPage}
          @pointerdown=${grasp}
          @pointermove=${drag}
          @mousedown=${refuse}
          @touchstart=${refuse}
        /><span class="thumb"></span>
      </div>
      <span class="iteration" aria-hidden="true" .style=${`--digits:${all.length}ch`}
        >iteration <span translate="no">${now}</span><span class="all"> of <span translate="no">${all}</span></span></span
      >`;
  });
}
