/**
 * @file What can be pointed at in the drawing, each under a key; and the order in which the arrow keys go through it.
 * @import { Layer, Shape } from "../../model/network-shape.js"
 * @import { Layout } from "./geometry.js"
 */
import { rowsOf } from "../../model/network-shape.js";

/**
 * A unit (or an input), a weight, drawn as a line or as a cell of a matrix, or a matrix as a whole.
 * @typedef {{ kind: "unit", column: number, unit: number } |
 *   { kind: "weight", layer: Layer, from: number, to: number } | { kind: "matrix", layer: Layer }} Thing
 */

/** @param {number} column @param {number} unit */
export const unitKey = (column, unit) => `u:${column}:${unit}`;
/** @param {Layer} layer @param {number} from @param {number} to */
export const weightKey = ({ number }, from, to) => `w:${number}:${from}:${to}`;
/** @param {Layer} layer */
export const matrixKey = ({ number }) => `m:${number}`;

/**
 * @param {Shape} shape
 * @param {string | null} key
 * @returns {Thing | null}  null where the network has no such thing, or no longer
 */
export function thingAt(shape, key) {
  if (key === null) return null;
  const [kind, first, second, third] = key.split(":");
  const [place, from, to] = [Number(first), Number(second), Number(third)];
  if (kind === "u")
    return from < (shape.columns[place]?.names.length ?? 0)
      ? { kind: "unit", column: place, unit: from }
      : null;
  const layer = shape.layers[place - 1];
  if (!layer) return null;
  if (kind === "m") return { kind: "matrix", layer };
  return from < rowsOf(layer) && to < layer.units ? { kind: "weight", layer, from, to } : null;
}

/**
 * The keys of all that is drawn, as it is read: the inputs, and each unit after the lines that lead to it.
 * @param {Shape} shape
 * @param {Layout} layout
 */
export function keysOf({ columns, layers }, { places, between }) {
  const keys = places[0].boxes.map((_, unit) => unitKey(0, unit));
  for (const layer of layers) {
    const isMatrix = between[layer.number - 1].matrix !== null;
    if (isMatrix) keys.push(matrixKey(layer));
    for (let unit = 0; unit < places[layer.number].boxes.length; unit++) {
      if (!isMatrix) for (let from = 0; from < rowsOf(layer); from++) keys.push(weightKey(layer, from, unit));
      keys.push(unitKey(columns[layer.number].number, unit));
    }
  }
  return keys;
}
