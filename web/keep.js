/**
 * @file Keeps what the learner does, moments after an edit: in this browser, and in the address, so that it can be shared
 * and a reload loses nothing.
 * @import { Problem } from "./protocol.js"
 * @import { State } from "./state.js"
 * @import { Work } from "./work.js"
 */
import { effect, untracked } from "@preact/signals-core";
import { bareAddress, writeLink } from "./link.js";
import { isOpening, rememberTab, stand } from "./opening.js";
import { save, whyNot } from "./saved.js";
import { isSameProblem } from "./shape.js";
import { FIRST, FIRST_CODE, FIRST_NAME } from "./start.js";
import { linked, nameOf, ownCode, titleOf } from "./work.js";

const KEEP_MILLISECONDS = 250; // browsers allow a few changes of the address a second
const NOT_KEPT = {
  blocked:
    "This browser keeps no tables for you: its storage is switched off. Take yours along with Share or Download.",
  full: "There is no room in this browser for your table. Take it along with Share or Download.",
  "full of others":
    "There is no room in this browser for your table. Delete others under Saved, or take it along with Share or Download.",
};

/** @param {string} name */
const beside = (name) =>
  `Another tab has changed this table too. What you do here is kept beside that, as “${name}”.`;

/** @param {State} state  from now on kept */
export function keepAll(state) {
  let isDue = false;
  let isBusy = false;
  let isKept = true; // in this browser
  let isSaid = true; // in the address
  let last = {
    problem: state.work.peek().original,
    work: state.work.peek(),
    code: ownCode(state.code.peek()),
    name: nameOf(state.work.peek()),
  };

  /** @param {{ problem: Problem, work: Work, code: string }} reached */
  function keepTable({ problem, work, code }) {
    const { saved, original, isBrought } = work;
    const isSame = code === (saved?.code ?? work.code ?? "");
    const isAsSaved = saved ? problem === saved.problem : !isBrought && isSameProblem(problem, original);
    const wasKept = isKept;
    isKept = true;
    if (isSame && isAsSaved) return;
    try {
      if (save(work, problem, code)) state.offer({ id: "beside", text: beside(titleOf(work)) });
      state.withdraw("storage");
    } catch (error) {
      if (wasKept) state.offer({ id: "storage", text: NOT_KEPT[whyNot(error, work)] });
      isKept = false;
    }
  }

  effect(() => {
    const work = state.work.value;
    const now = { problem: state.problem.value, work, code: ownCode(state.code.value), name: nameOf(work) };
    if (work !== last.work)
      untracked(() => {
        keepTable(last); // what was worked on before, as it was left
        state.withdraw("saved"); // it was of that
      });
    const isAsOpened = now.problem === last.problem && now.code === last.code && now.name === last.name;
    last = now;
    if (!isAsOpened) keepSoon();
  });

  async function keepSoon() {
    isDue = true;
    if (isBusy) return;
    isBusy = true;
    window.onbeforeunload = ask;
    try {
      while (isDue) {
        await new Promise((resolve) => setTimeout(resolve, KEEP_MILLISECONDS));
        isDue = false;
        keepTable(last);
        const said = await keepAddress(state);
        if (said === null) isDue = true;
        else isSaid = said;
        if (!isDue) remember();
      }
    } finally {
      isBusy = false;
      if (isKept || isSaid) window.onbeforeunload = null; // where there is one, browsers keep no page for Back
    }
  }

  /** What a reload is to open, unless the address knows better. */
  const remember = () => rememberTab(isKept || !isSaid ? last.work.saved?.id : undefined);

  /** @param {Event} event  that makes the browser ask whether to leave, if what is on show would be lost */
  function ask(event) {
    if (isBusy) keepTable(last);
    if (!isKept && (isBusy || !isSaid)) event.preventDefault();
  }

  addEventListener("pagehide", () => {
    if (!isBusy) return;
    keepTable(last);
    if (!isOpening()) remember();
  });
}

let seen = location.hash;

/**
 * Whether the learner has gone to a link that is not opened yet. The event that tells of it comes moments after, so each
 * new address counts as one at first; what is there when asked again, and not being opened, is a link that was broken.
 */
function isLeaving() {
  const isSeen = location.hash === seen;
  seen = location.hash;
  return isOpening() || !isSeen;
}

/**
 * @param {State} state
 * @returns {Promise<boolean | null>}  whether it says what is on show; null for another time: it leads elsewhere, or the
 *   table has gone on
 */
async function keepAddress(state) {
  if (isLeaving()) return null;
  const [problem, work, code] = [state.problem.peek(), state.work.peek(), ownCode(state.code.peek())];
  const more = linked(work, problem, code);
  const isBare = !more.trained && code === FIRST_CODE && more.name === FIRST_NAME;
  const isFirst = isBare && isSameProblem(problem, FIRST);
  const link = isFirst ? null : await writeLink(problem, more);
  if (isLeaving() || problem !== state.problem.peek()) return null;
  try {
    history.replaceState(null, "", link ?? bareAddress());
    seen = location.hash;
    stand();
    return isFirst || link !== null;
  } catch {
    return false; // too often for this browser: the next edit says it again
  }
}
