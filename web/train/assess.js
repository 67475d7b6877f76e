/**
 * @file Asks Python what a finished run is worth: why it does not learn its table, and whether other random starts say
 * the same.
 * @import { Problem, Assessed, Refused, Starts } from "../model/protocol.js"
 * @import { RunState } from "../model/run.js"
 * @import { State } from "../state/state.js"
 * @import { Pull } from "./trainer.js"
 */
import { untilQuiet } from "../browser/activity.js";

const STARTS = 20;
const MOST_SECONDS = 10; // that the starts may take without having been asked for
const SLICE_SECONDS = 0.005; // a key press waits until a slice has ended
const NEWS_MILLISECONDS = 100; // between two pictures of starts under way

/**
 * @param {State} state
 * @param {Pull} pull
 * @param {() => Promise<void>} numpy
 */
export function createAssess(state, pull, numpy) {
  let hasNumpy = false;
  let turn = 0; // number of the latest request
  /** @type {Problem | null} whose assessment has ended Python */
  let deadly = null;

  /**
   * @param {RunState} run  gives up when another problem is on show
   * @param {() => void} then  what is done after it, or in its place where it cannot be had
   */
  async function assess(run, then) {
    const mine = ++turn;
    const { problem } = run;
    const isAsked = state.tryStarts.peek() === problem;
    const known = state.assessment.peek();
    if (problem === deadly || (known?.problem === problem && known.done && !isAsked)) return then();
    try {
      if (!hasNumpy) await untilQuiet(); // it keeps Python busy while it comes
      await numpy();
      hasNumpy = true;
    } catch {
      return then();
    }
    if (mine !== turn || state.problem.peek() !== problem) return;
    const seconds = run.seconds * STARTS;
    const isLong = seconds > MOST_SECONDS && !isAsked;
    /** @type {Starts | null} */
    let starts = null;
    let since = performance.now();

    const take = (/** @type {Assessed | Refused} */ came) => {
      if (state.problem.peek() !== problem) return false;
      if ("error" in came) {
        then();
        return false;
      }
      const isNews = came.done || performance.now() - since > NEWS_MILLISECONDS;
      starts = came.starts && joined(starts, came.starts);
      const before = state.assessment.peek();
      if (isNews || (came.diagnosis && !(before?.problem === problem && before.diagnosis))) {
        since = performance.now();
        state.assessment.value = {
          problem,
          done: came.done,
          diagnosis:
            came.diagnosis?.map((each) => ({ ...each, change: each.change && JSON.parse(each.change) })) ??
            null,
          starts,
          ...(isLong && { mayTry: seconds }),
        };
      }
      if (!came.done) return true;
      if (isAsked) state.tryStarts.value = null;
      then();
      return false;
    };
    pull(
      (door) => door.assess(isLong ? 0 : STARTS, SLICE_SECONDS, starts?.ran ?? 0),
      take,
      () => {
        deadly = problem;
      },
    );
  }

  return {
    assess,
    /** Nothing more is asked. */
    give() {
      turn++;
    },
  };
}

/**
 * What is known of the starts so far.
 * @param {Starts | null} before
 * @param {Starts} news
 * @returns {Starts}
 */
function joined(before, news) {
  if (!before) return news;
  const both = (/** @type {"seeds" | "says" | "kinds"} */ name) => {
    const all = new Float64Array(before[name].length + news[name].length); // too many for a spread
    all.set(before[name]);
    all.set(news[name], before[name].length);
    return all;
  };
  return { ...news, seeds: both("seeds"), says: both("says"), kinds: both("kinds") };
}
