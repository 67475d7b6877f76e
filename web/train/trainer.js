/**
 * @file Train, Stop, Reset and seeking: connects the state to the engine.
 * @import { Problem, Progress, Refused, Sought } from "../model/protocol.js"
 * @import { RunState } from "../model/run.js"
 * @import { State } from "../state/state.js"
 */
import { batch, effect } from "@preact/signals-core";
import { reason } from "../model/reason.js";
import { phaseOf, runAfter, runOf } from "../model/run.js";
import { isByHandAtEnd, iterationsOf } from "../model/timescale.js";
import { EndedByOther, EndedByThis } from "../python/pending-calls.js";

const WAITS = "Training starts as soon as Python has loaded.";
const ENDS_PYTHON =
  "Training this table has ended it twice. Change the table, or take a part of it; Retry tries once more.";
const TOO_LARGE =
  "With the weight set by hand the numbers are too large to compute with. Take a smaller weight, or undo.";
const SLICE_SECONDS = 0.03; // much longer than a message takes, and shorter than the 100 ms in which Stop must work
const CALM_SECONDS = 0.2; // what takes less is shown once, at its end, so that answers do not flicker

/** @typedef {ReturnType<typeof createTrainer>} Trainer */
/** @typedef {"done" | "reset" | "given" | "hand"} End  "reset" at iteration 0, "given" and "hand" at the weights it begins with */

/**
 * Ask for one slice after another, until `take` gives false or something else is asked for. What fails is said; `ended` is
 * told where Python has ended over this.
 * @typedef {<Answer>(ask: (door: import("../model/protocol.js").WorkerApi, first: boolean) => Promise<Answer>,
 *   take: (answer: Answer) => boolean, ended: () => void) => void} Pull
 *
 * What is done with a finished run while nothing else is asked for.
 * @typedef {{ soon: () => void, cancel: () => void }} Afterwards
 */

/**
 * @param {State} state
 * @param {ReturnType<typeof import("./engine.js").createEngine>} engine
 */
