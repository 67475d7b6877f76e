/**
 * Every shape that passes between the threads. The problem object is the page's state, the saved file and the
 * terminal's input alike; py/tenlines/problem.py checks it and holds the defaults.
 *
 * A cell is null where it is unknown (`?`). What was typed and is not a number stays as text: Python refuses it by name.
 * @typedef {number | null | string} Cell
 * @typedef {{ inputs: string[], outputs: string[], rows: Cell[][] }} Table
 * @typedef {{ hidden: { units: number | string, activation: string }[], output: string, bias: boolean }} Network
 * @typedef {{ iterations: number | string, learning_rate: number | string, optimizer: string, batch_size: number | null,
 *   loss: string, l2: number, test_fraction: number, seed: number | string }} Training
 * @typedef {{ table: Table, network: Network, training: Training }} Problem
 *
 * The network after `iteration` passes. weights: layer after layer, row by row, then the bias.
 * outputs: row by row, for every row of the table. error: mean of |Y - output| over the known cells.
 * @typedef {{ iteration: number, weights: Float64Array, outputs: Float64Array, error: number }} Frame
 *
 * What Python refuses: a sentence with the remedy, and the place: wrong cells as [row, column name], or the position of
 * a column, both counted from 1, or a field.
 * @typedef {{ message: string, cells?: [number, string][], position?: number,
 *   field?: string }} Refusal
 * @typedef {{ error: Refusal }} Refused
 *
 * The frames that fell due (`due` of them) and, last, the one reached. numbers: of each in turn its weights, outputs and
 * error. seconds is the time spent training so far; refused says why the compiled engine could not train, so that NumPy
 * does, from iteration 0.
 * @typedef {{ due: number, iterations: Float64Array, numbers: Float64Array, parameters: number, done: boolean,
 *   diverged: number | null, seconds: number, engine: EngineName, refused?: string }} Progress
 *
 * @typedef {"compiled" | "numpy"} EngineName
 *
 * How far apart a finished run and the same problem, trained in another way, are: "nudged", from weights one ulp away, or
 * "numpy", by the reference. apart is null until that is done.
 * @typedef {{ done: boolean, apart: number | null, seconds: number }} Checked
 *
 * @typedef {{ step: string, loaded: number, total: number }} Loading
 *
 * The site's files by name, each as its address or, in the page that is one file, as what it holds.
 * @typedef {Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>} Files
 *
 * How Python starts: from its memory as the build left it, or from its modules. The files for that come one by one;
 * memory is the snapshot or the pack.
 * @typedef {"snapshot" | "pack"} Start
 * @typedef {{ script: () => Promise<Blob>, module: () => Promise<WebAssembly.Module>,
 *   memory: () => Promise<Uint8Array<ArrayBuffer>> }} StartFiles
 *
 * What the page knows of the line: whether the visitor saves data; when the module was asked for, in milliseconds since
 * 1970; and the module itself, as the page passes it on (web/early.js).
 * @typedef {{ isDear: boolean, asked: number, module: MessagePort | null }} Line
 *
 * @typedef {object} Fetcher  what the fetching worker offers
 * @property {(files: Files, line: Line, report: (loading: Loading) => void) => Promise<Start>} begin  fetching, and find
 *   out how to start; while that is open, the line is busy with what every start needs
 * @property {StartFiles["script"]} script
 * @property {StartFiles["module"]} module
 * @property {(start: Start) => Promise<Uint8Array<ArrayBuffer>>} memory
 *
 * @typedef {object} Door  what the worker offers
 * @property {(files: Files, start: Start, parts: StartFiles) => Promise<void>} boot
 * @property {() => Promise<true>} alive
 * @property {() => Promise<void>} numpy  brings it, once; what needs it brings it too
 * @property {(problem: string, engine: EngineName, seconds: number, iteration?: number, weights?: Float64Array) =>
 *   Promise<Progress | Refused>} start  from the random start, or from the weights of an iteration
 * @property {(seconds: number) => Promise<Progress | Refused>} advance
 * @property {(kind: "nudged" | "numpy", seconds: number) => Promise<Checked | Refused>} check
 * @property {(file: Uint8Array) => Promise<{ table: Table } | Refused>} readTable
 * @property {(file: Uint8Array) => Promise<{ problem: Problem } | Refused>} readProblem
 * @property {(text: string) => Promise<{ table: Table } | { block: Cell[][] } | Refused>} readPaste
 * @property {(table: string) => Promise<{ text: string } | Refused>} writeTable
 *
 * What the page says to a service worker: that a waiting one shall answer from now on, or the question, answered by true
 * or false through the port that comes with it, whether each file of its version is in the cache as it was built.
 * @typedef {"take over" | "are you whole"} ToOffline
 */

/**
 * One frame of an answer.
 * @param {Progress} progress
 * @param {number} index  negative counts from the end
 * @returns {Frame}
 */
export function frameAt({ iterations, numbers, parameters }, index) {
  const size = numbers.length / iterations.length;
  const at = index < 0 ? iterations.length + index : index;
  const frame = numbers.subarray(at * size, (at + 1) * size);
  return {
    iteration: iterations[at] ?? 0,
    weights: frame.subarray(0, parameters),
    outputs: frame.subarray(parameters, size - 1),
    error: frame[size - 1] ?? 0,
  };
}
