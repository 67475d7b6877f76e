/**
 * @file The state of the page. Views read its signals and call its actions; main.js connects it to the engine.
 * @import { Frame, Loading, Problem, BootFrom } from "../model/protocol.js"
 * @import { Code, Work } from "../model/document.js"
 */
import { batch, computed, signal } from "@preact/signals-core";
import { POST, POSTS_WORK } from "../model/post.js";
import { removalNotice } from "../model/removals.js";
import { runOf } from "../model/run.js";
import { createAssessmentState } from "./assessment-state.js";
import { late } from "./late.js";
import { createCodeState } from "./program-state.js";
import { refusalAtRest } from "./settled-refusal.js";
import { createTyping } from "./typing.js";
import { createWalkState } from "./walk-state.js";

const MOST_UNDO = 200;
const STALE_MILLISECONDS = 250;
const BEHIND_MILLISECONDS = 100; // a few frames

/**
 * The state of the engine. hasEnded: whether it was ready and ended by itself. isStuck: whether nothing has arrived for so
 * long that the learner should know. remedy: what to do, where Retry does not help.
 * @typedef {{ phase: "loading", loading: Loading, isStuck?: boolean } | { phase: "ready", start: BootFrom } |
 *   { phase: "failed", message: string, hasEnded: boolean, remedy?: string }} EngineState
 */

/**
 * A message that stays until it is answered or closed, with its buttons.
 * @typedef {{ id: string, text: string, acts?: { label: string, act: () => void }[] }} Offer
 */

/** @typedef {ReturnType<typeof createState>} State */

/**
 * @param {Frame} frame  what the page shows before Python has computed anything
 * @param {string} source  the program of that
 * @param {boolean} readOnly  whether nothing can be edited
 */
