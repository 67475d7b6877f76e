/**
 * @file Keeps the program on show and the value of each of its lines up to date: asks Python for both whenever the
 * table, the iteration or the selection changes.
 * @import { Ending, Frame, Outline, Place, Problem, Values } from "../model/protocol.js"
 * @import { Listing, Question } from "../model/selection.js"
 * @import { State } from "../state/state.js"
 * @import { Code } from "../model/document.js"
 */
import { computed, effect } from "@preact/signals-core";
import { untilQuiet } from "../browser/activity.js";
import { afterPaint } from "../browser/schedule.js";
import { expressionAt, isSamePlace } from "../model/places.js";
import { isSame } from "../model/schema.js";
import { isAtEnd } from "../model/timescale.js";
import { EndedByThis } from "../python/pending-calls.js";
import { isTooLarge } from "./why-no-values.js";

const MANY_ROWS = 1000; // whose program, which has them beside it in a file, is written only when typing pauses
const PAUSE_MILLISECONDS = 1000;

const UNREADABLE =
  "Reading this program has ended Python, which has been started again. The program stays as it is, without its values.";

/** @type {Outline} of what is no Python: how it ends says why */
const NOTHING_KNOWN = { lines: [], expressions: [] };

/**
 * @param {State} state
 * @param {ReturnType<typeof import("../train/engine.js").createEngine>} engine
 * @param {import("../load-later.js").LoadLater["valuesOfProgram"]} valuesOfProgram  that has run
 */
