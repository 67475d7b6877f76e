/**
 * @file The tables saved in this browser. Several tabs may work on one: a tab whose table was changed by another saves
 * its own beside that.
 * @import { Database } from "./database.js"
 * @import { Entry } from "../model/document.js"
 * @import { Stored } from "./table-record.js"
 * @import { Journal } from "./journal.js"
 * @import { Problem } from "../model/protocol.js"
 * @import { Work } from "../model/document.js"
 */

import { isSameProblem } from "../model/schema.js";
import { replayJournal } from "./replay-journal.js";
import { isUnchangedByOthers, randomId } from "./revision.js";
import { BROUGHT_BACK, FROM_TAB, nameWith } from "./storage-messages.js";
import { entryFrom, latestFirst, storedFrom } from "./table-record.js";

/** @typedef {ReturnType<typeof createTables>} Tables */
/**
 * What is to be saved: the document, and its problem and code as they are now.
 * @typedef {{ work: Work, problem: Problem, code: string }} ToKeep
 */
/**
 * "kept": saved under its id. "beside": saved under another id, for another tab has changed it. "again": saved again after
 * it had been deleted.
 * @typedef {"kept" | "beside" | "again"} Outcome
 */

/**
 * @param {Database} database
 * @param {Journal} journal
 */
export function createTables(database, journal) {
  const page = randomId();
  let count = 0;
  /** The revision of each table that this page has read or written last, by id. @type {Map<string, string>} */
  const known = new Map();
  /** One object for each table, so that all works that are of it agree. @type {Map<string, Entry>} */
  const entries = new Map();

  /** @param {Entry} entry  as it is kept now */
  function remember(entry) {
    known.set(entry.id, entry.revision);
    const own = Object.assign(entries.get(entry.id) ?? entry, entry);
    entries.set(entry.id, own);
    return own;
  }

  function nextRevision() {
    count += 1;
    return `${page}.${count}`;
  }

  /**
   * @param {ToKeep} reached
   * @param {{ id: string, name: string, isNamed: boolean, revision: string }} called
   * @returns {Entry}
   */
  function entryOf({ work, problem, code }, called) {
    const { title, isNamed = false, original, code: itsCode = "" } = work;
    return {
      ...called,
      changed: Date.now(),
      problem,
      original,
      code,
      from: { title, isNamed, code: itsCode },
    };
  }

  /** @param {Work} work */
  const idOf = (work) => {
    work.id ??= work.saved?.id ?? randomId();
    return work.id;
  };

  /** @param {Work} work  what it is called where nothing is kept of it yet */
  function calledAs({ title, isNamed = false, isBrought, saved }) {
    if (saved) return { name: saved.name, isNamed: saved.isNamed };
    return { name: isNamed || isBrought ? title : `${title}, edited`, isNamed };
  }

  const takeOver = () => replayJournal(database, journal);

  /**
   * Every saved table, and whether the database could be read; if not, only those that wait in localStorage.
   * @returns {Promise<{ entries: Entry[], isWhole: boolean }>}  the one changed last first
   */
  async function list() {
    await takeOver().catch(() => {});
    const found = new Map();
    const add = (/** @type {Stored} */ stored) => {
      const entry = entryFrom(stored, stored.id);
      if (entry) found.set(entry.id, entry);
    };
    const isWhole = await database
      .read((tables) => tables.getAll())
      .then(
        (kept) => {
          kept.forEach(add);
          return true;
        },
        () => false,
      );
    for (const { stored } of journal.all()) add(stored);
    return { entries: latestFirst([...found.values()]), isWhole };
  }

  /**
   * A file that is imported a second time, while its first import is unchanged, is not saved twice.
   * @param {Work} work  takes the place of that
   * @returns {Promise<Entry | undefined>}  what lies there
   */
  async function adopt(work) {
    const { entries: kept } = await list();
    const same = kept.find((entry) => isAsBrought(entry, work));
    if (!same) return undefined;
    work.saved = remember({ ...same, problem: work.original });
    work.id = same.id;
    return work.saved;
  }

  return {
    list,

    /**
     * A saved table as it is now, to be opened.
     * @param {string} id
     * @returns {Promise<Entry | null>}
     */
    async open(id) {
      await takeOver().catch(() => {});
      const stored = await database.read((tables) => tables.get(id)).catch(() => undefined);
      const entry = entryFrom(stored ?? journal.find(id)?.stored, id);
      if (!entry) return null;
      const own = entries.get(id);
      known.set(id, entry.revision);
      const { name, isNamed, revision } = entry;
      if (own?.revision === revision) return Object.assign(own, { name, isNamed });
      entries.set(id, entry); // another tab has changed it: documents that are open keep the entry they know
      return entry;
    },

    /**
     * Save a document; resolves when it is on the disk. The document remembers its entry. Rejects where the browser does not
     * save it.
     * @param {ToKeep} reached
     * @returns {Promise<Outcome>}
     */
    async save(reached) {
      const { work, problem, code } = reached;
      const revision = nextRevision(); // before anything newer can be written at once
      if (work.isBrought && !work.saved) {
        const lying = await adopt(work);
        if (lying?.problem === problem && lying.code === code) return "kept";
      }
      await takeOver().catch(() => {});
      const id = idOf(work);
      const { entry, outcome } = await database.change(async (tables) => {
        const stored = await tables.get(id);
        const isFree = !stored || isUnchangedByOthers(stored, known.get(id), page);
        const { name, isNamed } = entryFrom(stored, id) ?? calledAs(work);
        const called = isFree
          ? { id, name, isNamed }
          : { id: randomId(), name: nameWith(name, FROM_TAB), isNamed: false };
        const entry = entryOf(reached, { ...called, revision });
        await tables.put(storedFrom(entry));
        /** @type {Outcome} */
        const outcome = !isFree ? "beside" : stored || !known.has(id) ? "kept" : "again";
        return { entry, outcome };
      });
      work.saved = remember(entry);
      work.id = entry.id;
      return outcome;
    },

    /**
     * Write a document to localStorage, at once, to be moved into the database later. Throws where that is impossible.
     * @param {ToKeep} reached
     */
    saveAtOnce(reached) {
      const { work } = reached;
      const id = idOf(work);
      const entry = entryOf(reached, { id, ...calledAs(work), revision: nextRevision() });
      journal.add({ ...storedFrom(entry), base: known.get(id) ?? "" });
    },

    /**
     * A document as it would be saved.
     * @param {ToKeep} reached
     */
    describe: (reached) =>
      storedFrom(entryOf(reached, { id: idOf(reached.work), ...calledAs(reached.work), revision: "" })),

    /**
     * @param {Entry} entry
     * @param {string} name
     */
    async rename({ id }, name) {
      const called = { name, isNamed: true };
      await takeOver().catch(() => {});
      await database.change(async (tables) => {
        const stored = await tables.get(id);
        if (!stored) return;
        const { isTaken, ...rest } = stored;
        await tables.put({ ...rest, ...called });
      });
      Object.assign(entries.get(id) ?? {}, called);
    },

    /** @param {Entry} entry */
    async remove({ id }) {
      await database.change((tables) => tables.delete(id));
      journal.remove(id);
      known.delete(id);
    },

    /**
     * Undo a deletion; under another id if another tab has saved that table again since.
     * @param {Entry} entry
     * @returns {Promise<Entry>}  as it is kept now
     */
    async bringBack(entry) {
      return database.change(async (tables) => {
        const back = (await tables.get(entry.id))
          ? { ...entry, id: randomId(), name: nameWith(entry.name, BROUGHT_BACK) }
          : entry;
        await tables.put(storedFrom(back));
        if (back === entry) known.set(entry.id, entry.revision);
        return back;
      });
    },

    /** The database is let go of until it is used again. */
    rest: database.close,
  };
}

/**
 * Whether a saved table is the same import, unchanged since.
 * @param {Entry} entry
 * @param {Work} work
 */
const isAsBrought = (entry, { title, original, code = "" }) =>
  entry.name === title &&
  entry.code === code &&
  isSameProblem(entry.problem, original) &&
  isSameProblem(entry.original, original);
