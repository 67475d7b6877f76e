/**
 * @file The one owner of what is saved: the tables in this browser, the address, and what this tab shows.
 * @import { State } from "../state/state.js"
 * @import { Initial } from "./initial.js"
 */
import { createDatabase } from "../storage/database.js";
import { createJournal } from "../storage/journal.js";
import { createTables } from "../storage/saved-tables.js";
import { createAddress } from "./address.js";
import { createAutosave } from "./autosave.js";
import { createOpening } from "./open.js";
import { createTab } from "./tab.js";

/**
 * What documents use of the browser beside IndexedDB: its window, or what a test gives for it.
 * @typedef {Pick<typeof window, "location" | "history" | "localStorage" | "sessionStorage" | "performance" |
 *   "onbeforeunload" | "addEventListener"> & { document: Pick<Document, "addEventListener"> }} Page
 */
/** @typedef {ReturnType<typeof createDocuments>} Documents */

/**
 * @param {State} state  from now on kept
 * @param {Initial} initial  what the bare address opens
 * @param {Page} page
 */
export function createDocuments(state, initial, page = window) {
  const database = createDatabase(() => autosave.keepAgain());
  const tables = createTables(
    database,
    createJournal(() => page.localStorage),
  );
  const tab = createTab(page);
  const address = createAddress(state, { page, initial, tab });
  const opening = createOpening(state, { page, initial, tables, address, tab });
  const autosave = createAutosave(state, { page, tables, address, tab });
  return {
    tables,
    openSaved: opening.openSaved,
    /**
     * Open what is to be on show, now and whenever the address leads elsewhere.
     * @param {() => void} showAll  shows the kept tables
     */
    start(showAll) {
      page.addEventListener("hashchange", () => opening.move(autosave.writeAgain, showAll));
      return opening.start(autosave.quietly, showAll);
    },
  };
}

/**
 * In another page's frame: the table of the address is shown, nothing is kept, and the address stays as it is.
 * @param {State} state
 * @param {Initial} initial
 * @param {Page} page
 */
export function showAddress(state, initial, page = window) {
  page.addEventListener("hashchange", () => page.location.reload()); // how it looks is in the address, too
  return createAddress(state, { page, initial }).openLink(state.open);
}
