/**
 * @file The status sentence. A screen reader speaks it whenever it changes: while numbers pass by it waits until they rest.
 * @import { State } from "../state.js"
 */
import { effect } from "@preact/signals-core";
import { byId } from "./dom.js";
import { isProblem, sentence } from "./sentence.js";

const REST_MILLISECONDS = 250;

/** @param {State} state */
export function showStatus(state) {
  const status = byId("status");
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let rest;
  effect(() => {
    const text = sentence(state);
    const isBad = isProblem(state);
    const isPlaying = state.isPlaying.value;
    const isMoving = isPlaying || state.sought.value !== null;
    const { phase } = state.run.value;
    const say = () => {
      status.classList.remove("waits");
      status.classList.toggle("problem", isBad);
      if (status.textContent !== text) status.textContent = text;
    };
    clearTimeout(rest);
    if (status.textContent === text || !(isPlaying || phase === "sought")) return say();
    status.classList.add("waits");
    if (!isMoving) rest = setTimeout(say, REST_MILLISECONDS);
  });
}
