/**
 * @file Step into: takes the steps of the walk through one pass that are asked for (web/state/walk-state.js), and goes on with
 * the iteration after, or before, at the end of one.
 * @import { Place } from "../model/protocol.js"
 * @import { State } from "../state/state.js"
 * @import { Trainer } from "../train/trainer.js"
 */
import { batch, effect, untracked } from "@preact/signals-core";
import { isLine, isSamePlace } from "../model/places.js";
import { firstIterationOf } from "../model/timescale.js";
import { createSeek } from "../train/seek.js";
import { whyNoValues } from "./why-no-values.js";

const NOTHING = "This program computes nothing that could be gone through.";
const AT_END = "This was the last step of the last iteration.";
const AT_START = "This is the first step of the first iteration.";

/**
 * @param {State} state
 * @param {Trainer} trainer
 */
export function createWalker(state, trainer) {
  const { isOff, isOver, here, go } = createSeek(state, trainer);
  const { walk } = state;

  /** @param {string} text  "" takes back what was said before, but for an error */
  function say(text) {
    if (text || !state.notice.peek()?.isError) state.notice.value = text ? { text, isError: false } : null;
  }

  /** @param {import("../state/walk-state.js").Asked} asked @param {Place[]} steps */
  function take(asked, steps) {
    if ("stage" in asked) {
      const first = steps[walk.stages.peek().indexOf(asked.stage)];
      if (first) walk.go(first);
      return;
    }
    const { way } = asked;
    const at = walk.at.peek();
    const to = at === null ? firstFrom(steps, placeBefore()) - Number(way < 0) : at + way;
    if (steps[to]) return walk.go(steps[to]);
    if (way > 0) {
      if (isOff() || isOver()) return say(AT_END);
      go(here() + 1);
      walk.go(steps[0]);
    } else {
      if (isOff() || here() <= firstIterationOf(state.run.peek())) return say(AT_START);
      go(here() - 1);
      walk.go(steps[steps.length - 1]);
    }
  }

  /** What is looked at while the walk rests. One that begins does so where the pass does. */
  const placeBefore = () => (walk.isOn.peek() ? state.place.peek() : null);

  effect(() => {
    const asked = walk.asked.value;
    if (!asked) return;
    const steps = walk.steps.value;
    const isSeen = state.seen.value?.listing === state.shown.value;
    const why = isSeen ? steps.length === 0 && NOTHING : state.shown.value.outline && whyNoValues(state);
    if (!isSeen && !why) return; // the values are still to come
    untracked(() =>
      batch(() => {
        walk.asked.value = null;
        state.isPlaying.value = false;
        say(why || "");
        if (!why) take(asked, steps);
      }),
    );
  });
}

/**
 * The step that is at a place in the program, or else the next one after it.
 * @param {Place[]} steps
 * @param {Place | null} place  null for the first of all
 */
function firstFrom(steps, place) {
  if (!place) return 0;
  /** @param {Place} step */
  const isAround = ([line, from, last, to]) =>
    isLine(place)
      ? line === place[0]
      : line === place[0] && last === place[2] && from <= place[1] && place[3] <= to;
  const exact = steps.findIndex((step) => isSamePlace(step, place));
  const around = exact < 0 ? steps.findIndex(isAround) : exact;
  const after = around < 0 ? steps.findIndex(([line]) => line > place[0]) : around;
  return Math.max(after, 0);
}
