/**
 * @file What the stages of a pass are made of: the columns of the table, the lines and the units of the drawing that have to
 * do with each. A stage is named with its layer, from 1 at the inputs, as in "sum 1" (py/tenlines/explain/code_stages.py).
 * @import { Outline } from "./protocol.js"
 */

import { STAGES } from "./settings.generated.js";

/**
 * inputs, wanted, says: whether the table's columns of that kind are. lines: the layer whose weights are, 0 for none.
 * units: the column of the drawing whose units are, null for none; the inputs are column 0.
 * @typedef {{ inputs: boolean, wanted: boolean, says: boolean, lines: number, units: number | null }} Parts
 */

/** @type {Parts} */
export const NO_PARTS = { inputs: false, wanted: false, says: false, lines: 0, units: null };

/**
 * @param {string | null} stage
 * @param {number} last  the layer of the outputs
 * @returns {Parts}
 */
export function partsOf(stage, last) {
  const [kind, text] = (stage ?? "").split(" ");
  const layer = Number(text);
  const isLast = layer === last;
  if (kind === "batch") return { ...NO_PARTS, inputs: true, wanted: true };
  if (!(layer <= last)) return NO_PARTS;
  switch (kind) {
    case "sum":
      return { ...NO_PARTS, inputs: layer === 1, lines: layer };
    case "squeeze":
      return { ...NO_PARTS, says: isLast, units: layer };
    case "compare":
      return isLast
        ? { ...NO_PARTS, wanted: true, says: true, units: layer }
        : { ...NO_PARTS, lines: layer + 1 };
    case "slope":
    case "blame":
      return { ...NO_PARTS, units: layer };
    default: // of adjust, and of what an optimizer keeps for each weight
      return { ...NO_PARTS, lines: layer };
  }
}

/**
 * The title of a stage: with its layer where the program has several.
 * @param {string} stage
 * @param {Outline | null} outline  of the program
 */
export function stageTitle(stage, outline) {
  const [kind = "", layer] = stage.split(" ");
  const layers = (outline?.expressions ?? []).map((one) => Number(one.stage.split(" ")[1] ?? 1));
  const last = Math.max(1, ...layers);
  const isHandedBack = kind === "compare" && Number(layer) < last;
  const title = STAGES[isHandedBack ? "hand back" : kind] ?? kind.charAt(0).toUpperCase() + kind.slice(1);
  if (!layer || last === 1) return title;
  return `${title}, ${Number(layer) === last ? "outputs" : `hidden layer ${layer}`}`;
}
