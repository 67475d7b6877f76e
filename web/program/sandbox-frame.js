/**
 * @file The script of the sandbox: the frame in which the workers of programs are made (web/program/sandbox.js). The browser
 * gives the frame no origin and its policy allows no connection; its workers inherit both.
 *
 * Nothing that a worker sends is run, shown or followed here. This thread computes next to nothing, so it answers at once
 * as long as the browser keeps the frame.
 * @import { FromFrame, ToFrame } from "../model/protocol.js"
 */
import { SANDBOXED } from "../model/protocol.js";

let code = "";
/** @type {(module: Promise<WebAssembly.Module>) => void} */
let give;
/** @type {Promise<WebAssembly.Module>} compiled once: the workers to come find it as fast as it has become */
const module = new Promise((resolve) => {
  give = resolve;
});
/** @type {Worker | undefined} */
let worker;

/** @param {MessagePort} page */
function serve(page) {
  const tell = (/** @type {FromFrame} */ said) => page.postMessage(said);

  /** @param {number} turn  @param {MessagePort} port */
  function start(turn, port) {
    worker?.terminate();
    const started = new Worker(code, { name: SANDBOXED });
    worker = started;
    started.onerror = (event) => {
      event.preventDefault();
      tell({ turn, broken: event.message });
    };
    // Our worker uses only its port, so this message comes from a program.
    started.onmessage = () => {
      started.terminate();
      tell({ turn, strange: true });
    };
    module.then(
      (compiled) => started.postMessage(compiled, [port]),
      (error) => tell({ turn, broken: String(error) }),
    );
  }

  page.onmessage = ({ data, ports }) => {
    /** @type {ToFrame} */
    const told = data;
    tell("here");
    if (told === "there") return;
    if (told === "end") worker?.terminate();
    else if ("start" in told) start(told.start, ports[0]);
    else if ("module" in told) give(WebAssembly.compile(told.module));
    else code = URL.createObjectURL(new Blob(told.code, { type: "text/javascript" }));
  };
  tell("here");
}

/** @param {MessageEvent} event */
function begin({ source, ports }) {
  if (source !== parent) return;
  removeEventListener("message", begin);
  serve(ports[0]);
}

addEventListener("message", begin);
