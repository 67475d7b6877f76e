/**
 * @file Page side of the workers that run the learner's programs: each program gets a fresh Python in the sandbox, which Stop
 * ends at once.
 *
 * The next Python starts while nobody waits for it: when the editor opens, when a program has been stopped, and when one
 * that has run is edited.
 * @import { FromProgram, Look, Program, Values } from "../model/protocol.js"
 */

import { appendOutput, NOTHING_RUN } from "../model/program-run.js";
import { reason } from "../model/reason.js";
import { retryHint } from "../model/words.js";
import { fetchFile, filesOfSite } from "../site/site-files.js";
import { CHANNEL_MISUSED, NoSandboxError, WORKER_ENDED } from "./sandbox.js";
import { startSandboxedPython } from "./sandboxed-python.js";

/** A program with one of these names may leave a timer or a worker running, so its Python ends when the program does. */
const MAY_OUTLIVE_ITS_RUN = /\b(js|pyodide\w*|asyncio)\b/;
const LOOK = 10_000; // milliseconds that values may take: a part of the program runs again for them

/** @param {import("../state/state.js").State} page */
export function createRunner({ program: state, engine }) {
  // The smaller download, unless the connection is known to be fast.
  const start = () => (engine.value.phase === "ready" ? engine.value.start : "pack");
  /** @type {ReturnType<typeof startSandboxedPython> | undefined} the Python that runs a program, has run it, or waits for one */
  let machine;
  /** @type {{ program: Program, hasLibrary: boolean } | undefined} what runs, has run, or waits for a Python */
  let current;

  /** @type {(values: Values | null) => void} told what the program that has ended answers, or that it does not */
  let looked = () => {};

  function drop() {
    machine?.end();
    machine = undefined;
    looked(null);
  }

  /** @param {string} message */
  function breakOff(message) {
    drop();
    state.value = { ...state.value, phase: "broken", message };
    prepare();
  }

  /** Have a fresh Python ready, or on its way. */
  function prepare() {
    if (machine && !machine.hasRun) return machine;
    drop();
    const fresh = startSandboxedPython(start(), {
      onMessage(message) {
        if (machine === fresh) take(message);
      },
      onMisuse() {
        if (machine !== fresh) return;
        if (state.value.phase === "running" || state.value.phase === "ended") breakOff(CHANNEL_MISUSED);
        else drop();
      },
      onEnd(why) {
        if (machine !== fresh) return;
        if (state.value.phase === "running") breakOff(why);
        else drop();
      },
    });
    machine = fresh;
    return fresh;
  }

  /** @param {FromProgram} message */
  function take(message) {
    const now = state.value;
    if ("values" in message) looked(message.values);
    else if (now.phase !== "running") return;
    else if ("closed" in message) breakOff(WORKER_ENDED);
    else if ("lacks" in message) bring(message.lacks);
    else if ("broken" in message) breakOff(brokenOff(message.broken));
    else if ("ended" in message) {
      state.value = { ...now, phase: "ended", ending: message.ended };
      if (message.ended.passes === null || MAY_OUTLIVE_ITS_RUN.test(now.source)) drop();
    } else if ("printed" in message) state.value = { ...now, ...appendOutput(now, message) };
  }

  /**
   * A program that imports a module of rest.bin gets that file: before it begins, or else it starts again with it.
   * @param {"before" | "amid"} when
   */
  async function bring(when) {
    const { program, hasLibrary } = /** @type {NonNullable<typeof current>} */ (current);
    if (hasLibrary) return breakOff(CHANNEL_MISUSED); // our worker asks for it only once
    const library = fetchLibrary();
    if (when === "amid") {
      drop();
      return launch(program, library);
    }
    const mine = machine;
    current = { program, hasLibrary: true };
    const handed = { ...program, library: await library };
    if (machine === mine && state.value.phase === "running") mine?.post(handed);
  }

  /**
   * @param {Program} program
   * @param {ReturnType<typeof fetchLibrary> | null} library
   */
  async function launch(program, library) {
    const mine = prepare();
    const begun = { ...NOTHING_RUN, phase: /** @type {const} */ ("waiting"), source: program.source };
    state.value = begun;
    current = { program, hasLibrary: library !== null };
    try {
      await mine.ready;
    } catch (error) {
      if (state.value !== begun) return;
      drop();
      state.value = { ...begun, phase: "broken", message: notStarted(error) };
    }
    const toRun = { ...program, library: await library };
    if (state.value !== begun) return;
    state.value = { ...begun, phase: "running" };
    mine.post(toRun);
  }

  return {
    prepare,
    /** @param {Program} program */
    run(program) {
      if (!["waiting", "running"].includes(state.value.phase)) launch(program, null);
    },
    stop() {
      if (state.value.phase !== "running" && state.value.phase !== "waiting") return;
      const hasBegun = state.value.phase === "running";
      state.value = { ...state.value, phase: "stopped" };
      if (hasBegun) drop();
      prepare();
    },
    /**
     * Values of the program that has ended, one question at a time; null where it has none.
     * @param {Look} look
     * @returns {Promise<Values | null>}
     */
    values(look) {
      const ended = machine;
      if (!ended?.hasRun || state.value.phase !== "ended") return Promise.resolve(null);
      return new Promise((resolve) => {
        const late = setTimeout(() => machine === ended && drop(), LOOK);
        looked = (values) => {
          clearTimeout(late);
          looked = () => {};
          resolve(values);
        };
        ended.post(look);
      });
    },
    /** The program is another one now: what has run of the one before goes. */
    edited() {
      const hasEnded = machine?.hasRun || (!machine && state.value.phase === "ended");
      if (hasEnded && state.value.phase !== "running") prepare();
    },
  };
}

/** @param {string} text  why Python itself has ended */
const brokenOff = (text) =>
  /call stack|too much recursion/.test(text)
    ? "It is nested, or calls itself, more deeply than Python in a browser can follow. Make it less deep; Run starts a fresh Python."
    : `Python itself broke off: ${text.replace(/\.$/, "")}. Run starts a fresh one.`;

/** @param {unknown} error */
const notStarted = (error) =>
  error instanceof NoSandboxError
    ? error.message
    : `Python could not be started. ${reason(error)} ${retryHint("press Run")}`;

/** The modules that few programs import; a text says why they could not be had. */
const fetchLibrary = async () => fetchFile(await filesOfSite(), "rest.bin").catch(reason);
