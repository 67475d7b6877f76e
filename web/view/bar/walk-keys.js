/**
 * @file The keys of the walk: F10 for the next step, Escape to leave it and, in the bar, the program and the card One iteration,
 * ] for the next step and [ for the one before. Elsewhere single signs do nothing: speech input types them.
 * @import { State } from "../../state/state.js"
 */
import { byId, isComposing } from "../kit/draw.js";

const IN_REACH = "footer, #listing, #pass"; // of the signs
const TYPED_INTO = "input:not([type=range], [type=checkbox]), textarea, select, [contenteditable]";

/** @type {Record<string, 1 | -1>} */
const WAYS = { F10: 1, "]": 1, "[": -1 };

/** @param {State} state */
export function listenForWalk(state) {
  document.addEventListener("keydown", (event) => {
    const { key, metaKey, shiftKey } = event;
    // On many keyboards the brackets are typed with AltGr, which is said to be Ctrl and Alt.
    const isShortcut = metaKey || (event.ctrlKey && !event.altKey && !event.getModifierState("AltGraph"));
    if (event.defaultPrevented || isComposing(event) || isShortcut || (key === "F10" && shiftKey)) return;
    const path = event.composedPath().filter((place) => place instanceof Element);
    const isIn = (/** @type {string} */ places) => path.some((place) => place.matches(places));
    if (document.querySelector("dialog[open]") || (isIn(TYPED_INTO) && key !== "F10")) return;
    if (key === "Escape") {
      if (isIn("#step-back, #leave-walk")) byId("step-into").focus(); // they go
      return state.leaveWalk();
    }
    const way = WAYS[key];
    if (!way || (key !== "F10" && !isIn(IN_REACH))) return;
    event.preventDefault(); // F10 opens a menu
    state.stepInto(way);
  });
}
