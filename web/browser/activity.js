/**
 * @file Whether the learner is typing, pointing or scrolling. Background work, such as importing NumPy, which blocks
 * Python for half a second, waits until nothing has happened for a moment.
 */

const PAUSE = 700; // milliseconds
let last = Number.NEGATIVE_INFINITY;

/** Something is under way that is not to be held up. */
export function markActivity() {
  last = performance.now();
}

for (const type of ["keydown", "pointerdown", "wheel", "input", "touchmove"])
  addEventListener(type, markActivity, { capture: true, passive: true });
addEventListener("pointermove", ({ buttons }) => buttons > 0 && markActivity(), {
  capture: true,
  passive: true,
});

/** Resolves once nothing has been under way for a moment. */
export async function untilQuiet() {
  for (;;) {
    const left = last + PAUSE - performance.now();
    if (left <= 0) return;
    await new Promise((resolve) => setTimeout(resolve, left));
  }
}
