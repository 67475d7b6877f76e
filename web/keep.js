/**
 * @file Keeps what the learner does, moments after an edit: in this browser, and in the address, so that it can be shared
 * and a reload loses nothing.
 * @import { State } from "./state.js"
 */
import { effect } from "@preact/signals-core";
import { LONGEST_LINK, writeLink } from "./link.js";
import { rememberTab } from "./opening.js";
import { save } from "./saved.js";
import { isSame } from "./shape.js";
import { FIRST } from "./start.js";

const KEEP_MILLISECONDS = 250; // browsers allow a few changes of the address a second

/** @param {State} state  from now on kept */
export function keepAll(state) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  effect(() => {
    state.problem.value;
    state.work.value;
    waiting ??= setTimeout(() => {
      waiting = undefined;
      keepTable(state);
      keepAddress(state);
    }, KEEP_MILLISECONDS);
  });
  addEventListener("pagehide", () => {
    if (waiting === undefined) return;
    keepTable(state);
    rememberTab(state.work.peek());
  });
}

/** @param {State} state */
function keepTable(state) {
  const [problem, work] = [state.problem.peek(), state.work.peek()];
  if (problem === (work.saved?.problem ?? work.original)) return;
  try {
    save(work, problem);
    state.withdraw("storage");
  } catch {
    state.offer({
      id: "storage",
      text: "This browser keeps no tables for you: its storage is full or switched off. Share or Download yours.",
    });
  }
}

/** @param {State} state */
async function keepAddress(state) {
  const problem = state.problem.peek();
  const isFirst = problem.table.rows.length === FIRST.table.rows.length && isSame(problem, FIRST);
  const link = isFirst ? "" : await writeLink(problem);
  if (problem !== state.problem.peek()) return; // a newer one is on its way
  try {
    history.replaceState(null, "", link && link.length <= LONGEST_LINK ? link : bareAddress());
  } catch {
    // too often for this browser: the next edit says it again
  }
  rememberTab(state.work.peek());
}

export const bareAddress = () => location.href.replace(/#.*$/, "");
