/**
 * @file The fetching worker's thread: the files that Python starts from, fetched side by side, real progress in bytes,
 * handed on as each arrives.
 *
 * It ends when Python has started. Unpacking leaves 40 MB of chunks behind that a page at rest would not collect for
 * minutes; they end with this thread.
 * @import { Fetcher, Files, Start } from "./protocol.js"
 */
import { files as sizes } from "about-python";
import * as Comlink from "comlink";
import { bytes, compile, isAtHand, load, MODULE, SCRIPT } from "./packs.js";

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
const startFor = (isDear, loaded, milliseconds) =>
  isDear || loaded < SLOW * milliseconds ? "pack" : "snapshot";

/**
 * @param {Files} sources
 * @param {boolean} isDear  whether the visitor saves data
 * @param {Parameters<Fetcher["begin"]>[2]} report
 */
function fetchFiles(sources, isDear, report) {
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
    total += sizes[name];
    const file = load(sources, name, read, (more) => {
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
    if (ofModule >= LAST) decide(startFor(isDear, ofModule - first.bytes, now - first.at));
  };

  /** @type {Promise<WebAssembly.Module> | undefined} */
  let module;
  /** @type {Promise<Blob> | undefined} */
  let script;
  if (isAtHand(sources)) {
    decide("snapshot"); // no line is slow here, and the rest is Python's worker's own
  } else {
    module = get(MODULE, compile, timeLine);
    script = get(SCRIPT, (response) => response.blob());
    module.catch(() => decide("pack")); // which will say what is missing
  }
  tell();
  const memory = (/** @type {Start} */ start) => {
    const file = get(`${start}.bin`, bytes);
    tell();
    return file;
  };
  return { start, module, script, memory };
}

/** @type {ReturnType<typeof fetchFiles>} */
let files;

/** @type {Fetcher} */
const fetcher = {
  begin(sources, isDear, report) {
    files = fetchFiles(sources, isDear, report);
    return files.start;
  },
  module: async () => /** @type {WebAssembly.Module} */ (await files.module),
  script: async () => /** @type {Blob} */ (await files.script),
  async memory(start) {
    const data = await files.memory(start);
    return Comlink.transfer(data, [data.buffer]);
  },
};

Comlink.expose(fetcher);
