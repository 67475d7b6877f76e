/**
 * @file Keeps what the learner does, moments after an edit: in this browser, and in the address, so that it can be shared
 * and a reload loses nothing.
 * @import { Problem } from "./protocol.js"
 * @import { State, Work } from "./state.js"
 */
import { effect, untracked } from "@preact/signals-core";
import { bareAddress, writeLink } from "./link.js";
import { rememberTab } from "./opening.js";
import { save } from "./saved.js";
import { isSame } from "./shape.js";
import { FIRST } from "./start.js";

const KEEP_MILLISECONDS = 250; // browsers allow a few changes of the address a second
const KEEPS_NOTHING =
  "This browser keeps no tables for you: its storage is full or switched off. Share or Download yours.";

/** @param {State} state  from now on kept */
export function keepAll(state) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  let isTold = false;
  let last = { problem: state.work.peek().original, work: state.work.peek() };

  /** @param {{ problem: Problem, work: Work }} reached */
  function keepTable({ problem, work }) {
    if (problem === (work.saved?.problem ?? work.original)) return;
    if (!work.saved && isSame(problem, work.original)) return;
    try {
      save(work, problem);
      state.withdraw("storage");
      isTold = false;
    } catch {
      if (!isTold) state.offer({ id: "storage", text: KEEPS_NOTHING });
      isTold = true;
    }
  }

  effect(() => {
    const now = { problem: state.problem.value, work: state.work.value };
    if (now.work !== last.work) untracked(() => keepTable(last)); // what was worked on before, as it was left
    const isAsOpened = now.problem === last.problem;
    last = now;
    if (isAsOpened) return;
    waiting ??= setTimeout(() => {
      waiting = undefined;
      keepTable(last);
      keepAddress(state);
    }, KEEP_MILLISECONDS);
  });
  addEventListener("pagehide", () => {
    if (waiting === undefined) return;
    keepTable(last);
    rememberTab(last.work);
  });
}

/** @param {State} state */
async function keepAddress(state) {
  const [problem, work] = [state.problem.peek(), state.work.peek()];
  if (work.given && problem === work.original) return; // it came with more than the problem
  const isFirst = problem.table.rows.length === FIRST.table.rows.length && isSame(problem, FIRST);
  const link = isFirst ? null : await writeLink(problem);
  if (problem !== state.problem.peek()) return; // a newer one is on its way
  try {
    history.replaceState(null, "", link ?? bareAddress());
  } catch {
    // too often for this browser: the next edit says it again
  }
  rememberTab(work);
}
