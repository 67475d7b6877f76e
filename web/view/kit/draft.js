/**
 * @file What is being typed, as typed, until it is committed: a redraw must not turn "0." into "0" under the caret.
 * @import { Problem } from "../../model/protocol.js"
 * @import { State } from "../../state/state.js"
 */
import { batch, signal } from "@preact/signals-core";

/** @param {State} state */
export function createDraft(state) {
  const draft = signal(/** @type {{ into: string, text: string, problem: Problem } | null} */ (null));
  /** @param {string} into  after an undo the draft no longer speaks for the problem */
  const isIn = (into) => draft.value?.into === into && draft.value.problem === state.problem.value;
  return {
    /**
     * @param {string} into  the cell or field
     * @param {string} text
     * @param {Problem} problem  what the text makes of the problem
     */
    type(into, text, problem) {
      batch(() => {
        state.edit(problem, into);
        draft.value = { into, text, problem };
      });
    },
    /** What was typed stands. */
    commit() {
      draft.value = null;
      state.commit();
    },
    /** @param {string} into @param {string} otherwise */
    shown: (into, otherwise) => (draft.value && isIn(into) ? draft.value.text : otherwise),
    isIn,
  };
}
