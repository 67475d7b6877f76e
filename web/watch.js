/**
 * @file Notices when the worker that trains is gone: closed, ended by a script, or taken away by the browser. None of that
 * is told to the page.
 * @import { Door } from "./protocol.js"
 */
import { isFree } from "./lock.js";

const SOON = 300; // milliseconds in which a worker that has nothing to do answers
// Without locks the worker is asked at every look whether it is there.
const LOOK = 1000; // milliseconds
const IDLE = 3; // looks without an answer: a worker that has nothing to do answers sooner on a slow phone, too
const BUSY = 60; // one pass over a large table, or importing NumPy, can take long

/**
 * @param {string} lock  that the worker has asked for
 * @param {Door} door
 * @param {() => boolean} isBusy  whether Python has been asked for something that may take its time
 * @param {() => void} gone
 * @returns {() => void}  ends the watching
 */
export function watchWorker(lock, door, isBusy, gone) {
  const watching = new AbortController();
  const { signal } = watching;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let looking;

  async function watch() {
    const seemsGone = await isFree(lock, signal);
    if (signal.aborted) return;
    const late = new Promise((resolve) => setTimeout(resolve, SOON, false));
    const isThere = !seemsGone || (await Promise.race([door.alive(), late])); // it may have got no lock
    if (signal.aborted) return;
    if (isThere) looking = setInterval(look, LOOK);
    else gone();
  }

  let silent = 0; // looks since the question that is open
  function look() {
    if (document.visibilityState === "hidden") return; // then timers and workers may rest
    if (silent > (isBusy() ? BUSY : IDLE)) return gone();
    silent++;
    if (silent > 1) return;
    door.alive().then(
      () => {
        silent = 0;
      },
      () => {}, // Python has ended, and that is known
    );
  }

  watch().catch(() => {}); // so it is with the question here
  return () => {
    watching.abort();
    clearInterval(looking);
  };
}
