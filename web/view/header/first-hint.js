/**
 * @file One thing to try, for who is here for the first time: said beside the post's table until anything has been changed.
 * Who has changed something before is offered it (view/header/offers.js) instead.
 * @import { State } from "../../state/state.js"
 */
import { html, nothing } from "lit-html";
import { POST } from "../../model/post.js";
import { byId, draw } from "../kit/draw.js";

/** @param {State} state */
export const showFirstHint = (state) =>
  draw(byId("try"), () =>
    state.canUndo.value || state.problem.value !== POST || state.offers.value.length > 0
      ? nothing
      : html`<b>Try it:</b> type 0 over row 5’s x1, and the answer turns to “not sure”.`,
  );