export function createLiveValues(state, engine, valuesOfProgram) {
  /** @type {Question | null} */
  let asked = null;
  let isAsking = false;
  let turn = 0; // of the Python that is asked; what an earlier one was asked it may never answer
  let hasNumpy = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;

  /** @type {{ problem: Problem | null, json: string }} the slider asks of one problem again and again */
  let last = { problem: null, json: "" };
  const asJson = (/** @type {Problem} */ problem) => {
    if (last.problem !== problem) last = { problem, json: JSON.stringify(problem) };
    return last.json;
  };

  /** @type {Set<unknown>} programs, and problems, over which Python has ended: it is not asked about them again */
  const deadly = new Set();

  /**
   * @template Answer
   * @param {unknown} what  is asked about
   * @param {() => Promise<Answer>} ask
   * @returns {Promise<Answer | null>}  null where Python ends over it
   */
  async function unlessDeadly(what, ask) {
    if (deadly.has(what)) return null;
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof EndedByThis)) throw error;
      deadly.add(what);
      return null;
    }
  }

  /** @param {string} source */
  async function outlineOf(source) {
    const outline = await unlessDeadly(source, async () => (await engine.door).outline(source));
    return outline && !("error" in outline) ? outline : NOTHING_KNOWN;
  }

  /**
   * @param {Problem} problem
   * @param {boolean} isInSight  so that it is to be taken apart, too
   */
  async function write(problem, isInSight) {
    const door = await engine.door;
    const written = await unlessDeadly(problem, () => door.writeProgram(asJson(problem)));
    // Where it is refused the program before stays: the page says what is wrong.
    if (problem !== state.problem.value || !written || "error" in written) return;
    if (!isInSight || !hasNumpy) state.listing.value = { problem, ...written, outline: null };
    if (!isInSight) return;
    if (!hasNumpy) await new Promise((resolve) => afterPaint(() => resolve(null))); // the first answer comes first
    if (!hasNumpy && !state.walk.asked.peek()) await untilQuiet();
    await engine.numpy();
    hasNumpy = true;
    const outline = await outlineOf(written.source);
    if (problem === state.problem.value) state.listing.value = { problem, ...written, outline };
  }

  /**
   * Table and program are two views of one thing, as long as the program is one that the page could have written.
   * @param {NonNullable<Code>} code
   */
  async function read({ source, of }) {
    await engine.numpy();
    const door = await engine.door;
    const before = of ?? state.problem.peek();
    const isKnown = deadly.has(source);
    const answer = await unlessDeadly(source, () => door.readProgram(source, JSON.stringify(before)));
    const found = answer && "problem" in answer ? answer.problem : null;
    const same = found && isSame(found, before) ? before : found;
    // A table that has been changed since stays: the code has gone its own way then.
    const isLate = same !== before && state.code.peek()?.isDetached;
    if (same && !isLate) return state.follow(source, same);
    const outline = await outlineOf(source);
    state.detachedListing.value = { problem: null, source, files: {}, outline };
    state.follow(source, null);
    if (!isKnown && deadly.has(source)) state.notice.value = { text: UNREADABLE, isError: true };
  }

  /** The walk needs the values wherever the learner looks. */
  const isLookedAt = computed(
    () => state.isCodeInSight.value || state.walk.isOn.value || state.walk.asked.value !== null,
  );

  /** @returns {Question | null} */
  function question() {
    const { frame, problem } = state.run.value;
    const listing = state.shown.value;
    if (!isLookedAt.value || state.engine.value.phase !== "ready" || !frame || !listing.outline) return null;
    if (deadly.has(listing)) return null;
    const place = state.place.value;
    if (listing.problem)
      return listing.problem === problem && !isTooLarge(problem, frame)
        ? { listing, of: frame, iteration: frame.iteration, place }
        : null;
    const { phase, source, ending } = state.program.value;
    if (phase !== "ended" || source !== listing.source || !ending || ending.passes === null) return null;
    // Its loop may be longer than the run on show, whose end is its end, too.
    const iteration = isAtEnd(state.run.value) ? ending.passes : Math.min(frame.iteration, ending.passes);
    return { listing, of: ending, iteration, place };
  }

  /** @param {Question} question */
  async function answer({ listing, of, iteration, place }) {
    const expression = listing.outline ? expressionAt(listing.outline, place) : undefined;
    if (!listing.problem || !("state" in of)) return valuesOfProgram({ iteration, place: expression });
    const door = await engine.door;
    return door.values(asJson(listing.problem), iteration, of.state.slice(), expression);
  }

  /** One question at a time, and always the newest. */
  async function ask() {
    const mine = turn;
    isAsking = true;
    try {
      for (let next = question(); next && !isAsked(next, asked); next = question()) {
        asked = next;
        const values = await unlessDeadly(next.listing, () => answer(next));
        if (mine !== turn) return;
        state.seen.value = values && !("error" in values) ? { ...next, ...values } : null;
      }
    } catch {
      // without Python there are no values, and that is said elsewhere
    }
    if (mine === turn) isAsking = false;
  }

  const hasAnswered = computed(() => state.run.value.phase !== "before");
  effect(() => {
    const problem = state.problem.value;
    const isInSight = isLookedAt.value && hasAnswered.value;
    const { problem: written, outline } = state.listing.peek();
    clearTimeout(pause);
    if (state.engine.value.phase !== "ready" || (written === problem && (outline || !isInSight))) return;
    const writeNow = () => write(problem, isInSight).catch(() => {});
    if (problem.table.rows.length <= MANY_ROWS) writeNow();
    else pause = setTimeout(() => state.run.peek().phase !== "refused" && writeNow(), PAUSE_MILLISECONDS);
  });
  effect(() => {
    if (state.engine.value.phase === "ready") return;
    turn++;
    asked = null;
    isAsking = false;
  });
  effect(() => {
    if (question() && !isAsking) ask();
  });
  effect(() => {
    const { code, listing } = state;
    // To the letter what the page itself writes: nothing of the learner's own is left in it.
    if (code.value?.isDetached === false && code.value.source === listing.value.source) code.value = null;
  });
  effect(() => {
    const code = state.code.value;
    const isKnown = code?.isDetached && state.detachedListing.value?.source === code.source;
    if (state.engine.value.phase === "ready" && code && code.isDetached !== false && !isKnown)
      read(code).catch(() => {});
  });
}

/** @param {Question} one @param {Question | null} other */
const isAsked = (one, other) =>
  one.listing === other?.listing &&
  one.of === other.of &&
  one.iteration === other.iteration &&
  isSamePlace(one.place, other.place);
