/**
 * @file Notices when the training worker is gone: closed, ended by a script, or killed by the browser. No event tells
 * the page.
 * @import { WorkerApi } from "../model/protocol.js"
 */
import { AT_REST, AT_WORK } from "../model/protocol.js";
import { isReleased } from "./worker-lock.js";

const SOON = 300; // milliseconds in which an idle worker answers
// Without locks the worker is asked at an interval whether it is there.
const LOOK = 1000; // milliseconds
const IDLE = 3; // intervals without a message: an idle worker answers sooner even on a slow phone
const BUSY = 60; // one pass over a large table, or importing NumPy, can take long

/**
 * @param {{ worker: Worker, source: string }} started  source names the lock that the worker has asked for
 * @param {WorkerApi} door
 * @param {() => void} gone
 * @returns {() => void}  ends the watching
 */
export function watchWorker({ worker, source }, door, gone) {
  const watching = new AbortController();
  const { signal } = watching;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let looking;

  async function watch() {
    const seemsGone = await isReleased(source, signal);
    if (signal.aborted) return;
    const late = new Promise((resolve) => setTimeout(resolve, SOON, false));
    const isThere = !seemsGone || (await Promise.race([door.alive(), late])); // the worker may not have got the lock
    if (signal.aborted) return;
    if (isThere) looking = setInterval(look, LOOK);
    else gone();
  }

  // A question that is open does not mean that the worker is at work: it may wait there for a file, or have come to a
  // worker that is gone. So the worker says itself when Python keeps it from answering.
  let isAtWork = false;
  let silent = 0; // intervals since its last message
  function hear(/** @type {MessageEvent} */ { data }) {
    silent = 0;
    if (data === AT_WORK) isAtWork = true;
    if (data === AT_REST) isAtWork = false;
  }

  function look() {
    if (document.visibilityState === "hidden") return; // browsers pause timers and workers of hidden pages
    if (silent > (isAtWork ? BUSY : IDLE)) return gone();
    silent++;
    if (silent === 1) door.alive().catch(() => {}); // Python has ended, and that is known
  }

  worker.addEventListener("message", hear, { signal });
  watch().catch(() => {}); // Python has ended, and that is known
  return () => {
    watching.abort();
    clearInterval(looking);
  };
}
