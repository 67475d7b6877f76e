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
import { save, whyNot } from "./saved.js";
import { isSameProblem } from "./shape.js";
import { FIRST, FIRST_CODE } from "./start.js";
import { linked, ownCode, titleOf } from "./work.js";

const KEEP_MILLISECONDS = 250; // browsers allow a few changes of the address a second
const WAYS = "Share or Download it to have it again.";
const NOT_KEPT = {
  blocked: `This browser keeps no tables for you: its storage is switched off. ${WAYS}`,
  full: `There is no room left in this browser for your table. Delete others under Saved; or ${WAYS}`,
  "too large": `Your table is too large for this browser to keep. ${WAYS}`,
};

/** @param {string} name */
const beside = (name) =>
  `Another tab has changed this table too. What you do here is kept beside that, as “${name}”.`;

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
    const { saved, original, isBrought } = work;
    if (code === (saved?.code ?? work.code ?? "")) {
      if (problem === saved?.problem) return;
      if (!saved && !isBrought && isSameProblem(problem, original)) return;
    }
    try {
      if (save(work, problem, code)) state.offer({ id: "beside", text: beside(titleOf(work)) });
      state.withdraw("storage");
      isTold = false;
    } catch {
      if (!isTold) state.offer({ id: "storage", text: NOT_KEPT[whyNot()] });
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
  const more = linked(work, problem, code);
  const isFirst = !more.trained && code === FIRST_CODE && isSameProblem(problem, FIRST);
  const link = isFirst ? null : await writeLink(problem, more);
  if (problem !== state.problem.peek()) return; // a newer one is on its way
  try {
    history.replaceState(null, "", link ?? bareAddress());
  } catch {
    // too often for this browser: the next edit says it again
  }
  rememberTab(work);
}
