/**
 * @file What the page opens: what its address says, or a saved table that the learner asks for.
 * @import { Problem } from "./protocol.js"
 * @import { Entry } from "./saved.js"
 * @import { State } from "./state.js"
 * @import { Work } from "./work.js"
 */
import { LinkError, readLink } from "./link.js";
import { openTable, savedTables } from "./saved.js";
import { isSameProblem } from "./shape.js";
import { FIRST } from "./start.js";
import { when } from "./words.js";

const TAB = "tenlines.tab"; // what this tab was at, for a reload of it
/** The address of the table on show, while the page's own may lead elsewhere. @type {string | undefined} */
let standing;
let reading = 0;

/** Whether a link is about to be opened. */
export const isOpening = () => reading > 0;

/** The table on show is what the address says. */
export function stand() {
  standing = location.hash;
}

/**
 * Open what the address says, if that is not on show; a link that cannot be opened is told.
 * @param {State} state
 * @param {(problem: Problem, work: Work, code: string) => void} open
 * @returns {Promise<"opened" | "nothing" | "stays">} the last: what is on show has not changed, or not by this link
 */
export async function openLink(state, open) {
  const { hash } = location;
  reading += 1;
  try {
    const opened = await readLink(hash);
    if (hash !== location.hash) return "stays"; // another has been gone to, which is opened instead
    state.withdraw("link");
    if (hash === standing) return "stays";
    stand();
    if (!opened) return "nothing";
    const { problem, name, code, trained } = opened;
    const work = { title: name || "A shared table", isNamed: name !== "", original: problem };
    open(problem, { ...work, ...(trained && { given: trained }) }, code);
    return "opened";
  } catch (error) {
    if (!(error instanceof LinkError)) throw error;
    if (hash === location.hash) state.offer({ id: "link", text: error.message });
    standing ??= "";
    return "stays";
  } finally {
    reading -= 1;
  }
}

/** @param {string | undefined} id  of the saved table that this tab is at */
export function rememberTab(id) {
  try {
    sessionStorage.setItem(TAB, JSON.stringify({ hash: location.hash, id }));
  } catch {
    // without it a reload opens the address
  }
}

/**
 * After a reload, and Back from another site, the table saved last goes on: the address may lag behind, or have no room
 * for it.
 * @param {State} state
 */
export function reopenTab(state) {
  try {
    const { hash, id } = JSON.parse(sessionStorage.getItem(TAB) ?? "{}");
    const isHere = hash === location.hash && (hash !== "" || isReturn());
    const saved = isHere ? openTable(id) : null;
    if (!saved) {
      sessionStorage.removeItem(TAB); // a reload of what opens now is not to bring it
      return false;
    }
    stand();
    state.open(saved.problem, workOf(saved), saved.code);
    return true;
  } catch {
    return false;
  }
}

/** Whether this is a reload, or Back: the learner has not asked for the bare address anew. */
function isReturn() {
  const [entry] = performance.getEntriesByType("navigation");
  return entry instanceof PerformanceNavigationTiming && entry.type !== "navigate";
}

/**
 * At the bare address the table kept last is offered; where a link has been opened, what was made of that before.
 * @param {State} state
 * @param {() => void} showAll
 */
export function offerSaved(state, showAll) {
  const [work, tables] = [state.work.peek(), savedTables()];
  const isOfLink = (/** @type {Entry} */ { original, from, problem, code }) =>
    isSameProblem(original, work.original) &&
    from.code === (work.code ?? "") &&
    !(isSameProblem(problem, original) && code === from.code);
  const isBare = work.original === FIRST;
  const [last, ...others] = isBare ? tables : tables.filter(isOfLink);
  if (!last) return;
  const all = { label: `All ${tables.length} tables`, act: showAll };
  state.offer({
    id: "saved",
    text: isBare
      ? `Your table “${last.name}” of ${when(last.changed)} is kept in this browser.`
      : `You have worked on this table before: “${last.name}” of ${when(last.changed)} is kept in this browser.`,
    acts: [{ label: "Open it", act: () => openSaved(state, last) }, ...(others.length > 0 ? [all] : [])],
  });
}

/**
 * @param {State} state
 * @param {Entry} entry
 */
export function openSaved(state, entry) {
  const now = openTable(entry.id) ?? entry; // another tab may have changed it
  state.withdraw("saved");
  state.begin(now.problem, workOf(now), now.code);
}

/**
 * @param {Entry} saved
 * @returns {Work}
 */
const workOf = (saved) => ({ ...saved.from, original: saved.original, saved });
