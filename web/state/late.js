/** @file Conditions that are to be seen only once they have held for some time. */
import { effect, signal } from "@preact/signals-core";

/**
 * Whether a condition has held for some time.
 * @param {() => unknown} hold  false where it does not; another object begins it anew
 * @param {number} milliseconds
 */
export function late(hold, milliseconds) {
  const isLate = signal(false);
  /** @type {unknown} */
  let held = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  effect(() => {
    const holds = hold();
    if (holds === held) return;
    held = holds;
    clearTimeout(waiting);
    isLate.value = false;
    if (holds) {
      waiting = setTimeout(() => {
        isLate.value = true;
      }, milliseconds);
    }
  });
  return isLate;
}
