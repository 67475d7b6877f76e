/**
 * @file The part of the state about the walk: one pass of the program on show, gone through step by step. Who asks for a step
 * asks here; web/program/walker.js takes it as soon as the values are there.
 * @import { ReadonlySignal } from "@preact/signals-core"
 * @import { Listing, Seen } from "../model/selection.js"
 * @import { Place, Problem } from "../model/protocol.js"
 */
import { batch, computed, signal } from "@preact/signals-core";
import { isSamePlace, stageAt } from "../model/places.js";
import { partsOf } from "../model/stage-parts.js";
import { late } from "./late.js";

const WAITING_MILLISECONDS = 250;

/** A step forwards or back, or the first of a stage. @typedef {{ way: 1 | -1 } | { stage: string }} Asked */

/** @type {Place[]} */
const NO_STEPS = [];

/**
 * @param {{ shown: ReadonlySignal<Listing>, seen: ReadonlySignal<Seen | null>, place: ReadonlySignal<Place>,
 *   look: (to: Place) => void }} code
 * @param {ReadonlySignal<Problem>} problem
 */
export function createWalkState({ shown, seen, place, look }, problem) {
  const asked = signal(/** @type {Asked | null} */ (null));
  // Where the walk has come to, and in which program. It rests while something else is looked at.
  const last = signal(/** @type {{ listing: Listing, place: Place } | null} */ (null));
  const isOn = computed(() => last.value !== null && last.value.listing === shown.value);
  const steps = computed(() => (seen.value?.listing === shown.value ? seen.value.walk : NO_STEPS));
  const stages = computed(() => steps.value.map((step) => stageAt(shown.value.outline, step)));
  const at = computed(() => {
    const here = last.value?.place;
    if (!isOn.value || !here || !isSamePlace(here, place.value)) return null;
    const index = steps.value.findIndex((step) => isSamePlace(step, here));
    return index < 0 ? null : index;
  });
  const stage = computed(() => (at.value !== null && shown.value.problem && stages.value[at.value]) || null);

  return {
    walk: {
      /** The places of one pass of the program on show, in the order in which Python computes them. */
      steps,
      /** The stage of each, as far as its part of the code tells. */
      stages,
      /** Which of them is looked at; null while none is. */
      at,
      /** The stage of that step, such as "sum 1"; null where it has none, as in a program gone its own way. */
      stage,
      /** What of the table and of the drawing belongs to that stage. */
      lit: computed(() => partsOf(stage.value, problem.value.network.hidden.length + 1)),
      /** Whether it has begun, and has not been left since. */
      isOn,
      asked,
      isWaiting: late(() => asked.value, WAITING_MILLISECONDS),
      /** @param {Place} to */
      go: (to) =>
        batch(() => {
          last.value = { listing: shown.value, place: to };
          look(to);
        }),
    },
    /** @param {1 | -1} way */
    stepInto(way) {
      asked.value = { way };
    },
    /** @param {string} stage  whose first step is gone to */
    walkTo(stage) {
      asked.value = { stage };
    },
    leaveWalk: () =>
      batch(() => {
        asked.value = null;
        last.value = null;
      }),
  };
}
