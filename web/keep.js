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
  let isAddressed = true; // whether a reload opens what is on show
  let isTold = false;
  let last = {
    problem: state.work.peek().original,
    work: state.work.peek(),
    code: ownCode(state.code.peek()),
    name: nameOf(state.work.peek()),
  };

  /** @param {{ problem: Problem, work: Work, code: string }} reached */
  function keepTable({ problem, work, code }) {
    const { saved, original, isBrought } = work;
    if (code === (saved?.code ?? work.code ?? "")) {
      if (problem === saved?.problem) return;
      if (!saved && !isBrought && isSameProblem(problem, original)) return;
    }
    try {
      if (save(work, problem, code)) state.offer({ id: "beside", text: beside(titleOf(work)) });
      state.withdraw("storage");
      isTold = false;
    } catch (error) {
      if (!isTold) state.offer({ id: "storage", text: NOT_KEPT[whyNot(error, work)] });
      isTold = true;
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
    while (isDue) {
      await new Promise((resolve) => setTimeout(resolve, KEEP_MILLISECONDS));
      isDue = false;
      keepTable(last);
      const kept = await keepAddress(state);
      if (kept === "not now") isDue = true;
      else isAddressed = kept === "said";
    }
    isBusy = false;
  }

  addEventListener("pagehide", () => {
    if (!isBusy) return;
    keepTable(last);
    if (!isOpening()) rememberTab(last.work);
  });
  addEventListener("beforeunload", (event) => {
    if (isTold && !isAddressed) event.preventDefault(); // the browser asks whether to leave
  });
}

let seen = location.hash;

/**
 * Whether the learner has gone to a link that is not opened yet: the event that tells of it comes moments after.
 */
function isLeaving() {
  const isSeen = location.hash === seen;
  seen = location.hash;
  return isOpening() || !isSeen;
}

/**
 * @param {State} state
 * @returns {Promise<"said" | "too long" | "not now">}  the last: the address leads elsewhere, or the table has gone on
 */
async function keepAddress(state) {
  if (isLeaving()) return "not now";
  const [problem, work, code] = [state.problem.peek(), state.work.peek(), ownCode(state.code.peek())];
  const more = linked(work, problem, code);
  const isBare = !more.trained && code === FIRST_CODE && more.name === FIRST_NAME;
  const isFirst = isBare && isSameProblem(problem, FIRST);
  const link = isFirst ? null : await writeLink(problem, more);
  if (isLeaving() || problem !== state.problem.peek()) return "not now";
  try {
    history.replaceState(null, "", link ?? bareAddress());
    seen = location.hash;
    stand();
  } catch {
    // too often for this browser: the next edit says it again
  }
  rememberTab(work);
  return isFirst || link ? "said" : "too long";
}
