/**
 * @file The loading line below the heading: progress while Python loads; the error and Retry when it could not.
 * @import { Loading } from "../../model/protocol.js"
 * @import { State } from "../../state/state.js"
 */
import { effect } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { SILENCE_SECONDS } from "../../browser/silence.js";
import { retryHint } from "../../model/words.js";
import { IS_ONE_FILE } from "../../site/site-files.js";
import { byId, draw } from "../kit/draw.js";

const MEGA = 1e6;
const REMEDY = IS_ONE_FILE
  ? "This file may not be whole: copy it once more from where it came from."
  : retryHint("press Retry");

/**
 * @param {State} state
 * @param {() => void} retry
 */
export function showLoading(state, retry) {
  const root = byId("loading");
  effect(() => {
    const engine = state.engine.value;
    const { dataset } = document.documentElement;
    dataset.engine = engine.phase;
    dataset.stuck = String(engine.phase === "loading" && engine.isStuck === true);
    if (engine.phase === "ready") dataset.start = engine.start;
    // A landmark only while something stands in it.
    if (engine.phase === "ready") {
      root.removeAttribute("role");
      root.removeAttribute("aria-label");
    } else {
      root.setAttribute("role", "region");
      root.setAttribute("aria-label", "Python");
    }
  });
  draw(root, () => {
    const engine = state.engine.value;
    if (engine.phase === "ready") return nothing;
    if (engine.phase === "failed") {
      return html`<p role="alert">
          <b>${engine.hasEnded ? "Python has stopped." : "Python could not be loaded."}</b> ${engine.message} The table can still be edited, and nothing is lost.
          ${engine.hasEnded ? "" : (engine.remedy ?? REMEDY)}
        </p>
        <button type="button" @click=${engine.remedy ? reload : retry}>Retry</button>`;
    }
    if (engine.isStuck) {
      return html`<p role="alert">${standstill(engine.loading)}</p>
        <button type="button" @click=${retry}>Retry</button>`;
    }
    const { step, loaded, total } = engine.loading;
    return html`<progress aria-label="Loading" max=${total || 1} .value=${loaded}></progress>
      <span>${step || "Loading"}${total ? html`: ${(loaded / MEGA).toFixed(1)} of ${(total / MEGA).toFixed(1)} MB` : nothing}</span>`;
  });
}

/** What a host forbids, it forbids the page until that has been loaded again. */
const reload = () => location.reload();

/**
 * It goes on by itself when it can: a line may come back, and a slow device gets there.
 * @param {Loading} loading
 */
const standstill = ({ step }) =>
  step === "Starting Python"
    ? `Python has come and is still starting, for more than ${SILENCE_SECONDS} seconds now. On a slow device it may yet get there; else press Retry.`
    : `${step || "Loading"} has come to a standstill: nothing more has come for ${SILENCE_SECONDS} seconds. ${REMEDY}`;
