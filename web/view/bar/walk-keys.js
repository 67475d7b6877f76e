/**
 * @file The keys of the walk: F10 or ] for the next step, [ for the one before, Escape to leave it. Where text is typed, the
 * signs are text.
 * @import { State } from "../../state/state.js"
 */
import { isComposing } from "../kit/draw.js";

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
    const isTyped = event
      .composedPath()
      .some((place) => place instanceof Element && place.matches(TYPED_INTO));
    if (document.querySelector("dialog[open]") || (isTyped && key !== "F10")) return;
    if (key === "Escape") return state.leaveWalk();
    const way = WAYS[key];
    if (!way) return;
    event.preventDefault(); // F10 opens a menu
    state.stepInto(way);
  });
}