export function createState(frame, source, readOnly = false) {
  const problem = signal(POST);
  const work = signal({ ...POSTS_WORK });
  const engine = signal(
    /** @type {EngineState} */ ({ phase: "loading", loading: { step: "", loaded: 0, total: 0 } }),
  );
  const run = signal(runOf(POST, frame));
  const sought = signal(/** @type {{ problem: Problem, iteration: number } | null} */ (null));
  const hand = signal(/** @type {import("../model/run.js").Hand | null} */ (null));
  const chosenRow = signal(/** @type {number | null} */ (null));
  const tableOnShow = computed(() => run.value.problem.table);
  // Worked out for each table, not for each iteration.
  const firstAsking = computed(() => {
    const { inputs, rows } = tableOnShow.value;
    return Math.max(
      0,
      rows.findIndex((cells) => cells.includes(null, inputs.length)),
    );
  });
  const isPlaying = signal(false);
  const ofCode = createCodeState(problem, source, change);
  const { code } = ofCode;
  const walk = createWalkState(ofCode, problem);
  // The numbers are of another table, or of another iteration than the slider's, and no nearer ones have arrived.
  const isOthers = late(() => run.value.problem !== problem.value, STALE_MILLISECONDS);
  const isBehind = late(() => {
    const { frame } = run.value;
    return sought.value !== null && sought.value.iteration !== frame?.iteration && (frame ?? {});
  }, BEHIND_MILLISECONDS);
  const stale = computed(() => isOthers.value || isBehind.value);
  const choice = signal(/** @type {import("../model/protocol.js").EngineName} */ ("compiled"));
  const notice = signal(/** @type {{ text: string, isError: boolean } | null} */ (null));
  const isOffline = signal(false);
  const offers = signal(/** @type {Offer[]} */ ([]));
  /** @param {string} id */
  const withdraw = (id) => {
    offers.value = offers.value.filter((offer) => offer.id !== id);
  };
  const past = signal(/** @type {Step[]} */ ([]));
  const future = signal(/** @type {Step[]} */ ([]));
  const typing = createTyping();

  /** @typedef {{ problem: Problem, work: Work, code: Code, hand: typeof hand.value }} Step */
  const now = () => ({ problem: problem.value, work: work.value, code: code.value, hand: hand.value });

  /** @param {import("@preact/signals-core").Signal<Step[]>} from @param {import("@preact/signals-core").Signal<Step[]>} to */
  const step = (from, to) => {
    const last = from.value.at(-1);
    if (!last) return;
    batch(() => {
      typing.interrupt();
      walk.leaveWalk();
      notice.value = null;
      to.value = [...to.value, now()];
      from.value = from.value.slice(0, -1);
      // Without the last weight set by hand the run is the table's own: at the iteration where it was set.
      if (hand.value && !last.hand && problem.value === last.problem)
        sought.value = { problem: last.problem, iteration: hand.value.setAt };
      ({ problem: problem.value, work: work.value, code: code.value, hand: hand.value } = last);
    });
  };

  /**
   * @param {() => void} act
   * @param {{ into: string, text: string }} [typed]  where it is a keystroke: the cell or field, and all that is typed there
   */
  function change(act, typed) {
    if (readOnly) return;
    batch(() => {
      if (!typed || !typing.hasText(typed.into)) past.value = [...past.value, now()].slice(-MOST_UNDO);
      if (typed) typing.type(typed.into, typed.text);
      else typing.interrupt();
      walk.leaveWalk();
      future.value = [];
      notice.value = null;
      act();
    });
  }

  /**
   * @param {Problem} next
   * @param {{ into: string, text: string }} [typed]  where it is a keystroke, as for `change`
   */
  const edit = (next, typed) =>
    change(() => {
      const text = removalNotice(problem.value, next);
      if (text) notice.value = { text, isError: false };
      problem.value = next;
      hand.value = null;
      // The table's program is another one now; code that is detached from the table, or may be, stays.
      code.value = code.value && code.value.isDetached !== false ? { ...code.value, isDetached: true } : null;
    }, typed);

  return {
    readOnly,
    problem,
    work,
    engine,
    run,
    /** The refusal of what is in the table or the settings, once typing has paused; else null. */
    refusal: refusalAtRest(run),
    /** The iteration that the learner went to, until it is on show. */
    sought,
    /** The weights that the run begins with, where the learner has set some by hand. */
    hand,
    /** The row that flows through the drawn network: the one chosen, else the first that asks. */
    row: computed(() => {
      const chosen = chosenRow.value;
      return chosen !== null && chosen < tableOnShow.value.rows.length ? chosen : firstAsking.value;
    }),
    /** Whether the learner has chosen that row. */
    isRowChosen: computed(() => chosenRow.value !== null),
    /** @param {number} row */
    chooseRow(row) {
      chosenRow.value = row;
    },
    /** Whether the weights on show can be set by hand: they are those of this problem, and not refused. */
    canSetWeights: computed(
      () =>
        !readOnly &&
        run.value.frame !== null &&
        run.value.problem === problem.value &&
        run.value.phase !== "before",
    ),
    /**
     * Set a weight by hand: the run stands still with it, at the iteration on show.
     * @param {number} place  among a frame's weights
     * @param {number} value
     * @param {string} [text]  as it was typed
     */
    setWeight(place, value, text = String(value)) {
      const { frame, problem: shown, hand: begun } = run.value;
      if (!frame || shown !== problem.value) return;
      // Until what was set last has been computed, the frame on show is of before.
      const isPending = hand.value !== null && hand.value !== begun;
      const { iteration, state: before } = isPending && hand.value ? hand.value : frame;
      const next = Float64Array.from(before);
      next[place] = value;
      change(
        () => {
          sought.value = null;
          isPlaying.value = false;
          hand.value = { problem: shown, iteration, setAt: iteration, state: next };
        },
        { into: `weight ${place}`, text },
      );
    },
    /** The run is the table's own again, from its random start. */
    dropHand() {
      if (hand.value)
        change(() => {
          hand.value = null;
        });
    },
    /** Whether the iterations pass by on their own. */
    isPlaying,
    ...ofCode,
    ...walk,
    ...createAssessmentState(problem, run),
    /** Whether the numbers on show are of another problem, and have been for so long that it is to be seen. */
    stale,
    /**
     * Whether a picture is of another frame than the one on show, and has been for so long that it is to be seen.
     * @param {() => Frame | null | undefined} frameOf  the frame that is drawn; nothing where there is no picture
     */
    isOld(frameOf) {
      const isBehindShown = late(() => {
        const drawn = frameOf();
        return drawn != null && drawn !== run.value.frame && drawn;
      }, STALE_MILLISECONDS);
      return computed(() => stale.value || isBehindShown.value);
    },
    /** The engine that the learner wants. */
    choice,
    /** Something to say that is not about the run: an import, a refused file. The next edit takes it away. */
    notice,
    /** Whether the page is known to work without a network. */
    isOffline,
    offers,
    /** @param {Offer} offer  takes the place of an earlier one of its id */
    offer(offer) {
      withdraw(offer.id);
      offers.value = [...offers.value, offer];
    },
    withdraw,
    /** What Undo goes back through: another list with each step. */
    past,
    canUndo: computed(() => past.value.length > 0),
    canRedo: computed(() => future.value.length > 0),

    typing,
    edit,
    /**
     * Begin another document, as a step of undo; the one before stays saved.
     * @param {Problem} next
     * @param {Work} begun
     * @param {string} [source]  the program with it; it does not run by itself
     */
    begin(next, begun, source) {
      batch(() => {
        edit(next);
        if (readOnly) return;
        work.value = { code: source, ...begun };
        code.value = source ? { source, isDetached: null } : null;
        chosenRow.value = null;
      });
    },
    /**
     * Show a document in the place of the post's table, when the page opens.
     * @param {Problem} next
     * @param {Work} begun
     * @param {string} [source]
     */
    open(next, begun, source) {
      batch(() => {
        work.value = { code: source, ...begun };
        problem.value = next;
        code.value = source ? { source, isDetached: null } : null;
        run.value = runOf(next);
      });
    },
    /** What was typed stands: the next keystroke is a new step of undo. */
    commit: typing.end,
    /** @param {string} into  what was typed into it is taken back */
    cancel(into) {
      if (!typing.hasText(into)) return;
      const before = past.value[past.value.length - 1];
      batch(() => {
        typing.end();
        past.value = past.value.slice(0, -1);
        ({ problem: problem.value, code: code.value, hand: hand.value } = before);
      });
    },
    undo: () => step(past, future),
    redo: () => step(future, past),
  };
}
