/**
 * @file Page side of the worker: start it, train by asking for one slice after another, restart it when it fails.
 * @import { Door, Loading } from "./protocol.js"
 */
import * as Comlink from "comlink";

export const SLICE_SECONDS = 0.03; // long beside a message, short beside the 100 ms in which Stop must stop
const BROWSERS = "Tenlines needs Chrome or Edge 113, Firefox 113, Safari 17, or newer.";

/** @param {import("@preact/signals-core").Signal<import("./state.js").EngineState>} state  kept up to date */
export function createEngine(state) {
  /** @type {Worker | undefined} */
  let worker;
  let whenReady = later(); // resolved when the engine is ready, by this start or a later one
  let turn = 0; // of the run asked for last; what belongs to an earlier one is dropped

  /** @param {string} message */
  function fail(message) {
    worker?.terminate();
    worker = undefined;
    if (state.value.phase === "ready") whenReady = later();
    state.value = { phase: "failed", message };
  }

  async function load() {
    if (!("Tag" in WebAssembly)) return fail(BROWSERS);
    state.value = { phase: "loading", loading: { step: "", loaded: 0, total: 0 } };
    const started = startWorker(new URL("worker.js", document.baseURI));
    worker = started;
    started.onerror = (event) => {
      event.preventDefault();
      if (worker === started) fail(event.message || "worker.js could not be loaded.");
    };
    const report = (/** @type {Loading} */ loading) => {
      if (worker === started) state.value = { phase: "loading", loading };
    };
    const remote = /** @type {Door} */ (/** @type {unknown} */ (Comlink.wrap(started)));
    try {
      await remote.boot(new URL(".", document.baseURI).href, Comlink.proxy(report));
    } catch (error) {
      if (worker === started) fail(reason(error));
      return;
    }
    performance.mark("tenlines:engine-ready");
    whenReady.resolve(remote);
    state.value = { phase: "ready" };
  }

  /**
   * Ask for one slice after another. A later pull ends this one, and its last answer is dropped.
   * @template Answer
   * @param {(door: Door, first: boolean) => Promise<Answer>} ask
   * @param {(answer: Answer) => boolean} take  gets every answer in order; false ends the run
   */
  async function pull(ask, take) {
    const mine = ++turn;
    const door = await whenReady.promise;
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
    fail,
  };
}

/** @param {unknown} error */
export const reason = (error) =>
  (error instanceof Error ? error.message : String(error)).trim().split("\n").at(-1) ?? "";

/**
 * From a blob that imports the real file: only so does the page's Content-Security-Policy bind the worker.
 * @param {URL} file
 */
function startWorker(file) {
  const source = URL.createObjectURL(
    new Blob([`importScripts(${JSON.stringify(file.href)})`], { type: "text/javascript" }),
  );
  const worker = new Worker(source, { name: "tenlines" });
  // Revoked only when it has surely been read.
  worker.addEventListener("message", () => URL.revokeObjectURL(source), { once: true });
  return worker;
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
