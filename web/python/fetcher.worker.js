/**
 * @file The fetching worker's thread: downloads the files that Python starts from side by side, reports the bytes, and passes
 * each file on as it arrives.
 *
 * It ends when Python has started. Unpacking leaves 40 MB of garbage, which a page at rest would not collect for minutes;
 * it goes with this thread.
 * @import { Fetcher, Files, BootFrom } from "../model/protocol.js"
 */
import { files as sizes } from "about-python";
import * as Comlink from "comlink";
import { bytesOf, compileModule, isInPage, loadPacked, MODULE, SCRIPT } from "../site/packs.js";
import { receiveStream } from "./early-fetch.js";

const REPORT_EVERY = 100_000; // bytes
const REPORT_AFTER = 1000; // milliseconds, where fewer have come
const FIRST = 250_000; // bytes of the module, in which any connection is still slow
const BURST = 50; // milliseconds in which this thread takes what had arrived before it started
const SAMPLE = 500_000; // bytes after which the speed is known
const SLOW = 5e6 / 8 / 1000; // bytes per millisecond: 5 Mbit/s

/**
 * The snapshot starts sooner and is larger than the pack: it pays unless the connection is slow or expensive. (What browsers
 * report about the connection is no measure: most report nothing, and Chromium 1.5 Mbit/s where it does not know.)
 * @param {number} asked  when the module was asked for, in milliseconds since 1970
 * @param {(start: BootFrom) => void} decide
 * @returns {(more: number) => void}  gets the bytes of the module as they come
 */
function timing(asked, decide) {
  let loaded = 0;
  let came = 0;
  /** @type {{ bytes: number, at: number } | undefined} */
  let first;
  return (more) => {
    const now = performance.now();
    loaded += more;
    came ||= now;
    if (loaded < FIRST) return;
    if (loaded >= SLOW * (performance.timeOrigin + now - asked)) decide("snapshot"); // and it is faster than that, for the time includes the request
    if (now - came < BURST) return;
    first ??= { bytes: loaded, at: now };
    const sample = loaded - first.bytes;
    if (sample >= SAMPLE) decide(sample < SLOW * (now - first.at) ? "pack" : "snapshot");
  };
}

/**
 * @param {Files} sources
 * @param {Parameters<Fetcher["begin"]>[1]} line
 * @param {Parameters<Fetcher["begin"]>[2]} report
 */
function fetchFiles(sources, { isDear, asked, module: early }, report) {
  /** @type {Record<string, import("../site/packs.js").Source>} */
  const given = early ? { ...sources, [MODULE]: receiveStream(early) } : sources;
  let loaded = 0;
  let reported = 0;
  let told = 0;
  let total = 0;

  const tell = () => {
    reported = loaded;
    told = performance.now();
    report({ step: loaded < total ? "Fetching Python" : "Starting Python", loaded, total });
  };

  /**
   * @template Read
   * @param {string} name
   * @param {(response: Response) => Promise<Read>} read
   * @param {(count: number) => void} [count]
   */
  function get(name, read, count) {
    let left = sizes[name];
    total += left;
    const file = loadPacked(name, given[name], read, (more) => {
      const counted = Math.min(more, left); // the bytes are more than the file's where the browser has unpacked it
      left -= counted;
      loaded += counted;
      const isTime = performance.now() - told >= REPORT_AFTER;
      if (loaded - reported >= REPORT_EVERY || loaded >= total || isTime) tell();
      count?.(more);
    });
    file.catch(() => {}); // whoever awaits it gets the error
    return file;
  }

  /** @type {(start: BootFrom) => void} */
  let decide = () => {};
  /** @type {Promise<BootFrom>} */
  const start = new Promise((resolve) => {
    decide = resolve;
  });

  /** @type {Promise<WebAssembly.Module> | undefined} */
  let module;
  /** @type {Promise<Blob> | undefined} */
  let script;
  if (isInPage(sources)) {
    decide("snapshot"); // nothing is downloaded, and Python's worker has the other files
  } else {
    if (isDear) decide("pack");
    module = get(MODULE, compileModule, timing(asked, decide));
    script = get(SCRIPT, (response) => response.blob());
    // Where it arrived too fast to be timed. If it failed, loading the pack reports the error.
    module.then(
      () => decide("snapshot"),
      () => decide("pack"),
    );
  }
  tell();
  const memory = (/** @type {BootFrom} */ start) => {
    const file = get(`${start}.bin`, bytesOf);
    tell();
    return file;
  };
  return { start, module, script, memory };
}

/** @type {ReturnType<typeof fetchFiles>} */
let files;

/** @type {Fetcher} */
const fetcher = {
  begin(sources, line, report) {
    files = fetchFiles(sources, line, report);
    return files.start;
  },
  module: async () => /** @type {WebAssembly.Module} */ (await files.module),
  script: async () => /** @type {Blob} */ (await files.script),
  memory: async (start) => moved(await files.memory(start)),
  file: async (name, source) => moved(await loadPacked(name, source, bytesOf)),
};

/** @param {import("../model/protocol.js").Bytes} data */
const moved = (data) => Comlink.transfer(data, [data.buffer]);

Comlink.expose(fetcher);
