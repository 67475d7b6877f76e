/**
 * @file Page side of every Python's start: a worker for Python, and a second one that downloads its files.
 * @import { WorkerApi, Fetcher, Files, Loading, BootFrom, BootFiles } from "../model/protocol.js"
 */
import * as Comlink from "comlink";
import fetcherCode from "fetcher-code";
import { WORKER_READY } from "../model/protocol.js";
import { isInPage, loadPacked as loadFile, MODULE, SCRIPT } from "../site/packs.js";
import { filesOfSite } from "../site/site-files.js";
import { forwardStream } from "./early-fetch.js";

const JAVASCRIPT = { type: "text/javascript" };

/**
 * @template Offers
 * @typedef {{ worker: Worker, source: string, door: Offers, broken: Promise<never> }} Started  source is its address, and
 *   the name of the lock that Python's worker holds while it lives; broken says why it ended by itself
 */

/** @typedef {Started<WorkerApi> & { start: BootFrom }} Python */

/**
 * @param {(loading: Loading) => void} report
 * @param {BootFrom} [known]  the way that has been found to be the better one here
 * @returns {{ booted: Promise<Python>, end: () => void }}  end stops it at any time, and without a word
 */
export function bootPython(report, known) {
  /** @type {Started<WorkerApi> | undefined} */
  let python;
  /** @type {Started<Fetcher> | undefined} while Python starts */
  let fetcher;
  /** @type {AbortController | undefined} of what the page itself fetches for it */
  let fetches;
  let isEnded = false;

  let hasCome = false; // worker.js, which the progress in bytes does not include
  /** @type {Loading | undefined} */
  let last;
  /** @param {Loading} loading */
  function tell(loading) {
    last = loading;
    const isAll = loading.loaded >= loading.total;
    report(isAll && !hasCome ? { ...loading, step: "Fetching worker.js" } : loading);
  }
  function came() {
    hasCome = true;
    if (last) tell(last);
  }

  /** @param {Files} files  @param {Blob | null} script */
  const startOne = (files, script) => {
    const started = startPython(files, script);
    python = started;
    started.worker.addEventListener("message", came, { once: true });
    if (isEnded) started.worker.terminate(); // meanwhile
    return started;
  };

  /** @returns {Promise<Python>} */
  async function boot() {
    const fetching = startFetcher();
    fetcher = fetching;
    const found = filesOfSite();
    const files = found instanceof Promise ? await found : found; // without a turn of the event loop where they are known at once
    const isSmall = savesData() || known === "pack";
    const memory = only(files, ["snapshot.bin", "pack.bin"]);
    const address = files[MODULE];
    const { asked, module, stop } =
      typeof address === "string" ? forwardStream(address) : { asked: 0, module: null, stop: undefined };
    fetches = stop;
    const line = { isDear: isSmall, asked, module };
    const begun = fetching.door.begin(
      memory,
      Comlink.transfer(line, module ? [module] : []),
      Comlink.proxy(tell),
    );
    const script = isInPage(files)
      ? await loadFile(SCRIPT, files[SCRIPT], (response) => response.blob())
      : null;
    const first = startOne(files, script); // it begins while the speed of the connection is still being measured
    const start = await Promise.race([begun, fetching.broken]);
    return from(files, first, fetching, start).catch((error) => {
      if (start === "pack" || isEnded) throw error;
      first.worker.terminate();
      return from(files, startOne(files, script), fetching, "pack"); // the snapshot does not work here, whatever the reason
    });
  }

  const booted = boot().finally(() => fetcher?.worker.terminate());
  booted.catch(() => {}); // whoever awaits it gets the error
  return {
    booted,
    end() {
      isEnded = true;
      fetches?.abort(); // else the browser would give a later start the rest of a stalled download
      python?.worker.terminate();
      fetcher?.worker.terminate();
    },
  };
}

/**
 * @param {Files} files
 * @param {Started<WorkerApi>} started
 * @param {Started<Fetcher>} fetching
 * @param {BootFrom} start
 * @returns {Promise<Python>}
 */
async function from(files, started, fetching, start) {
  const needed = only(files, [MODULE, "numpy.bin", "rest.bin"]);
  const booted = started.door.boot(needed, start, passedOn(fetching.door, start));
  await Promise.race([booted, started.broken, fetching.broken]);
  return { ...started, start };
}

/** Whether the visitor saves data. */
export const savesData = () => /** @type {any} */ (navigator).connection?.saveData === true;

/**
 * The files that the fetching worker has, for Python's worker.
 * @param {Fetcher} fetcher
 * @param {BootFrom} start
 * @returns {BootFiles}
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
 * The files that a worker needs; of those inside the page it gets copies.
 * @param {Files} files
 * @param {string[]} names
 * @returns {Files}
 */
const only = (files, names) =>
  isInPage(files) ? Object.fromEntries(names.map((name) => [name, files[name]])) : files;

/**
 * @param {Files} files
 * @param {Blob | null} script  Pyodide's, where it is at hand
 * @returns {Started<WorkerApi>}
 */
function startPython({ "worker.js": code }, script) {
  if (script) return startWorker(new Blob([script, "\n", code], JAVASCRIPT));
  const loadPacked = `try { importScripts(${JSON.stringify(code)}) } catch (error) {
    throw new Error("worker.js " + (error.name === "NetworkError" ? "could not be loaded, or is not sent as a script." : "does not run here (" + error.message + ")."))
  }
  if (!self.${WORKER_READY}) throw new Error("worker.js has not come whole.")`;
  return startWorker(new Blob([loadPacked], JAVASCRIPT));
}

/** @returns {Started<Fetcher>} */
export const startFetcher = () => startWorker(new Blob([fetcherCode], JAVASCRIPT));

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
  broken.catch(() => {}); // whoever awaits it gets the error
  return {
    worker,
    source,
    broken,
    door: /** @type {Offers} */ (/** @type {unknown} */ (Comlink.wrap(worker))),
  };
}
