/**
 * @file Page side of the training worker: starts Python, asks it for one slice of training after another, and starts
 * it again when it ends by itself.
 * @import { WorkerApi } from "../model/protocol.js"
 */

import { watchSilence } from "../browser/silence.js";
import { reason } from "../model/reason.js";
import { bootPython } from "../python/boot.js";
import { apiThrough, createPendingCalls, EndedByOther } from "../python/pending-calls.js";
import { watchWorker } from "../python/worker-watch.js";
import { whatHostForbids } from "../site/host-policy.js";

const MOST_ENDS = 4; // times that Python ends by itself soon after a start; then the learner has to press Retry
const SHORT_LIFE = 60_000; // milliseconds
const STOPPED = "Python had stopped and is being started again.";
const STARTED_AGAIN = "Python had stopped and has been started again; the answers are those of your table.";
const UNTIL_RETRY = "Nothing can be trained until Python is there: press Retry.";
const AGAIN_AND_AGAIN = "It has ended four times, each within a minute: this device may be short of memory.";
/** @type {import("../model/protocol.js").Loading} */
const NOTHING_LOADED = { step: "", loaded: 0, total: 0 };
const BROWSERS = "Tenlines needs Chrome or Edge 113, Firefox 113, Safari 17, or newer.";

/** @typedef {ReturnType<typeof createEngine>} Engine */

/**
 * @param {import("@preact/signals-core").Signal<import("../state/state.js").EngineState>} state  kept up to date
 * @param {(text: string, isNews: boolean) => void} say  that Python has ended, which is news, or is there again
 */
export function createEngine(state, say) {
  /** @type {ReturnType<typeof bootPython> | undefined} */
  let host;
  let whenReady = later(); // resolves when the engine is ready, after this start or a later one
  /** @type {WorkerApi | null} the same without waiting, so that what is asked for is sent at once */
  let ready = null;
  let turn = 0; // number of the latest pull; answers to earlier ones are dropped
  let unwatch = () => {};
  let since = 0; // when Python was ready, in milliseconds
  let ends = 0; // times that Python has ended by itself, each soon after its start
  let isAsleep = false; // Python ended while the page was hidden, and is started again when it is shown

  function drop() {
    unwatch();
    host?.end();
    host = undefined;
    if (ready) whenReady = later();
    ready = null;
  }

  /** @param {string} message @param {{ hasEnded?: boolean, remedy?: string }} [more] */
  function fail(message, { hasEnded = false, remedy } = {}) {
    drop();
    state.value = { phase: "failed", message, hasEnded, remedy };
    if (hasEnded) say(UNTIL_RETRY, false);
  }

  /** Python has ended by itself: another one starts, and goes on with the table. */
  function startAgain() {
    drop();
    ends = performance.now() - since < SHORT_LIFE ? ends + 1 : 1;
    if (ends >= MOST_ENDS) return fail(AGAIN_AND_AGAIN, { hasEnded: true });
    state.value = { phase: "loading", loading: NOTHING_LOADED };
    say(STOPPED, true);
    isAsleep = document.visibilityState === "hidden"; // a phone that is short of memory would end it again
    if (!isAsleep) load(true);
  }

  /** The page is in sight again. */
  function revive() {
    if (isAsleep) load(true);
  }

  async function load(isAgain = false) {
    if (!("Tag" in WebAssembly)) return fail(BROWSERS);
    const { value } = state;
    drop();
    isAsleep = false;
    let latest = NOTHING_LOADED;
    state.value = { phase: "loading", loading: latest };
    // Else Chromium would answer the new request with the rest of the stalled one.
    if (value.phase === "loading" && value.isStuck) await new Promise((resolve) => setTimeout(resolve, 500));
    /** @param {boolean} [isStuck] */
    const tell = (isStuck) => {
      if (host === starting && !ready) state.value = { phase: "loading", loading: latest, isStuck };
    };
    const silence = watchSilence(() => (host === starting ? tell(true) : silence.end()));
    const starting = bootPython((loading) => {
      latest = loading;
      silence.sign();
      tell();
    });
    host = starting;
    tell();
    try {
      const { start, ...started } = await starting.booted;
      silence.end();
      performance.mark("tenlines:engine-ready");
      attend(started);
      state.value = { phase: "ready", start };
      if (isAgain) say(STARTED_AGAIN, false);
    } catch (error) {
      silence.end();
      const remedy = ready ? undefined : await whatHostForbids();
      if (host === starting) fail(reason(error), { remedy });
    }
  }

  /**
   * Python is there.
   * @param {import("../python/boot.js").Started<WorkerApi>} started
   */
  function attend(started) {
    const { door, end } = createPendingCalls(started.door, startAgain);
    const gone = () => {
      if (ready !== door) return;
      end();
      startAgain();
    };
    ready = door;
    since = performance.now();
    whenReady.resolve(door);
    started.broken.catch(gone);
    unwatch = watchWorker(started, door, gone);
  }

  /** What is no part of a run is asked again where Python has ended over something else. */
  const anyDoor = apiThrough(async (method, args) => {
    for (;;) {
      const door = ready ?? (await whenReady.promise);
      try {
        return await /** @type {any} */ (door)[method](...args);
      } catch (error) {
        if (!(error instanceof EndedByOther)) throw error;
      }
    }
  });

  /**
   * Ask for one slice after another. A later pull ends this one; an answer that comes after that is dropped.
   * @template Answer
   * @param {(door: WorkerApi, first: boolean) => Promise<Answer>} ask
   * @param {(answer: Answer) => boolean} take  gets every answer in order; false ends the run
   */
  async function pull(ask, take) {
    const mine = ++turn;
    const door = ready ?? (await whenReady.promise);
    let first = true;
    while (mine === turn) {
      const answer = await ask(door, first);
      first = false;
      if (mine !== turn || !take(answer)) return;
    }
  }

  return {
    load() {
      ends = 0;
      return load();
    },
    revive,
    pull,
    /** Stop asking. */
    stop() {
      turn++;
    },
    /** The worker, once it is ready, for what is no part of a run. */
    get door() {
      return whenReady.promise.then(() => anyDoor);
    },
    /** Bring NumPy, which the first answer did not wait for. */
    numpy: () => anyDoor.numpy(),
    fail,
  };
}

/** The worker, once there is one. (Promise.withResolvers is missing in Firefox 113 and Safari 17.) */
function later() {
  /** @type {(remote: WorkerApi) => void} */
  let resolve = () => {};
  /** @type {Promise<WorkerApi>} */
  const promise = new Promise((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
