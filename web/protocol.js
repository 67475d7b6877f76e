/**
 * Every shape that passes between the threads. The problem object is the page's state, the saved file and the
 * terminal's input alike; py/tenlines/problem.py checks it and holds the defaults.
 *
 * A cell is null where it is unknown (`?`). What was typed and is not a number stays as text: Python refuses it by name.
 * @typedef {number | null | string} Cell
 * @typedef {{ inputs: string[], outputs: string[], rows: Cell[][] }} Table
 * @typedef {{ hidden: { units: number, activation: string }[], output: string, bias: boolean }} Network
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
 * frames fell due since the last answer; current is the state reached; seconds is the time spent training so far.
 * @typedef {{ frames: Frame[], current: Frame, done: boolean, diverged: number | null, seconds: number }} Progress
 *
 * How far a finished run moves when its first weights move by one ulp.
 * @typedef {{ done: boolean, moved: number }} Checked
 *
 * @typedef {{ step: string, loaded: number, total: number }} Loading
 *
 * @typedef {object} Door  what the worker offers
 * @property {(base: string, report: (loading: Loading) => void) => Promise<void>} boot
 * @property {(problem: string) => Promise<Progress | Refused>} start
 * @property {(seconds: number) => Promise<Progress | Refused>} advance
 * @property {(seconds: number) => Promise<Checked | Refused>} check
 * @property {(file: Uint8Array) => Promise<{ table: Table } | Refused>} readTable
 * @property {(text: string) => Promise<{ table: Table } | { block: Cell[][] } | Refused>} readPaste
 * @property {(table: string) => Promise<{ text: string } | Refused>} writeTable
 */

export {};
