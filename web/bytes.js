/**
 * @file Worker's thread: real progress, in bytes, of the files Python is made of.
 * @import { Loading } from "./protocol.js"
 */

const STEP = "Fetching Python and NumPy";
const REPORT_EVERY = 100_000; // bytes

/**
 * Watch every fetch below `folder`. The sizes come from the build: a server that compresses names another length.
 * @param {string} folder
 * @param {(loading: Loading) => void} report
 */
export function countBytes(folder, report) {
  const fetchFile = self.fetch;
  const watched = Object.entries(RUNTIME_FILES).filter(([name]) => !name.endsWith(".js")); // scripts are not fetched
  const total = watched.reduce((sum, [, bytes]) => sum + bytes, 0);
  let loaded = 0;
  let reported = 0;
  /** @type {(error: Error) => void} */
  let fail = () => {};
  const failed = new Promise((_, reject) => {
    fail = reject;
  });

  const loading = () => ({ step: loaded < total ? STEP : "Starting Python", loaded, total });
  const counter = () =>
    new TransformStream({
      transform(chunk, controller) {
        loaded += chunk.byteLength;
        if (loaded - reported >= REPORT_EVERY || loaded === total) {
          reported = loaded;
          report(loading());
        }
        controller.enqueue(chunk);
      },
    });

  self.fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!url.startsWith(folder)) return fetchFile(input, init);
    const name = `python/${url.slice(folder.length)}`;
    try {
      const response = await fetchFile(input, init);
      if (!response.ok || !response.body) throw new Error(String(response.status));
      const headers = new Headers(response.headers);
      if (name.endsWith(".wasm")) headers.set("Content-Type", "application/wasm"); // a host may not know it
      return new Response(response.body.pipeThrough(counter()), { status: response.status, headers });
    } catch (error) {
      fail(new Error(`${name} could not be fetched (${error instanceof Error ? error.message : error}).`));
      throw error;
    }
  };

  report(loading());
  return {
    loading,
    /** Rejects when a file cannot be had; Pyodide alone would wait for some of them for ever. */ failed,
  };
}
