/**
 * @file The worker's thread: boots Pyodide and passes calls to py/tenlines/api.py. No maths, no DOM.
 * @import { Door, Loading } from "./protocol.js"
 */
import * as Comlink from "comlink";
import { loadPyodide } from "pyodide";
import { countBytes } from "./bytes.js";

/** @type {any} the Python Session */
let session = null;

/**
 * Plain data out of Python, its arrays moved, not copied, to the page.
 * @param {string} method
 * @param {unknown[]} args
 * @returns {any}
 */
function ask(method, ...args) {
  const answer = session[method](...args);
  const plain = withNulls(answer.toJs({ dict_converter: Object.fromEntries, create_pyproxies: false }));
  answer.destroy();
  return Comlink.transfer(plain, plain.numbers ? [plain.numbers.buffer] : []);
}

/**
 * Pyodide gives None as undefined; in plain data it is null.
 * @param {any} value
 * @returns {any}
 */
function withNulls(value) {
  if (Array.isArray(value)) return value.map(withNulls);
  if (value?.constructor !== Object) return value ?? null;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withNulls(item)]));
}

/** @type {{ [Method in keyof Door]: (...args: Parameters<Door[Method]>) => unknown }} */
const door = {
  async boot(base, report) {
    const files = countBytes(`${base}python/`, report);
    const starting = loadPyodide({
      indexURL: `${base}python/`,
      lockFileURL: `${base}python/pyodide-lock.json`,
      packages: ["numpy", "tenlines"],
    });
    const pyodide = await Promise.race([starting, /** @type {Promise<never>} */ (files.failed)]);
    report({ ...files.loading(), step: "Importing NumPy" });
    session = pyodide.pyimport("tenlines.api").Session();
  },
  start: (problem, engine, seconds) => ask("start", problem, engine, seconds),
  advance: (seconds) => ask("advance", seconds),
  check: (kind, seconds) => ask("check", kind, seconds),
  readTable: (file) => ask("read_table", file),
  readPaste: (text) => ask("read_paste", text),
  writeTable: (table) => ask("write_table", table),
};

Comlink.expose(door);
