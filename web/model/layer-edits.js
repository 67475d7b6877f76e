/**
 * @file Edits of the hidden layers where they stand in the drawing.
 * @import { Problem } from "./protocol.js"
 */
import { addLayer } from "./edits.js";
import { settingAt, withSetting } from "./settings.js";

const HIDDEN = "network.hidden";
const { most: MOST_LAYERS = 0, layer = {} } = settingAt(HIDDEN);
const MOST_UNITS = layer.units?.high ?? 1;

/** @param {Problem} problem */
export const canAddLayer = ({ network }) => network.hidden.length < MOST_LAYERS;

/**
 * @param {Problem} problem
 * @param {number} place  which it becomes; those from there on move towards the outputs
 */
export function insertLayer(problem, place) {
  const { hidden } = problem.network;
  const added = addLayer(problem).network.hidden.slice(-1);
  return withSetting(problem, HIDDEN, [...hidden.slice(0, place), ...added, ...hidden.slice(place)]);
}

/**
 * The problem with more or fewer units in a hidden layer; null where it cannot have so many, or what is typed there is no
 * number.
 * @param {Problem} problem
 * @param {number} place  of the layer
 * @param {number} more
 */
export function withUnits(problem, place, more) {
  const units = problem.network.hidden[place]?.units;
  const next = typeof units === "number" ? units + more : 0;
  const isPossible = Number.isInteger(next) && next >= 1 && next <= MOST_UNITS;
  return isPossible ? withSetting(problem, `${HIDDEN}.${place + 1}.units`, next) : null;
}
