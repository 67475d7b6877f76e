/**
 * @file Program's thread: one program of the learner's, run by Python's `tenlines.running`.
 *
 * All that is needed is in place before it runs: it may leave nothing of this worker, or of JavaScript, as it was.
 * @import { FromProgram, Look, Program } from "./protocol.js"
 */
import { confine } from "./confine.js";
import { createOutput } from "./output.js";
import { plain } from "./plain.js";
import { reason } from "./reason.js";

const MOST_MEMORY = 2 ** 30; // bytes; a phone has not much more, and Python would take four times as many

/**
 * @param {any} pyodide  with NumPy in place
 * @param {WebAssembly.Memory} memory
 * @param {MessagePort} port
 * @param {string} lock
 */
export async function prepareProgram(pyodide, memory, port, lock) {
  limit(memory);
  const post = port.postMessage.bind(port);
  const tell = (/** @type {FromProgram} */ said) => post(said);
  const output = createOutput(tell);
  pyodide.setStdin({ stdin: () => null }); // nobody is there to type: input() ends at once
  pyodide.setStdout({ write: output.to(false) });
  pyodide.setStderr({ write: output.to(true) });
  pyodide.setInterruptBuffer(createTicker(output.tick));
  const Running = pyodide.pyimport("tenlines.running").Program;

  /** @type {any} the Python Program */
  let running;

  /** @param {Program} program */
  function run({ source, files }) {
    try {
      running = Running(source, pyodide.toPy(files));
      const ended = plain(running.run());
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
      tell({ values: values ? plain(values) : null });
    } catch {
      tell({ values: null }); // a program may have broken what they are made with
    }
  }

  await hold(lock);
  confine(/** @type {any} */ (self));
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
 * What Pyodide takes for the buffer that an interrupt stands in. It looks there at every fifty turns of a loop or so.
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
 * While this worker lives, so that the page knows when it does not.
 * @param {string} name
 * @returns {Promise<unknown>}
 */
const hold = (name) =>
  new Promise((resolve) => {
    const held = navigator.locks?.request(name, () => {
      resolve(true);
      return new Promise(() => {});
    });
    if (held) held.catch(resolve);
    else resolve(false); // no locks in an old or insecure page
  });
