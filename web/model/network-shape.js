/**
 * @file The columns and layers of a problem's network, and the place of each weight: in a frame, in the program that
 * py/tenlines/program/write.py makes, and in words.
 * @import { Problem } from "./protocol.js"
 */

/**
 * What stands one above the other: the inputs, the units of a hidden layer, or the outputs. number: of the layer that they
 * are the units of, 0 for the inputs. first: of its units among all hidden ones.
 * @typedef {{ number: number, kind: "input" | "hidden" | "output", names: string[], activation: string, first: number }} Column
 */

/**
 * The weights between a column and the next one. at: of the first among a frame's weights; they follow row by row, one row
 * for each input and then one for the bias. weights, bias: what the program calls them.
 * @typedef {{ number: number, inputs: number, units: number, hasBias: boolean, at: number, weights: string, bias: string }} Layer
 */

/** @typedef {{ columns: Column[], layers: Layer[], hidden: number, parameters: number }} Shape */

/** @type {WeakMap<Problem, Shape>} */
const shapes = new WeakMap();

/**
 * @param {Problem} problem  one that Python has taken
 * @returns {Shape}
 */
export function shapeOf(problem) {
  const known = shapes.get(problem) ?? made(problem);
  shapes.set(problem, known);
  return known;
}

/** @param {Problem} problem @returns {Shape} */
function made({ table, network }) {
  let hidden = 0;
  /** @type {Column[]} */
  const columns = [{ number: 0, kind: "input", names: table.inputs, activation: "", first: 0 }];
  for (const [place, { units, activation }] of network.hidden.entries()) {
    const names = Array.from({ length: Number(units) }, (_, unit) => `h${place + 1}.${unit + 1}`);
    columns.push({ number: place + 1, kind: "hidden", names, activation, first: hidden });
    hidden += names.length;
  }
  const number = columns.length;
  columns.push({ number, kind: "output", names: table.outputs, activation: network.output, first: hidden });

  let at = 0;
  const layers = columns.slice(1).map(({ number, names }, place) => {
    const inputs = columns[place]?.names.length ?? 0;
    const [weights, bias] =
      columns.length === 2 ? ["synaptic_weights", "bias"] : [`weights${number}`, `bias${number}`];
    const layer = { number, inputs, units: names.length, hasBias: network.bias, at, weights, bias };
    at += layer.units * rowsOf(layer);
    return layer;
  });
  return { columns, layers, hidden, parameters: at };
}

/** How many weights lead to a unit, its bias included. @param {Layer} layer */
export const rowsOf = ({ inputs, hasBias }) => inputs + Number(hasBias);

/**
 * Among a frame's weights.
 * @param {Layer} layer
 * @param {number} from  the bias comes after the last input
 * @param {number} to
 */
export const placeOf = ({ at, units }, from, to) => at + from * units + to;

/**
 * Where it stands in the program: weights2[2, 0], bias1[1].
 * @param {Layer} layer
 * @param {number} from
 * @param {number} to
 */
export const inProgram = ({ inputs, weights, bias }, from, to) =>
  from < inputs ? `${weights}[${from}, ${to}]` : `${bias}[${to}]`;

/**
 * What a weight leads from and to, for people.
 * @param {Shape} shape
 * @param {Layer} layer
 * @param {number} from
 * @param {number} to
 * @returns {[string, string]}
 */
export const endsOf = ({ columns }, { number }, from, to) => [
  columns[number - 1]?.names[from] ?? "+1",
  columns[number]?.names[to] ?? "",
];

/**
 * A weight as a program that reads the page finds it: LAYER:FROM:TO.
 * @param {Shape} shape
 * @param {Layer} layer
 * @param {number} from
 * @param {number} to
 */
export function weightId({ columns }, { number, inputs }, from, to) {
  const [before, after] = [columns[number - 1], columns[number]];
  const start = from < inputs && before ? unitId(before, from) : "+1";
  return `${number}:${start}:${after ? unitId(after, to) : ""}`;
}

/** @param {Column} column @param {number} unit */
const unitId = ({ kind, names }, unit) =>
  kind === "hidden" ? String(unit + 1) : encodeURIComponent(names[unit] ?? "");

/**
 * What goes into a unit's activation.
 * @param {Layer} layer
 * @param {number} to
 * @param {ArrayLike<number>} weights  a frame's
 * @param {ArrayLike<number>} values  of the column before
 */
export function sumInto(layer, to, weights, values) {
  let sum = 0;
  for (let from = 0; from < layer.inputs; from++)
    sum += (weights[placeOf(layer, from, to)] ?? 0) * (values[from] ?? 0);
  return layer.hasBias ? sum + (weights[placeOf(layer, layer.inputs, to)] ?? 0) : sum;
}
