/**
 * @file Program's thread: runs one program of the learner's, by Python's `tenlines.learner.run`.
 *
 * It runs only in a worker of the sandbox (web/program/sandbox.js). All that it needs is in place before: a program may leave
 * nothing of this worker, or of JavaScript, as it was.
 * @import { Bytes, FromProgram, Look, ToRun } from "../model/protocol.js"
 */
import { rest } from "about-python";
import { reason } from "../model/reason.js";
import { createOutput } from "./output.js";
import { toPlain } from "./to-plain.js";

const MOST_MEMORY = 2 ** 30; // bytes; a phone has not much more, and without a limit Python could take four times as many

/** @type {Bytes | string | null} rest.bin as far as the page has handed it over */
let handed = null;
let lack = () => {};

/** rest.bin, which this worker cannot fetch: where it is missing, the page runs the program anew with it. */
export function library() {
  if (handed === null) lack();
  if (handed instanceof Uint8Array) return handed;
  throw new Error(handed ?? "The page is to bring it first.");
}

/**
 * @param {{ pyodide: any, memory: WebAssembly.Memory }} python  with NumPy in place
 * @param {MessagePort} port
 */
export function prepareProgram({ pyodide, memory }, port) {
  if (self.origin !== "null") throw new Error("This worker is not apart from the page.");
  limit(memory);
  const post = port.postMessage.bind(port);
  const tell = (/** @type {FromProgram} */ said) => post(said);
  lack = () => tell({ lacks: "amid" });
  tellOfClosing(() => tell({ closed: true }));
  const output = createOutput(tell);
  pyodide.setStdin({ stdin: () => null }); // there is no input: input() raises EOFError at once
  pyodide.setStdout({ write: output.to(false) });
  pyodide.setStderr({ write: output.to(true) });
  pyodide.setInterruptBuffer(createTicker(output.tick));
  const Running = pyodide.pyimport("tenlines.learner.run").Program;

  /** @type {any} the Python Program */
  let running;

  /** @param {ToRun} program */
  function run({ source, files, library }) {
    handed = library;
    if (handed === null && namesIn(source).some(isInRest)) return tell({ lacks: "before" });
    try {
      running = Running(source, pyodide.toPy(files));
      const ended = toPlain(running.run());
      output.flush();
      tell({ ended });
    } catch (error) {
      output.flush();
      tell({ broken: reason(error) });
    }
  }

  /** @param {Look} look */
  function look({ iteration, place }) {
    try {
      const values = running.values(iteration, place);
      tell({ values: values ? toPlain(values) : null });
    } catch {
      tell({ values: null }); // a program may have broken the modules that compute them
    }
  }

  port.onmessage = ({ data }) => ("source" in data ? run(data) : look(data));
}

/** @param {WebAssembly.Memory} memory */
function limit(memory) {
  const grow = memory.grow.bind(memory);
  memory.grow = (pages) => {
    if (memory.buffer.byteLength + pages * 2 ** 16 > MOST_MEMORY) throw new RangeError("No more memory.");
    return grow(pages);
  };
}

/**
 * Given to Pyodide as its interrupt buffer, which it reads about every fifty turns of a loop.
 * @param {() => void} tick
 */
const createTicker = (tick) =>
  Object.defineProperty({}, 0, {
    get() {
      tick();
      return 0;
    },
    set() {},
  });

/**
 * Tell the page when the program calls close(): no event does.
 * @param {() => void} tell
 */
function tellOfClosing(tell) {
  for (let owner = self; owner; owner = Object.getPrototypeOf(owner)) {
    if (Object.hasOwn(owner, "close")) Object.defineProperty(owner, "close", { value: () => tell() });
  }
}

/**
 * The names in a program that can be names of modules: in lines with `import`, and after a dot. One too many costs a
 * download; one too few, as in code that is made from text, a second run.
 * @param {string} source
 */
const namesIn = (source) => [
  ...new Set(
    source.split("\n").flatMap((line) => {
      const names = /\bimport\b/.test(line) ? line.match(/\w+/g) : line.match(/(?<=\.\s*)\w+/g);
      return names ?? [];
    }),
  ),
];

/** The modules in rest.bin without the page's own, which programs do not import: sys.stderr is no module of theirs. */
const IMPORTABLE = rest.replace(/tenlines\S*/g, "");

/** @param {string} name */
const isInRest = (name) => IMPORTABLE.includes(` ${name} `) || IMPORTABLE.includes(`.${name} `);
