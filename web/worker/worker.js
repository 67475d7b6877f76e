/**
 * @file The worker's thread: starts Python and passes calls to py/tenlines/page/api.py. No maths, no DOM.
 * @import { WorkerApi } from "../model/protocol.js"
 */
import * as Comlink from "comlink";
import { AT_REST, AT_WORK, FATAL_ERROR, SANDBOXED, WORKER_READY } from "../model/protocol.js";
import { retryHint } from "../model/words.js";
import { addNumpy, fetchRest, startPython } from "../python/start-python.js";
import { holdLock } from "../python/worker-lock.js";
import { bytesOf, loadPacked } from "../site/packs.js";
import { library, prepareProgram } from "./run-program.js";
import { toPlain } from "./to-plain.js";

/** @type {any} the Python Session */
let session = null;
/** @type {() => Promise<void>} */
let numpy = async () => {};
let asked = 0; // number of the latest call that trains or checks
let hasLock = false; // the lock by which the page notices that this worker is gone

/**
 * Run what keeps this thread from answering. Without a lock the page takes silence for the end of this worker, unless it is
 * told that it is busy (web/python/worker-watch.js).
 * @template Result
 * @param {() => Result} act
 */
function work(act) {
  if (hasLock) return act();
  postMessage(AT_WORK);
  try {
    return act();
  } finally {
    postMessage(AT_REST);
  }
}

/**
 * Plain data out of Python, its arrays moved, not copied, to the page.
 * @param {string} method
 * @param {unknown[]} args
 * @returns {any}
 */
function ask(method, ...args) {
  try {
    const answer = work(() => toPlain(session[method](...args)));
    const arrays = Object.values(answer).filter((value) => value instanceof Float64Array);
    return Comlink.transfer(
      answer,
      arrays.map(({ buffer }) => buffer),
    );
  } catch (error) {
    throw asFatal(/** @type {any} */ (error)) ?? error;
  }
}

/**
 * Python is unusable after a fatal error, and after running out of memory, for it never gives any back.
 * @param {{ pyodide_fatal_error?: boolean, type?: string }} error
 */
function asFatal({ pyodide_fatal_error: isFatal, type }) {
  const isFull = type === "MemoryError";
  if (!isFatal && !isFull) return null;
  const why = isFull ? "Python had no memory left for it" : "It ended Python";
  return Object.assign(new Error(`${why}. Python has been started again.`), { name: FATAL_ERROR });
}

/**
 * Ask. Where that needs NumPy, ask again when NumPy is here, if anybody still wants the answer.
 * @param {() => any} answer
 * @param {() => boolean} isWanted
 */
async function withNumpy(answer, isWanted = () => true) {
  try {
    return answer();
  } catch (error) {
    if (!(error instanceof Error && "type" in error && error.type === "ModuleNotFoundError")) throw error;
  }
  try {
    await numpy();
  } catch (error) {
    const why = error instanceof Error ? error.message : error;
    return { error: { message: `This needs NumPy: ${why} ${retryHint("press Train")}` } };
  }
  return isWanted() ? answer() : null;
}

/**
 * Call a method that trains or checks, which nobody wants any more once another is called.
 * @param {string} method
 * @param {unknown[]} args
 */
function train(method, ...args) {
  const turn = ++asked;
  return withNumpy(
    () => ask(method, ...args),
    () => turn === asked,
  );
}

/**
 * Do something once, and again only if it failed.
 * @param {() => Promise<void>} act
 */
function once(act) {
  /** @type {Promise<void> | undefined} */
  let acting;
  return () => {
    acting ??= act().catch((error) => {
      acting = undefined;
      throw error;
    });
    return acting;
  };
}

/** @type {{ [Method in keyof WorkerApi]: (...args: Parameters<WorkerApi[Method]>) => unknown }} */
const door = {
  async boot(files, start, parts) {
    holdLock(location.href, () => {
      hasLock = true;
    }); // the page knows that name, too
    const { pyodide } = await startPython(files, start, parts, () => fetchRest(files["rest.bin"]));
    /** @type {any} */ (parts)[Comlink.releaseProxy](); // frees them in the page
    numpy = once(async () => {
      const pack = await loadPacked("numpy.bin", files["numpy.bin"], bytesOf);
      work(() => addNumpy(pyodide, pack));
    });
    session = pyodide.pyimport("tenlines.page.api").Session();
    // A fatal error outside of a call, as in garbage collection, is reported as an error of this worker.
    /** @type {any} */ (pyodide)._api.on_fatal = (/** @type {unknown} */ error) =>
      setTimeout(() => reportError(error));
  },
  alive: () => true,
  numpy: () => numpy(),
  start: (...args) => train("start", ...args),
  advance: (seconds) => train("advance", seconds),
  seek: (iteration, seconds) => train("seek", iteration, seconds),
  check: (kind, seconds) => train("check", kind, seconds),
  assess: (...args) => train("assess", ...args),
  readTable: (file) => ask("read_table", file),
  readProblem: (file) => ask("read_problem", file),
  readPaste: (text) => ask("read_paste", text),
  writeTable: (table) => ask("write_table", table),
  writeProgram: (problem) => ask("write_program", problem),
  async readProgram(source, problem) {
    await numpy();
    return ask("read_program", source, problem);
  },
  async outline(source) {
    await numpy(); // its pack has the modules that parse programs
    return ask("outline", source);
  },
  answers: (...args) => withNumpy(() => ask("answers", ...args)),
  questions: (problem) => ask("questions", problem),
  async question(...args) {
    await numpy();
    return ask("question", ...args);
  },
  async values(...args) {
    await numpy();
    return ask("values", ...args);
  },
  async stages(...args) {
    await numpy();
    return ask("stages", ...args);
  },
};

/**
 * The methods of a worker of the sandbox.
 * @param {WebAssembly.Module} module
 * @returns {import("../model/protocol.js").SandboxApi}
 */
function doorApart(module) {
  /** @type {Awaited<ReturnType<typeof startPython>>} */
  let python;
  return {
    async boot(start, memory, numpy) {
      const parts = { memory, module: async () => module, script: async () => new Blob() };
      python = await startPython({}, start, parts, library);
      addNumpy(python.pyodide, await numpy());
      for (const file of [memory, numpy]) /** @type {any} */ (file)[Comlink.releaseProxy]();
    },
    prepare: (port) => prepareProgram(python, port),
  };
}

// Loaded from its address, this worker would not be bound by the page's policy, and Python could fetch from anywhere.
if (location.protocol !== "blob:") throw new Error("worker.js runs only from a blob that the page made.");
if (self.name === SANDBOXED) {
  self.onmessage = ({ data: module, ports: [port] }) => Comlink.expose(doorApart(module), port);
} else {
  Comlink.expose(door);
  Object.assign(self, { [WORKER_READY]: true });
  postMessage(WORKER_READY);
}
