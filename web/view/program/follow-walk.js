/**
 * @file Keeps the step of the walk in sight: the part of the code, above the bar, and the panel that explains it. Who has
 * scrolled on to the table or the drawing stays there, and so does who begins at a stage of the card One iteration.
 * @import { State } from "../../state/state.js"
 */
import { effect } from "@preact/signals-core";
import { byId } from "../kit/draw.js";
import { uncover } from "./uncover.js";

/** @param {State} state */
export function followWalk(state) {
  const listing = byId("listing");
  let wasOn = false;
  effect(() => {
    const begins = !wasOn && state.walk.isOn.value && !byId("pass").contains(document.activeElement);
    wasOn = state.walk.isOn.value;
    if (state.walk.at.value === null || !(begins || state.isCodeInSight.peek())) return;
    queueMicrotask(() => show(listing)); // once it is drawn
  });
}

/** @param {HTMLElement} listing */
function show(listing) {
  const item = /** @type {HTMLElement | null} */ (listing.querySelector("[aria-selected='true']"));
  if (!item) return;
  // The keyboard goes along where it walks through the code itself.
  if (listing.contains(document.activeElement)) item.focus({ preventScroll: true });
  uncover(item);
}
