/**
 * @file Tables kept in this browser, each under a key of its own, so that tabs do not write over one another.
 *
 * A tab that finds its table changed by another tab saves its own as a new one.
 * @import { Problem } from "./protocol.js"
 * @import { Work } from "./work.js"
 */
import { brief, isPlain, isSameProblem, MOST_NAME, problemFrom } from "./shape.js";

const PREFIX = "tenlines.table.";
const BESIDE = " (from another tab)";

/**
 * isNamed: whether the learner, or who made it, chose the name. changed: milliseconds since 1970. revision: another one at
 * each save. code: a program that has gone its own way, "" for none. from: what the original was called, whether it was
 * somebody who called it that, and the code that came with it.
 * @typedef {{ title: string, isNamed: boolean, code: string }} From
 * @typedef {{ id: string, name: string, isNamed: boolean, changed: number, revision: string, problem: Problem,
 *   original: Problem, code: string, from: From }} Entry
 */

/** What this tab has read or written last of each, by id. @type {Map<string, { text: string, revision: string }>} */
const known = new Map();
/** One object for each in this tab, so that all works that are of it agree. @type {Map<string, Entry>} */
const entries = new Map();

const fresh = () => Math.random().toString(36).slice(2, 12);

/**
 * @param {string | null} text
 * @param {string} id
 * @returns {Entry | null}  null for what is none
 */
function read(text, id) {
  try {
    const data = JSON.parse(text ?? "");
    if (!isPlain(data)) return null;
    const { name, isNamed, changed, revision, problem, original, code, from } = data;
    const { title, isNamed: isTitleGiven, code: itsCode } = isPlain(from) ? from : {};
    return {
      id,
      name: String(name),
      isNamed: isNamed === true,
      changed: Number(changed),
      revision: String(revision),
      problem: problemFrom(problem),
      original: problemFrom(original),
      code: typeof code === "string" ? code : "",
      from: {
        title: String(title ?? name),
        isNamed: isTitleGiven === true,
        code: typeof itsCode === "string" ? itsCode : "",
      },
    };
  } catch {
    return null;
  }
}

/** @param {Entry} entry  throws where the browser keeps nothing */
function put({ id, problem, original, ...rest }) {
  const text = JSON.stringify({ ...rest, problem: brief(problem), original: brief(original) });
  localStorage.setItem(PREFIX + id, text);
  known.set(id, { text, revision: rest.revision });
}

/**
 * Throws where the browser keeps nothing.
 * @param {Entry} entry
 */
export function write(entry) {
  put(entry);
  const own = Object.assign(entries.get(entry.id) ?? entry, entry);
  entries.set(entry.id, own);
  return own;
}

/** @returns {Entry[]} the one changed last first */
export function savedTables() {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX))
      .flatMap((key) => read(localStorage.getItem(key), key.slice(PREFIX.length)) ?? [])
      .sort((one, other) => other.changed - one.changed);
  } catch {
    return []; // blocked
  }
}

/**
 * A saved table, to go on with.
 * @param {string} id
 * @returns {Entry | null}
 */
export function openTable(id) {
  const text = localStorage.getItem(PREFIX + id);
  const entry = read(text, id);
  if (!text || !entry) return null;
  known.set(id, { text, revision: entry.revision });
  const own = entries.get(id);
  const { name, isNamed, revision } = entry;
  if (own?.revision === revision) return Object.assign(own, { name, isNamed });
  entries.set(id, entry); // another tab has been there: works of before keep what they know
  return entry;
}

/**
 * Why a work could not be kept.
 * @param {unknown} error
 * @param {Work} work
 * @returns {"blocked" | "full" | "full of others"}
 */
export function whyNot(error, { saved }) {
  if (!(error instanceof DOMException) || error.name === "SecurityError") return "blocked";
  return savedTables().some(({ id }) => id !== saved?.id) ? "full of others" : "full";
}

/** @param {Entry} entry @param {string} name */
export function rename({ id }, name) {
  const stored = read(localStorage.getItem(PREFIX + id), id);
  if (!stored) return;
  const before = known.get(id);
  put({ ...stored, name, isNamed: true });
  if (before && before.revision !== stored.revision) known.set(id, before); // another tab's stays another tab's
  Object.assign(entries.get(id) ?? {}, { name, isNamed: true });
}

/** @param {Entry} entry */
export const remove = (entry) => localStorage.removeItem(PREFIX + entry.id);

/**
 * Save where a work has got to; it remembers where. Throws where the browser keeps nothing.
 * @param {Work} work
 * @param {Problem} problem
 * @param {string} code
 * @returns {boolean} whether it is kept beside what another tab has made of it
 */
export function save(work, problem, code) {
  work.saved ??= asBrought(work);
  if (work.saved?.problem === problem && work.saved.code === code) return false;
  const id = work.saved?.id ?? fresh();
  const text = localStorage.getItem(PREFIX + id);
  const isAsLeft = text === null || text === known.get(id)?.text; // deleted elsewhere, or nobody else was there
  const stored = isAsLeft ? work.saved : read(text, id);
  const isFree = isAsLeft || stored?.revision === known.get(id)?.revision;
  const { title, isNamed = false, isBrought, original, code: itsCode = "" } = work;
  const name = stored?.name ?? (isNamed || isBrought ? title : `${title}, edited`);
  work.saved = write({
    id: isFree ? id : fresh(),
    name: isFree ? name : name.replace(BESIDE, "").slice(0, MOST_NAME - BESIDE.length) + BESIDE,
    isNamed: isFree && (stored?.isNamed ?? isNamed),
    changed: Date.now(),
    revision: fresh(),
    problem,
    original,
    code,
    from: { title, isNamed, code: itsCode },
  });
  return !isFree;
}

/**
 * What is brought here once more, and lies untouched from the first time, is not kept twice.
 * @param {Work} work
 */
function asBrought({ title, isBrought, original, code = "" }) {
  if (!isBrought) return undefined;
  const same = savedTables().find(
    (entry) =>
      entry.name === title &&
      entry.code === code &&
      isSameProblem(entry.problem, original) &&
      isSameProblem(entry.original, original),
  );
  const found = same && openTable(same.id);
  return found ? Object.assign(found, { problem: original }) : undefined; // the same, as this tab has it
}
