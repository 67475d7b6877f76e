/**
 * @file The refusal to show: only once typing has paused, for "-" alone is no number, but "-1" is.
 * @import { Signal } from "@preact/signals-core"
 * @import { Refusal } from "../model/protocol.js"
 * @import { RunState } from "../model/run.js"
 */
import { effect, signal } from "@preact/signals-core";
import { refusalOf } from "../model/run.js";

const PAUSE_MILLISECONDS = 500;

/**
 * @param {Signal<RunState>} run
 * @returns {Signal<Refusal | null>}  null as soon as nothing is refused
 */
export function refusalAtRest(run) {
  const told = signal(/** @type {Refusal | null} */ (null));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;
  effect(() => {
    const refusal = refusalOf(run.value);
    clearTimeout(pause);
    if (refusal === null) told.value = null;
    else if (refusal !== told.peek())
      pause = setTimeout(() => {
        told.value = refusal;
      }, PAUSE_MILLISECONDS);
  });
  return told;
}
