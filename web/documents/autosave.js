/**
 * @file Saves the table on show moments after each edit, in this browser's database and in the address, so that a
 * reload or a crash loses nothing.
 * @import { Address } from "./address.js"
 * @import { Page } from "./documents.js"
 * @import { ToKeep, Tables } from "../storage/saved-tables.js"
 * @import { State } from "../state/state.js"
 * @import { Tab } from "./tab.js"
 * @import { Work } from "../model/document.js"
 */
import { effect, untracked } from "@preact/signals-core";
import { codeToKeep, nameOf, titleOf } from "../model/document.js";
import { isSameProblem } from "../model/schema.js";
import { keptAgainText, keptBesideText, notKeptText } from "../storage/storage-messages.js";

const TABLE_MILLISECONDS = 100; // between two saves of a table; the first edit is saved at once
const LARGE_MILLISECONDS = 250; // a large table is painted first
const LARGE = 5000; // rows times columns
const ADDRESS_MILLISECONDS = 250; // browsers allow a few changes of the address a second
const RETRY_MILLISECONDS = 4000;

/** @typedef {ToKeep & { name: string, isLost?: boolean }} Now  isLost: what was kept of it may be gone */
/** @typedef {ReturnType<typeof createAutosave>} Autosave */

/** @param {Now} shown */
function isLarge({ problem: { table } }) {
  return table.rows.length * (table.inputs.length + table.outputs.length) > LARGE;
}

/**
 * @param {State} state  from now on kept
 * @param {{ page: Page, tables: Tables, address: Address, tab: Tab }} where
 */
