/**
 * @file The sandbox: a frame without an origin, whose policy allows no connection, and the workers that are made in it.
 *
 * These workers have no files, no storage and no cookies, and get all that they need in messages. The frame stays, for its
 * process and for what is compiled in it; each worker takes the place of the one before.
 * @import { Bytes, ToFrame } from "../model/protocol.js"
 */
import srcdoc from "sandbox-frame";
import { parseFrameMessage } from "./check-message.js";

const PATIENCE = 15_000; // milliseconds in which the frame has to answer
const EVERY = 1000; // milliseconds between two questions whether it still exists
const MOST_MISSED = 4; // unanswered questions, one after another
const MOST_TEXT = 2000; // characters of an error

export const CHANNEL_MISUSED =
  "The program used the page’s own channel to Python, which is not for programs.";
export const WORKER_ENDED = "The browser has taken this Python away, or the program has closed it.";
const NO_SANDBOX =
  "Programs run only in a frame that the browser keeps apart from the page, and none could be made here. The " +
  "Content-Security-Policy of the site’s host may forbid it, or an extension. The table is not affected; try another browser.";

const NO_WORKER = "Its worker could not be started.";

/** Where no program can run. */
export class NoSandboxError extends Error {}

/** @typedef {{ code: Promise<BlobPart[]>, module: Promise<Bytes> }} Parts  what workers are made of */

/**
 * @typedef {object} Started
 * @property {Promise<never>} broken  says why the worker has ended by itself
 * @property {(isOn: boolean) => void} attend  whether to ask, from now on, whether the browser still keeps it
 * @property {() => void} end
 */

/** @type {ReturnType<typeof createFrame> | undefined} the one that programs run in, one after another */
let frame;

/**
 * @param {MessagePort} port  for the worker
 * @param {() => Parts} load  is called where the frame does not have it yet
 */
export function startInSandbox(port, load) {
  frame ??= createFrame(load);
  return frame.start(port);
}

/** @param {() => Parts} load */
function createFrame(load) {
  const element = document.createElement("iframe");
  const { port1: here, port2: there } = new MessageChannel();
  let turn = 0;
  let isThere = false;
  let missed = 0;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let asking;
  /** @type {(error: unknown) => void} says it of the worker */
  let fail = () => {};

  /** @param {ToFrame} told  @param {Transferable[]} moved */
  const tell = (told, moved = []) => here.postMessage(told, moved);

  /** @param {boolean} isOn */
  function attend(isOn) {
    clearInterval(asking);
    missed = 0;
    if (isOn) asking = setInterval(ask, EVERY);
  }

  function ask() {
    if (!isThere) return; // yet
    if (missed++ === MOST_MISSED) discard(new Error(WORKER_ENDED));
    else tell("there");
  }

  /** The next worker gets another frame.  @param {unknown} error */
  function discard(error) {
    attend(false);
    clearTimeout(late);
    here.close();
    element.remove();
    if (frame === self) frame = undefined;
    fail(error);
  }

  here.onmessage = ({ data }) => {
    const said = parseFrameMessage(data);
    isThere = true;
    missed = 0;
    clearTimeout(late);
    if (said === "here" || said.turn !== turn) return;
    if ("strange" in said) fail(new Error(CHANNEL_MISUSED));
    else fail(new Error(said.broken.slice(0, MOST_TEXT) || NO_WORKER));
  };
  const late = setTimeout(() => discard(new NoSandboxError(NO_SANDBOX)), PATIENCE);
  element.onload = () => {
    element.onload = null;
    element.contentWindow?.postMessage(null, "*", [there]);
  };
  element.setAttribute("sandbox", "allow-scripts");
  element.setAttribute("aria-hidden", "true");
  element.className = "apart"; // not `hidden`: Chromium slows down frames that are not rendered
  element.tabIndex = -1;
  element.title = "Programs";
  element.srcdoc = srcdoc;
  document.body.append(element);

  const parts = load();
  const coded = parts.code.then((code) => tell({ code }));
  const compiled = parts.module.then((module) => tell({ module }, [module.buffer]));
  for (const part of [coded, compiled]) part.catch(discard);

  const self = {
    /**
     * @param {MessagePort} port
     * @returns {Started}
     */
    start(port) {
      const mine = ++turn;
      /** @type {Promise<never>} */
      const broken = new Promise((_, reject) => {
        fail = reject;
      });
      broken.catch(() => {}); // whoever awaits it gets the error
      attend(true);
      coded.then(
        () => mine === turn && tell({ start: mine }, [port]),
        () => {},
      );
      return {
        broken,
        attend: (isOn) => mine === turn && attend(isOn),
        end() {
          if (mine !== turn) return;
          turn++;
          attend(false);
          tell("end");
        },
      };
    },
  };
  return self;
}
