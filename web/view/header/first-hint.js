/**
 * @file One thing to try, for who is here for the first time: said beside the post's table until anything has been changed.
 * @import { State } from "../../state/state.js"
 */
import { effect } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { POST } from "../../model/post.js";
import { byId, draw } from "../kit/draw.js";

const TRIED = "tenlines.tried";

/** @param {State} state */
export function showFirstHint(state) {
  const hasTried = wasTried();
  draw(byId("try"), () =>
    hasTried || state.canUndo.value || state.problem.value !== POST
      ? nothing
      : html`<b>Try it:</b> type 0 over row 5’s x1, and the answer turns to “not sure”.`,
  );
  effect(() => {
    if (state.canUndo.value) noteTried();
  });
}

function wasTried() {
  try {
    return localStorage.getItem(TRIED) !== null;
  } catch {
    return false; // blocked
  }
}

function noteTried() {
  try {
    localStorage.setItem(TRIED, "1");
  } catch {
    // blocked or full: it is said again at the next visit
  }
}
