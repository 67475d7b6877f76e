/**
 * @file The largest file of the start, which web/first.js has asked for: what comes is the page's, so the page passes it on
 * to the fetching worker. (No stream: Safari does not pass them between threads.)
 */

/**
 * @param {string} address
 * @returns {MessagePort}  gives the bytes as they come, then null; or why there are none
 */
export function passOn(address) {
  const { port1, port2 } = new MessageChannel();
  pump(address, port1).catch((error) => port1.postMessage(String(error.message ?? error)));
  return port2;
}

/** @param {string} address @param {MessagePort} port */
async function pump(address, port) {
  const global = /** @type {any} */ (globalThis);
  const asked = global.early ?? fetch(address);
  global.early = undefined; // a later start asks itself
  const { ok, status, body } = await asked;
  if (!ok || !body) throw new Error(String(status));
  const reader = body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    port.postMessage(next.value, [next.value.buffer]);
  }
  port.postMessage(null);
}

/**
 * The same at the other end.
 * @param {MessagePort} port
 * @returns {ReadableStream<Uint8Array<ArrayBuffer>>}
 */
export const passedOn = (port) =>
  new ReadableStream({
    start(controller) {
      port.onmessage = ({ data }) => {
        if (data === null) controller.close();
        else if (typeof data === "string") controller.error(data);
        else controller.enqueue(data);
      };
    },
  });
