/**
 * @file Shows the status sentence. Screen readers speak it whenever it changes, so it waits: until passing numbers
 * rest, until typing of a refused value pauses, and until the answer after a removal is there.
 * @import { State } from "../../state/state.js"
 */
import { effect } from "@preact/signals-core";
import { refusalOf } from "../../model/run.js";
import { byId } from "../kit/draw.js";
import { isProblem, statusText, TRAINING } from "./status-text.js";

const REST_MILLISECONDS = 250;
const STEADY_MILLISECONDS = 2000; // that a time left stays: on a busy machine the estimate goes up and down

/** @param {State} state @param {import("../../load-later.js").LoadLater} later */
export function showStatus(state, later) {
  const status = byId("status");
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let rest;
  let changed = 0;
  /** @type {number | null} the step of the walk that was said last */
  let walkedTo = null;
  effect(() => {
    const step = later.stepText();
    clearTimeout(rest);
    if (step === "") return; // its value is still to come
    const isNewStep = state.walk.at.value !== walkedTo; // or the walk has been left
    walkedTo = state.walk.at.value;
    const text = step ?? statusText(state);
    const isBad = isProblem(state);
    const isPlaying = state.isPlaying.value;
    const isMoving = isPlaying || state.sought.value !== null;
    const run = state.run.value;
    const isPassing = isPlaying || run.phase === "sought" || run.phase === "hand";
    const isTyped = !state.notice.value?.isError && refusalOf(run) !== state.refusal.value;
    const isHalf = state.notice.value?.isError === false && run.problem !== state.problem.value;
    const say = () => {
      status.classList.remove("waits");
      status.classList.toggle("problem", isBad);
      status.classList.toggle("walks", step !== null);
      if (status.textContent === text) return;
      status.textContent = text;
      changed = performance.now();
    };
    const isTimeOnly = [status.textContent, text].every((each) => each?.startsWith(TRAINING));
    if (isTimeOnly && performance.now() - changed < STEADY_MILLISECONDS) return; // the next frame comes soon
    if (status.textContent === text || isNewStep || !(isPassing || isTyped || isHalf)) return say();
    status.classList.add("waits");
    if (!isMoving && !isTyped) rest = setTimeout(say, REST_MILLISECONDS);
  });
  describeRefused();
}

/**
 * The status says what is wrong by itself while a field is typed into. To a field that is wrong already it belongs as a
 * description, beside its own, which screen readers speak when the focus comes to it.
 */
function describeRefused() {
  /** @param {EventTarget | null} target @param {boolean} isRefused */
  const describe = (target, isRefused) => {
    if (!(target instanceof HTMLInputElement)) return;
    const own = (target.getAttribute("aria-describedby") ?? "")
      .split(" ")
      .filter((id) => id && id !== "status");
    const ids = isRefused ? [...own, "status"] : own;
    if (ids.length > 0) target.setAttribute("aria-describedby", ids.join(" "));
    else target.removeAttribute("aria-describedby");
  };
  document.addEventListener("focusin", ({ target }) =>
    describe(target, target instanceof HTMLInputElement && target.getAttribute("aria-invalid") === "true"),
  );
  for (const type of ["input", "focusout"])
    document.addEventListener(type, ({ target }) => describe(target, false));
}
