/**
 * @file The part of the state about the program: the table's program, the learner's edited one, and the selected part
 * of it.
 * @import { Signal } from "@preact/signals-core"
 * @import { Listing, Seen } from "../model/selection.js"
 * @import { Place, Problem } from "../model/protocol.js"
 * @import { Code } from "../model/document.js"
 */
import { batch, computed, signal } from "@preact/signals-core";
import { NOTHING_RUN } from "../model/program-run.js";
import { INITIAL_SELECTION, placeOfSelection, selectionAt } from "../model/selection.js";

/**
 * @param {Signal<Problem>} problem
 * @param {string} source  the program of what the page shows before Python has computed anything
 * @param {(act: () => void, typed?: { into: string, text: string }) => void} change  makes it a step of undo, or a part of
 *   the step of what is typed
 */
export function createCodeState(problem, source, change) {
  const listing = signal(
    /** @type {Listing} */ ({ problem: problem.peek(), source, files: {}, outline: null }),
  );
  const detachedListing = signal(/** @type {Listing | null} */ (null));
  const chosen = signal(INITIAL_SELECTION);
  const isCodeInSight = signal(false);
  const seen = signal(/** @type {Seen | null} */ (null));
  const code = signal(/** @type {Code} */ (null));
  const shown = computed(() => {
    const own = code.value?.isDetached ? detachedListing.value : null;
    return own && own.source === code.value?.source ? own : listing.value;
  });
  const place = computed(() => placeOfSelection(shown.value, chosen.value));

  return {
    /** The table's program, and the learner's own as far as Python has read it. */
    listing,
    detachedListing,
    /** The one of them that is on show. */
    shown,
    /** What is looked at in the program, where that is, and what was seen last. */
    chosen,
    place,
    seen,
    /** @param {Place} to */
    look(to) {
      if (String(to) !== String(place.value)) chosen.value = selectionAt(shown.value, to);
    },
    /** Whether the program can be seen: nothing is computed for what cannot. */
    isCodeInSight,
    code,
    /** What runs of the learner's, or has run last. */
    program: signal(NOTHING_RUN),

    /** @param {string} source  typed into the editor */
    editCode: (source) =>
      change(
        () => {
          code.value = { source, isDetached: null, of: code.value?.of ?? listing.value.problem ?? undefined };
        },
        { into: "code", text: source },
      ),
    /**
     * What Python has read in the learner's program. It is part of the step of undo in which that was typed.
     * @param {string} source
     * @param {Problem | null} read  the problem whose program it is, the same object as before where it is that; null
     *   where it has gone its own way
     */
    follow(source, read) {
      const before = code.value;
      if (before?.source !== source) return;
      const of = before.of ?? problem.value;
      batch(() => {
        if (!read) code.value = { ...before, isDetached: true };
        else if (read !== of) {
          code.value = { source, isDetached: false, of: read };
          problem.value = read;
        } else code.value = of === problem.value ? { source, isDetached: false, of } : null; // the table has gone on
      });
    },
    /** Back to the program that the table has. */
    dropCode: () =>
      change(() => {
        code.value = null;
      }),
  };
}