export function createAutosave(state, { page, tables, address, tab }) {
  const first = state.work.peek();
  /** What is on show. @type {Now} */
  let now = {
    problem: first.original,
    work: first,
    code: codeToKeep(state.code.peek()),
    name: nameOf(first),
  };
  let inAddress = now; // what the address says
  /** What is to be kept still, by work, as each was left. @type {Map<Work, Now>} */
  const due = new Map();
  /** What of it has been written to localStorage meanwhile. @type {WeakMap<Work, Now>} */
  const atOnce = new WeakMap();
  /** What is just being kept. @type {Now | undefined} */
  let keeping;
  let isKeeping = false;
  let isWriting = false; // the address
  let isQuiet = false;
  let told = ""; // why nothing is kept
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let retry;
  let lastKept = Number.NEGATIVE_INFINITY; // when tables were written last, as performance.now() has it
  /** Ends the pause before what is due is kept. */
  let wake = () => {};

  effect(() => {
    const [problem, work, code] = [state.problem.value, state.work.value, codeToKeep(state.code.value)];
    untracked(() => changed({ problem, work, code, name: nameOf(work) }));
  });

  /** @param {Now} next */
  function changed(next) {
    const { problem, work, code, name } = now;
    if (next.work !== work) state.withdraw("saved"); // the offer was about the document before
    const isSame = next.problem === problem && next.code === code && next.name === name;
    if (isSame && next.work === work) return;
    if (isSame && inAddress === now) inAddress = next;
    now = next;
    if (isQuiet) inAddress = now;
    else if (!isSame) {
      due.set(now.work, now);
      keepTables();
      writeAddress();
      if (!isToBeKept(now)) note();
    }
  }

  /** Whether there is more in it than is kept. @param {Now} reached */
  function isToBeKept({ problem, work, code, isLost }) {
    const { saved, original } = work;
    if (isLost || keeping?.work === work) return true;
    if (saved) return problem !== saved.problem || code !== saved.code;
    return work.isBrought || code !== (work.code ?? "") || !isSameProblem(problem, original);
  }

  /** Whether this browser keeps it, if only in localStorage, as far as there is anything to be kept. @param {Work} work */
  function isKept(work = now.work) {
    const reached = due.get(work);
    return !reached || atOnce.get(work) === reached || !isToBeKept(reached);
  }

  async function keepTables() {
    if (isKeeping) return;
    isKeeping = true;
    clearTimeout(retry);
    page.onbeforeunload = ask;
    while (due.size > 0) {
      await pause();
      lastKept = performance.now();
      const error = await keepDue();
      if (error !== undefined) {
        keepAtOnce();
        await tell(error);
        retry = setTimeout(keepTables, RETRY_MILLISECONDS);
        break;
      }
      told = "";
      state.withdraw("storage");
    }
    isKeeping = false;
    settle();
  }

  /** @returns {Promise<void>} */
  async function pause() {
    const wait = isLarge(now) ? LARGE_MILLISECONDS : lastKept + TABLE_MILLISECONDS - performance.now();
    if (wait <= 0) return;
    await new Promise((resolve) => {
      wake = () => resolve(undefined);
      setTimeout(resolve, wait);
    });
  }

  /** @returns {Promise<unknown>} the error of what could not be kept, undefined for none */
  async function keepDue() {
    let failed;
    for (const work of [...due.keys()]) {
      const reached = /** @type {Now} */ (due.get(work));
      try {
        if (isToBeKept(reached)) await keep(reached);
        if (due.get(work) === reached) due.delete(work);
      } catch (error) {
        failed = error;
      }
    }
    return failed;
  }

  /** @param {Now} reached */
  async function keep(reached) {
    const { work } = reached;
    keeping = reached;
    const outcome = await tables.save(reached).finally(() => {
      keeping = undefined;
    });
    if (outcome === "beside") state.offer({ id: "beside", text: keptBesideText(titleOf(work)) });
    if (outcome === "again") state.offer({ id: "beside", text: keptAgainText(titleOf(work)) });
  }

  /** Say why tables are not kept as they should be, once. @param {unknown} error */
  async function tell(error) {
    const { entries } = await tables.list();
    const others = entries.some(({ id }) => id !== now.work.id);
    const text = notKeptText(
      error,
      [...due.keys()].every((work) => isKept(work)),
      others,
    );
    if (told !== text) state.offer({ id: "storage", text });
    told = text;
  }

  /** What is due is written at once, for there may be no time left. */
  function keepAtOnce() {
    for (const [work, reached] of due) {
      if (isKept(work)) continue;
      try {
        tables.saveAtOnce(reached);
        atOnce.set(work, reached);
      } catch {
        // no room, or blocked: the learner is told when the database fails, too
      }
    }
  }

  async function writeAddress() {
    if (isWriting) return;
    isWriting = true;
    page.onbeforeunload = ask;
    while (inAddress !== now) {
      await new Promise((resolve) => setTimeout(resolve, ADDRESS_MILLISECONDS));
      const meant = now;
      const isInAddress = await address.write();
      if (isInAddress === false) break; // the document is too large for it: the next edit tries again
      if (isInAddress && meant === now) inAddress = now;
    }
    isWriting = false;
    settle();
  }

  function settle() {
    if (isKeeping) return;
    note(); // even before the address is written: the tab may be duplicated, or left by Back, meanwhile
    if (isWriting) return;
    // Browsers do not keep a page with this handler in their cache for Back.
    if (isKept() || inAddress === now) page.onbeforeunload = null;
  }

  /**
   * Note what a reload is to open, unless the address knows better.
   * @param {boolean} [isLast]  whether the page is being left, of which browsers do not tell in every case
   */
  function note(isLast = false) {
    if (address.isOpening()) return;
    const { work } = now;
    if (isKept() && (work.saved || atOnce.has(work))) tab.note({ id: work.id }, !isWriting);
    else if (inAddress === now) tab.note({});
    else if ((!isLast && isLarge(now)) || !tab.note({ id: work.saved?.id, shown: tables.describe(now) }))
      tab.note({ id: work.saved?.id });
  }

  /** @param {Event} event  that makes the browser ask whether to leave, if what is on show would be lost */
  function ask(event) {
    keepAtOnce();
    if (!isKept() && inAddress !== now) event.preventDefault();
  }

  page.addEventListener("pagehide", () => {
    keepAtOnce();
    note(true);
    tables.rest();
  });
  page.document.addEventListener("visibilitychange", () => {
    wake(); // phones may discard a page in the background
    if (due.size > 0) keepTables();
  });

  return {
    /** @param {() => void} open  what the address says: that is not written there anew */
    quietly(open) {
      isQuiet = true;
      try {
        open();
      } finally {
        isQuiet = false;
      }
    },
    /** The address may be an older one. */
    writeAgain() {
      now = { ...now };
      writeAddress();
    },
    /** What was kept may be gone: what is on show is kept again. */
    keepAgain() {
      if (!now.work.saved) return;
      due.set(now.work, { ...now, isLost: true });
      keepTables();
    },
  };
}
