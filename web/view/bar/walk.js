/**
 * @file What the bar shows and says of the walk: where it is, the way back, and each step with its value.
 * @import { State } from "../../state/state.js"
 */
import { html, nothing } from "lit-html";
import { isLine, isSamePlace, textAt } from "../../model/places.js";
import { stageTitle } from "../../model/stage-parts.js";
import { valueInShort } from "../../model/words.js";
import { byId } from "../kit/draw.js";

const MOST_CODE = 40; // characters of a step

/**
 * The step of the walk that is looked at, with its value; "" while that is still to come, null where there is no walk, or
 * something else to be said.
 * @param {State} state
 */
export function stepText({ walk, shown, seen, run, place, notice }) {
  const [at, steps] = [walk.at.value, walk.steps.value];
  if (at === null || notice.value) return null;
  const now = seen.value;
  const { problem, source, outline } = shown.value;
  const isOfRun = !problem || now?.of === run.value.frame;
  if (!now?.selected || !isOfRun || !isSamePlace(now.place, place.value)) return "";
  const step = steps[at];
  const name = walk.stages.value[at] ?? "";
  const isPart = walk.stages.value.includes(name, at + 1);
  const stage = stageTitle(name, outline);
  const chip = isLine(step) ? now.lines.find(({ line }) => line === step[0]) : undefined;
  const value = chip ? `It ${chip.text.replaceAll("  ", ", ")}.` : valueInShort(now.selected);
  const text = textAt(source, step);
  const code = text.length > MOST_CODE ? `${text.slice(0, MOST_CODE)}…` : text;
  return `Step ${at + 1} of ${steps.length}${stage ? `, ${isPart ? "part of " : ""}${stage.charAt(0).toLowerCase()}${stage.slice(1)}` : ""}: ${code}. ${value}`;
}

/** The step before, the way out, and "3 of 12: Squeeze", while there is a walk. @param {State} state */
export function walkTemplate({ walk, shown, stepInto, leaveWalk }) {
  if (!walk.isOn.value) return nothing;
  const [at, steps, { outline }] = [walk.at.value, walk.steps.value, shown.value];
  const stage = at === null ? "" : stageTitle(walk.stages.value[at] ?? "", outline);
  const name = stage ? `: ${stage}` : "";
  const leave = () => {
    byId("step-into").focus(); // this button goes
    leaveWalk();
  };
  return html`<button type="button" id="step-back" aria-label="Step back" title="Step back ([)" @click=${() => stepInto(-1)}>‹</button>
    <button type="button" id="leave-walk" aria-label="Leave Step into" title="Leave Step into (Escape)" @click=${leave}>×</button>
    <span class="walk">${at === null ? "" : `${at + 1} of ${steps.length}${name}`}</span>`;
}
