/**
 * @file The status sentence, for the eye and for screen readers alike.
 * @import { RunState } from "../../model/run.js"
 * @import { State } from "../../state/state.js"
 */
import { fitOf, isBinary } from "../../model/fit.js";
import { iterationsOf } from "../../model/timescale.js";
import {
  answerText,
  counted,
  duration,
  grouped,
  notLearned,
  shortenedText,
  timeLeft,
  wordFor,
} from "../../model/words.js";

const WAITS = "Step into begins as soon as the values of the program are there.";
const MOST_ANSWERS = 3; // and names
const LONG = 2; // seconds left from which they are said

/** @param {State} state */
export function statusText(state) {
  const notice = state.notice.value;
  const run = state.run.value;
  // What is refused has never run: it is said as well.
  const isUnderWay = run.problem !== state.problem.value && run.phase !== "refused";
  if (notice && (notice.isError || isUnderWay)) return notice.text;
  if (state.walk.isWaiting.value) return WAITS;
  const news = run.phase === "before" ? before(state) : ofRun(run, state.unsettled.value);
  return notice ? `${notice.text} ${news}` : news;
}

/** @param {State} state */
export const isProblem = (state) =>
  state.notice.value?.isError === true || ["refused", "diverged"].includes(state.run.value.phase);

/** @param {State} state */
function before(state) {
  if (state.engine.value.phase === "failed")
    return "Nothing can be trained until Python is there: press Retry.";
  return state.run.value.problem === state.problem.value
    ? "Row 5, y: 0.99994, likely 1, worked out beforehand. Python is loading and will train it here."
    : "Python is loading. Your table trains as soon as it is there.";
}

/** @param {RunState} run @param {Set<number>} unsettled  places that the table does not settle */
function ofRun(run, unsettled) {
  const answers = () => answersOf(run, unsettled);
  const iteration = grouped(run.frame?.iteration ?? 0);
  switch (run.phase) {
    case "running": {
      const left = secondsLeft(run);
      return left >= LONG ? `${TRAINING}: ${timeLeft(left)} left. Stop ends it.` : `${TRAINING}…`;
    }
    case "stopped":
      return `Stopped at iteration ${iteration}. Train goes on from here, Reset goes back to the start.`;
    case "reset":
      return `Back at iteration 0, the random start. ${answers()}`;
    case "given":
      return `${answers()} These are the weights that came with the link, of iteration ${iteration}.`;
    case "hand":
      return `${answers()} Weights set by hand, at iteration ${iteration}. Train goes on from them, Undo takes the change back, Reset begins again at the random start.`;
    case "sought":
      return `${answers()} At iteration ${iteration} of ${grouped(iterationsOf(run))}${fromHand(run)}.`;
    case "refused":
      return run.refusal?.message ?? "";
    case "diverged": {
      const { learning_rate: rate, l1, l2 } = run.problem.training;
      const penalties = Object.entries({ L2: l2, L1: l1 }).filter(([, strength]) => Number(strength) > 0);
      const causes = [`learning rate ${rate}`, ...penalties.map((pair) => pair.join(" "))];
      return (
        `At iteration ${grouped(run.diverged ?? 0)} the numbers grew too large to compute with. ` +
        `The ${causes.join(" or ")} is too high for this table: ` +
        `make it smaller, or undo. This is iteration ${iteration}.`
      );
    }
    default: {
      const instead = run.fallback ? " by NumPy: the compiled engine failed" : "";
      const iterations = counted((run.frame?.iteration ?? 0) - (run.hand?.iteration ?? 0), "iteration");
      const trained = `Trained ${iterations} in ${duration(run.seconds)}${instead}${fromHand(run)}.`;
      return `${answers()} ${trained}${heldOut(run)}`.trimStart();
    }
  }
}

/** @param {RunState} run */
const fromHand = ({ hand }) => (hand ? ", from weights set by hand" : "");

/** @param {RunState} run */
function heldOut({ heldOut: rows, frame }) {
  const error = frame?.held_out_error;
  return error === undefined
    ? ""
    : ` Mean error ${answerText(error)} on ${counted(rows.size, "row")} held out, ${answerText(frame?.error ?? 0)} on the others.`;
}

/** By what has passed so far; 0 where nothing has yet. @param {RunState} run */
const secondsLeft = (run) =>
  run.trained > 0 ? (run.seconds / run.trained) * (iterationsOf(run) - run.trained) : 0;

/** How the sentence on a training under way begins. */
export const TRAINING = "Training";

/** "Row 5, y: 0.99994, likely 1." @param {RunState} run @param {Set<number>} unsettled */
function answersOf(run, unsettled) {
  const { table, network } = run.problem;
  const { frame } = run;
  const first = table.inputs.length;
  /** @type {string[]} */
  const said = [];
  let asked = 0;
  const fit = fitOf(run);
  table.rows.forEach((row, at) => {
    if (!row.includes(null, first)) return;
    const shareOf = (/** @type {number} */ output) => frame?.outputs[at * table.outputs.length + output] ?? 0;
    const outputs = table.outputs.flatMap((_, output) => (row[first + output] === null ? [output] : []));
    // The outputs of a row compete for a share of 1: what it most likely is comes first.
    if (network.output === "softmax") outputs.sort((one, other) => shareOf(other) - shareOf(one));
    asked += outputs.length;
    for (const output of outputs.slice(0, MOST_ANSWERS - said.length)) {
      const value = shareOf(output);
      const isSettled = !unsettled.has(at * table.outputs.length + output);
      const word = fit.wrong > 0 ? "" : wordFor(value, isBinary(table, output), fit, isSettled);
      said.push(
        `Row ${at + 1}, ${shortenedText(table.outputs[output] ?? "")}: ${answerText(value)}${word ? `, ${word}` : ""}.`,
      );
    }
  });
  if (asked === 0) said.push("No cell is ?: put ? where you want the network’s answer.");
  if (asked > said.length) said.push(`And ${grouped(asked - said.length)} more.`);
  if (fit.wrong > 0) said.push(`I${notLearned(fit).slice(1)}.`);
  if (run.advice) said.push(run.advice);
  if (asked === 0) return said.join(" ");
  const untaught = table.outputs.filter((_, output) =>
    table.rows.every((row) => row[first + output] === null),
  );
  if (untaught.length > 0) said.push(untaughtSentence(untaught));
  return said.join(" ");
}

/** @param {string[]} outputs  without a known cell */
function untaughtSentence(outputs) {
  const names = outputs.slice(0, MOST_ANSWERS).map((name) => shortenedText(name));
  const more = outputs.length - names.length;
  if (more > 0) names.push(counted(more, "more output"));
  const last = names.pop();
  return names.length > 0
    ? `${names.join(", ")} and ${last} have no known cells to learn from: their answers are the random start’s.`
    : `${last} has no known cell to learn from: its answers are the random start’s.`;
}
