/**
 * @file Page side of every Python: starts it in a worker of its own, with a second worker that fetches what it needs.
 * @import { Door, Fetcher, Files, Line, Loading, Start, StartFiles } from "./protocol.js"
 */
import * as Comlink from "comlink";
import fetcherCode from "fetcher-code";
import { NotApart, startApart } from "./apart.js";
import { passOn } from "./early.js";
import { moved } from "./moved.js";
import { isAtHand, load as loadFile, MODULE, SCRIPT } from "./packs.js";
import { fetched, filesOfSite } from "./sources.js";

const MEMORY = ["snapshot.bin", "pack.bin"]; // of which one is unpacked elsewhere than in Python's worker
const NEEDED = [MODULE, "numpy.bin", "rest.bin"]; // by Python's worker itself
const HANDED_OVER = [MODULE, SCRIPT, "numpy.bin"]; // unpacked, to a worker apart
const JAVASCRIPT = { type: "text/javascript" };

/**
 * @template Offers
 * @typedef {{ door: Offers, broken: Promise<never>, end: () => void, leaveIt?: () => void }} Started  broken says why it
 *   ended by itself; leaveIt: web/apart.js
 */

/** @typedef {Started<Door> & { start: Start }} Python */

/**
 * @param {(loading: Loading) => void} report
 * @param {{ known?: Start, isApart?: boolean }} how  known: the way that has been found to be the better one here; isApart:
 *   whether the worker is to be one that can reach nothing
 * @returns {{ booted: Promise<Python>, end: () => void }}  end stops it at any time, and without a word
 */
export function bootPython(report, { known, isApart = false } = {}) {
  /** @type {Started<Door> | undefined} */
  let python;
  /** @type {Started<Fetcher> | undefined} while Python starts */
  let fetcher;
  let isEnded = false;

  /** @param {() => Started<Door>} start */
  const startOne = (start) => {
    const started = start();
    python = started;
    if (isEnded) started.end(); // meanwhile
    return started;
  };

  /** @returns {Promise<Python>} */
  async function boot() {
    const fetching = startWorker(new Blob([fetcherCode], JAVASCRIPT));
    fetcher = fetching;
    const found = filesOfSite();
    const files = found instanceof Promise ? await found : found; // not a moment later than they are known
    const line = lineTo(files, isDear() ? "pack" : known, isApart);
    const begun = fetching.door.begin(
      only(files, [...MEMORY, ...(isApart ? HANDED_OVER : [])]),
      Comlink.transfer(line, line.module ? [line.module] : []),
      Comlink.proxy(report),
    );
    const startNext = isApart ? apart(files, fetching) : await besides(files);
    const first = startOne(startNext); // it can begin while the line is still being timed
    const start = await Promise.race([begun, fetching.broken]);
    const needed = isApart ? {} : only(files, NEEDED);
    return from(needed, first, fetching, start).catch((error) => {
      if (start === "pack" || isEnded || error instanceof NotApart) throw error;
      first.end();
      return from(needed, startOne(startNext), fetching, "pack"); // whatever is wrong with the snapshot
    });
  }

  const booted = boot().finally(() => fetcher?.end());
  booted.catch(() => {}); // told to whoever waits for it
  return {
    booted,
    end() {
      isEnded = true;
      python?.end();
      fetcher?.end();
    },
  };
}

/**
 * @param {Files} files
 * @param {Start | undefined} start
 * @param {boolean} isApart
 * @returns {Line}
 */
function lineTo({ [MODULE]: address }, start, isApart) {
  const isEarly = typeof address === "string" && !isApart;
  return {
    start: start ?? null,
    isApart,
    ...(isEarly ? passOn(address) : { asked: Date.now(), module: null }),
  };
}

/**
 * What starts a worker of the page's own, once for each call.
 * @param {Files} files
 * @returns {Promise<() => Started<Door>>}
 */
async function besides(files) {
  const script = isAtHand(files)
    ? await loadFile(SCRIPT, files[SCRIPT], (response) => response.blob())
    : null;
  return () => startPython(files, script);
}

/**
 * The same for a worker apart.
 * @param {Files} files
 * @param {Started<Fetcher>} fetching
 * @returns {() => Started<Door>}
 */
function apart(files, fetching) {
  const script = Promise.race([fetching.door.script(), fetching.broken]);
  const parts = Promise.all([script, "\n", fetched(files, "worker.js")]);
  return () => startApart(parts);
}

/**
 * @param {Files} needed
 * @param {Started<Door>} started
 * @param {Started<Fetcher>} fetching
 * @param {Start} start
 * @returns {Promise<Python>}
 */
async function from(needed, started, fetching, start) {
  const booted = started.door.boot(needed, start, passedOn(fetching.door, start));
  await Promise.race([booted, started.broken, fetching.broken]);
  return { ...started, start };
}

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
    module: async () => moved(await fetcher.module()),
    script: () => fetcher.script(),
    memory: async () => moved(await fetcher.memory(start)),
    numpy: async () => moved(await fetcher.numpy()),
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
  const door = /** @type {Offers} */ (/** @type {unknown} */ (Comlink.wrap(worker)));
  return { door, broken, end: () => worker.terminate() };
}
