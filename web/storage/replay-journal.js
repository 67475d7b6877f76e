/**
 * @file Moves the tables that wait in localStorage into the database.
 * @import { Database } from "./database.js"
 * @import { Journal } from "./journal.js"
 */

import { whereToPut } from "./revision.js";
import { FROM_TAB, nameWith } from "./storage-messages.js";
import { entryFrom } from "./table-record.js";

/**
 * It is deleted from localStorage only when it is safe in the database.
 * @param {Database} database
 * @param {Journal} journal
 */
export async function replayJournal(database, journal) {
  const waiting = journal.all().filter(({ stored }) => entryFrom(stored, stored.id));
  if (waiting.length === 0) return;
  await database.change(async (tables) => {
    for (const { stored } of waiting) {
      let id = stored.id;
      let kept = await tables.get(id);
      let place = whereToPut(stored, kept);
      while (place === "beside") {
        id += "~"; // the same one each time, so that a tab of the version before does not pile up tables
        kept = await tables.get(id);
        place = whereToPut(stored, kept);
      }
      if (place === "drop") continue;
      const { base, ...data } = stored;
      const name = id === stored.id ? {} : { name: nameWith(String(data.name), FROM_TAB) };
      await tables.put({ ...data, ...name, id, ...(base === undefined && { isTaken: true }) });
    }
  });
  for (const each of waiting) journal.forget(each);
}