export function createTrainer(state, engine) {
  /** @type {RunState | null} the worker's run as far as its answers have come, shown or not */
  let underWay = null;
  let isFollowing = false; // whether the worker is being asked to go on with it
  let isByHand = false; // whether that is about a weight set by hand

  /** @type {Problem | null} whose training has ended Python; a second time is the last */
  let deadly = null;
  let isStuck = false; // on that
  /** @type {import("../state/state.js").EngineState | null} the start of Python since which something has been answered */
  let start = null;

  /** @type {Afterwards | null} comes after the first answer */
  let afterwards = null;

  /** @type {Pull} */
  const pull = (ask, take, ended) =>
    engine.pull(ask, take).catch((error) => {
      if (error instanceof EndedByThis) ended();
      else if (!(error instanceof EndedByOther))
        engine.fail(`Training failed: ${reason(error)}`, { hasEnded: true });
    });

  /** @param {Problem} problem */
  function endedOver(problem) {
    isStuck = deadly === problem;
    deadly = problem;
    if (isStuck) engine.fail(ENDS_PYTHON, { hasEnded: true });
  }

  /** @param {Problem} problem  the iteration of its run that the learner went to and that is not on show yet */
  function goalIn(problem) {
    const sought = state.sought.peek();
    return sought?.problem === problem ? sought.iteration : null;
  }

  /** What is said of an error is about what was asked for before. */
  function forgetError() {
    if (state.notice.value?.isError) state.notice.value = null;
  }

  /** Cancel a pending seek and stop playing. */
  function cancelSeek() {
    state.sought.value = null;
    state.isPlaying.value = false;
  }

  /**
   * Train, or go to where the learner wants to be, also when that is told only on the way.
   * @param {RunState} run
   * @param {Problem | null} problem  to start with; null goes on with the worker's run
   * @param {End} [end]
   */
  function follow(run, problem, end = "done") {
    if (problem) underWay = null;
    isFollowing = true;
    isByHand = end === "hand";
    afterwards?.cancel();
    /** @type {number | null} the iteration last asked for; null where it was to train */
    let asked = null;
    let since = performance.now();

    const take = (/** @type {Progress | Sought | Refused} */ came) => {
      if ("error" in came) {
        refuse(came, end);
        return false;
      }
      const goal = goalIn(run.problem);
      const isThere = "reached" in came && came.reached;
      const hasEnded = goal === null ? came.done || end !== "done" : isThere;
      const isLong = performance.now() - since > CALM_SECONDS * 1000;
      run = underWay = runAfter(run, came);
      run.phase = phaseOf(run, hasEnded ? (goal === null ? end : "sought") : "running");
      // What is only gone through once more, or while iterations pass by, is not training that could be stopped.
      const isTraining = goal === null ? run.seconds > CALM_SECONDS : isLong && !state.isPlaying.peek();
      batch(() => {
        if (hasEnded || (isTraining && run.frame?.iteration === run.trained)) state.run.value = run;
        if (isThere && goal === asked) state.sought.value = null;
      });
      if (!hasEnded) return true;
      isFollowing = false;
      if (end === "hand" && state.hand.peek() !== run.hand)
        requestAnimationFrame(answer); // it has been changed once more
      else if (goal !== asked)
        requestAnimationFrame(goOn); // it has moved on: once a frame is enough
      else afterwards?.soon();
      return false;
    };

    const json = JSON.stringify(problem);
    const slice = end === "done" ? SLICE_SECONDS : 0;
    const { iteration, state: given } = run.hand ?? ((end === "given" && state.work.value.given) || {});
    /** @type {(door: import("../model/protocol.js").WorkerApi, first: boolean) => Promise<Progress | Sought | Refused>} */
    const ask = (door, first) => {
      if (first && problem) return door.start(json, state.choice.value, slice, iteration, given);
      const goal = goalIn(run.problem);
      if (goal !== asked) since = performance.now();
      asked = goal;
      return goal === null ? door.advance(SLICE_SECONDS) : door.seek(goal, SLICE_SECONDS);
    };
    pull(ask, take, () => endedOver(run.problem));
  }

  /** Go on to where the learner wants to be, unless that is under way. */
  function goOn() {
    if (isFollowing || !underWay || goalIn(underWay.problem) === null) return;
    forgetError();
    follow(underWay, null);
  }

  /**
   * @param {Refused} refused
   * @param {End} end
   */
  function refuse({ error }, end) {
    isFollowing = false;
    cancelSeek();
    if (end === "hand") error = { message: TOO_LARGE };
    if (end === "given") {
      state.offer({ id: "link", text: `${error.message} So the link’s weights were left out.` });
      retrain();
    } else {
      state.run.value = { ...state.run.value, phase: "refused", refusal: error };
    }
  }

  effect(() => {
    if (state.engine.value.phase === "ready") return;
    underWay = null; // it was that Python's
    isFollowing = false;
    if (state.engine.value.phase === "loading") return;
    cancelSeek();
    if (state.run.peek().phase === "running") state.run.value = { ...state.run.peek(), phase: "stopped" };
  });
  effect(() => {
    const problem = state.problem.value;
    if (!isStuck || problem === deadly) return;
    isStuck = false;
    if (state.engine.peek().phase === "failed") engine.load();
  });

  /** @param {Problem} problem  its run from the start; the scale of the bars stays as long as it is the same problem */
  const begun = (problem) => {
    const { problem: before, largest } = state.run.peek();
    return { ...runOf(problem), largest: before === problem ? largest : 0 };
  };

  /** From the random start, or from the weights set by hand; where those are of the last iteration, as of the first. */
  function retrain() {
    const problem = state.problem.value;
    if (isByHandAtEnd({ problem, hand: state.hand.value })) startFromHand();
    const hand = state.hand.value;
    follow({ ...begun(problem), hand, isGiven: hand !== null }, problem);
  }

  /** There is nothing after the last iteration: the weights set by hand there become those of iteration 0. */
  function startFromHand() {
    const { hand } = state;
    if (hand.value) hand.value = { ...hand.value, iteration: 0 };
  }

  /** Answer for the table as it is now: with the weights set by hand, or that came with it, else from the start. */
  function answer() {
    const { given, original } = state.work.value;
    const problem = state.problem.value;
    const hand = state.hand.value;
    if (hand && isFollowing && isByHand) return; // it goes on with what is set then
    if (start === state.engine.peek()) forgetError(); // else what is said may be why Python has been started again
    start = state.engine.peek();
    if (state.notice.value?.text === WAITS) state.notice.value = null;
    if (goalIn(problem) === null) cancelSeek(); // else what was wanted before Python was there, or before an undo, still is
    if (hand) follow({ ...begun(problem), hand, isGiven: true }, problem, "hand");
    else if (given && problem === original) follow({ ...begun(problem), isGiven: true }, problem, "given");
    else retrain();
  }

  return {
    answer,
    startFromHand,
    /** @param {(pull: Pull, numpy: () => Promise<void>) => Afterwards} create */
    thenDo(create) {
      afterwards = create(pull, engine.numpy);
      if (!isFollowing) afterwards.soon(); // else at the end of that, which it would break off
    },
    /** Go on from where training has got to; from the start where that is the end. A failed engine starts again first. */
    train() {
      const { phase } = state.engine.value;
      if (phase === "failed") {
        engine.load();
      } else if (phase === "loading") {
        state.notice.value = { text: WAITS, isError: false };
      } else {
        cancelSeek();
        forgetError();
        if (underWay?.problem === state.problem.value && underWay.trained !== iterationsOf(underWay))
          follow(underWay, null);
        else retrain();
      }
    },
    /** The numbers reached stay, and Train goes on from them. */
    stop() {
      engine.stop();
      isFollowing = false;
      cancelSeek();
      state.run.value = { ...(underWay ?? state.run.value), phase: "stopped" };
    },
    /** Back to iteration 0, with the same random start. */
    reset() {
      state.dropHand();
      cancelSeek();
      forgetError();
      follow(begun(state.problem.value), state.problem.value, "reset");
    },
    /**
     * Show any iteration of the run; one that is yet to come is trained. What trains stops. Of several the last counts.
     * @param {number} iteration
     */
    seek(iteration) {
      state.sought.value = { problem: state.problem.peek(), iteration };
      goOn();
    },
  };
}
