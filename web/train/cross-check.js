/**
 * @file Checks a finished run: whether rounding errors could change it on another machine, and how
 * far it is from the same run on NumPy.
 * @import { Problem } from "../model/protocol.js"
 * @import { RunState } from "../model/run.js"
 * @import { State } from "../state/state.js"
 */
import { untilQuiet } from "../browser/activity.js";

const MOST_CHECK_SECONDS = 3; // a run that took longer is not checked
const CHECK_SECONDS = 0.005; // of each slice: a key press waits until the slice has ended
const SENSITIVE = 1e-11; // if one ulp in the initial weights changes a run by this much, it may differ between machines

/**
 * @param {State} state
 * @param {import("./trainer.js").Pull} pull
 * @param {() => Promise<void>} numpy
 */
export function createCrossCheck(state, pull, numpy) {
  /** @type {Problem | null} whose check has ended Python */
  let deadly = null;
  let turn = 0; // number of the latest request: a check must not interrupt training that has begun since

  function check() {
    const run = state.run.value;
    if (run.diverged !== null || run.problem === deadly || run.seconds > MOST_CHECK_SECONDS) return;
    if (run.sensitive !== null) return compareWithReference(run);
    compare("nudged", run, (nudged) => {
      const sensitive = nudged !== null && nudged.apart >= SENSITIVE;
      const checked = { ...run, sensitive, shifts: nudged?.shifts ?? 0 };
      state.run.value = checked;
      compareWithReference(checked);
    });
  }

  /** @param {RunState} run */
  function compareWithReference(run) {
    if (run.engine === "numpy" || run.reference) return;
    const mine = turn;
    const compareNow = () => {
      if (state.run.value !== run || mine !== turn) return;
      compare("numpy", run, (reference) => {
        if (reference) state.run.value = { ...run, reference };
      });
    };
    untilQuiet()
      .then(numpy)
      .then(compareNow, () => {}); // NumPy cannot be had: no comparison
  }

  /**
   * @param {"nudged" | "numpy"} kind
   * @param {RunState} run  gives up when another one, or another iteration of it, is on show
   * @param {(checked: { apart: number, shifts: number, seconds: number } | null) => void} done  gets null where that cannot
   *   be had
   */
  function compare(kind, run, done) {
    pull(
      (door) => door.check(kind, CHECK_SECONDS),
      (answer) => {
        if (state.run.value !== run) return false;
        if ("error" in answer) done(null);
        else if (answer.apart !== null)
          done({ apart: answer.apart, shifts: answer.shifts ?? 0, seconds: answer.seconds });
        else return answer.seconds <= MOST_CHECK_SECONDS;
        return false;
      },
      () => {
        deadly = run.problem;
      },
    );
  }

  return {
    /** Check the run on show. */
    check,
    cancel() {
      turn++;
    },
  };
}
