/**
 * @file What the one file opens with: written into it by web/copy.js, or by anybody, so never trusted.
 * @import { Problem } from "./protocol.js"
 */
import { POST } from "./state.js";

/** @returns {object | null} what the page's start block says; null where there is none, or nothing to be had from it */
export function bakedStart() {
  try {
    const start = JSON.parse(document.getElementById("start")?.textContent ?? "");
    const isObject = typeof start === "object" && start !== null && !Array.isArray(start);
    return isObject && Object.keys(start).length > 0 ? start : null;
  } catch {
    return null;
  }
}

/** @returns {Problem | null} the problem in it, if it has the shape of one; what is in that, Python checks */
export function bakedProblem() {
  const problem = /** @type {any} */ (bakedStart())?.problem;
  return isProblem(problem) ? problem : null;
}

/**
 * @param {any} problem
 * @returns {problem is Problem}
 */
function isProblem(problem) {
  const { table, network, training } = problem ?? {};
  const texts = (/** @type {any} */ list) =>
    Array.isArray(list) && list.every((text) => typeof text === "string");
  if (!texts(table?.inputs) || !texts(table.outputs) || !Array.isArray(table.rows)) return false;
  const width = table.inputs.length + table.outputs.length;
  const isCell = (/** @type {any} */ cell) => cell === null || ["number", "string"].includes(typeof cell);
  const isRow = (/** @type {any} */ row) => Array.isArray(row) && row.length === width && row.every(isCell);
  const isLayer = (/** @type {any} */ layer) => isCell(layer?.units) && typeof layer.activation === "string";
  const isSame = (/** @type {any} */ one, /** @type {object} */ other) =>
    typeof one === "object" && String(Object.keys(one ?? {}).sort()) === String(Object.keys(other).sort());
  return (
    table.rows.every(isRow) &&
    isSame(problem, POST) &&
    isSame(network, POST.network) &&
    Array.isArray(network.hidden) &&
    network.hidden.every(isLayer) &&
    typeof network.output === "string" &&
    typeof network.bias === "boolean" &&
    isSame(training, POST.training) &&
    Object.values(training).every(isCell)
  );
}
