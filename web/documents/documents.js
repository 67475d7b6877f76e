/**
 * @file The one owner of what is kept: the tables in this browser, the address, and what this tab was at.
 * @import { State } from "../state/state.js"
 */

import { createDatabase } from "../storage/database.js";
import { createJournal } from "../storage/journal.js";
import { createTables } from "../storage/saved-tables.js";
import { createAddress } from "./address.js";
import { createKeeper } from "./autosave.js";
import { createOpening } from "./open.js";
import { createTab } from "./tab.js";

/** @typedef {ReturnType<typeof createDocuments>} Documents */

/** @param {State} state  from now on kept */
export function createDocuments(state) {
  const database = createDatabase(() => keeper.keepAgain());
  const tables = createTables(database, createJournal());
  const tab = createTab();
  const address = createAddress(state, tab);
  const opening = createOpening(state, { tables, address, tab });
  const keeper = createKeeper(state, { tables, address, tab });
  return {
    tables,
    openSaved: opening.openSaved,
    /**
     * Open what is to be on show, now and whenever the address leads elsewhere.
     * @param {() => void} showAll  shows the kept tables
     */
    start(showAll) {
      addEventListener("hashchange", () => opening.move(keeper.writeAgain, showAll));
      return opening.start(keeper.quietly, showAll);
    },
  };
}
