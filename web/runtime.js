/**
 * @file The files that Python starts from: fetched side by side, real progress in bytes, handed on as each arrives.
 * @import { Loading, Start } from "./protocol.js"
 */
import { files as sizes } from "about-python";
import * as Comlink from "comlink";
import { bytes, load } from "./packs.js";

const REPORT_EVERY = 100_000; // bytes
const FIRST = 250_000; // bytes of the module, slow on any line
const LAST = 750_000; // bytes after which the line is known
const SLOW = 5e6 / 8 / 1000; // bytes a millisecond

/**
 * The snapshot starts sooner and is larger than the pack: it pays unless the line is slow or dear. (What browsers say
 * about the line is no measure: most say nothing, and Chromium 1.5 Mbit/s where it does not know.)
 * @param {boolean} isDear
 * @param {number} loaded  bytes
 * @param {number} milliseconds
 * @returns {Start}
 */
export const startFor = (isDear, loaded, milliseconds) =>
  isDear || loaded < SLOW * milliseconds ? "pack" : "snapshot";

const isDear = () => /** @type {any} */ (navigator).connection?.saveData === true;

/**
 * @param {string} base  of the page
 * @param {(loading: Loading) => void} report
 */
export function createRuntime(base, report) {
  let loaded = 0;
  let reported = 0;
  let total = 0;

  const tell = () => {
    reported = loaded;
    report({ step: loaded < total ? "Fetching Python" : "Starting Python", loaded, total });
  };

  /**
   * @template Read
   * @param {string} name
   * @param {(response: Response) => Promise<Read>} read
   * @param {(count: number) => void} [count]
   */
  function get(name, read, count) {
    total += sizes[`${name}.bin`];
    const file = load(base, name, read, (more) => {
      loaded += more;
      if (loaded - reported >= REPORT_EVERY || loaded >= total) tell();
      count?.(more);
    });
    file.catch(() => {}); // told to whoever waits for it
    return file;
  }

  let ofModule = 0;
  /** @type {{ bytes: number, at: number } | undefined} */
  let first;
  /** @type {(start: Start) => void} */
  let decide = () => {};
  /** @type {Promise<Start>} */
  const start = new Promise((resolve) => {
    decide = resolve;
  });
  const timeLine = (/** @type {number} */ more) => {
    ofModule += more;
    if (ofModule < FIRST) return;
    const now = performance.now();
    first ??= { bytes: ofModule, at: now };
    if (ofModule >= LAST) decide(startFor(isDear(), ofModule - first.bytes, now - first.at));
  };

  const module = get("pyodide.asm.wasm", (response) => WebAssembly.compileStreaming(response), timeLine);
  const script = get("pyodide.asm.js", (response) => response.blob());
  module.catch(() => decide("pack")); // which will say what is missing
  tell();

  return {
    /** How to start. While that is being found out, the line is busy with what every start needs. */
    start,

    /**
     * What the worker takes to start in this way, each as it arrives.
     * @param {Start} start
     */
    files(start) {
      const memory = get(start, bytes);
      tell();
      return Comlink.proxy({
        module: () => module,
        script: () => script,
        memory: async () => {
          const data = await memory;
          return Comlink.transfer(data, [data.buffer]);
        },
      });
    },
  };
}
