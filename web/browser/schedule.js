/**
 * @file Runs work after the next paint, when the browser is idle, or in steps between which keys and pointers are
 * served.
 */

/** @param {() => void} act  once the frame that comes next has been painted */
export const afterPaint = (act) => requestAnimationFrame(() => setTimeout(act));

/** @param {() => void} act  once there is nothing better to do; Safari cannot tell */
export const whenIdle = (act) =>
  "requestIdleCallback" in window ? requestIdleCallback(act) : setTimeout(act, 200);

/**
 * Take one step now, and each of the others in a task of its own, so that input events are handled and frames painted
 * between them. Tasks are made by messages: in a page in the background a timer would take a second.
 * @param {Iterator<unknown>} steps
 */
export function inTurns(steps) {
  const { port1, port2 } = new MessageChannel();
  const step = () => {
    if (steps.next().done) port1.close();
    else port2.postMessage(null);
  };
  port1.onmessage = step;
  step();
}

const LONG = 16; // milliseconds of work after which input events are handled

/** Long work in steps: what it gives is awaited between them, and pauses when it is time to. */
export function createPauses() {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < LONG) return;
    await new Promise((resolve) => setTimeout(resolve));
    since = performance.now();
  };
}
