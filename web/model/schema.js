/**
 * @file The shape of a problem in links, saved tables and files, and the check of what comes back from them. It only
 * protects the views; Python checks the values and words the errors.
 * @import { Problem, Table } from "./protocol.js"
 * @import { Setting } from "./settings.js"
 */
import { MOST_COLUMNS, MOST_NAME, POST, SETTINGS } from "./settings.generated.js";
import { grouped } from "./words.js";

export { MOST_COLUMNS, MOST_NAME };

const MOST_CELLS = 1_000_000; // more than a page can hold

/** @typedef {(value: unknown) => boolean} Check */

/** @type {(...allowed: unknown[]) => Check} */
const oneOf =
  (...allowed) =>
  (value) =>
    allowed.includes(value);
/** @type {Check} */
const isNumber = (value) => typeof value === "number" && Number.isFinite(value);
/** @type {Check} */
const isText = (value) => typeof value === "string";
/** @type {Check} */
const isName = (value) => typeof value === "string" && value.length <= MOST_NAME;
/** @type {Check} a number, or what was typed instead of one */
const isTyped = (value) => isNumber(value) || isText(value);
/** @type {(check: Check) => Check} */
const orNull = (check) => (value) => value === null || check(value);
/** @type {(check: Check, most?: number) => Check} */
const listOf =
  (check, most = Infinity) =>
  (value) =>
    Array.isArray(value) && value.length <= most && value.every(check);

/**
 * @param {Setting} setting
 * @returns {Check}
 */
function checkOf({ kind, choices = [], isOptional, most, layer = {} }) {
  if (kind === "layers") return listOf(isLayerOf(checksOf(layer)), most);
  if (kind === "choice") return oneOf(...choices.map(([value]) => value));
  if (kind === "switch") return oneOf(true, false);
  return isOptional ? orNull(isTyped) : isTyped;
}

/** @param {Record<string, Setting>} settings @returns {Record<string, Check>} */
const checksOf = (settings) =>
  Object.fromEntries(Object.entries(settings).map(([name, setting]) => [name, checkOf(setting)]));

/** @type {(checks: Record<string, Check>) => Check} */
const isLayerOf = (checks) => (value) =>
  isPlain(value) &&
  Object.keys(value).length === Object.keys(checks).length &&
  Object.entries(checks).every(([key, check]) => check(value[key]));

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
export const isPlain = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** @type {Record<string, Record<string, Check>>} */
const SHAPE = {
  table: {
    inputs: listOf(isName, MOST_COLUMNS),
    outputs: listOf(isName, MOST_COLUMNS),
    rows: listOf(listOf(orNull(isTyped))),
  },
  ...Object.fromEntries(Object.entries(SETTINGS).map(([part, settings]) => [part, checksOf(settings)])),
};

/**
 * A problem from parsed JSON; missing parts are those of the post. Throws an Error that names the part that is wrong.
 * @param {unknown} data
 * @returns {Problem}
 */
export function problemFrom(data) {
  const parts = known("a problem", data, SHAPE);
  /** @type {Record<string, unknown>} */
  const problem = {};
  for (const [name, fields] of Object.entries(SHAPE)) {
    const given = known(name, parts[name] ?? {}, fields);
    for (const [key, value] of Object.entries(given)) {
      if (!fields[key]?.(value)) throw new Error(`${name}.${key} is not what it should be`);
    }
    problem[name] = { .../** @type {any} */ (POST)[name], ...given };
  }
  const { table } = /** @type {Problem} */ (problem);
  const width = table.inputs.length + table.outputs.length;
  if (table.rows.some((row) => row.length !== width))
    throw new Error(`not every row of the table has ${width} cells`);
  if (width > MOST_COLUMNS || width * table.rows.length > MOST_CELLS)
    throw new Error(
      `its table is larger than ${grouped(MOST_CELLS)} cells or ${grouped(MOST_COLUMNS)} columns`,
    );
  return /** @type {Problem} */ (problem);
}

/**
 * A problem with its code and name from parsed JSON; "" where there is none.
 * @param {unknown} data
 * @returns {{ problem: Problem, code: string, name: string }}
 */
export function openedFrom(data) {
  if (!isPlain(data)) return { problem: problemFrom(data), code: "", name: "" };
  const { code = "", name = "", ...problem } = data;
  if (typeof code !== "string") throw new Error("code is not what it should be");
  if (!isName(name)) throw new Error("name is not what it should be");
  return { problem: problemFrom(problem), code, name: String(name) };
}

/**
 * @param {string} what
 * @param {unknown} data
 * @param {object} fields
 */
function known(what, data, fields) {
  if (!isPlain(data)) throw new Error(`${what} is not what it should be`);
  const other = Object.keys(data).find((key) => !Object.hasOwn(fields, key));
  if (other !== undefined) throw new Error(`${other.slice(0, 40)} is not known here`);
  return data;
}

/**
 * A problem without the parts that are as in the post; the inverse of `problemFrom`.
 * @param {Problem} problem
 */
export function withoutDefaults(problem) {
  /** @type {Record<string, Record<string, unknown>>} */
  const kept = {};
  for (const [name, fields] of Object.entries(SHAPE)) {
    const [part, usual] = [problem, POST].map((each) => /** @type {any} */ (each)[name]);
    const differs = Object.keys(fields).filter((key) => !isSame(part[key], usual[key]));
    if (differs.length > 0) kept[name] = Object.fromEntries(differs.map((key) => [key, part[key]]));
  }
  return kept;
}

/**
 * Whether two values have the same JSON.
 * @param {unknown} one
 * @param {unknown} other
 */
export const isSame = (one, other) => one === other || JSON.stringify(one) === JSON.stringify(other);

/**
 * @param {Problem} one
 * @param {Problem} other  of another size that is soon known
 */
export const isSameProblem = (one, other) =>
  one.table.rows.length === other.table.rows.length && isSame(one, other);
