/**
 * @file Page side of the workers: start them, train by asking for one slice after another, restart when one fails.
 * @import { Door, Fetcher, Files, Start, StartFiles } from "./protocol.js"
 */
import * as Comlink from "comlink";
import fetcherCode from "fetcher-code";
import { passOn } from "./early.js";
import { isAtHand, load as loadFile, MODULE, SCRIPT } from "./packs.js";
import { filesOfSite } from "./sources.js";

export const SLICE_SECONDS = 0.03; // long beside a message, short beside the 100 ms in which Stop must stop
const JAVASCRIPT = { type: "text/javascript" };
const PATIENCE = 5000; // milliseconds; importing NumPy keeps a slow phone's worker silent for a while
const BROWSERS = "Tenlines needs Chrome or Edge 113, Firefox 113, Safari 17, or newer.";

/** @param {import("@preact/signals-core").Signal<import("./state.js").EngineState>} state  kept up to date */
export function createEngine(state) {
  /** @type {Started<Door> | undefined} */
  let host;
  /** @type {Started<Fetcher> | undefined} while Python starts */
  let fetcher;
  let whenReady = later(); // resolved when the engine is ready, by this start or a later one
  /** @type {Door | null} the same without waiting, so that what is asked for is sent at once */
  let ready = null;
  let turn = 0; // of the run asked for last; what belongs to an earlier one is dropped

  function drop() {
    host?.worker.terminate();
    fetcher?.worker.terminate();
    host = fetcher = undefined;
    if (ready) whenReady = later();
    ready = null;
  }

  /** @param {string} message */
  function fail(message) {
    drop();
    state.value = { phase: "failed", message };
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
    state.value = { phase: "loading", loading: { step: "", loaded: 0, total: 0 } };
    const report = Comlink.proxy((/** @type {import("./protocol.js").Loading} */ loading) => {
      if (state.value.phase === "loading") state.value = { phase: "loading", loading };
    });
    fetcher = startWorker(new Blob([fetcherCode], JAVASCRIPT));
    try {
      const found = filesOfSite();
      const files = found instanceof Promise ? await found : found; // not a moment later than they are known
      const address = files[MODULE];
      const { asked, module } = typeof address === "string" ? passOn(address) : { asked: 0, module: null };
      const line = { isDear: isDear(), asked, module };
      const begun = fetcher.door.begin(
        only(files, ["snapshot.bin", "pack.bin"]),
        Comlink.transfer(line, module ? [module] : []),
        report,
      );
      const script = isAtHand(files)
        ? await loadFile(SCRIPT, files[SCRIPT], (response) => response.blob())
        : null;
      host = startPython(files, script); // it can begin while the line is still being timed
      const start = await Promise.race([begun, fetcher.broken]);
      await boot(files, host, fetcher, start).catch((error) => {
        if (start === "pack" || !fetcher) throw error;
        host?.worker.terminate();
        host = startPython(files, script);
        return boot(files, host, fetcher, "pack"); // whatever is wrong with the snapshot
      });
    } catch (error) {
      fail(reason(error));
    }
    fetcher?.worker.terminate();
    fetcher = undefined;
  }

  /**
   * @param {Files} files
   * @param {Started<Door>} python
   * @param {Started<Fetcher>} fetching
   * @param {Start} start
   */
  async function boot(files, { worker, door, broken }, fetching, start) {
    const needed = only(files, [MODULE, "numpy.bin", "rest.bin"]);
    const booted = door.boot(needed, start, passedOn(fetching.door, start));
    await Promise.race([booted, broken, fetching.broken]);
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

/** @param {unknown} error */
export const reason = (error) =>
  (error instanceof Error ? error.message : String(error)).trim().split("\n").at(-1) ?? "";

/** Whether the visitor saves data. */
export const isDear = () => /** @type {any} */ (navigator).connection?.saveData === true;

/**
 * What the fetching worker has, for Python's.
 * @param {Fetcher} fetcher
 * @param {Start} start
 * @returns {StartFiles}
 */
const passedOn = (fetcher, start) =>
  Comlink.proxy({
    module: () => fetcher.module(),
    script: () => fetcher.script(),
    memory: async () => {
      const data = await fetcher.memory(start);
      return Comlink.transfer(data, [data.buffer]);
    },
  });

/**
 * What a worker needs of the files: those at hand it gets copies of.
 * @param {Files} files
 * @param {string[]} names
 * @returns {Files}
 */
const only = (files, names) =>
  isAtHand(files) ? Object.fromEntries(names.map((name) => [name, files[name]])) : files;

/**
 * @param {Files} files
 * @param {Blob | null} script  Pyodide's, where it is at hand
 * @returns {Started<Door>}
 */
function startPython({ "worker.js": code }, script) {
  if (script) return startWorker(new Blob([script, "\n", code], JAVASCRIPT));
  const load = `try { importScripts(${JSON.stringify(code)}) } catch (error) {
    throw error.name === "NetworkError" ? new Error("worker.js could not be loaded.") : error
  }`;
  return startWorker(new Blob([load], JAVASCRIPT));
}

/**
 * @template Offers
 * @typedef {{ worker: Worker, door: Offers, broken: Promise<never> }} Started
 */

/**
 * From a blob: only so does the page's Content-Security-Policy bind the worker.
 * @template Offers
 * @param {Blob} code
 * @returns {Started<Offers>}
 */
function startWorker(code) {
  const source = URL.createObjectURL(code);
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
  return { worker, broken, door: /** @type {Offers} */ (/** @type {unknown} */ (Comlink.wrap(worker))) };
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
