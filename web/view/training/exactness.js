/**
 * @file How exact a run's numbers are, in words: both engines, their times and whether they agree; and whether rounding errors
 * can be seen in its answers.
 * @import { RunState } from "../../model/run.js"
 */
import { duration } from "../../model/words.js";

const SENSITIVE =
  "Sensitive to rounding: the last bit of the first weights changes the result, so that another machine may get " +
  "another one. A smaller learning rate helps.";

const SEEN = 5e-6; // a change that the five decimals of an answer show
const EQUAL = 1e-9; // what two engines may be apart where rounding decides nothing

/**
 * loud: what is said without being asked for; quiet: what is said of rounding where that is asked for.
 * @param {RunState} run
 */
export function exactnessOf(run) {
  const rounding = run.sensitive ? SENSITIVE : "";
  const isLoud = (run.shifts ?? 0) >= SEEN;
  return { engines: enginesSentence(run), quiet: isLoud ? "" : rounding, loud: isLoud ? rounding : "" };
}

/**
 * Both engines and their times, and whether they agree.
 * @param {RunState} run
 */
function enginesSentence({ engine, seconds, reference, fallback, sensitive }) {
  if (fallback) return `The compiled engine could not train this, so NumPy did. ${fallback}`;
  if (!engine) return "";
  if (engine === "numpy") return `NumPy ${duration(seconds)}.`;
  if (!reference) return `Compiled ${duration(seconds)}.`;
  const times = `NumPy ${duration(reference.seconds)}, compiled ${duration(seconds)}`;
  if (reference.apart <= EQUAL) return `${times}, same weights to ${power(reference.apart)}.`;
  return sensitive
    ? `${times}; they differ by ${power(reference.apart)}, as rounding may.`
    : `${times}; they differ by ${power(reference.apart)}. Rounding can grow so where units are saturated, near 0 or 1.`;
}

/** @param {number} apart */
const power = (apart) => (apart === 0 ? "the last bit" : `1e${Math.ceil(Math.log10(apart))}`);
