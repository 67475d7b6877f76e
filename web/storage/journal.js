/**
 * @file Tables that wait in localStorage to be moved into the database: those that a page saved in its last moment,
 * when there was no time for the database, and those of earlier versions, which had no database.
 *
 * localStorage is written at once, but reaches the disk late. Where it is blocked, nothing waits and nothing can be
 * added.
 * @import { Stored } from "./table-record.js"
 */

const PREFIX = "tenlines.table."; // as in the version before

/** @typedef {{ key: string, text: string, stored: Stored }} Waiting */
/** @typedef {ReturnType<typeof createJournal>} Journal */

/** @param {() => Storage} storage  the browser's localStorage; throws where it is blocked */
export function createJournal(storage) {
  /** @param {string} key @returns {Waiting | null} */
  function at(key) {
    try {
      const text = storage().getItem(key);
      if (text === null) return null;
      const data = JSON.parse(text);
      return { key, text, stored: { ...data, id: key.slice(PREFIX.length) } };
    } catch {
      return null; // blocked, or damaged
    }
  }

  return {
    /** @returns {Waiting[]} */
    all() {
      try {
        return Object.keys(storage())
          .filter((key) => key.startsWith(PREFIX))
          .flatMap((key) => at(key) ?? []);
      } catch {
        return []; // blocked
      }
    },
    /** @param {string} id */
    find: (id) => at(PREFIX + id),
    /** @param {Stored} stored  throws where there is no room, or storage is blocked */
    add({ id, ...rest }) {
      storage().setItem(PREFIX + id, JSON.stringify(rest));
    },
    /** @param {string} id */
    remove(id) {
      try {
        storage().removeItem(PREFIX + id);
      } catch {
        // blocked
      }
    },
    /**
     * Delete a table that is in the database now, unless it has been written again meanwhile.
     * @param {Waiting} taken
     */
    forget({ key, text }) {
      if (storage().getItem(key) === text) storage().removeItem(key);
    },
  };
}
