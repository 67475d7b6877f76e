/**
 * @file Tables kept in this browser, each under a key of its own, so that tabs do not write over one another.
 *
 * A tab that finds its table changed by another tab saves its own as a new one.
 * @import { Problem } from "./protocol.js"
 * @import { Work } from "./state.js"
 */
import { brief, isPlain, problemFrom } from "./shape.js";

const PREFIX = "tenlines.table.";

/**
 * revision: another one at each save. changed: milliseconds since 1970.
 * @typedef {{ id: string, name: string, changed: number, revision: string, problem: Problem, original: Problem }} Entry
 */

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
    const { name, changed, revision, problem, original } = data;
    return {
      id,
      name: String(name),
      changed: Number(changed),
      revision: String(revision),
      problem: problemFrom(problem),
      original: problemFrom(original),
    };
  } catch {
    return null;
  }
}

/** @param {Entry} entry  throws where the browser keeps nothing */
function write({ id, problem, original, ...rest }) {
  const data = { ...rest, problem: brief(problem), original: brief(original) };
  localStorage.setItem(PREFIX + id, JSON.stringify(data));
}

/** @returns {Entry[]} the one changed last first */
export function savedTables() {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX))
      .flatMap((key) => savedTable(key.slice(PREFIX.length)) ?? [])
      .sort((one, other) => other.changed - one.changed);
  } catch {
    return []; // blocked
  }
}

/**
 * @param {string} id
 * @returns {Entry | null}
 */
export const savedTable = (id) => read(localStorage.getItem(PREFIX + id), id);

/** @param {Entry} entry @param {string} name */
export function rename(entry, name) {
  const stored = savedTable(entry.id);
  if (stored) write({ ...stored, name });
}

/** @param {Entry} entry */
export const remove = (entry) => localStorage.removeItem(PREFIX + entry.id);

/**
 * Save where a work has got to; it remembers where. Throws where the browser keeps nothing.
 * @param {Work} work
 * @param {Problem} problem
 * @returns {Entry}
 */
export function save(work, problem) {
  const stored = work.saved ? savedTable(work.saved.id) : null;
  const isMine = stored !== null && stored.revision === work.saved?.revision;
  const name = stored ? `${stored.name} (from another tab)` : `${work.title}, edited`;
  const entry = {
    id: isMine ? stored.id : fresh(),
    name: isMine ? stored.name : name,
    changed: Date.now(),
    revision: fresh(),
    problem,
    original: work.original,
  };
  write(entry);
  work.saved = entry;
  return entry;
}
