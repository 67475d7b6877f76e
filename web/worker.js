/**
 * @file The worker's thread: starts Python and passes calls to py/tenlines/api.py. No maths, no DOM.
 * @import { Door } from "./protocol.js"
 */
import * as Comlink from "comlink";
import { plain } from "./plain.js";
import { HERE } from "./protocol.js";
import { addNumpy, startPython } from "./python.js";
import { prepareProgram } from "./running.js";
import { tryAgain } from "./words.js";

/** @type {any} the Python Session */
let session = null;
/** @type {Awaited<ReturnType<typeof startPython>>} */
let python;
/** @type {() => Promise<void>} */
let numpy = async () => {};
let asked = 0; // trainings and checks so far

/**
 * Plain data out of Python, its arrays moved, not copied, to the page.
 * @param {string} method
 * @param {unknown[]} args
 * @returns {any}
 */
function ask(method, ...args) {
  const answer = plain(session[method](...args));
  return Comlink.transfer(answer, answer.numbers ? [answer.numbers.buffer] : []);
}

/**
 * Ask for training. What needs NumPy before it has come waits for it, unless something else is asked for meanwhile.
 * @param {string} method
 * @param {unknown[]} args
 */
async function train(method, ...args) {
  const turn = ++asked;
  try {
    return ask(method, ...args);
  } catch (error) {
    if (!(error instanceof Error && "type" in error && error.type === "ModuleNotFoundError")) throw error;
  }
  try {
    await numpy();
  } catch (error) {
    const why = error instanceof Error ? error.message : error;
    return { error: { message: `This needs NumPy: ${why} ${tryAgain("press Train")}` } };
  }
  return turn === asked ? ask(method, ...args) : null;
}

/**
 * Once, but again where it has failed.
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

/** @type {{ [Method in keyof Door]: (...args: Parameters<Door[Method]>) => unknown }} */
const door = {
  async boot(files, start, parts) {
    python = await startPython(files, start, parts);
    const { pyodide } = python;
    /** @type {any} */ (parts)[Comlink.releaseProxy](); // lets the page forget them
    numpy = once(() => addNumpy(files, pyodide));
    session = pyodide.pyimport("tenlines.api").Session();
  },
  alive: () => true,
  numpy: () => numpy(),
  start: (...args) => train("start", ...args),
  advance: (seconds) => train("advance", seconds),
  seek: (iteration, seconds) => train("seek", iteration, seconds),
  check: (kind, seconds) => train("check", kind, seconds),
  readTable: (file) => ask("read_table", file),
  readProblem: (file) => ask("read_problem", file),
  readPaste: (text) => ask("read_paste", text),
  writeTable: (table) => ask("write_table", table),
  program: (problem) => ask("program", problem),
  readProgram: (source, problem) => ask("read_program", source, problem),
  outline: (source) => ask("outline", source),
  values: (...args) => ask("values", ...args),
  async prepare(port, lock) {
    await numpy();
    await prepareProgram(python.pyodide, python.memory, port, lock);
  },
};

// Loaded from its address it would not be bound by the page's policy, and Python in it could fetch from anywhere.
if (location.protocol !== "blob:") throw new Error("worker.js runs only from a blob that the page made.");
Comlink.expose(door);
Object.assign(self, { [HERE]: true });
postMessage(HERE);
