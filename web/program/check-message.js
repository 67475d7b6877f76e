/**
 * @file Validates the messages of a program's worker. A program can send anything through that channel, so nothing is
 * used unchecked.
 * @import { Curve, Ending, FromFrame, FromProgram, Place, Value, Values } from "../model/protocol.js"
 * @import { Shape } from "../model/shapes.js"
 */
import { MOST_OUTPUT } from "../model/program-run.js";
import {
  boolean,
  byField,
  count,
  list,
  MisfitError,
  number,
  oneOf,
  orNull,
  record,
  text,
} from "../model/shapes.js";

// Characters, twice as many as py/tenlines/learner/run.py leaves: there an emoji is one, here two.
const MOST_ERROR = 220_000;
const MOST_SENTENCE = 4000;
const MOST_HINTS = 10;
const MOST_LINES = 10_000;
const [MOST_ROWS, MOST_COLUMNS] = [20, 12]; // as py/tenlines/trace/format.py shows them
const MOST_SUMS = 24;
const MOST_STEPS = 500;

const short = text(1000);
const sentence = text(MOST_SENTENCE);
const cells = list(list(short, MOST_COLUMNS), MOST_ROWS);
const points = list(number, MOST_ROWS * MOST_COLUMNS);

/** @type {Shape<Curve>} */
const curve = record({
  title: short,
  most: number,
  low: number,
  high: number,
  line: points,
  before: points,
  after: points,
});

/** @type {Shape<Value>} */
const value = record({
  shape: short,
  kind: short,
  note: short,
  cells,
  exact: cells,
  sums: list(record({ label: short, terms: sentence, sum: short }), MOST_SUMS),
  curve: orNull(curve),
});

/** @type {Shape<Place>} */
const place = (found, where) => {
  const [line, from, last, to] = list(count, 4)(found, where);
  if (to === undefined) throw new MisfitError(where, "a list of 4", found);
  return [line, from, last, to];
};

/** @type {Shape<Values>} */
const values = record({
  lines: list(record({ line: count, text: short, shape: short, kind: short }), MOST_LINES),
  walk: list(place, MOST_STEPS),
  selected: orNull(value),
});

const spot = record({ line: count, column: orNull(count), end_line: count, end_column: orNull(count) });

/** @type {Shape<Ending>} */
const ending = record({
  status: number,
  seconds: number,
  passes: orNull(count),

  error: orNull(record({ text: text(MOST_ERROR), summary: sentence, place: orNull(spot) })),
  hints: list(record({ text: sentence, line: orNull(count) }), MOST_HINTS),
});

/** @type {Shape<FromProgram>} */
const fromProgram = byField({
  broken: record({ broken: text(MOST_ERROR) }),
  printed: record({ printed: list(record({ text: text(MOST_OUTPUT), isError: boolean })), more: count }),
  closed: record({ closed: oneOf(/** @type {const} */ (true)) }),
  lacks: record({ lacks: oneOf("before", "amid") }),
  values: record({ values: orNull(values) }),
  ended: record({ ended: ending }),
});

const turn = count; // of the worker that it is about
const ofWorker = byField({
  broken: record({ turn, broken: text(Number.POSITIVE_INFINITY) }),
  strange: record({ turn, strange: oneOf(/** @type {const} */ (true)) }),
});

/** @type {Shape<FromFrame>} */
const fromFrame = (found, place) => (found === "here" ? found : ofWorker(found, place));

/** @param {unknown} message  of the frame itself. Throws MisfitError. */
export const parseFrameMessage = (message) => fromFrame(message, "message");

/**
 * @param {unknown} message
 * @returns {FromProgram}  Throws MisfitError for what no worker of ours says.
 */
export function parseWorkerMessage(message) {
  const parsed = fromProgram(message, "message");
  const selected = "values" in parsed ? parsed.values?.selected : null;
  if (selected) {
    isAsLong(selected.exact, selected.cells, "exact");
    if (selected.curve) isAsLong(selected.curve.after, selected.curve.before, "curve.after");
  }
  return parsed;
}

/** @param {unknown[]} one @param {unknown[]} other @param {string} name */
function isAsLong(one, other, name) {
  if (one.length !== other.length)
    throw new MisfitError(`message.values.selected.${name}`, `a list of ${other.length}`, one);
}
