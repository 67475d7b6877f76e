/**
 * @file Starts a worker that can reach nothing: in a frame without an origin, whose policy allows no connection.
 *
 * It has no files, no storage and no cookies of anybody's, and what it needs is handed over to it in messages.
 * @import { FromFrame } from "./protocol.js"
 */

import frame from "apart-frame";
import * as Comlink from "comlink";
import { isText } from "./heard-values.js";

const PATIENCE = 15_000; // milliseconds in which the frame has to be there
const EVERY = 500; // milliseconds between two questions whether it is still there
const MOST_MISSED = 8; // of these, one after the other
const MOST_TEXT = 2000; // characters of an error

export const STRANGE = "The program used the page’s own channel to Python, which is not for programs.";
export const TAKEN_AWAY = "The browser has taken this Python away, or the program has closed it.";

/** Where programs cannot run at all. */
export class NotApart extends Error {
  constructor() {
    super(
      "Programs run only where the browser keeps them apart from the page, and this one has not made the frame for that. " +
        "The cause may be a Content-Security-Policy that the site’s host sends, or an extension. Another browser may do it; the table goes on.",
    );
  }
}

/**
 * @template Offers
 * @param {Promise<BlobPart[]>} code  of the worker
 */
export function startApart(code) {
  const element = document.createElement("iframe");
  const worker = new MessageChannel();
  const { port1: here, port2: there } = new MessageChannel();
  let missed = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let late;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let asking;
  /** @type {(error: Error) => void} */
  let fail = () => {};
  /** @type {Promise<never>} */
  const broken = new Promise((_, reject) => {
    fail = reject;
  });
  broken.catch(() => {}); // heard by who waits for it

  element.setAttribute("sandbox", "allow-scripts");
  element.setAttribute("aria-hidden", "true");
  element.tabIndex = -1;
  element.title = "Program";
  // Not `hidden`: Chromium gives the process of a frame that is not drawn less of the processor.
  element.className = "apart";
  element.srcdoc = frame;
  const expect = () => {
    late = setTimeout(() => fail(new NotApart()), PATIENCE);
  };
  /** @type {Promise<void>} */
  const loaded = new Promise((resolve) => {
    element.onload = () => {
      clearTimeout(late);
      resolve();
    };
  });
  here.onmessage = ({ data }) => {
    /** @type {FromFrame} */
    const said = data;
    missed = 0;
    clearTimeout(late);
    if ("strange" in said) fail(new Error(STRANGE));
    if ("broken" in said)
      fail(
        new Error(
          isText(said.broken, MOST_TEXT) && said.broken ? said.broken : "Its worker could not be started.",
        ),
      );
  };
  Promise.all([code, loaded]).then(([parts]) => {
    element.contentWindow?.postMessage(parts, "*", [worker.port2, there]);
    expect(); // an answer
  }, fail);
  expect(); // the frame
  document.body.append(element);

  return {
    door: /** @type {Offers} */ (/** @type {unknown} */ (Comlink.wrap(worker.port1))),
    broken,
    /** From now on the program has the worker: it offers nothing more, and may be gone without a word. */
    leaveIt() {
      worker.port1.close();
      asking = setInterval(() => {
        if (++missed > MOST_MISSED) fail(new Error(TAKEN_AWAY));
        here.postMessage(null);
      }, EVERY);
    },
    end() {
      clearTimeout(late);
      clearInterval(asking);
      for (const port of [worker.port1, here]) port.close();
      element.remove();
    },
  };
}
