/**
 * @file Page side of the worker that trains: asks for one slice after another, starts it again when it fails.
 * @import { Door } from "./protocol.js"
 */
import { bootPython } from "./boot.js";
import { watchSilence } from "./patience.js";
import { hostForbids } from "./policy.js";
import { reason } from "./reason.js";

export const SLICE_SECONDS = 0.03; // long beside a message, short beside the 100 ms in which Stop must stop
const PATIENCE = 5000; // milliseconds; importing NumPy keeps a slow phone's worker silent for a while
const BROWSERS = "Tenlines needs Chrome or Edge 113, Firefox 113, Safari 17, or newer.";

/** @param {import("@preact/signals-core").Signal<import("./state.js").EngineState>} state  kept up to date */
export function createEngine(state) {
  /** @type {ReturnType<typeof bootPython> | undefined} */
  let host;
  let whenReady = later(); // resolved when the engine is ready, by this start or a later one
  /** @type {Door | null} the same without waiting, so that what is asked for is sent at once */
  let ready = null;
  let turn = 0; // of the run asked for last; what belongs to an earlier one is dropped

  function drop() {
    host?.end();
    host = undefined;
    if (ready) whenReady = later();
    ready = null;
  }

  /** @param {string} message @param {string} [remedy] */
  function fail(message, remedy) {
    drop();
    state.value = { phase: "failed", message, remedy };
  }

  /** A phone may have taken the worker away while the page was out of sight, and without a word: so it is asked. */
  async function revive() {
    const asked = ready;
    if (!asked) return;
    const silent = new Promise((resolve) => setTimeout(resolve, PATIENCE, false));
    if ((await Promise.race([asked.alive(), silent])) || ready !== asked) return;
    drop();
    load();
  }

  async function load() {
    if (!("Tag" in WebAssembly)) return fail(BROWSERS);
    drop();
    /** @type {import("./protocol.js").Loading} */
    let latest = { step: "", loaded: 0, total: 0 };
    /** @param {boolean} [isStuck] */
    const say = (isStuck) => {
      if (host === starting && !ready) state.value = { phase: "loading", loading: latest, isStuck };
    };
    const silence = watchSilence(() => (host === starting ? say(true) : silence.end()));
    const starting = bootPython((loading) => {
      latest = loading;
      silence.sign();
      say();
    });
    host = starting;
    say();
    try {
      const { door, start, broken } = await starting.booted;
      silence.end();
      performance.mark("tenlines:engine-ready");
      ready = door;
      whenReady.resolve(door);
      state.value = { phase: "ready", start };
      await broken;
    } catch (error) {
      silence.end();
      const remedy = ready ? undefined : await hostForbids();
      if (host === starting) fail(reason(error), remedy);
    }
  }

  /**
   * Ask for one slice after another. A later pull ends this one, and its last answer is dropped.
   * @template Answer
   * @param {(door: Door, first: boolean) => Promise<Answer>} ask
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
    load,
    revive,
    pull,
    /** Stop asking. */
    stop() {
      turn++;
    },
    /** The worker, once it is ready. */
    get door() {
      return whenReady.promise;
    },
    /** Bring NumPy, which the first answer did not wait for. */
    numpy: async () => (await whenReady.promise).numpy(),
    fail,
  };
}

/** The worker, once there is one. (Promise.withResolvers is missing in Firefox 113 and Safari 17.) */
function later() {
  /** @type {(remote: Door) => void} */
  let resolve = () => {};
  /** @type {Promise<Door>} */
  const promise = new Promise((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
