/**
 * @file Page side of the workers that run the learner's programs: each program in a fresh Python, which Stop ends at once.
 *
 * The next Python starts while nobody waits for it: when the editor opens, when a program has been stopped, and when one
 * that has run is edited.
 * @import { FromProgram, Look, Program, Start, Values } from "./protocol.js"
 */
import * as Comlink from "comlink";
import { bootPython } from "./boot.js";
import { heard } from "./heard.js";
import { joined, NOTHING_RUN } from "./program.js";
import { reason } from "./reason.js";
import { tryAgain } from "./words.js";

const LOOK = 10_000; // milliseconds that values may take: for them a part of the program runs once more
const TAKEN_AWAY = "The browser has taken this Python away, or the program has closed it.";
const STRANGE = "The program used the page’s own channel to Python, which is not for programs.";

/** @param {import("./state.js").State} page */
export function createRunner({ program: state, engine }) {
  const known = () => (engine.value.phase === "ready" ? engine.value.start : undefined);
  /** @type {ReturnType<typeof startMachine> | undefined} the Python that runs a program, has run it, or waits for one */
  let machine;

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
    const fresh = startMachine(known(), {
      hear(said) {
        if (machine === fresh) take(said);
      },
      die(message) {
        if (machine !== fresh) return;
        if (state.value.phase === "running") breakOff(message);
        else drop();
      },
    });
    machine = fresh;
    return fresh;
  }

  /** @param {FromProgram | null} said */
  function take(said) {
    const now = state.value;
    if (said && "values" in said) looked(said.values);
    else if (!said && (now.phase === "running" || now.phase === "ended")) breakOff(STRANGE);
    else if (!said) drop();
    else if (now.phase !== "running") return;
    else if ("broken" in said) breakOff(`Python itself broke off: ${said.broken}`);
    else if ("ended" in said) state.value = { ...now, phase: "ended", ending: said.ended };
    else state.value = { ...now, ...joined(now, said) };
  }

  return {
    prepare,
    /** @param {Program} program */
    async run(program) {
      if (state.value.phase === "running") return;
      const mine = prepare();
      const begun = { ...NOTHING_RUN, phase: /** @type {const} */ ("waiting"), source: program.source };
      state.value = begun;
      try {
        await mine.ready;
      } catch (error) {
        if (state.value !== begun) return;
        drop();
        const message = `Python could not be started. ${reason(error)} ${tryAgain("press Run")}`;
        state.value = { ...begun, phase: "broken", message };
      }
      if (state.value !== begun) return;
      state.value = { ...begun, phase: "running" };
      mine.post(program);
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
      if (machine?.hasRun && state.value.phase !== "running") prepare();
    },
  };
}

/**
 * One Python for one program.
 * @param {Start | undefined} known
 * @param {{ hear: (said: FromProgram | null) => void, die: (message: string) => void }} tell
 */
function startMachine(known, { hear, die }) {
  const { booted, end } = bootPython(() => {}, known);
  const { port1, port2 } = new MessageChannel();
  const lock = `tenlines program ${crypto.getRandomValues(new Uint32Array(4)).join("-")}`;
  const unlocked = new AbortController();
  let hasRun = false;

  async function prepare() {
    const { door, worker, broken } = await booted;
    await Promise.race([door.prepare(Comlink.transfer(port2, [port2]), lock), broken]);
    // From here on it has nothing to say but through the port.
    worker.addEventListener("message", () => hear(null));
    broken.catch((error) => die(reason(error)));
    navigator.locks?.request(lock, { signal: unlocked.signal }, () => die(TAKEN_AWAY)).catch(() => {}); // no locks in a page from a disk, or this has ended
  }

  port1.onmessage = ({ data }) => hear(heard(data));
  const ready = prepare();
  ready.catch((error) => die(reason(error)));
  return {
    ready,
    get hasRun() {
      return hasRun;
    },
    /** @param {Program | Look} message */
    post(message) {
      hasRun = true;
      port1.postMessage(message);
    },
    end() {
      unlocked.abort();
      port1.close();
      end();
    },
  };
}
