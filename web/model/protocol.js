/**
 * Every shape that passes between the threads. The problem object is the page's state, the saved file and the
 * terminal's input alike; py/tenlines/problem.py checks it and holds the defaults.
 *
 * A cell is null where it is unknown (`?`). What was typed and is not a number stays as text: Python refuses it by name.
 * @typedef {number | null | string} Cell
 * @typedef {{ inputs: string[], outputs: string[], rows: Cell[][] }} Table
 * @typedef {import("./settings.generated.js").Network} Network
 * @typedef {import("./settings.generated.js").Training} Training
 * @typedef {{ table: Table, network: Network, training: Training }} Problem
 *
 * The network after `iteration` passes. state: all that training needs to go on from there; its first numbers are the
 * weights, what follows them is for Python alone. weights: layer after layer, row by row, then the bias.
 * outputs: row by row, for every row of the table. error: mean of |Y - output| over the known cells of rows
 * that are not held out; held_out_error: over those of rows that are, where there are any.
 * @typedef {{ iteration: number, state: Float64Array, weights: Float64Array, outputs: Float64Array, error: number,
 *   held_out_error?: number }} Frame
 *
 * What Python refuses: a sentence with the remedy, and the place: every wrong cell as [row, column name], one row and
 * column, the position of a column, or a field; of a program a line and column. Columns of a program count from 0, all
 * else from 1.
 * @typedef {{ message: string, cells?: [number, string][], row?: number, column?: string | number, position?: number,
 *   line?: number, field?: string }} Refusal
 * @typedef {{ error: Refusal }} Refused
 *
 * The frames that fell due (`due` of them) and, last, the one come to. numbers: of each in turn its state, its outputs,
 * so many as `outputs` says, its error and, where rows are held out, the error of these. trained is the iteration that
 * training has reached, seconds the time it took so far; fallback says why the compiled engine could not train, so that
 * NumPy does, from iteration 0; held_out are the places of the rows that are held out, where any are; advice is a
 * sentence for people, where a run begins that is hardly what was meant.
 * @typedef {{ due: number, iterations: Float64Array, numbers: Float64Array, outputs: number, parameters: number,
 *   state_size: number, trained: number, done: boolean, diverged: number | null, seconds: number, engine: EngineName,
 *   fallback?: string, held_out?: Float64Array, advice?: string }} Progress
 *
 * reached: whether the frame come to is that of the iteration asked for or, where the run has none, the nearest.
 * @typedef {Progress & { reached: boolean }} Sought
 *
 * outputs: those of one row after another. hidden: all rows of one hidden unit after another, from the first layer on;
 * empty where they were not asked for.
 * @typedef {{ outputs: Float64Array, hidden: Float64Array }} Answers
 *
 * The questions that apply to a problem, each with the card where it arises. The answer to one of them: its paragraphs, and
 * what stands beside them: points and lines of a plane (box: from x to x, from y to y; ends: x, y, x, y; caption: what a line is; label: all of it
 * in words), or a small table, in which the first cell of a row is its name.
 * @typedef {{ questions: { name: string, question: string, card: string }[] }} Questions
 * @typedef {{ kind: "lines", label: string, caption: string, across: string, up: string, box: number[],
 *   points: { x: number, y: number, kind: "0" | "1" | "?" }[], lines: { name: string, ends: number[] }[] }} Lines
 * @typedef {{ kind: "table", caption: string, head: string[], rows: string[][] }} Numbers
 * @typedef {{ question: string, answer: string[], picture: Lines | Numbers | null }} Told
 *
 * @typedef {"compiled" | "numpy"} EngineName
 *
 * How far apart a finished run and the same problem, trained in another way, are: "nudged", from weights one ulp away, or
 * "numpy", by the reference: apart in weights and outputs, and by how much the answers shift, both relative to their size;
 * null until that is done.
 * @typedef {{ done: boolean, apart: number | null, shifts: number | null, seconds: number }} Checked
 *
 * What a finished run is worth. diagnosis: why the network does not learn its table; null until it is known. mend: what a
 * button is called that changes these parts of the problem; change: those, as JSON.
 * @typedef {{ done: boolean, diagnosis: Finding[] | null, starts: Starts | null }} Assessed
 * @typedef {{ cause: string, text: string, mend: string | null, change: string | null }} Finding
 *
 * Trainings from other random starts. of: how many are tried; ran: how many have been; fit: how many of them have no known
 * row wrong. asked: the `?` cells, row * outputs + output. seeds, says, kinds: of the starts that were asked for; of each, cell by
 * cell, what it says, and whether it does not fit the table (0), does and says the same as the run (1), or otherwise (2).
 * @typedef {{ of: number, ran: number, fit: number, asked: Float64Array, seeds: Float64Array, says: Float64Array,
 *   kinds: Float64Array }} Starts
 *
 * @typedef {{ step: string, loaded: number, total: number }} Loading
 *
 * The site's files by name, each as its address or, in the page that is one file, as what it holds.
 * @typedef {Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>} Files
 *
 * How Python starts: from its memory as the build left it, or from its modules. The files for that come one by one;
 * memory is the snapshot or the pack.
 * @typedef {"snapshot" | "pack"} BootFrom
 * @typedef {Uint8Array<ArrayBuffer>} Bytes
 * @typedef {{ script: () => Promise<Blob>, module: () => Promise<WebAssembly.Module>,
 *   memory: () => Promise<Bytes> }} BootFiles
 *
 * What the page knows of the line: whether the visitor saves data; when the module was asked for, in milliseconds since
 * 1970; and the module itself, as the page passes it on (web/python/early-fetch.js).
 * @typedef {{ isDear: boolean, asked: number, module: MessagePort | null }} Line
 *
 * @typedef {object} Fetcher  what the fetching worker offers
 * @property {(files: Files, line: Line, report: (loading: Loading) => void) => Promise<BootFrom>} begin  fetching, and find
 *   out how to start; while that is open, the line is busy with what every start needs
 * @property {BootFiles["script"]} script
 * @property {BootFiles["module"]} module
 * @property {(start: BootFrom) => Promise<Bytes>} memory
 * @property {(name: string, source: Files[string]) => Promise<Bytes>} file  any other, unpacked
 *
 * @typedef {object} WorkerApi  what the worker offers
 * @property {(files: Files, start: BootFrom, parts: BootFiles) => Promise<void>} boot
 * @property {() => Promise<true>} alive
 * @property {() => Promise<void>} numpy  brings it, once; what needs it brings it too
 * @property {(problem: string, engine: EngineName, seconds: number, iteration?: number, state?: Float64Array) =>
 *   Promise<Progress | Refused>} start  from the random start, or from the state of an iteration
 * @property {(seconds: number) => Promise<Progress | Refused>} advance
 * @property {(iteration: number, seconds: number) => Promise<Sought | Refused>} seek  any iteration of the run
 * @property {(kind: "nudged" | "numpy", seconds: number) => Promise<Checked | Refused>} check
 * @property {(starts: number, seconds: number, first: number) => Promise<Assessed | Refused>} assess  the finished run, for so
 *   many seconds a call; of the other starts those from number `first` on
 * @property {(file: Uint8Array) => Promise<{ table: Table, note: string } | Refused>} readTable  note: a sentence on each
 *   kind of number that was read and is not plain, such as decimal commas
 * @property {(file: Uint8Array) => Promise<{ problem: Problem, code: string } | Refused>} readProblem
 * @property {(text: string) => Promise<({ table: Table } | { block: Cell[][] }) & { note: string } | Refused>} readPaste
 * @property {(table: string) => Promise<{ text: string } | Refused>} writeTable
 * @property {(problem: string) => Promise<Program | Refused>} writeProgram
 * @property {(source: string, problem: string) => Promise<{ problem: Problem } | { detached: true } | Refused>} readProgram
 *   the problem that a program is of; what no program says is taken from the one given
 * @property {(source: string) => Promise<Outline | Refused>} outline
 * @property {(problem: string, weights: Float64Array, rows: Float64Array, withHidden: boolean) =>
 *   Promise<Answers | Refused>} answers  for rows that need not be in the problem's table, with the weights of any iteration.
 *   rows: the inputs of one row after another
 * @property {(problem: string) => Promise<Questions | Refused>} questions
 * @property {(name: string, problem: string, iteration: number, state: Float64Array, row: number) =>
 *   Promise<Told | Refused>} question  the answer to one, at an iteration and for a row, from 0
 * @property {(problem: string, iteration: number, state: Float64Array, place?: number) => Promise<Values | Refused>} values
 *   in the program of a problem; place is the number of an expression to have in full
 * @property {(problem: string, iteration: number, state: Float64Array, look: string) => Promise<Stages | Refused>} stages
 *   of the pass that follows an iteration. look: what is looked at, as JSON (Look in py/tenlines/explain/stages/report.py)
 *
 * @typedef {object} SandboxApi  what a worker that can reach nothing (web/program/sandbox.js) offers
 * @property {(start: BootFrom, memory: () => Promise<Bytes>, numpy: () => Promise<Bytes>) => Promise<void>} boot
 * @property {(port: MessagePort) => void} prepare  to run one program of the learner's, which comes through the port
 *
 * A program and the files beside it, by name.
 * @typedef {{ source: string, files: Readonly<Record<string, string>> }} Program
 *
 * What such a worker is told to run. library: rest.bin, which it cannot fetch; or why that could not be had; or null, as
 * long as it is not known to be needed.
 * @typedef {Program & { library: Bytes | string | null }} ToRun
 *
 * Where a part of a program begins and ends: line, from 1, and column, from 0, of each. A line as a whole is [line, 0, line, 0].
 * @typedef {[number, number, number, number]} Place
 *
 * What can be said of a program without running it: what each line and each expression does and why, in the order of the
 * text. An expression's number is its place in that; depth is how many it is inside of. role: what it is, in words that
 * are the same in another program; empty where there is none. stage: the stage of a pass that it belongs to, with its layer,
 * such as "sum 1" (py/tenlines/explain/code_stages.py); empty where there is none. goes: where its value goes next.
 * @typedef {{ lines: { line: number, about: string, formula: string, role: string, stage: string }[],
 *   expressions: { span: Place, depth: number, about: string, role: string, stage: string, goes: string }[] }} Outline
 *
 * The values of a program at an iteration: beside its lines, and of one expression in full. A line's kind: "value",
 * "shape", or "" where its text says itself what it is. exact: each cell with all its digits. sums: each cell of a matrix
 * product worked out; label says what the cell is. curve: of an activation: its outputs for sums from -most to
 * most, shown from low to high, and what goes into it and comes out. walk: the places of all that one pass computes, in the
 * order in which Python does.
 * @typedef {{ lines: { line: number, text: string, shape: string, kind: string }[], walk: Place[],
 *   selected: Value | null }} Values
 * @typedef {{ shape: string, kind: string, cells: string[][], exact: string[][], note: string,
 *   sums: { label: string, terms: string, sum: string }[], curve: Curve | null }} Value
 * @typedef {{ title: string, most: number, low: number, high: number, line: number[], before: number[],
 *   after: number[] }} Curve
 *
 * One update of the pass that follows an iteration, stage by stage. rows: the numbers in the table of the rows told of, row
 * that of the one looked at; are: of each, why it does not teach now, or "". count: the rows of the batch. before, after:
 * what the network says of these rows before and after the pass, row by row; errors: the mean error before and after it.
 * @typedef {{ iteration: number, rows: number[], row: number, are: string[], count: number, batch: number, batches: number,
 *   stages: Stage[], outputs: string[], before: Float64Array, after: Float64Array, errors: Float64Array }} Stages
 *
 * A stage, for one layer, with a table of numbers. The rows of that are rows of the table or, where there are `froms`, what
 * weights lead from; its columns are units. row, column: the number that is worked out. units: ids of the columns; of weights,
 * of each number. places: of the columns among the units of the layer; inputs: of the rows among what leads to it. more:
 * units that are not told of. totals: of the columns, added up over all rows of the batch. old, new: weights before and after.
 * @typedef {{ stage: string, layer: number, of: string, title: string, what: string, why: string, code: string, worked: string,
 *   columns: string[], froms: string[], units: string[], places: number[], inputs: number[], more: number, row: number,
 *   column: number, values: Float64Array, totals: Float64Array, old: Float64Array, new: Float64Array,
 *   notes: { row: number, column: number, text: string }[], curve: StageCurve | null }} Stage
 *
 * An activation's curve for sums from -most to most, and its slopes for outputs from low to high, or none.
 * @typedef {{ title: string, most: number, low: number, high: number, line: Float64Array, slopes: Float64Array }} StageCurve
 *
 * What a worker says through the port while it runs one, and at the end of it. A program can say anything in its place:
 * web/program/check-message.js checks it. values: of the program that has ended, as the page has asked for them. lacks: the program
 * imports what is in rest.bin: seen in its text, before it has begun, or amid it. closed: it has ended its worker.
 * @typedef {{ printed: Printed[], more: number } | { ended: Ending } | { broken: string } |
 *   { values: Values | null } | { lacks: "before" | "amid" } | { closed: true }} FromProgram
 * @typedef {{ iteration: number, place: number | undefined }} Look  at a program that has ended
 * @typedef {{ text: string, isError: boolean }} Printed  to one of the standard streams
 *
 * What the page tells the frame of such workers: what they are made of, which the frame keeps; to start one, in the place
 * of the one before; to end it; and the question whether it is there. turn: of the worker.
 * What the frame says, to each of them: that it is there; or that a worker has failed, or says what it should not.
 * @typedef {{ code: BlobPart[] } | { module: Bytes } | { start: number } | "end" | "there"} ToFrame
 * @typedef {"here" | { turn: number, broken: string } | { turn: number, strange: true }} FromFrame
 *
 * How a program ended. Lines count from 1, columns from 0; null is unknown. passes of its training loop; null where its
 * values are not known.
 * @typedef {{ status: number, error: ProgramError | null, hints: Hint[], seconds: number, passes: number | null }} Ending
 * @typedef {{ text: string, summary: string, place: Spot | null }} ProgramError  text as Python prints it
 * @typedef {{ line: number, column: number | null, end_line: number, end_column: number | null }} Spot
 * @typedef {{ text: string, line: number | null }} Hint
 *
 * What the page says to a service worker: that a waiting one shall answer from now on, or a question, answered by true
 * or false through the port that comes with it: whether it is there at all, which it says at once, and whether each file of
 * its version is in the cache as it was built.
 * @typedef {"take over" | "are you there" | "are you whole"} ToOffline
 */

/** The name of the error by which the worker says that Python is of no use any more. Its message is for the learner. */
export const FATAL_ERROR = "FatalError";
export const SANDBOXED = "apart"; // the name of a worker that can reach nothing
/** What worker.js calls itself when it has run, and its first message, by which the page knows that it has. */
export const WORKER_READY = "tenlinesIsHere";
/** What a worker that holds no lock says before Python keeps it from answering, and after. */
export const AT_WORK = "tenlinesIsAtWork";
export const AT_REST = "tenlinesIsAtRest";

/**
 * One frame of an answer.
 * @param {Progress} progress
 * @param {number} index  negative counts from the end
 * @returns {Frame}
 */
export function frameAt({ iterations, numbers, outputs, parameters, state_size }, index) {
  const size = numbers.length / iterations.length;
  const end = state_size + outputs;
  const at = index < 0 ? iterations.length + index : index;
  const frame = numbers.subarray(at * size, (at + 1) * size);
  return {
    iteration: iterations[at] ?? 0,
    state: frame.subarray(0, state_size),
    weights: frame.subarray(0, parameters),
    outputs: frame.subarray(state_size, end),
    error: frame[end] ?? 0,
    ...(size > end + 1 && { held_out_error: frame[end + 1] }),
  };
}
