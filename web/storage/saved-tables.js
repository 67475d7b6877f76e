/**
 * @file The tables saved in this browser. Several tabs may work on one: a tab whose table was changed by another saves
 * its own beside that.
 * @import { Database } from "./database.js"
 * @import { Entry, Stored } from "./table-record.js"
 * @import { Journal } from "./journal.js"
 * @import { Problem } from "../model/protocol.js"
 * @import { Work } from "../model/document.js"
 */

import { isSameProblem } from "../model/schema.js";
import { takeOverInto } from "./replay-journal.js";
import { fresh, isOwn } from "./revision.js";
import { BROUGHT_BACK, FROM_TAB, nameWith } from "./storage-messages.js";
import { entryFrom, latestFirst, storedFrom } from "./table-record.js";

/** @typedef {ReturnType<typeof createTables>} Tables */
/**
 * What a table is to be kept as: the work it belongs to, and how far that has got.
 * @typedef {{ work: Work, problem: Problem, code: string }} Reached
 */
/**
 * "kept": under its own id. "beside": beside what another tab has made of it. "again": it had been deleted meanwhile.
 * @typedef {"kept" | "beside" | "again"} Outcome
 */

/**
 * @param {Database} database
 * @param {Journal} journal
 */
export function createTables(database, journal) {
  const page = fresh();
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
   * @param {Reached} reached
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
    work.id ??= work.saved?.id ?? fresh();
    return work.id;
  };

  /** @param {Work} work  what it is called where nothing is kept of it yet */
  function calledAs({ title, isNamed = false, isBrought, saved }) {
    if (saved) return { name: saved.name, isNamed: saved.isNamed };
    return { name: isNamed || isBrought ? title : `${title}, edited`, isNamed };
  }

  const takeOver = () => takeOverInto(database, journal);

  /**
   * Every table that is kept, and whether the database could be read: where it could not, only those that wait for it.
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
   * What is brought here once more, and lies untouched from the first time, is not kept twice.
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
     * A table to go on with, as it is kept now.
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
      entries.set(id, entry); // another tab has been there: works of before keep what they know
      return entry;
    },

    /**
     * Keep how far a work has got; returns when that is on the disk. The work remembers it. Throws where the browser
     * does not keep it.
     * @param {Reached} reached
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
        const isFree = !stored || isOwn(stored, known.get(id), page);
        const { name, isNamed } = entryFrom(stored, id) ?? calledAs(work);
        const called = isFree
          ? { id, name, isNamed }
          : { id: fresh(), name: nameWith(name, FROM_TAB), isNamed: false };
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
     * Write how far a work has got to localStorage, at once, to be taken over later. Throws where that cannot be.
     * @param {Reached} reached
     */
    saveAtOnce(reached) {
      const { work } = reached;
      const id = idOf(work);
      const entry = entryOf(reached, { id, ...calledAs(work), revision: nextRevision() });
      journal.add({ ...storedFrom(entry), base: known.get(id) ?? "" });
    },

    /**
     * How far a work has got, as it would be kept.
     * @param {Reached} reached
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
     * What was deleted is there again; beside what another tab has kept under its id since.
     * @param {Entry} entry
     * @returns {Promise<Entry>}  as it is kept now
     */
    async bringBack(entry) {
      return database.change(async (tables) => {
        const back = (await tables.get(entry.id))
          ? { ...entry, id: fresh(), name: nameWith(entry.name, BROUGHT_BACK) }
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
 * Whether a kept table is this one, brought here before and untouched since: it is not kept twice.
 * @param {Entry} entry
 * @param {Work} work
 */
const isAsBrought = (entry, { title, original, code = "" }) =>
  entry.name === title &&
  entry.code === code &&
  isSameProblem(entry.problem, original) &&
  isSameProblem(entry.original, original);
