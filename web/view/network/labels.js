/**
 * @file The drawing in words: what a line, a unit and a matrix are called, and their numbers as people read them.
 * @import { Layer } from "../../model/network-shape.js"
 * @import { Seen } from "./seen.js"
 */
import { fitOf, isBinary } from "../../model/fit.js";
import { endsOf, placeOf } from "../../model/network-shape.js";
import { REACH } from "../../model/settings.generated.js";
import { truthWords } from "../../model/truth.js";
import { answerText, signed, wordFor } from "../../model/words.js";
import { saidOf, valueIn } from "./seen.js";

const DIGITS = 5; // of a number in the table, where it has more

/** A number of the table, as short as it can be read. @param {number} value */
export function plainText(value) {
  if (Number.isNaN(value)) return "?";
  if (!Number.isFinite(value)) return "too large";
  const text = String(value);
  return (text.length > DIGITS + 2 ? String(Number(value.toPrecision(DIGITS))) : text).replaceAll("-", "−");
}

/** A value that the network works out. @param {number | null} value */
export const valueText = (value, places = 5) =>
  value === null ? "–" : answerText(value, places).replace("-", "−");

/** @param {number} weight */
export const weightText = (weight) => (Number.isFinite(weight) ? signed(weight) : "not a number");

/** @param {string} name @param {number} most  characters */
export function cut(name, most) {
  const characters = [...name];
  return characters.length > most ? `${characters.slice(0, most - 1).join("")}…` : name;
}

/** @typedef {{ from: number, to: number, weight: number, value: number | null, product: number, ends: [string, string] }} Line */

/**
 * A weight, and what flows through it.
 * @param {Seen} seen
 * @param {Layer} layer
 * @param {number} from
 * @param {number} to
 * @returns {Line}
 */
export function lineOf(seen, layer, from, to) {
  const { frame, shape } = seen;
  const weight = frame.weights[placeOf(layer, from, to)];
  const isBias = from >= layer.inputs;
  const value = isBias ? 1 : valueIn(seen, shape.columns[layer.number - 1], from);
  const product = weight * (value ?? Number.NaN);
  return { from, to, weight, value, product, ends: endsOf(shape, layer, from, to) };
}

/** @param {Line} line  −5.96 × 1 = −5.96 */
export function productText({ weight, value, product }) {
  const said = value === null ? "–" : plainText(rounded(value));
  return `${weightText(weight)} × ${said} = ${Number.isFinite(product) ? signed(product) : "–"}`;
}

/** @param {number} value  of a unit, in a formula */
const rounded = (value) => (Number.isInteger(value) ? value : Number(value.toPrecision(4)));

/** @param {Line} line */
export function lineLabel({ weight, value, product, ends: [from, to] }) {
  const flows =
    value === null || !Number.isFinite(product)
      ? ""
      : `, times ${plainText(rounded(value))} is ${signed(product)}`;
  return `${from === "+1" ? "bias" : from} to ${to}: weight ${weightText(weight)}${flows}`;
}

/** @param {Seen} seen @param {number} column @param {number} unit */
export function unitLabel(seen, column, unit) {
  const place = seen.shape.columns[column];
  const value = valueIn(seen, place, unit);
  const name = place.names[unit];
  if (place.kind === "input") return `Input ${name}: ${value === null ? "no number" : plainText(value)}`;
  const word = place.kind === "output" ? wordOf(seen, unit) : "";
  const kind = place.kind === "output" ? "Output" : "Unit";
  return `${kind} ${name}: ${[value === null ? "no value" : valueText(value), word].filter(Boolean).join(", ")}`;
}

/** @param {Seen} seen */
export const fitIn = ({ run, frame }) => fitOf({ ...run, frame });

/** What an answer is worth, in words. @param {Seen} seen @param {number} output */
export function wordOf(seen, output) {
  const { problem, shape, row, unsettled } = seen;
  const value = valueIn(seen, shape.columns[shape.columns.length - 1], output);
  const isSettled = !unsettled.value.has(row * problem.table.outputs.length + output);
  return value === null ? "" : wordFor(value, isBinary(problem.table, output), fitIn(seen), isSettled);
}

/**
 * What a unit has become, where all inputs are 0 or 1; "" where there is nothing to say.
 * @param {Seen} seen
 * @param {number} column
 * @param {number} unit
 */
export function becomeWords(seen, column, unit) {
  const place = seen.shape.columns[column];
  const said = seen.plan.cases.count > 0 ? saidOf(seen, place, unit, seen.plan.cases) : null;
  if (!said || !Array.from(said).every(Number.isFinite)) return "";
  const { low, high } = REACH[place.activation] ?? { low: null, high: null };
  const isShare = low === 0 && high === 1;
  if (low !== null && high === null && Array.from(said).every((value) => value > low)) return ""; // it never says 0
  const isOutput = place.kind === "output" && isBinary(seen.problem.table, unit);
  const middle = isShare || isOutput ? 0.5 : 0;
  const one = isShare || isOutput ? "1" : "above 0";
  return truthWords(
    Array.from(said, (value) => value > middle),
    seen.problem.table.inputs,
    one,
  );
}
