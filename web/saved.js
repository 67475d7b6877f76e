/**
 * @file Tables kept in this browser, each under a key of its own, so that tabs do not write over one another.
 *
 * A tab that finds its table changed by another tab saves its own as a new one.
 * @import { Problem } from "./protocol.js"
 * @import { Work } from "./work.js"
 */
import { brief, isPlain, problemFrom } from "./shape.js";

const PREFIX = "tenlines.table.";
const BESIDE = " (from another tab)";

/**
 * isNamed: whether the learner, or who made it, chose the name. changed: milliseconds since 1970. revision: another one at
 * each save. code: a program that has gone its own way, "" for none; originalCode: what came with the original.
 * @typedef {{ id: string, name: string, isNamed: boolean, changed: number, revision: string, problem: Problem,
 *   original: Problem, code: string, originalCode: string }} Entry
 */

/** What this tab has read or written last of each, by id. @type {Map<string, { text: string, revision: string }>} */
const known = new Map();

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
    const { name, isNamed, changed, revision, problem, original, code, originalCode } = data;
    return {
      id,
      name: String(name),
      isNamed: isNamed === true,
      changed: Number(changed),
      revision: String(revision),
      problem: problemFrom(problem),
      original: problemFrom(original),
      code: typeof code === "string" ? code : "",
      originalCode: typeof originalCode === "string" ? originalCode : "",
    };
  } catch {
    return null;
  }
}

/** @param {Entry} entry  throws where the browser keeps nothing */
export function write({ id, problem, original, ...rest }) {
  const text = JSON.stringify({ ...rest, problem: brief(problem), original: brief(original) });
  localStorage.setItem(PREFIX + id, text);
  known.set(id, { text, revision: rest.revision });
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
  if (text && entry) known.set(id, { text, revision: entry.revision });
  return entry;
}

/**
 * Why a table could not be kept.
 * @returns {"blocked" | "full" | "too large"}
 */
export function whyNot() {
  try {
    localStorage.setItem(PREFIX, "");
    localStorage.removeItem(PREFIX);
  } catch {
    return savedTables().length > 0 ? "full" : "blocked";
  }
  return savedTables().length > 0 ? "full" : "too large";
}

/** @param {Entry} entry @param {string} name */
export function rename(entry, name) {
  const stored = read(localStorage.getItem(PREFIX + entry.id), entry.id);
  if (!stored) return;
  const before = known.get(entry.id);
  write({ ...stored, name, isNamed: true });
  if (before && before.revision !== stored.revision) known.set(entry.id, before); // another tab's stays another tab's
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
  const id = work.saved?.id ?? fresh();
  const text = localStorage.getItem(PREFIX + id);
  const isAsLeft = text === null || text === known.get(id)?.text; // deleted elsewhere, or nobody else was there
  const stored = isAsLeft ? work.saved : read(text, id);
  const isFree = isAsLeft || stored?.revision === known.get(id)?.revision;
  const isCalledSo = work.isNamed || work.isBrought;
  const name = stored?.name ?? (isCalledSo ? work.title : `${work.title}, edited`);
  const entry = {
    id: isFree ? id : fresh(),
    name: isFree || name.endsWith(BESIDE) ? name : name + BESIDE,
    isNamed: stored?.isNamed ?? work.isNamed ?? false,
    changed: Date.now(),
    revision: fresh(),
    problem,
    original: work.original,
    code,
    originalCode: work.code ?? "",
  };
  write(entry);
  work.saved = entry;
  return !isFree;
}
