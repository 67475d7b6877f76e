/**
 * @file The script of the frame in which a program's worker is made (web/apart.js). The browser gives the frame no origin
 * and its policy no connection, and the worker has no more than the frame.
 *
 * Nothing that comes from the worker is run, shown or followed here. This thread computes nothing, so it answers at once
 * as long as the browser keeps the frame.
 */
import { APART } from "./protocol.js";

/** @param {MessageEvent} event  the worker's code, a port for the worker, and one for this frame */
function begin({ source, data: code, ports: [forWorker, forFrame] }) {
  if (source !== parent) return;
  removeEventListener("message", begin);
  const worker = new Worker(URL.createObjectURL(new Blob(code, { type: "text/javascript" })), {
    name: APART,
  });
  const tell = (/** @type {import("./protocol.js").FromFrame} */ said) => forFrame.postMessage(said);
  worker.onerror = (event) => {
    event.preventDefault();
    tell({ broken: event.message });
  };
  // All that it has to say goes through its port.
  worker.onmessage = () => {
    worker.terminate();
    tell({ strange: true });
  };
  worker.postMessage(null, [forWorker]);
  forFrame.onmessage = () => tell({ here: true });
  tell({ here: true });
}

addEventListener("message", begin);
