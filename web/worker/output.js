/**
 * @file Program's thread: sends what the program prints to the page in batches, so that no flood of it blocks the
 * page.
 * @import { FromProgram, Printed } from "../model/protocol.js"
 */
import { MOST_OUTPUT } from "../model/program-run.js";

const PAUSE = 50; // milliseconds between two batches

/** @param {(said: FromProgram) => void} tell */
export function createOutput(tell) {
  /** @type {Printed[]} */
  let held = [];
  let size = 0; // of all text so far
  let more = 0; // characters left out, and how many of them the page knows of
  let told = 0;
  let last = Number.NEGATIVE_INFINITY;
  const decoders = [new TextDecoder(), new TextDecoder()];
  const now = performance.now.bind(performance);

  function flush() {
    if (held.length === 0 && more === told) return;
    tell({ printed: held, more });
    held = [];
    told = more;
    last = now();
  }

  /** What is due. Nothing else reaches the page while Python computes, so Python asks for it every now and then. */
  function tick() {
    if ((held.length > 0 || more > told) && now() - last >= PAUSE) flush();
  }

  return {
    flush,
    tick,
    /** @param {boolean} isError  which of the two streams */
    to: (isError) => (/** @type {Uint8Array} */ bytes) => {
      const text = decoders[Number(isError)].decode(bytes, { stream: true });
      const fits = text.slice(0, MOST_OUTPUT - size);
      size += fits.length;
      more += text.length - fits.length;
      const before = held.at(-1);
      if (before?.isError === isError) before.text += fits;
      else if (fits) held.push({ text: fits, isError });
      tick();
      return bytes.length;
    },
  };
}
