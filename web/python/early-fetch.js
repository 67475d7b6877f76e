/**
 * @file Passes the download that web/inline.js began, the largest file of the start, to the fetching worker as it
 * arrives. (In messages: Safari cannot transfer streams between threads.)
 */

/** @typedef {{ stop: AbortController, response: Promise<Response> }} Early */

/**
 * @param {string} address
 * @returns {{ asked: number, module: MessagePort, stop: AbortController }}  when it was asked for, in milliseconds since
 *   1970; the port gives the bytes as they come, then null; or why there are none; stop ends it
 */
export function forwardStream(address) {
  const global = /** @type {{ early?: Early }} */ (globalThis);
  const { early } = global;
  global.early = undefined; // a later start asks itself
  const { stop, response } = early ?? ask(address);
  const { port1, port2 } = new MessageChannel();
  pump(response, port1).catch((error) => port1.postMessage(String(error.message ?? error)));
  return { asked: performance.timeOrigin + (early ? 0 : performance.now()), module: port2, stop };
}

/**
 * @param {string} address
 * @returns {Early}
 */
function ask(address) {
  const stop = new AbortController();
  return { stop, response: fetch(address, { signal: stop.signal }) };
}

/** @param {Promise<Response>} response @param {MessagePort} port */
async function pump(response, port) {
  const { ok, status, body } = await response;
  if (!ok || !body) throw new Error(String(status));
  const reader = body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    port.postMessage(next.value, [next.value.buffer]);
  }
  port.postMessage(null);
}

/**
 * The same at the other end. Who reads it may give up before all has come, as when the file is broken. The stream is closed
 * then and would throw at what still comes, in the place of the reader's own error.
 * @param {MessagePort} port
 * @returns {ReadableStream<Uint8Array<ArrayBuffer>>}
 */
export const receiveStream = (port) =>
  new ReadableStream({
    start(controller) {
      port.onmessage = ({ data }) => {
        if (data === null) controller.close();
        else if (typeof data === "string") controller.error(data);
        else controller.enqueue(data);
      };
    },
    cancel() {
      port.onmessage = null;
    },
  });
