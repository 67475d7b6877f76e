/** @file The bench's page: everything that trains in a browser, in one thread, one at a time, as the driver asks. */
import { loadPyodide } from "pyodide";
import { handWritten } from "./hand_written.js";
import { PEERS } from "./peers.js";

const CONTENDERS = { "JavaScript by hand": handWritten, ...PEERS };

/** What a contender is given, from what the driver sends. */
const workOf = (sent) => {
  const rowsX = sent.X.map((row) => [...row]);
  const rowsY = sent.Y.map((row) => [...row]);
  return { ...sent, rowsX, rowsY, X: Float64Array.from(rowsX.flat()), Y: Float64Array.from(rowsY.flat()) };
};

const pyodide = await loadPyodide({ indexURL: "python/" });
await pyodide.loadPackage(WHEELS, { messageCallback: () => {} });
pyodide.FS.writeFile("contender.py", await (await fetch("contender.py")).text());
const tenlines = pyodide.pyimport("contender");

const running = new Map();

/** @param {string} key  names what is prepared, for `train` */
async function prepare(key, contender, sent) {
  const work = workOf(sent);
  const began = performance.now();
  const made = await CONTENDERS[contender](work);
  await made.train();
  const first = (performance.now() - began) / 1000;
  running.set(key, made);
  return { first, error: made.error?.() ?? null, weights: made.weights?.() ?? null };
}

function prepareTenlines(key, engine, problem) {
  const data = pyodide.toPy(problem);
  const made = tenlines.Tenlines(data, engine);
  running.set(key, { train: () => made.train() });
  const { first, error } = made;
  const distance = engine === "compiled" ? made.distance(data) : 0;
  data.destroy();
  return { first, error, distance };
}

/** @returns {Promise<number>} seconds */
async function train(key) {
  const made = running.get(key);
  await made.ready?.();
  const began = performance.now();
  const measured = await made.train();
  return typeof measured === "number" ? measured : (performance.now() - began) / 1000;
}

/** @param {"compile_cost" | "diagnosis_cost" | "map_cost" | "starts_cost"} of  what is given a problem, or the name of an example */
function cost(of, problem, ...more) {
  const data = pyodide.toPy(problem);
  const cost = tenlines[of](data, ...more);
  const result = cost.toJs({ dict_converter: Object.fromEntries });
  cost.destroy();
  data.destroy?.();
  return result;
}

Object.assign(window, { bench: { prepare, prepareTenlines, train, cost }, benchReady: true });
