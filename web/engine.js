/**
 * @file Page side of the worker: start it, train by asking for one slice after another, restart it when it fails.
 * @import { Door, Start } from "./protocol.js"
 */
import * as Comlink from "comlink";
import { createRuntime } from "./runtime.js";

export const SLICE_SECONDS = 0.03; // long beside a message, short beside the 100 ms in which Stop must stop
const BROWSERS = "Tenlines needs Chrome or Edge 113, Firefox 113, Safari 17, or newer.";

/** @param {import("@preact/signals-core").Signal<import("./state.js").EngineState>} state  kept up to date */
export function createEngine(state) {
  /** @type {ReturnType<typeof startWorker> | undefined} */
  let host;
  let whenReady = later(); // resolved when the engine is ready, by this start or a later one
  /** @type {Door | null} the same without waiting, so that what is asked for is sent at once */
  let ready = null;
  let turn = 0; // of the run asked for last; what belongs to an earlier one is dropped

  /** @param {string} message */
  function fail(message) {
    host?.worker.terminate();
    host = undefined;
    if (ready) whenReady = later();
    ready = null;
    state.value = { phase: "failed", message };
  }

  async function load() {
    if (!("Tag" in WebAssembly)) return fail(BROWSERS);
    state.value = { phase: "loading", loading: { step: "", loaded: 0, total: 0 } };
    const base = new URL(".", document.baseURI).href;
    const runtime = createRuntime(base, (loading) => {
      if (state.value.phase === "loading") state.value = { phase: "loading", loading };
    });
    host = startWorker(base); // it can begin while the line is still being timed
    const start = await runtime.start;
    try {
      await boot(host, base, start, runtime).catch((error) => {
        if (start === "pack") throw error;
        host?.worker.terminate();
        host = startWorker(base);
        return boot(host, base, "pack", runtime); // whatever is wrong with the snapshot
      });
    } catch (error) {
      fail(reason(error));
    }
  }

  /**
   * @param {ReturnType<typeof startWorker>} started
   * @param {string} base
   * @param {Start} start
   * @param {ReturnType<typeof createRuntime>} runtime
   */
  async function boot({ worker, door, broken }, base, start, runtime) {
    await Promise.race([door.boot(base, start, runtime.files(start)), broken]);
    performance.mark("tenlines:engine-ready");
    ready = door;
    whenReady.resolve(door);
    state.value = { phase: "ready", start };
    broken.catch((error) => {
      if (host?.worker === worker) fail(reason(error));
    });
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

/** @param {unknown} error */
export const reason = (error) =>
  (error instanceof Error ? error.message : String(error)).trim().split("\n").at(-1) ?? "";

/**
 * From a blob that imports the real file: only so does the page's Content-Security-Policy bind the worker.
 * @param {string} base  of the page
 */
function startWorker(base) {
  const file = JSON.stringify(`${base}worker.js`);
  const source = URL.createObjectURL(new Blob([`importScripts(${file})`], { type: "text/javascript" }));
  const worker = new Worker(source, { name: "tenlines" });
  // Revoked only when it has surely been read.
  worker.addEventListener("message", () => URL.revokeObjectURL(source), { once: true });
  /** @type {Promise<never>} */
  const broken = new Promise((_, reject) => {
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message || "worker.js could not be loaded."));
    };
  });
  broken.catch(() => {}); // heard by who waits for it
  return { worker, broken, door: /** @type {Door} */ (/** @type {unknown} */ (Comlink.wrap(worker))) };
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
