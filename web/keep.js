/**
 * @file Keeps what the learner does, moments after an edit: in this browser, and in the address, so that it can be shared
 * and a reload loses nothing.
 * @import { Problem } from "./protocol.js"
 * @import { State } from "./state.js"
 * @import { Work } from "./work.js"
 */
import { effect, untracked } from "@preact/signals-core";
import { bareAddress, writeLink } from "./link.js";
import { rememberTab } from "./opening.js";
import { save } from "./saved.js";
import { isSame } from "./shape.js";
import { FIRST, FIRST_CODE } from "./start.js";
import { ownCode } from "./work.js";

const KEEP_MILLISECONDS = 250; // browsers allow a few changes of the address a second
const KEEPS_NOTHING =
  "This browser keeps no tables for you: its storage is full or switched off. Share or Download yours.";

/** @param {State} state  from now on kept */
export function keepAll(state) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  let isTold = false;
  let last = {
    problem: state.work.peek().original,
    work: state.work.peek(),
    code: ownCode(state.code.peek()),
  };

  /** @param {{ problem: Problem, work: Work, code: string }} reached */
  function keepTable({ problem, work, code }) {
    if (code === (work.saved?.code ?? work.code ?? "")) {
      if (problem === (work.saved?.problem ?? work.original)) return;
      if (!work.saved && isSame(problem, work.original)) return;
    }
    try {
      save(work, problem, code);
      state.withdraw("storage");
      isTold = false;
    } catch {
      if (!isTold) state.offer({ id: "storage", text: KEEPS_NOTHING });
      isTold = true;
    }
  }

  effect(() => {
    const now = { problem: state.problem.value, work: state.work.value, code: ownCode(state.code.value) };
    if (now.work !== last.work) untracked(() => keepTable(last)); // what was worked on before, as it was left
    const isAsOpened = now.problem === last.problem && now.code === last.code;
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
  const [problem, work, code] = [state.problem.peek(), state.work.peek(), ownCode(state.code.peek())];
  if (work.given && problem === work.original) return; // it came with more than the problem
  const isFirst =
    code === FIRST_CODE && problem.table.rows.length === FIRST.table.rows.length && isSame(problem, FIRST);
  const link = isFirst ? null : await writeLink(problem, code);
  if (problem !== state.problem.peek()) return; // a newer one is on its way
  try {
    history.replaceState(null, "", link ?? bareAddress());
  } catch {
    // too often for this browser: the next edit says it again
  }
  rememberTab(work);
}
