/**
 * @file The part of the state about what has been found out after the answer: the diagnosis, and other random starts. What was
 * found of the problem before stays for a moment, so that nothing flickers while a cell is typed into.
 * @import { ReadonlySignal } from "@preact/signals-core"
 * @import { Assessment } from "../model/assessment.js"
 * @import { Problem } from "../model/protocol.js"
 * @import { RunState } from "../model/run.js"
 */
import { computed, signal } from "@preact/signals-core";
import { unsettledIn } from "../model/assessment.js";
import { isAtEnd } from "../model/timescale.js";
import { late } from "./late.js";

const LASTS_MILLISECONDS = 400;

/**
 * @param {ReadonlySignal<Problem>} problem
 * @param {ReadonlySignal<RunState>} run
 */
export function createAssessmentState(problem, run) {
  const assessment = signal(/** @type {Assessment | null} */ (null));
  const ofRun = computed(() => run.value.problem);
  const isTrained = computed(() => isAtEnd(run.value) && !run.value.isGiven);

  /**
   * The last assessment of which a part is known, or the one of now.
   * @param {(assessment: Assessment) => boolean} isKnown
   */
  function lasting(isKnown) {
    /** @type {Assessment | null} */
    let last = null;
    const latest = computed(() => {
      const now = assessment.value;
      if (now && isKnown(now)) last = now;
      return last;
    });
    const isOld = (/** @type {Assessment | null} */ found) =>
      found !== null && found.problem !== problem.value;
    const hasGone = late(() => isOld(latest.value) && latest.value, LASTS_MILLISECONDS);
    return computed(() => {
      if (latest.value && !hasGone.value) return latest.value;
      return assessment.value && !isOld(assessment.value) ? assessment.value : null;
    });
  }

  return {
    /** What has been found out, of whichever problem that is. */
    assessment,
    /** The problem whose starts the learner wants tried, however long that takes. */
    tryStarts: signal(/** @type {Problem | null} */ (null)),
    /** Whether the end of the table's own run is on show, which is what other starts are compared with. */
    isTrained,
    /** The assessment whose diagnosis is on show. */
    diagnosed: lasting(({ done, diagnosis }) => done || diagnosis !== null),
    /** The assessment whose starts are on show. */
    ofStarts: lasting(({ done, starts }) => done || (starts !== null && starts.ran === starts.of)),
    /** The places of the run on show that its table does not settle. */
    unsettled: computed(() => {
      const now = assessment.value;
      return unsettledIn(now?.problem === ofRun.value && isTrained.value ? now.starts : null);
    }),
  };
}
